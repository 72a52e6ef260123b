"""The income approach: price of the valuation date, rate and cash flow of one appraisal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.errors import DomainError
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.cash_flow import build_plan
from app.finance.valuation.cost_tool import compute_cost_tool
from app.finance.valuation.discount_rate import discount_rate
from app.finance.valuation.flows import FlowPlan, net_flows, present_value
from app.finance.valuation.given import given
from app.finance.valuation.horizon import Horizon
from app.finance.valuation.results import CurvePrice, EvidenceResult, RateResult, ToolResult
from app.finance.valuation.schedule import unsold_by_year


def price_of_valuation_date(appraisal: Appraisal, evidence: EvidenceResult | None) -> float:
    """Return the price a credit fetches on the valuation date, yuan/t.

    Raises:
        DomainError: `no_price_evidence` or `evidence_too_few` when the price is to come from
            evidence that is not there or has no conclusion; `missing` without a stated price.
    """
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        tool = appraisal.cost_tool
        if tool is None:
            raise DomainError("missing", path="appraisal.cost_tool", value=None)
        return tool.price_per_t * tool.yuan_per_unit
    if appraisal.price_basis is PriceBasis.STATED:
        return given(appraisal, "price_yuan_t")
    if evidence is None:
        raise DomainError("no_price_evidence", path="appraisal.evidence", value=None)
    if evidence.conclusion_yuan_t is None:
        raise DomainError(
            "evidence_too_few", path="appraisal.evidence", value=None, count=evidence.spread.count
        )
    return evidence.conclusion_yuan_t


def still_to_come(appraisal: Appraisal, carbon: CarbonResult) -> CarbonResult:
    """Return the credits without those that are issued and valued apart.

    What the ledger says is issued leaves the cash flow when `appraisal.issued` values it, so
    that no tonne counts twice; the rest of a vintage that is issued in part stays. When fewer
    tonnes are entered than the ledger holds, every vintage gives up the same share.
    """
    units = appraisal.issued
    if units is None or not carbon.ledger:
        return carbon
    held = [max(row.issued_tco2 - row.retired_tco2 - row.sold_tco2, 0.0) for row in carbon.ledger]
    total = sum(held)
    share = 1.0
    if units.tonnes is not None and total > 0:
        share = min(units.tonnes / total, 1.0)
    ledger = tuple(
        replace(row, sold_tco2=row.sold_tco2 + share * apart)
        for row, apart in zip(carbon.ledger, held, strict=True)
    )
    return replace(carbon, ledger=ledger)


@dataclass(frozen=True, slots=True)
class Income:
    """The cash flow that is valued, and what it was made from.

    `price` is that of the valuation date, yuan/t. `horizon` is None by the years of the Cost
    Tool, `tool` by the cash flow of the right.
    """

    plan: FlowPlan
    price: float
    rate: RateResult
    horizon: Horizon | None = None
    tool: ToolResult | None = None

    @property
    def years(self) -> int:
        """Years valued."""
        return len(self.plan.times) if self.horizon is None else self.horizon.years

    @property
    def limited_by(self) -> str:
        """What limits the years: "horizon_years" or the field of a right's end."""
        return "horizon_years" if self.horizon is None else self.horizon.limited_by

    @property
    def last_day(self) -> date | None:
        """Last day valued."""
        return None if self.horizon is None else self.horizon.last_day

    @property
    def months_left_out(self) -> int:
        """Whole months of the right that come after the years valued."""
        return 0 if self.horizon is None else self.horizon.months_left_out

    @property
    def tonnes(self) -> float:
        """Credits sold within the horizon, tCO2e."""
        return float(self.plan.tonnes.sum())

    @property
    def costs(self) -> Numbers:
        """Costs and fees a credit of each flow, yuan; without shares of the revenue."""
        return self.plan.all_costs + self.plan.fee_per_tonne * self.plan.tonnes


def find_income(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, *, price_yuan_t: float
) -> Income:
    """Return rate and cash flow by the chosen income method.

    Raises:
        DomainError: as `discount_rate`, `build_plan` and `compute_cost_tool` do.
    """
    rate = discount_rate(appraisal)
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        tool, plan = compute_cost_tool(project, appraisal, carbon)
        return Income(plan, price_yuan_t, rate, tool=tool)
    plan, horizon = build_plan(project, appraisal, carbon, price_yuan_t=price_yuan_t)
    return Income(plan, price_yuan_t, rate, horizon=horizon)


def relative_prices(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, income: Income
) -> Numbers:
    """Return the curve over the price of the valuation date; zeros where it has no such scale."""
    if income.price > 0:
        return income.plan.prices / income.price
    if appraisal.income_method is IncomeMethod.COST_TOOL and appraisal.cost_tool is not None:
        tool = replace(appraisal.cost_tool, price_per_t=1 / appraisal.cost_tool.yuan_per_unit)
        return compute_cost_tool(project, replace(appraisal, cost_tool=tool), carbon)[1].prices
    if appraisal.price_curve in (CurveKind.TABLE, CurveKind.FORWARD):
        return np.zeros_like(income.plan.prices)
    return build_plan(project, appraisal, carbon, price_yuan_t=1.0)[0].prices


def one_year_tonnes(carbon: CarbonResult, income: Income) -> float:
    """Return the credits of the first calendar year valued that has any, tCO2e."""
    if income.horizon is None:
        tonnes: Sequence[float] = income.plan.tonnes.tolist()
    else:
        first = income.horizon.first_calendar_year
        unsold = unsold_by_year(carbon)
        tonnes = [unsold.get(first + offset, 0.0) for offset in range(income.horizon.years)]
    return next((amount for amount in tonnes if amount), 0.0)


def beyond_horizon(plan: FlowPlan, rate: float) -> float:
    """Return the part of the net value that a perpetuity makes, yuan."""
    if not plan.tail:
        return 0.0
    net = net_flows(plan)
    return float(present_value(plan, net, rate) - present_value(replace(plan, tail=0.0), net, rate))


def curve_of(plan: FlowPlan) -> tuple[CurvePrice, ...]:
    """Return the price of each flow date after the valuation date."""
    return tuple(
        CurvePrice(float(time), year, float(price))
        for time, year, price in zip(plan.times, plan.years, plan.prices, strict=True)
        if time > 0
    )
