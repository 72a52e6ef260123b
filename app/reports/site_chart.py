"""The map of the sites: numbered dots beside the coast, on paper without network."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.case.carbon.sites import Site
from app.reference.coast import coastlines
from app.reference.map_view import View, degrees_text, fitted, scale_bar
from app.reports.chart_style import LIGHT, LOCK, Palette, style, words

_OVERVIEW = (105.0, 126.0, 17.0, 41.5)
"""West, east, south and north of the whole coast."""

_LEAST_SPAN_DEG = 1.6


def _degrees(signs: str) -> FuncFormatter:
    return FuncFormatter(lambda value, _position: degrees_text(value, signs))


def _coast(axes: Axes, box: tuple[float, float, float, float], colours: Palette) -> None:
    west, east, south, north = box
    near = [
        line
        for line in coastlines()
        if any(west <= x <= east and south <= y <= north for x, y in line)
    ]
    if near:
        codes = [code for line in near for code in (Path.MOVETO, *[Path.LINETO] * (len(line) - 1))]
        shape = Path([point for line in near for point in line], codes)
        coast = PathPatch(
            shape, fill=False, edgecolor=colours.edge, linewidth=0.5, joinstyle="round"
        )
        axes.add_patch(coast)


def _frame(axes: Axes, box: tuple[float, float, float, float], colours: Palette) -> None:
    west, east, south, north = box
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(1 / max(math.cos(math.radians((south + north) / 2)), 0.05))
    style(axes, colours)
    axes.spines["top"].set_visible(True)


def _box(view: View) -> tuple[float, float, float, float]:
    half_wide, half_high = view.half_spans
    west, east = view.longitude - half_wide, view.longitude + half_wide
    return west, east, view.latitude - half_high, view.latitude + half_high


def _scale_bar(axes: Axes, view: View, colours: Palette) -> None:
    west, east, south, north = _box(view)
    length, drawn = scale_bar(view)
    end = (east - west) * drawn / view.width
    left, low = west + (east - west) * 0.03, south + (north - south) * 0.05
    axes.plot([left, left + end], [low, low], color=colours.ink, linewidth=1.4)
    axes.annotate(
        f"{length:,} km", (left, low), xytext=(0, 3), textcoords="offset points",
        fontproperties=words(6.5), color=colours.ink,
    )  # fmt: skip


def _north(axes: Axes, colours: Palette) -> None:
    """An arrow to the north in the upper right corner; the map is not turned."""
    axes.annotate(
        "N", (0.965, 0.95), xytext=(0.965, 0.76), xycoords="axes fraction", ha="center",
        va="center", fontproperties=words(7.5), color=colours.ink,
        arrowprops={"arrowstyle": "-|>", "color": colours.ink, "linewidth": 0.9},
        bbox={"facecolor": colours.paper, "edgecolor": "none", "pad": 0.4}, zorder=2.5,
    )  # fmt: skip


def _dots(axes: Axes, sites: Sequence[Site], colours: Palette, *, numbered: bool) -> None:
    axes.plot(
        [site.longitude for site in sites],
        [site.latitude for site in sites],
        linestyle="",
        marker="o",
        markersize=4 if numbered else 3.4,
        color=colours.ink,
        markeredgecolor=colours.paper,
        markeredgewidth=0.5,
        zorder=3,
    )
    if not numbered:
        return
    for number, site in enumerate(sites, start=1):
        axes.annotate(
            str(number), (site.longitude, site.latitude), xytext=(4, 2.5),
            textcoords="offset points", fontproperties=words(8.5), color=colours.ink, zorder=2.5,
            bbox={"facecolor": colours.paper, "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip


def site_figure(sites: Sequence[Site], *, width_inch: float, height_inch: float) -> Figure:
    """Draw the sites by their numbers, with the whole coast beside them when they lie on it."""
    west, east, south, north = _OVERVIEW
    on_coast = any(west <= s.longitude <= east and south <= s.latitude <= north for s in sites)
    with LOCK:
        figure = Figure(
            figsize=(width_inch, height_inch), layout="constrained", facecolor=LIGHT.paper
        )
        if on_coast:
            overview, detail = figure.subplots(1, 2, width_ratios=[0.24, 0.76])
            _coast(overview, _OVERVIEW, LIGHT)
            _frame(overview, _OVERVIEW, LIGHT)
            _dots(overview, sites, LIGHT, numbered=False)
            overview.set_xticks([])
            overview.set_yticks([])
        else:
            detail = figure.add_subplot()
        view = fitted(
            [(site.longitude, site.latitude) for site in sites],
            width_inch * (0.68 if on_coast else 0.88),
            height_inch * 0.86,
            least_span_deg=_LEAST_SPAN_DEG,
        )
        if view is not None:
            _coast(detail, _box(view), LIGHT)
            _frame(detail, _box(view), LIGHT)
            _dots(detail, sites, LIGHT, numbered=True)
            _scale_bar(detail, view, LIGHT)
            _north(detail, LIGHT)
        detail.xaxis.set_major_locator(MaxNLocator(nbins=6))
        detail.yaxis.set_major_locator(MaxNLocator(nbins=5))
        detail.xaxis.set_major_formatter(_degrees("EW"))
        detail.yaxis.set_major_formatter(_degrees("NS"))
    return figure
