"""The chart of the price evidence: adjusted prices over time, centre, interval, upper bound."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from app.finance.engine import Results
from app.finance.valuation.results import AdjustedComparable, EvidenceResult
from app.formats import number, percent, sentence
from app.i18n import N_, Translator
from app.reports.chart_parts import empty_figure, key_height, mark, put_key
from app.reports.chart_style import Palette, charted, named, thousands, words
from app.reports.evidence_facts import EXCLUSION_HEADS

LOG_FROM = 10.0
"""Highest over lowest price from which the scale is logarithmic."""

_SIGNS = {
    "by_hand": "X",
    "court": "s",
    "public_benefit": "D",
    "forward": ">",
    "unverified": "P",
    "outlier": "^",
    "single_limit": "v",
    "total_limit": "<",
    "after_valuation": "p",
    "no_weight": "h",
}
_FIELD_INCH = 2.0
_SIGN = 5.5
_NUMBERED = 40
_LEAST_DAYS = 120.0
_MOST_TICKS = 9
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def _reasons(lines: Sequence[AdjustedComparable]) -> list[str]:
    """Return the codes of exclusion that occur, in the order of the table of labels."""
    found = {line.excluded for line in lines}
    return [code for code in EXCLUSION_HEADS if code in found]


def _labels(evidence: EvidenceResult, trs: tuple[Translator, ...]) -> list[str]:
    labels = [named(N_("Counts"), trs)] if any(not x.excluded for x in evidence.comparables) else []
    labels += [
        sentence(named(EXCLUSION_HEADS[code], trs)) for code in _reasons(evidence.comparables)
    ]
    if evidence.conclusion_yuan_t is not None:
        message = N_("Concluded price: {price}")
        labels.append(named(message, trs).format(price=number(evidence.conclusion_yuan_t)))
    if evidence.low_yuan_t is not None and evidence.high_yuan_t is not None:
        reached = evidence.confidence if evidence.coverage is None else evidence.coverage
        message = N_("Interval of the price, {share}: {low} to {high}")
        labels.append(
            named(message, trs).format(
                share=percent(reached, 1),
                low=number(evidence.low_yuan_t),
                high=number(evidence.high_yuan_t),
            )
        )
    if evidence.upper_bound_yuan_t is not None:
        bound = number(evidence.upper_bound_yuan_t)
        message = N_("Upper bound, not counted: {price}")
        labels.append(named(message, trs).format(price=bound))
    return labels


def evidence_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the evidence needs: a field of fixed height and its key."""
    found = results.values.evidence if results.values is not None else None
    labels = _labels(found, trs) if found is not None else []
    return _FIELD_INCH + key_height(labels, width_inch)


@charted
def evidence_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the adjusted prices in yuan/t over the days of the deals.

    Prices that count are filled, those left out hollow, with a sign for each reason; the number
    beside a sign is the line of the comparable. Centre with its interval and upper bound are
    lines over the whole width. The scale is logarithmic when the highest price is at least
    `LOG_FROM` times the lowest.
    """
    found = results.values.evidence if results.values is not None else None
    return _evidence(found, trs, size_inch, colours)


def _evidence(
    evidence: EvidenceResult | None,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    figure, axes = empty_figure(size_inch, colours)
    axes.set_ylabel(named(N_("yuan/t"), trs), fontproperties=words(), color=colours.ink)
    if evidence is None:
        return figure
    handles = [*_points(axes, evidence.comparables, colours), *_levels(axes, evidence, colours)]
    _scales(axes, evidence)
    labels = _labels(evidence, trs)
    put_key(figure, list(zip(handles, labels, strict=True)), size_inch[0], colours)
    return figure


def _points(axes: Axes, lines: Sequence[AdjustedComparable], colours: Palette) -> list[Artist]:
    """Draw the prices by reason, those that count first; return what the key shows of each."""
    handles: list[Artist] = []
    codes = [""] if any(not line.excluded for line in lines) else []
    for code in [*codes, *_reasons(lines)]:
        shape, face = (_SIGNS[code], colours.paper) if code else ("o", colours.edge)
        chosen = [line for line in lines if line.excluded == code]
        axes.plot(
            [line.day.toordinal() for line in chosen],
            [line.adjusted_yuan_t for line in chosen],
            **mark(shape, face, colours, _SIGN),
        )
        handles.append(Line2D([], [], **mark(shape, face, colours, _SIGN)))
    if len(lines) <= _NUMBERED:
        for line in lines:
            axes.annotate(
                str(line.position + 1), (line.day.toordinal(), line.adjusted_yuan_t),
                xytext=(4, 3), textcoords="offset points", fontproperties=words(6.2),
                color=colours.ink, annotation_clip=False, zorder=5,
            )  # fmt: skip
    return handles


def _levels(axes: Axes, evidence: EvidenceResult, colours: Palette) -> list[Artist]:
    """Draw centre, interval and upper bound; return what the key shows of them."""
    handles: list[Artist] = []
    if evidence.conclusion_yuan_t is not None:
        axes.axhline(evidence.conclusion_yuan_t, color=colours.ink, linewidth=1.1, zorder=2)
        handles.append(Line2D([], [], color=colours.ink, linewidth=1.1))
    if evidence.low_yuan_t is not None and evidence.high_yuan_t is not None:
        axes.axhspan(evidence.low_yuan_t, evidence.high_yuan_t, facecolor=colours.shades[2],
                     edgecolor="none", zorder=1)  # fmt: skip
        handles.append(Patch(facecolor=colours.shades[2], edgecolor="none"))
    if evidence.upper_bound_yuan_t is not None:
        style: dict[str, Any] = {"color": colours.ink, "linewidth": 0.9, "linestyle": "--"}
        axes.axhline(evidence.upper_bound_yuan_t, zorder=2, **style)
        handles.append(Line2D([], [], **style))
    return handles


def _scales(axes: Axes, evidence: EvidenceResult) -> None:
    marked = (evidence.low_yuan_t, evidence.high_yuan_t, evidence.upper_bound_yuan_t)
    prices = [line.adjusted_yuan_t for line in evidence.comparables]
    prices += [price for price in marked if price is not None]
    low, high = min(prices), max(prices)
    if low > 0 and high / low >= LOG_FROM:
        axes.set_yscale("log")
        axes.set_ylim(low / 1.4, high * 1.4)
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=12))
        axes.yaxis.set_minor_formatter(NullFormatter())
    else:
        axes.set_ylim(0, high * 1.12)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    days = [line.day.toordinal() for line in evidence.comparables]
    room = max(max(days) - min(days), _LEAST_DAYS) * 0.06
    axes.set_xlim(min(days) - room, max(days) + room)
    ticks = month_ticks(
        date.fromordinal(int(min(days) - room)), date.fromordinal(int(max(days) + room))
    )
    axes.set_xticks([day.toordinal() for day in ticks], [f"{day:%Y-%m}" for day in ticks])


def month_ticks(first: date, last: date) -> list[date]:
    """Return first days of months between two days, evenly spaced, at most `_MOST_TICKS`."""
    span = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in _MONTH_STEPS if span / step < _MOST_TICKS), _MONTH_STEPS[-1])
    start = first.year * 12 + first.month
    start += -(start - 1) % step if step > 1 else 0
    months = range(start, last.year * 12 + last.month + 1, step)
    days = [date((month - 1) // 12, (month - 1) % 12 + 1, 1) for month in months]
    return [day for day in days if first <= day <= last]
