"""Turns the rows of the value into blocks: facts with notes, tables of figures that fit a page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from app.formats import unit
from app.i18n import N_, Translator
from app.messages.sensitivity_words import sensitivity_unit
from app.reports.document import (
    NOTHING,
    Cell,
    Column,
    Fact,
    Facts,
    Grid,
    Place,
    Text,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.risk_facts import input_name
from app.reports.styles import LINE_WIDTH
from app.reports.value_facts import FactRow

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONG = 34
"""Half-widths of a text that needs a line of its own."""

_DIGIT = 4.15
_LATIN = 3.9
_WIDE = 7.4
_PADDING = 7.0
_SHORTEST = 34.0


def half_widths(text: str) -> int:
    """Return the width of a text in half-widths: a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def fact(words: Words, row: FactRow) -> Fact:
    """Return a row as a fact; what stands beside a figure takes the rest of its line."""
    label = words(row.label)
    note = words.each(row.note_said) if row.note else NOTHING
    if row.text and not _DAY.fullmatch(row.text):
        return Fact(
            label,
            free(row.text),
            words.each(lambda tr: unit(row.unit, tr)) if row.unit else NOTHING,
            row.step,
            figure=True,
            strong=row.strong,
            place=Place.LINE if row.note else Place.HALF,
            note=note,
        )
    said = words.each(lambda tr: _with_note(row, tr))
    longest = max(map(half_widths, said.lines))
    place = Place.LINE if longest > _LONG else Place.HALF
    return Fact(label, said, step=row.step, strong=row.strong, place=place)


def _with_note(row: FactRow, tr: Translator) -> str:
    said, note = row.said(tr), row.note_said(tr)
    return tr(N_("{text}; {note}")).format(text=said, note=note) if note else said


def facts(words: Words, rows: Iterable[FactRow]) -> Facts:
    """Return rows as a block of facts."""
    return Facts(tuple(fact(words, row) for row in rows))


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures: head, a text for each row, what stands in the last line."""

    head: Text
    texts: tuple[str, ...]
    total: str = ""
    strong: bool = False

    @property
    def width(self) -> float:
        """Points that figures and head need."""
        figures = max((len(text) for text in (*self.texts, self.total)), default=0) * _DIGIT
        return max(figures, _longest_word(self.head.leading), _SHORTEST) + _PADDING


def _longest_word(text: str) -> float:
    """Points of the longest part that no line break divides."""
    parts = text.split()
    latin = (len(part) * _LATIN for part in parts if part.isascii())
    return max([*latin, _WIDE * 3])


def head(words: Words, label: str, code: str) -> Text:
    """Return the head of a column: its name with the unit behind it."""

    def said(tr: Translator) -> str:
        named = unit(code, tr)
        return (
            tr(N_("{label} ({unit})")).format(label=tr(label), unit=named) if named else tr(label)
        )

    return words.each(said)


def input_with_unit(path: str, tr: Translator) -> str:
    """Return the name of an input of the sensitivity with its unit behind it."""
    named = unit(sensitivity_unit(path), tr)
    label = input_name(path, tr)
    return tr(N_("{label} ({unit})")).format(label=label, unit=named) if named else label


def _packed(columns: Sequence[FigureColumn], room: float) -> list[list[FigureColumn]]:
    groups: list[list[FigureColumn]] = [[]]
    used = 0.0
    for column in columns:
        if groups[-1] and used + column.width > room:
            groups.append([])
            used = 0.0
        groups[-1].append(column)
        used += column.width
    return groups


def _balanced(columns: Sequence[FigureColumn], room: float) -> list[list[FigureColumn]]:
    """Return the columns on as few tables as fit, the tables about equally wide."""
    count = len(_packed(columns, room))
    narrow = sum(column.width for column in columns) / count
    while len(_packed(columns, min(narrow, room))) > count:
        narrow += _SHORTEST / 2
    return _packed(columns, min(narrow, room))


def figure_tables(
    first: Column, names: Sequence[Text], columns: Sequence[FigureColumn], total: Text | None = None
) -> Iterator[Grid]:
    """Yield the columns as tables that fit the page, each with the names of the rows.

    `first` is the column of the names with its share of the line. With `total` a last line
    holds the sums.
    """
    for group in _balanced(columns, LINE_WIDTH * (1 - first.share)):
        scale = (1 - first.share) / sum(column.width for column in group)
        rows: list[tuple[Cell, ...]] = [
            (cell(name), *(number_cell(c.texts[at], strong=c.strong) for c in group))
            for at, name in enumerate(names)
        ]
        if total is not None:
            sums = (number_cell(column.total, strong=True) for column in group)
            rows.append((cell(total, strong=True), *sums))
        heads = (Column(column.head, column.width * scale, numeric=True) for column in group)
        yield Grid((first, *heads), tuple(rows), total=total is not None)
