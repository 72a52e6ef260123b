"""Tables that window, paper and command line share: heads, cells, the line of the sums."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from app.formats import money, number, percent
from app.i18n import N_, Translator
from app.reports.value_facts import FactRow

_NO_FACTS: Mapping[str, str] = MappingProxyType({})


class FactCell(NamedTuple):
    """One place of a table: a figure, or words in its place.

    `text` is the same in every language. Where it is "", `words` is a message id, with `facts`
    for its placeholders, themselves figures or message ids; where that is "" too, `parts` are
    listed. `step` is the key of its working. `chinese` takes the place of `words` in Chinese
    where the catalogue does not know them: names of the shipped tables.
    """

    text: str = ""
    words: str = ""
    facts: Mapping[str, str] = _NO_FACTS
    step: str = ""
    parts: tuple["FactCell", ...] = ()
    chinese: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands here."""
        return not (self.text or self.words or self.parts)

    def said(self, tr: Translator) -> str:
        """Return figure or words in a language."""
        if self.parts:
            return tr(N_("; ")).join(part.said(tr) for part in self.parts)
        if self.chinese and tr.language == "zh":
            return self.chinese
        return self.text or said(self.words, self.facts, tr)


@dataclass(frozen=True, slots=True)
class FactHead:
    """Head of a column: message id, unit code, whether figures stand under it."""

    label: str
    unit: str = ""
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of results; `totals` is its last line, () without one.

    The first `keys` columns name a line; a part of a table that is too wide repeats them.
    `marked` are the places of the lines that stand out.
    """

    heads: tuple[FactHead, ...]
    rows: tuple[tuple[FactCell, ...], ...]
    totals: tuple[FactCell, ...] = ()
    marked: tuple[int, ...] = ()
    keys: int = 1


EMPTY_CELL = FactCell()


def free_row(label: str, text: str, *, note: str = "", **facts: str) -> FactRow:
    """A row whose value is a text somebody entered, a dash for none."""
    return FactRow(label, words="{text}", note=note, facts={"text": text or "–", **facts})


def said(message: str, facts: Mapping[str, str], tr: Translator) -> str:
    """Fill a message with facts that are figures or message ids themselves."""
    return tr(message).format(**{name: tr(fact) for name, fact in facts.items()})


def words(message: str, **facts: str) -> FactCell:
    """A cell of words."""
    return FactCell(words=message, facts=facts)


def published(name: str, chinese: str) -> FactCell:
    """A cell of a shipped name that has its own Chinese; empty when neither is there."""
    if not (name or chinese):
        return EMPTY_CELL
    return FactCell(words="{text}", facts={"text": name or chinese}, chinese=chinese)


def yuan(amount: Decimal | float | None, step: str = "") -> FactCell:
    """A cell of yuan, a dash for none."""
    return FactCell(money(amount), step=step)


def share(amount: float | None, digits: int = 2) -> FactCell:
    """A cell of percent, a dash for none."""
    return FactCell(percent(amount, digits))


def figure(amount: float | None, digits: int = 2) -> FactCell:
    """A cell of a bare number, a dash for none."""
    return FactCell(number(amount, digits))


def day(when: date | None) -> FactCell:
    """A cell of a day, a dash for none."""
    return FactCell("–" if when is None else when.isoformat())


def listed(*parts: FactCell) -> FactCell:
    """A cell of several things; one alone stands as it is."""
    kept = tuple(part for part in parts if not part.empty)
    return kept[0] if len(kept) == 1 else FactCell(parts=kept)


def without_empty(table: FactTable, optional: Sequence[int]) -> FactTable:
    """Leave out those of the optional columns in which nothing stands but nought, blank or dash."""
    return without(table, empty_columns(table, optional))


def empty_columns(table: FactTable, optional: Sequence[int]) -> set[int]:
    """Return those of the optional columns in which nothing stands but nought, blank or dash."""
    nothing = {"", "–", money(0), "0"}
    return {
        place
        for place in optional
        if all(
            row[place].text in nothing and not row[place].words and not row[place].parts
            for row in table.rows
        )
    }


def without(table: FactTable, places: Collection[int]) -> FactTable:
    """Leave out the columns at these places."""
    if not places:
        return table
    kept = [place for place in range(len(table.heads)) if place not in places]
    return FactTable(
        tuple(table.heads[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in table.rows),
        tuple(table.totals[place] for place in kept) if table.totals else (),
        table.marked,
        table.keys,
    )
