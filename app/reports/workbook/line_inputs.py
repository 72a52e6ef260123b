"""Figures of the lines of a table as inputs, each under a name of its own."""

from collections.abc import Mapping
from typing import Any

from app.finance.fields import FieldSpec, specs_by_path
from app.reports.document import NOTHING, Text
from app.reports.workbook.book import unit_text
from app.reports.workbook.inputs import Driver, InputTable, kind_of


def columns_of(kind: type) -> Mapping[str, FieldSpec]:
    """Return the fields of the lines of a table by their names."""
    return specs_by_path(kind)


def line_input(
    table: InputTable,
    name: str,
    spec: FieldSpec,
    value: Any,
    *,
    label: Text,
    source: Text = NOTHING,
) -> None:
    """Write a figure of a line under the name of its cell."""
    field = spec.field
    table.driver(
        Driver(
            name,
            label,
            float(value),
            kind_of(spec),
            unit_text(table.page.book.words, field.unit),
            source=source,
            lowest=field.minimum if field.minimum is not None else field.above,
            highest=field.maximum,
        )
    )
