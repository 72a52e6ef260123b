"""The annex of inputs: every one with unit, mark of provenance and source."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from app.finance.case.case import Case, CaseFile
from app.finance.case.provenance import PROVENANCE_LABELS, ProvenanceKind
from app.finance.fields import FieldSpec, fields_of
from app.formats import money, plain, unit
from app.i18n import N_
from app.reports.document import (
    EMPTY,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Prose,
    Text,
    Words,
    free,
)
from app.reports.entries import cell, number_cell

MARKS = {
    ProvenanceKind.DISCLOSED: N_("D"),
    ProvenanceKind.MEASURED: N_("M"),
    ProvenanceKind.ASSUMED: N_("A"),
    ProvenanceKind.DEFAULT: N_("Def"),
}
"""The short mark of each provenance, as printed beside an input."""

_PRINTED_ELSEWHERE = ("notes",)
_YEARS = ("first_year", "last_year", "year")


def _shown(value: Any, spec: FieldSpec, words: Words) -> Text:
    """An input as text: choices by name, shares in percent, numbers with separators."""
    if isinstance(value, Enum):
        return words(dict(spec.field.choices)[value.value])
    if isinstance(value, date):
        return free(value.isoformat())
    if isinstance(value, Decimal):
        return free(money(value))
    if isinstance(value, int | float):
        if spec.name in _YEARS:
            return free(str(value))
        return free(f"{plain(value * 100)}%" if spec.field.percent else plain(float(value)))
    return free(str(value))


def _unit(spec: FieldSpec, words: Words) -> Text:
    return words.each(lambda tr: unit(spec.field.unit, tr))


def _provenance(file: CaseFile, spec: FieldSpec, words: Words) -> tuple[Text, Text]:
    entry = file.provenance_of(spec.path)
    label = PROVENANCE_LABELS[entry.kind]
    return words(MARKS[entry.kind]), words(entry.source or label)


def _row(file: CaseFile, spec: FieldSpec, words: Words) -> tuple[Cell, ...]:
    value = file.value_at(spec.path)
    shown = _shown(value, spec, words)
    mark, source = _provenance(file, spec, words)
    if isinstance(value, int | float | Decimal):
        parts = (number_cell(shown.leading), cell(_unit(spec, words)))
    else:
        parts = (cell(shown, span=2), EMPTY)
    return (cell(words(spec.field.label)), *parts, cell(mark), cell(source))


def _printed(file: CaseFile) -> Iterator[FieldSpec]:
    for spec in fields_of(Case):
        if spec.path in _PRINTED_ELSEWHERE or file.value_at(spec.path) in (None, "", ()):
            continue
        yield spec


def _plan(file: CaseFile, spec: FieldSpec, words: Words) -> Iterator[Block]:
    """A table of the case as a table of its own, a line each."""
    columns = fields_of(spec.kind)
    mark, source = _provenance(file, spec, words)
    if len(source.lines) == 1:
        mark = free(" ".join(mark.lines))
    origin = (f"{label} · {where}" for label, where in zip(*_even(mark, source), strict=True))
    yield Heading(words(spec.field.label), 2)
    yield Prose(Text(tuple(origin)), small=True)
    heads = []
    for column in columns:
        name = _unit(column, words)
        label = words(column.field.label)
        lines = zip(*_even(label, name), strict=True)
        joined = Text(tuple(f"{text} ({code})" if code else text for text, code in lines))
        heads.append(Column(joined, 1 / len(columns), numeric=column.kind in (int, float)))
    rows = tuple(
        tuple(
            Cell(_shown(getattr(line, column.name), column, words), figure=head.numeric)
            for column, head in zip(columns, heads, strict=True)
        )
        for line in file.value_at(spec.path)
    )
    yield Grid(tuple(heads), rows)


def _even(first: Text, second: Text) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of two texts in as many languages as the longer one has."""
    count = max(len(first.lines), len(second.lines))
    return (first.lines * count)[:count], (second.lines * count)[:count]


def inputs(words: Words, file: CaseFile) -> Iterator[Block]:
    """Each input with its unit, provenance and source; tables of the case follow."""
    yield Heading(words(N_("Annex: inputs and where they come from")))
    yield Prose(
        words.each(
            lambda tr: tr(
                N_(
                    "{disclosed} disclosed · {measured} measured · "
                    "{assumed} assumed · {default} default"
                )
            ).format(**{kind.value: tr(mark) for kind, mark in MARKS.items()})
        ),
        small=True,
    )
    rows: list[tuple[Cell, ...]] = []
    bands = []
    plans = []
    for spec in _printed(file):
        if spec.section:
            bands.append(len(rows))
            rows.append((Cell(words(spec.field.label), strong=True, span=5), *(EMPTY,) * 4))
        elif spec.table:
            plans.append(spec)
        else:
            rows.append(_row(file, spec, words))
    yield Grid(
        (
            Column(words(N_("Input")), 0.26),
            Column(words(N_("Value")), 0.2, numeric=True),
            Column(words(N_("Unit")), 0.13),
            Column(words(N_("Mark")), 0.07),
            Column(words(N_("Source or reason")), 0.34),
        ),
        tuple(rows),
        bands=frozenset(bands),
    )
    for spec in plans:
        yield from _plan(file, spec, words)
