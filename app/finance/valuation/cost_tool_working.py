"""Working of the figures of the Blue Carbon Cost Tool: keys `value.tool.*`."""

from collections.abc import Mapping

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.cost_tool import CostTool
from app.finance.explain import Step, Term
from app.finance.text import N_
from app.finance.valuation.cost_tool_schedule import CAPEX, OPEX
from app.finance.valuation.results import ToolResult

_CODE = "Blue Carbon Cost Tool (The Nature Conservancy), 97002fd8b7a5, cost.calculator.ts"
_REVENUE = (
    "Blue Carbon Cost Tool (The Nature Conservancy), 97002fd8b7a5, revenue-profit.calculator.ts"
)


def _unit(currency: str) -> str:
    return "yuan" if currency == "CNY" else currency


def _costs(
    key: str, label: str, names: Mapping[str, str], result: ToolResult, total: float
) -> Step:
    """Sum of the present values of the lines that cost something."""
    unit = _unit(result.currency)
    lines = [(name, result.costs_npv[code]) for code, name in names.items()]
    paid = [(name, amount) for name, amount in lines if amount]
    return Step(
        key=key,
        label=label,
        formula="PV = " + (" + ".join(f"C{i + 1}" for i in range(len(paid))) or "0"),
        terms=tuple(Term(f"C{i + 1}", name, amount, unit) for i, (name, amount) in enumerate(paid)),
        value=total,
        unit=unit,
        source=_CODE,
        note=N_(
            "Each line is discounted by (1 + r)^(y + 4) in years −4 to −1 and by (1 + r)^(y + 3) "
            "from year 1 on; there is no year 0."
        ),
    )


def _total(result: ToolResult) -> Step:
    unit = _unit(result.currency)
    return Step(
        key="value.tool.total_npv",
        label=N_("Total cost, present value"),
        formula="PV = PV_capex + PV_opex",
        terms=(
            Term("PV_capex", N_("Capital expenditure, present value"), result.capex_npv, unit),
            Term("PV_opex", N_("Operating expenditure, present value"), result.opex_npv, unit),
        ),
        value=result.total_npv,
        unit=unit,
        source=_CODE,
        note=N_(
            "Financing cost is shown beside it and is in no present value, as in the Cost Tool."
        ),
    )


def _revenue(result: ToolResult, tool: CostTool, appraisal: Appraisal, rate: float) -> Step:
    unit = _unit(result.currency)
    return Step(
        key="value.tool.revenue",
        label=N_("Revenue of the credits, present value"),
        formula="R = Σ Q_y × P₀ × (1 + g)^y / (1 + r)^(y + 3)",
        terms=(
            Term("P₀", N_("Carbon price in that currency"), tool.price_per_t, f"{unit}/t"),
            Term("g", N_("Price growth"), tool.price_growth, "1/yr"),
            Term("r", N_("Discount rate"), rate, "1/yr"),
            Term("ΣQ", N_("Credits of years 1 to N"), result.credits_tco2e, "tCO2e"),
            Term("N", N_("Years with credits"), appraisal.horizon_years, "yr"),
        ),
        value=result.revenue_npv,
        unit=unit,
        source=_REVENUE,
        note=N_("Year 1 is the fourth year after that of the valuation date; its price has grown."),
    )


def _net(result: ToolResult) -> Step:
    unit = _unit(result.currency)
    return Step(
        key="value.tool.net",
        label=N_("Net revenue after all costs"),
        formula="V = R − PV",
        terms=(
            Term("R", N_("Revenue of the credits, present value"), result.revenue_npv, unit),
            Term("PV", N_("Total cost, present value"), result.total_npv, unit),
        ),
        value=result.net_total,
        unit=unit,
        source=_CODE,
    )


def _per_tonne(result: ToolResult) -> tuple[Step, Step]:
    unit = _unit(result.currency)
    cost = Term("PV", N_("Total cost, present value"), result.total_npv, unit)
    none = "" if result.cost_per_t is not None else N_("There is none: the years have no credits.")
    discounted = sum(row.credits_tco2e * row.factor for row in result.years)
    return (
        Step(
            "value.tool.cost_per_t",
            N_("Cost per tonne, as the Cost Tool prints it"),
            "c = PV / ΣQ",
            (cost, Term("ΣQ", N_("Credits of years 1 to N"), result.credits_tco2e, "tCO2e")),
            result.cost_per_t,
            f"{unit}/t",
            _CODE,
            none or N_("Costs are discounted and credits are not: below the levelised cost."),
        ),
        Step(
            "value.tool.levelised_per_t",
            N_("Levelised cost per tonne"),
            "c = PV / PV(Q)",
            (cost, Term("PV(Q)", N_("Discounted credits"), discounted, "tCO2e")),
            result.levelised_per_t,
            f"{unit}/t",
            N_("present value of the costs over discounted credits"),
            none,
        ),
    )


def _break_even(
    label: str, name: str, price: float | None, *, terms: tuple[Term, ...], unit: str
) -> Step:
    """Price of the valuation date at which the revenue left pays the costs."""
    return Step(
        key=f"value.tool.break_even_{name}",
        label=label,
        formula="P* = PV(C) / ((1 − s) × PV(Q × (1 + g)^y))",
        terms=terms,
        value=price,
        unit=f"{unit}/t",
        source=N_("net value is linear in the price; solved in closed form"),
        note=""
        if price is not None
        else N_("There is none: no revenue is left to cover the costs."),
    )


def _break_evens(result: ToolResult, tool: CostTool, share: float) -> tuple[Step, Step]:
    unit, growth = _unit(result.currency), 1 + tool.price_growth
    tonnes = sum(row.credits_tco2e * growth**row.year * row.factor for row in result.years)
    own = result.opex_npv - result.costs_npv["community"]

    def terms(costs: float) -> tuple[Term, ...]:
        return (
            Term("PV(C)", N_("Present value of the costs, community share aside"), costs, unit),
            Term("s", N_("Community share"), share, "share"),
            Term("PV(Q × (1 + g)^y)", N_("Discounted credits, with price growth"), tonnes, "tCO2e"),
        )

    return (
        _break_even(
            N_("Price that covers the operating costs"),
            "opex",
            result.breakeven_price_opex,
            terms=terms(own),
            unit=unit,
        ),
        _break_even(
            N_("Price that covers all costs"),
            "total",
            result.breakeven_price_total,
            terms=terms(own + result.capex_npv),
            unit=unit,
        ),
    )


def tool_working(
    result: ToolResult, tool: CostTool, appraisal: Appraisal, rate: float
) -> tuple[Step, ...]:
    """Return the steps of the printed figures, in the currency of the tool."""
    return (
        _costs(
            "value.tool.capex_npv",
            N_("Capital expenditure, present value"),
            CAPEX,
            result,
            result.capex_npv,
        ),
        _costs(
            "value.tool.opex_npv",
            N_("Operating expenditure, present value"),
            OPEX,
            result,
            result.opex_npv,
        ),
        _total(result),
        _revenue(result, tool, appraisal, rate),
        _net(result),
        *_per_tonne(result),
        *_break_evens(result, tool, appraisal.benefit_share),
    )
