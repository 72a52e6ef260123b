"""Charts of sensitivity: tornado and spider of the net value."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from app.finance.engine import Results
from app.finance.valuation.risk_results import SpiderLine, TornadoBar
from app.formats import number, percent, plain
from app.i18n import N_, Translator
from app.messages.sensitivity_words import sensitivity_unit
from app.reports.chart_parts import (
    TEN_THOUSAND,
    empty_figure,
    key_height,
    limits,
    money_scale,
    name_rows,
    put_key,
    row_bar,
    row_names,
    row_places,
    rows_height,
)
from app.reports.chart_style import Palette, charted, named, width_of, words
from app.reports.risk_facts import input_name

MOST_BARS = 12
"""Bars of the tornado; the narrower ones are left to the table."""

_SHARES = ("share", "1/yr")
_END_ROOM = 0.06
_SHAPES = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
_DASHES = ("-", "--", "-.", ":")
_KEY = (N_("Input stepped down"), N_("Input stepped up"), N_("Net value of the appraisal"))


def bare_value(path: str, value: float) -> str:
    """Return the value of an input without its unit; shares and rates in percent."""
    code = sensitivity_unit(path)
    if code in _SHARES:
        return percent(value)
    if code == "yuan/t" and abs(value) < TEN_THOUSAND:
        return number(value)
    return plain(round(value, 2) if abs(value) < TEN_THOUSAND else round(value))


def _bars(results: Results) -> tuple[TornadoBar, ...]:
    return results.sensitivity.tornado[:MOST_BARS] if results.sensitivity is not None else ()


def _names(
    bars: tuple[TornadoBar, ...], trs: tuple[Translator, ...], width_inch: float
) -> list[str]:
    texts = [[input_name(bar.path, tr) for tr in trs] for bar in bars]
    return row_names(texts, width_inch)


def _key(trs: tuple[Translator, ...]) -> list[str]:
    return [named(text, trs) for text in _KEY]


def tornado_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the tornado needs for its rows and its key."""
    rows = rows_height(_names(_bars(results), trs, width_inch))
    return rows + key_height(_key(trs), width_inch)


@charted
def tornado_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the net value when one input moves down and up by its step, the widest bar on top.

    Light bars are the input stepped down, dark ones stepped up; the values of the input
    stand at the ends. At most `MOST_BARS` bars are drawn.
    """
    figure, axes = empty_figure(size_inch, colours)
    bars = _bars(results)
    found = results.sensitivity
    base = found.base_net_yuan / TEN_THOUSAND if found is not None else 0.0
    ends = [base]
    names = _names(bars, trs, size_inch[0])
    for place, bar in zip(row_places(names), bars, strict=True):
        low, high = bar.low_net_yuan / TEN_THOUSAND, bar.high_net_yuan / TEN_THOUSAND
        row_bar(axes, place, (base, low), colours.paper, colours.ink)
        row_bar(axes, place, (base, high), colours.shades[1], colours.ink)
        _write_ends(axes, place, bar, base, colours)
        ends += [low, high]
    axes.axvline(base, color=colours.ink, linewidth=0.9, linestyle="--", zorder=3)
    if min(ends) <= 0 <= max(ends):
        axes.axvline(0, color=colours.ink, linewidth=0.6, zorder=3)
    axes.set_xlim(*_with_texts(bars, ends, size_inch[0]))
    money_scale(axes, trs, colours, upright=False)
    name_rows(axes, names, (), colours)
    handles = (
        Patch(facecolor=colours.paper, edgecolor=colours.ink, linewidth=0.6),
        Patch(facecolor=colours.shades[1], edgecolor=colours.ink, linewidth=0.6),
        Line2D([], [], color=colours.ink, linewidth=0.9, linestyle="--"),
    )
    put_key(figure, list(zip(handles, _key(trs), strict=True)), size_inch[0], colours)
    return figure


def _write_ends(axes: Axes, place: float, bar: TornadoBar, base: float, colours: Palette) -> None:
    """Write the values of the input outside the ends; on one side they stand in one text."""
    ends: dict[bool, list[tuple[float, str]]] = {}
    for value, net in ((bar.low_input, bar.low_net_yuan), (bar.high_input, bar.high_net_yuan)):
        end = net / TEN_THOUSAND
        if end != base:
            ends.setdefault(end > base, []).append((end, bare_value(bar.path, value)))
    for right, texts in ends.items():
        end = max(texts)[0] if right else min(texts)[0]
        axes.annotate(
            " / ".join(text for _, text in texts),
            (end, place),
            xytext=(3 if right else -3, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontproperties=words(7),
            color=colours.ink,
            annotation_clip=False,
            zorder=4,
            bbox={"facecolor": colours.paper, "edgecolor": "none", "pad": 0.6},
        )


def _with_texts(
    bars: tuple[TornadoBar, ...], ends: list[float], width_inch: float
) -> tuple[float, float]:
    """Return the ends of the scale with room for the texts at the ends of the bars."""
    low, high = limits(ends, room=0.02, with_zero=False)
    texts = [
        bare_value(bar.path, value) for bar in bars for value in (bar.low_input, bar.high_input)
    ]
    widest = max(map(width_of, texts), default=0.0) + _END_ROOM
    share = widest / (0.6 * width_inch)
    room = (high - low) * share / max(1 - 2 * share, 0.2)
    return low - room, high + room


def _lines(results: Results) -> tuple[SpiderLine, ...]:
    return results.sensitivity.spider if results.sensitivity is not None else ()


def _line_labels(lines: tuple[SpiderLine, ...], trs: tuple[Translator, ...]) -> list[str]:
    return ["  ".join(dict.fromkeys(input_name(line.path, tr) for tr in trs)) for line in lines]


def spider_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the spider needs: a field of fixed height and its key."""
    return 2.2 + key_height(_line_labels(_lines(results), trs), width_inch)


@charted
def spider_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the net value over the same relative changes of each input, one line for each.

    Lines are told apart by their marks and dashes, so that grey print does too.
    """
    figure, axes = empty_figure(size_inch, colours)
    lines = _lines(results)
    shades = (colours.ink, colours.edge, colours.shades[1], colours.greys[0], colours.shades[6])
    entries = []
    nets: list[float] = []
    for at, (line, label) in enumerate(zip(lines, _line_labels(lines, trs), strict=True)):
        heights = [net / TEN_THOUSAND for net in line.net_yuan]
        nets += heights
        drawn = axes.plot(
            line.changes, heights, color=shades[at % len(shades)], linewidth=1.1,
            linestyle=_DASHES[at % len(_DASHES)], marker=_SHAPES[at % len(_SHAPES)],
            markersize=3.4, clip_on=False,
        )  # fmt: skip
        entries.append((drawn[0], label))
    axes.axvline(0, color=colours.ink, linewidth=0.5, zorder=1)
    axes.axhline(0, color=colours.ink, linewidth=0.6, zorder=1)
    axes.set_ylim(*limits(nets))
    money_scale(axes, trs, colours, upright=True)
    axes.xaxis.set_major_formatter(FuncFormatter(_signed_percent))
    label = named(N_("Change of the input"), trs)
    axes.set_xlabel(label, fontproperties=words(), color=colours.ink)
    put_key(figure, entries, size_inch[0], colours)
    return figure


def _signed_percent(value: float, _position: int) -> str:
    return f"{value * 100:+.0f}%".replace("-", "−").replace("+0%", "0%")
