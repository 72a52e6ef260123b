"""The annexes: full schedule, cash flow by year, all inputs with provenance, workings."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from app.finance.case.case import Case, CaseFile
from app.finance.case.provenance import PROVENANCE_LABELS, ProvenanceKind
from app.finance.engine import Results
from app.finance.fields import FieldSpec, fields_of
from app.formats import money, number, plain, unit
from app.i18n import N_
from app.reports.document import (
    Block,
    Grid,
    Heading,
    Prose,
    Text,
    Words,
    Workings,
    free,
)

MARKS = {
    ProvenanceKind.DISCLOSED: N_("D"),
    ProvenanceKind.MEASURED: N_("M"),
    ProvenanceKind.ASSUMED: N_("A"),
    ProvenanceKind.DEFAULT: N_("Def"),
}
"""The short mark of each provenance, as printed beside an input."""

_LINE_OF_TABLE = N_("{table}, line {line}: {column}")


def schedule(words: Words, results: Results) -> Iterator[Block]:
    """Every line of the repayment schedule, and the totals."""
    loan = results.loan
    if loan is None:
        return
    yield Heading(words(N_("Annex A: repayment schedule")))
    rows = [
        (
            free(str(line.number)),
            free(line.due.isoformat()),
            free(money(line.principal_yuan)),
            free(money(line.interest_yuan)),
            free(money(line.payment_yuan)),
            free(money(line.closing_yuan)),
        )
        for line in loan.schedule
    ]
    total = (
        words(N_("Total")),
        free(""),
        free(money(loan.amount_yuan)),
        free(money(loan.total_interest_yuan)),
        free(money(loan.total_payment_yuan)),
        free(""),
    )
    yield Grid(
        tuple(
            words(label)
            for label in (
                N_("No."),
                N_("Due"),
                N_("Principal (yuan)"),
                N_("Interest (yuan)"),
                N_("Payment (yuan)"),
                N_("Balance (yuan)"),
            )
        ),
        (*rows, total),
        (0.08, 0.16, 0.19, 0.19, 0.19, 0.19),
        (True, False, True, True, True, True),
        total=True,
    )
    yield Prose(
        words(N_("Each amount is rounded half-up to the fen; the last line takes the rest.")),
        small=True,
    )


def cash_flow(words: Words, results: Results) -> Iterator[Block]:
    """The yearly cash flow behind the net value."""
    rows = results.values.cash_flow
    if not rows:
        return
    yield Heading(words(N_("Annex B: cash flow of the right by year")))
    yield Grid(
        tuple(
            words(label)
            for label in (
                N_("Year"),
                N_("Credits (tCO₂e)"),
                N_("Price (yuan/t)"),
                N_("Revenue (yuan)"),
                N_("Shares of revenue (yuan)"),
                N_("Costs (yuan)"),
                N_("Net (yuan)"),
                N_("Factor"),
                N_("Present value (yuan)"),
            )
        ),
        tuple(
            (
                free(f"{row.index} · {row.calendar_year}"),
                free(number(row.credits_sold_tco2e)),
                free(number(row.price_yuan_t)),
                free(number(row.revenue_yuan)),
                free(number(row.revenue_costs_yuan)),
                free(number(row.fixed_costs_yuan)),
                free(number(row.net_yuan)),
                free(number(row.factor, 5)),
                free(number(row.present_value_yuan)),
            )
            for row in rows
        ),
        (0.09, 0.1, 0.09, 0.13, 0.12, 0.12, 0.13, 0.08, 0.14),
        (False, *(True,) * 8),
    )


def _shown(value: Any, spec: FieldSpec, words: Words) -> Text:
    """An input as text: choices by name, shares in percent, numbers with separators."""
    choices = dict(spec.field.choices)
    if isinstance(value, Enum):
        return words(choices[value.value])
    if isinstance(value, date):
        return free(value.isoformat())
    if isinstance(value, Decimal):
        return free(money(value))
    if isinstance(value, int | float):
        return free(f"{plain(value * 100)}%" if spec.field.percent else _figure(value, spec))
    return free(str(value))


def _figure(value: float, spec: FieldSpec) -> str:
    years = spec.name in ("first_year", "last_year", "year")
    return str(value) if years else plain(float(value))


def _table_rows(value: Any, spec: FieldSpec, words: Words) -> Iterator[tuple[Text, Text, Text]]:
    for index, line in enumerate(value, start=1):
        for column in fields_of(spec.kind):
            label = words.each(
                lambda tr, c=column, i=index: tr(_LINE_OF_TABLE).format(
                    table=tr(spec.field.label), line=i, column=tr(c.field.label)
                )
            )
            shown = _shown(getattr(line, column.name), column, words)
            yield label, shown, words.each(lambda tr, c=column: unit(c.field.unit, tr))


def inputs(words: Words, file: CaseFile) -> Iterator[Block]:
    """Each input with its unit, provenance and source."""
    yield Heading(words(N_("Annex C: inputs and where they come from")))
    legend = words.each(
        lambda tr: tr(
            N_(
                "{disclosed} disclosed · {measured} measured · "
                "{assumed} assumed · {default} default"
            )
        ).format(**{kind.value: tr(mark) for kind, mark in MARKS.items()})
    )
    yield Prose(legend, small=True)
    rows: list[tuple[Text, ...]] = []
    for spec in fields_of(Case):
        value = file.value_at(spec.path)
        if spec.section or value in (None, "", ()):
            continue
        entry = file.provenance_of(spec.path)
        mark = words(MARKS[entry.kind])
        source = words(entry.source) if entry.source else words(PROVENANCE_LABELS[entry.kind])
        if spec.table:
            for number_of, parts in enumerate(_table_rows(value, spec, words)):
                rows.append((*parts, mark, source if number_of == 0 else free("")))
            continue
        name = words.each(lambda tr, s=spec: unit(s.field.unit, tr))
        rows.append((words(spec.field.label), _shown(value, spec, words), name, mark, source))
    yield Grid(
        tuple(
            words(label)
            for label in (
                N_("Input"),
                N_("Value"),
                N_("Unit"),
                N_("Mark"),
                N_("Source or reason"),
            )
        ),
        tuple(rows),
        (0.26, 0.24, 0.11, 0.07, 0.32),
        (False, False, False, False, False),
    )


def workings(words: Words, results: Results) -> Iterator[Block]:
    """How each printed figure was computed."""
    yield Heading(words(N_("Annex D: workings")))
    yield Workings(results.working)
