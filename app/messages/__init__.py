"""The words of every code: refused inputs, warnings and red flags."""

from collections.abc import Mapping
from typing import Any

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.errors import DomainError
from app.finance.fields import FieldSpec, specs_by_path
from app.finance.notices import Notice
from app.formats import UNITS, money, number, plain, unit
from app.i18n import N_, Translator
from app.messages.document_refusals import DOCUMENT_EXPECTED
from app.messages.hazard_refusals import HAZARD_EXPECTED
from app.messages.insurance_notices import INSURANCE_NOTICES, INSURANCE_SOURCES
from app.messages.insurance_refusals import INSURANCE_EXPECTED
from app.messages.loan_notices import LOAN_NOTICES, LOAN_SOURCES
from app.messages.loan_refusals import LOAN_EXPECTED
from app.messages.notices import NOTICES, SOURCES
from app.messages.refusals import EXPECTED
from app.messages.system_words import reason_text

_LONGEST_GIVEN = 80
_BOUNDS = {"minimum", "above", "maximum"}
"""Facts that are a bound of the field itself."""

_EXPECTED = {
    **EXPECTED,
    **LOAN_EXPECTED,
    **INSURANCE_EXPECTED,
    **HAZARD_EXPECTED,
    **DOCUMENT_EXPECTED,
}
_NOTICES = {**NOTICES, **LOAN_NOTICES, **INSURANCE_NOTICES}
_SOURCES = {**SOURCES, **LOAN_SOURCES, **INSURANCE_SOURCES}


def _text(value: Any, tr: Translator) -> str:
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        return tr(N_(", ")).join(str(item) for item in value)
    if hasattr(value, "quantize"):
        return money(value)
    if isinstance(value, float):
        return number(value, 2) if value != int(value) else number(value, 0)
    return str(value)


def _facts(facts: Mapping[str, Any], tr: Translator) -> dict[str, str]:
    return {name: _text(value, tr) for name, value in facts.items()}


def _in_percent(share: float) -> str:
    return f"{plain(100 * share)}%"


def spec_at(path: str) -> FieldSpec | None:
    """Return the declaration at a path; the line number of a table is passed over."""
    specs = specs_by_path(Case)
    if path in specs:
        return specs[path]
    for table_path, table in specs.items():
        if table.table and path.startswith(f"{table_path}."):
            column = path.rsplit(".", 1)[-1]
            return specs_by_path(table.kind).get(column, table)
    return None


def field_label(path: str, tr: Translator) -> str:
    """Return the printed name of the input at `path`; the path itself when it is no input."""
    spec = spec_at(path)
    return tr(spec.field.label) if spec is not None else path


def expected_text(problem: Problem, tr: Translator, *, typed: bool = False) -> str:
    """Say what is expected, with the unit of the field.

    `typed`: for a person who types shares in percent, to whom bounds are told so.
    """
    facts = _facts(problem.facts, tr)
    if "other" in problem.facts:
        facts["other"] = field_label(str(problem.facts["other"]), tr)
    if "reason" in facts:
        facts["reason"] = reason_text(facts["reason"], tr)
    spec = spec_at(problem.path)
    if typed and spec is not None and spec.field.percent:
        facts |= {name: _in_percent(problem.facts[name]) for name in _BOUNDS & facts.keys()}
    text = tr(_EXPECTED[problem.code]).format(**facts)
    if problem.code == "needed" and spec is not None and spec.field.choices:
        choices = ", ".join(f"{value} ({tr(name)})" for value, name in spec.field.choices)
        text = tr(N_("{expected}; one of: {choices}")).format(expected=text, choices=choices)
    if spec is not None and spec.field.unit in UNITS and unit(spec.field.unit, tr):
        named = unit(spec.field.unit, tr)
        text = tr(N_("{expected} (unit: {unit})")).format(expected=text, unit=named)
    return text


def domain_problem(error: DomainError) -> Problem:
    """Return a calculation's refusal as the problem of an input."""
    facts = dict(error.facts)
    return Problem(str(facts.pop("path", "")), error.code, facts.pop("value", None), facts)


def problem_text(problem: Problem, tr: Translator) -> str:
    """One line for a refused input: path, value given, what is expected."""
    return tr(N_("{path}: given {value}; expected {expected}")).format(
        path=problem.path or tr(N_("file")),
        value=given_text(problem.value),
        expected=expected_text(problem, tr),
    )


def given_text(value: object, longest: int = _LONGEST_GIVEN) -> str:
    """Return a refused value on one line, cut off when it is long."""
    given = "–" if value is None else " ".join(_as_entered(value).split())
    return given if len(given) <= longest else given[: longest - 3] + "…"


def _as_entered(value: object) -> str:
    """Return a value as a case file writes it, a sum of fractions without its last digits."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return "".join(sign if sign.isprintable() else " " for sign in text)


def notice_text(notice: Notice, tr: Translator) -> str:
    """Return the words of a warning or red flag."""
    facts = _facts(notice.facts, tr)
    if "criterion" in notice.facts:
        facts["criterion"] = field_label(str(notice.facts["criterion"]), tr)
    for name in ("caution", "bound"):
        if name in notice.facts:
            facts[name] = tr(str(notice.facts[name]))
    return tr(_NOTICES[notice.code]).format(**facts)


def notice_source(notice: Notice, tr: Translator) -> str:
    """Return the rule a notice stands on, empty when it is the program's own check."""
    return tr(_SOURCES.get(notice.code, ""))
