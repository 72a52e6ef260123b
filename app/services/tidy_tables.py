"""Nested results as tidy tables: one line a thing, one column a figure, names that carry units.

A list of records becomes a table, a record inside a record its columns, what has free keys (the
facts of a notice, percentiles) lines of key and value. Single figures stand in one table, by
their path. A table inside a line names that line: `of_bounds` is the `line` of the bounds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.services.units_of_names import unit_of

Value = str | float | int | bool | date | None
FIGURES = "figures"
"""The table of single figures."""

FREE_KEYS = ("facts", "effects", "percentiles", "quantiles", "tvar", "pml", "drawn_means")
"""Records whose keys are data: they become lines, not columns."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNSAFE = re.compile(r"[^0-9A-Za-z]+")


class ColumnType(StrEnum):
    """What a column holds; `EMPTY` where no line has anything."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    FLAG = "flag"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: machine name, type, unit code ("" for none)."""

    name: str
    type: ColumnType
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A tidy table; each row has a value for each column, None where there is none."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


Row = dict[str, Value]


class Collected:
    """Tables as they are found; a table may be fed from several places."""

    def __init__(self) -> None:
        self._units: dict[str, Mapping[str, str]] = {}
        self._rows: dict[str, list[Row]] = {FIGURES: []}

    def add(self, path: str, value: Any) -> None:
        """Take apart what stands at a path of the results."""
        if isinstance(value, Mapping):
            if path.rpartition(".")[2] in FREE_KEYS:
                self._pairs(path, value, {})
            else:
                for key, inner in value.items():
                    self.add(f"{path}.{key}" if path else key, inner)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            self._lines(path, value, {})
        elif value is not None:
            self._rows[FIGURES].append(_figure(path, value))

    def declare(self, path: str, units: Mapping[str, str]) -> None:
        """Give the units of the columns of the table at a path; names need not carry them."""
        self._units[_name(path)] = units

    def _lines(self, path: str, values: Sequence[Any], outer: Row) -> None:
        rows = self._rows.setdefault(_name(path), [])
        for number, value in enumerate(values, start=1):
            row: Row = {**outer, "line": number}
            if isinstance(value, Mapping):
                inside: Row = {**outer, f"of_{_name(path.rpartition('.')[2])}": number}
                self._fill(row, path, value, inside, prefix="")
            else:
                row["value"] = _dated(value)
            rows.append(row)

    def _fill(
        self, row: Row, path: str, value: Mapping[str, Any], inside: Row, *, prefix: str
    ) -> None:
        """Put the fields of a record into a row; lists and free keys become tables of their own."""
        for key, inner in value.items():
            below = f"{path}.{key}"
            if isinstance(inner, Mapping):
                if key in FREE_KEYS:
                    self._pairs(below, inner, inside)
                else:
                    self._fill(row, below, inner, inside, prefix=f"{prefix}{_name(key)}_")
            elif isinstance(inner, Sequence) and not isinstance(inner, str):
                self._lines(below, inner, inside)
            else:
                row[f"{prefix}{_name(key)}"] = _dated(inner)

    def _pairs(self, path: str, value: Mapping[str, Any], outer: Row) -> None:
        rows = self._rows.setdefault(_name(path), [])
        for key, inner in value.items():
            texts = inner if isinstance(inner, list) else [inner]
            rows += [{**outer, "key": str(key), **_number_or_text(text)} for text in texts]

    def tables(self) -> Iterator[Table]:
        """Yield the tables that have a line, in the order in which they were found."""
        for name, rows in self._rows.items():
            if rows:
                yield _table(name, rows, self._units.get(name))


def _name(path: str) -> str:
    return _UNSAFE.sub("_", path).strip("_")


def _dated(value: Any) -> Value:
    """Return a day as a day; other values as they are."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    found: Value = value
    return found


def _number_or_text(value: Any) -> Row:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return {"number": None, "text": None if value is None else str(value)}
    return {"number": float(value), "text": None}


def _figure(path: str, value: Any) -> Row:
    unit = unit_of(path.rpartition(".")[2]) if isinstance(value, int | float) else ""
    return {"path": path, **_number_or_text(value), "unit": unit}


def _table(name: str, rows: list[Row], units: Mapping[str, str] | None) -> Table:
    columns = []
    for key in dict.fromkeys(key for row in rows for key in row):
        kind = _type([row.get(key) for row in rows])
        measured = kind not in (ColumnType.TEXT, ColumnType.DATE, ColumnType.FLAG)
        unit = unit_of(key) if units is None else units.get(key, "")
        columns.append(Column(key, kind, unit if measured else ""))
    return Table(
        name,
        tuple(columns),
        tuple(tuple(_as(row.get(c.name), c.type) for c in columns) for row in rows),
    )


def _type(values: Sequence[Value]) -> ColumnType:
    """Return what all values of a column are; text where they differ."""
    known = {_type_of(value) for value in values if value is not None}
    if not known:
        return ColumnType.EMPTY
    if known == {ColumnType.WHOLE, ColumnType.NUMBER}:
        return ColumnType.NUMBER
    return known.pop() if len(known) == 1 else ColumnType.TEXT


def _type_of(value: Value) -> ColumnType:
    match value:
        case bool():
            return ColumnType.FLAG
        case int():
            return ColumnType.WHOLE
        case float():
            return ColumnType.NUMBER
        case date():
            return ColumnType.DATE
        case _:
            return ColumnType.TEXT


def _as(value: Value, kind: ColumnType) -> Value:
    """Return a value in the type of its column."""
    if value is None:
        return None
    if kind is ColumnType.NUMBER and isinstance(value, int | float):
        return float(value)
    if kind is ColumnType.TEXT and not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value)
    return value
