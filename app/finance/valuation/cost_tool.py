"""The Blue Carbon Cost Tool as a convention: its years, its costs, its figures by their names.

Source: Blue Carbon Cost Tool (The Nature Conservancy, MIT licence), commit 97002fd8b7a5,
api/src/modules/calculations; its iteration of the break-even price is replaced by the closed
form, its rates of return are given with every root and with the reason when there is none.
"""

from dataclasses import dataclass, replace

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.carbon.ipcc_ws import LossPlan
from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.project import Project
from app.finance.case.valuation.cost_tool import CostTool
from app.finance.errors import DomainError
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.cost_tool_notices import tool_notices
from app.finance.valuation.cost_tool_schedule import (
    CAPEX,
    OPEX,
    START_UP_YEARS,
    ToolAxis,
    restored_areas,
    schedule,
)
from app.finance.valuation.cost_tool_working import tool_working
from app.finance.valuation.discount_rate import discount_rate
from app.finance.valuation.flows import FlowPlan, discount_factors
from app.finance.valuation.results import ToolResult, ToolYear
from app.finance.valuation.returns import internal_rates


@dataclass(frozen=True, slots=True)
class _Flows:
    """Everything by year of the tool, in its currency, shape (n,)."""

    axis: ToolAxis
    areas: Numbers
    credits: Numbers
    prices: Numbers
    costs: dict[str, Numbers]
    factors: Numbers

    @property
    def revenue(self) -> Numbers:
        return self.credits * self.prices

    def total(self, codes: tuple[str, ...]) -> Numbers:
        """Sum of some costs by year."""
        return np.asarray(np.sum([self.costs[code] for code in codes], axis=0))

    def present(self, flow: Numbers) -> float:
        """Present value at the start of year -4."""
        return float(flow @ self.factors)


def _tool_of(appraisal: Appraisal) -> CostTool:
    tool = appraisal.cost_tool
    if tool is None:
        raise DomainError("needed", path="appraisal.cost_tool", other="appraisal.income_method")
    if tool.currency == "CNY" and tool.yuan_per_unit != 1:
        path = "appraisal.cost_tool.yuan_per_unit"
        raise DomainError("yuan_is_one", path=path, value=tool.yuan_per_unit)
    return tool


def last_credit_year(appraisal: Appraisal) -> int:
    """Return the calendar year of year N of the tool: v + 3 + N, N the horizon."""
    return appraisal.valuation_date.year + START_UP_YEARS - 1 + appraisal.horizon_years


def _areas(project: Project, start: int) -> dict[int, float]:
    """Hectares that pay implementation labour; a protected area is taken up in year -1."""
    areas = restored_areas(project)
    section = project.ipcc_ws if project.quantity_method is QuantityMethod.IPCC_WS else None
    if not areas and section is not None and section.loss_plan is LossPlan.RATE:
        return {start + START_UP_YEARS - 1: section.protected_area_ha or 0.0}
    return areas


def _axis(tool: CostTool, areas: dict[int, float], start: int, credit_years: int) -> ToolAxis:
    """Years up to N, and on while hectares restored until then are maintained."""
    last = credit_years
    if tool.maintenance_share * tool.implementation_per_ha > 0:
        before_year_1 = start + START_UP_YEARS - 1
        restored = [year - before_year_1 for year, area in areas.items() if area]
        within = [year for year in restored if year <= credit_years]
        last = max(last, max(within, default=0) + tool.maintenance_years)
    return ToolAxis(start, credit_years, last)


def _flows(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, tool: CostTool, rate: float
) -> _Flows:
    start, credit_years = appraisal.valuation_date.year, appraisal.horizon_years
    by_calendar = _areas(project, start)
    axis = _axis(tool, by_calendar, start, credit_years)
    known = axis.calendar_years
    areas = axis.in_years(np.array([by_calendar.get(y, 0.0) for y in known]), -4, credit_years)
    unsold = np.array([carbon.unsold_in(year) for year in known])
    credited = axis.in_years(unsold, 1, credit_years)
    prices = tool.price_per_t * (1 + tool.price_growth) ** axis.years
    costs = schedule(
        tool,
        axis,
        labour=areas * tool.implementation_per_ha,
        sold=credited,
        revenue=credited * prices,
        benefit_share=appraisal.benefit_share,
    )
    return _Flows(axis, areas, credited, prices, costs, discount_factors(axis.times, rate))


def _plan(flows: _Flows, tool: CostTool, appraisal: Appraisal) -> FlowPlan:
    """The flows in yuan; community share and fee of the standard follow the revenue."""
    yuan = tool.yuan_per_unit
    apart = ("community", "fee")
    return FlowPlan(
        times=flows.axis.times,
        years=flows.axis.calendar_years,
        days=(None,) * len(flows.axis.times),
        tonnes=flows.credits,
        prices=flows.prices * yuan,
        revenue_shares={"community": appraisal.benefit_share},
        fee_per_tonne=tool.standard_fee_per_credit * yuan,
        costs={code: flow * yuan for code, flow in flows.costs.items() if code not in apart},
        receipts=np.zeros(len(flows.axis.times)),
    )


def _rows(flows: _Flows, capex: Numbers, opex: Numbers) -> tuple[ToolYear, ...]:
    axis, revenue = flows.axis, flows.revenue
    return tuple(
        ToolYear(
            year=int(axis.years[i]),
            calendar_year=calendar_year,
            area_restored_ha=float(flows.areas[i]),
            credits_tco2e=float(flows.credits[i]),
            revenue=float(revenue[i]),
            capex=float(capex[i]),
            opex=float(opex[i]),
            costs={code: float(cost[i]) for code, cost in flows.costs.items()},
            net=float(revenue[i] - capex[i] - opex[i]),
            factor=float(flows.factors[i]),
        )
        for i, calendar_year in enumerate(axis.calendar_years)
    )


def _area_costed(project: Project, carbon: CarbonResult) -> float | None:
    """Hectares of the cost per hectare: those planted that survive, else those of the method.

    Source: calculateCostPerHa(), project size x planting success.
    """
    if project.quantity_method is QuantityMethod.PLANTING:
        survival = project.survival_share
        return sum(line.area_ha for line in project.planting) * (survival or 0.0)
    return carbon.area_ha


def _ratio(amount: float, base: float | None) -> float | None:
    return amount / base if base else None


def _result(
    flows: _Flows, tool: CostTool, appraisal: Appraisal, area: float | None, rate: float
) -> ToolResult:
    """Figures of the tool. Break-even: P* = PV(C without share) / ((1 - s) PV(Q (1 + g)^y))."""
    axis, revenue, kept = flows.axis, flows.revenue, 1 - appraisal.benefit_share
    capex, opex = flows.total(tuple(CAPEX)), flows.total(tuple(OPEX))
    own = flows.present(opex - flows.costs["community"])
    capex_npv, opex_npv, earned = (flows.present(flow) for flow in (capex, opex, revenue))
    total = capex_npv + opex_npv
    tonnes, grown = float(flows.credits.sum()), (1 + tool.price_growth) ** axis.years
    per_price = max(kept, 0.0) * flows.present(flows.credits * grown)
    income = (revenue - opex)[: axis.flow_years]
    times = axis.times[: axis.flow_years]
    return ToolResult(
        currency=tool.currency,
        yuan_per_unit=tool.yuan_per_unit,
        years=_rows(flows, capex, opex),
        capex_npv=capex_npv,
        opex_npv=opex_npv,
        total_npv=total,
        capex_nominal=float(capex.sum()),
        opex_nominal=float(opex.sum()),
        financing_cost=tool.financing_share * float(capex.sum()),
        credits_tco2e=tonnes,
        revenue_npv=earned,
        revenue_nominal=float(revenue.sum()),
        net_after_opex=earned - opex_npv,
        net_total=earned - total,
        cost_per_t=_ratio(total, tonnes),
        levelised_per_t=_ratio(total, flows.present(flows.credits)),
        cost_per_ha=_ratio(total, area),
        breakeven_price_opex=_ratio(own, per_price),
        breakeven_price_total=_ratio(own + capex_npv, per_price),
        irr_opex=internal_rates(income, times, discount_rate=rate),
        irr_total=internal_rates(income - capex[: axis.flow_years], times, discount_rate=rate),
        costs_npv={code: flows.present(cost) for code, cost in flows.costs.items()},
    )


def compute_cost_tool(
    project: Project, appraisal: Appraisal, carbon: CarbonResult
) -> tuple[ToolResult, FlowPlan]:
    """Compute the figures of the Cost Tool, in its currency, and the flows in yuan.

    The calendar year v of the valuation date is year -4, v + 4 is year 1; credits of years 1
    to N (the horizon) are those of their calendar year, sold each year at P0 (1 + g)^y. The
    exponent of the discount factor is y + 4 before year 1 and y + 3 from it on.

    Raises:
        DomainError: `needed` without the inputs of the tool; `yuan_is_one` when amounts in
            yuan have an exchange rate.
    """
    tool, rate = _tool_of(appraisal), discount_rate(appraisal).rate
    flows = _flows(project, appraisal, carbon, tool, rate)
    result = _result(flows, tool, appraisal, _area_costed(project, carbon), rate)
    return (
        replace(
            result,
            notices=tool_notices(project, appraisal, carbon, tool, result),
            working=tool_working(result, tool, appraisal, rate),
        ),
        _plan(flows, tool, appraisal),
    )
