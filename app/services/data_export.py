"""The data of a case as tidy tables in CSV, JSON and Parquet: the same input, the same bytes."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.finance.case.case import Case
from app.finance.fields import fields_of
from app.i18n import Translator
from app.reference.tables import Reference
from app.services.computing import Computed
from app.services.export_shapes import input_tables, shaped
from app.services.results_json import results_json
from app.services.tidy_tables import Collected, Column, ColumnType, Table, Value

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_FILE = "schema.json"
"""The file that names tables, columns, types and units of a folder of CSV or Parquet."""

BOM = "\ufeff"
"""First sign of a CSV: without it a spreadsheet takes Chinese for another encoding."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_IDENTITY = ("case_name", "input_hash", "schema_version", "program_version", "data_version")


@dataclass(frozen=True, slots=True)
class CaseData:
    """The tables of a case and what they are of: `identity` has its name, hash and versions."""

    identity: Mapping[str, str]
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """Return a table by its name.

        Raises:
            KeyError: the case has no such table.
        """
        return {table.name: table for table in self.tables}[name]


def case_data(
    computed: Computed, reference: Reference, tr: Translator, *, version: int | None = None
) -> CaseData:
    """Return every table of a case; texts in the translator's language, names in none.

    Money and tonnes are plain numbers, shares and rates fractions, days ISO dates. `version` is
    the number of the stored version, None for a draft.
    """
    document = results_json(computed, reference, tr)
    identity = {name: str(document.pop(name)) for name in _IDENTITY}
    identity["case_version"] = "" if version is None else str(version)
    inputs = input_tables(document.pop("inputs"))
    collected = Collected()
    for spec in fields_of(Case):
        if spec.table:
            units = {column.name: column.field.unit for column in fields_of(spec.kind)}
            collected.declare(f"inputs.{spec.path}", units)
    for part, value in {**shaped(document), **inputs}.items():
        collected.add(part, value)
    return CaseData(identity, tuple(collected.tables()))


def schema(data: CaseData) -> dict[str, Any]:
    """Return what a reader of the files needs to know: identity, tables, columns, types, units."""
    return {
        "case": dict(data.identity),
        "tables": [
            {"name": table.name, "lines": len(table.rows), "columns": _columns(table)}
            for table in data.tables
        ],
    }


def _columns(table: Table) -> list[dict[str, str]]:
    return [
        {"name": column.name, "type": column.type.value, "unit": column.unit}
        for column in table.columns
    ]


def json_file(data: CaseData) -> bytes:
    """Return all tables as one JSON file."""
    document = schema(data)
    for entry, table in zip(document["tables"], data.tables, strict=True):
        names = [column.name for column in table.columns]
        entry["rows"] = [
            {name: _plain(value) for name, value in zip(names, row, strict=True)}
            for row in table.rows
        ]
    return _json(document)


def csv_files(data: CaseData) -> dict[str, bytes]:
    """Return a CSV file a table, by name, and the file of the schema.

    UTF-8 with a byte order mark; a text that begins as a formula gets an apostrophe in front.
    """
    files = {f"{table.name}.csv": _csv(table) for table in data.tables}
    return {**files, SCHEMA_FILE: _json(schema(data))}


def parquet_files(data: CaseData) -> dict[str, bytes]:
    """Return a Parquet file a table, by name, and the file of the schema.

    Columns are typed; a column names its unit, a file the case it is of.
    """
    files = {f"{table.name}.parquet": _parquet(table, data.identity) for table in data.tables}
    return {**files, SCHEMA_FILE: _json(schema(data))}


def _json(document: Any) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _csv(table: Table) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([_in_csv(value) for value in row])
    return f"{BOM}{stream.getvalue()}".encode()


def _in_csv(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return safe_text(value)
        case date():
            return value.isoformat()
        case _:
            return repr(value)


def _parquet(table: Table, identity: Mapping[str, str]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - only where Parquet is written
    from pyarrow import parquet  # noqa: PLC0415

    columns = [
        pa.array([row[place] for row in table.rows], type=_arrow_type(column))
        for place, column in enumerate(table.columns)
    ]
    fields = [
        pa.field(column.name, array.type, metadata={"unit": column.unit})
        for column, array in zip(table.columns, columns, strict=True)
    ]
    described = pa.schema(fields, metadata={"table": table.name, **identity})
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(columns, schema=described), stream, compression="zstd")
    return stream.getvalue()


def _arrow_type(column: Column) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415

    return {
        ColumnType.TEXT: pa.string(),
        ColumnType.NUMBER: pa.float64(),
        ColumnType.WHOLE: pa.int64(),
        ColumnType.DATE: pa.date32(),
        ColumnType.FLAG: pa.bool_(),
        ColumnType.EMPTY: pa.null(),
    }[column.type]
