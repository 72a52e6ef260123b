"""Charts of the simulation: distribution of the net value, percentiles of the price."""

from itertools import pairwise
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.valuation.results import ValueResult
from app.finance.valuation.risk_results import ValueRange
from app.formats import number, percent
from app.i18n import N_, Translator
from app.reports.chart_parts import TEN_THOUSAND, empty_figure, key_height, money_scale, put_key
from app.reports.chart_style import Palette, charted, draw_bars, named, thousands, words

_FIELD_INCH = 1.75
_REACH = 0.6
"""A loan so many widths of the histogram outside of it is marked at the edge instead."""

_BANDS = (("5", "95"), ("25", "75"))
_BAND_LABELS = (N_("Price, P5 to P95"), N_("Price, P25 to P75"))


def _marks(found: ValueRange, trs: tuple[Translator, ...]) -> list[tuple[str, float, str]]:
    """What is marked in the distribution: label with its figure, place in yuan, dashes."""
    marks: list[tuple[str, float | None, str]] = [
        (N_("Mean"), found.mean_yuan, "-"),
        ("P5", found.percentiles.get("5"), "--"),
        ("P95", found.percentiles.get("95"), "-."),
        (N_("Loan"), found.loan_yuan, ":"),
    ]
    return [
        (f"{named(label, trs)} {number(place / TEN_THOUSAND)}", place, dashes)
        for label, place, dashes in marks
        if place is not None
    ]


def distribution_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the distribution needs: a field of fixed height and its key."""
    found = results.value_range
    labels = [label for label, _, _ in _marks(found, trs)] if found is not None else []
    return _FIELD_INCH + key_height(labels, width_inch)


@charted
def distribution_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the histogram of the net value with mean, P5, P95, the loan and zero.

    The key gives the marked figures in 10,000 yuan. A loan far outside of the histogram is
    marked at the edge it lies beyond.
    """
    return _distribution(results.value_range, trs, size_inch, colours)


def _span(found: ValueRange) -> tuple[float, float]:
    """Return the ends of the scale in yuan: histogram, marks, and the loan when it is near."""
    places = [*found.bins, found.mean_yuan, *(found.percentiles.get(p) for p in ("5", "95"))]
    known = [place for place in places if place is not None]
    low, high = min(known), max(known)
    reach = (high - low) * _REACH or abs(high) or 1.0
    for mark in (found.loan_yuan, 0.0):
        if mark is not None and low - reach <= mark <= high + reach:
            low, high = min(low, mark), max(high, mark)
    room = (high - low) * 0.03 or 1.0
    return low - room, high + room


def _distribution(
    found: ValueRange | None,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    figure, axes = empty_figure(size_inch, colours)
    money_scale(axes, trs, colours, upright=False)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share, 1)))
    label = named(N_("Share"), trs)
    axes.set_ylabel(label, fontproperties=words(), color=colours.ink)
    if found is None:
        return figure
    shares = [count / found.scenarios for count in found.counts]
    _histogram(axes, found, shares, colours)
    low, high = _span(found)
    axes.set_xlim(low / TEN_THOUSAND, high / TEN_THOUSAND)
    axes.set_ylim(0, max(shares, default=1.0) * 1.08 or 1.0)
    if low < 0 < high:
        axes.axvline(0, color=colours.ink, linewidth=0.5, zorder=3)
    entries: list[tuple[Artist, str]] = []
    for name, place, dashes in _marks(found, trs):
        line: dict[str, Any] = {"color": colours.ink, "linewidth": 1.2, "linestyle": dashes}
        entries.append((Line2D([], [], **line), name))
        if low <= place <= high:
            axes.axvline(place / TEN_THOUSAND, zorder=3, **line)
        else:
            _beyond(axes, name, colours, right=place > high)
    put_key(figure, entries, size_inch[0], colours)
    return figure


def _histogram(axes: Axes, found: ValueRange, shares: list[float], colours: Palette) -> None:
    edges = [edge / TEN_THOUSAND for edge in found.bins]
    width = (edges[-1] - edges[0]) / max(len(shares), 1)
    centres = [(left + right) / 2 for left, right in pairwise(edges)]
    draw_bars(
        axes, centres, shares, [0.0] * len(shares), width=width,
        face=colours.bar, edge=colours.edge, label="",
    )  # fmt: skip


def _beyond(axes: Axes, name: str, colours: Palette, *, right: bool) -> None:
    axes.annotate(
        f"{name} →" if right else f"← {name}",
        (1.0 if right else 0.0, 0.94),
        xycoords="axes fraction",
        ha="right" if right else "left",
        va="top",
        fontproperties=words(),
        color=colours.ink,
    )


def _fan_labels(values: ValueResult | None, trs: tuple[Translator, ...]) -> list[str]:
    labels = [*_BAND_LABELS, N_("Price, median")]
    if values is not None and values.curve:
        labels.append(N_("Price curve of the appraisal"))
    return [named(label, trs) for label in labels]


def fan_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the fan needs: a field of fixed height and its key."""
    return _FIELD_INCH + key_height(_fan_labels(results.values, trs), width_inch)


@charted
def fan_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the percentiles of the drawn price over the years, and the curve of the appraisal."""
    figure, axes = empty_figure(size_inch, colours)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    axes.set_ylabel(named(N_("yuan/t"), trs), fontproperties=words(), color=colours.ink)
    label = named(N_("Years from the valuation date"), trs)
    axes.set_xlabel(label, fontproperties=words(), color=colours.ink)
    found = results.value_range
    if found is None:
        return figure
    years = found.fan_years
    for (low, high), shade in zip(_BANDS, (colours.shades[2], colours.bar), strict=True):
        axes.fill_between(years, found.fan[low], found.fan[high], facecolor=shade,
                          edgecolor=colours.edge, linewidth=0.6, zorder=2)  # fmt: skip
    axes.plot(years, found.fan["50"], color=colours.ink, linewidth=1.4, zorder=3)
    handles: list[Artist] = [
        Patch(facecolor=shade, edgecolor=colours.edge, linewidth=0.6)
        for shade in (colours.shades[2], colours.bar)
    ]
    handles.append(Line2D([], [], color=colours.ink, linewidth=1.4))
    highest = max(found.fan["95"], default=1.0)
    if results.values is not None and results.values.curve:
        curve = results.values.curve
        prices = [point.price_yuan_t for point in curve]
        axes.plot([point.time_yr for point in curve], prices, color=colours.ink, linewidth=1.0,
                  linestyle="--", zorder=3)  # fmt: skip
        handles.append(Line2D([], [], color=colours.ink, linewidth=1.0, linestyle="--"))
        highest = max(highest, *prices)
    axes.set_ylim(0, highest * 1.06 or 1.0)
    axes.set_xlim(0, max([*years, 1.0]))
    labels = _fan_labels(results.values, trs)
    put_key(figure, list(zip(handles, labels, strict=True)), size_inch[0], colours)
    return figure
