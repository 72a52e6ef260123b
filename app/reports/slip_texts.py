"""What a slip says in running text: rows and tables of facts as lines, parties, terms."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from app.formats import unit
from app.i18n import N_, Translator
from app.reports.fact_tables import FactCell, FactHead, FactTable
from app.reports.value_facts import FactRow

Write = Callable[[Translator], str]
"""Writes a text in a language; "" where nothing was entered."""


class Row(NamedTuple):
    """A heading of the slip and what stands beside it."""

    heading: str
    write: Write


TO_BE_AGREED = N_("to be agreed")
"""What stands for everything the case does not say."""

_NOTHING = ("", "–")


def free_text(text: str) -> Write:
    """A text as it was entered."""
    return lambda _tr: text.strip()


def worded(message: str, **facts: str) -> Write:
    """A message; facts are figures or message ids themselves."""
    return lambda tr: tr(message).format(**{name: tr(fact) for name, fact in facts.items()})


def agreed_later(_tr: Translator) -> str:
    """Nothing was entered."""
    return ""


def lines_of(*parts: Write) -> Write:
    """Texts on lines of their own, those that say nothing left out."""
    return lambda tr: "\n".join(filter(None, (part(tr) for part in parts)))


def row_lines(rows: Iterable[FactRow]) -> Write:
    """Each row on a line: label, figure with its unit, what stands beside; blank rows left out."""
    kept = tuple(rows)
    if not kept:
        return agreed_later
    return lambda tr: "\n".join(_row(row, tr) for row in kept if row.said(tr) not in _NOTHING)


def _row(row: FactRow, tr: Translator) -> str:
    value = _with_unit(row.said(tr), row.unit, tr)
    note = row.note_said(tr)
    if note:
        value = tr(N_("{text}; {note}")).format(text=value, note=note)
    return tr(N_("{label}: {value}")).format(label=tr(row.label), value=value)


def _with_unit(text: str, code: str, tr: Translator) -> str:
    if not code:
        return text
    return tr(N_("{quantity} {unit}")).format(quantity=text, unit=unit(code, tr))


def table_lines(table: FactTable | None, *labels: str) -> Write:
    """Each line of a table in words: its name, then label and value of each column.

    `labels` are the heads of the columns that are told, in the order of the table; all of them
    where none is named. Nothing is said of an empty place.
    """
    if table is None:
        return agreed_later
    return lambda tr: "\n".join(filter(None, _lines(table, labels, tr)))


def _lines(table: FactTable, labels: tuple[str, ...], tr: Translator) -> Iterator[str]:
    for name, *cells in table.rows:
        told = [
            _cell(found, cell, tr)
            for found, cell in zip(table.heads[1:], cells, strict=True)
            if (not labels or found.label in labels) and cell.said(tr) not in _NOTHING
        ]
        if told:
            line = tr(N_("· {label}: {value}"))
            yield line.format(label=name.said(tr), value=tr(N_("; ")).join(told))


def _cell(found: FactHead, cell: FactCell, tr: Translator) -> str:
    text = cell.said(tr)
    value = _with_unit(text, found.unit, tr) if cell.text else text
    return tr(N_("{label} {figure}")).format(label=tr(found.label), figure=value)
