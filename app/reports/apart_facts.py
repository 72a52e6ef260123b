"""What screen and paper say beside the value of the right: issued credits, options, cost tool."""

from app.finance.valuation.results import OptionResult, ToolResult, ValueResult
from app.formats import money, number, percent
from app.i18n import N_, Translator
from app.messages.valuation_words import OPTION, TOOL_COST_LABELS
from app.reports.value_facts import FactRow, root_rows

NEVER_LENT_ON = OPTION["not_lent_on"]
"""The sentence that stands with every option."""

APART = N_("They are in none of the values of the right.")
"""The sentence that stands with issued and unsold credits."""


def issued_rows(values: ValueResult) -> tuple[FactRow, ...]:
    """Return issued and unsold credits and their value; it is in no value of the right."""
    issued = values.issued
    if issued is None:
        return ()
    source = N_("from the credit ledger") if issued.from_ledger else N_("as entered")
    rows = [
        FactRow(N_("Issued and unsold"), number(issued.tonnes_tco2e), "tCO2e", note=source),
        FactRow(N_("Spot price"), number(issued.price_yuan_t), "yuan/t"),
        FactRow(N_("Liquidity discount"), percent(issued.liquidity_discount)),
    ]
    if issued.pledged_tco2e:
        pledged = number(issued.pledged_tco2e)
        rows.append(FactRow(N_("Of these pledged already"), pledged, "tCO2e"))
    value = money(issued.value_yuan)
    rows.append(
        FactRow(
            N_("Value of issued and unsold credits"), value, "yuan", "value.issued", strong=True
        )
    )
    return tuple(rows)


def option_name(option: OptionResult, position: int, tr: Translator) -> str:
    """Return the name a person gave an option, else its number."""
    return option.name or tr(N_("Option {number}")).format(number=position + 1)


def option_rows(option: OptionResult, position: int) -> tuple[FactRow, ...]:
    """Return what is put in, value, derivatives and what they add to the net value.

    `NEVER_LENT_ON` is to stand beside them.
    """
    unit = "yuan/t" if option.tonnes is not None else "yuan"
    key = f"value.option.{position}"
    source = N_("from the cash flow of the case")
    rows = [
        FactRow(N_("Model"), words=OPTION[option.model]),
        FactRow(
            N_("Right"),
            words=N_("{kind}, {exercise}"),
            facts={"kind": OPTION[option.kind], "exercise": OPTION[option.exercise]},
        ),
        FactRow(
            N_("Forward price") if option.model == "black_76" else N_("Value of the underlying"),
            money(option.underlying),
            unit,
            note=source if option.underlying_from_case else "",
        ),
        FactRow(
            N_("Strike"),
            money(option.strike),
            unit,
            note=source if option.strike_from_case else "",
        ),
        FactRow(N_("Volatility"), percent(option.volatility), "1/√yr"),
        FactRow(N_("Time to expiry"), number(option.years), "yr"),
        FactRow(N_("Risk-free rate, continuous"), percent(option.rate), "1/yr"),
        FactRow(N_("Income yield, continuous"), percent(option.income_yield), "1/yr"),
    ]
    if option.tonnes is not None:
        rows.append(FactRow(N_("Tonnes of the option"), number(option.tonnes), "tCO2e"))
    if option.steps is not None:
        rows.append(FactRow(N_("Steps of the tree"), f"{option.steps:,}"))
    rows += [
        FactRow(N_("Option value"), money(option.value_yuan), "yuan", key, strong=True),
        FactRow(N_("Delta"), number(option.delta, 4)),
        FactRow(N_("Gamma"), f"{option.gamma:.4g}".replace("-", "−")),
        FactRow(
            N_("Vega"),
            number(option.vega),
            "yuan",
            note=N_("for 100 percentage points of volatility"),
        ),
        FactRow(N_("Net value without the option"), money(option.static_net_yuan), "yuan"),
        FactRow(N_("Net value with the option"), money(option.total_yuan), "yuan", f"{key}.total"),
    ]
    if option.uplift is not None:
        rows.append(FactRow(N_("Option value over net value"), percent(option.uplift)))
    return tuple(rows)


def tool_unit(tool: ToolResult) -> str:
    """Return the unit code of the tool's amounts; another currency names itself."""
    return "yuan" if tool.currency == "CNY" else tool.currency


def tool_rows(tool: ToolResult) -> tuple[FactRow, ...]:
    """Return the figures of the Blue Carbon Cost Tool, in its currency."""
    unit = tool_unit(tool)
    per_t = f"{unit}/t"

    def amount(label: str, value: float | None, name: str = "", code: str = unit) -> FactRow:
        return FactRow(label, money(value), code, f"value.tool.{name}" if name else "")

    return (
        amount(N_("Capital expenditure, present value"), tool.capex_npv, "capex_npv"),
        amount(N_("Operating expenditure, present value"), tool.opex_npv, "opex_npv"),
        amount(N_("Total cost, present value"), tool.total_npv, "total_npv"),
        amount(N_("Capital expenditure, not discounted"), tool.capex_nominal),
        amount(N_("Operating expenditure, not discounted"), tool.opex_nominal),
        amount(N_("Financing cost"), tool.financing_cost),
        FactRow(N_("Credits issued"), number(tool.credits_tco2e), "tCO2e"),
        amount(N_("Revenue of the credits, present value"), tool.revenue_npv, "revenue"),
        amount(N_("Revenue of the credits, not discounted"), tool.revenue_nominal),
        amount(N_("Net revenue after operating costs"), tool.net_after_opex),
        amount(N_("Net revenue after all costs"), tool.net_total, "net"),
        amount(N_("Cost per credit"), tool.cost_per_t, "cost_per_t", per_t),
        amount(N_("Levelised cost per tonne"), tool.levelised_per_t, "levelised_per_t", per_t),
        amount(N_("Cost per hectare"), tool.cost_per_ha, code=f"{unit}/ha"),
        amount(
            N_("Break-even price, operating costs"),
            tool.breakeven_price_opex,
            "break_even_opex",
            per_t,
        ),
        amount(
            N_("Break-even price, all costs"),
            tool.breakeven_price_total,
            "break_even_total",
            per_t,
        ),
        *root_rows(N_("Rate of return, operating costs"), tool.irr_opex),
        *root_rows(N_("Rate of return, all costs"), tool.irr_total),
    )


def tool_cost_rows(tool: ToolResult) -> tuple[FactRow, ...]:
    """Return the present value of each cost of the tool that is not zero, in its currency."""
    unit = tool_unit(tool)
    return tuple(
        FactRow(TOOL_COST_LABELS[code], money(cost), unit)
        for code, cost in tool.costs_npv.items()
        if cost
    )
