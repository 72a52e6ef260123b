"""Scenarios, sensitivity and simulation as lines of text for a terminal."""

from collections.abc import Iterator

from app.cli.columns import columns, table
from app.cli.fact_lines import fact_lines, headed
from app.finance.engine import Results
from app.finance.valuation.results import ValueResult
from app.finance.valuation.risk_results import Sensitivity
from app.formats import money, number
from app.i18n import N_, Translator
from app.reports.risk_facts import (
    DRAWN_MEANS,
    break_even_rows,
    input_name,
    input_value,
    range_rows,
    range_said,
    scenario_name,
    scenario_note,
    scenario_table,
    sobol_rows,
    sobol_said,
    tornado_rows,
    weighted_row,
)


def scenario_lines(values: ValueResult, tr: Translator) -> Iterator[str]:
    """Yield the scenarios side by side and their weighted value."""
    if not values.scenarios:
        return
    names = (scenario_name(found, tr) for found in values.scenarios)
    lines = [("", *names)]
    lines += [(headed(row.label, row.unit, tr), *row.texts) for row in scenario_table(values)]
    yield from table(lines)
    for found in values.scenarios:
        note = scenario_note(found)
        if note:
            name = scenario_name(found, tr)
            yield tr(N_("{label}: {text}")).format(label=name, text=tr(note))
    weighted = weighted_row(values)
    if weighted is not None:
        yield from fact_lines((weighted,), tr)


def sensitivity_lines(results: Results, tr: Translator) -> Iterator[str]:
    """Yield tornado, spider, grid, break-even values and global indices."""
    found = results.sensitivity
    if found is None:
        return
    yield from _tornado(found, tr)
    yield from _spider(found, tr)
    yield from _grid(found, tr)
    yield from _break_even(found, tr)
    yield from _global(found, tr)


def _tornado(found: Sensitivity, tr: Translator) -> Iterator[str]:
    lines = [
        (
            tr(N_("Input and its step")),
            "",
            tr(N_("Stepped down")),
            tr(N_("Stepped up")),
            tr(N_("Net value, stepped down (yuan)")),
            tr(N_("Net value, stepped up (yuan)")),
            tr(N_("Elasticity")),
        )
    ]
    for row in tornado_rows(found, tr):
        low, high = row.low_input, row.high_input
        name = input_name(row.path, tr)
        lines.append((name, row.step, low, high, row.low_net, row.high_net, row.elasticity))
    if len(lines) > 1:
        yield from table(lines, texts=2)


def _spider(found: Sensitivity, tr: Translator) -> Iterator[str]:
    if not found.spider:
        return
    changes = (f"{change * 100:+.0f}%" for change in found.spider[0].changes)
    lines = [(tr(N_("Net value (yuan) when the input changes by")), *changes)]
    lines += [(input_name(line.path, tr), *map(money, line.net_yuan)) for line in found.spider]
    yield ""
    yield from table(lines)


def _grid(found: Sensitivity, tr: Translator) -> Iterator[str]:
    grid = found.grid
    if grid is None:
        return
    text = tr(N_("Net value in yuan; down: {rows}, across: {columns}."))
    yield ""
    yield text.format(rows=input_name(grid.row_path, tr), columns=input_name(grid.column_path, tr))
    heads = (input_value(grid.column_path, column, tr) for column in grid.columns)
    lines = [("", *heads)]
    for row, amounts in zip(grid.rows, grid.net_yuan, strict=True):
        lines.append((input_value(grid.row_path, row, tr), *map(money, amounts)))
    yield from table(lines)


def _break_even(found: Sensitivity, tr: Translator) -> Iterator[str]:
    rows = break_even_rows(found, tr)
    if not rows:
        return
    lines = [(tr(N_("Input")), tr(N_("In this case")), tr(N_("Net value is zero at")), "")]
    lines += [(input_name(row.path, tr), row.base, row.value, row.reason) for row in rows]
    yield ""
    yield from table(lines, notes=1)


def _global(found: Sensitivity, tr: Translator) -> Iterator[str]:
    rows = sobol_rows(found)
    if not rows:
        return
    lines = [(tr(N_("Input")), tr(N_("Alone (S1)")), tr(N_("With interactions (ST)")))]
    lines += [(input_name(row.path, tr), row.first, row.total) for row in rows]
    yield ""
    yield from table(lines)
    yield sobol_said(found, tr)


def range_lines(results: Results, tr: Translator) -> Iterator[str]:
    """Yield the distribution of the net value, what was drawn, how, and from which seed."""
    found = results.value_range
    if found is None:
        return
    yield from fact_lines(range_rows(found, results), tr)
    lines = [
        (tr(DRAWN_MEANS[code]), number(mean, 4))
        for code, mean in found.drawn_means.items()
        if code in DRAWN_MEANS
    ]
    if lines:
        yield from columns(lines)
    yield range_said(found, tr)
