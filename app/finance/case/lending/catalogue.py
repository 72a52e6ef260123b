"""Catalogues of green finance: their editions and items, and what was read of them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One head or item of one edition; `level` 1 is a head, 3 an item that loans are put under.

    `code` is empty when it was not seen. `verified` is true when wording and, where there is one,
    code were read in the publication named by `source`. `issued_on` and `in_force_from` belong to
    the edition; None where they were not seen.
    """

    edition: str
    edition_zh: str
    issued_on: date | None
    in_force_from: date | None
    level: int
    code: str
    item: str
    item_zh: str
    verified: bool
    source: str

    def belongs_to(self, edition: str) -> bool:
        """Whether the item is of the edition of this name, English or Chinese."""
        return edition.strip() in (self.edition, self.edition_zh)


@dataclass(frozen=True, slots=True)
class TableFault:
    """Where a table of the user is not well formed: line of the file, column, what stands there.

    `expected` is a message id.
    """

    file: str
    line: int
    column: str
    given: str
    expected: str


@dataclass(frozen=True, slots=True)
class GreenCatalogue:
    """The items known, whether they are the user's own file, and why that file was refused."""

    items: tuple[CatalogueItem, ...] = ()
    own: bool = False
    refused: TableFault | None = None

    def in_force_from(self, edition: str) -> date | None:
        """Return the day from which an edition is in force; None when it is not known."""
        days = (item.in_force_from for item in self.items if item.belongs_to(edition))
        return next((day for day in days if day is not None), None)

    def is_verified(self, edition: str, code: str) -> bool:
        """Whether a code stands in an edition, named in English or Chinese, as verified."""
        wanted = code.strip()
        return bool(wanted) and any(
            item.verified and item.code == wanted and item.belongs_to(edition)
            for item in self.items
        )


NO_CATALOGUE = GreenCatalogue()
"""Where no catalogue is at hand: no code is verified."""
