"""The one look of all charts, and how a figure becomes a picture for the screen."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from threading import RLock
from typing import Protocol
from unicodedata import east_asian_width

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.i18n import N_, Translator
from app.paths import resources

LOCK = RLock()
"""Held while matplotlib works: window and documents draw in different threads."""

KEY_SIZE = 7.5
"""Points of the words of a chart."""


@dataclass(frozen=True)
class Palette:
    """Colours of a chart; `shades` tell series apart by lightness, so that grey print does too."""

    ink: str
    edge: str
    bar: str
    paper: str
    shades: tuple[str, ...]
    greys: tuple[str, ...]
    land: str
    alert: str


LIGHT = Palette(
    ink="#22333B",
    edge="#0B6E75",
    bar="#A9D3D1",
    paper="#FFFFFF",
    shades=("#A9D3D1", "#3F9A9A", "#E3F1F0", "#0B5A61", "#74B7B5", "#D8CFB6", "#A08F62"),
    greys=("#6E7B80", "#D3D9DB", "#A3AEB2", "#F0F2F3"),
    land="#E9E4D6",
    alert="#A23B2A",
)
DARK = Palette(
    ink="#D5E3E6",
    edge="#7CC7C4",
    bar="#24595E",
    paper="#14212A",
    shades=("#24595E", "#5FA9A6", "#123A40", "#9BD6D2", "#3E8083", "#8C7B52", "#C9BFA5"),
    greys=("#A3AEB2", "#4B5A61", "#6E7B80", "#2C3A41"),
    land="#39433F",
    alert="#E59A8A",
)


def palette(*, dark: bool) -> Palette:
    """Return the colours of paper and light windows, or those of dark ones."""
    return DARK if dark else LIGHT


class Chart(Protocol):
    """A chart of the results, as window and paper ask for it."""

    def __call__(
        self,
        results: Results,
        trs: tuple[Translator, ...],
        *,
        width_inch: float,
        height_inch: float,
        dark: bool = False,
    ) -> Figure: ...


def charted(
    draw: Callable[[Results, tuple[Translator, ...], tuple[float, float], Palette], Figure],
) -> Chart:
    """Make a chart of a function that draws: it holds the lock and chooses the colours."""

    @wraps(draw)
    def figure(
        results: Results,
        trs: tuple[Translator, ...],
        *,
        width_inch: float,
        height_inch: float,
        dark: bool = False,
    ) -> Figure:
        with LOCK:
            return draw(results, trs, (width_inch, height_inch), palette(dark=dark))

    return figure


@cache
def family() -> str:
    """Return the name of the family the charts write in."""
    for name in ("BlueCarbonSansSC-E-Regular.ttf", "BlueCarbonSansSC-E-Bold.ttf"):
        fontManager.addfont(resources() / "fonts" / name)
    return "BlueCarbon Sans SC"


def words(size: float = KEY_SIZE) -> FontProperties:
    """Return the face of the words of a chart."""
    return FontProperties(family=family(), size=size)


def named(message: str, trs: tuple[Translator, ...]) -> str:
    """Return a text in the languages of a chart, beside each other, once when they are equal."""
    return "  ".join(dict.fromkeys(tr(message) for tr in trs))


def thousands(value: float, _position: int) -> str:
    """Write a number of a scale."""
    return f"{value:,.6g}".replace("-", "−")


def style(axes: Axes, colours: Palette) -> None:
    """Give scales and frame the house look."""
    axes.tick_params(
        labelsize=7, labelfontfamily=family(), colors=colours.ink, width=0.5, length=2.5
    )
    axes.spines["top"].set_visible(False)
    for spine in axes.spines.values():
        spine.set_linewidth(0.5)
        spine.set_color(colours.ink)


def year_scale(axes: Axes, years: list[int], trs: tuple[Translator, ...], ink: str) -> None:
    """Name the horizontal scale and put whole years on it."""
    if years:
        axes.set_xlim(min(years) - 0.8, max(years) + 0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12, min_n_ticks=1))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.set_xlabel(named(N_("Year"), trs), fontproperties=words(), color=ink)


def draw_bars(
    axes: Axes,
    years: Sequence[float],
    heights: Sequence[float],
    starts: Sequence[float],
    *,
    width: float,
    face: str,
    edge: str,
    label: str,
) -> None:
    """Draw the bars of a series as one shape: a shape for each of them costs a second a page."""
    corners: list[tuple[float, float]] = []
    for year, height, start in zip(years, heights, starts, strict=True):
        if height:
            left, right, end = year - width / 2, year + width / 2, start + height
            corners += [(left, start), (left, end), (right, end), (right, start), (left, start)]
    codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * (len(corners) // 5)
    shape = Path(corners or [(0.0, 0.0)], codes or [Path.MOVETO])
    bars = PathPatch(
        shape, facecolor=face, edgecolor=edge, linewidth=0.5, label=label, clip_on=False
    )
    if corners:
        axes.add_patch(bars)
    else:
        axes.add_artist(bars)


def width_of(text: str) -> float:
    """Estimate the width of a word of a key in inches."""
    signs = sum(1.0 if east_asian_width(sign) in "WF" else 0.53 for sign in text)
    return signs * KEY_SIZE / 72


def key_columns(labels: Iterable[str], width_inch: float) -> int:
    """Return how many entries of a key stand beside each other; entries run down the columns."""
    widths = [width_of(label) + 0.36 for label in labels]
    for count in range(len(widths), 1, -1):
        columns = np.array_split(np.array(widths), count)
        if sum(float(column.max()) for column in columns) <= width_inch - 0.2:
            return count
    return 1


def as_png(figure: Figure, *, dots_per_inch: float) -> bytes:
    """Draw a figure for the screen."""
    stream = io.BytesIO()
    with LOCK:
        figure.savefig(stream, format="png", dpi=dots_per_inch)
    return stream.getvalue()


def inches(pixels: int) -> float:
    """Length of screen pixels at 96 to the inch."""
    return pixels / 96.0
