"""The calendar of a loan: all that is due in its life, in the order of the days."""

from collections.abc import Iterable
from itertools import chain
from operator import attrgetter

from app.finance.case.lending.monitoring import Monitoring
from app.finance.lending.due_context import DueContext
from app.finance.lending.due_loan import (
    drawings_due,
    inspections_due,
    payments_due,
    repricing_due,
    revaluations_due,
    verifications_due,
)
from app.finance.lending.due_security import cures_due, ends_due, kpis_due, registration_due
from app.finance.lending.ledger import build_ledger
from app.finance.lending.life_results import DueItem
from app.finance.lending.parts import LoanParts
from app.finance.lending.rates import rate_path

_KINDS = (
    drawings_due,
    payments_due,
    repricing_due,
    inspections_due,
    revaluations_due,
    verifications_due,
    registration_due,
    ends_due,
    cures_due,
    kpis_due,
)


_OF_REGISTRATION = ("registration", "cancel_registration", "amend_registration")
"""How the codes begin that stay open when the debt is extinguished."""


def find_due(context: DueContext) -> tuple[DueItem, ...]:
    """Return what is due, by day; things of one day in the order of their kinds.

    Once the debt is extinguished, only what was done by then and the registration stay.
    """
    items = _by_day(kind(context) for kind in _KINDS)
    if context.is_discharged:
        items = [
            item for item in items
            if item.state == "done" or item.code.startswith(_OF_REGISTRATION)
        ]  # fmt: skip
    return tuple(items)


_AGREED = (
    drawings_due,
    payments_due,
    repricing_due,
    verifications_due,
    registration_due,
    ends_due,
    kpis_due,
)
"""What the contract and its papers make due, whether somebody watches the loan or not."""


def agreed_due(parts: LoanParts) -> tuple[DueItem, ...]:
    """Return what is due of a loan that is not watched, as it stands at drawdown.

    Inspections, revaluations and cures belong to the watch and are left out.
    """
    loan = parts.loan
    day, watch = loan.drawdown_date, Monitoring()
    ledger = build_ledger(parts.schedule, watch, loan.day_count, rate_path(loan), day)
    context = DueContext(parts, watch, day, ledger, (), (), parts.schedule.dues[-1])
    return tuple(_by_day(kind(context) for kind in _AGREED))


def _by_day(kinds: Iterable[Iterable[DueItem]]) -> list[DueItem]:
    return sorted(chain.from_iterable(kinds), key=attrgetter("day"))
