"""What changed between two versions of a case, and what each change did to the value."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from app.finance.case.case import Case, CaseFile
from app.finance.case.problems import Problem
from app.finance.case.rules import is_in_use
from app.finance.errors import DomainError
from app.finance.fields import FieldSpec, fields_of, specs_by_path
from app.messages import domain_problem
from app.reference.tables import Reference
from app.services.change_steps import (
    Amounts,
    ChangeStep,
    Group,
    Valuer,
    groups_of,
    steps_between,
)
from app.services.loan_changes import LoanFigures, computed_loan, saved_loan
from app.services.ports import Figures

_REASON = "appraisal.change_reason"
"""Says why; it is no change itself."""


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """An input that differs; `old` and `new` are JSON values, None where it is not given.

    A section that came or went has true for the version that has it, and no provenance.

    `label` and `section` are message ids, `unit` and `percent` those of the declaration.
    `kind` and `source` say where the new value comes from. For a table `lines` counts the
    lines added, taken out and changed. `step` is the place of its step in `Changes.steps`,
    None when it moves no value.
    """

    path: str
    label: str
    section: str
    unit: str
    percent: bool
    old: Any
    new: Any
    kind: str
    source: str
    lines: tuple[int, int, int] | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True)
class ChangedSource:
    """An input that is the same, with another provenance."""

    path: str
    label: str
    section: str
    old_kind: str
    old_source: str
    new_kind: str
    new_source: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed; the effects of the steps sum to `after` less `before`, to the fen.

    `before` or `after` is None when that version has no appraisal or cannot be computed any
    more (`problem` says why); there are no steps then. `reason` is what the appraisal says
    about its change. `loan_before` and `loan_after` are the key figures of the loan, None without
    one; of a stored version they are those saved with it, which later data do not move.
    `loan_problem` says why a loan cannot be computed.
    """

    inputs: tuple[ChangedInput, ...]
    sources: tuple[ChangedSource, ...]
    steps: tuple[ChangeStep, ...]
    before: Amounts | None
    after: Amounts | None
    reason: str
    problem: Problem | None = None
    loan_before: LoanFigures | None = None
    loan_after: LoanFigures | None = None
    loan_problem: Problem | None = None

    @property
    def total(self) -> Amounts | None:
        """Return the change of each level, None when one side has no value."""
        if self.before is None or self.after is None:
            return None
        return self.after.less(self.before)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _is_empty(value: Any) -> bool:
    return value is None or value in ((), "")


def _line_counts(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[int, int, int]:
    """Return how many lines were added, taken out and changed; lines that only moved up stay."""
    added = gone = differ = 0
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = i2 - i1, j2 - j1
        if old[i1:i2] != new[j1:j2]:
            differ += min(was, now)
            added += max(now - was, 0)
            gone += max(was - now, 0)
    return added, gone, differ


def _section_label(path: str) -> str:
    """Return the heading an input stands under: the innermost section, its group if it has one."""
    specs = specs_by_path(Case)
    spec = specs[path]
    parent = path.rpartition(".")[0]
    return spec.field.group or (specs[parent].field.label if parent else "")


def _changed_specs(before: CaseFile, after: CaseFile) -> Iterator[FieldSpec]:
    """Yield what differs and has a meaning in one of the versions, in form order.

    Of a section that came or went: the section itself and the inputs that are not at their
    default.
    """
    absent = ""
    for spec in fields_of(Case):
        if spec.path == _REASON:
            continue
        old, new = before.value_at(spec.path), after.value_at(spec.path)
        inside = bool(absent) and spec.path.startswith(f"{absent}.")
        if spec.section:
            if inside or (old is None) == (new is None):
                continue
            absent = spec.path
        elif old == new or (_is_empty(old) and _is_empty(new)):
            continue
        if inside and spec.default == (new if _is_empty(old) else old):
            continue
        if is_in_use(before.case, spec.path) or is_in_use(after.case, spec.path):
            yield spec


def _changed_input(spec: FieldSpec, before: CaseFile, after: CaseFile) -> ChangedInput:
    old, new = before.value_at(spec.path), after.value_at(spec.path)
    if spec.section:
        old, new = old is not None or None, new is not None or None
    origin = None if spec.section else after.provenance_of(spec.path)
    return ChangedInput(
        path=spec.path,
        label=spec.field.label,
        section=_section_label(spec.path),
        unit=spec.field.unit,
        percent=spec.field.percent,
        old=_plain(old),
        new=_plain(new),
        kind="" if origin is None else origin.kind.value,
        source="" if origin is None else origin.source,
        lines=_line_counts(old or (), new or ()) if spec.table else None,
    )


def _changed_sources(before: CaseFile, after: CaseFile) -> Iterator[ChangedSource]:
    for path in sorted(set(before.provenance) | set(after.provenance)):
        old, new = before.value_at(path), after.value_at(path)
        if old != new or (_is_empty(old) and _is_empty(new)):
            continue
        was, now = before.provenance_of(path), after.provenance_of(path)
        if was != now:
            yield ChangedSource(
                path=path,
                label=specs_by_path(Case)[path].field.label,
                section=_section_label(path),
                old_kind=was.kind.value,
                old_source=was.source,
                new_kind=now.kind.value,
                new_source=now.source,
            )


def _moves_value(group: Group) -> bool:
    return any(path.startswith(("project.", "appraisal.")) for path in group)


def _valued(valuer: Valuer, case: Case) -> tuple[Amounts | None, Problem | None]:
    try:
        return valuer.value(case), None
    except DomainError as error:
        return None, domain_problem(error)


def _loan(
    file: CaseFile, saved: Figures | None, reference: Reference
) -> tuple[LoanFigures | None, Problem | None]:
    """Return the loan as it was saved, else as it is computed now."""
    found = saved_loan(saved)
    if found is not None:
        return found, None
    try:
        return computed_loan(file, reference), None
    except DomainError as error:
        return None, domain_problem(error)


def changes(
    before: CaseFile,
    after: CaseFile,
    reference: Reference,
    *,
    saved: tuple[Figures | None, Figures | None] = (None, None),
) -> Changes:
    """Compare two versions of a case and attribute the change of its values to the inputs.

    `saved` are the key figures stored with the versions, None for one that is not stored.

    Inputs move from the earlier to the later version one at a time in the order of the form,
    each effect being the value after it less the value before it, so the effects sum exactly to
    the difference. What makes sense together moves together: a table, a section that
    came or went, a choice with the inputs it asks for, inputs that make a valid case only
    with one another. Another order would share interactions out differently; the sum would
    not change. Steps that move no level are left out.

    Source: sequential substitution of factors, as the factor analysis of accounts does.
    """
    specs = list(_changed_specs(before, after))
    inputs = [_changed_input(spec, before, after) for spec in specs]
    valuer = Valuer(reference.tables)
    start, problem = _valued(valuer, before.case)
    end, refused = _valued(valuer, after.case)
    steps: list[ChangeStep] = []
    if start is not None and end is not None:
        groups = groups_of(before.case, after.case, [spec.path for spec in specs])
        moving = [group for group in groups if _moves_value(group)]
        steps = steps_between(valuer, before.case, after.case, moving)
    kept = [step for step in steps if not step.effect.is_zero]
    number = {path: n for n, step in enumerate(kept) for path in step.paths}
    appraisal = after.case.appraisal
    loan_before, loan_lost = _loan(before, saved[0], reference)
    loan_after, loan_refused = _loan(after, saved[1], reference)
    return Changes(
        inputs=tuple(replace(entry, step=number.get(entry.path)) for entry in inputs),
        sources=tuple(_changed_sources(before, after)),
        steps=tuple(kept),
        before=start,
        after=end,
        reason=appraisal.change_reason if appraisal is not None else "",
        problem=problem or refused,
        loan_before=loan_before,
        loan_after=loan_after,
        loan_problem=loan_lost or loan_refused,
    )
