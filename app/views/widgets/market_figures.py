"""The chart of deals: prices by date on a logarithmic scale, and by group beside it."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter

from app.reports.chart_style import (
    LIGHT,
    LOCK,
    as_png,
    key_columns,
    style,
    thousands,
    words,
)

MARKS = "osD^vPXph*<>"
COLOURS = (
    "#0B5A61", "#D55E00", "#5B3A8C", "#E69F00", "#0072B2", "#A3261C",
    "#3F9A9A", "#CC79A7", "#4B5A61", "#7A6A1F", "#009E73", "#22333B",
)  # fmt: skip
"""Colours that the common kinds of colour blindness tell apart; the marks differ as well."""
HOLLOW_SIZE, FULL_SIZE = 7.0, 6.5
MEDIAN_FROM = 5
"""From so many prices a group has a median; below, its range and number say all there is."""
NARROW_INCH = 6.6
EPOCH = date(1970, 1, 1)
LINE_LETTERS = 12
_NICE = (1, 2, 5)


@dataclass(frozen=True)
class Dot:
    """One price of the chart; `hollow` ones stay out of the centre or were not seen."""

    record_id: str
    day: date
    price: float
    group: str
    hollow: bool


@dataclass(frozen=True)
class Words:
    """The words of the chart of deals, in the language of the window."""

    price: str
    date: str
    hollow: str
    count: str
    median: str


@dataclass(frozen=True)
class Spot:
    """Where a record was drawn, as shares of width and height from the upper left corner."""

    record_id: str
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """A drawn chart, and where its records are."""

    png: bytes
    spots: tuple[Spot, ...] = ()


def on_scale(day: date) -> float:
    """Return the place of a day on the scale of dates: days since 1970."""
    return float((day - EPOCH).days)


def log_ticks(low: float, high: float) -> list[float]:
    """Return round numbers (1, 2, 5) that cover a span of positive prices, at most about ten."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    ticks = [m * 10.0**power for power in range(first, last + 1) for m in _NICE]
    inside = [tick for tick in ticks if low * 0.99 <= tick <= high * 1.01]
    decades = [tick for tick in inside if math.log10(tick).is_integer()]
    return decades if len(inside) > 10 and len(decades) > 1 else inside


def _log_scale(axes: Axes, prices: Sequence[float], label: str) -> None:
    low, high = min(prices) / 1.35, max(prices) * 1.35
    axes.set_yscale("log")
    axes.set_ylim(low, high)
    ticks = log_ticks(low, high)
    axes.yaxis.set_major_locator(FixedLocator(ticks) if len(ticks) > 1 else LogLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_ylabel(label, fontproperties=words(), color=LIGHT.ink)


def date_scale(axes: Axes, label: str) -> None:
    """Name the horizontal scale and put years, months or days on it."""
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    formats = ["%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M", "%S"]
    formatter = ConciseDateFormatter(  # type: ignore[no-untyped-call]
        locator, formats=formats, show_offset=False
    )
    formatter.zero_formats = ["", "%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M"]
    axes.xaxis.set_major_formatter(formatter)
    axes.set_xlabel(label, fontproperties=words(), color=LIGHT.ink)


def look(axes: Axes) -> None:
    """Give a chart of the market book the house look, with a light grid."""
    style(axes, LIGHT)
    axes.spines["right"].set_visible(False)
    axes.grid(axis="y", color=LIGHT.greys[3], linewidth=0.6)
    axes.set_axisbelow(True)


def _groups(dots: Sequence[Dot], order: Sequence[str]) -> list[str]:
    held = {dot.group for dot in dots}
    return [name for name in order if name in held] + sorted(held - set(order))


def _draw_dots(axes: Axes, xs: Sequence[float], dots: Sequence[Dot], place: int) -> None:
    colour = COLOURS[place % len(COLOURS)]
    for hollow in (False, True):
        chosen = [(x, d.price) for x, d in zip(xs, dots, strict=True) if d.hollow is hollow]
        if chosen:
            axes.plot(
                [x for x, _price in chosen],
                [price for _x, price in chosen],
                linestyle="",
                marker=MARKS[place % len(MARKS)],
                markersize=HOLLOW_SIZE if hollow else FULL_SIZE,
                markerfacecolor=LIGHT.paper if hollow else colour,
                markeredgecolor=colour,
                markeredgewidth=1.3 if hollow else 0.6,
                clip_on=False,
                zorder=3,
            )


def _spread(places: int, count: int) -> list[float]:
    """Return shares left and right of a group's middle, so that dots do not hide each other."""
    if count < 2:
        return [float(places)] * count
    return [places + 0.46 * (i / (count - 1) - 0.5) for i in range(count)]


def wrapped(name: str) -> str:
    """Return a name in short lines; Chinese, which has no blanks, in lines of six signs."""
    if " " in name or name.isascii():
        return "\n".join(textwrap.wrap(name, LINE_LETTERS))
    return "\n".join(textwrap.wrap(name, LINE_LETTERS // 2))


def _by_group(axes: Axes, dots: Sequence[Dot], groups: list[str], say: Words) -> list[list[float]]:
    """Draw the prices of each group in a column of its own, with median or range; return xs."""
    columns = []
    for place, name in enumerate(groups):
        own = sorted((d for d in dots if d.group == name), key=lambda d: (d.day, d.price))
        xs = _spread(place, len(own))
        columns.append(xs)
        prices = [dot.price for dot in own]
        centre = [dot.price for dot in own if not dot.hollow]
        axes.plot(
            [place, place],
            [min(prices), max(prices)],
            color=LIGHT.greys[2],
            linewidth=0.8,
            zorder=1,
        )
        if len(centre) >= MEDIAN_FROM:
            level = median(centre)
            axes.plot(
                [place - 0.36, place + 0.36], [level, level], color=LIGHT.ink, linewidth=1.6,
                zorder=2,
            )  # fmt: skip
        _draw_dots(axes, xs, own, place)
    axes.set_xlim(-0.6, len(groups) - 0.4)
    axes.set_xticks(range(len(groups)))
    counts = [sum(1 for dot in dots if dot.group == name) for name in groups]
    texts = [
        f"{wrapped(name)}\n{say.count.format(count=count)}"
        for name, count in zip(groups, counts, strict=True)
    ]
    axes.set_xticklabels(texts)
    return columns


def _key(figure: Figure, groups: list[str], say: Words, width_inch: float, centred: bool) -> None:
    def mark(place: int, face: str, edge: str) -> Line2D:
        return Line2D(
            [], [], linestyle="", marker=MARKS[place % len(MARKS)], markersize=FULL_SIZE,
            markerfacecolor=face, markeredgecolor=edge,
        )  # fmt: skip

    handles = [
        mark(place, COLOURS[place % len(COLOURS)], COLOURS[place % len(COLOURS)])
        for place in range(len(groups))
    ]
    handles.append(mark(0, LIGHT.paper, LIGHT.ink))
    labels = [*groups, say.hollow]
    if centred:
        handles.append(Line2D([], [], color=LIGHT.ink, linewidth=1.6))
        labels.append(say.median)
    figure.legend(
        handles,
        labels,
        loc="outside upper left",
        ncols=key_columns(labels, width_inch),
        frameon=False,
        prop=words(),
        labelcolor=LIGHT.ink,
        borderaxespad=0.1,
        borderpad=0.1,
        labelspacing=0.3,
        columnspacing=1.2,
        handlelength=1.3,
        handletextpad=0.5,
    )


def _spots(axes: Axes, figure: Figure, xs: Sequence[float], dots: Sequence[Dot]) -> list[Spot]:
    width, height = figure.bbox.width, figure.bbox.height
    found = []
    for x, dot in zip(xs, dots, strict=True):
        at_x, at_y = axes.transData.transform((x, dot.price))
        found.append(Spot(dot.record_id, at_x / width, 1 - at_y / height))
    return found


def deals_picture(
    dots: Sequence[Dot],
    order: Sequence[str],
    say: Words,
    size_inch: tuple[float, float],
    *,
    dots_per_inch: float,
) -> Picture:
    """Draw prices over time on a logarithmic scale, and beside it each group in its column.

    `order` is the order of the groups. A group with fewer than five prices that count in the
    centre shows its range and number only. Prices that do not count are hollow.
    """
    with LOCK:
        figure = Figure(figsize=size_inch, layout="constrained", facecolor=LIGHT.paper)
        groups = _groups(dots, order)
        both = size_inch[0] >= NARROW_INCH
        if both:
            time, column = figure.subplots(1, 2, sharey=True, width_ratios=[0.6, 0.4])
        else:
            time, column = figure.add_subplot(), None
        look(time)
        for place, name in enumerate(groups):
            own = [dot for dot in dots if dot.group == name]
            _draw_dots(time, [on_scale(dot.day) for dot in own], own, place)
        _log_scale(time, [dot.price for dot in dots], say.price)
        date_scale(time, say.date)
        columns: list[list[float]] = []
        if column is not None:
            columns = _by_group(column, dots, groups, say)
            look(column)
            column.tick_params(axis="y", which="both", left=False, labelleft=False)
            column.spines["left"].set_visible(False)
        centred = any(
            sum(1 for d in dots if d.group == name and not d.hollow) >= MEDIAN_FROM
            for name in groups
        )
        _key(figure, groups, say, size_inch[0], centred and both)
        png = as_png(figure, dots_per_inch=dots_per_inch)
        spots = _spots(time, figure, [on_scale(dot.day) for dot in dots], dots)
        for xs, name in zip(columns, groups, strict=False):
            own = sorted((d for d in dots if d.group == name), key=lambda d: (d.day, d.price))
            spots += _spots(column, figure, xs, own)
        return Picture(png, tuple(spots))
