"""What the charts of the value share: rows with names and amounts, keys, scales of money."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.i18n import N_, Translator
from app.reports.chart_style import Palette, key_columns, named, style, thousands, width_of, words

TEN_THOUSAND = 10_000.0
"""Yuan to the unit of the scales of money."""

NAME_SHARE = 0.36
"""Share of the width that names of rows may take; longer ones are broken."""

HALF_BAR = 0.066
"""Half the height of a bar in inches."""

POINTS = 72.0
"""Points to the inch."""

_KEY_LINE_INCH = 0.145
_ROW_LINE_INCH = 0.128
_ROW_GAP_INCH = 0.055
_FRAME_INCH = 0.5
_APOSTROPHE = re.compile("(?<=[A-Za-z])\u2019(?=[A-Za-z])")
"""The Chinese face draws this sign as wide as its own quotation marks."""

_WORD = re.compile(r"\s+|[^\s\u2e80-\uffef]+[，。；：、）]?|.")


def empty_figure(size_inch: tuple[float, float], colours: Palette) -> tuple[Figure, Axes]:
    """Return a figure of one pair of axes in the house look."""
    figure = Figure(figsize=size_inch, layout="constrained", facecolor=colours.paper)
    axes = figure.add_subplot(facecolor=colours.paper)
    style(axes, colours)
    axes.spines["right"].set_visible(False)
    return figure, axes


def broken(text: str, width_inch: float) -> list[str]:
    """Return the lines of a text: Chinese breaks between signs, anything else between words."""
    lines, line = [], ""
    for part in _WORD.findall(text):
        if line and width_of(line + part) > width_inch:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    return [*lines, line.rstrip()]


def row_names(texts: Sequence[Sequence[str]], width_inch: float) -> list[str]:
    """Return the name of each row in the languages of a chart, on as many lines as it takes.

    Two languages stand beside each other where they fit, else under each other.
    """
    room = NAME_SHARE * width_inch
    names = []
    for languages in texts:
        distinct = list(dict.fromkeys(_APOSTROPHE.sub("'", text) for text in languages))
        beside = "  ".join(distinct)
        if width_of(beside) <= room:
            names.append(beside)
        else:
            names.append("\n".join(line for text in distinct for line in broken(text, room)))
    return names


def _row_heights(names: Sequence[str]) -> list[float]:
    """Inches of each row: as many lines as its name has."""
    return [(name.count("\n") + 1) * _ROW_LINE_INCH + _ROW_GAP_INCH for name in names]


def rows_height(names: Sequence[str]) -> float:
    """Return the inches that rows of these names need, their scale included."""
    return (sum(_row_heights(names)) or _ROW_LINE_INCH) + _FRAME_INCH


def row_places(names: Sequence[str]) -> list[float]:
    """Return where the middle of each row lies, in inches below zero, the first on top."""
    heights = _row_heights(names)
    return [-total + height / 2 for total, height in zip(accumulate(heights), heights, strict=True)]


def key_height(labels: Sequence[str], width_inch: float) -> float:
    """Return the inches that a key of these labels takes."""
    return -(-len(labels) // key_columns(labels, width_inch)) * _KEY_LINE_INCH


def put_key(
    figure: Figure, entries: Sequence[tuple[Artist, str]], width_inch: float, colours: Palette
) -> None:
    """Put the key above the axes, its entries beside each other where they fit."""
    labels = [label for _, label in entries]
    figure.legend(
        [artist for artist, _ in entries],
        labels,
        loc="outside upper left",
        ncols=key_columns(labels, width_inch),
        frameon=False,
        prop=words(),
        labelcolor=colours.ink,
        borderaxespad=0.1,
        borderpad=0.1,
        labelspacing=0.25,
        columnspacing=1.2,
        handlelength=1.6,
        handletextpad=0.5,
    )


def money_scale(
    axes: Axes, trs: tuple[Translator, ...], colours: Palette, *, upright: bool
) -> None:
    """Name the scale of money, in 10,000 yuan; `upright` is the vertical one."""
    axis = axes.yaxis if upright else axes.xaxis
    axis.set_major_locator(MaxNLocator(nbins=6))
    axis.set_major_formatter(FuncFormatter(thousands))
    label = named(N_("10,000 yuan"), trs)
    axis.set_label_text(label, fontproperties=words(), color=colours.ink)


def row_bar(axes: Axes, place: float, ends: tuple[float, float], face: str, edge: str) -> None:
    """Draw the bar of a row between two amounts."""
    start, end = ends
    low, high = place - HALF_BAR, place + HALF_BAR
    axes.fill(
        [start, end, end, start], [low, low, high, high], facecolor=face, edgecolor=edge,
        linewidth=0.6, zorder=2,
    )  # fmt: skip


def mark(shape: str, face: str, colours: Palette, size: float = 5.0) -> dict[str, Any]:
    """Return how a sign of its own is drawn, filled or hollow."""
    return {
        "marker": shape,
        "markersize": size,
        "markerfacecolor": face,
        "markeredgecolor": colours.ink,
        "markeredgewidth": 0.8,
        "linestyle": "",
        "zorder": 4,
        "clip_on": False,
    }


def name_rows(axes: Axes, names: Sequence[str], amounts: Sequence[str], colours: Palette) -> None:
    """Write names left of the rows, the first one on top, and amounts in a column at the right."""
    places = row_places(names)
    axes.set_ylim(_FRAME_INCH - rows_height(names), 0.0)
    axes.set_yticks(places, names, fontproperties=words(), color=colours.ink, linespacing=1.1)
    axes.tick_params(axis="y", length=0)
    widest = max(map(width_of, amounts), default=0.0) * POINTS
    for place, amount in zip(places, amounts, strict=False):
        axes.annotate(
            amount, (1.0, place), xycoords=("axes fraction", "data"), xytext=(widest + 4, 0),
            textcoords="offset points", ha="right", va="center", fontproperties=words(),
            color=colours.ink, annotation_clip=False,
        )  # fmt: skip


def limits(
    amounts: Sequence[float], *, room: float = 0.05, with_zero: bool = True
) -> tuple[float, float]:
    """Return the ends of a scale that holds the amounts with some room.

    With zero the scale begins or ends there when no amount lies beyond it.
    """
    found = [*amounts, 0.0] if with_zero else list(amounts)
    low, high = min(found, default=0.0), max(found, default=1.0)
    gap = (high - low) * room or abs(high) * room or 1.0
    below = low if with_zero and low == 0 else low - gap
    above = high if with_zero and high == 0 and low < 0 else high + gap
    return below, above
