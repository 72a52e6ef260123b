"""The words of every code: refused inputs, warnings and red flags."""

from collections.abc import Mapping
from typing import Any

from app.finance.case.case import Case
from app.finance.case.rules import Problem
from app.finance.errors import DomainError
from app.finance.fields import FieldSpec, specs_by_path
from app.finance.notices import Notice
from app.formats import UNITS, money, number, unit
from app.i18n import N_, Translator

EXPECTED = {
    "needed": N_("a value, because of what {other} says"),
    "before_start": N_("not before the start, {start}"),
    "not_below": N_("less than {limit}"),
    "whole_fen": N_("an amount in yuan with at most two decimals"),
    "one_cover": N_("at least one cover: carbon loss or harvest loss"),
    "loadings_below_one": N_(
        "variable expense, commission, profit and tax that add up to less than 100%"
    ),
    "deductible_below_one": N_("a deductible of less than 100% of the sum insured"),
    "quantity_for_unit": N_(
        "an insured quantity: only tonnes can be taken from the case, not {unit}"
    ),
    "no_harvest_plan": N_("an insured quantity: the case has no harvest plan to take it from"),
    "unknown_species": N_("one of: {known}"),
    "missing": N_("a value"),
    "unknown_field": N_("no such field; known here: {known}"),
    "not_a_number": N_("a number"),
    "not_whole": N_("a whole number"),
    "not_finite": N_("a number that is finite"),
    "not_text": N_("text in quotation marks"),
    "not_a_date": N_("a date as YYYY-MM-DD"),
    "not_a_choice": N_("one of: {choices}"),
    "not_a_table": N_("a list of lines"),
    "not_a_section": N_("an object with fields"),
    "minimum": N_("{minimum} or more"),
    "above": N_("more than {above}"),
    "maximum": N_("{maximum} or less"),
    "too_short": N_("at least {length} character or line"),
    "too_long": N_("at most {length} characters or lines"),
    "not_an_input": N_("the path of an input of this case"),
    "schema_version": N_("a case file of schema version 1 to {newest}"),
    "newer_schema": N_(
        "schema version {newest} or older; this file is from a later program: update the program"
    ),
    "not_json": N_("a case file in JSON; reading stopped at line {line}, column {column}"),
    "empty_file": N_("a case file in JSON; this file is empty"),
    "not_text_file": N_("a case file in JSON; this is a file of another kind ({kind})"),
    "too_large": N_("a file of at most {limit_mb} MB"),
    "not_readable": N_("a file that can be read: {reason}"),
    "duplicate_key": N_("each field once"),
    "missing_glyph": N_("text the document font can draw; it has no sign for {characters}"),
    "invalid": N_("a value that fits this field"),
}
"""What is expected instead, by problem code."""

NOTICES = {
    "no_compliance_exit": N_(
        "No compliance market takes this credit: neither the national one nor Fujian or "
        "Guangdong accepts farmed shellfish or algae. Only voluntary and court sales are left."
    ),
    "implausible_rate": N_(
        "{rate} t CO₂ per hectare a year is implausible: above {limit}, more than any audited "
        "figure seen. Check area, unit (C or CO₂) and period."
    ),
    "species_not_of_carrier": N_("The species {species} does not belong to this sink carrier."),
    "implausible_price": N_(
        "{price} yuan/t is above {limit} yuan/t, the highest price seen (a court purchase)."
    ),
    "no_credits_in_horizon": N_(
        "No credits fall into the years valued: all values rest on costs alone."
    ),
    "net_not_positive": N_(
        "The net value is {net} yuan: the right does not pay for itself. Rely on the first "
        "source of repayment and on other security."
    ),
    "right_has_ended": N_("The right has ended on the valuation date: there is nothing to value."),
    "no_right_end": N_(
        "No end of a right is given: sea-area use right, crediting period or contract."
    ),
    "matures_after_right": N_(
        "The loan matures on {maturity}, later than {months} months before the right ends ({end})."
    ),
    "registration_ends_early": N_("The registration ends on {end}, before maturity on {maturity}."),
    "appraisal_expired": N_(
        "The appraisal has expired: it is valid to {expires}, drawdown is on {drawdown}."
    ),
    "carbon_alone_too_small": N_(
        "Carbon alone does not carry the loan: it supports {supported} yuan of {amount} yuan; "
        "{uncovered} yuan rest on other security and on the borrower."
    ),
    "no_specified_account": N_(
        "No specified account: without one the lender is not paid first from the income."
    ),
    "no_registration": N_(
        "No registration number: without registration the pledge has no effect in rem."
    ),
    "nothing_insured": N_("Nothing is insured: the sum insured is zero."),
}

_SOURCES = {
    "no_compliance_exit": N_("market eligibility table of the reference data"),
    "no_specified_account": "法释〔2020〕28号, 第61条",
    "no_registration": "法释〔2020〕28号, 第63条",
}


def _text(value: Any, tr: Translator) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    if hasattr(value, "quantize"):
        return money(value)
    if isinstance(value, float):
        return number(value, 2) if value != int(value) else number(value, 0)
    return str(value)


def _facts(facts: Mapping[str, Any], tr: Translator) -> dict[str, str]:
    return {name: _text(value, tr) for name, value in facts.items()}


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


def expected_text(problem: Problem, tr: Translator) -> str:
    """Say what is expected, with the unit of the field."""
    facts = _facts(problem.facts, tr)
    if "other" in problem.facts:
        facts["other"] = field_label(str(problem.facts["other"]), tr)
    spec = spec_at(problem.path)
    text = tr(EXPECTED[problem.code]).format(**facts)
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
    given = "–" if problem.value is None else str(problem.value)
    if len(given) > 80:
        given = given[:77] + "…"
    return tr(N_("{path}: given {value}; expected {expected}")).format(
        path=problem.path or tr(N_("file")), value=given, expected=expected_text(problem, tr)
    )


def notice_text(notice: Notice, tr: Translator) -> str:
    """Return the words of a warning or red flag."""
    return tr(NOTICES[notice.code]).format(**_facts(notice.facts, tr))


def notice_source(notice: Notice, tr: Translator) -> str:
    """Return the rule a notice stands on, empty when it is the program's own check."""
    return tr(_SOURCES.get(notice.code, ""))
