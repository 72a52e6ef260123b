"""What is due of the loan itself: payments, drawings, repricing, and the checks of the lender."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from app.finance.case.lending.monitoring import EventKind
from app.finance.dates import add_months
from app.finance.lending.due_context import DueContext
from app.finance.lending.life_results import DueItem
from app.finance.lending.loan_events import open_events
from app.finance.lending.rates import last_day_of, rate_path, repricing_days
from app.finance.money import FEN, ZERO

FIRST_INSPECTION_DAYS = 15
"""The use of the money is looked at within 15 days of drawdown; house convention."""

_MONTHS = 12
_VERIFICATION_FAILS = (EventKind.LATE_VERIFICATION, EventKind.FAILED_VERIFICATION)


def payments_due(context: DueContext) -> Iterator[DueItem]:
    """Yield each payment of the schedule; it is done when nothing is left of its bill."""
    day, unpaid = context.day, context.ledger.unpaid
    for place, line in enumerate(context.parts.schedule.lines):
        payment, due = line.payment_yuan, line.due
        if not payment:
            continue
        left = payment if due > day else unpaid.get(place, ZERO)
        facts = {
            "number": line.number,
            "kind": line.kind,
            "payment_yuan": payment,
            "principal_yuan": line.principal_yuan,
            "interest_yuan": line.interest_yuan,
            "fee_yuan": line.fee_yuan,
            "open_yuan": left,
        }
        yield DueItem(due, "payment", context.state_of(due, done=not left), facts)


def drawings_due(context: DueContext) -> Iterator[DueItem]:
    """Yield each tranche; the ledger takes it as drawn on its day."""
    for day, fen in context.parts.schedule.drawdowns:
        yield context.passed(day, "drawdown", amount_yuan=fen * FEN)


def repricing_due(context: DueContext) -> Iterator[DueItem]:
    """Yield the days on which a floating rate is set anew, with the rate as known now."""
    loan = context.parts.loan
    days = repricing_days(loan, last_day_of(loan))
    if days:
        rates = rate_path(loan)
        for day in days:
            yield context.passed(day, "repricing", rate=float(rates.rate_on(day)))


def _every(context: DueContext, months: int) -> list[date]:
    """Return each `months`-th month's day after drawdown up to the last day of care."""
    start, last = context.parts.loan.drawdown_date, context.last_day
    count = (last.year - start.year) * _MONTHS + last.month - start.month
    days = (add_months(start, month) for month in range(months, count + 1, months))
    return [day for day in days if day <= last]


def _checks(
    context: DueContext, code: str, planned: Sequence[date], made: Sequence[date]
) -> Iterator[DueItem]:
    """Yield planned checks; one is done by a check nearer to it than to the planned day before.

    A late check so catches up with what lies behind it, and does not stand for the next one.
    """
    latest = max((day for day in made if day <= context.day), default=None)
    before = context.parts.loan.drawdown_date - timedelta(days=1)
    for number, day in enumerate(planned, start=1):
        from_day = before + (day - before) / 2
        yield context.item(day, code, done=latest is not None and latest > from_day, number=number)
        before = day


def inspections_due(context: DueContext) -> Iterator[DueItem]:
    """Yield the first check after drawdown and those of the rhythm; see `_checks`."""
    first = context.parts.loan.drawdown_date + timedelta(days=FIRST_INSPECTION_DAYS)
    rhythm = _every(context, context.monitoring.inspection_months)
    made = [line.day for line in context.monitoring.inspections]
    planned = [day for day in [first, *rhythm] if day <= context.last_day]
    yield from _checks(context, "inspection", planned, made)


def revaluations_due(context: DueContext) -> Iterator[DueItem]:
    """Yield the revaluations of the rhythm; see `_checks`."""
    planned = _every(context, context.monitoring.revaluation_months)
    made = [line.day for line in context.monitoring.revaluations]
    yield from _checks(context, "revaluation", planned, made)


def verifications_due(context: DueContext) -> Iterator[DueItem]:
    """Yield the verifications planned in the life of the loan.

    One that has passed is done, unless an event says that it is late or has failed and that is
    not cured.
    """
    start = context.parts.loan.drawdown_date
    planned = [
        line
        for line in context.parts.case.project.verifications
        if start <= line.verified_on <= context.last_day
    ]
    failed = {
        max((line.verified_on for line in planned if line.verified_on <= event.day), default=None)
        for event in open_events(context.events)
        if event.kind in _VERIFICATION_FAILS
    }
    for line in planned:
        done = line.verified_on <= context.day and line.verified_on not in failed
        yield context.item(
            line.verified_on, "verification", done=done, monitored_to=line.monitored_to
        )
