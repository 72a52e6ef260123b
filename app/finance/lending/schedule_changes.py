"""What changes the periods of a loan on the way: prepayments cut them, an extension adds some."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

from app.finance.case.lending.days import PaymentDays
from app.finance.case.lending.terms import IN_INSTALMENTS, Repayment
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.calendar import BusinessCalendar
from app.finance.lending.periods import Period, loan_periods, maturity_of
from app.finance.money import FEN

PAYMENT, PREPAYMENT, EXTENSION = "payment", "prepayment", "extension"

_Row = tuple[date, date, date, str, int, bool]


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows of a schedule: one for each period, and one before it for each prepayment within it.

    `period` is the number of the period of each row; `whole` tells whether the row is all of it;
    `prepaid` gives the position in the case of a prepayment by its row.
    """

    starts: Sequence[date]
    ends: Sequence[date]
    dues: Sequence[date]
    kinds: Sequence[str]
    period: Sequence[int]
    whole: Sequence[bool]
    prepaid: dict[int, int]


def cut_at_prepayments(loan: Loan, periods: Sequence[Period], matures: int) -> Cut:
    """Return the rows of a loan: interest is paid to the day of each prepayment, then on from it.

    A prepayment on a day of payment comes after that payment, in a row without days. A day paid
    is never before that of the row above.

    Raises:
        DomainError: `prepayment_over_balance` for a day on which nothing is owed.
    """
    kinds = [PAYMENT] * (matures + 1) + [EXTENSION] * (len(periods) - 1 - matures)
    if not loan.prepayments:
        starts, ends, dues, _months, _pays = zip(*periods, strict=True)
        return Cut(starts, ends, dues, kinds, range(len(kinds)), [True] * len(kinds), {})
    within = _by_period(loan, periods)
    rows: list[_Row] = []
    prepaid: dict[int, int] = {}
    for number, period in enumerate(periods):
        start = period.start
        for position in within.get(number, ()):
            day = loan.prepayments[position].day
            prepaid[len(rows)] = position
            rows.append((start, day, day, PREPAYMENT, number, False))
            start = day
        whole = number not in within
        rows.append((start, period.end, period.due, kinds[number], number, whole))
    first, last, due, kind, of, all_of_it = zip(*rows, strict=True)
    return Cut(first, last, tuple(accumulate(due, max)), kind, of, all_of_it, prepaid)


def _by_period(loan: Loan, periods: Sequence[Period]) -> dict[int, list[int]]:
    """Return the positions of the prepayments, in order of their days, by number of the period."""
    lines = loan.prepayments
    starts = [period.start for period in periods]
    within: dict[int, list[int]] = {}
    for position in sorted(range(len(lines)), key=lambda n: lines[n].day):
        day = lines[position].day
        if not starts[0] <= day < periods[-1].end:
            raise over_balance(loan, position, 0)
        within.setdefault(bisect_right(starts, day) - 1, []).append(position)
    return within


def over_balance(loan: Loan, position: int, balance_fen: int | Decimal) -> DomainError:
    """Return the refusal of a prepayment of more than is owed on its day."""
    line = loan.prepayments[position]
    return DomainError(
        "prepayment_over_balance",
        path=f"loan.prepayments.{position}.amount_yuan",
        value=line.amount_yuan,
        balance=balance_fen * FEN,
    )


def extension_periods(loan: Loan, last: Period, calendar: BusinessCalendar) -> tuple[Period, ...]:
    """Return the periods from maturity to the end of the extension; () without one.

    Interest goes on as before: at the distance of the instalments, or of the interest of a loan
    without instalments. A loan counted from a first payment day goes on from its maturity.
    """
    extension = loan.extension
    if extension is None:
        return ()
    in_instalments = loan.repayment.value in IN_INSTALMENTS
    by_settlement = loan.payment_days is PaymentDays.SETTLEMENT
    later = replace(
        loan,
        drawdown_date=maturity_of(loan),
        term_months=extension.months,
        maturity_date=None,
        repayment=Repayment.EQUAL_PRINCIPAL if in_instalments else Repayment.BULLET,
        grace_months=0,
        payment_days=PaymentDays.SETTLEMENT if by_settlement else PaymentDays.ANNIVERSARY,
        tranches=(),
        prepayments=(),
        extension=None,
    )
    bullet = extension.repayment.value == Repayment.BULLET.value
    found = [period._replace(pays_principal=not bullet) for period in loan_periods(later, calendar)]
    found[-1] = found[-1]._replace(pays_principal=True)
    if found[0].start != last.end:
        found[0] = found[0]._replace(start=last.end, months=None)
    return tuple(found)
