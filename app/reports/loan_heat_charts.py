"""The heat maps of the loan: coverage and lowest DSCR by changes of price and tonnes."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from app.finance.engine import Results
from app.finance.lending.risk_results import HeatTable
from app.formats import percent
from app.i18n import N_, Translator
from app.reports.chart_parts import empty_figure, key_height, put_key
from app.reports.chart_style import Palette, charted, named, palette, words
from app.reports.cover_facts import LINE_LABELS, times
from app.reports.stress_facts import signed

_ROW_INCH = 0.22
_FRAME_INCH = 0.55
_FACES = {
    False: ("#E3F1F0", "#F3E2B3", "#EBC08A", "#D98A78"),
    True: ("#1F4A4E", "#5C4E22", "#7A4A22", "#8A3A2C"),
}
"""Grounds from sound to worst on paper and in dark windows; on paper each is darker than the last,
so that grey print shows them too."""

_SIGNS = ("", "△", "▲", "■")
"""What stands behind the figure of a cell of each ground."""

_WORST = 3


@dataclass(frozen=True, slots=True)
class _Map:
    """Figures of a heat map, the lines they are held against from the highest on, and its words."""

    values: tuple[tuple[float | None, ...], ...]
    lines: tuple[tuple[str, float], ...]
    write: Callable[[float], str]

    def said(self, value: float | None) -> str:
        """Return what stands in a cell: its figure and the sign of its ground."""
        if value is None:
            return "–"
        return " ".join(filter(None, (self.write(value), _SIGNS[self.ground(value)])))

    def ground(self, value: float) -> int:
        """Return the place of a ground: how many lines a figure is below, the lowest as worst."""
        below = sum(value < line for _label, line in self.lines)
        return _WORST if below and below == len(self.lines) else below

    def grounds(self) -> list[int]:
        """Return the grounds there can be, from sound to worst."""
        return [0, *range(1, len(self.lines)), _WORST]


def _share(value: float) -> str:
    return percent(value, 0 if abs(value) >= 0.1 or value == 0 else 1)


def _coverage_map(results: Results) -> _Map | None:
    loan = results.loan
    if loan is None or loan.stress.heat is None:
        return None
    # The lines are those of this coverage only where they count all collaterals as it does.
    watched = loan.path.lines if loan.path.counts_all else ()
    lines = tuple(zip(LINE_LABELS, watched, strict=False))
    return _Map(loan.stress.heat.coverage, lines or ((N_("loan not covered"), 1.0),), _share)


def _dscr_map(results: Results) -> _Map | None:
    loan = results.loan
    if loan is None or loan.stress.heat is None:
        return None
    required = loan.cover.required_dscr
    lines = [(N_("cash falls short"), 1.0)]
    if required is not None and required > 1:
        lines.insert(0, (N_("less than the DSCR asked for"), required))
    return _Map(loan.stress.heat.min_dscr, tuple(lines), times)


def _key(found: _Map | None, trs: tuple[Translator, ...]) -> list[str]:
    """Return what each ground says: sound, then below each line."""
    if found is None:
        return []
    labels = []
    for place, ground in enumerate(found.grounds()):
        label, line = found.lines[max(place - 1, 0)]
        message = N_("below {figure}: {line}") if place else N_("at least {figure}")
        said = dict.fromkeys(
            tr(message).format(line=tr(label), figure=found.write(line)) for tr in trs
        )
        labels.append(" ".join(filter(None, (_SIGNS[ground], "  ".join(said)))))
    return labels


def _height(found: _Map | None, heat: HeatTable | None, trs: tuple[Translator, ...],
            width_inch: float) -> float:  # fmt: skip
    rows = len(heat.price_changes) if heat is not None else 1
    return rows * _ROW_INCH + _FRAME_INCH + key_height(_key(found, trs), width_inch)


def _heat(results: Results) -> HeatTable | None:
    return results.loan.stress.heat if results.loan is not None else None


def heat_coverage_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the heat map of coverage needs."""
    return _height(_coverage_map(results), _heat(results), trs, width_inch)


def heat_dscr_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the heat map of the lowest DSCR needs."""
    return _height(_dscr_map(results), _heat(results), trs, width_inch)


@charted
def heat_coverage_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw coverage at drawdown over changes of price (rows) and tonnes (columns).

    Cells below warning, margin-call and enforcement line, or below the loan where it is not
    watched, have a ground and a sign of their own; the case itself has a frame.
    """
    return _figure(_coverage_map(results), _heat(results), trs, size_inch, colours)


@charted
def heat_dscr_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the lowest DSCR over changes of price (rows) and tonnes (columns).

    Cells below the DSCR asked for and below 1 have a ground and a sign of their own.
    """
    return _figure(_dscr_map(results), _heat(results), trs, size_inch, colours)


def _figure(
    found: _Map | None,
    heat: HeatTable | None,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    figure, axes = empty_figure(size_inch, colours)
    if found is None or heat is None:
        return figure
    faces = _FACES[colours is not palette(dark=False)]
    for row, line in enumerate(found.values):
        for column, value in enumerate(line):
            face = colours.paper if value is None else faces[found.ground(value)]
            _cell(axes, (column, row), found.said(value), face, colours)
    if 0.0 in heat.price_changes and 0.0 in heat.tonnes_changes:
        _frame(axes, heat.tonnes_changes.index(0.0), heat.price_changes.index(0.0), colours)
    _scales(axes, heat, trs, colours)
    handles = [
        Patch(facecolor=faces[ground], edgecolor=colours.ink, linewidth=0.5)
        for ground in found.grounds()
    ]
    entries = list(zip(handles, _key(found, trs), strict=True))
    put_key(figure, entries, size_inch[0], colours)
    return figure


def _cell(axes: Axes, place: tuple[int, int], text: str, face: str, colours: Palette) -> None:
    """Draw one cell with what stands in it."""
    column, row = place
    axes.fill(
        [column, column + 1, column + 1, column], [row, row, row + 1, row + 1],
        facecolor=face, edgecolor=colours.paper, linewidth=0.8, zorder=1,
    )  # fmt: skip
    axes.text(
        column + 0.5, row + 0.5, text, ha="center", va="center", fontproperties=words(7.0),
        color=colours.ink, zorder=2,
    )  # fmt: skip


def _frame(axes: Axes, column: int, row: int, colours: Palette) -> None:
    axes.plot(
        [column, column + 1, column + 1, column, column], [row, row, row + 1, row + 1, row],
        color=colours.ink, linewidth=1.6, zorder=3,
    )  # fmt: skip


def _scales(axes: Axes, heat: HeatTable, trs: tuple[Translator, ...], colours: Palette) -> None:
    columns, rows = len(heat.tonnes_changes), len(heat.price_changes)
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)
    axes.set_xticks([place + 0.5 for place in range(columns)], map(signed, heat.tonnes_changes))
    axes.set_yticks([place + 0.5 for place in range(rows)], map(signed, heat.price_changes))
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xlabel(named(N_("Tonnes"), trs), fontproperties=words(), color=colours.ink)
    axes.set_ylabel(named(N_("Price"), trs), fontproperties=words(), color=colours.ink)
