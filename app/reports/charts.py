"""The chart of money: credits sold and net cash flow by year, the same on paper and on screen."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.valuation.results import CashFlowYear
from app.i18n import N_, Translator
from app.reports.chart_style import (
    Palette,
    charted,
    draw_bars,
    named,
    style,
    thousands,
    words,
    year_scale,
)


def _no_less_than_zero(value: float, position: int) -> str:
    return thousands(value, position) if value >= 0 else ""


def _by_year(rows: tuple[CashFlowYear, ...]) -> dict[int, tuple[float, float]]:
    """Return credits sold, t CO2e, and net cash flow, yuan, of each calendar year.

    Several flows may fall into one: costs on the valuation date, sales on their own days.
    """
    found: dict[int, tuple[float, float]] = {}
    for row in rows:
        sold, net = found.get(row.calendar_year, (0.0, 0.0))
        found[row.calendar_year] = (sold + row.credits_sold_tco2e, net + row.net_yuan)
    return dict(sorted(found.items()))


def _share_a_zero(bars: Axes, line: Axes, sold: list[float], flows: list[float]) -> None:
    """Put the zero of both scales at the same height, so that a loss reads as one."""
    top = max(sold, default=0.0) * 1.1 or 1.0
    low, high = min([0.0, *flows]) * 1.15, max([0.0, *flows]) * 1.15
    high = max(high, -low * 0.4) or 1.0
    line.set_ylim(low, high)
    bars.set_ylim(top * low / high, top)


def cash_flow_height(results: Results, _trs: tuple[Translator, ...], _width_inch: float) -> float:
    """Return the inches the chart takes on paper."""
    values = results.values
    return 1.9 if values is not None and len(_by_year(values.cash_flow)) > 3 else 1.5


@charted
def cash_flow_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw credits sold (bars) and net cash flow (line) of each year of the horizon.

    The key above each scale names series and unit, in the languages of `trs`.
    """
    rows = results.values.cash_flow if results.values is not None else ()
    return _cash_flow_figure(rows, trs, size_inch, colours)


def _cash_flow_figure(
    rows: tuple[CashFlowYear, ...],
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    by_year = _by_year(rows)
    years = list(by_year)
    sold = [tonnes for tonnes, _ in by_year.values()]
    flows = [net / 10_000 for _, net in by_year.values()]
    figure = Figure(figsize=size_inch, layout="constrained", facecolor=colours.paper)
    bars = figure.add_subplot(facecolor=colours.paper)
    line = bars.twinx()
    draw_bars(
        bars,
        years,
        sold,
        [0.0] * len(sold),
        width=0.7 if len(sold) > 1 else 0.3,
        face=colours.bar,
        edge=colours.edge,
        label=named(N_("Credits sold (tCO₂e)"), trs),
    )
    line.plot(
        years,
        flows,
        color=colours.ink,
        marker="o",
        markersize=3,
        linewidth=1.2,
        clip_on=False,
        label=named(N_("Net cash flow (10,000 yuan)"), trs),
    )
    line.axhline(0, color=colours.ink, linewidth=0.5)
    _share_a_zero(bars, line, sold, flows)
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
