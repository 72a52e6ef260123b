"""The chart of money: credits sold and net cash flow by year, the same on paper and on screen."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.valuation.cash_flow import CashFlowYear
from app.i18n import N_, Translator
from app.reports.chart_style import (
    LOCK,
    Palette,
    draw_bars,
    named,
    palette,
    style,
    thousands,
    words,
    year_scale,
)


def _no_less_than_zero(value: float, position: int) -> str:
    return thousands(value, position) if value >= 0 else ""


def _share_a_zero(bars: Axes, line: Axes, rows: tuple[CashFlowYear, ...]) -> None:
    """Put the zero of both scales at the same height, so that a loss reads as one."""
    top = max((row.credits_sold_tco2e for row in rows), default=0.0) * 1.1 or 1.0
    flows = [row.net_yuan / 10_000 for row in rows] or [0.0]
    low, high = min(0.0, *flows) * 1.15, max(0.0, *flows) * 1.15
    high = max(high, -low * 0.4) or 1.0
    line.set_ylim(low, high)
    bars.set_ylim(top * low / high, top)


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
    rows = results.values.cash_flow if results.values is not None else ()
    with LOCK:
        return _cash_flow_figure(rows, trs, (width_inch, height_inch), palette(dark=dark))


def _cash_flow_figure(
    rows: tuple[CashFlowYear, ...],
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    years = [row.calendar_year for row in rows]
    figure = Figure(figsize=size_inch, layout="constrained", facecolor=colours.paper)
    bars = figure.add_subplot(facecolor=colours.paper)
    line = bars.twinx()
    draw_bars(
        bars,
        years,
        [row.credits_sold_tco2e for row in rows],
        [0.0] * len(rows),
        width=0.7 if len(rows) > 1 else 0.3,
        face=colours.bar,
        edge=colours.edge,
        label=named(N_("Credits sold (tCO₂e)"), trs),
    )
    line.plot(
        years,
        [row.net_yuan / 10_000 for row in rows],
        color=colours.ink,
        marker="o",
        markersize=3,
        linewidth=1.2,
        clip_on=False,
        label=named(N_("Net cash flow (10,000 yuan)"), trs),
    )
    line.axhline(0, color=colours.ink, linewidth=0.5)
    _share_a_zero(bars, line, rows)
    bars.yaxis.set_major_locator(MaxNLocator(nbins=6))
    bars.yaxis.set_major_formatter(FuncFormatter(_no_less_than_zero))
    line.yaxis.set_major_locator(MaxNLocator(nbins=6))
    line.yaxis.set_major_formatter(FuncFormatter(thousands))
    for axes, right in ((bars, False), (line, True)):
        style(axes, colours)
        axes.legend(
            loc="lower right" if right else "lower left",
            bbox_to_anchor=(1.0 if right else 0.0, 1.0),
            frameon=False,
            prop=words(),
            labelcolor=colours.ink,
            borderaxespad=0.1,
            borderpad=0.2,
            handlelength=1.4,
        )
    year_scale(bars, years, trs, colours.ink)
    return figure
