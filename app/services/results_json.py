"""All results of a case as plain JSON values, with stable key names that carry the unit."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.case.provenance import ProvenanceKind
from app.finance.case.rules import is_in_use
from app.finance.engine import Results
from app.finance.explain import Step
from app.finance.fields import fields_of
from app.finance.sink.eligibility import MarketAnswer
from app.i18n import Translator
from app.messages import expected_text, given_text, notice_source, notice_text
from app.reference.tables import Reference
from app.services.case_file import SCHEMA_VERSION
from app.services.insurance_json import insurance_json
from app.services.loan_json import loan_json
from app.services.workbench import Computed
from app.version import VERSION

PARTS = ("carbon", "values", "loan", "insurance")


_SHOWN_APART = ("working", "notices", "plan", "credit_quantiles_tco2")
"""Fields of a result that have a list of their own in the document, or are not printed."""


def plain(value: Any) -> Any:
    """Turn a result into JSON values: money to numbers with two places, dates to ISO text."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        names = [entry.name for entry in fields(value) if entry.name not in _SHOWN_APART]
        value = {name: getattr(value, name) for name in names}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple | list) else value


def _step(step: Step, tr: Translator) -> dict[str, Any]:
    return {
        "key": step.key,
        "label": tr(step.label),
        "formula": step.formula,
        "terms": [
            {
                "symbol": term.symbol,
                "label": tr(term.label),
                "value": plain(term.value),
                "unit": term.unit,
            }
            for term in step.terms
        ],
        "value": plain(step.value),
        "unit": step.unit,
        "source": tr(step.source),
        "note": tr(step.note),
    }


def _inputs(computed: Computed, reference: Reference, tr: Translator) -> list[dict[str, Any]]:
    """Each input that has a meaning in the case; published figures stand in for empty ones."""
    rows = []
    for spec in fields_of(Case):
        if spec.section or not is_in_use(computed.file.case, spec.path):
            continue
        value = computed.file.value_at(spec.path)
        published = reference.tables.parameters.get(spec.field.reference)
        if value in (None, "", ()) and published is None:
            continue
        if value is None and published is not None:
            value, kind = published.value, ProvenanceKind.DEFAULT
            source = ", ".join(filter(None, (published.source, published.clause)))
        else:
            provenance = computed.file.provenance_of(spec.path)
            kind, source = provenance.kind, tr(provenance.source)
        rows.append(
            {
                "path": spec.path,
                "label": tr(spec.field.label),
                "value": plain(value),
                "unit": spec.field.unit,
                "provenance": kind.value,
                "source": source,
            }
        )
    return rows


def _market(answer: MarketAnswer, tr: Translator) -> dict[str, Any]:
    chinese = tr.language == "zh"
    return {
        "market": answer.market,
        "name_zh": answer.name_zh,
        "answer": answer.answer.value,
        "open": answer.open,
        "sink": plain(answer.sink),
        "compliance": answer.compliance.value,
        "territory": answer.territory,
        "reason": tr(answer.reason),
        "detail": answer.detail_zh if chinese else answer.detail,
        "rule": answer.rule_zh if chinese else answer.rule,
        "as_of": answer.as_of,
        "source": answer.source,
    }


def _part(case: Case, results: Results, part: str, tr: Translator) -> Any:
    """One part of the results; what is drawn stands in the part it belongs to."""
    if part == "loan" and results.loan is not None:
        return plain(loan_json(results.loan, results.notices, tr))
    if part == "insurance" and results.insurance is not None:
        found = plain(insurance_json(case, results.insurance, results.notices, tr))
        return {**found, "working": [_step(step, tr) for step in results.insurance.working]}
    found = plain(getattr(results, part))
    if part == "values" and found is not None:
        found["sensitivity"] = plain(results.sensitivity)
        found["range"] = plain(results.value_range)
    if part == "carbon":
        found["eligibility"] = [_market(answer, tr) for answer in results.eligibility]
        found["range"] = plain(results.range)
    return found


def results_json(
    computed: Computed, reference: Reference, tr: Translator, parts: Sequence[str] = PARTS
) -> dict[str, Any]:
    """Return the results of a case; `parts` limits them to some of `PARTS`.

    A part the case does not have is null. Labels, notices and sources are in the
    translator's language; keys and codes do not change with it.
    """
    results = computed.results
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "program_version": VERSION,
        "data_version": reference.data_version,
        "input_hash": computed.input_hash,
        "case_name": computed.file.case.project.name,
    }
    case = computed.file.case
    document |= {part: _part(case, results, part, tr) for part in parts}
    document["notices"] = [
        {
            "code": notice.code,
            "severity": notice.severity.value,
            "path": notice.path,
            "text": notice_text(notice, tr),
            "source": notice_source(notice, tr),
            "facts": plain(notice.facts),
        }
        for notice in results.notices
    ]
    document["working"] = [
        _step(step, tr)
        for part in (getattr(results, name) for name in parts)
        if part is not None
        for step in part.working
    ]
    document["inputs"] = _inputs(computed, reference, tr)
    return document


def problem_json(problem: Problem, tr: Translator) -> dict[str, Any]:
    """Return a refused input as JSON values: path, value, code, what is expected."""
    return {
        "path": problem.path,
        "value": None if problem.value is None else given_text(problem.value, 200),
        "code": problem.code,
        "expected": expected_text(problem, tr),
    }


def refusal_json(problems: Sequence[Problem], tr: Translator) -> dict[str, Any]:
    """Return refused inputs as JSON values."""
    return {"refused": [problem_json(problem, tr) for problem in problems]}
