"""What the sheet says of the version before: changed inputs, and what each did to the value."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Protocol

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec, specs_by_path
from app.formats import money, plain, unit
from app.i18n import N_, Translator
from app.messages import field_label, problem_text
from app.messages.loan_change_words import MOVED_BY_DATA, loan_rows
from app.messages.valuation_words import LEVEL_LABELS
from app.reports.document import (
    DASH,
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Place,
    Prose,
    Text,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.input_values import is_calendar_year, is_empty

_LEVELS = ("gross_yuan", "net_yuan", "prudent_yuan", "liquidation_yuan")


class Amounts(Protocol):
    """The four levels of value, or what a step does to each of them, yuan."""

    @property
    def gross_yuan(self) -> Decimal: ...
    @property
    def net_yuan(self) -> Decimal: ...
    @property
    def prudent_yuan(self) -> Decimal: ...
    @property
    def liquidation_yuan(self) -> Decimal: ...


class ChangeStep(Protocol):
    """Inputs that moved together, and their effect on the levels."""

    @property
    def paths(self) -> tuple[str, ...]: ...
    @property
    def effect(self) -> Amounts: ...


class ChangedInput(Protocol):
    """An input that differs; `old` and `new` are JSON values, `lines` counts those of a table."""

    @property
    def path(self) -> str: ...
    @property
    def old(self) -> Any: ...
    @property
    def new(self) -> Any: ...
    @property
    def source(self) -> str: ...
    @property
    def lines(self) -> tuple[int, int, int] | None: ...


class ChangedSource(Protocol):
    """An input that is the same with another provenance."""

    @property
    def path(self) -> str: ...
    @property
    def old_source(self) -> str: ...
    @property
    def new_source(self) -> str: ...


class Changes(Protocol):
    """What changed between two versions; the effects of the steps sum to after less before."""

    @property
    def inputs(self) -> Sequence[ChangedInput]: ...
    @property
    def sources(self) -> Sequence[ChangedSource]: ...
    @property
    def steps(self) -> Sequence[ChangeStep]: ...
    @property
    def before(self) -> Amounts | None: ...
    @property
    def after(self) -> Amounts | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def problem(self) -> Problem | None: ...
    @property
    def loan_before(self) -> object: ...
    @property
    def loan_after(self) -> object: ...
    @property
    def loan_problem(self) -> Problem | None: ...


def changes(words: Words, found: Changes | None) -> Iterator[Block]:
    """The inputs that changed, the effect of each on the levels of value, the loan, the reason."""
    if found is None:
        return
    moved = found.loan_before != found.loan_after
    if not (found.inputs or found.sources or moved):
        return
    yield Heading(words(N_("What changed since the version before")))
    if not (found.inputs or found.sources):
        yield Prose(words(MOVED_BY_DATA), small=True)
    if found.reason.strip():
        label = words(N_("Why the appraisal changed"))
        yield Facts((Fact(label, free(found.reason.strip()), place=Place.LINE),))
    problem = found.problem
    if problem is not None:
        text = N_("The effects cannot be computed: {problem}")
        said = words.each(lambda tr: tr(text).format(problem=problem_text(problem, tr)))
        yield Prose(said, small=True)
    if found.before is not None and found.after is not None:
        yield _effects(words, found, found.before, found.after)
    yield from _loan(words, found)
    if found.inputs:
        yield _inputs(words, found.inputs)
    if found.sources:
        yield Heading(words(N_("Sources that changed")), 2)
        yield _sources(words, found.sources)


def _loan(words: Words, found: Changes) -> Iterator[Block]:
    """The key figures of the loan before and now; why there are none, if that is so."""
    problem = found.loan_problem
    if problem is not None:
        text = N_("The loan cannot be compared: {problem}")
        said = words.each(lambda tr: tr(text).format(problem=problem_text(problem, tr)))
        yield Prose(said, small=True)
    if found.loan_before is None and found.loan_after is None:
        return
    yield Grid(
        (
            Column(words(N_("Loan")), 0.44),
            Column(words(N_("Unit")), 0.16),
            Column(words(N_("Before")), 0.2, numeric=True),
            Column(words(N_("Now")), 0.2, numeric=True),
        ),
        tuple(
            (
                cell(words(label)),
                cell(words.each(lambda tr, c=code: unit(c, tr))),  # type: ignore[misc]
                number_cell(before),
                number_cell(after),
            )
            for label, code, before, after in loan_rows(found.loan_before, found.loan_after)
        ),
    )


def _amounts(amounts: Amounts, *, strong: bool = False) -> Iterator[Cell]:
    for name in _LEVELS:
        yield number_cell(money(getattr(amounts, name)), strong=strong)


def _effects(words: Words, found: Changes, before: Amounts, after: Amounts) -> Grid:
    """From the levels of the version before over each step to those of this version."""
    rows: list[tuple[Cell, ...]] = [(cell(words(N_("Version before"))), *_amounts(before))]
    rows += [(cell(_step_name(words, step)), *_amounts(step.effect)) for step in found.steps]
    rows.append((cell(words(N_("This version")), strong=True), *_amounts(after, strong=True)))
    labels = LEVEL_LABELS.values()
    return Grid(
        (
            Column(words(N_("Effect on the value (yuan)")), 0.32),
            *(Column(words(label), 0.17, numeric=True) for label in labels),
        ),
        tuple(rows),
        total=True,
    )


def _step_name(words: Words, step: ChangeStep) -> Text:
    return words.each(
        lambda tr: tr(N_(", ")).join(dict.fromkeys(field_label(path, tr) for path in step.paths))
    )


def _inputs(words: Words, inputs: Sequence[ChangedInput]) -> Grid:
    return Grid(
        (
            Column(words(N_("Input that changed")), 0.32),
            Column(words(N_("Before")), 0.18),
            Column(words(N_("Now")), 0.18),
            Column(words(N_("Source")), 0.32),
        ),
        tuple(_input_row(words, entry) for entry in inputs),
    )


def _input_row(words: Words, entry: ChangedInput) -> tuple[Cell, ...]:
    name = cell(words.each(lambda tr: field_label(entry.path, tr)))
    source = cell(free(entry.source) if entry.source else DASH)
    if entry.lines is not None:
        added, gone, differ = entry.lines
        text = N_("lines added: {added}, taken out: {gone}, changed: {differ}")
        said = words(text, added=added, gone=gone, differ=differ)
        return name, cell(said, span=2), Cell(free("")), source
    spec = specs_by_path(Case)[entry.path]
    return name, cell(_shown(words, spec, entry.old)), cell(_shown(words, spec, entry.new)), source


def _shown(words: Words, spec: FieldSpec, value: Any) -> Text:
    """A JSON value as it is printed among the inputs, with its unit."""
    if is_empty(value):
        return DASH
    names = dict(spec.field.choices)
    if isinstance(value, str):
        return words(names[value]) if value in names else free(value)
    if isinstance(value, bool):
        return words(N_("yes") if value else N_("no"))
    if isinstance(value, int | float):
        return words.each(lambda tr: _with_unit(spec, value, tr))
    return free(str(value))


def _with_unit(spec: FieldSpec, value: float, tr: Translator) -> str:
    if is_calendar_year(spec):
        return str(int(value))
    text = f"{plain(value * 100)}%" if spec.field.percent else plain(float(value))
    return f"{text} {unit(spec.field.unit, tr)}".rstrip()


def _sources(words: Words, sources: Sequence[ChangedSource]) -> Grid:
    return Grid(
        (
            Column(words(N_("Input")), 0.32),
            Column(words(N_("Before")), 0.34),
            Column(words(N_("Now")), 0.34),
        ),
        tuple(
            (
                cell(words.each(lambda tr, p=entry.path: field_label(p, tr))),  # type: ignore[misc]
                cell(free(entry.old_source) if entry.old_source else DASH),
                cell(free(entry.new_source) if entry.new_source else DASH),
            )
            for entry in sources
        ),
    )
