"""Cash that serves the loan, by day: of the right, and of the borrower's other sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.lending.sizing_inputs import CashLevel, CashLine
from app.finance.case.lending.terms import Repayment
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.calendar import loan_calendar
from app.finance.lending.flow_table import CountedFlows, FlowTable, Places, counted_flows
from app.finance.lending.periods import loan_periods
from app.finance.lending.remaining import flow_days, ordinals
from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.results import ValueResult


@dataclass(frozen=True)
class Cash:
    """Cash by day, yuan.

    Attributes:
        days: day of each flow of the right as ordinals, ascending, shape (n,).
        sums: sum of the flows of the right before the n-th, shape (..., n + 1).
        other_days: days, ordinals, between which other cash comes in evenly.
        other_sums: other cash that came in before each of them.
    """

    days: Numbers
    sums: Numbers
    other_days: Numbers
    other_sums: Numbers

    @property
    def last_day(self) -> date | None:
        """Day of the last flow of the right; None when it has none."""
        return date.fromordinal(int(self.days[-1])) if len(self.days) else None

    @property
    def is_empty(self) -> bool:
        """Whether no cash is known from any source."""
        return not (np.any(self.sums) or np.any(self.other_sums))

    def of_right(self, ends: Sequence[date]) -> Numbers:
        """Return the cash of the right between each of `ends` and the next, shape (..., k - 1).

        The day a stretch opens with is not in it, the day it ends on is.
        """
        return np.diff(self.sums[..., self.flows_until(ordinals(ends))], axis=-1)

    def of_others(self, ends: Sequence[date]) -> Numbers:
        """Return the borrower's other cash between each of `ends` and the next, shape (k - 1,)."""
        return self.others_between(ordinals(ends))

    def between(self, ends: Sequence[date]) -> Numbers:
        """Return all cash between each of `ends` and the next, shape (..., k - 1)."""
        known = ordinals(ends)
        of_right = np.diff(self.sums[..., self.flows_until(known)], axis=-1)
        return np.asarray(of_right + self.others_between(known))

    def flows_until(self, ends: Numbers) -> Places:
        """Return how many flows of the right are over at the end of each day, an ordinal."""
        return np.searchsorted(self.days, ends, side="right")

    def others_between(self, ends: Numbers) -> Numbers:
        """Return the other cash between each of the days `ends`, ordinals, and the next."""
        return np.diff(np.interp(ends + 1, self.other_days, self.other_sums))


def _counted(loan: Loan, appraisal: Appraisal, plan: FlowPlan) -> CountedFlows:
    """Return the flows of the right with what the lender counts of tonnes and of prices."""
    discounted = loan.cash_level is CashLevel.PRUDENT
    return counted_flows(
        plan,
        tonnes=1 - appraisal.prudent_tonnes_discount * discounted,
        price=1 - appraisal.prudent_price_discount * discounted,
    )


@lru_cache(maxsize=4)
def _others(lines: tuple[CashLine, ...]) -> tuple[Numbers, Numbers]:
    """Return the first days of calendar years and the other cash that came in before each."""
    if not lines:
        return np.zeros(1), np.zeros(1)
    first = min(line.first_year for line in lines)
    last = max(line.last_year for line in lines)
    years = range(first, last + 2)
    by_year = np.zeros(len(years) - 1)
    for line in lines:
        by_year[line.first_year - first : line.last_year + 1 - first] += line.amount_yuan_yr
    days = [date(year, 1, 1).toordinal() for year in years]
    return np.array(days), np.concatenate(([0.0], np.cumsum(by_year)))


def _inputs(case: Case) -> tuple[Loan, Appraisal]:
    loan, appraisal = case.loan, case.appraisal
    if loan is None or appraisal is None:
        raise DomainError("missing", path="loan" if loan is None else "appraisal", value=None)
    return loan, appraisal


def find_cash(case: Case, values: ValueResult, factors: Numbers | None = None) -> Cash:
    """Return the cash that serves the loan.

    Each net flow of the right, after income tax, comes in on its day; one that stands for a whole
    year on the day its time gives. At the prudent level the discounts of the appraisal come
    off tonnes and prices. Other cash is spread evenly over the days of its calendar years. With
    `factors` (m,) the prices of the right are multiplied by each.

    Raises:
        DomainError: `missing` for a case without loan or appraisal.
    """
    loan, appraisal = _inputs(case)
    counted = _counted(loan, appraisal, values.plan)
    flows = counted.now if factors is None else counted.at(factors)
    days = flow_days(values.plan, appraisal.valuation_date)
    return Cash(days, _running(flows), *_others(loan.other_cash))


def _running(flows: Numbers) -> Numbers:
    """Return the sums of the flows before the n-th, shape (..., n + 1)."""
    opened = np.zeros((*flows.shape[:-1], 1))
    return np.concatenate((opened, np.cumsum(flows, axis=-1)), axis=-1)


class CashByPrice:
    """Cash at other prices of carbon: a factor on all of them moves that of the right."""

    def __init__(self, case: Case, values: ValueResult, *, seldom: bool = False) -> None:
        """Prepare the flows of the right by factor.

        Taxed flows are looked up between their bends, which others ask for as well; `seldom` says
        that nobody does, and they are found anew for the few factors asked for.
        """
        self._cash = find_cash(case, values)
        self._flows = _counted(*_inputs(case), values.plan)
        self._anew = seldom and bool(values.plan.tax_rate)

    def on(self, ends: Sequence[date]) -> Callable[[Numbers], Numbers]:
        """Return what gives all cash between each of `ends` and the next by factors, (m, k - 1)."""
        known = ordinals(ends)
        until, others = self._cash.flows_until(known), self._cash.others_between(known)
        if self._anew:
            return lambda factors: (
                np.diff(_running(self._flows.at(factors))[..., until], axis=-1) + others
            )
        table = FlowTable(self._flows)
        return lambda factors: others - np.diff(table.each(factors[:, None], until), axis=-1)

    def between(self, ends: Sequence[date], factors: Numbers) -> Numbers:
        """Return all cash between each of `ends` and the next, yuan, shape (m, k - 1)."""
        return self.on(ends)(factors)


def cash_by_period(case: Case, values: ValueResult) -> Sequence[float] | None:
    """Return the cash of each payment period of a sculpted loan, yuan; None for the others.

    A period has the cash after its predecessor's day of payment up to its own.

    Raises:
        DomainError: as `loan_periods` does.
    """
    loan = case.loan
    if loan is None or loan.repayment is not Repayment.SCULPTED:
        return None
    periods = loan_periods(loan, loan_calendar(loan))
    ends = [loan.drawdown_date, *(period.due for period in periods)]
    cash = find_cash(case, values)
    found: list[float] = cash.between(ends).tolist()
    return found
