"""How a single input is printed: its value, unit, mark of provenance and source."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.case.provenance import PROVENANCE_LABELS, ProvenanceKind
from app.finance.fields import FieldSpec
from app.finance.sink.tables import Parameter
from app.formats import money, plain, unit
from app.i18n import N_
from app.reference.tables import load_reference
from app.reports.carbon_facts import input_label
from app.reports.document import DASH, Text, Words, free

MARKS = {
    ProvenanceKind.DISCLOSED: N_("D"),
    ProvenanceKind.MEASURED: N_("M"),
    ProvenanceKind.ASSUMED: N_("A"),
    ProvenanceKind.DEFAULT: N_("Def"),
}
"""The short mark of each provenance, as printed beside an input."""

_EARLIEST_YEAR = 1800
_PLAIN_COUNTS = ("seed",)
_PATHS = ("parameter",)
"""Inputs that name another input by its path."""


def is_empty(value: Any) -> bool:
    """Whether nothing was entered."""
    return value is None or value in ("", ())


def is_figure(value: Any) -> bool:
    """Whether an input is set flush right, with its unit."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def is_calendar_year(spec: FieldSpec) -> bool:
    """Whether a whole number is a year, which takes no thousands separator."""
    return spec.kind is int and (spec.field.minimum or 0) >= _EARLIEST_YEAR


def _number(value: float, spec: FieldSpec) -> str:
    if spec.kind is int and (is_calendar_year(spec) or spec.name in _PLAIN_COUNTS):
        return str(int(value))
    return f"{plain(value * 100)}%" if spec.field.percent else plain(float(value))


def shown(value: Any, spec: FieldSpec, words: Words) -> Text:
    """An input as text: choices by name, shares in percent, numbers with separators."""
    if is_empty(value):
        return DASH
    if spec.name in _PATHS:
        return words.each(lambda tr: input_label(value, tr))
    match value:
        case Enum():
            return words(dict(spec.field.choices)[value.value])
        case bool():
            return words(N_("yes") if value else N_("no"))
        case date():
            text = value.isoformat()
        case Decimal():
            text = money(value)
        case int() | float():
            text = _number(value, spec)
        case _:
            text = str(value)
    return free(text)


def unit_name(spec: FieldSpec, words: Words) -> Text:
    """The unit of an input."""
    return words.each(lambda tr: unit(spec.field.unit, tr))


def provenance(file: CaseFile, spec: FieldSpec, words: Words) -> tuple[Text, Text]:
    """The mark of an input and its source, or the name of its provenance without one."""
    entry = file.provenance_of(spec.path)
    label = PROVENANCE_LABELS[entry.kind]
    return words(MARKS[entry.kind]), words(entry.source or label)


def published(spec: FieldSpec) -> Parameter | None:
    """Return the published figure that counts when an input is left empty."""
    return load_reference().tables.parameters.get(spec.field.reference)


def published_source(default: Parameter) -> Text:
    """Where a published figure stands."""
    return free(", ".join(filter(None, (default.source, default.clause))))
