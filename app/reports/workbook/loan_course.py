"""What the sheets of a loan are written from: its rows, the pieces its interest is made of, plans.

The days and parts of a year are those of the core; the sheets have every amount as a formula.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import localcontext
from functools import cached_property

from app.finance.case.case import Case
from app.finance.case.lending.days import DayCount
from app.finance.case.lending.pricing import RateKind
from app.finance.case.lending.terms import PrepaymentKeeps, Repayment
from app.finance.case.loan import Loan
from app.finance.case.maturity import last_day_of, maturity_of
from app.finance.lending.cash import cash_by_period
from app.finance.lending.day_count import Ratio, year_fraction
from app.finance.lending.rates import RatePath, exact, lpr_before, rate_path, repricing_days
from app.finance.lending.schedule_plan import BY_SERVICE, DIGITS, SHARED_OUT
from app.finance.lending.schedule_results import Schedule
from app.finance.lending.schedule_rows import Rows, loan_rows
from app.finance.lending.schedule_run import MadePlan, ScheduleRun
from app.finance.money import whole_fen
from app.finance.valuation.results import ValueResult

_ADDITIVE = (DayCount.ACT_360, DayCount.ACT_365F, DayCount.ACT_ACT)
"""Day counts whose parts of a year add up, wherever a period is cut."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One rate from a day on: of the contract, of an LPR (`line` of the table), of an extension."""

    day: date
    rate: float
    line: int | None = None
    moved: bool = False
    extension: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Days of a row at one rate; `drawing` is a tranche drawn within the row, None for the rest."""

    row: int
    first: date
    last: date
    stretch: int
    part: Ratio
    drawing: int | None = None

    @property
    def share(self) -> float:
        """The part of a year."""
        return self.part[0] / self.part[1]


class Course:
    """A loan as its schedule was made.

    Attributes:
        rows: its rows; those from `count` on come after the loan is repaid and stay empty.
        stretches: its rates.
    """

    def __init__(self, case: Case, loan: Loan, values: ValueResult, schedule: Schedule) -> None:
        self.loan, self.schedule = loan, schedule
        self.cash = cash_by_period(case, values)
        with localcontext(prec=DIGITS):
            self.rows: Rows = loan_rows(loan)
            run = ScheduleRun(loan, self.rows, self.cash, whole_fen)
            run.run()
        self.plans = {plan.row: plan for plan in run.plans}
        self.closing, self.principal = run.closing, run.principal
        self.interest, self.fees = run.interest, run.fees
        count = len(self.rows.starts)
        while count > 1 and not run.closing[count - 2] and not self.rows.drawn[count - 1]:
            count -= 1
        self.count = count
        self.stretches = tuple(self._stretches())

    def _stretches(self) -> Iterator[Stretch]:
        loan = self.loan
        if loan.rate_kind is RateKind.FIXED:
            yield Stretch(loan.drawdown_date, loan.annual_rate or 0.0)
        else:
            known = rate_path(loan)
            lines = {line.day: place for place, line in enumerate(loan.lpr)}
            days = (loan.drawdown_date, *repricing_days(loan, last_day_of(loan)))
            for place, day in enumerate(days):
                if place == 0 or loan.day_count in _ADDITIVE or day in known.days:
                    published = lpr_before(loan, day)[0]
                    rate = float(known.rate_on(day))
                    yield Stretch(day, rate, lines[published], moved=place > 0)
        if loan.extension is not None and loan.extension.annual_rate is not None:
            yield Stretch(maturity_of(loan), loan.extension.annual_rate, extension=True)

    @cached_property
    def _path(self) -> RatePath:
        rates = tuple(exact(stretch.rate) for stretch in self.stretches)
        return RatePath(tuple(stretch.day for stretch in self.stretches), rates)

    def stretch_on(self, day: date) -> int:
        """Return the number of the stretch of a day."""
        return max(bisect_right(self._path.days, day) - 1, 0)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of all rows, in their order; tranches drawn within a row come after it."""
        return tuple(piece for row in range(len(self.rows.starts)) for piece in self._of_row(row))

    def _of_row(self, row: int) -> Iterator[Piece]:
        rows = self.rows
        start, end = rows.starts[row], rows.ends[row]
        whole = self._rows_of_period[rows.period[row]] == 1
        cut = self._path.pieces(start, end)
        for first, last, _rate in cut:
            part = year_fraction(first, last, self.loan.day_count)
            if whole and len(cut) == 1:
                part = rows.fractions[rows.period[row]], rows.year
            yield Piece(row, first, last, self.stretch_on(first), part)
        for place in self.drawn_in(row):
            day = rows.drawings[place][0]
            if day != start:
                for first, last, _rate in self._path.pieces(day, end):
                    part = year_fraction(first, last, self.loan.day_count)
                    yield Piece(row, first, last, self.stretch_on(first), part, place)

    @cached_property
    def _rows_of_period(self) -> Counter[int]:
        return Counter(self.rows.period)

    @cached_property
    def _drawn(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, (day, _fen) in enumerate(self.rows.drawings):
            found.setdefault(bisect_right(self.rows.starts, day) - 1, []).append(place)
        return found

    def drawn_in(self, row: int) -> list[int]:
        """Return the tranches drawn in a row."""
        return self._drawn.get(row, [])

    def rows_to_payment(self, row: int) -> range:
        """Return the rows from `row` to the end of its period."""
        return range(row, bisect_right(self.rows.period, self.rows.period[row], lo=row))

    def begins_period(self, row: int) -> bool:
        """Whether a row is the first of its period."""
        return row == 0 or self.rows.period[row - 1] != self.rows.period[row]

    def last_stretch(self, row: int) -> int:
        """Return the stretch of the last days counted of a row: its rate is that of the row."""
        start, end = self.rows.starts[row], self.rows.ends[row]
        return self.stretch_on(self._path.pieces(start, end)[-1][0])

    @cached_property
    def matures(self) -> int:
        """The row at maturity whose rest an extension puts off; -1 without one."""
        if self.loan.extension is None:
            return -1
        return bisect_right(self.rows.period, self.rows.matures) - 1

    @cached_property
    def later_fees(self) -> tuple[int, ...]:
        """The row of each later fee; rows from `len(rows.starts)` on are the days of late ones."""
        ends = self.rows.ends[: self.count]
        lines = self.loan.fees
        rows = [bisect_left(ends, line.day) for line in lines]
        late = sorted({line.day for line, row in zip(lines, rows, strict=True) if row == len(ends)})
        return tuple(
            row if row < len(ends) else len(self.rows.starts) + late.index(line.day)
            for line, row in zip(lines, rows, strict=True)
        )

    @property
    def late_rows(self) -> int:
        """How many rows come after the loan for fees that fall due later."""
        return len(self.schedule.dues) - self.count


@dataclass(slots=True)
class InForce:
    """What the plan in force says of a row: its way, its last period, the row it begins at."""

    plan: MadePlan
    row: int
    last: int


def paying_periods(rows: Rows, first: int, last: int) -> Sequence[int]:
    """Return the periods of a plan that pay principal."""
    return [period for period in range(first, last + 1) if rows.pays[period]]


def may_be_planned_anew(course: Course, row: int, way: Repayment) -> bool:
    """Whether a change of a rate by the reader plans the payments from this row on anew."""
    if way not in BY_SERVICE or row == 0:
        return False
    return course.last_stretch(row) != course.last_stretch(row - 1)


def scales(course: Course, row: int, way: Repayment) -> bool:
    """Whether the prepayment of a row makes fixed parts of principal smaller."""
    position = course.rows.prepaid.get(row)
    if position is None or way in SHARED_OUT or way is Repayment.BULLET:
        return False
    return course.loan.prepayments[position].keeps is PrepaymentKeeps.TENOR
