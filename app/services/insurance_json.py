"""The insurance part of the results by stable keys; `results_json` makes plain JSON values of it.

Premiums that are booked have two places, estimates are floating point in full; rates and shares
are fractions. Texts are in the translator's language, keys and codes never change.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from app.finance.case.case import Case
from app.finance.insurance.part_results import ReturnPoint
from app.finance.insurance.results import (
    QUANTILES,
    HeadResult,
    InsuranceResult,
    LoadLine,
    LossDistribution,
)
from app.finance.notices import Notice
from app.i18n import Translator
from app.messages import notice_text
from app.messages.insurance_notices import INSURANCE_NOTICES
from app.messages.insurance_words import CLAIM_REASONS, ENGINES, LOADS, choice_word
from app.reports.insurance_risk_facts import peril_pairs


def insurance_json(
    case: Case, insurance: InsuranceResult, notices: Sequence[Notice], tr: Translator
) -> dict[str, Any]:
    """Return what was found for an insurance, pure and gross premium first.

    The working is added by `results_json`, which writes the steps of every part.
    """
    return {
        "pure_premium": insurance.pure_premium_yuan,
        "loadings": [_load(line, tr) for line in insurance.loadings],
        "loadings_by_code": {line.code: line.amount_yuan for line in insurance.loadings},
        "gross_premium": insurance.gross_premium_yuan,
        "rate_on_sum_insured": insurance.rate,
        "rate_of_all_years": insurance.rate_of_all_years,
        "sum_insured": insurance.sum_insured_yuan,
        "basis": insurance.basis,
        "model_pure_premium": insurance.model_pure_yuan,
        "risk_load": insurance.risk_load_yuan,
        "technical_premium": insurance.technical_premium_yuan,
        "heads": [_head(head, tr) for head in insurance.heads],
        "perils": _perils(case, insurance, tr),
        "distribution": _distribution(insurance.distribution, tr),
        "payout_table": insurance.payout_table,
        "parts": insurance.parts,
        "options": insurance.options,
        "subsidies": insurance.subsidies,
        "coinsurers": insurance.coinsurers,
        "asked": insurance.asked,
        "placed": insurance.placed,
        "index": insurance.index,
        "events": _events(insurance),
        "experience": _experience(insurance),
        "delivery": insurance.delivery,
        "settlement": _settlement(insurance, tr),
        "flags": [_flag(notice, tr) for notice in notices if is_on_insurance(notice)],
        "sum_insured_yuan": insurance.sum_insured_yuan,
        "gross_premium_yuan": insurance.gross_premium_yuan,
        "rate": insurance.rate,
        "covers": [_cover(head) for head in insurance.heads],
    }


def _all_of(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name."""
    return {entry.name: getattr(record, entry.name) for entry in fields(record)}


def _load(line: LoadLine, tr: Translator) -> dict[str, Any]:
    return {"code": line.code, "label": tr(LOADS[line.code]), **_all_of(line)}


def _head(head: HeadResult, tr: Translator) -> dict[str, Any]:
    return {"label": tr(choice_word("head", head.kind)), **_all_of(head)}


def _perils(case: Case, insurance: InsuranceResult, tr: Translator) -> list[dict[str, Any]]:
    """Each peril with what was entered: `events_per_year` counts what `frequency_basis` says."""
    return [
        {
            "label": tr(choice_word("peril", found.peril)),
            "frequency_basis": None if line is None else line.frequency_basis,
            "frequency_law": None if line is None else line.frequency_law,
            "events_per_year": None if line is None else line.events_per_year,
            **_all_of(found),
        }
        for line, found in peril_pairs(case, insurance)
    ]


def _by_level(figures: Sequence[float]) -> dict[str, float]:
    return {f"{level:g}": figure for level, figure in zip(QUANTILES, figures, strict=True)}


def _return(point: ReturnPoint) -> dict[str, Any]:
    return {"probability": 1 / point.years, **_all_of(point)}


def _distribution(found: LossDistribution | None, tr: Translator) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "mean": found.mean_yuan,
        "sd": found.sd_yuan,
        "skewness": found.skewness,
        "quantiles": _by_level(found.quantiles),
        "tvar": _by_level(found.tvar),
        "probability_of_no_loss": found.p_no_loss,
        "exceedance": [_return(point) for point in found.returns],
        "pml": {str(years): loss for years, loss in found.pml.items()},
        "curve": found.curve,
        "together": found.together,
        "method": found.method,
        "step_yuan": found.step_yuan,
        "tail_mass": found.tail_mass,
        "years": found.years,
        "seed": found.seed,
        "standard_error": found.standard_error,
        "checks": [{"label": tr(ENGINES[c.engine]), **_all_of(c)} for c in found.checks],
    }


def _events(insurance: InsuranceResult) -> dict[str, Any] | None:
    found = insurance.events
    if found is None:
        return None
    return {**_all_of(found), "returns": [_return(point) for point in found.returns]}


def _experience(insurance: InsuranceResult) -> dict[str, Any] | None:
    """The own history; each member of the class by names, where the record holds a tuple."""
    found = insurance.experience
    if found is None:
        return None
    credibility = found.credibility
    if credibility is None:
        return _all_of(found)
    members = [
        {"member": name, "own_mean": own, "z": z, "premium": premium}
        for name, own, z, premium in credibility.members
    ]
    return {**_all_of(found), "credibility": {**_all_of(credibility), "members": members}}


def _settlement(insurance: InsuranceResult, tr: Translator) -> dict[str, Any] | None:
    found = insurance.settlement
    if found is None:
        return None
    steps = [
        {**_all_of(step), "text": tr(CLAIM_REASONS[step.reason]) if step.reason else ""}
        for step in found.steps
    ]
    return {**_all_of(found), "steps": steps}


def _cover(head: HeadResult) -> dict[str, Any]:
    """A head by the keys of the covers of schema version 1."""
    return {
        "name": head.name,
        "head": head.kind,
        "quantity": head.quantity,
        "quantity_unit": head.quantity_unit,
        "sum_insured_yuan": head.sum_insured_yuan,
        "deductible_yuan": head.deductible_yuan,
        "event_limit_yuan": head.event_limit_yuan,
        "expected_loss_yuan": head.pure_premium_yuan,
        "loss_sd_yuan": head.loss_sd_yuan,
        "risk_load_yuan": head.risk_load_yuan,
        "gross_premium_yuan": head.gross_premium_yuan,
        "rate": head.rate,
    }


def is_on_insurance(notice: Notice) -> bool:
    """Whether a notice is one of the insurance."""
    return notice.path.startswith("insurance") or notice.code in INSURANCE_NOTICES


def _flag(notice: Notice, tr: Translator) -> dict[str, Any]:
    return {
        "code": notice.code,
        "severity": notice.severity,
        "path": notice.path,
        "text": notice_text(notice, tr),
        "facts": notice.facts,
    }
