"""Draws the blocks that are no plain tables: headings, first figure, flags, chart, workings."""

from collections.abc import Callable, Iterator, Mapping

from matplotlib.figure import Figure
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from app.finance.explain import Step, Term
from app.formats import PERCENT_UNITS, quantity
from app.i18n import Translator
from app.reports import (
    carbon_chart,
    charts,
    insurance_charts,
    loan_charts,
    site_chart,
    value_charts,
)
from app.reports.document import (
    NOTHING,
    Chart,
    ChartKind,
    Drawing,
    Flag,
    Flags,
    Heading,
    Hero,
    Prose,
    SiteMap,
    Text,
    Words,
    Workings,
)
from app.reports.entries import is_number
from app.reports.pen import Pen, hexadecimal
from app.reports.styles import ALERT, BLUSH, GREY, LINE, LINE_WIDTH
from app.reports.tables import table
from app.reports.vector import FigureOnPage

_CAPTION = 20.0


def heading(pen: Pen, block: Heading) -> Flowable:
    """A heading; the first level enters the outline."""
    style = pen.styles.heading if block.level == 1 else pen.styles.subheading
    drawn = pen.paragraph(pen.beside(block.text, size=7.4, bold=True), style)
    if block.level == 1:
        drawn.outline_name = block.text.leading  # type: ignore[attr-defined]
    return drawn


def prose(pen: Pen, block: Prose) -> Flowable:
    """A paragraph, in each language."""
    return pen.paragraph(pen.each(block.text), pen.styles.small if block.small else pen.styles.body)


def _panel(pen: Pen, rows: list[list[object]], widths: list[float], colors: tuple[object, object],
           padding: float) -> Table:  # fmt: skip
    """A tinted panel with a rule at its left."""
    ground, rule = colors
    panel = Table(rows, colWidths=widths, splitInRow=1)
    panel.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), pen.styles.face, 8),
                ("BACKGROUND", (0, 0), (-1, -1), ground),
                ("LINEBEFORE", (0, 0), (0, -1), 2.4, rule),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("TOPPADDING", (0, 0), (-1, -1), padding),
                ("BOTTOMPADDING", (0, 0), (-1, -1), padding + 1),
            ]
        )
    )
    panel.spaceBefore, panel.spaceAfter = 5, 3
    return panel


def _second_of(pen: Pen, text: Text) -> list[Flowable]:
    """The second language of a value that is words, beneath it."""
    return [pen.paragraph(pen.line(line, 1), pen.styles.body) for line in text.lines[1:]]


def hero(pen: Pen, block: Hero) -> Flowable:
    """The first figure of the sheet, larger than any other."""
    styles = pen.styles
    row: list[object] = [
        [
            pen.paragraph(pen.stacked(block.label, size=7, bold=True), styles.body),
            pen.paragraph(pen.line(block.value.leading, bold=True) + pen.mark(block.step),
                          styles.hero),
            *_second_of(pen, block.value),
        ],
        [
            pen.paragraph(pen.stacked(block.second_label, size=7), styles.body),
            pen.paragraph(pen.line(block.second_value.leading), styles.second_hero),
            *_second_of(pen, block.second_value),
            pen.paragraph(pen.each(block.note), styles.small),
        ],
    ]  # fmt: skip
    return _panel(
        pen, [row], [0.46 * LINE_WIDTH, 0.54 * LINE_WIDTH], (styles.tint, styles.colour), 5
    )


_BRACKETS = {"zh": ("（", "）"), "en": ("(", ")")}


def _flag(pen: Pen, block: Flags, flag: Flag) -> Flowable:
    label = block.red_label if flag.red else block.warning_label
    labels = (label.lines * len(flag.text.lines))[: len(flag.text.lines)]
    color = hexadecimal(ALERT)
    lines = []
    for index, (name, line) in enumerate(zip(labels, flag.text.lines, strict=True)):
        sign = ("■ " if flag.red else "△ ") if index == 0 else ""
        kind = pen.line(name, index, bold=True)
        lines.append(f'<font color="{color}">{sign}{kind}</font>&nbsp; {pen.line(line, index)}')
    if flag.rule.leading:
        left, right = _BRACKETS[pen.words.translators[0].language]
        rule = f"{left}{pen.beside(flag.rule)}{right}"
        lines[-1] += f'&nbsp; <font color="{hexadecimal(GREY)}">{rule}</font>'
    return pen.paragraph("<br/>".join(lines), pen.styles.cell)


def flags(pen: Pen, block: Flags) -> Flowable:
    """Red flags, then warnings, in a panel; one quiet line when there are none."""
    title = pen.beside(block.title, size=7, bold=True)
    if not block.flags:
        text = f"{title}&nbsp; {pen.beside(block.none)}"
        return _panel(
            pen, [[pen.paragraph(text, pen.styles.cell)]], [LINE_WIDTH], (pen.styles.tint, LINE), 3
        )
    colored = f'<font color="{hexadecimal(ALERT)}">{title}</font>'
    rows: list[list[object]] = [[pen.paragraph(colored, pen.styles.body)]]
    rows += [[_flag(pen, block, flag)] for flag in block.flags]
    if block.note != NOTHING:
        rows.append([pen.paragraph(pen.each(block.note), pen.styles.cell)])
    return _panel(pen, rows, [LINE_WIDTH], (BLUSH, ALERT), 1.6)


_CHARTS: Mapping[ChartKind, tuple[value_charts.Height, Callable[..., Figure]]] = {
    ChartKind.CASH_FLOW: (charts.cash_flow_height, charts.cash_flow_figure),
    ChartKind.CARBON: (carbon_chart.carbon_height, carbon_chart.carbon_figure),
    ChartKind.WATERFALL: (value_charts.waterfall_height, value_charts.waterfall_figure),
    ChartKind.EVIDENCE: (value_charts.evidence_height, value_charts.evidence_figure),
    ChartKind.SCENARIOS: (value_charts.scenarios_height, value_charts.scenarios_figure),
    ChartKind.DISTRIBUTION: (value_charts.distribution_height, value_charts.distribution_figure),
    ChartKind.PRICE_FAN: (value_charts.fan_height, value_charts.fan_figure),
    ChartKind.TORNADO: (value_charts.tornado_height, value_charts.tornado_figure),
    ChartKind.SIZING: (loan_charts.sizing_height, loan_charts.sizing_figure),
    ChartKind.COVERAGE_PATH: (loan_charts.coverage_path_height, loan_charts.coverage_path_figure),
    ChartKind.SCHEDULE: (loan_charts.schedule_height, loan_charts.schedule_figure),
    ChartKind.DSCR: (loan_charts.dscr_height, loan_charts.dscr_figure),
    ChartKind.HEAT_COVERAGE: (loan_charts.heat_coverage_height, loan_charts.heat_coverage_figure),
    ChartKind.HEAT_DSCR: (loan_charts.heat_dscr_height, loan_charts.heat_dscr_figure),
    ChartKind.EXCEEDANCE: (insurance_charts.exceedance_height, insurance_charts.exceedance_figure),
    ChartKind.PREMIUM_BUILD_UP: (
        insurance_charts.premium_build_up_height,
        insurance_charts.premium_build_up_figure,
    ),
    ChartKind.PAYOUT_CURVE: (
        insurance_charts.payout_curve_height,
        insurance_charts.payout_curve_figure,
    ),
    ChartKind.HISTORY_BURN: (
        insurance_charts.history_burn_height,
        insurance_charts.history_burn_figure,
    ),
}


def chart_height(block: Chart, words: Words) -> float:
    """Return the points that a chart takes, its caption included."""
    height, _figure = _CHARTS[block.kind]
    return 72 * height(block.results, words.translators, LINE_WIDTH / 72) + _CAPTION


def chart(pen: Pen, block: Chart) -> Flowable:
    """The chart as a vector drawing over the whole line."""
    trs, width = pen.words.translators, LINE_WIDTH / 72
    height, draw = _CHARTS[block.kind]
    inches = height(block.results, trs, width)
    figure = draw(block.results, trs, width_inch=width, height_inch=inches)
    return _captioned(pen, block.caption, figure)


def _captioned(pen: Pen, caption: Text, figure: Figure) -> Flowable:
    said = pen.paragraph(pen.beside(caption), pen.styles.small)
    return KeepTogether([Spacer(1, 4), said, Spacer(1, 2), FigureOnPage(figure)])


def drawing_height(block: Drawing, words: Words) -> float:
    """Return the points that a drawing takes, its caption included."""
    return 72 * block.height(words.translators, LINE_WIDTH / 72) + _CAPTION


def drawing(pen: Pen, block: Drawing) -> Flowable:
    """A chart that knows by itself what it is of, over the whole line."""
    trs, width = pen.words.translators, LINE_WIDTH / 72
    inches = block.height(trs, width)
    figure = block.draw(trs, width_inch=width, height_inch=inches)
    return _captioned(pen, block.caption, figure)


def site_map(block: SiteMap) -> Flowable:
    """The map of the sites as a vector drawing over the whole line."""
    figure = site_chart.site_figure(block.sites, width_inch=LINE_WIDTH / 72, height_inch=2.3)
    drawn = FigureOnPage(figure)
    drawn.spaceAfter = 6
    return drawn


def workings(pen: Pen, block: Workings) -> Iterator[Flowable]:
    """Each step: number, name, formula, values put in, result, source."""
    for number, step in enumerate(block.steps, start=block.first):
        yield KeepTogether(list(_working(pen, number, step)))


def _working(pen: Pen, number: int, step: Step) -> Iterator[Flowable]:
    styles, words = pen.styles, pen.words
    lead = words.translators[0]
    label = pen.beside(words(step.label), size=7, bold=True)
    anchor = f'<a name="w{number}"/><font color="{hexadecimal(styles.colour)}">[{number}]</font>'
    result = pen.line(quantity(step.value, step.unit, lead), bold=True)
    yield pen.paragraph(f"{anchor}&nbsp; {label}", styles.subheading)
    yield pen.paragraph(f"{pen.formula(step.formula)} = {result}", styles.body)
    rows = [_term(pen, term, lead) for term in step.terms]
    if rows:
        commands = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.25, LINE),
            ("ALIGN", (2, 0), (2, -1), "RIGHT"),
        ]
        shares = (0.11, 0.47, 0.24)
        yield table(pen, rows, [share * LINE_WIDTH for share in shares], commands)
    for tail in (step.note, step.source):
        if tail:
            yield pen.paragraph(pen.beside(words(tail)), styles.small)


def _digits(term: Term) -> int | None:
    """Places of a rate put into a formula: as many as it takes to do the sum again."""
    value = term.value
    if not is_number(value) or term.unit not in (*PERCENT_UNITS, "1/yr"):
        return None
    percent = float(value) * 100  # type: ignore[arg-type]
    return next(
        (places for places in range(2, 6) if abs(percent - round(percent, places)) < 1e-7), 6
    )


def _term(pen: Pen, term: Term, lead: Translator) -> list[Flowable | str]:
    shown = quantity(term.value, term.unit, lead, digits=_digits(term))
    return [
        pen.paragraph(pen.formula(term.symbol), pen.styles.cell),
        pen.paragraph(pen.beside(pen.words(term.label)), pen.styles.cell),
        pen.paragraph(pen.line(shown), pen.styles.cell_right),
    ]
