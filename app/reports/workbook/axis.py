"""The cash flow of a case as the workbook writes it, with the figures of the core for each cell.

Every plan gets a column at time 0, whether anything is paid there in the case or not: a reader
may enter a cost of the start.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.finance.case.case import Case
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.engine import Results
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.cash_flow import cash_flow_rows
from app.finance.valuation.dated import dated_schedule
from app.finance.valuation.flows import FlowPlan, income_tax, net_flows
from app.finance.valuation.horizon import Horizon, find_horizon
from app.finance.valuation.income import still_to_come
from app.finance.valuation.results import CashFlowYear
from app.finance.valuation.schedule import Schedule, yearly_schedule


@dataclass(frozen=True, slots=True)
class Losses:
    """Set-off of losses by year of the right; `used[l, y]` of the loss of year l in year y."""

    profits: Numbers
    used: Numbers
    taxable: Numbers


@dataclass(frozen=True, slots=True)
class Axis:
    """The columns of the cash flow of a right and what the core has for them.

    `lasts` holds, for each year of the right, the column in which its tax is paid; `earned` the
    credits of the calendar year of each column, where credits follow the rhythm of
    verifications (`rhythm`).
    """

    plan: FlowPlan
    schedule: Schedule
    horizon: Horizon
    rows: tuple[CashFlowYear, ...]
    earned: Numbers
    rhythm: bool
    dated: bool
    future: CarbonResult

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(self.plan.times)

    @property
    def indices(self) -> tuple[int, ...]:
        """Year of the right of each column, 0 the valuation date."""
        return self.plan.indices

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the right, each once."""
        return tuple(dict.fromkeys(self.indices))

    def is_last(self, column: int) -> bool:
        """Whether the tax of a year is paid with this column."""
        return column == self.count - 1 or self.indices[column + 1] != self.indices[column]

    def cost(self, code: str) -> Numbers:
        """Return a cost of the plan by column, yuan, positive; zeros where it is nowhere paid."""
        return self.plan.costs.get(code, np.zeros(self.count))

    def prudent(self, price_discount: float, tonnes_discount: float) -> FlowPlan:
        """Return the plan with the lender's discounts."""
        return replace(
            self.plan,
            prices=self.plan.prices * (1 - price_discount),
            tonnes=self.plan.tonnes * (1 - tonnes_discount),
        )

    def losses(self, plan: FlowPlan) -> Losses:
        """Return the set-off of losses of a plan on these columns.

        What a loss gives to a year is the taxable base without it less the base with it, the
        older losses being there: the oldest loss is set off first.
        """
        before = net_flows(plan.without_tax())
        places = [self.years.index(year) for year in self.indices]
        profits = np.zeros(len(self.years))
        np.add.at(profits, places, before)
        count = len(profits)
        is_known = np.arange(count) < np.arange(count + 1)[:, None]
        layers = np.where(is_known, profits, np.maximum(profits, 0.0))
        bases = income_tax(layers, 1.0, plan.loss_carry, tuple(range(count)))
        return Losses(profits, bases[:-1] - bases[1:], bases[-1])


def find_axis(case: Case, results: Results) -> Axis | None:
    """Return the columns of the cash flow; None without one (no appraisal, years of the tool)."""
    appraisal, values = case.appraisal, results.values
    if appraisal is None or values is None or appraisal.income_method is IncomeMethod.COST_TOOL:
        return None
    future = still_to_come(appraisal, results.carbon)
    horizon = find_horizon(case.project, appraisal)
    dated = appraisal.timing is Timing.EXACT_DATES
    find = dated_schedule if dated else yearly_schedule
    schedule = find(case.project, appraisal, future, horizon)
    plan = values.plan
    if 0 not in plan.indices:
        start = appraisal.valuation_date
        plan = _with_start(plan, start.year, values.price_yuan_t)
        schedule = _schedule_with_start(schedule)
        plan = replace(plan, days=((start if dated else None), *plan.days[1:]))
    unsold = _unsold(future)
    earned = [unsold.get(year, 0.0) for year in plan.years]
    return Axis(
        plan=plan,
        schedule=schedule,
        horizon=horizon,
        rows=cash_flow_rows(plan, values.rate.rate),
        earned=np.where(np.array(plan.indices) > 0, earned, 0.0),
        rhythm=not (dated or case.project.verifications),
        dated=dated,
        future=future,
    )


def _unsold(carbon: CarbonResult) -> Mapping[int, float]:
    return {row.year: carbon.unsold_in(row.year) for row in carbon.years}


def _in_front(numbers: Numbers, first: float = 0.0) -> Numbers:
    return np.concatenate(([first], numbers))


def _with_start(plan: FlowPlan, year: int, price: float) -> FlowPlan:
    return replace(
        plan,
        times=_in_front(plan.times),
        years=(year, *plan.years),
        days=(None, *plan.days),
        tonnes=_in_front(plan.tonnes),
        prices=_in_front(plan.prices, price),
        costs={code: _in_front(cost) for code, cost in plan.costs.items()},
        receipts=_in_front(plan.receipts),
        indices=(0, *plan.indices),
    )


def _schedule_with_start(schedule: Schedule) -> Schedule:
    return replace(
        schedule,
        indices=_in_front(schedule.indices),
        times=_in_front(schedule.times),
        tonnes=_in_front(schedule.tonnes),
        year_share=_in_front(schedule.year_share),
        verifications=_in_front(schedule.verifications),
        baselines=_in_front(schedule.baselines),
        receipts=_in_front(schedule.receipts),
        investment=_in_front(schedule.investment),
        other=_in_front(schedule.other),
    )
