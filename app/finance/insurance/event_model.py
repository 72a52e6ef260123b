"""Common events of several sites: event losses, exceedance curves, shares of the tail."""

from collections.abc import Sequence

from app.finance.case.insurance import Insurance
from app.finance.explain import Step
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.results import EventResult


def compute_events(
    insurance: Insurance, exposures: Sequence[Exposure]
) -> tuple[EventResult, YearLaw, tuple[float, ...], tuple[Step, ...]]:
    """Price the event set; the law is that of the policy's year, the floats are by head.

    Exact (compound Poisson over the events, after the terms of each event) where no head has
    terms of the year of its own; otherwise the year loss table of `year_losses`.
    """
    raise NotImplementedError
