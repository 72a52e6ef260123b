"""The cash flow by the years and costs of the Blue Carbon Cost Tool, as formulas."""

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.valuation.cost_tool_schedule import CAPEX, OPEX
from app.finance.valuation.flows import discount_factors, net_flows
from app.finance.valuation.results import ToolResult, ValueResult
from app.i18n import N_
from app.messages.valuation_words import TOOL_COST_LABELS
from app.reports.document import free
from app.reports.workbook.assumptions import COST_FACTOR, PRICE_FACTOR, RATE, TONNES_FACTOR
from app.reports.workbook.book import Book
from app.reports.workbook.credit_page import CreditPlaces
from app.reports.workbook.flow_page import HEADS, begin_page, note
from app.reports.workbook.lines import Formula, Line, Lines
from app.reports.workbook.looks import Kind

YUAN = "cost_tool_yuan_per_unit"
_WHEN = {
    "feasibility": ("{y}=-4", "cost_tool_feasibility"),
    "planning_admin": ("{y}<=-1", "cost_tool_planning_admin_yr"),
    "data_collection": ("{y}<=-2", "cost_tool_data_collection_yr"),
    "community_representation": (
        "AND({y}>=-cost_tool_community_years,{y}<=-1)",
        "cost_tool_community_yr",
    ),
    "project_planning": ("{y}=-1", "cost_tool_project_planning"),
    "carbon_rights": ("AND({y}>=-3,{y}<=-1)", "cost_tool_carbon_rights_yr"),
    "validation": ("{y}=-1", "cost_tool_validation"),
    "monitoring": ("AND({y}>=1,{y}<=horizon_years)", "cost_tool_monitoring_yr"),
    "operation": ("AND({y}>=1,{y}<=horizon_years)", "cost_tool_long_term_operation_yr"),
    "verification": (
        "AND({y}>=1,{y}<=horizon_years,MOD({y},cost_tool_mrv_interval_yr)=0)",
        "cost_tool_mrv*(1+cost_tool_cost_growth)^{y}",
    ),
}
"""Year of the tool in which a cost falls, and its amount."""

_BASELINE = (
    "IF({y}=-1,cost_tool_baseline_reassessment,"
    "IF(AND({y}>=1,{y}<=horizon_years,MOD({y},cost_tool_baseline_interval_yr)=0),"
    "cost_tool_baseline_reassessment*(1+cost_tool_cost_growth)^{y},0))"
)


def write_tool(
    book: Book, appraisal: Appraisal, values: ValueResult, tool: ToolResult, credited: CreditPlaces
) -> Lines:
    """Write the page in the currency of the tool, the net in yuan; return its lines."""
    words, count = book.words, len(tool.years)
    page, lines = begin_page(book, "flow", count)
    note(
        page,
        N_(
            "By the years of the Blue Carbon Cost Tool, in its currency; what reduces the net is "
            "negative. The net is also given in yuan."
        ),
        count,
    )
    lines.heads(HEADS, [year.year for year in tool.years])
    calendar = [year.calendar_year for year in tool.years]
    lines.given(Line("year", N_("Calendar year"), "", Kind.YEAR), calendar)
    time = words(N_("Years from the valuation date"))
    lines.given(Line("time", time, "yr", Kind.YEARS), values.plan.times)
    _revenue(lines, values, tool, appraisal, credited)
    _costs(lines, tool, appraisal)
    _net(lines, values, tool)
    _prudent(lines, values, appraisal)
    return lines


def _revenue(
    lines: Lines,
    values: ValueResult,
    tool: ToolResult,
    appraisal: Appraisal,
    credited: CreditPlaces,
) -> None:
    money = free(tool.currency)
    lines.band(N_("Revenue"))
    lines.live(
        Line("sold", N_("Credits sold"), "tCO2e", Kind.TONNES),
        lambda k: (
            f"={credited.at(tool.years[k].calendar_year)}*{TONNES_FACTOR}"
            if 1 <= tool.years[k].year <= appraisal.horizon_years
            else "=0"
        ),
        values.plan.tonnes,
        strong=True,
    )
    lines.live(
        Line("price", N_("Price"), "", Kind.PRICE),
        lambda k: (
            f"=cost_tool_price_per_t*{PRICE_FACTOR}"
            f"*(1+cost_tool_price_growth)^{lines.at('index', k)}"
        ),
        values.plan.prices / tool.yuan_per_unit,
        summed=False,
    )
    lines.live(
        Line("revenue", N_("Revenue"), money),
        lambda k: f"={lines.at('sold', k)}*{lines.at('price', k)}",
        [year.revenue for year in tool.years],
        strong=True,
    )


def _costs(lines: Lines, tool: ToolResult, appraisal: Appraisal) -> None:
    money = free(tool.currency)
    section = appraisal.cost_tool
    lines.band(N_("Costs"))
    lines.given(
        Line("area", N_("Area restored"), "ha", Kind.TONNES),
        [year.area_restored_ha for year in tool.years],
    )
    kept = 0 if section is None else section.maintenance_years
    for code in (*CAPEX, *OPEX):
        lines.live(
            Line(f"cost_{code}", TOOL_COST_LABELS[code], money),
            _cost_formula(lines, code, kept),
            [0.0 - year.costs[code] for year in tool.years],
        )


def _cost_formula(lines: Lines, code: str, kept: int) -> Formula:
    return lambda k: f"=-{_cost(lines, code, k, kept)}"


def _cost(lines: Lines, code: str, k: int, kept: int) -> str:
    """The formula of a cost, positive; `kept` is how many years an area is maintained."""
    year = lines.at("index", k)
    if code == "maintenance":
        if k == 0 or kept == 0:
            return "0"
        labour = f"SUM({lines.over('cost_implementation', max(k - kept, 0), k - 1)})"
        return f"IF({year}>=1,-cost_tool_maintenance_share*{labour},0)"
    if code in _WHEN:
        when, amount = (text.format(y=year) for text in _WHEN[code])
        return f"IF({when},{amount},0)*{COST_FACTOR}"
    return {
        "community": f"benefit_share*{lines.at('revenue', k)}",
        "fee": f"cost_tool_standard_fee_per_credit*{lines.at('sold', k)}",
        "implementation": f"{lines.at('area', k)}*cost_tool_implementation_per_ha*{COST_FACTOR}",
        "baseline": f"{_BASELINE.format(y=year)}*{COST_FACTOR}",
    }[code]


def _net(lines: Lines, values: ValueResult, tool: ToolResult) -> None:
    money = free(tool.currency)
    plan = values.plan
    first, last = f"cost_{next(iter(CAPEX))}", f"cost_{tuple(OPEX)[-1]}"
    lines.band(N_("Net"))
    lines.live(
        Line("own_net", N_("Net cash flow"), money),
        lambda k: f"={lines.at('revenue', k)}+SUM({lines.at(first, k)}:{lines.at(last, k)})",
        [year.net for year in tool.years],
    )
    net = net_flows(plan)
    lines.live(
        Line("net", N_("Net cash flow"), "yuan"),
        lambda k: f"={lines.at('own_net', k)}*{YUAN}",
        net,
        strong=True,
    )
    factors = discount_factors(plan.times, values.rate.rate)
    lines.live(
        Line("factor", N_("Discount factor"), "", Kind.FACTOR),
        lambda k: f"=(1+{RATE})^-{lines.at('time', k)}",
        factors,
        summed=False,
    )
    lines.live(
        Line("present", N_("Present value"), "yuan"),
        lambda k: f"={lines.at('net', k)}*{lines.at('factor', k)}",
        net * factors,
        strong=True,
    )


def _prudent(lines: Lines, values: ValueResult, appraisal: Appraisal) -> None:
    """The net with the lender's discounts: less revenue, and less of what follows it."""
    plan = values.plan
    lines.band(N_("Prudent cash flow"))
    tonnes = plan.tonnes * (1 - appraisal.prudent_tonnes_discount)
    net = net_flows(
        plan, tonnes=tonnes, prices=plan.prices * (1 - appraisal.prudent_price_discount)
    )
    lines.live(
        Line("prudent_net", N_("Net cash flow"), "yuan"),
        lambda k: (
            f"=({lines.at('own_net', k)}-prudent_tonnes_discount*{lines.at('cost_fee', k)}"
            f"-({lines.at('revenue', k)}+{lines.at('cost_community', k)})"
            f"*(1-(1-prudent_price_discount)*(1-prudent_tonnes_discount)))*{YUAN}"
        ),
        net,
        strong=True,
    )
    lines.live(
        Line("prudent_present", N_("Present value"), "yuan"),
        lambda k: f"={lines.at('prudent_net', k)}*{lines.at('factor', k)}",
        np.asarray(net * discount_factors(plan.times, values.rate.rate)),
        strong=True,
    )
