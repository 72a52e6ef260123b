"""The chart of carbon: pools by year as stacked bars, credits as a line, their range as a band."""

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.sink.credits import CarbonYear
from app.formats import sentence
from app.i18n import N_, Translator
from app.reports.carbon_facts import drawn_pools, pool_label
from app.reports.chart_style import (
    Palette,
    charted,
    draw_bars,
    key_columns,
    named,
    style,
    thousands,
    words,
    year_scale,
)

_KEY_LINE_INCH = 0.145
_MARKED = 25
"""Up to so many years the line of credits has a mark in each."""


def _labels(results: Results, trs: tuple[Translator, ...]) -> list[str]:
    """The entries of the key: pools, credits, and the band when there is one."""
    labels = [sentence(named(pool_label(code), trs)) for code in drawn_pools(results.carbon)]
    labels.append(named(N_("Credits of the right"), trs))
    if results.range is not None:
        labels.append(named(N_("Credits, P5 to P95"), trs))
    return labels


def key_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the height in inches that the key takes beyond its first line."""
    labels = _labels(results, trs)
    lines = -(-len(labels) // key_columns(labels, width_inch))
    return (lines - 1) * _KEY_LINE_INCH


def carbon_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the chart takes on paper: a field of fixed height and its key."""
    return 2.1 + key_height(results, trs, width_inch)


def _colours(codes: list[str], totals: dict[str, float], colours: Palette) -> dict[str, str]:
    """Sea colours for what takes up, greys for what gives off."""
    found = {}
    counts = {True: 0, False: 0}
    for code in codes:
        up = totals[code] >= 0
        shades = colours.shades if up else colours.greys
        found[code] = shades[counts[up] % len(shades)]
        counts[up] += 1
    return found


def _stacked(
    rows: tuple[CarbonYear, ...], codes: list[str]
) -> Iterator[tuple[str, list[float], list[float]]]:
    """Yield each pool with its heights and where they start: above or below what is there."""
    above, below = [0.0] * len(rows), [0.0] * len(rows)
    for code in codes:
        heights = [row.pools.get(code, 0.0) for row in rows]
        starts = []
        for i, height in enumerate(heights):
            side = above if height >= 0 else below
            starts.append(side[i])
            side[i] += height
        yield code, heights, starts


def _band(axes: Axes, results: Results, colours: Palette, label: str) -> None:
    if results.range is None:
        return
    shown = {row.year for row in results.carbon.years}
    rows = [row for row in results.range.years if row.year in shown]
    years = [float(row.year) for row in rows]
    low = [row.credits_tco2.p5 for row in rows]
    high = [row.credits_tco2.p95 for row in rows]
    if len(rows) == 1:
        axes.errorbar(
            years, [(low[0] + high[0]) / 2], [[(high[0] - low[0]) / 2]] * 2, color=colours.ink,
            linewidth=0.8, capsize=4, zorder=3, label=label,
        )  # fmt: skip
        return
    axes.vlines(
        years, low, high, color=colours.ink, linewidth=0.5, zorder=2.5, clip_on=False
    )  # fmt: skip
    for edge, name in ((low, "_"), (high, label)):
        axes.plot(
            years, edge, color=colours.ink, linewidth=0.7, linestyle="--", clip_on=False,
            zorder=2.6, label=name,
        )  # fmt: skip


def _limits(results: Results) -> tuple[float, float]:
    """The ends of the scale: all bars, the credits and their band, with some room."""
    rows = results.carbon.years
    high = [sum(max(t, 0.0) for t in row.pools.values()) for row in rows]
    low = [sum(min(t, 0.0) for t in row.pools.values()) for row in rows]
    high += [row.credits_tco2 for row in rows]
    if results.range is not None:
        high += [row.credits_tco2.p95 for row in results.range.years]
    top, bottom = max(high, default=0.0), min(low, default=0.0)
    room = (top - bottom) * 0.06 or 1.0
    return (bottom - room if bottom < 0 else 0.0), top + room


@charted
def carbon_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw uptake above and emissions below zero by pool, and the credits, of each year.

    With a range of draws the band holds 90 % of the credits of each year. The key names the
    series in the languages of `trs`, in the order in which they are stacked.
    """
    rows = results.carbon.years
    totals = results.carbon.total_by_pool
    codes = drawn_pools(results.carbon)
    years = [row.year for row in rows]
    labels = _labels(results, trs)
    figure = Figure(figsize=size_inch, layout="constrained", facecolor=colours.paper)
    axes = figure.add_subplot(facecolor=colours.paper)
    face = _colours(codes, totals, colours)
    pools = zip(_stacked(rows, codes), labels, strict=False)
    for (code, heights, starts), label in pools:
        draw_bars(
            axes,
            years,
            heights,
            starts,
            width=0.76 if len(rows) > 1 else 0.3,
            face=face[code],
            edge=colours.edge if totals[code] >= 0 else colours.ink,
            label=label,
        )
    if len(rows) > 1:
        axes.plot(
            years, [row.credits_tco2 for row in rows], color=colours.paper, linewidth=3,
            clip_on=False, zorder=2.8,
        )  # fmt: skip
    axes.plot(
        years,
        [row.credits_tco2 for row in rows],
        color=colours.ink,
        clip_on=False,
        marker="o" if len(rows) <= _MARKED else "",
        markersize=2.6,
        linewidth=1.3,
        zorder=3,
        label=labels[len(codes)],
    )
    _band(axes, results, colours, labels[-1])
    axes.axhline(0, color=colours.ink, linewidth=0.5)
    axes.set_ylim(*_limits(results))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    axes.set_ylabel(named(N_("tCO₂e a year"), trs), fontproperties=words(), color=colours.ink)
    style(axes, colours)
    axes.spines["right"].set_visible(False)
    handles = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    figure.legend(
        [handles[label] for label in labels if label in handles],
        [label for label in labels if label in handles],
        loc="outside upper left",
        ncols=key_columns(labels, size_inch[0]),
        frameon=False,
        prop=words(),
        labelcolor=colours.ink,
        borderaxespad=0.1,
        borderpad=0.1,
        labelspacing=0.25,
        columnspacing=1.2,
        handlelength=1.3,
        handletextpad=0.5,
    )
    year_scale(axes, years, trs, colours.ink)
    return figure
