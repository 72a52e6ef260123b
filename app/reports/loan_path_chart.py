"""The chart of the path: coverage against its lines, and the balance against what is left."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.lending.life_results import LifeResult
from app.finance.lending.results import LoanResult, PathPoint
from app.finance.lending.schedule_results import Schedule
from app.formats import percent
from app.i18n import N_, Translator
from app.messages.lending_words import PATH_REASONS
from app.reports.chart_parts import TEN_THOUSAND, broken, key_height, mark, put_key
from app.reports.chart_style import Palette, charted, named, palette, style, thousands, words
from app.reports.cover_facts import LINE_LABELS
from app.reports.evidence_chart import month_ticks

FAR_ABOVE = 2.0
"""The scale of coverage ends at so many times the highest line; a sign marks what lies beyond."""

_COVERAGE_INCH, _MONEY_INCH = 1.75, 1.25
_LINE_STYLES: tuple[Any, ...] = (":", "--", "-")
_SIGN = 5.0
_FEN = 100.0
_MARKED = 40
"""Up to so many points each has a mark."""

_Entry = tuple[Artist, str]


def _points(results: Results) -> tuple[PathPoint, ...]:
    return results.loan.path.points if results.loan is not None else ()


def coverage_path_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches of the path: two fields of fixed height and the key."""
    colours = palette(dark=False)
    labels = [label for _artist, label in _entries(results, trs, colours)]
    return _COVERAGE_INCH + _MONEY_INCH + key_height(labels, width_inch)


@charted
def coverage_path_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw coverage over time with its lines, and below it balance and remaining value.

    Coverage is that of the collaterals the lines are held against; where the loan is watched, the
    coverage seen so far is drawn beside it and each revaluation is marked. Without lines the
    value that equals the balance is drawn. Coverage far above the lines is cut, with a sign at the
    edge; where nothing is owed there is none.
    """
    figure = Figure(figsize=size_inch, layout="constrained", facecolor=colours.paper)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[_COVERAGE_INCH, _MONEY_INCH])
    for axes in (upper, lower):
        style(axes, colours)
        axes.set_facecolor(colours.paper)
        axes.spines["right"].set_visible(False)
    loan = results.loan
    if loan is None or not loan.path.points:
        _say_why(upper, loan, trs, size_inch[0], colours)
        return figure
    _coverage(upper, loan, trs, colours)
    _money(lower, loan, trs, colours)
    _days(lower, loan.path.points)
    put_key(figure, _entries(results, trs, colours), size_inch[0], colours)
    return figure


def _say_why(
    axes: Axes,
    loan: LoanResult | None,
    trs: tuple[Translator, ...],
    width_inch: float,
    colours: Palette,
) -> None:
    if loan is None or not loan.path.reason:
        return
    texts = [broken(tr(PATH_REASONS[loan.path.reason]), 0.8 * width_inch) for tr in trs]
    lines = dict.fromkeys("\n".join(text) for text in texts)
    axes.text(
        0.5, 0.5, "\n".join(lines), transform=axes.transAxes, ha="center", va="center",
        fontproperties=words(), color=colours.ink,
    )  # fmt: skip


def _followed(loan: LoanResult, point: PathPoint) -> float | None:
    return point.coverage if loan.path.counts_all else point.right_coverage


def _watched(life: LifeResult | None) -> list[tuple[date, float, bool]]:
    """Days watched with coverage, and whether they are revaluations."""
    watch = life.watch if life is not None else ()
    return [
        (one.day, one.coverage, one.from_revaluation) for one in watch if one.coverage is not None
    ]


def _top(loan: LoanResult, found: Sequence[float]) -> float:
    """Where the scale of coverage ends."""
    lines = loan.path.lines or (1.0,)
    highest = max([*lines, *found])
    far = max(FAR_ABOVE * max(lines), 1.6 * min(found, default=0.0))
    return far if highest > far else highest * 1.1


def _coverage(axes: Axes, loan: LoanResult, trs: tuple[Translator, ...], colours: Palette) -> None:
    owing = [
        (point.day, coverage)
        for point in loan.path.points
        if (coverage := _followed(loan, point)) is not None
    ]
    seen = _watched(loan.life)
    top = _top(loan, [coverage for _day, coverage in owing] + [one[1] for one in seen])
    axes.set_ylim(0.0, top)
    _draw_cut(axes, owing, top, colours, {"color": colours.edge, "linewidth": 1.5})
    _draw_cut(
        axes, [(day, coverage) for day, coverage, _revalued in seen], top, colours,
        {"color": colours.ink, "linewidth": 1.2, "linestyle": (0, (1, 1))},
    )  # fmt: skip
    revalued = [(day, min(coverage, top)) for day, coverage, is_one in seen if is_one]
    if revalued:
        days = [day.toordinal() for day, _coverage in revalued]
        axes.plot(days, [one for _day, one in revalued], **mark("D", colours.paper, colours, _SIGN))
    for line, dashes in zip(loan.path.lines or (1.0,), _LINE_STYLES, strict=False):
        axes.axhline(line, color=colours.alert, linewidth=1.1, linestyle=dashes, zorder=1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, 0)))
    axes.set_ylabel(named(N_("Coverage"), trs), fontproperties=words(), color=colours.ink)


def _draw_cut(
    axes: Axes,
    points: list[tuple[date, float]],
    top: float,
    colours: Palette,
    look: dict[str, Any],
) -> None:
    """Draw coverage over time, with a sign at the edge where it leaves the scale."""
    if not points:
        return
    days = [day.toordinal() for day, _coverage in points]
    heights = [coverage for _day, coverage in points]
    dots: dict[str, Any] = {"marker": "o", "markersize": 2.2} if len(points) <= _MARKED else {}
    axes.plot(days, heights, zorder=3, **look, **dots)
    beyond = [day for day, height in zip(days, heights, strict=True) if height > top]
    if beyond:
        axes.plot(beyond[:1], [top], **mark("^", colours.paper, colours, _SIGN))


def balances(plan: Schedule) -> list[tuple[date, float]]:
    """Return the days on which the balance changes, and what is owed from then on, 10,000 yuan."""
    moves: dict[date, int] = {}
    paid = ((due, -fen) for due, fen in zip(plan.dues, plan.principal, strict=True))
    for day, fen in (*plan.drawdowns, *paid):
        moves[day] = moves.get(day, 0) + fen
    days = sorted(moves)
    owed = accumulate(moves[day] for day in days)
    return [(day, fen / _FEN / TEN_THOUSAND) for day, fen in zip(days, owed, strict=True)]


def _money(axes: Axes, loan: LoanResult, trs: tuple[Translator, ...], colours: Palette) -> None:
    points = loan.path.points
    days = [point.day.toordinal() for point in points]
    owed = balances(loan.plan)
    axes.fill_between(
        [day.toordinal() for day, _balance in owed], [balance for _day, balance in owed],
        step="post", facecolor=colours.bar, edgecolor=colours.edge, linewidth=0.6,
    )  # fmt: skip
    right = [point.right_yuan / TEN_THOUSAND for point in points]
    axes.plot(days, right, color=colours.ink, linewidth=1.2)
    if _has_others(loan):
        total = [(max(point.right_yuan, 0.0) + point.other_yuan) / TEN_THOUSAND for point in points]
        axes.plot(days, total, color=colours.ink, linewidth=1.0, linestyle="--")
    axes.axhline(0, color=colours.ink, linewidth=0.5)
    axes.set_ylim(min(0.0, 1.08 * min(right)), None)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    axes.set_ylabel(named(N_("10,000 yuan"), trs), fontproperties=words(), color=colours.ink)


def _has_others(loan: LoanResult) -> bool:
    return any(point.other_yuan for point in loan.path.points)


def _days(axes: Axes, points: Sequence[PathPoint]) -> None:
    """Put days on the common scale."""
    first, last = points[0].day, points[-1].day
    room = max((last - first).days, 30) * 0.02
    axes.set_xlim(first.toordinal() - room, last.toordinal() + room)
    ticks = month_ticks(first, last) or [first, last]
    axes.set_xticks([day.toordinal() for day in ticks], [f"{day:%Y-%m}" for day in ticks])


def _entries(results: Results, trs: tuple[Translator, ...], colours: Palette) -> list[_Entry]:
    """Return the key: coverage, what was seen, the lines, then the amounts."""
    loan = results.loan
    if loan is None or not loan.path.points:
        return []
    followed = N_("Coverage") if loan.path.counts_all else N_("Coverage by the right alone")
    found: list[_Entry] = [
        (Line2D([], [], color=colours.edge, linewidth=1.5), named(followed, trs))
    ]
    seen = _watched(loan.life)
    if seen:
        look: Any = (0, (1, 1))
        found.append((Line2D([], [], color=colours.ink, linewidth=1.2, linestyle=look),
                      named(N_("Coverage as watched"), trs)))  # fmt: skip
    if any(is_one for _day, _coverage, is_one in seen):
        found.append((Line2D([], [], **mark("D", colours.paper, colours, _SIGN)),
                      named(N_("Revaluation"), trs)))  # fmt: skip
    found += [
        (Line2D([], [], color=colours.alert, linewidth=1.1, linestyle=dashes), label)
        for dashes, label in zip(_LINE_STYLES, _line_labels(loan, trs), strict=False)
    ]
    found.append((Patch(facecolor=colours.bar, edgecolor=colours.edge, linewidth=0.6),
                  named(N_("Balance"), trs)))  # fmt: skip
    found.append((Line2D([], [], color=colours.ink, linewidth=1.2),
                  named(N_("Remaining right"), trs)))  # fmt: skip
    if _has_others(loan):
        found.append((Line2D([], [], color=colours.ink, linewidth=1.0, linestyle="--"),
                      named(N_("With the other collaterals"), trs)))  # fmt: skip
    return found


def _line_labels(loan: LoanResult, trs: tuple[Translator, ...]) -> list[str]:
    if not loan.path.lines:
        return [named(N_("Value equals balance"), trs)]
    return [
        f"{named(label, trs)} {percent(line, 0)}"
        for label, line in zip(LINE_LABELS, loan.path.lines, strict=False)
    ]
