"""Charts of an index cover: payout by index value, and what the history would have paid."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.insurance.part_results import IndexResult
from app.formats import percent
from app.i18n import N_, Translator
from app.reports.chart_parts import empty_figure, key_height, mark, put_key
from app.reports.chart_style import (
    LIGHT,
    LOCK,
    Palette,
    charted,
    draw_bars,
    named,
    thousands,
    words,
    year_scale,
)

_FIELD_INCH = 1.75
_CURVE_KEY = (N_("Payout of an event"), N_("Steps of the payout table"))
_PAYOUT, _GAP = N_("Payout of the year"), N_("Year without data")
_MEAN, _LOSS = N_("Mean of the years observed: {figure}"), N_("Loss of the year")


def _index(results: Results) -> IndexResult | None:
    return results.insurance.index if results.insurance is not None else None


def _share_scale(axes: Axes, trs: tuple[Translator, ...], colours: Palette) -> None:
    """Put percent of the sum insured on the vertical scale."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _at: percent(value, 0)))
    label = named(N_("Of the sum insured"), trs)
    axes.set_ylabel(label, fontproperties=words(), color=colours.ink)


def curve_height(trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches a payout curve needs: a field of fixed height and its key."""
    labels = [named(text, trs) for text in _CURVE_KEY]
    return _FIELD_INCH + key_height(labels, width_inch)


def payout_curve_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the payout curve needs; without an index those of an empty field."""
    return curve_height(trs, width_inch) if _index(results) else _FIELD_INCH


@charted
def payout_curve_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the share of the sum insured that an index value pays; points mark the payout table."""
    found = _index(results)
    if found is None or not found.payout_curve:
        return empty_figure(size_inch, colours)[0]
    first = found.payout_table[0].trigger if found.payout_table else ""
    steps = [(at.value, at.payout_share) for at in found.payout_table if at.trigger == first]
    return _curve(found.payout_curve, steps, first, trs, size_inch=size_inch, colours=colours)


def curve_figure(
    corners: Sequence[tuple[float, float]],
    points: Sequence[tuple[float, float]],
    trigger: str,
    trs: tuple[Translator, ...],
    *,
    width_inch: float,
    height_inch: float,
) -> Figure:
    """Draw the payout of one trigger on paper; `points` are the lines of its payout table."""
    with LOCK:
        size = (width_inch, height_inch)
        return _curve(corners, points, trigger, trs, size_inch=size, colours=LIGHT)


def _curve(
    corners: Sequence[tuple[float, float]],
    points: Sequence[tuple[float, float]],
    trigger: str,
    trs: tuple[Translator, ...],
    *,
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    figure, axes = empty_figure(size_inch, colours)
    values, shares = zip(*corners, strict=True)
    axes.fill_between(values, shares, color=colours.shades[2], linewidth=0, zorder=1)
    axes.plot(values, shares, color=colours.edge, linewidth=1.5, zorder=3)
    style = mark("o", colours.paper, colours, 4.0)
    if points:
        axes.plot(*zip(*points, strict=True), **style)
    axes.set_ylim(0.0, max(*shares, 1e-6) * 1.1)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8))
    axes.xaxis.set_major_formatter(FuncFormatter(thousands))
    label = _named_with(N_("Index value: {trigger}"), trs, trigger=trigger)
    axes.set_xlabel(label, fontproperties=words(), color=colours.ink)
    _share_scale(axes, trs, colours)
    handles = (Line2D([], [], color=colours.edge, linewidth=1.5), Line2D([], [], **style))
    labels = [named(text, trs) for text in _CURVE_KEY]
    put_key(figure, list(zip(handles, labels, strict=True)), size_inch[0], colours)
    return figure


def _named_with(message: str, trs: tuple[Translator, ...], **facts: str) -> str:
    """Return a filled text in the languages of a chart, once when they are equal."""
    return "  ".join(dict.fromkeys(tr(message).format(**facts) for tr in trs))


def _key(
    found: IndexResult, trs: tuple[Translator, ...], colours: Palette
) -> list[tuple[Artist, str]]:
    """What the history shows: payouts, their mean, losses held against them, gaps."""
    bar = Patch(facecolor=colours.bar, edgecolor=colours.edge, linewidth=0.6)
    entries: list[tuple[Artist, str]] = [(bar, named(_PAYOUT, trs))]
    if found.burn_share is not None:
        line = Line2D([], [], color=colours.ink, linewidth=1.1, linestyle="--")
        entries.append((line, _named_with(_MEAN, trs, figure=percent(found.burn_share))))
    if any(year.loss_share is not None for year in found.history):
        sign = Line2D([], [], **mark("D", colours.ink, colours, 3.6))
        entries.append((sign, named(_LOSS, trs)))
    if any(not year.observed for year in found.history):
        gap = Line2D([], [], **mark("x", colours.ink, colours, 4.5))
        entries.append((gap, named(_GAP, trs)))
    return entries


def history_burn_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the history needs: a field of fixed height and its key."""
    found = _index(results)
    if found is None:
        return _FIELD_INCH
    labels = [label for _artist, label in _key(found, trs, LIGHT)]
    return _FIELD_INCH + key_height(labels, width_inch)


@charted
def history_burn_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw what the index would have paid in each year, with the mean of the years observed.

    A year without data has a cross on the base line and no bar; a year that paid nothing has
    neither. Losses of the years, where they are known, are diamonds.
    """
    figure, axes = empty_figure(size_inch, colours)
    found = _index(results)
    if found is None or not found.history:
        return figure
    paid = [year for year in found.history if year.observed]
    gaps = [year.year for year in found.history if not year.observed]
    years = [year.year for year in paid]
    shares = [year.payout_share for year in paid]
    draw_bars(
        axes, years, shares, [0.0] * len(shares), width=0.7, face=colours.bar,
        edge=colours.edge, label="",
    )  # fmt: skip
    losses = [(year.year, year.loss_share) for year in found.history if year.loss_share is not None]
    if losses:
        axes.plot(*zip(*losses, strict=True), **mark("D", colours.ink, colours, 3.6))
    if gaps:
        axes.plot(gaps, [0.0] * len(gaps), **mark("x", colours.ink, colours, 4.5))
    if found.burn_share is not None:
        axes.axhline(found.burn_share, color=colours.ink, linewidth=1.1, linestyle="--", zorder=3)
    axes.axhline(0, color=colours.ink, linewidth=0.5)
    axes.set_ylim(0.0, _top(shares, [loss for _year, loss in losses], found.burn_share))
    _share_scale(axes, trs, colours)
    year_scale(axes, [year.year for year in found.history], trs, colours.ink)
    put_key(figure, _key(found, trs, colours), size_inch[0], colours)
    return figure


def _top(shares: Sequence[float], losses: Sequence[float], mean: float | None) -> float:
    return max([*shares, *losses, mean or 0.0, 0.01]) * 1.1
