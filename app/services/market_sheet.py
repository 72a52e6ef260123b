"""An exchange file as it stands: its headings, what they name, in which units."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from app.finance.fields import FieldSpec
from app.services.case_file import MAX_BYTES
from app.services.heading_words import NOT_OF_THE_DAY
from app.services.imported import file_refused
from app.services.market_cells import MONEY, PRICES, TONNES, Unit, split_heading, unit_in
from app.services.market_lines import MAX_LINES
from app.services.sheet_cells import Limits, Told, read_cells
from app.services.table_cells import folded
from app.services.table_headings import columns_of, heading_key, match_columns

LIMITS = Limits(lines=MAX_LINES + 20, size=10 * MAX_BYTES)

_WITHIN = 20
_FEWEST = 2
_DEEPEST = 3
_ABOVE = re.compile(r"(?:单位|units?)\s*:\s*([^()]+)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


@dataclass(frozen=True)
class MarketSheet:
    """Headings, cells and line numbers of a sheet; `columns` maps places to column names.

    `units` are those of the places; `currency` is what the headings say of all prices, "" when
    they say nothing.
    """

    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    columns: Mapping[int, str]
    units: Mapping[int, Unit]
    currency: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def _bare(headings: Sequence[str]) -> list[str]:
    """Return the headings without units; those of sums or changes are blank."""
    return [
        ""
        if any(word in folded(text).casefold() for word in NOT_OF_THE_DAY)
        else split_heading(text)[0]
        for text in headings
    ]


def _score(headings: Sequence[str], table: FieldSpec) -> int:
    return sum(match is not None for match in match_columns(_bare(headings), table))


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Join two lines of headings, the upper one spread over the blanks to its right."""
    upper, joined = "", []
    for top, bottom in zip(above, below, strict=True):
        upper = top or upper
        joined.append(f"{upper}{bottom}" if bottom and bottom != upper else top or bottom)
    return tuple(joined)


def _are_words(line: Sequence[str]) -> bool:
    filled = [cell for cell in line if cell]
    return bool(filled) and not any(_NUMBER.fullmatch(cell) for cell in filled)


def _headings(
    cells: list[tuple[str, ...]], table: FieldSpec, chosen: Collection[str]
) -> tuple[int, tuple[str, ...]]:
    """Return the place of the first line below the headings, and the headings.

    A line that holds all the `chosen` headings is the one.

    Raises:
        CaseRefused: no line of the first twenty names two columns.
    """
    for at, line in enumerate(cells[:_WITHIN]):
        if chosen and {heading_key(text) for text in chosen} <= set(map(heading_key, line)):
            return at + 1, line
        headings, depth = line, 1
        while depth < _DEEPEST and at + depth < len(cells) and "" in headings:
            below = cells[at + depth]
            joined = _joined(headings, below)
            best = max(_score(headings, table), _score(below, table), _FEWEST - 1)
            if not _are_words(below) or _score(joined, table) <= best:
                break
            headings, depth = joined, depth + 1
        if _score(headings, table) >= _FEWEST:
            return at + depth, headings
    known = [column.name for column in columns_of(table)]
    raise file_refused("no_column_matched", ", ".join(cells[0])[:80], known=known)


def _unit_above(cells: Sequence[Sequence[str]], column: str) -> Unit | None:
    """Return what "单位：吨、万元" above the headings says of a column."""
    found = _ABOVE.search(folded(" ".join(cell for line in cells for cell in line)))
    if found is None:
        return None
    parts = re.split(r"[,、;\s]+", found[1])
    units = (unit_in(part, column) for part in parts if "/" in part or column not in PRICES)
    return next((unit for unit in units if unit is not None), None)


def _units(
    headings: Sequence[str], columns: dict[int, str], above: Sequence[Sequence[str]]
) -> dict[int, Unit]:
    """Return the unit of each place.

    Raises:
        CaseRefused: the unit of a heading is not one of its column.
    """
    found = {}
    for place, name in columns.items():
        text = split_heading(headings[place])[1]
        unit = unit_in(text, name) if text else _unit_above(above, name)
        if text and unit is None and name in (*PRICES, *MONEY, *TONNES):
            raise file_refused("unknown_unit", headings[place])
        found[place] = unit or Unit(Decimal(1))
    return found


def _currency(units: Mapping[int, Unit], columns: Mapping[int, str]) -> str:
    named = {units[place].currency for place in columns if units[place].currency}
    if len(named) > 1:
        raise file_refused("two_currencies_in_headings", ", ".join(sorted(named)))
    return named.pop() if named else ""


def _matched(
    headings: Sequence[str], table: FieldSpec, chosen: Mapping[str, str]
) -> dict[int, str]:
    """Return the columns of the places; `chosen` names headings of columns by hand.

    Raises:
        CaseRefused: no such column, or no such heading.
    """
    names = [column.name for column in columns_of(table)]
    keys = [heading_key(heading) for heading in headings]
    found = {
        place: name
        for place, name in enumerate(match_columns(_bare(headings), table))
        if name is not None
    }
    for name, heading in chosen.items():
        if name not in names:
            raise file_refused("not_a_column", name, known=names)
        if heading_key(heading) not in keys:
            raise file_refused("not_a_heading", heading, known=[text for text in headings if text])
        place = keys.index(heading_key(heading))
        found = {at: other for at, other in found.items() if other != name and at != place}
        found[place] = name
    return found


def read_market_sheet(
    path: Path,
    table: FieldSpec,
    sheet: str | None = None,
    chosen: Mapping[str, str] | None = None,
    told: Told = lambda _lines: None,
) -> MarketSheet:
    """Read a CSV or XLSX file of an exchange: headings of one to three lines, units, cells.

    `told` hears how many lines are read; what it raises ends the reading.

    Raises:
        CaseRefused: it cannot be read, its headings or units are not understood, it has no
            lines, or there are too many.
    """
    found = read_cells(path, sheet, LIMITS, told)
    cells = [tuple(map(str, row)) for row in found.frame.itertuples(index=False, name=None)]
    start, headings = _headings(cells, table, (chosen or {}).values())
    if start >= len(cells):
        raise file_refused("empty_table", path.name)
    if len(cells) - start > MAX_LINES:
        raise file_refused("too_many_lines", path.name, limit=MAX_LINES)
    columns = _matched(headings, table, chosen or {})
    units = _units(headings, columns, cells[:start])
    return MarketSheet(
        headings=headings,
        rows=cells[start:],
        lines=[int(number) for number in found.frame.index[start:]],
        columns=columns,
        units=units,
        currency=_currency(units, columns),
        sheet=found.name,
        sheets=found.names,
    )
