"""The law of the policy's loss as it is shown: quantiles, tail, return levels, curve."""

import numpy as np

from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.largest_event import LargestEvent
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.part_results import ReturnPoint
from app.finance.insurance.results import (
    QUANTILES,
    RETURN_YEARS,
    CurvePoint,
    LossDistribution,
    TogetherLoss,
)

CURVE_LOSSES = 80
CURVE_CHANCES = 40
RAREST = 1e-4
"""The curve ends where the year exceeds a loss once in 10,000 years."""


def distribution_of(
    law: YearLaw,
    *,
    mean: float,
    sd: float,
    largest: LargestEvent,
    simulated: tuple[int, int] | None,
    together: TogetherLoss | None = None,
) -> LossDistribution:
    """Return what is shown of a law; `mean` and `sd` are the exact ones where there are some.

    `simulated` holds the number of years and the seed of a law that was drawn; its standard
    error is sd / sqrt(years).
    """
    levels = [1 - 1 / years for years in RETURN_YEARS]
    events = largest.return_levels(RETURN_YEARS)
    years, seed = simulated or (None, None)
    return LossDistribution(
        method="exact" if simulated is None else "simulated",
        mean_yuan=mean,
        sd_yuan=sd,
        skewness=law.skewness,
        p_no_loss=law.p_zero,
        quantiles=tuple(law.quantile(level) for level in QUANTILES),
        tvar=tuple(law.tvar(level) for level in QUANTILES),
        returns=tuple(
            ReturnPoint(span, law.quantile(level), float(events[place]))
            for place, (span, level) in enumerate(zip(RETURN_YEARS, levels, strict=True))
        ),
        curve=_curve(law, largest),
        step_yuan=law.step,
        tail_mass=law.tail,
        years=years,
        seed=seed,
        standard_error=None if years is None else sd / years**0.5,
        together=together,
    )


def _curve(law: YearLaw, largest: LargestEvent) -> tuple[CurvePoint, ...]:
    """Return the exceedance curve: losses evenly spaced, and more of them where they are rare."""
    at = _curve_losses(law)
    year = law.exceedance(at)
    event = largest.exceedance(at)
    return tuple(
        CurvePoint(
            float(loss),
            float(year[place]),
            float(event[place]),
        )
        for place, loss in enumerate(at)
    )


def _curve_losses(law: YearLaw) -> Floats:
    """Return the losses of the curve: even steps to the end, and the quantiles of even ratios."""
    below = np.cumsum(law.probabilities)
    last = len(law.values) - 1
    chances = np.geomspace(max(1 - law.p_zero, RAREST), RAREST, CURVE_CHANCES)
    places = np.minimum(np.searchsorted(below, 1 - chances), last)
    end = float(law.values[places[-1]])
    return np.unique(np.concatenate([np.linspace(0.0, end, CURVE_LOSSES), law.values[places]]))
