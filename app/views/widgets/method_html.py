"""A method of the register as HTML: what it says, its figures, the inputs it asks for."""

from collections.abc import Iterable
from html import escape

from app.i18n import N_, Translator
from app.services.method_inputs import InputState, MethodInput
from app.services.method_register import Figure, MethodPage
from app.services.method_tables import FiguresTable

_STATE_STYLES = {
    InputState.REQUIRED: "need",
    InputState.CONDITIONAL: "need",
    InputState.PUBLISHED: "known",
    InputState.DEFAULT: "known",
    InputState.OPTIONAL: "small",
}


def _span(style: str, text: str) -> str:
    return f'<span class="{style}">{escape(text)}</span>'


def _lines_of(*parts: str) -> str:
    return "<br/>".join(part for part in parts if part)


def _row(first: str, *others: str, inner: bool = False, side: str = "left") -> str:
    inside = "".join(f'<td class="line" align="{side}">{cell}</td>' for cell in others)
    return f'<tr><td class="{"inner" if inner else "line"}">{first}</td>{inside}</tr>'


def _table(
    heads: Iterable[str], widths: Iterable[int], rows: Iterable[str], *, side: str = "left"
) -> str:
    head = "".join(
        f'<th align="{side if at else "left"}" class="line" width="{width}%">{escape(text)}</th>'
        for at, (text, width) in enumerate(zip(heads, widths, strict=True))
    )
    return f'<table width="100%" cellspacing="0"><tr>{head}</tr>{"".join(rows)}</table>'


def _figures(figures: Iterable[Figure], tr: Translator) -> str:
    rows = (
        _row(
            _lines_of(escape(figure.name), _span("small", figure.note) if figure.note else ""),
            f"<b>{escape(figure.value).replace(' ', '&nbsp;')}</b>",
            _lines_of(
                escape(figure.clause),
                _span("small", figure.source),
                _span("known" if figure.in_source else "part", figure.status),
            ),
        )
        for figure in figures
    )
    heads = (tr(N_("Figure")), tr(N_("Value")), tr(N_("Where it stands")))
    return _table(heads, (40, 22, 38), rows)


def _further(table: FiguresTable, tr: Translator) -> str:
    width = 100 // len(table.heads)
    rows = (_row(*(escape(cell) for cell in line), side="right") for line in table.lines)
    source = tr(N_("Source: {source}")).format(source=table.source)
    return (
        f"<h3>{escape(table.title)}</h3>"
        f"{_table(table.heads, [width] * len(table.heads), rows, side='right')}"
        f"<p>{_span('small', source)}</p>"
    )


def _input_row(row: MethodInput, tr: Translator) -> str:
    unit = f"&nbsp; {_span('small', row.unit)}" if row.unit else ""
    choices = ""
    if row.choices:
        choices = _span("small", tr(N_("One of: {choices}")).format(choices=row.choices))
    return _row(
        f"{escape(row.label)}{unit}",
        _span(_STATE_STYLES[row.state], row.state_text),
        _lines_of(escape(row.help), choices),
        inner=row.of_line,
    )


def _inputs(inputs: Iterable[MethodInput], tr: Translator) -> str:
    rows: list[str] = []
    group = ""
    for row in inputs:
        if row.group != group:
            group = row.group
            rows.append(f'<tr><td class="group" colspan="3">{escape(group)}</td></tr>')
        rows.append(_input_row(row, tr))
    heads = (tr(N_("Input")), tr(N_("State")), tr(N_("What to enter")))
    return _table(heads, (34, 24, 42), rows)


def _facts(page: MethodPage) -> str:
    rows = "".join(
        f'<tr><td class="fact" width="20%">{escape(label)}</td>'
        f'<td class="said">{escape(text)}</td></tr>'
        for label, text in page.facts
    )
    return f'<table width="100%" cellspacing="0">{rows}</table>'


def _head(page: MethodPage, tr: Translator) -> str:
    equations = tr(N_("Equations: {state}")).format(state=page.equations)
    style = "part" if page.caution else "known"
    caution = ""
    if page.caution:
        cell = f'<td class="stale">{escape(page.caution)}</td>'
        caution = f'<table width="100%" cellspacing="0"><tr>{cell}</tr></table>'
    byline = _span("small", " · ".join(page.byline))
    return f"<h2>{escape(page.name)}</h2><p>{byline}<br/>{_span(style, equations)}</p>{caution}"


def method_html(page: MethodPage, tr: Translator) -> str:
    """Return the whole page of a method."""
    parts = [_head(page, tr), _facts(page)]
    if page.figures:
        parts += [f"<h3>{escape(tr(N_('Published figures')))}</h3>", _figures(page.figures, tr)]
    parts += [_further(table, tr) for table in page.tables]
    general = tr(
        N_(
            "Sites, verifications, the ledger and uncertain inputs are offered with every method; "
            "the form marks what the choices make necessary."
        )
    )
    parts += [
        f"<h3>{escape(tr(N_('Inputs')))}</h3>",
        _inputs(page.inputs, tr),
        f"<p>{_span('small', general)}</p>",
    ]
    return f"<html><body>{''.join(parts)}</body></html>"
