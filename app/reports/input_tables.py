"""The tables of a case in the annex of inputs: lines down, or across when they are wide."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.case.provenance import ProvenanceKind
from app.finance.fields import FieldSpec, fields_of
from app.formats import unit
from app.i18n import N_, Translator
from app.reports.document import (
    DASH,
    NOTHING,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Prose,
    SiteMap,
    Text,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.input_values import (
    MARKS,
    is_calendar_year,
    is_empty,
    provenance,
    published,
    published_source,
    shown,
)

_SITES = "project.sites"
COAST = N_(
    "Coast: Natural Earth, land 1:10m, public domain; borders are not drawn. Coordinates in WGS 84."
)
"""What the map of the sites is drawn from."""

_WIDEST = 10.0
"""Sum of weights from which the lines of a table stand beside each other instead."""

_LINES_BESIDE = 4
_LABEL_SHARE = 0.32
_NUMBER_SHARE = 0.1


def plan(words: Words, file: CaseFile, spec: FieldSpec, *, section: str) -> Iterator[Block]:
    """A table of the case as a table of its own; `section` names the section it belongs to."""
    lines = file.value_at(spec.path)
    columns = [c for c in fields_of(spec.kind) if _in_use(c, lines)]
    yield Heading(_title(words, spec, section), 2)
    yield Prose(_origin(words, file, spec), small=True)
    if spec.path == _SITES:
        yield SiteMap(lines)
        yield Prose(words(COAST), small=True)
    if sum(map(_weight, columns)) <= _WIDEST:
        yield _lines_down(words, columns, lines, numbered=spec.path == _SITES)
    else:
        yield from _lines_across(words, columns, lines)
    yield from _defaults(words, columns, lines)


def _in_use(column: FieldSpec, lines: Sequence[Any]) -> bool:
    """Whether a column says something in any line."""
    return bool(column.field.reference) or any(
        not is_empty(getattr(line, column.name)) for line in lines
    )


def _title(words: Words, spec: FieldSpec, section: str) -> Text:
    if not section:
        return words(spec.field.label)
    return words.each(lambda tr: f"{tr(section)} · {tr(spec.field.label)}")


def _origin(words: Words, file: CaseFile, spec: FieldSpec) -> Text:
    mark, source = provenance(file, spec, words)
    if len(source.lines) == 1:
        mark = free(" ".join(mark.lines))
    pairs = zip(*_even(mark, source), strict=True)
    return Text(tuple(f"{label} · {where}" for label, where in pairs))


def _even(first: Text, second: Text) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of two texts in as many languages as the longer one has."""
    count = max(len(first.lines), len(second.lines))
    return (first.lines * count)[:count], (second.lines * count)[:count]


def _weight(column: FieldSpec) -> float:
    """How wide a column wants to be beside the others."""
    if column.kind is str:
        return 2.0
    if issubclass(column.kind, Enum):
        return 1.6
    return 1.0 if is_calendar_year(column) or issubclass(column.kind, date) else 1.2


def _is_numeric(column: FieldSpec) -> bool:
    return column.kind in (int, float)


def _head(words: Words, column: FieldSpec) -> Text:
    def head(tr: Translator) -> str:
        label, code = tr(column.field.label), unit(column.field.unit, tr)
        return tr(N_("{label} ({unit})")).format(label=label, unit=code) if code else label

    return words.each(head)


def _place(words: Words, column: FieldSpec, line: Any, *, right: bool = False) -> Cell:
    """A place of the table; a published default is marked as one."""
    value = getattr(line, column.name)
    if value is None and column.field.reference:
        default = published(column)
        text = shown(default.value, column, words) if default else DASH
        mark = words(MARKS[ProvenanceKind.DEFAULT])
        return number_cell(f"{text.leading} {mark.leading}")
    text = NOTHING if is_empty(value) else shown(value, column, words)
    return Cell(text, figure=_is_numeric(column), right=right)


def _lines_down(
    words: Words, columns: Sequence[FieldSpec], lines: Sequence[Any], *, numbered: bool
) -> Grid:
    total = sum(map(_weight, columns))
    room = 1 - _NUMBER_SHARE if numbered else 1.0
    heads = [
        Column(_head(words, column), room * _weight(column) / total, numeric=_is_numeric(column))
        for column in columns
    ]
    rows = [tuple(_place(words, column, line) for column in columns) for line in lines]
    if numbered:
        heads.insert(0, Column(words(N_("Number")), _NUMBER_SHARE))
        rows = [(cell(free(str(n))), *row) for n, row in enumerate(rows, start=1)]
    return Grid(tuple(heads), tuple(rows))


def _lines_across(
    words: Words, columns: Sequence[FieldSpec], lines: Sequence[Any]
) -> Iterator[Grid]:
    """Inputs down and some lines across, in as many tables as it takes."""
    share = (1 - _LABEL_SHARE) / _LINES_BESIDE
    for start in range(0, len(lines), _LINES_BESIDE):
        group = lines[start : start + _LINES_BESIDE]
        used = [column for column in columns if _in_use(column, group)]
        numbers = range(start + 1, start + 1 + len(group))
        heads = (
            Column(words(N_("Line")), _LABEL_SHARE),
            *(Column(free(str(number)), share, numeric=True) for number in numbers),
        )
        rows = (
            (
                cell(_head(words, column)),
                *(_place(words, column, line, right=True) for line in group),
            )
            for column in used
        )
        yield Grid(heads, tuple(rows))


def _defaults(words: Words, columns: Sequence[FieldSpec], lines: Sequence[Any]) -> Iterator[Block]:
    """Where the published figures come from that stand in for empty places."""
    for column in columns:
        if not column.field.reference or all(
            getattr(line, column.name) is not None for line in lines
        ):
            continue
        default = published(column)
        if default is not None:
            source = published_source(default)
            label = words(column.field.label)
            pairs = zip(*_even(label, source), strict=True)
            yield Prose(Text(tuple(f"{name}: {where}" for name, where in pairs)), small=True)
