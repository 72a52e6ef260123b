"""What changed between two versions of a case as plain JSON values."""

from collections.abc import Sequence
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.case.problems import Problem
from app.i18n import Translator
from app.reference.tables import Reference
from app.services.case_file import SCHEMA_VERSION
from app.services.change_steps import Amounts
from app.services.changes import ChangedInput, ChangedSource, Changes
from app.services.fingerprint import input_hash
from app.services.loan_changes import LoanFigures
from app.services.results_json import plain, problem_json
from app.version import VERSION


def _levels(amounts: Amounts | None) -> dict[str, Any]:
    names = ("gross_yuan", "net_yuan", "prudent_yuan", "liquidation_yuan")
    return {name: None if amounts is None else plain(getattr(amounts, name)) for name in names}


def _version(file: CaseFile, amounts: Amounts | None, loan: LoanFigures | None) -> dict[str, Any]:
    return {
        "case_name": file.case.project.name,
        "input_hash": input_hash(file),
        **_levels(amounts),
        "loan": plain(loan),
    }


def _problem(problem: Problem | None, tr: Translator) -> dict[str, Any] | None:
    return None if problem is None else problem_json(problem, tr)


def _input(entry: ChangedInput, tr: Translator) -> dict[str, Any]:
    lines = None
    if entry.lines is not None:
        lines = dict(zip(("added", "taken_out", "changed"), entry.lines, strict=True))
    return {
        "path": entry.path,
        "label": tr(entry.label),
        "section": tr(entry.section),
        "unit": entry.unit,
        "before": plain(entry.old),
        "after": plain(entry.new),
        "provenance": entry.kind,
        "source": tr(entry.source),
        "lines": lines,
        "step": entry.step,
    }


def _sources(entries: Sequence[ChangedSource], tr: Translator) -> list[dict[str, Any]]:
    return [
        {
            "path": entry.path,
            "label": tr(entry.label),
            "before": {"provenance": entry.old_kind, "source": tr(entry.old_source)},
            "after": {"provenance": entry.new_kind, "source": tr(entry.new_source)},
        }
        for entry in entries
    ]


def changes_json(
    before: CaseFile, after: CaseFile, found: Changes, reference: Reference, tr: Translator
) -> dict[str, Any]:
    """Return what changed; money in yuan, the effects of the steps sum to `change`.

    Levels are null for a version that has no value; `problem` says why. `loan` is null for one that
    has no loan, or whose loan cannot be computed; `loan_problem` says why.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "program_version": VERSION,
        "data_version": reference.data_version,
        "before": _version(before, found.before, found.loan_before),
        "after": _version(after, found.after, found.loan_after),
        "change": _levels(found.total),
        "reason": found.reason,
        "steps": [
            {
                "paths": list(step.paths),
                "effect": _levels(step.effect),
                "after": _levels(step.after),
            }
            for step in found.steps
        ],
        "inputs": [_input(entry, tr) for entry in found.inputs],
        "sources": _sources(found.sources, tr),
        "problem": _problem(found.problem, tr),
        "loan_problem": _problem(found.loan_problem, tr),
    }
