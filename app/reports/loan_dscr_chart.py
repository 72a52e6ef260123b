"""The chart of the cover: DSCR of each loan year against the DSCR asked for."""

from collections.abc import Sequence
from statistics import median

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.finance.engine import Results
from app.finance.lending.results import CoverResult, LoanYear
from app.i18n import N_, Translator
from app.reports.chart_parts import empty_figure, key_height, mark, put_key
from app.reports.chart_style import Palette, charted, draw_bars, named, thousands, words
from app.reports.cover_facts import times

_FIELD_INCH = 1.75
_FIGURED = 12
"""Up to so many years each bar has its figure."""

_WIDEST, _AS_WIDE_FROM = 0.62, 6

_FAR_ABOVE = 3.0
"""The scale ends at so many times what is asked for; a sign marks the bars beyond."""

_PAID, _SHORT = N_("DSCR of the loan year"), N_("Cash falls short (DSCR below 1)")
_REQUIRED, _EVEN = N_("DSCR asked for: {figure}"), N_("Cash equals debt service")


def _years(results: Results) -> list[tuple[LoanYear, float]]:
    """Return the years in which something is due, with their DSCR."""
    years = results.loan.cover.years if results.loan is not None else ()
    return [(year, year.dscr) for year in years if year.dscr is not None]


def _key(results: Results, trs: tuple[Translator, ...]) -> list[str]:
    labels = [named(_PAID, trs), named(_SHORT, trs), named(_EVEN, trs)]
    required = results.loan.cover.required_dscr if results.loan is not None else None
    if required is not None:
        said = (tr(_REQUIRED).format(figure=times(required)) for tr in trs)
        labels.append("  ".join(dict.fromkeys(said)))
    return labels


def dscr_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the DSCR needs: a field of fixed height and its key."""
    return _FIELD_INCH + key_height(_key(results, trs), width_inch)


@charted
def dscr_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw cash over debt service of each loan year as a bar, with the DSCR asked for as a line.

    Years whose cash does not pay the debt service are dark. A bar far above is cut, with a sign
    at the edge; its figure is still that of the year. Years without debt service have no bar.
    """
    figure, axes = empty_figure(size_inch, colours)
    found = _years(results)
    if results.loan is None or not found:
        return figure
    cover = results.loan.cover
    low, high = _ends([dscr for _year, dscr in found], cover.required_dscr)
    _bars(axes, found, (low, high), colours)
    axes.axhline(0, color=colours.ink, linewidth=0.5)
    axes.axhline(1.0, color=colours.ink, linewidth=0.9, linestyle=":", zorder=3)
    handles = [
        Patch(facecolor=colours.bar, edgecolor=colours.edge, linewidth=0.6),
        Patch(facecolor=colours.shades[3], edgecolor=colours.edge, linewidth=0.6),
        Line2D([], [], color=colours.ink, linewidth=0.9, linestyle=":"),
    ]
    if cover.required_dscr is not None:
        axes.axhline(
            cover.required_dscr, color=colours.ink, linewidth=1.1, linestyle="--", zorder=3
        )
        handles.append(Line2D([], [], color=colours.ink, linewidth=1.1, linestyle="--"))
    _scales(axes, cover, (low, high), trs, colours)
    put_key(figure, list(zip(handles, _key(results, trs), strict=True)), size_inch[0], colours)
    return figure


def _ends(ratios: Sequence[float], required: float | None) -> tuple[float, float]:
    """Return the ends of the scale: bars far above what is asked for do not set it."""
    asked = max(required or 0.0, 1.0)
    far = max(_FAR_ABOVE * asked, 1.5 * median(ratios))
    high = max(asked * 1.15, min(max(ratios), far)) * 1.1
    low = min(0.0, *ratios)
    return max(low * 1.15, -high), high


def _bars(
    axes: Axes,
    found: list[tuple[LoanYear, float]],
    ends: tuple[float, float],
    colours: Palette,
) -> None:
    low, high = ends
    for short, face in ((False, colours.bar), (True, colours.shades[3])):
        chosen = [(year.index, dscr) for year, dscr in found if (dscr < 1) is short]
        if chosen:
            draw_bars(
                axes, [index for index, _dscr in chosen],
                [min(max(dscr, low), high) for _index, dscr in chosen], [0.0] * len(chosen),
                width=_bar_width(found), face=face, edge=colours.edge, label="",
            )  # fmt: skip
    for year, dscr in found:
        beyond = dscr > high
        if beyond:
            axes.plot([year.index], [high], **mark("^", colours.paper, colours))
        if len(found) <= _FIGURED:
            axes.annotate(
                times(dscr), (year.index, min(max(dscr, 0.0), high)),
                xytext=(0, 6 if beyond else 2), textcoords="offset points", ha="center",
                va="bottom", fontproperties=words(7.0),
                color=colours.ink, annotation_clip=False, zorder=4,
                bbox={"facecolor": colours.paper, "edgecolor": "none", "pad": 0.4},
            )  # fmt: skip


def _bar_width(found: list[tuple[LoanYear, float]]) -> float:
    """Return the width of a bar in years: few bars are not wider than those of a long loan."""
    return min(_WIDEST, _WIDEST * found[-1][0].index / _AS_WIDE_FROM)


def _scales(
    axes: Axes,
    cover: CoverResult,
    ends: tuple[float, float],
    trs: tuple[Translator, ...],
    colours: Palette,
) -> None:
    axes.set_ylim(*ends)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(thousands))
    axes.set_ylabel("DSCR", fontproperties=words(), color=colours.ink)
    last = cover.years[-1].index
    axes.set_xlim(0.3, last + 0.7)
    step = -(-last // _FIGURED)
    shown = [year for year in cover.years if (year.index - 1) % step == 0]
    axes.set_xticks(
        [year.index for year in shown], [f"{year.index}\n{year.last_day:%Y-%m}" for year in shown]
    )
    axes.set_xlabel(
        named(N_("Loan year and the month it ends in"), trs), fontproperties=words(),
        color=colours.ink,
    )  # fmt: skip
