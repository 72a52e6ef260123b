"""The page of the level of payments: a share of the cash, or one payment, with a floor of interest.

Newton's steps of `level_of_service` side by side: each comes down from the one before, and stays
where it has found the level at which nothing is left.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.finance.case.lending.terms import Repayment
from app.finance.lending.calendar import loan_calendar
from app.finance.lending.periods import loan_periods
from app.finance.lending.schedule_plan import HALF_A_FEN, REST
from app.finance.lending.schedule_run import MadePlan
from app.i18n import N_
from app.reports.workbook.book import Book, headed, unit_text
from app.reports.workbook.loan_cash import LoanCash
from app.reports.workbook.loan_course import Course, paying_periods
from app.reports.workbook.loan_days import DaysPage
from app.reports.workbook.looks import Kind, Look

_LEAST_STEPS = 6
_SPARE_STEPS = 3
"""Steps beyond those the program took: a changed input may need more."""

_NUMBER, _RIGHT, _OTHERS, _CASH, _PART = range(5)
_FIRST_STEP = 5


@dataclass(frozen=True, slots=True)
class Start:
    """What a plan starts from, as formulas: balance, interest to the next payment, what is left."""

    balance: str
    interest: str
    left: str
    rate: str


def floors_interest(course: Course, plan: MadePlan) -> bool:
    """Whether some payment of a plan in instalments is no more than its interest."""
    rows, at = course.rows, plan.at
    paying = paying_periods(rows, at.first, at.last)
    if len(paying) < 2 or not at.balance:
        return False
    level = plan.targets[paying[0] - at.first]
    rate = float(at.rate)
    first = float(at.interest)
    if paying[0] != at.first:
        first = float(at.balance) * rate * rows.fractions[paying[0]] / rows.year
    highest = max(first, float(at.balance) * rate * max(rows.fractions) / rows.year)
    return float(level) < highest


class LevelPage:
    """Writes a block for each plan that needs its level found."""

    def __init__(self, book: Book, course: Course, days: DaysPage, cash: LoanCash) -> None:
        self._course, self._days, self._cash = course, days, cash
        self._page = book.page("levels")
        self._row = 3
        self._of_period: dict[int, str] = {}
        self._page.sheet.fit_to_pages(2, 0)
        self._page.line(
            1,
            book.words(
                N_(
                    "A payment is a level times the cash of its period, never less than its "
                    "interest. Each step comes down to the level at which the last payment leaves "
                    "nothing."
                )
            ),
            Look.NOTE,
            last=8,
        )

    def block(self, plan: MadePlan, start: Start) -> str:
        """Write the steps of a plan; return the address of its level."""
        course, sculpted = self._course, plan.way is Repayment.SCULPTED
        rows, at = course.rows, plan.at
        paying = paying_periods(rows, at.first, at.last)
        if sculpted:
            ended = at.first + list(plan.targets).index(REST)
            paying = [period for period in paying if period <= ended]
        flows = self._flows(paying, sculpted=sculpted)
        rates = [float(at.rate) * rows.fractions[period] / rows.year for period in paying]
        if paying[0] == at.first:
            rates[0] = float(at.interest / at.balance)
        left = 0.0 if sculpted else _left(course, plan)
        steps = newton_steps(flows, rates, float(at.balance) / 100, left)
        self._heads(len(steps))
        first = self._row
        for place, period in enumerate(paying):
            self._period(period, flows[place], sculpted=sculpted)
            starts = place == 0 and period == at.first
            part = f"{start.rate}*{self._days.part(period)}"
            formula = f"IF({start.balance}=0,0,({start.interest})/({start.balance}))"
            self._page.formula(
                self._row, _PART, f"={formula if starts else part}", rates[place], Kind.FACTOR
            )
            self._row += 1
        return self._steps(first, steps, start)

    def flow(self, period: int) -> str:
        """Return the address of the cash of a period, which a plan that was written follows."""
        return self._of_period[period]

    def cash_only(self, periods: Sequence[int]) -> None:
        """Write the cash of the periods of a loan whose DSCR is given: no level is looked for."""
        self._heads(0)
        flows = self._course.cash or ()
        for period in periods:
            self._period(period, _counted(flows[period]), sculpted=True)
            self._row += 1
        self._row += 1

    def _flows(self, paying: Sequence[int], *, sculpted: bool) -> list[float]:
        if not sculpted:
            return [1.0] * len(paying)
        return [_counted((self._course.cash or ())[period]) for period in paying]

    def _heads(self, steps: int) -> None:
        page, words = self._page, self._page.book.words
        yuan = " ".join(dict.fromkeys(unit_text(words, "yuan").lines))
        heads = [
            (words(N_("Period")), ""),
            (words(N_("Cash of the right")), yuan),
            (words(N_("Other cash")), yuan),
            (words(N_("Cash that counts")), yuan),
            (words(N_("Rate × part of a year")), ""),
        ]
        for step in range(1, steps + 1):
            heads.append((words(N_("Step {number}: owed"), number=step), yuan))
            heads.append((words(N_("Step {number}: paid for a level of 1"), number=step), yuan))
        for column, (head, unit) in enumerate(heads):
            if steps or column != _PART:
                page.text(self._row, column, headed(head, unit), Look.HEAD)
        self._row += 1

    def _period(self, period: int, flow: float, *, sculpted: bool) -> None:
        page, row = self._page, self._row
        page.value(row, _NUMBER, period + 1, Kind.COUNT)
        if not sculpted:
            page.value(row, _CASH, 1, Kind.FLOW)
        else:
            formula, right, others = self._of_loan[period]
            held = page.formula(row, _RIGHT, f"={formula}", right, Kind.FLOW)
            page.value(row, _OTHERS, others, Kind.FLOW)
            both = f"{held}+{page.at(row, _OTHERS)}"
            page.formula(row, _CASH, f"=IF({both}<0.005,0,{both})", flow, Kind.FLOW)
        self._of_period[period] = page.at(row, _CASH)

    @cached_property
    def _of_loan(self) -> list[tuple[str, float, float]]:
        """Formula and amount of the cash of the right, and other cash, of each period."""
        loan = self._course.loan
        periods = loan_periods(loan, loan_calendar(loan))
        ends = [loan.drawdown_date, *(period.due for period in periods)]
        formulas, amounts = self._cash.of_right(ends)
        others = self._cash.of_others(ends)
        return list(zip(formulas, amounts.tolist(), others.tolist(), strict=True))

    def _steps(self, first: int, steps: Sequence["Step"], start: Start) -> str:
        page, last, level = self._page, self._row - 1, ""
        page.text(self._row, 0, page.book.words(N_("Level")), Look.STRONG)
        for number, step in enumerate(steps):
            owed, slope = _FIRST_STEP + 2 * number, _FIRST_STEP + 2 * number + 1
            for place, row in enumerate(range(first, last + 1)):
                grown = page.at(row - 1, owed) if place else start.balance
                paid = page.at(row - 1, slope) if place else "0"
                flow, rate = page.at(row, _CASH), page.at(row, _PART)
                more, less = f"{grown}*(1+{rate})", f"{paid}*(1+{rate})+{flow}"
                if level:
                    pays = f"{level}*{flow}>={rate}*({grown}-{level}*{paid})"
                    more, less = f"IF({pays},{more},{grown})", f"IF({pays},{less},{paid})"
                page.formula(row, owed, f"={more}", step.owed[place], Kind.FLOW)
                page.formula(row, slope, f"={less}", step.slope[place], Kind.FLOW)
            formula = f"=({page.at(last, owed)}-({start.left}))/{page.at(last, slope)}"
            level = page.formula(self._row, owed, formula, step.level, Kind.FACTOR, look=Look.TOTAL)
        self._row += 2
        return level


@dataclass(frozen=True, slots=True)
class Step:
    """One of Newton's steps: what is owed and paid after each period, and the level found."""

    owed: tuple[float, ...]
    slope: tuple[float, ...]
    level: float


def newton_steps(
    cash: Sequence[float], rates: Sequence[float], balance: float, left: float
) -> list[Step]:
    """Return the steps of `level_of_service`, and some more at which nothing changes."""
    found: list[Step] = []
    level, spare = math.inf, _SPARE_STEPS
    while spare or len(found) < _LEAST_STEPS:
        grown, slope = balance, 0.0
        owed, slopes = [], []
        for flow, rate in zip(cash, rates, strict=True):
            if level == math.inf or level * flow >= rate * (grown - level * slope):
                grown, slope = grown * (1.0 + rate), slope * (1.0 + rate) + flow
            owed.append(grown)
            slopes.append(slope)
        lower = (grown - left) / slope
        if lower >= level * (1.0 - 1e-15):
            spare = max(spare - 1, 0)
        level = lower
        found.append(Step(tuple(owed), tuple(slopes), level))
    return found


def _counted(cash: float) -> float:
    return cash if cash >= HALF_A_FEN else 0.0


def _left(course: Course, plan: MadePlan) -> float:
    """Return what a plan in instalments leaves for its last payment, yuan."""
    if plan.way is not Repayment.BALLOON:
        return 0.0
    share = course.loan.balloon_share or 0.0
    return min(float(plan.at.drawn) * share, float(plan.at.balance)) / 100
