"""Tables of the pages of the insurance by name: the pages show them, a link copies them."""

from collections.abc import Callable

from app.finance.case.case import Case
from app.finance.insurance.results import InsuranceResult
from app.reports.fact_tables import FactTable
from app.reports.insurance_claim_facts import claim_table
from app.reports.insurance_compare_facts import option_table, placed_table
from app.reports.insurance_delivery_facts import delivery_table
from app.reports.insurance_event_facts import correlation_table, event_table, site_table
from app.reports.insurance_facts import head_table, stage_table, terms_table, value_table
from app.reports.insurance_history_facts import experience_table, member_table
from app.reports.insurance_index_facts import history_table, payout_table, trigger_table
from app.reports.insurance_premium_facts import (
    build_up_table,
    coinsurer_table,
    head_premium_table,
    part_table,
    subsidy_table,
)
from app.reports.insurance_risk_facts import (
    check_table,
    exceedance_table,
    model_table,
    peril_table,
    quantile_table,
)
from app.views.widgets.loan_table import spreadsheet_text

BUILD_UP, PARTS_OF_POLICY, HEAD_PREMIUM = "insured.build_up", "insured.parts", "insured.premium"
SUBSIDIES, COINSURERS, PLACED = "insured.subsidies", "insured.coinsurers", "insured.placed"
EXCEEDANCE, QUANTILES, CHECKS = "insured.exceedance", "insured.quantiles", "insured.checks"
HEADS, VALUES, STAGES = "insured.heads", "insured.values", "insured.stages"
PERILS, MODEL, TERMS = "insured.perils", "insured.model", "insured.terms"
TRIGGERS, PAYOUTS, BURN = "insured.triggers", "insured.payouts", "insured.burn"
SITES, EVENTS, CORRELATION = "insured.sites", "insured.events", "insured.correlation"
EVENT_EXCEEDANCE = "insured.event_exceedance"
EXPERIENCE, MEMBERS = "insured.experience", "insured.members"
DELIVERIES, OPTIONS, CLAIMS = "insured.deliveries", "insured.options", "insured.claims"


def _experience(found: InsuranceResult) -> FactTable | None:
    return experience_table(found.experience)


def _members(found: InsuranceResult) -> FactTable | None:
    return None if found.experience is None else member_table(found.experience.credibility)


def _exceedance(found: InsuranceResult, *, events: bool) -> FactTable | None:
    """Return the losses by return period, of the policy or of the event set before the rest."""
    law = found.events if events else found.distribution
    return None if law is None else exceedance_table(law.returns, float(found.sum_insured_yuan))


TABLES: dict[str, Callable[[Case, InsuranceResult], FactTable | None]] = {
    BUILD_UP: lambda _case, found: build_up_table(found),
    PARTS_OF_POLICY: lambda _case, found: part_table(found),
    HEAD_PREMIUM: lambda _case, found: head_premium_table(found),
    SUBSIDIES: lambda _case, found: subsidy_table(found),
    COINSURERS: lambda _case, found: coinsurer_table(found),
    PLACED: lambda _case, found: placed_table(found.placed),
    EXCEEDANCE: lambda _case, found: _exceedance(found, events=False),
    QUANTILES: lambda _case, found: quantile_table(found.distribution),
    CHECKS: lambda _case, found: check_table(found.distribution),
    HEADS: lambda _case, found: head_table(found),
    VALUES: lambda _case, found: value_table(found),
    STAGES: lambda case, _found: stage_table(case),
    PERILS: peril_table,
    MODEL: lambda case, _found: model_table(case),
    TERMS: lambda case, _found: terms_table(case),
    TRIGGERS: lambda case, _found: trigger_table(case),
    PAYOUTS: lambda _case, found: payout_table(found),
    BURN: lambda _case, found: history_table(found),
    SITES: lambda _case, found: site_table(found.events),
    EVENTS: lambda _case, found: event_table(found.events),
    EVENT_EXCEEDANCE: lambda _case, found: _exceedance(found, events=True),
    CORRELATION: lambda _case, found: correlation_table(found.events),
    EXPERIENCE: lambda _case, found: _experience(found),
    MEMBERS: lambda _case, found: _members(found),
    DELIVERIES: lambda _case, found: delivery_table(found.delivery),
    OPTIONS: option_table,
    CLAIMS: lambda _case, found: claim_table(found.settlement),
}
"""What each table is made of; None where a case has nothing for it."""


def copied(case: Case, found: InsuranceResult, name: str) -> str:
    """Return a table as lines with tabulators, heads first, its sums last."""
    return spreadsheet_text(TABLES[name](case, found))
