"""The charts of the product, as matplotlib figures: the same on paper and on screen."""

import io
from dataclasses import dataclass
from functools import cache
from threading import RLock

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.valuation.cash_flow import CashFlowYear
from app.i18n import Translator
from app.paths import resources

LOCK = RLock()
"""Held while matplotlib works: window and documents draw in different threads."""


@dataclass(frozen=True)
class _Palette:
    ink: str
    edge: str
    bar: str
    paper: str


_LIGHT = _Palette(ink="#22333B", edge="#0B6E75", bar="#A9D3D1", paper="#FFFFFF")
_DARK = _Palette(ink="#D5E3E6", edge="#7CC7C4", bar="#24595E", paper="#14212A")


@cache
def _family() -> str:
    for name in ("BlueCarbonSansSC-E-Regular.ttf", "BlueCarbonSansSC-E-Bold.ttf"):
        fontManager.addfont(resources() / "fonts" / name)
    return "BlueCarbon Sans SC"


def _thousands(value: float, _position: int) -> str:
    return f"{value:,.6g}".replace("-", "−")


def _no_less_than_zero(value: float, position: int) -> str:
    return _thousands(value, position) if value >= 0 else ""


def _share_a_zero(bars: Axes, line: Axes, rows: tuple[CashFlowYear, ...]) -> None:
    """Put the zero of both scales at the same height, so that a loss reads as one."""
    top = max((row.credits_sold_tco2e for row in rows), default=0.0) * 1.1 or 1.0
    flows = [row.net_yuan / 10_000 for row in rows] or [0.0]
    low, high = min(0.0, *flows) * 1.15, max(0.0, *flows) * 1.15
    high = max(high, -low * 0.4) or 1.0
    line.set_ylim(low, high)
    bars.set_ylim(top * low / high, top)


def _style(axes: Axes, palette: _Palette, family: str) -> None:
    axes.tick_params(labelsize=7, labelfontfamily=family, colors=palette.ink, width=0.5, length=2.5)
    axes.spines["top"].set_visible(False)
    for spine in axes.spines.values():
        spine.set_linewidth(0.5)
        spine.set_color(palette.ink)


def cash_flow_figure(
    results: Results,
    trs: tuple[Translator, ...],
    *,
    width_inch: float,
    height_inch: float,
    dark: bool = False,
) -> Figure:
    """Draw credits sold (bars) and net cash flow (line) of each year of the horizon.

    The key above each scale names series and unit, in the languages of `trs`.
    """
    with LOCK:
        return _cash_flow_figure(
            results.values.cash_flow, trs, (width_inch, height_inch), _DARK if dark else _LIGHT
        )


def _cash_flow_figure(
    rows: tuple[CashFlowYear, ...],
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    palette: _Palette,
) -> Figure:
    family = _family()
    years = [row.calendar_year for row in rows]
    figure = Figure(figsize=size_inch, layout="constrained", facecolor=palette.paper)
    bars = figure.add_subplot(facecolor=palette.paper)
    line = bars.twinx()
    bars.bar(
        years,
        [row.credits_sold_tco2e for row in rows],
        width=0.7 if len(rows) > 1 else 0.3,
        color=palette.bar,
        edgecolor=palette.edge,
        linewidth=0.6,
        label="  ".join(tr("Credits sold (tCO₂e)") for tr in trs),
    )
    line.plot(
        years,
        [row.net_yuan / 10_000 for row in rows],
        color=palette.ink,
        marker="o",
        markersize=3,
        linewidth=1.2,
        label="  ".join(tr("Net cash flow (10,000 yuan)") for tr in trs),
    )
    line.axhline(0, color=palette.ink, linewidth=0.5)
    _share_a_zero(bars, line, rows)
    bars.yaxis.set_major_locator(MaxNLocator(nbins=6))
    bars.yaxis.set_major_formatter(FuncFormatter(_no_less_than_zero))
    line.yaxis.set_major_locator(MaxNLocator(nbins=6))
    line.yaxis.set_major_formatter(FuncFormatter(_thousands))
    words = FontProperties(family=family, size=7.5)
    for axes, right in ((bars, False), (line, True)):
        _style(axes, palette, family)
        axes.legend(
            loc="lower right" if right else "lower left",
            bbox_to_anchor=(1.0 if right else 0.0, 1.0),
            frameon=False,
            prop=words,
            labelcolor=palette.ink,
            borderaxespad=0.1,
            borderpad=0.2,
            handlelength=1.4,
        )
    if years:
        bars.set_xlim(min(years) - 0.8, max(years) + 0.8)
    bars.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12, min_n_ticks=1))
    bars.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    bars.set_xlabel("  ".join(tr("Year") for tr in trs), fontproperties=words, color=palette.ink)
    return figure


def as_svg(figure: Figure) -> bytes:
    """Draw a figure as SVG with outlined text; the same figure gives the same bytes."""
    stream = io.BytesIO()
    with LOCK, rc_context({"svg.fonttype": "path", "svg.hashsalt": "blue-carbon-desk"}):
        figure.savefig(
            stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    return stream.getvalue()


def as_png(figure: Figure, *, dots_per_inch: float) -> bytes:
    """Draw a figure for the screen."""
    stream = io.BytesIO()
    with LOCK:
        figure.savefig(stream, format="png", dpi=dots_per_inch)
    return stream.getvalue()


def inches(pixels: int) -> float:
    """Length of screen pixels at 96 to the inch."""
    return pixels / 96.0
