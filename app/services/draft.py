"""A case while it is being entered: a plain document that may be incomplete."""

import copy
from decimal import Decimal, InvalidOperation
from typing import Any

from app.finance.case.case import Case
from app.finance.case.rules import Problem
from app.finance.fields import FieldSpec, fields_of
from app.services.case_file import SCHEMA_VERSION, Document

ABSENT = None


def new_document() -> Document:
    """Return the draft of a new case: nothing is entered."""
    return {"schema_version": SCHEMA_VERSION, "project": {}, "appraisal": {}, "provenance": {}}


def value_at(document: Document, path: str) -> Any:
    """Return what the draft holds at a dotted path; None when nothing is entered."""
    value: Any = document
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return ABSENT
        value = value[name]
    return value


def with_value(document: Document, path: str, value: Any) -> Document:
    """Return a draft with `value` at `path`; None takes the entry away. The old one is kept."""
    changed = copy.deepcopy(document)
    *parents, last = path.split(".")
    place = changed
    for name in parents:
        place = place.setdefault(name, {})
    if value is ABSENT or value == "":
        place.pop(last, None)
    else:
        place[last] = copy.deepcopy(value)
    return changed


def provenance_at(document: Document, path: str) -> tuple[str, str]:
    """Return kind and source of an input of the draft, ("", "") when none was chosen."""
    entry = document.get("provenance", {}).get(path, {})
    return entry.get("kind", ""), entry.get("source", "")


def with_provenance(document: Document, path: str, kind: str, source: str) -> Document:
    """Return a draft that says where the input at `path` comes from."""
    changed = copy.deepcopy(document)
    entries = changed.setdefault("provenance", {})
    if kind:
        entries[path] = {"kind": kind, "source": source}
    else:
        entries.pop(path, None)
    return changed


def _decimal(text: str) -> Decimal | None:
    cleaned = text.strip().replace(",", "").replace("，", "").replace("−", "-")
    try:
        number = Decimal(cleaned.rstrip("%％"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def stored_number(text: str, spec: FieldSpec, factor: float = 1.0) -> Any:
    """Turn typed text into the stored number; text that is no number is kept as text.

    `factor` is that of the chosen unit. Percent fields are stored as shares.
    """
    if not text.strip():
        return ABSENT
    number = _decimal(text)
    if number is None:
        return text
    if spec.field.percent:
        number /= 100
    if spec.kind is int:
        return int(number) if number == int(number) else float(number)
    value = float(number) if factor == 1.0 else float(number) * factor
    return int(value) if spec.kind is Decimal and value == int(value) else value


def shown_number(value: Any, spec: FieldSpec, factor: float = 1.0) -> str:
    """Turn a stored number into the text of its field; text stays as it was typed."""
    if value is ABSENT:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    number = Decimal(repr(value))
    if spec.field.percent:
        number *= 100
    if factor != 1.0:
        number = Decimal(f"{value / factor:.10g}")
    text = f"{number:f}" if spec.kind is int else f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def applies(document: Document, spec: FieldSpec) -> bool:
    """Whether a field is asked for in this draft: its section is there and its choice is made."""
    section = spec.path.rpartition(".")[0]
    if section and value_at(document, section) is ABSENT:
        return False
    condition = spec.field.needed or spec.field.offered
    if condition is None:
        return True
    path, values = condition
    return value_at(document, path) in values


def is_open(problem: Problem, document: Document) -> bool:
    """Whether a problem is only that something has not been entered yet."""
    return problem.code in ("missing", "needed") and value_at(document, problem.path) in (
        ABSENT,
        [],
        {},
    )


def table_columns(spec: FieldSpec) -> tuple[FieldSpec, ...]:
    """Return the columns of a table field."""
    return fields_of(spec.kind)


def inputs_of(section: str) -> tuple[FieldSpec, ...]:
    """Return the fields straight under a section of a case, without those of its sections."""
    prefix = f"{section}." if section else ""
    return tuple(
        spec
        for spec in fields_of(Case)
        if spec.path.startswith(prefix) and "." not in spec.path[len(prefix) :]
    )


def pasted_rows(text: str, columns: tuple[FieldSpec, ...]) -> list[dict[str, Any]]:
    """Turn rows copied from a spreadsheet (tabs or commas) into lines of a table."""
    rows = []
    for line in text.splitlines():
        cells = line.split("\t") if "\t" in line else line.split(",")
        if not any(cell.strip() for cell in cells):
            continue
        row = {}
        for column, cell in zip(columns, cells, strict=False):
            value = stored_cell(cell.strip(), column)
            if value is not ABSENT:
                row[column.name] = value
        rows.append(row)
    return rows


def stored_cell(text: str, column: FieldSpec) -> Any:
    """Turn the text of a table cell into its stored value."""
    if column.kind in (int, float):
        return stored_number(text, column)
    return text or ABSENT
