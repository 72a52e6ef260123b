"""What is owed of the principal at each state of a loan, by its schedule."""

from datetime import date, timedelta
from typing import NamedTuple

from app.finance.dates import add_months
from app.finance.lending.schedule_results import Schedule
from app.finance.valuation.price_curve import DAYS_OF_YEAR

FAR_APART = 183
"""Days between payments from which the state before a payment is looked at as well."""

_MONTHS = 12
_DAY = timedelta(days=1)


class Owed(NamedTuple):
    """What is owed on the path of a loan, as columns, shape (d,).

    Attributes:
        days: day of each state.
        fen: owed at its end, or before its payment.
        before_payment: whether it is the state before the payment of the day.
    """

    days: list[date]
    fen: list[int]
    before_payment: list[bool]

    def add(self, day: date, fen: int, *, before_payment: bool = False) -> None:
        """Put a state behind the others."""
        self.days.append(day)
        self.fen.append(fen)
        self.before_payment.append(before_payment)

    @property
    def valued_on(self) -> list[date]:
        """The days at whose end the security is valued: before a payment, the day before it."""
        before = zip(self.days, self.before_payment, strict=True)
        return [day - _DAY if is_before else day for day, is_before in before]


def _drawn(schedule: Schedule, after: date, until: date) -> int:
    return sum(fen for day, fen in schedule.drawdowns if after < day <= until)


def owed_by_day(schedule: Schedule, drawdown: date) -> Owed:
    """Return what is owed at each drawing, after each payment and a year after the state before.

    Where payments lie half a year or more apart, and before the last one, the state before the
    payment is there as well, ahead of the one after it. What is drawn on a day of payment is owed
    at its end.
    """
    dues, repaid, count = schedule.dues, schedule.principal, len(schedule.dues)
    last_drawn = max(day for day, _fen in schedule.drawdowns)
    opened, owed, paid = drawdown, _drawn(schedule, date.min, drawdown), 0
    found = Owed([], [], [])
    found.add(drawdown, owed)
    for place, due in enumerate(dues, start=1):
        paid += repaid[place - 1]
        if place < count and dues[place] == due:
            continue
        apart, drawn_now, is_drawn = (due - opened).days, 0, opened < last_drawn
        if apart > DAYS_OF_YEAR or is_drawn:
            _add_between(found, schedule, opened, due)
        if is_drawn:
            drawn_now = _drawn(schedule, due - _DAY, due)
            owed += _drawn(schedule, opened, due) - drawn_now
        if apart >= FAR_APART or due == dues[-1]:
            found.add(due, owed, before_payment=True)
        opened, owed, paid = due, owed + drawn_now - paid, 0
        found.add(due, owed)
    return found


def _add_between(found: Owed, schedule: Schedule, opened: date, due: date) -> None:
    """Add what is owed at each drawing and each year after the last state and before `due`."""
    fen, years = found.fen[-1], range(1, (due - opened).days // DAYS_OF_YEAR + 1)
    days = {add_months(opened, _MONTHS * year) for year in years}
    days |= {day for day, _fen in schedule.drawdowns}
    for day in sorted(days):
        if opened < day < due:
            found.add(day, fen + _drawn(schedule, opened, day))
