"""Charts of the levels of value: waterfall from gross to liquidation, scenarios side by side."""

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from app.finance.engine import Results
from app.finance.valuation.risk_results import BridgeStep, ScenarioResult
from app.formats import money, sentence
from app.i18n import N_, Translator
from app.messages.valuation_words import BRIDGE_LABELS
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
from app.reports.chart_style import Palette, charted, named
from app.reports.risk_facts import scenario_name

_OVER_LEVEL = 0.09
"""Inches from the middle of a level up to the line above it."""

_SCENARIO_KEY = (N_("Net value"), N_("Prudent value"), N_("Liquidation value"))


def _bridge(results: Results) -> tuple[BridgeStep, ...]:
    return results.values.bridge if results.values is not None else ()


def _bridge_names(
    steps: tuple[BridgeStep, ...], trs: tuple[Translator, ...], width_inch: float
) -> list[str]:
    return row_names([[tr(BRIDGE_LABELS[step.code]) for tr in trs] for step in steps], width_inch)


def waterfall_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the waterfall needs for its rows and its key."""
    names = _bridge_names(_bridge(results), trs, width_inch)
    return rows_height(names) + key_height(_waterfall_key(trs), width_inch)


def _waterfall_key(trs: tuple[Translator, ...]) -> list[str]:
    return [named(text, trs) for text in (N_("Level of value"), N_("Deduction"), N_("Addition"))]


@charted
def waterfall_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the way from gross over net and prudent to liquidation value, one bar for each step.

    Rows run from top to bottom; each has its name at the left and its signed amount in yuan at
    the right. Levels start at zero and may lie below it. `waterfall_height` tells the height
    that the rows need.
    """
    return _waterfall(_bridge(results), trs, size_inch, colours)


def _waterfall(
    steps: tuple[BridgeStep, ...],
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    figure, axes = empty_figure(size_inch, colours)
    names = _bridge_names(steps, trs, size_inch[0])
    places = row_places(names)
    reached = [0.0]
    for row, step in enumerate(steps):
        end = float(step.level_yuan) / TEN_THOUSAND
        start = 0.0 if step.total else reached[-1]
        face = colours.shades[1] if step.total else colours.paper
        if not step.total and step.amount_yuan > 0:
            face = colours.bar
        row_bar(
            axes,
            places[row],
            (start, end),
            face,
            colours.ink if face == colours.paper else colours.edge,
        )
        if row + 1 < len(steps):
            between = [places[row] - HALF_BAR, places[row + 1] + HALF_BAR]
            axes.plot([end, end], between, color=colours.ink, linewidth=0.5, linestyle=":")
        reached.append(end)
    axes.axvline(0, color=colours.ink, linewidth=0.6, zorder=3)
    axes.set_xlim(*limits(reached))
    money_scale(axes, trs, colours, upright=False)
    name_rows(axes, names, [money(step.amount_yuan) for step in steps], colours)
    for place, step in zip(places[1:], steps[1:], strict=True):
        if step.total:
            axes.axhline(place + _OVER_LEVEL, color=colours.ink, linewidth=0.4)
    faces = ((colours.shades[1], colours.edge), (colours.paper, colours.ink),
             (colours.bar, colours.edge))  # fmt: skip
    entries = [
        (Patch(facecolor=face, edgecolor=edge, linewidth=0.6), label)
        for (face, edge), label in zip(faces, _waterfall_key(trs), strict=True)
    ]
    put_key(figure, entries, size_inch[0], colours)
    return figure


def _scenarios(results: Results) -> tuple[ScenarioResult, ...]:
    return results.values.scenarios if results.values is not None else ()


def _scenario_names(
    found: tuple[ScenarioResult, ...], trs: tuple[Translator, ...], width_inch: float
) -> list[str]:
    return row_names(
        [[sentence(scenario_name(entry, tr)) for tr in trs] for entry in found], width_inch
    )


def _scenario_key(trs: tuple[Translator, ...]) -> list[str]:
    return [named(text, trs) for text in _SCENARIO_KEY]


def scenarios_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the scenarios need for their rows and their key."""
    names = _scenario_names(_scenarios(results), trs, width_inch)
    return rows_height(names) + key_height(_scenario_key(trs), width_inch)


@charted
def scenarios_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw the net value of each scenario as a bar, with its prudent and liquidation value.

    A dashed line marks the net value of the appraisal itself; the net value in yuan stands at
    the right of each row.
    """
    figure, axes = empty_figure(size_inch, colours)
    found = _scenarios(results)
    amounts = []
    names = _scenario_names(found, trs, size_inch[0])
    for place, entry in zip(row_places(names), found, strict=True):
        net, prudent, sale = (
            float(amount) / TEN_THOUSAND
            for amount in (entry.net_yuan, entry.prudent_yuan, entry.liquidation_yuan)
        )
        row_bar(axes, place, (0.0, net), colours.bar, colours.edge)
        axes.plot([prudent], [place], **mark("D", colours.paper, colours))
        axes.plot([sale], [place], **mark("v", colours.ink, colours))
        amounts += [net, prudent, sale]
    base = float(results.values.net_yuan) / TEN_THOUSAND if results.values is not None else 0.0
    axes.axvline(base, color=colours.ink, linewidth=0.8, linestyle="--", zorder=1)
    axes.axvline(0, color=colours.ink, linewidth=0.6, zorder=3)
    axes.set_xlim(*limits([*amounts, base]))
    money_scale(axes, trs, colours, upright=False)
    name_rows(axes, names, [money(entry.net_yuan) for entry in found], colours)
    handles = (
        Patch(facecolor=colours.bar, edgecolor=colours.edge, linewidth=0.6),
        Line2D([], [], **mark("D", colours.paper, colours)),
        Line2D([], [], **mark("v", colours.ink, colours)),
    )
    put_key(figure, list(zip(handles, _scenario_key(trs), strict=True)), size_inch[0], colours)
    return figure
