"""Charts of the whole book: ladder of maturities, debt by coverage, exposure by sink carrier."""

from collections.abc import Sequence
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from app.finance.case.project import Project
from app.finance.fields import choice_label
from app.i18n import N_, Translator
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
from app.reports.chart_style import LIGHT, LOCK, Palette, draw_bars, named, words, year_scale
from app.reports.document import Drawing, Words
from app.reports.portfolio_book import Portfolio
from app.reports.portfolio_loan_facts import coverage_debt, coverage_names, ladder

_FIELD_INCH = 1.75


def ladder_drawing(book: Portfolio, said: Words) -> Drawing:
    """Return the principal that falls due by calendar year, 10,000 yuan."""
    years = {year: float(sums) / TEN_THOUSAND for year, (_count, sums) in ladder(book).items()}
    caption = said(N_("Principal due by year"))
    return Drawing(_field_height, partial(_ladder, years), caption)


def _field_height(_trs: tuple[Translator, ...], _width_inch: float) -> float:
    return _FIELD_INCH


def _ladder(
    years: dict[int, float], trs: tuple[Translator, ...], *, width_inch: float, height_inch: float
) -> Figure:
    with LOCK:
        figure, axes = empty_figure((width_inch, height_inch), LIGHT)
        _bars(axes, list(years), list(years.values()), LIGHT)
        money_scale(axes, trs, LIGHT, upright=True)
        year_scale(axes, list(years), trs, LIGHT.ink)
        return figure


def _bars(axes: Axes, places: Sequence[float], heights: Sequence[float], colours: Palette) -> None:
    draw_bars(
        axes, places, heights, [0.0] * len(heights), width=0.7, face=colours.bar,
        edge=colours.edge, label="",
    )  # fmt: skip
    axes.set_ylim(*limits(heights, room=0.08))
    axes.axhline(0, color=colours.ink, linewidth=0.5)


def coverage_drawing(book: Portfolio, said: Words) -> Drawing:
    """Return what is owed by class of coverage, 10,000 yuan."""
    debt = [float(owed) / TEN_THOUSAND for owed in coverage_debt(book)]
    caption = said(N_("Debt by coverage of the loan"))
    return Drawing(_field_height, partial(_coverage, debt), caption)


def _coverage(
    debt: Sequence[float], trs: tuple[Translator, ...], *, width_inch: float, height_inch: float
) -> Figure:
    with LOCK:
        figure, axes = empty_figure((width_inch, height_inch), LIGHT)
        _bars(axes, range(len(debt)), debt, LIGHT)
        money_scale(axes, trs, LIGHT, upright=True)
        names = coverage_names()
        axes.set_xticks(range(len(debt)), names, fontproperties=words(), color=LIGHT.ink)
        axes.set_xlim(-0.6, len(debt) - 0.4)
        label = named(N_("Coverage"), trs)
        axes.set_xlabel(label, fontproperties=words(), color=LIGHT.ink)
        return figure


_EXPOSURES = (N_("Owed in all"), N_("Sum insured"))


def carrier_drawing(book: Portfolio, said: Words) -> Drawing:
    """Return debt and sum insured by sink carrier, 10,000 yuan, the largest on top."""
    found: dict[str, list[float]] = {}
    for case, loan in book.loans:
        found.setdefault(case.carrier, [0.0, 0.0])[0] += float(loan.owed_yuan) / TEN_THOUSAND
    for case, policy in book.policies:
        sums = found.setdefault(case.carrier, [0.0, 0.0])
        sums[1] += float(policy.sum_insured_yuan) / TEN_THOUSAND
    ranked = sorted(found.items(), key=lambda pair: (-sum(pair[1]), pair[0]))
    lines = [
        (choice_label(Project, "ecosystem", code), owed, insured)
        for code, (owed, insured) in ranked
    ]
    caption = said(N_("Exposure by sink carrier; at the right debt / sum insured in 10,000 yuan"))
    return Drawing(partial(_carrier_height, lines), partial(_carriers, lines), caption)


def _names(
    lines: Sequence[tuple[str, float, float]], trs: tuple[Translator, ...], width_inch: float
) -> list[str]:
    return row_names([[tr(label) for tr in trs] for label, *_sums in lines], width_inch)


def _carrier_height(
    lines: Sequence[tuple[str, float, float]], trs: tuple[Translator, ...], width_inch: float
) -> float:
    labels = [named(text, trs) for text in _EXPOSURES]
    return rows_height(_names(lines, trs, width_inch)) + key_height(labels, width_inch)


def _carriers(
    lines: Sequence[tuple[str, float, float]],
    trs: tuple[Translator, ...],
    *,
    width_inch: float,
    height_inch: float,
) -> Figure:
    """Draw debt from the axis on and the sum insured behind it in the same row."""
    with LOCK:
        figure, axes = empty_figure((width_inch, height_inch), LIGHT)
        names = _names(lines, trs, width_inch)
        amounts = [f"{owed:,.0f} / {insured:,.0f}" for _label, owed, insured in lines]
        colours = (LIGHT.shades[1], LIGHT.shades[2])
        for place, (_label, owed, insured) in zip(row_places(names), lines, strict=True):
            row_bar(axes, place, (0.0, owed), colours[0], LIGHT.edge)
            row_bar(axes, place, (owed, owed + insured), colours[1], LIGHT.edge)
        axes.set_xlim(*limits([owed + insured for _label, owed, insured in lines], room=0.02))
        money_scale(axes, trs, LIGHT, upright=False)
        name_rows(axes, names, amounts, LIGHT)
        keys = [Patch(facecolor=face, edgecolor=LIGHT.edge, linewidth=0.6) for face in colours]
        labels = [named(text, trs) for text in _EXPOSURES]
        put_key(figure, list(zip(keys, labels, strict=True)), width_inch, LIGHT)
        return figure
