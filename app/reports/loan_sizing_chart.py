"""The chart of the sizing: a bar for each bound that is known, the amount asked as a line."""

from decimal import Decimal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from app.finance.engine import Results
from app.finance.lending.results import Bound, LoanResult
from app.formats import money
from app.i18n import N_, Translator
from app.reports.chart_parts import (
    TEN_THOUSAND,
    empty_figure,
    key_height,
    mark,
    name_rows,
    put_key,
    row_bar,
    row_names,
    row_places,
    rows_height,
)
from app.reports.chart_style import Palette, charted, named, thousands, words

LOG_FROM = 12.0
"""Amount asked over the smallest bound from which the scale is logarithmic."""

MOST_OVER_ASKED = 2.5
"""Bars end at so many times the amount asked; what lies beyond is marked at the edge."""

_NOTE_INCH = 0.18
_NOTHING, _POINT = 5.0, 7.0
_ASKED = N_("Amount asked: {amount} yuan")


def _known(results: Results) -> tuple[tuple[Bound, Decimal], ...]:
    bounds = results.loan.bounds if results.loan is not None else ()
    return tuple((one, one.amount_yuan) for one in bounds if one.amount_yuan is not None)


def _names(
    known: tuple[tuple[Bound, Decimal], ...], trs: tuple[Translator, ...], width_inch: float
) -> list[str]:
    return row_names(
        [
            [
                tr(N_("{bound} (binding)")).format(bound=tr(bound.label))
                if bound.binding
                else tr(bound.label)
                for tr in trs
            ]
            for bound, _amount in known
        ],
        width_inch,
    )


def _said(message: str, trs: tuple[Translator, ...], **facts: str) -> str:
    return "  ".join(dict.fromkeys(tr(message).format(**facts) for tr in trs))


def _key(loan: LoanResult | None, trs: tuple[Translator, ...]) -> list[str]:
    asked = money(loan.amount_yuan if loan is not None else None)
    return [
        named(N_("Bound"), trs),
        named(N_("Binding bound"), trs),
        _said(_ASKED, trs, amount=asked),
    ]


def _left_out(results: Results) -> int:
    total = len(results.loan.bounds) if results.loan is not None else 0
    return total - len(_known(results))


def sizing_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the bars of the sizing need for their rows, scale and key."""
    rows = rows_height(_names(_known(results), trs, width_inch))
    return rows + key_height(_key(results.loan, trs), width_inch) + _NOTE_INCH * len(trs)


class _Scale:
    """From where to where the scale of money runs, 10,000 yuan, and whether it is logarithmic."""

    def __init__(self, amounts: list[float], asked: float) -> None:
        positive = [amount for amount in amounts if amount > 0]
        self.log = bool(positive) and asked / min(positive) >= LOG_FROM
        top = min(max([asked, *amounts]), MOST_OVER_ASKED * asked)
        self.high = top * (2.0 if self.log else 1.06)
        self.low = min([*positive, asked]) / 3 if self.log else 0.0

    def put(self, axes: Axes, trs: tuple[Translator, ...], colours: Palette, note: str) -> None:
        axes.set_xlim(self.low, self.high)
        label = N_("10,000 yuan")
        if self.log:
            axes.set_xscale("log")
            axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=12))
            axes.xaxis.set_minor_formatter(NullFormatter())
            label = N_("10,000 yuan, logarithmic scale")
        else:
            axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
        axes.xaxis.set_major_formatter(FuncFormatter(thousands))
        text = named(label, trs) + (f"\n{note}" if note else "")
        axes.set_xlabel(text, fontproperties=words(), color=colours.ink, linespacing=1.5)


@charted
def sizing_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw each bound of the loan that is known as a bar, with its amount in yuan at the right.

    The binding one is dark and named as such; the amount asked is a line. Where it is `LOG_FROM`
    times the smallest bound or more, the scale is logarithmic and a bound is a point instead of a
    bar, as a bar on such a scale has no length that means anything. Bounds far above the amount
    asked end in an arrow at the edge; those without an amount are counted below the scale.
    """
    figure, axes = empty_figure(size_inch, colours)
    known, loan = _known(results), results.loan
    if loan is None or not known:
        return figure
    asked = float(loan.amount_yuan) / TEN_THOUSAND
    amounts = [float(amount) / TEN_THOUSAND for _bound, amount in known]
    scale = _Scale(amounts, asked)
    names = _names(known, trs, size_inch[0])
    for place, (bound, _amount), amount in zip(row_places(names), known, amounts, strict=True):
        face = colours.shades[3] if bound.binding else colours.bar
        _row(axes, scale, (place, amount), face, colours)
    axes.axvline(asked, color=colours.ink, linewidth=1.1, linestyle="--", zorder=3)
    count = _left_out(results)
    lines = [tr(N_("Bounds left out, without an amount: {count}")) for tr in trs] if count else []
    note = "\n".join(dict.fromkeys(line.format(count=count) for line in lines))
    scale.put(axes, trs, colours, note)
    name_rows(axes, names, [money(amount) for _bound, amount in known], colours)
    put_key(figure, list(zip(_handles(scale, colours), _key(loan, trs), strict=True)),
            size_inch[0], colours)  # fmt: skip
    return figure


def _row(axes: Axes, scale: _Scale, at: tuple[float, float], face: str, colours: Palette) -> None:
    """Draw one bound at its place: a bar, or a point where the scale is logarithmic."""
    place, amount = at
    end = min(amount, scale.high)
    if not scale.log:
        row_bar(axes, place, (0.0, end), face, colours.edge)
    elif amount > 0:
        axes.plot([scale.low, end], [place, place], color=colours.edge, linewidth=0.6, zorder=2)
        if amount <= scale.high:
            axes.plot([end], [place], **mark("o", face, colours, _POINT))
    if amount > scale.high:
        axes.plot([end], [place], **mark(">", face, colours))
    elif amount <= 0:
        axes.plot([scale.low], [place], **mark("D", face, colours, _NOTHING))


def _handles(scale: _Scale, colours: Palette) -> list[Artist]:
    handles: list[Artist] = [
        Line2D([], [], **mark("o", face, colours, _POINT))
        if scale.log
        else Patch(facecolor=face, edgecolor=colours.edge, linewidth=0.6)
        for face in (colours.bar, colours.shades[3])
    ]
    handles.append(Line2D([], [], color=colours.ink, linewidth=1.1, linestyle="--"))
    return handles
