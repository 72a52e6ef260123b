"""The conditions a signatory ticks before the loan is signed, drawn and released.

There is one set of rules, the notices: a condition is met when none of its notices was raised.
What is not asked of a loan (no guarantee, no extension) is neither met nor missed.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.case import Case
from app.finance.case.lending.days import BusinessDays
from app.finance.case.lending.green import GreenAnswer
from app.finance.case.lending.pricing import RateKind
from app.finance.case.lending.security import CollateralKind
from app.finance.case.loan import Loan
from app.finance.lending.caution_parts import Watched
from app.finance.lending.legal_cautions import appraisal_end
from app.finance.lending.life_results import ChecklistItem
from app.finance.lending.results import LoanResult
from app.finance.lending.security_cautions import ENDING, ranked_lines
from app.finance.notices import Notice, Severity
from app.finance.valuation.horizon import right_end

CONDITIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "specified_account": ("loan.specified_account", ("no_specified_account",)),
    "account_bank": ("loan.account_bank", ("no_account_bank",)),
    "registration_no": (
        "loan.registration_no",
        ("no_registration", "registration_cancelled", "registered_after_drawdown"),
    ),
    "query_certificate": (
        "loan.query_certificate_no",
        ("no_query_certificate", "query_day_missing", "query_after_drawdown"),
    ),
    "registration_term": (
        "loan.registration_end",
        (
            "registration_end_missing",
            "registration_ends_early",
            "registration_expired",
            "registration_extended_late",
            "registration_extended_early",
            "registration_alarm",
        ),
    ),
    "registration_record": (
        "loan.registration",
        ("registration_incomplete", "amendment_due", "amendment_overdue"),
    ),
    "right_buffer": ("loan.right_buffer_months", ("matures_after_right", "no_right_end")),
    "appraisal_valid": ("loan.drawdown_date", ("appraisal_expired", "valued_after_drawdown")),
    "ledger_free": ("project.ledger", ("already_pledged", "promised_over_forecast")),
    "legal_form": ("loan.legal_form", ("repo_recharacterised",)),
    "insurance": (
        "loan.collaterals",
        (*ENDING[CollateralKind.INSURANCE_ASSIGNMENT], "insurance_end_missing"),
    ),
    "guarantee": ("loan.collaterals", ENDING[CollateralKind.GUARANTEE]),
    "first_registered": ("loan.collaterals", ("not_first_registered", "rank_not_known")),
    "secured_maximum": ("loan.collaterals", ("secured_maximum_low",)),
    "collateral_values": (
        "loan.collaterals",
        ("collateral_value_expired", "collateral_value_old", "issued_credits_without_value"),
    ),
    "sizing": ("loan.amount_yuan", ("carbon_alone_too_small", "amount_over_bounds")),
    "cover": ("loan.min_dscr", ("dscr_below_one", "no_sale_before_maturity")),
    "coverage_lines": (
        "loan.monitoring",
        (
            "value_gone",
            "path_below_margin",
            "path_below_enforcement",
            "margin_call_open",
            "margin_call_overdue",
            "event_open",
            "event_overdue",
        ),
    ),
    "payments": (
        "loan.monitoring.receipts",
        ("payments_overdue", "discharged_while_owed"),
    ),
    "days_and_rate": (
        "loan.calendar",
        ("calendar_by_weekends", "calendar_not_in_case", "lpr_old"),
    ),
    "extension": ("loan.extension", ("extension_too_long", "extension_without_consent")),
    "green_decision": (
        "loan.green",
        (
            "green_four_eyes",
            "green_incomplete",
            "green_code_unverified",
            "green_edition_too_new",
            "green_edition_not_in_force",
            "green_edition_too_old",
        ),
    ),
    "cancellation": (
        "loan.monitoring.discharged_on",
        ("cancellation_due", "cancellation_overdue"),
    ),
}
"""Condition, the input it hangs on, and the notices that say it is not met; in printed order."""


def checklist(
    case: Case, loan: LoanResult, notices: Collection[Notice]
) -> tuple[ChecklistItem, ...]:
    """Return the conditions of a loan, ticked from the notices of the whole case.

    Raises:
        ValueError: the case has no loan.
    """
    if case.loan is None:
        raise ValueError("the case has no loan")
    seen = Watched(case, case.loan, loan, None)
    skipped = _not_asked(seen)
    facts = _facts(seen)
    found = []
    for code, (path, codes) in CONDITIONS.items():
        raised = [notice for notice in notices if notice.code in codes]
        asked = code not in skipped
        found.append(
            ChecklistItem(
                code=code,
                ok=not raised if asked else None,
                path=path,
                fact=facts.get(code),
                stops=asked and any(n.severity is Severity.RED_FLAG for n in raised),
            )
        )
    return tuple(found)


def _not_asked(seen: Watched) -> frozenset[str]:
    """Return the conditions that a loan does not raise: nothing of their kind was entered."""
    loan, result = seen.loan, seen.result
    kinds = {line.kind for line in loan.collaterals}
    green = result.green
    asked = {
        "account_bank": bool(loan.specified_account),
        "registration_term": any(seen.registered),
        "registration_record": result.registration is not None,
        "ledger_free": bool(seen.case.project.ledger),
        "insurance": CollateralKind.INSURANCE_ASSIGNMENT in kinds,
        "guarantee": CollateralKind.GUARANTEE in kinds,
        "first_registered": bool(ranked_lines(seen)),
        "secured_maximum": _all_have_a_maximum(result),
        "collateral_values": bool(kinds - set(ENDING)),
        "cover": any(year.dscr is not None for year in result.cover.years),
        "coverage_lines": bool(result.path.points) or result.life is not None,
        "payments": result.life is not None,
        "days_and_rate": loan.business_days is not BusinessDays.UNADJUSTED
        or loan.rate_kind is RateKind.FLOATING,
        "extension": loan.extension is not None,
        "green_decision": green is not None and green.answer != GreenAnswer.OPEN,
        "cancellation": not seen.is_owed,
    }
    return frozenset(code for code, holds in asked.items() if not holds)


def _all_have_a_maximum(result: LoanResult) -> bool:
    lines = result.security.lines
    return bool(lines) and all(line.secured_maximum_yuan is not None for line in lines)


def _coverage(result: LoanResult) -> float | None:
    """Return the last coverage watched; without a watch the lowest of the plan."""
    watch = () if result.life is None else result.life.watch
    return watch[-1].coverage if watch else result.path.min_coverage


def _facts(seen: Watched) -> dict[str, Any]:
    """Return what stands in the place of each condition, to be shown beside it."""
    loan, result = seen.loan, seen.result
    number, end = seen.registered
    over = right_end(seen.case.project)
    green = loan.green
    return {
        "specified_account": loan.specified_account,
        "account_bank": loan.account_bank,
        "registration_no": number,
        "query_certificate": loan.query_certificate_no,
        "registration_term": end,
        "right_buffer": None if over is None else over[1],
        "appraisal_valid": appraisal_end(seen),
        "legal_form": loan.legal_form.value,
        "insurance": _first_end(loan, CollateralKind.INSURANCE_ASSIGNMENT),
        "guarantee": _first_end(loan, CollateralKind.GUARANTEE),
        "sizing": result.supported_yuan,
        "cover": result.cover.min_dscr,
        "coverage_lines": _coverage(result),
        "payments": _past_due(result),
        "extension": None if loan.extension is None else loan.extension.months,
        "green_decision": None if green is None else green.decided_on,
        "cancellation": None if result.registration is None else result.registration.cancel_by,
    }


def _past_due(result: LoanResult) -> Decimal | None:
    now = None if result.life is None else result.life.now
    return None if now is None else now.past_due_yuan


def _first_end(loan: Loan, kind: CollateralKind) -> date | None:
    ends = (line.valid_until for line in loan.collaterals if line.kind is kind)
    return min((day for day in ends if day is not None), default=None)
