"""The annexes of the value: cash flow by year, comparables, two-way grid, years of the tool."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.finance.valuation.results import ToolResult
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.valuation_words import TOOL_COST_LABELS
from app.reports import risk_facts
from app.reports.apart_facts import tool_unit
from app.reports.cash_facts import cash_flow_columns, flow_date
from app.reports.chart_parts import TEN_THOUSAND
from app.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Grid,
    Heading,
    Prose,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.evidence_facts import (
    FACTOR_HEADS,
    ComparableRow,
    comparable_rows,
    effect_rows,
    used_factors,
)
from app.reports.value_blocks import FigureColumn, figure_tables, head, input_with_unit

_WHOLE_FROM = 10_000_000.0
"""Yuan from which the two-way grid has whole units of 10,000 yuan: eleven columns stand beside."""


def cash_flow(words: Words, results: Results) -> Iterator[Block]:
    """The cash flow behind the net value, each cost by name, with its sums.

    Line 0 is the valuation date; columns that are zero throughout are left out.
    """
    values = results.values
    if values is None or not values.cash_flow:
        return
    yield Heading(words(N_("Annex: cash flow of the right by year")))
    names = [free(f"{row.index} · {flow_date(row)}") for row in values.cash_flow]
    columns = [
        FigureColumn(head(words, found.label, found.unit), found.texts, found.total, found.strong)
        for found in cash_flow_columns(values.cash_flow)
    ]
    first = Column(words(N_("Year")), 0.13)
    yield from figure_tables(first, names, columns, words(N_("Total")))
    if values.beyond_horizon_yuan:
        text = N_(
            "Net value {net} yuan = sum of the present values + {beyond} yuan of the years beyond "
            "the horizon."
        )
        beyond = money(values.beyond_horizon_yuan)
        said = words(text, net=money(values.net_yuan), beyond=beyond)
    else:
        text = N_("Net value {net} yuan = sum of the present values.")
        said = words(text, net=money(values.net_yuan))
    yield Prose(said, small=True)


def comparables(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The deals that the price rests on, their adjustments, and why some do not count."""
    appraisal = file.case.appraisal
    found = results.values.evidence if results.values is not None else None
    if found is None or appraisal is None:
        return
    rows = comparable_rows(appraisal, found)
    yield Heading(words(N_("Annex: comparables")))
    yield _deals(words, rows)
    yield Heading(words(N_("Adjustments")), 2)
    yield _adjustments(words, rows, used_factors(found))
    yield Prose(
        words(
            N_(
                "Adjusted price = price of the deal × yuan for one unit of its currency × its "
                "factors; 1 is no adjustment. A line without a weight does not count in the centre."
            )
        ),
        small=True,
    )
    effects = effect_rows(found)
    if effects:
        yield Heading(words(N_("Effects of the multilevel model")), 2)
        yield Grid(
            (
                Column(words(N_("Group")), 0.6),
                Column(words(N_("Change of the price")), 0.4, numeric=True),
            ),
            tuple(
                (cell(words.each(effect.name)), number_cell(percent(effect.change)))
                for effect in effects
            ),
        )


def _deals(words: Words, rows: tuple[ComparableRow, ...]) -> Grid:
    return Grid(
        (
            Column(words(N_("Line")), 0.04),
            Column(words(N_("Date")), 0.09),
            Column(words(N_("Place")), 0.115),
            Column(words(N_("Ecosystem")), 0.115),
            Column(words(N_("Trade method")), 0.095),
            Column(words(N_("Purpose of the buyer")), 0.12),
            Column(head(words, N_("Volume"), "t"), 0.07, numeric=True),
            Column(words(N_("Price a tonne")), 0.115, numeric=True),
            Column(words(N_("Source")), 0.24),
        ),
        tuple(
            (
                cell(free(str(row.number))),
                cell(free(row.day.isoformat())),
                cell(free(row.place)),
                cell(words(row.ecosystem)),
                cell(words(row.method)),
                cell(words(row.purpose)),
                number_cell(row.volume_t),
                number_cell(f"{row.currency} {row.price}"),
                cell(free(row.source)),
            )
            for row in rows
        ),
    )


def _adjustments(words: Words, rows: tuple[ComparableRow, ...], factors: tuple[str, ...]) -> Grid:
    places = [at for at, code in enumerate(FACTOR_HEADS) if code in factors]
    heads = list(FACTOR_HEADS.values())
    rates = any(row.currency != "CNY" for row in rows)
    room = 0.075 * len(places) + (0.1 if rates else 0.0)
    unit_head = words(N_("Yuan for one unit"))
    rate_head = (Column(unit_head, 0.1, numeric=True),) if rates else ()
    return Grid(
        (
            Column(words(N_("Line")), 0.05),
            *rate_head,
            Column(words(N_("yuan/t")), 0.1, numeric=True),
            *(Column(words(heads[at]), 0.075, numeric=True) for at in places),
            Column(words(N_("Adjusted price (yuan/t)")), 0.11, numeric=True),
            Column(words(N_("Weight of the price")), 0.08, numeric=True),
            Column(words(N_("Why it does not count")), 0.66 - room),
        ),
        tuple(
            (
                cell(free(str(row.number))),
                *((number_cell(row.fx_yuan),) if rates else ()),
                number_cell(row.price_yuan_t),
                *(number_cell(row.factors[at]) for at in places),
                number_cell(row.adjusted_yuan_t, strong=row.counts),
                number_cell(row.weight),
                cell(words.each(row.why)),
            )
            for row in rows
        ),
    )


def prices_drawn(words: Words, results: Results) -> Iterator[Block]:
    """The percentiles of the price over the years of the simulation."""
    found = results.value_range
    if found is None or len(found.fan_years) < 2:
        return
    yield Heading(words(N_("Annex: price of the simulation")))
    yield Chart(ChartKind.PRICE_FAN, results, words(N_("Percentiles of the drawn price by year")))


def two_way_grid(words: Words, results: Results) -> Iterator[Block]:
    """Net value over two inputs."""
    found = results.sensitivity
    grid = found.grid if found is not None else None
    if grid is None:
        return
    yield Heading(words(N_("Annex: net value over two inputs")))
    row_name = words.each(lambda tr: risk_facts.input_name(grid.row_path, tr))
    yield Prose(
        words.each(
            lambda tr: tr(
                N_("In 10,000 yuan; down: {rows}, across: {columns}. The case is set in bold.")
            ).format(
                rows=input_with_unit(grid.row_path, tr),
                columns=input_with_unit(grid.column_path, tr),
            )
        ),
        small=True,
    )
    largest = max(abs(net) for line in grid.net_yuan for net in line)
    digits = 2 if largest < _WHOLE_FROM else 0
    middle = (len(grid.rows) // 2, len(grid.columns) // 2)
    share = 0.85 / len(grid.columns)
    heads = [risk_facts.grid_value(grid.column_path, value) for value in grid.columns]
    yield Grid(
        (
            Column(row_name, 0.15, numeric=True),
            *(Column(free(text), share, numeric=True) for text in heads),
        ),
        tuple(
            (
                Cell(
                    free(risk_facts.grid_value(grid.row_path, value)),
                    strong=down == middle[0],
                    figure=True,
                ),
                *(
                    number_cell(number(net / TEN_THOUSAND, digits), strong=(down, across) == middle)
                    for across, net in enumerate(grid.net_yuan[down])
                ),
            )
            for down, value in enumerate(grid.rows)
        ),
    )


def tool_years(words: Words, results: Results) -> Iterator[Block]:
    """The years of the Blue Carbon Cost Tool in its currency, each cost by name."""
    tool = results.values.tool if results.values is not None else None
    if tool is None:
        return
    yield Heading(words(N_("Annex: years of the Blue Carbon Cost Tool")))
    yield Prose(words(N_("Amounts in {currency}."), currency=tool.currency), small=True)
    names = [free(f"{row.year} · {row.calendar_year}".replace("-", "−")) for row in tool.years]
    first = Column(words(N_("Year")), 0.1)
    yield from figure_tables(first, names, _tool_columns(words, tool), words(N_("Total")))


def _tool_columns(words: Words, tool: ToolResult) -> list[FigureColumn]:
    money_unit = tool_unit(tool)

    def column(label: str, code: str, amounts: list[float], *, summed: bool = True, digits: int = 2,
               ) -> FigureColumn:  # fmt: skip
        texts = tuple(number(amount, digits) for amount in amounts)
        total = number(sum(amounts), digits) if summed else ""
        return FigureColumn(head(words, label, code), texts, total)

    years = tool.years
    found = [
        column(N_("Area restored"), "ha", [row.area_restored_ha for row in years]),
        column(N_("Credits"), "tCO2e", [row.credits_tco2e for row in years]),
        column(N_("Revenue"), money_unit, [row.revenue for row in years]),
    ]
    for code, label in TOOL_COST_LABELS.items():
        amounts = [row.costs.get(code, 0.0) for row in years]
        if any(amounts):
            found.append(column(label, "", amounts))
    return [
        *found,
        column(N_("Capital expenditure"), "", [row.capex for row in years]),
        column(N_("Operating expenditure"), "", [row.opex for row in years]),
        column(N_("Net"), money_unit, [row.net for row in years]),
        column(N_("Discount factor"), "", [row.factor for row in years], summed=False, digits=6),
    ]
