"""The chart of a price series: prices by date, their low and high, means of long spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.reports.chart_style import LIGHT, LOCK, as_png, thousands, words
from app.views.widgets.market_figures import Picture, date_scale, look, on_scale

MOST_MARKED = 70
MONTH = 31


@dataclass(frozen=True)
class SeriesWords:
    """The words of the chart of a series, in the language of the window."""

    price: str
    date: str
    band: str
    mean: str


@dataclass(frozen=True)
class Point:
    """One observation of a series; low and high of its span when they are known.

    `since` is the first day of a mean over a long span, None for a price of its day or week.
    """

    day: date
    price: float
    low: float | None = None
    high: float | None = None
    since: date | None = None


def series_picture(
    points: Sequence[Point],
    say: SeriesWords,
    size_inch: tuple[float, float],
    *,
    dots_per_inch: float,
) -> Picture:
    """Draw a price series by date; low and high as a bar behind the price.

    Means of long spans are horizontal lines over their span, outside the line of prices.
    """
    with LOCK:
        figure = Figure(figsize=size_inch, layout="constrained", facecolor=LIGHT.paper)
        axes = figure.add_subplot()
        look(axes)
        daily = [point for point in points if point.since is None]
        days = [on_scale(point.day) for point in points]
        _spans(axes, points, say.band)
        _means(axes, points, say.mean)
        axes.plot(
            [on_scale(point.day) for point in daily],
            [point.price for point in daily],
            color=LIGHT.edge,
            linewidth=1.3,
            marker="o" if len(daily) <= MOST_MARKED else "",
            markersize=3.6,
            label=say.price,
            zorder=3,
            clip_on=False,
        )
        axes.margins(y=0.08)
        if len(points) == 1:
            axes.set_xlim(days[0] - MONTH, days[0] + MONTH)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=7))
        axes.yaxis.set_major_formatter(FuncFormatter(thousands))
        date_scale(axes, say.date)
        axes.set_ylabel(say.price, fontproperties=words(), color=LIGHT.ink)
        if any(point.low is not None or point.since for point in points):
            axes.legend(
                loc="lower left", bbox_to_anchor=(0.0, 1.0), frameon=False, prop=words(),
                labelcolor=LIGHT.ink, ncols=3, borderaxespad=0.1, borderpad=0.2,
            )  # fmt: skip
        return Picture(as_png(figure, dots_per_inch=dots_per_inch))


def _means(axes: Axes, points: Sequence[Point], label: str) -> None:
    for number, point in enumerate(p for p in points if p.since is not None):
        since = point.since or point.day
        axes.plot(
            [on_scale(since), on_scale(point.day)],
            [point.price, point.price],
            color="#A3261C",
            linewidth=1.4,
            linestyle=(0, (4, 2)),
            marker="D" if since == point.day else "|",
            markersize=5,
            label=label if number == 0 else "_",
            zorder=2.5,
        )


def _spans(axes: Axes, points: Sequence[Point], label: str) -> None:
    spans = [p for p in points if p.low is not None and p.high is not None]
    if not spans:
        return
    days = [on_scale(p.day) for p in spans]
    low, high = [float(p.low or 0) for p in spans], [float(p.high or 0) for p in spans]
    if len(spans) > MOST_MARKED:
        axes.fill_between(
            days, low, high, facecolor=LIGHT.bar, alpha=0.7, linewidth=0, label=label, zorder=2
        )
    else:
        axes.vlines(days, low, high, color=LIGHT.bar, linewidth=4.0, label=label, zorder=2)
