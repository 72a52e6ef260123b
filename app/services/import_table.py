"""Lines of a table field from a spreadsheet: preview, conversion, and what was refused."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec, specs_by_path
from app.services.case_file import CaseRefused, Document
from app.services.documents import value_at, with_value
from app.services.imported import Converted, Row, file_refused, sorted_out
from app.services.sheet_cells import Sheet, read_cells
from app.services.table_cells import folded, is_blank, stored_text
from app.services.table_headings import (
    YEAR,
    Matches,
    columns_of,
    heading_key,
    match_columns,
    unit_factor,
    unit_of,
    year_fields,
    year_of,
    yearly_column,
)

PREVIEW_LINES = 50

_HEADINGS_WITHIN = 20
_FEWEST_HEADINGS = 2
_UNIT_ABOVE = re.compile(r"(?:^|[\s(])(?:单位|unit)\s*:\s*([^\s(),;、]{1,8})", re.IGNORECASE)


@dataclass(frozen=True)
class TablePreview:
    """A sheet as it stands in the file: headings, lines as text with their numbers, sheets.

    `unit` is what a line above the headings says of all numbers ("单位：吨"), "" for nothing.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    unit: str = ""


def table_at(path: str) -> FieldSpec:
    """Return the declaration of a table of a case.

    Raises:
        CaseRefused: the path is not that of a table.
    """
    specs = specs_by_path(Case)
    spec = specs.get(path)
    if spec is None or not spec.table:
        known = [other.path for other in specs.values() if other.table]
        raise CaseRefused([Problem(path, "not_a_table_field", path, {"known": known})])
    return spec


def read_table(path: Path, table: FieldSpec, sheet: str | None = None) -> TablePreview:
    """Read a CSV or XLSX file for a table of a case; the first sheet unless one is named.

    The headings are in the first line that names at least two columns of the table, or else in
    the first line of words.

    Raises:
        CaseRefused: the file cannot be read, or has no lines below its headings.
    """
    found = read_cells(path, sheet)
    cells = [tuple(str(cell) for cell in row) for row in found.frame.itertuples(index=False)]
    at = _heading_line(cells, table)
    if at + 1 >= len(cells):
        raise file_refused("empty_table", path.name)
    return _preview(found, cells, at)


def _preview(found: Sheet, cells: list[tuple[str, ...]], at: int) -> TablePreview:
    lines = tuple(int(number) for number in found.frame.index[at + 1 :])
    above = " ".join(cell for line in cells[:at] for cell in line)
    unit = _UNIT_ABOVE.search(folded(above))
    return TablePreview(
        headings=cells[at],
        rows=tuple(cells[at + 1 :]),
        lines=lines,
        sheet=found.name,
        sheets=found.names,
        unit=unit.group(1) if unit else "",
    )


def _heading_line(cells: list[tuple[str, ...]], table: FieldSpec) -> int:
    """Return the place of the headings among the lines."""
    fewest = min(_FEWEST_HEADINGS, len(columns_of(table)))
    for number, line in enumerate(cells[:_HEADINGS_WITHIN]):
        if sum(match is not None for match in match_columns(line, table)) >= fewest:
            return number
    for number, line in enumerate(cells[:_HEADINGS_WITHIN]):
        filled = [cell for cell in line if cell]
        if len(filled) >= fewest and not any(re.search(r"^[\d.,%+-]+$", c) for c in filled):
            return number
    return 0


def convert(
    preview: TablePreview,
    matches: Matches,
    table: FieldSpec,
    same: Mapping[str, str] | None = None,
) -> Converted:
    """Turn the lines of a preview into lines of a table.

    Args:
        preview: the sheet.
        matches: the column of each heading.
        table: the table's declaration.
        same: texts that count in every line, by column, for columns without a heading.

    Numbers may carry 万, thousands separators and units; a unit in the heading counts for the
    whole column. Shares are fractions unless a percent sign stands in the cell or the heading.
    Under headings that are years each filled cell makes a line of its own. A line with a value
    that a case file would not take is left out and reported.

    Raises:
        CaseRefused: a unit above the headings that no column knows.
    """
    reader = _Reader(preview, matches, table, dict(same or {}))
    lines = (
        (number, row, texts)
        for number, cells in zip(preview.lines, preview.rows, strict=True)
        for row, texts in reader.lines_of(cells)
    )
    return sorted_out(table, lines)


def read_matched(
    path: Path, table: FieldSpec, sheet: str | None = None, same: Mapping[str, str] | None = None
) -> Converted:
    """Read a file and convert its lines with the columns its headings name.

    Raises:
        CaseRefused: the file cannot be read, no heading names a column or one stands twice, or
            `same` names one that the table does not have.
    """
    known = [column.name for column in columns_of(table)]
    for name in same or {}:
        if name not in known:
            problem = Problem(f"{table.path}.{name}", "not_a_column", name, {"known": known})
            raise CaseRefused([problem])
    preview = read_table(path, table, sheet)
    matches = match_columns(preview.headings, table)
    if not any(matches):
        raise file_refused("no_column_matched", ", ".join(preview.headings)[:80], known=known)
    _check_twice(preview.headings, matches, table)
    named = zip(preview.headings, matches, strict=True)
    unmatched = tuple(heading for heading, match in named if heading and match is None)
    return replace(convert(preview, matches, table, same), unmatched=unmatched)


def _check_twice(headings: Sequence[str], matches: Matches, table: FieldSpec) -> None:
    """Refuse a heading that stands twice, when a column or a year hangs on it."""
    seen: set[str | int] = set()
    named = {heading_key(h) for h, match in zip(headings, matches, strict=True) if match}
    for heading in headings:
        key = year_of(heading, table) or heading_key(heading)
        if key in seen:
            raise file_refused("duplicate_key", heading)
        if isinstance(key, int) or key in named:
            seen.add(key)


class _Reader:
    """Reads the cells of one sheet with one matching of its columns."""

    def __init__(
        self, preview: TablePreview, matches: Matches, table: FieldSpec, same: Mapping[str, str]
    ) -> None:
        self._headings = preview.headings
        self._columns = {column.name: column for column in columns_of(table)}
        self._year_fields = year_fields(table)
        amount = yearly_column(table)
        self._by_year = {
            place: year
            for place, name in enumerate(matches)
            if name == amount
            and name
            and (year := year_of(preview.headings[place], table)) is not None
        }
        self._plain = {
            place: name
            for place, name in enumerate(matches)
            if name is not None and place not in self._by_year
        }
        self._same = {name: text for name, text in same.items() if name not in self._plain.values()}
        self._amount = amount or ""
        self._unit_above = preview.unit if self._check_unit_above(preview.unit, matches) else ""

    def _check_unit_above(self, unit: str, matches: Matches) -> bool:
        """Whether a unit above the headings counts for columns that have none of their own.

        Raises:
            CaseRefused: such columns are there, and none of them knows the unit.
        """
        if not unit:
            return False
        without = [
            self._columns[name]
            for place, name in enumerate(matches)
            if name in self._columns and self._columns[name].field.unit
            if not unit_of(self._headings[place], self._columns[name])[1]
        ]
        if without and all(unit_factor(unit, column) is None for column in without):
            raise file_refused("unknown_unit", unit)
        return bool(without)

    def lines_of(self, cells: tuple[str, ...]) -> Iterator[tuple[Row, dict[str, str]]]:
        """Yield the lines of the table that one line of the sheet makes, with their texts."""
        texts = dict(self._same)
        row = {name: self._stored(text, name) for name, text in self._same.items()}
        for place, name in self._plain.items():
            targets = self._year_fields if name == YEAR else (name,)
            for target in targets:
                texts[target] = cells[place]
                row[target] = self._stored(cells[place], target, self._headings[place])
        filled = [place for place in self._by_year if not is_blank(cells[place])]
        for place in filled:
            amount = self._stored(cells[place], self._amount, self._headings[place])
            years = dict.fromkeys(self._year_fields, self._by_year[place])
            yield (
                _without_blanks(row | {self._amount: amount} | years),
                texts | {self._amount: cells[place]},
            )
        if not filled:
            yield _without_blanks(row), texts

    def _stored(self, text: str, name: str, heading: str = "") -> Any:
        column = self._columns[name]
        return stored_text(text, column, unit_of(heading, column)[1] or self._unit_above)


def _without_blanks(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def joined(table: FieldSpec, old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """Return the lines of a table with new ones after the old ones.

    Raises:
        CaseRefused: more lines than the table holds.
    """
    lines = [*old, *new]
    limit = table.field.max_length
    if limit is not None and len(lines) > limit:
        raise CaseRefused([Problem(table.path, "too_long", len(lines), {"length": limit})])
    return lines


def with_rows(
    document: Document, table: FieldSpec, rows: Sequence[Row], *, append: bool
) -> Document:
    """Return a document with the lines in its table: in the place of the old ones or after them.

    Raises:
        CaseRefused: more lines than the table holds.
    """
    old = value_at(document, table.path) if append else None
    lines = joined(table, old if isinstance(old, list) else [], rows)
    return with_value(document, table.path, lines)
