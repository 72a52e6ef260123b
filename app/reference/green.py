"""Catalogues of green finance and the menu of indicators; a user's own catalogue goes first."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.finance.case.lending.catalogue import CatalogueItem, GreenCatalogue, TableFault
from app.finance.text import N_
from app.reference.rows import Row, read_rows

CATALOGUE_FILE = "green_catalogue.csv"
"""Name of the shipped table, and of the one of the user in the data folder."""

KPI_FILE = "green_kpis.csv"
COLUMNS = (
    "edition",
    "edition_zh",
    "issued_on",
    "in_force_from",
    "level",
    "code",
    "item",
    "item_zh",
    "status",
    "source",
)
_STATUS = {"verified": True, "unverified": False}
_LEVELS = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator that loans are linked to; its target is set for each loan."""

    key: str
    name: str
    name_zh: str
    unit: str


class CatalogueRefused(ValueError):
    """A catalogue that is not well formed, with the place of the first fault."""

    def __init__(self, fault: TableFault) -> None:
        super().__init__(f"{fault.file}:{fault.line}:{fault.column}: {fault.given}")
        self.fault = fault


class _Line:
    """One line of the table, and how it is refused."""

    def __init__(self, file: str, number: int, row: Row) -> None:
        self._file, self._number, self._row = file, number, row

    def cell(self, column: str) -> str:
        return (self._row[column] or "").strip()

    def refused(self, column: str, expected: str) -> CatalogueRefused:
        given = self.cell(column)
        return CatalogueRefused(TableFault(self._file, self._number, column, given, expected))

    def day(self, column: str) -> date | None:
        cell = self.cell(column)
        if not cell:
            return None
        try:
            return date.fromisoformat(cell)
        except ValueError:
            raise self.refused(column, N_("a day such as 2025-10-01, or nothing")) from None

    def level(self) -> int:
        if self.cell("level") not in _LEVELS:
            raise self.refused("level", N_("a level from 1 to 4"))
        return int(self.cell("level"))

    def verified(self) -> bool:
        if self.cell("status") not in _STATUS:
            raise self.refused("status", N_("verified or unverified"))
        return _STATUS[self.cell("status")]

    def text(self, column: str, other: str = "") -> str:
        """Return a cell that may be empty only where the same in the other language is not."""
        if not self.cell(column) and not (other and self.cell(other)):
            raise self.refused(column, N_("a text"))
        return self.cell(column)

    def item(self) -> CatalogueItem:
        return CatalogueItem(
            edition=self.text("edition", "edition_zh"),
            edition_zh=self.cell("edition_zh"),
            issued_on=self.day("issued_on"),
            in_force_from=self.day("in_force_from"),
            level=self.level(),
            code=self.cell("code"),
            item=self.text("item", "item_zh"),
            item_zh=self.cell("item_zh"),
            verified=self.verified(),
            source=self.text("source"),
        )


def _decoded(data: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CatalogueRefused(TableFault(file, 1, "", "", N_("text in UTF-8 or GB 18030")))


def _lines(text: str, file: str) -> Iterator[_Line]:
    """Give the lines with the number each begins on; refuse a table without its columns."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    begins = 2
    try:
        for column in COLUMNS:
            if column not in (reader.fieldnames or ()):
                expected = N_("a column of this name")
                raise CatalogueRefused(TableFault(file, 1, column, "", expected))
        for row in reader:
            yield _Line(file, begins, row)
            begins = reader.line_num + 1
    except csv.Error as error:
        fault = TableFault(file, begins, "", str(error), N_("cells separated by commas"))
        raise CatalogueRefused(fault) from None


def parse_catalogue(data: bytes, file: str) -> tuple[CatalogueItem, ...]:
    """Return the items of a catalogue in the order of its lines.

    Raises:
        CatalogueRefused: a column is missing, a cell is not of its kind, a code stands twice in an
            edition, or there are no items.
    """
    found: list[CatalogueItem] = []
    codes: set[tuple[str, str]] = set()
    for line in _lines(_decoded(data, file), file):
        item = line.item()
        if item.code and (item.edition_zh or item.edition, item.code) in codes:
            raise line.refused("code", N_("a code that the edition does not have yet"))
        codes.add((item.edition_zh or item.edition, item.code))
        found.append(item)
    if not found:
        raise CatalogueRefused(TableFault(file, 2, "item", "", N_("at least one item")))
    return tuple(found)


def load_catalogue(shipped: Path, own: Path) -> GreenCatalogue:
    """Return the catalogue of the data folder `own` where it has one, else the shipped one.

    One that is not well formed is left aside as a whole; `refused` says where it fails.
    """
    refused = None
    path = own / CATALOGUE_FILE
    try:
        return GreenCatalogue(parse_catalogue(path.read_bytes(), str(path)), own=True)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        expected = N_("a file that can be read")
        refused = TableFault(str(path), 1, "", error.strerror or "", expected)
    except CatalogueRefused as error:
        refused = error.fault
    items = parse_catalogue((shipped / CATALOGUE_FILE).read_bytes(), CATALOGUE_FILE)
    return GreenCatalogue(items, refused=refused)


def read_indicators(folder: Path) -> tuple[Indicator, ...]:
    """Return the menu of indicators in the order of the table."""
    return tuple(
        Indicator(row["key"], row["name"], row["name_zh"], row["unit"])
        for row in read_rows(folder, KPI_FILE)
    )
