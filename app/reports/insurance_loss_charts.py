"""Charts of the quote: losses by return period, and the way from pure to gross premium."""

from collections.abc import Sequence
from math import inf, log

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from app.finance.engine import Results
from app.finance.insurance.results import CurvePoint, LoadLine, LossDistribution
from app.formats import money
from app.i18n import N_, Translator
from app.messages.insurance_words import LOADS
from app.reports.chart_parts import (
    HALF_BAR,
    TEN_THOUSAND,
    empty_figure,
    key_height,
    limits,
    mark,
    money_scale,
    name_rows,
    put_key,
    row_bar,
    row_names,
    row_places,
    rows_height,
)
from app.reports.chart_style import Palette, charted, named, thousands, words
from app.reports.insurance_premium_facts import shown_loads

_FIELD_INCH = 2.1
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_LONGEST_YEARS = 1000.0
"""Return period at which the curve ends; beyond it the model says more than anybody knows."""

_JUMP = 1.4
"""Between two points of the curve the return period grows by less, but for a jump of the law."""

_IN_REACH = 2.0
"""A sum insured so many times the highest loss or more would press the curve flat."""

_CURVE_KEY = (
    N_("Loss of a year (AEP)"),
    N_("Loss of one event (OEP)"),
    N_("Points of the table"),
    N_("Sum insured"),
)
_BUILD_KEY = (N_("Pure and gross premium"), N_("Addition"), N_("Deduction"))


def _law(results: Results) -> LossDistribution | None:
    return results.insurance.distribution if results.insurance is not None else None


def _by_years(curve: Sequence[CurvePoint], *, event: bool) -> tuple[list[float], list[float]]:
    """Return return periods (years) and the losses exceeded less often, 10,000 yuan, both rising.

    The line begins with nothing at one year and ends at the longest period shown. Where the
    chance falls at once, one loss has it all (a limit reached): the line rises there at the
    period before and stays level, as do the points of the table.
    """
    years, losses = [1.0], [0.0]
    for point in curve:
        chance = point.event_probability if event else point.year_probability
        if chance is None:
            continue
        span = 1 / chance if chance > 0 else inf
        loss = point.loss_yuan / TEN_THOUSAND
        if span > _JUMP * years[-1]:
            years.append(years[-1])
            losses.append(loss)
        elif span > _LONGEST_YEARS:
            part = log(_LONGEST_YEARS / years[-1]) / log(span / years[-1])
            loss = losses[-1] + part * (loss - losses[-1])
        years.append(min(span, _LONGEST_YEARS))
        losses.append(loss)
        if span >= _LONGEST_YEARS:
            break
    return years, losses


def _has_events(found: LossDistribution) -> bool:
    return any(point.event_probability is not None for point in found.curve)


def _highest(found: LossDistribution) -> float:
    """Return the highest loss that is drawn, 10,000 yuan."""
    points = [point.aep_yuan / TEN_THOUSAND for point in found.returns]
    return max([0.0, *points, *_by_years(found.curve, event=False)[1]])


def _insured(results: Results, found: LossDistribution) -> float | None:
    """Return the sum insured in 10,000 yuan where it is near the losses, else None."""
    if results.insurance is None:
        return None
    insured = float(results.insurance.sum_insured_yuan) / TEN_THOUSAND
    return insured if insured < _IN_REACH * _highest(found) else None


def _curve_labels(
    results: Results, found: LossDistribution, trs: tuple[Translator, ...]
) -> list[str]:
    year, event, points, insured = (named(text, trs) for text in _CURVE_KEY)
    labels = [year, event, points] if _has_events(found) else [year, points]
    return labels if _insured(results, found) is None else [*labels, insured]


def exceedance_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the exceedance curve needs: a field of fixed height and its key."""
    found = _law(results)
    labels = [] if found is None else _curve_labels(results, found, trs)
    return _FIELD_INCH + key_height(labels, width_inch)


@charted
def exceedance_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the losses exceeded once in so many years, of a year (whole) and of one event (dashed).

    Return periods stand on a logarithmic scale up to 1,000 years; the points are those of the
    table. A dotted line marks the sum insured where it is in reach.
    """
    figure, axes = empty_figure(size_inch, colours)
    found = _law(results)
    if found is None:
        return figure
    handles = []
    for event, colour in ((False, colours.edge), (True, colours.ink)):
        if event and not _has_events(found):
            continue
        years, losses = _by_years(found.curve, event=event)
        (line,) = axes.plot(
            years, losses, color=colour, linewidth=1.2 if event else 1.6,
            linestyle="--" if event else "-", zorder=3,
        )  # fmt: skip
        handles.append(line)
    points = [(point.years, point.aep_yuan / TEN_THOUSAND) for point in found.returns]
    if points:
        axes.plot(*zip(*points, strict=True), **mark("o", colours.paper, colours, 3.6))
    handles.append(Line2D([], [], **mark("o", colours.paper, colours, 3.6)))
    insured = _insured(results, found)
    if insured is not None:
        handles.append(axes.axhline(insured, color=colours.ink, linewidth=0.9, linestyle=":"))
    axes.set_ylim(0.0, max(_highest(found), insured or 0.0, 1e-6) * 1.08)
    _return_scale(axes, trs, colours)
    money_scale(axes, trs, colours, upright=True)
    labels = _curve_labels(results, found, trs)
    put_key(figure, list(zip(handles, labels, strict=True)), size_inch[0], colours)
    return figure


def _return_scale(axes: Axes, trs: tuple[Translator, ...], colours: Palette) -> None:
    """Put return periods on the horizontal scale, logarithmic."""
    axes.set_xscale("log")
    axes.set_xlim(1.0, _LONGEST_YEARS)
    axes.xaxis.set_major_locator(FixedLocator(_TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(thousands))
    label = named(N_("Return period, years (logarithmic)"), trs)
    axes.set_xlabel(label, fontproperties=words(), color=colours.ink)


def _loads(results: Results) -> tuple[LoadLine, ...]:
    return shown_loads(results.insurance) if results.insurance is not None else ()


def _load_names(
    lines: tuple[LoadLine, ...], trs: tuple[Translator, ...], width_inch: float
) -> list[str]:
    texts = [[tr(LOADS[line.code]) for tr in trs] for line in lines]
    texts.append([tr(N_("Gross premium")) for tr in trs])
    return row_names(texts, width_inch)


def _build_labels(trs: tuple[Translator, ...]) -> list[str]:
    return [named(text, trs) for text in _BUILD_KEY]


def premium_build_up_height(
    results: Results, trs: tuple[Translator, ...], width_inch: float
) -> float:
    """Return the inches the premium build-up needs for its rows and its key."""
    names = _load_names(_loads(results), trs, width_inch)
    return rows_height(names) + key_height(_build_labels(trs), width_inch)


@charted
def premium_build_up_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the way from the pure to the gross premium, one bar for each step that moves it.

    Rows run from top to bottom, each with its amount in yuan at the right.
    """
    figure, axes = empty_figure(size_inch, colours)
    lines = _loads(results)
    if results.insurance is None or not lines:
        return figure
    names = _load_names(lines, trs, size_inch[0])
    places = row_places(names)
    gross = float(results.insurance.gross_premium_yuan)
    reached = [0.0]
    for row, (code, amount) in enumerate(
        [*((line.code, line.amount_yuan) for line in lines), ("gross", gross)]
    ):
        whole = code in ("pure", "gross")
        start = 0.0 if whole else reached[-1]
        end = start + amount / TEN_THOUSAND
        face = colours.shades[1] if whole else colours.bar if amount > 0 else colours.paper
        row_bar(axes, places[row], (start, end), face, colours.edge if amount > 0 else colours.ink)
        if row < len(lines):
            between = [places[row] - HALF_BAR, places[row + 1] + HALF_BAR]
            axes.plot([end, end], between, color=colours.ink, linewidth=0.5, linestyle=":")
        reached.append(end)
    axes.axvline(0, color=colours.ink, linewidth=0.6, zorder=3)
    axes.set_xlim(*limits(reached))
    money_scale(axes, trs, colours, upright=False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
    amounts = [money(line.amount_yuan) for line in lines]
    name_rows(axes, names, [*amounts, money(gross)], colours)
    faces = (
        (colours.shades[1], colours.edge),
        (colours.bar, colours.edge),
        (colours.paper, colours.ink),
    )
    entries = [
        (Patch(facecolor=face, edgecolor=edge, linewidth=0.6), label)
        for (face, edge), label in zip(faces, _build_labels(trs), strict=True)
    ]
    put_key(figure, entries, size_inch[0], colours)
    return figure
