"""The values of a case as lines of text for a terminal: everything the valuation found."""

from collections.abc import Callable, Iterator
from typing import Any

from app.cli.columns import columns, table
from app.cli.fact_lines import fact_lines, headed, section
from app.cli.risk_summary import range_lines, scenario_lines, sensitivity_lines
from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.finance.valuation.results import ValueResult
from app.formats import money, number, sentence, unit
from app.i18n import N_, Translator
from app.reports.apart_facts import (
    APART,
    NEVER_LENT_ON,
    issued_rows,
    option_name,
    option_rows,
    tool_cost_rows,
    tool_rows,
)
from app.reports.cash_facts import cash_flow_columns, flow_date
from app.reports.evidence_facts import (
    FACTOR_HEADS,
    UPPER_BOUND,
    comparable_rows,
    concluded_price_rows,
    effect_rows,
    model_rows,
    spread_rows,
    used_factors,
)
from app.reports.value_facts import (
    NEGATIVE_NET,
    approach_rows,
    bridge_rows,
    conclusion_rows,
    indicator_rows,
    level_rows,
    rate_rows,
)
from app.services.workbench import Computed


def value_lines(computed: Computed, tr: Translator) -> Iterator[str]:
    """Yield levels, evidence, curve, rate, cash flow, approaches, options, tool, risk."""
    values = computed.results.values
    if values is None:
        yield tr(N_("This case has no appraisal."))
        return
    yield from level_lines(computed, tr)
    parts: tuple[tuple[str, Callable[[Computed, Translator], Iterator[str]]], ...] = (
        (N_("Indicators"), lambda c, t: fact_lines(indicator_rows(c.results), t)),
        (N_("Discount rate"), lambda _c, t: fact_lines(rate_rows(values), t)),
        (N_("Price evidence"), _evidence),
        (N_("Price curve"), _curve),
        (N_("Cash flow"), lambda _c, t: _cash_flow(values, t)),
        (N_("From gross to liquidation value"), lambda _c, t: fact_lines(bridge_rows(values), t)),
        (N_("Approaches and conclusion"), lambda _c, t: _conclusion(values, t)),
        (N_("Issued and unsold credits"), lambda _c, t: _issued(values, t)),
        (N_("Options"), lambda _c, t: _options(values, t)),
        (N_("Scenarios"), lambda _c, t: scenario_lines(values, t)),
        (N_("Blue Carbon Cost Tool"), lambda _c, t: _tool(values, t)),
        (N_("Sensitivity"), lambda c, t: sensitivity_lines(c.results, t)),
        (N_("Distribution"), lambda c, t: range_lines(c.results, t)),
    )
    for heading, lines in parts:
        yield from section(heading, lines(computed, tr), tr)


def level_lines(computed: Computed, tr: Translator) -> Iterator[str]:
    """Yield the levels of value with the loan over each; what a net value below zero means."""
    rows = []
    for row in level_rows(computed.file.case, computed.results):
        label = headed(row.label, "yuan", tr)
        ratio = "" if row.ratio is None else f"{tr(row.ratio_label)} {row.ratio}"
        rows.append((label, money(row.amount_yuan), ratio))
    yield from columns(rows, notes=1)
    values = computed.results.values
    if values is not None and values.net_yuan < 0:
        yield tr(NEGATIVE_NET)


def _evidence(computed: Computed, tr: Translator) -> Iterator[str]:
    appraisal, values = computed.file.case.appraisal, computed.results.values
    if appraisal is None or values is None or values.evidence is None:
        return
    found = values.evidence
    yield from fact_lines((*concluded_price_rows(found), *spread_rows(found)), tr)
    if found.upper_bound_yuan_t is not None:
        yield tr(UPPER_BOUND)
    used = [place for place, name in enumerate(FACTOR_HEADS) if name in used_factors(found)]
    names = [tr(head) for head in FACTOR_HEADS.values()]
    heads = (
        tr(N_("Comparable")),
        tr(N_("Date")),
        tr(N_("Price a tonne")),
        tr(N_("Price (yuan/t)")),
        *(names[place] for place in used),
        tr(N_("Adjusted price (yuan/t)")),
        tr(N_("Weight of the comparable")),
        tr(N_("Why it does not count")),
    )
    lines = [heads]
    lines += [
        (
            f"{row.number} {row.place}".strip(),
            row.day.isoformat(),
            f"{row.price} {row.currency}",
            row.price_yuan_t,
            *(row.factors[place] for place in used),
            row.adjusted_yuan_t,
            row.weight,
            row.why(tr),
        )
        for row in comparable_rows(appraisal, found)
    ]
    yield from table(lines, texts=2, notes=1)
    yield from fact_lines(model_rows(found), tr)
    effects = [(row.name(tr), f"{row.change * 100:+.1f}%") for row in effect_rows(found)]
    if effects:
        yield from columns(effects)


def _curve(computed: Computed, tr: Translator) -> Iterator[str]:
    appraisal, values = computed.file.case.appraisal, computed.results.values
    if appraisal is None or values is None or not values.curve:
        return
    if values.tool is None:
        kind = choice_label(Case, "appraisal.price_curve", appraisal.price_curve)
        yield sentence(tr(kind))
    ends = values.curve if len(values.curve) == 1 else (values.curve[0], values.curve[-1])
    for point in ends:
        label = tr(N_("Price of {year}")).format(year=point.calendar_year)
        text = f"{number(point.price_yuan_t)} {unit('yuan/t', tr)}"
        yield tr(N_("{label}: {text}")).format(label=label, text=text)


def _cash_flow(values: ValueResult, tr: Translator) -> Iterator[str]:
    if not values.cash_flow:
        return
    found = cash_flow_columns(values.cash_flow)
    lines: list[tuple[str, ...]] = [
        (tr(N_("Year")), tr(N_("Date")), *(headed(c.label, c.unit, tr) for c in found))
    ]
    for place, row in enumerate(values.cash_flow):
        lines.append((str(row.index), flow_date(row), *(c.texts[place] for c in found)))
    lines.append((tr(N_("Total")), "", *(column.total for column in found)))
    yield from table(lines, texts=2, keys=2)


def _conclusion(values: ValueResult, tr: Translator) -> Iterator[str]:
    concluded = values.conclusion
    if concluded is None and values.market_yuan is None and values.cost_yuan is None:
        return
    yield from fact_lines((*approach_rows(values), *conclusion_rows(values)), tr)
    if concluded is not None and concluded.reasons:
        yield tr(N_("Reasons for the weights: {reasons}")).format(reasons=concluded.reasons)


def _issued(values: ValueResult, tr: Translator) -> Iterator[str]:
    rows = issued_rows(values)
    if rows:
        yield from fact_lines(rows, tr)
        yield tr(APART)


def _options(values: ValueResult, tr: Translator) -> Iterator[str]:
    for place, option in enumerate(values.options):
        yield option_name(option, place, tr)
        yield from fact_lines(option_rows(option, place), tr)
        yield tr(NEVER_LENT_ON)


def _tool(values: ValueResult, tr: Translator) -> Iterator[str]:
    tool: Any = values.tool
    if tool is None:
        return
    text = tr(N_("Amounts in {currency}; {yuan} yuan for one unit."))
    yield text.format(currency=tool.currency, yuan=number(tool.yuan_per_unit))
    yield from fact_lines(tool_rows(tool), tr)
    yield tr(N_("Costs by kind, present value"))
    yield from fact_lines(tool_cost_rows(tool), tr)
