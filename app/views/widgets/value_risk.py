"""The pages of the risk: distribution, sensitivity, scenarios side by side."""

from html import escape

from app.finance.engine import Results
from app.finance.valuation.results import ValueResult
from app.finance.valuation.risk_results import (
    ScenarioResult,
    Sensitivity,
    SensitivityGrid,
    ValueRange,
)
from app.formats import money, number, percent
from app.i18n import N_, Translator
from app.reports.risk_facts import (
    break_even_rows,
    drawn_rows,
    grid_said,
    grid_scale,
    grid_value,
    input_name,
    range_rows,
    range_said,
    scenario_name,
    scenario_note,
    sobol_rows,
    sobol_said,
    tornado_rows,
    weighted_row,
)
from app.views.widgets.value_parts import PageParts

_NEGATIVE, _POSITIVE = (0xF3, 0xCF, 0xC8), (0xB5, 0xDB, 0xD8)
_PAPER = (0xFF, 0xFF, 0xFF)


def _shade(value: float, lowest: float, highest: float) -> str:
    """Return the ground of a cell: redder the deeper below zero, greener the higher above."""
    end, reach = (_POSITIVE, highest) if value >= 0 else (_NEGATIVE, lowest)
    depth = min(value / reach, 1.0) if reach else 0.0
    mixed = (
        round(paper + (colour - paper) * depth) for paper, colour in zip(_PAPER, end, strict=True)
    )
    return "#" + "".join(f"{part:02X}" for part in mixed)


class RiskPages:
    """Writes the pages of one computed case in one language."""

    def __init__(self, results: Results, tr: Translator) -> None:
        self._results, self._tr = results, tr
        self._parts = PageParts(tr)

    def distribution(self, found: ValueRange) -> str:
        """Return mean, percentiles, probabilities, shortfall and how it was drawn."""
        parts = self._parts
        return (
            parts.heading(N_("Distribution of the net value"))
            + parts.facts(range_rows(found, self._results))
            + parts.small(range_said(found, self._tr))
            + parts.heading(N_("Means of what was drawn"))
            + parts.facts(drawn_rows(found))
        )

    def sensitivity(self, found: Sensitivity) -> str:
        """Return tornado in figures, break-even values, the grid and the global indices."""
        return (
            self._tornado(found)
            + self._break_even(found)
            + (self._grid(found.grid) if found.grid is not None else "")
            + self._sobol(found)
        )

    def _input(self, path: str) -> str:
        name = escape(input_name(path, self._tr))
        if not path.startswith(("appraisal.", "project.")):
            return name
        return f'<a href="field:{path}">{name}</a>'

    def _tornado(self, found: Sensitivity) -> str:
        parts = self._parts
        rows = [
            [
                self._input(row.path),
                f"{parts.figure(row.low_net, negative=row.negative[0])}<br/>"
                f'<span class="small">{escape(row.low_input)}</span>',
                f"{parts.figure(row.high_net, negative=row.negative[1])}<br/>"
                f'<span class="small">{escape(row.high_input)}</span>',
                row.elasticity,
            ]
            for row in tornado_rows(found, self._tr)
        ]
        heads = (
            N_("Input"),
            N_("Net value, stepped down (yuan)"),
            N_("Net value, stepped up (yuan)"),
            N_("Elasticity"),
        )
        return parts.heading(N_("One input at a time")) + parts.table(
            list(map(parts.say, heads)), rows
        )

    def _break_even(self, found: Sensitivity) -> str:
        parts = self._parts
        rows = [
            [
                self._input(row.path),
                escape(row.value) or f'<span class="small">{escape(row.reason)}</span>',
                escape(row.base),
            ]
            for row in break_even_rows(found, self._tr)
        ]
        if not rows:
            return ""
        heads = (N_("Input"), N_("Net value is zero at"), N_("In this case"))
        return parts.heading(N_("Break-even of each input")) + parts.table(
            list(map(parts.say, heads)), rows
        )

    def _grid(self, grid: SensitivityGrid) -> str:
        parts = self._parts
        scale, _unit = grid_scale(grid)
        every = [net for row in grid.net_yuan for net in row]
        lowest, highest = min(every), max(every)
        heads = "".join(
            f'<th align="right">{grid_value(grid.column_path, value)}</th>'
            for value in grid.columns
        )
        lines = ""
        for value, row in zip(grid.rows, grid.net_yuan, strict=True):
            cells = "".join(
                f'<td align="right" bgcolor="{_shade(net, lowest, highest)}">'
                f"{parts.figure(number(net / scale, 0), negative=net < 0)}</td>"
                for net in row
            )
            name = grid_value(grid.row_path, value)
            lines += f'<tr><td align="right" class="label">{name}</td>{cells}</tr>'
        return (
            parts.heading(N_("Two inputs at once"))
            + parts.small(grid_said(grid, self._tr))
            + f'<table class="grid" width="99%" cellspacing="0"><tr><th></th>{heads}</tr>'
            + f"{lines}</table>"
        )

    def _sobol(self, found: Sensitivity) -> str:
        parts = self._parts
        rows = [
            [self._input(row.path), row.first, row.total, self._bar(row.total_share)]
            for row in sobol_rows(found)
        ]
        if not rows:
            return ""
        heads = (N_("Input"), N_("Alone (S1)"), N_("With interactions (ST)"), "")
        return (
            parts.heading(N_("Where the variance comes from (Sobol indices)"))
            + parts.small(sobol_said(found, self._tr))
            + parts.table(list(map(parts.say, heads)), rows)
        )

    def _bar(self, share: float) -> str:
        blocks = round(share * 20)
        bar = "█" * (blocks // 2) + "▌" * (blocks % 2)
        return f'<div align="left" class="known">{bar}</div>'

    def scenarios(self, values: ValueResult) -> str:
        """Return the scenarios under each other, with what each takes as given."""
        parts = self._parts
        heads = [
            N_("Scenario"),
            N_("Net value (yuan)"),
            N_("Prudent value (yuan)"),
            N_("Liquidation value (yuan)"),
            N_("Credits (tCO₂e)"),
        ]
        weighted = weighted_row(values)
        if weighted is not None:
            heads.append(N_("Probability"))
        rows = [self._scenario(found, weighed=weighted is not None) for found in values.scenarios]
        return (
            parts.heading(N_("Scenarios side by side"))
            + parts.table(list(map(parts.say, heads)), rows, tight=True)
            + (parts.facts([weighted]) if weighted is not None else "")
            + self._given(values)
            + "<p>"
            + parts.field(N_("Change the scenarios"), "appraisal.scenarios")
            + "</p>"
        )

    def _scenario(self, found: ScenarioResult, *, weighed: bool) -> list[str]:
        levels = (found.net_yuan, found.prudent_yuan, found.liquidation_yuan)
        amounts = [self._parts.figure(money(level), negative=level < 0) for level in levels]
        if found.change:
            amounts[0] += f'<br/><span class="small">{percent(found.change, 1)}</span>'
        row = [f"<b>{escape(scenario_name(found, self._tr))}</b>", *amounts]
        row.append(number(found.credits_tco2e))
        return [*row, percent(found.probability, 0)] if weighed else row

    def _given(self, values: ValueResult) -> str:
        """What delay, delisting and storm take as given."""
        return "".join(
            f'<p class="small"><b>{escape(scenario_name(found, self._tr))}</b> '
            f"{self._parts.say(scenario_note(found))}</p>"
            for found in values.scenarios
            if scenario_note(found)
        )
