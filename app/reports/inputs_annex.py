"""The annex of inputs: every one in use with unit, mark of provenance and source."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from app.finance.case.case import Case, CaseFile
from app.finance.case.provenance import ProvenanceKind
from app.finance.case.rules import is_in_use
from app.finance.fields import FieldSpec, fields_of
from app.i18n import N_
from app.reports import engagement_section
from app.reports.document import (
    DASH,
    EMPTY,
    NOTHING,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Prose,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.input_tables import plan
from app.reports.input_values import (
    MARKS,
    is_empty,
    is_figure,
    provenance,
    published,
    published_source,
    shown,
    unit_name,
)

_PRINTED_ELSEWHERE = ("notes", *engagement_section.PATHS)


_CREDIT = "loan.credit"
_OF_DRAWING = (
    "project.draws",
    "project.seed",
    "appraisal.simulation.scenarios",
    "appraisal.simulation.seed",
)


@dataclass(frozen=True, slots=True)
class Group:
    """The inputs of one section: its own ones, then its tables; sections inside follow it."""

    label: str
    inputs: tuple[FieldSpec, ...]
    tables: tuple[FieldSpec, ...]


def _stands(file: CaseFile, spec: FieldSpec) -> bool:
    """Whether an input is printed: it has a meaning in this case, and a value or a default."""
    if spec.path in _PRINTED_ELSEWHERE or not is_in_use(file.case, spec.path):
        return False
    return bool(spec.field.reference) or not is_empty(file.value_at(spec.path))


def _is_below(path: str, sections: Collection[str]) -> bool:
    return any(path == section or path.startswith(f"{section}.") for section in sections)


def groups(
    file: CaseFile,
    *,
    credit: bool = False,
    below: str | tuple[str, ...] = "",
    without: Collection[str] = (),
) -> Iterator[Group]:
    """Yield the sections in use, an outer one before those inside it.

    Those of credit risk are the lender's own: they come with `credit`, and no others. `below` and
    `without` are paths that narrow what is yielded.
    """
    kept = (below,) if isinstance(below, str) else below
    standing = [spec for spec in fields_of(Case) if _stands(file, spec)]
    found = [
        spec
        for spec in standing
        if _is_below(spec.path, (_CREDIT,)) == credit
        and (not below or _is_below(spec.path, kept))
        and not _is_below(spec.path, without)
    ]
    sections = [("", ""), *((spec.path, spec.field.label) for spec in standing if spec.section)]
    for path, label in sections:
        own = [s for s in found if s.path.rpartition(".")[0] == path and not s.section]
        if own:
            inputs = tuple(spec for spec in own if not spec.table)
            yield Group(label, inputs, tuple(spec for spec in own if spec.table))


def _row(file: CaseFile, spec: FieldSpec, words: Words) -> tuple[Cell, ...]:
    label = cell(words(spec.field.label))
    value = file.value_at(spec.path)
    if value is None:
        default = published(spec)
        figure = shown(default.value, spec, words) if default else DASH
        origin = published_source(default) if default else DASH
        mark = words(MARKS[ProvenanceKind.DEFAULT])
        unit = cell(unit_name(spec, words))
        return (label, number_cell(figure.leading), unit, cell(mark), cell(origin))
    text = shown(value, spec, words)
    mark, source = provenance(file, spec, words)
    if is_figure(value):
        parts = (number_cell(text.leading), cell(unit_name(spec, words)))
    else:
        parts = (cell(text, span=2), EMPTY)
    return (label, *parts, cell(mark), cell(source))


def inputs(
    words: Words,
    file: CaseFile,
    *,
    below: str | tuple[str, ...] = "",
    without: Collection[str] = (),
) -> Iterator[Block]:
    """Each input with its unit, provenance and source; tables of the case follow.

    `below` keeps to inputs and sections, `without` leaves out inputs and sections.
    """
    yield Heading(words(N_("Annex: inputs and where they come from")))
    yield from inputs_of(words, file, below=below, without=without)


def inputs_of(
    words: Words,
    file: CaseFile,
    *,
    below: str | tuple[str, ...] = "",
    without: Collection[str] = (),
) -> Iterator[Block]:
    """The marks and the inputs themselves, without a heading."""
    yield Prose(
        words.each(
            lambda tr: tr(
                N_(
                    "{disclosed} disclosed · {measured} measured · "
                    "{assumed} assumed · {default} default"
                )
            ).format(**{kind.value: tr(mark) for kind, mark in MARKS.items()})
        ),
        small=True,
    )
    yield from _tables(words, file, tuple(groups(file, below=below, without=without)))


def assumed(file: CaseFile) -> tuple[FieldSpec, ...]:
    """Return the figures, days and tables in use that were entered and are marked as assumed."""
    return tuple(
        spec
        for spec in estimable(file)
        if file.provenance_of(spec.path).kind is ProvenanceKind.ASSUMED
    )


def estimable(file: CaseFile) -> tuple[FieldSpec, ...]:
    """Return the inputs in use that can be right or wrong: figures, days and tables.

    How often and from which seed is drawn is neither.
    """
    found = []
    for group in groups(file):
        for spec in (*group.inputs, *group.tables):
            value = file.value_at(spec.path)
            if spec.path in _OF_DRAWING:
                continue
            if is_figure(value) or isinstance(value, date) or (spec.table and value):
                found.append(spec)
    return tuple(found)


def assumed_inputs(words: Words, file: CaseFile) -> Iterator[Block]:
    """The assumed inputs with the reason of each; a table stands with the count of its lines."""
    rows = [_assumed_row(file, spec, words) for spec in assumed(file)]
    if rows:
        heads = (
            Column(words(N_("Assumed input")), 0.3),
            Column(words(N_("Value")), 0.2, numeric=True),
            Column(words(N_("Unit")), 0.12),
            Column(words(N_("Source or reason")), 0.38),
        )
        yield Grid(heads, tuple(rows))


def _assumed_row(file: CaseFile, spec: FieldSpec, words: Words) -> tuple[Cell, ...]:
    reason = free(file.provenance_of(spec.path).source)
    said = cell(reason if reason != NOTHING else words(N_("no reason stated")))
    if not spec.table:
        label, value, unit, _mark, _source = _row(file, spec, words)
        return label, value, unit, said
    count = words(N_("Lines: {count}"), count=len(file.value_at(spec.path)))
    return cell(words(spec.field.label)), cell(count, span=2), EMPTY, said


def credit_inputs(words: Words, file: CaseFile) -> Iterator[Block]:
    """The inputs of credit risk with unit, provenance and source."""
    found = tuple(groups(file, credit=True))
    if found:
        yield Heading(words(N_("Inputs of credit risk")), 2)
        yield from _tables(words, file, found)


def _tables(words: Words, file: CaseFile, found: tuple[Group, ...]) -> Iterator[Block]:
    """The inputs of the sections in one table, then each table of the case."""
    rows: list[tuple[Cell, ...]] = []
    bands = []
    for group in found:
        if group.label and group.inputs:
            bands.append(len(rows))
            rows.append((Cell(words(group.label), strong=True, span=5), *(EMPTY,) * 4))
        rows += [_row(file, spec, words) for spec in group.inputs]
    yield Grid(
        (
            Column(words(N_("Input")), 0.26),
            Column(words(N_("Value")), 0.2, numeric=True),
            Column(words(N_("Unit")), 0.13),
            Column(words(N_("Mark")), 0.07),
            Column(words(N_("Source or reason")), 0.34),
        ),
        tuple(rows),
        bands=frozenset(bands),
    )
    for group in found:
        for spec in group.tables:
            nested = spec.path.count(".") > 1
            yield from plan(words, file, spec, section=group.label if nested else "")
