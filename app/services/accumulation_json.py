"""An accumulation as JSON values."""

from typing import Any

from app.finance.insurance.accumulation import CaseHit
from app.finance.insurance.accumulation_results import Accumulation
from app.i18n import Translator
from app.messages import problem_text
from app.messages.accumulation_words import CONVENTIONS
from app.services.results_json import plain


def accumulation_json(found: Accumulation, tr: Translator) -> dict[str, Any]:
    """Return one event on the book; money in yuan, shares as fractions."""
    sums = found.totals
    convention = CONVENTIONS["reported" if found.kind == "reported" else "first_event"]
    return {
        "kind": found.kind,
        "day": found.day.isoformat(),
        "month": found.month,
        "event": plain(dict(found.event)),
        "convention": tr(convention),
        "totals": {
            **plain(sums),
            "insurer_share": sums.insurer_share,
            "lender_share": sums.lender_share,
        },
        "cases": [_hit(hit, found) for hit in found.hits],
        "track": plain(found.track),
        "storms": plain(found.storms),
        "pml": plain(found.pml),
        "pml_years": found.pml_years,
        "unplaced": plain(found.unplaced),
        "not_in_force": plain(found.not_in_force),
        "not_read": [
            {
                "case_id": one.case_id,
                "version": one.version,
                "name": one.name,
                "codes": [problem.code for problem in one.problems],
                "text": [problem_text(problem, tr) for problem in one.problems],
            }
            for one in found.not_read
        ],
    }


def _hit(hit: CaseHit, found: Accumulation) -> dict[str, Any]:
    return {
        "case_id": hit.case.case_id,
        "version": hit.case.version,
        "name": hit.case.name,
        "insured": hit.case.policy is not None,
        "pledged": hit.case.loan is not None,
        "places": [list(found.spots[place]) for place in hit.case.places],
        "distance_km": hit.distance_km,
        "wind_ms": hit.wind_ms,
        "damage": hit.damage,
        "on_risk_yuan": hit.on_risk_yuan,
        "ground_up_yuan": hit.ground_up_yuan,
        "insurer_yuan": hit.insurer_yuan,
        "index_yuan": hit.index_yuan,
        "index_unread": hit.unread,
        "owed_yuan": hit.owed_yuan,
        "value_yuan": hit.value_yuan,
        "value_after_yuan": hit.value_after_yuan,
        "lender_yuan": hit.lender_yuan,
        "coverage": hit.coverage,
        "coverage_after": hit.coverage_after,
        "beneficiary_yuan": hit.beneficiary_yuan,
    }
