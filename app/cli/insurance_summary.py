"""The insurance of a case as lines of text for a terminal: everything that was found."""

from collections.abc import Callable, Iterator

from app.cli.fact_lines import fact_lines, named_table, section
from app.finance.case.case import Case
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_, Translator
from app.reports.insurance_claim_facts import claim_table, settlement_rows
from app.reports.insurance_compare_facts import (
    asked_rows,
    option_table,
    placed_rows,
    placed_table,
)
from app.reports.insurance_delivery_facts import delivery_rows, delivery_table
from app.reports.insurance_event_facts import (
    LEFT_OUT,
    correlation_table,
    event_rows,
    event_table,
    events_left_out,
    left_out_facts,
    site_table,
)
from app.reports.insurance_facts import (
    NOT_AN_OFFER,
    TERM_ORDER,
    head_table,
    policy_rows,
    stage_table,
    terms_table,
    value_table,
)
from app.reports.insurance_fit_facts import basis_rows, fitted_rows
from app.reports.insurance_history_facts import (
    credibility_rows,
    experience_rows,
    experience_table,
    member_table,
)
from app.reports.insurance_index_facts import (
    burn_rows,
    history_rows,
    history_table,
    index_rows,
    payout_table,
    trigger_table,
)
from app.reports.insurance_premium_facts import (
    build_up_table,
    coinsurer_table,
    head_premium_table,
    part_table,
    premium_rows,
    subsidy_table,
)
from app.reports.insurance_risk_facts import (
    check_table,
    distribution_rows,
    exceedance_table,
    model_table,
    peril_table,
    quantile_table,
)
from app.services.workbench import Computed


def insurance_lines(computed: Computed, tr: Translator) -> Iterator[str]:
    """Yield premium and rate first, then build-up, distribution, object, terms and all models."""
    case, found = computed.file.case, computed.results.insurance
    policy = case.insurance
    if found is None or policy is None:
        yield tr(N_("This case asks for no insurance."))
        return
    yield from fact_lines(premium_rows(found), tr)
    yield tr(N_("Money without a unit is in yuan."))
    parts: tuple[tuple[str, Callable[[Translator], Iterator[str]]], ...] = (
        (N_("Premium build-up"), lambda t: _premium(found, t)),
        (N_("Loss of a policy year"), lambda t: _distribution(found, t)),
        (N_("Policy"), lambda t: fact_lines(policy_rows(policy), t)),
        (N_("Heads of cover"), lambda t: _heads(case, found, t)),
        (N_("Perils and losses"), lambda t: _perils(case, found, t)),
        (N_("Index cover"), lambda t: _index(case, found, t)),
        (N_("Common events of several sites"), lambda t: _events(case, found, t)),
        (N_("Own history and class"), lambda t: _experience(case, found, t)),
        (N_("Failure of sales, reversal"), lambda t: _delivery(case, found, t)),
        (N_("Claims"), lambda t: _claims(case, found, t)),
        (N_("Options to compare"), lambda t: named_table(option_table(case, found), t)),
        (N_("Premium asked and placed"), lambda t: _compared(found, t)),
    )
    for heading, lines in parts:
        yield from section(heading, lines(tr), tr)
    yield ""
    yield tr(NOT_AN_OFFER)


def _premium(found: InsuranceResult, tr: Translator) -> Iterator[str]:
    yield from named_table(build_up_table(found), tr)
    yield from named_table(part_table(found), tr, N_("Premium by part"))
    yield from named_table(head_premium_table(found), tr, N_("Premium by head"))
    yield from named_table(subsidy_table(found), tr, N_("Who pays the premium"))
    yield from named_table(coinsurer_table(found), tr, N_("Co-insurers"))


def _distribution(found: InsuranceResult, tr: Translator) -> Iterator[str]:
    law = found.distribution
    if law is None:
        return
    yield from fact_lines(distribution_rows(found), tr)
    exceeded = exceedance_table(law.returns, float(found.sum_insured_yuan))
    yield from named_table(exceeded, tr, N_("Exceedance by return period"))
    yield from named_table(quantile_table(law), tr, N_("Value at risk and tail value at risk"))
    yield from named_table(check_table(law), tr, N_("The same by other ways"))


def _heads(case: Case, found: InsuranceResult, tr: Translator) -> Iterator[str]:
    if not found.heads:
        return
    yield from named_table(head_table(found), tr)
    yield from named_table(value_table(found), tr, N_("Sum insured by policy year"))
    yield from named_table(stage_table(case), tr, N_("Growth stages"))
    yield from named_table(terms_table(case), tr, N_("Terms in order"))
    yield tr(TERM_ORDER)


def _perils(case: Case, found: InsuranceResult, tr: Translator) -> Iterator[str]:
    yield from named_table(peril_table(case, found), tr)
    yield from named_table(model_table(case), tr, N_("Model and parameters"))


def _index(case: Case, found: InsuranceResult, tr: Translator) -> Iterator[str]:
    if found.index is None:
        return
    yield from fact_lines((*index_rows(case, found), *burn_rows(found)), tr)
    yield from named_table(trigger_table(case), tr, N_("Triggers"))
    yield from named_table(payout_table(found), tr, N_("Payout table"))
    yield from fact_lines((*history_rows(case), *fitted_rows(found.index.fitted)), tr)
    yield from named_table(history_table(found), tr, N_("Payout by year of the history"))
    risk = list(fact_lines(basis_rows(found.index.basis), tr))
    if risk:
        yield ""
        yield tr(N_("Basis risk"))
        yield from risk


def _events(case: Case, found: InsuranceResult, tr: Translator) -> Iterator[str]:
    events = found.events
    if events is None:
        return
    yield from fact_lines(event_rows(case, events), tr)
    yield from named_table(site_table(events), tr, N_("Loss by site"))
    yield from named_table(event_table(events), tr, N_("Dearest events"))
    if events_left_out(events):
        yield tr(LEFT_OUT).format(**left_out_facts(events))
    exceeded = exceedance_table(events.returns, float(found.sum_insured_yuan))
    yield from named_table(exceeded, tr, N_("Exceedance by return period"))
    yield from named_table(correlation_table(events), tr, N_("Correlation of the sites"))


def _experience(case: Case, found: InsuranceResult, tr: Translator) -> Iterator[str]:
    history = found.experience
    if history is None:
        return
    yield from fact_lines(experience_rows(case, history), tr)
    yield from named_table(experience_table(history), tr)
    yield from fact_lines(credibility_rows(history.credibility), tr)
    yield from named_table(member_table(history.credibility), tr, N_("Members of the class"))


def _delivery(case: Case, found: InsuranceResult, tr: Translator) -> Iterator[str]:
    yield from fact_lines(delivery_rows(case, found), tr)
    yield from named_table(delivery_table(found.delivery), tr)


def _claims(case: Case, found: InsuranceResult, tr: Translator) -> Iterator[str]:
    yield from fact_lines(settlement_rows(case, found.settlement), tr)
    yield from named_table(claim_table(found.settlement), tr)


def _compared(found: InsuranceResult, tr: Translator) -> Iterator[str]:
    yield from fact_lines(asked_rows(found), tr)
    yield from fact_lines(placed_rows(found), tr)
    yield from named_table(placed_table(found.placed), tr, N_("Published covers of the like"))
