"""What is owed of a loan on any day: as its ledger knows it, and from then on as agreed.

Convention of the house: up to the last day known, that is the day watched or a later receipt, only
what came in counts. What falls due after it is taken as paid on its day, and so is all of a loan
that is not watched. What was in arrears stays so, and penalty runs on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.finance.case.lending.monitoring import Monitoring, ReceiptLine
from app.finance.case.loan import Loan
from app.finance.lending.ledger import build_ledger
from app.finance.lending.rates import rate_path
from app.finance.lending.registration import day_watched
from app.finance.lending.schedule_results import Schedule
from app.finance.money import FEN, ZERO


def known_until(loan: Loan, day: date) -> date | None:
    """Return the last day not after `day` on which it is known what came in.

    None for a loan that is not watched.
    """
    watch = loan.monitoring
    if watch is None:
        return None
    came_in = (line.day for line in watch.receipts if line.day <= day)
    return min(max(day_watched(loan), *came_in, date.min), day)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is owed of a loan on a day, and how late it is.

    `owed_yuan` is all of it, interest that has run included; `principal_yuan` of it is principal,
    `past_due_yuan` principal and interest billed and not paid. `days_past_due` counts from the
    oldest bill that is not paid in full.
    """

    owed_yuan: Decimal = ZERO
    principal_yuan: Decimal = ZERO
    past_due_yuan: Decimal = ZERO
    days_past_due: int = 0


NOTHING_OWED = Standing()


def standing_on(loan: Loan, schedule: Schedule, day: date) -> Standing:
    """Return what is owed of a loan at the end of a day, and what of it is past due.

    Nothing before the first drawing, once the debt is extinguished, and where more came in than was
    owed.

    Raises:
        DomainError: `overdue_multiple_missing` or `diverted_multiple_missing`, when penalty has to
            be counted and its rate was not entered.
    """
    watch = loan.monitoring or Monitoring()
    if watch.discharged_on is not None and watch.discharged_on <= day:
        return NOTHING_OWED
    agreed = _as_agreed(schedule, known_until(loan, day) or date.min, day)
    booked = replace(watch, receipts=(*watch.receipts, *agreed))
    ledger = build_ledger(schedule, booked, loan.day_count, rate_path(loan), day)
    found = ledger.on(day)
    if found is None or found.owed_yuan <= 0:
        return NOTHING_OWED
    late = min((schedule.dues[line] for line in ledger.unpaid), default=day)
    return Standing(found.owed_yuan, found.principal_yuan, found.past_due_yuan, (day - late).days)


def _as_agreed(schedule: Schedule, known: date, day: date) -> Iterator[ReceiptLine]:
    """Yield the payments of the schedule that fall due after the last day known up to `day`."""
    for line, due in enumerate(schedule.dues):
        paid = schedule.principal[line] + schedule.interest[line] + schedule.fees[line]
        if known < due <= day and paid:
            yield ReceiptLine(due, paid * FEN)
