"""What a slip says of the risk: its details, and the information the insurers were given."""

from collections.abc import Iterator
from datetime import timedelta

from app.finance.case.case import Case
from app.finance.case.cover.policy import InsuredSite
from app.finance.case.insurance import Insurance
from app.finance.case.project import Project
from app.finance.dates import add_months
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.insurance.results import InsuranceResult
from app.formats import money, number, percent, plain
from app.i18n import N_
from app.messages.insurance_words import PARTS, choice_word
from app.reports.facility_facts import label_of
from app.reports.fact_tables import FactTable, free_row
from app.reports.insurance_delivery_facts import delivery_rows
from app.reports.insurance_event_facts import event_rows
from app.reports.insurance_facts import (
    RATE_DIGITS,
    TERM_ORDER,
    head_table,
    limit_row,
    quantity_cell,
    stage_table,
    terms_table,
    value_table,
)
from app.reports.insurance_history_facts import experience_rows
from app.reports.insurance_index_facts import (
    burn_rows,
    history_rows,
    index_rows,
    payout_table,
    trigger_table,
)
from app.reports.insurance_risk_facts import distribution_rows, model_table
from app.reports.insurance_scope_facts import scope_table
from app.reports.policy_facts import data_rows
from app.reports.slip_texts import (
    Row,
    Write,
    agreed_later,
    free_text,
    lines_of,
    row_lines,
    table_lines,
    worded,
)
from app.reports.value_facts import FactRow

_LIMITS = (
    N_("Limit for an event"),
    N_("Layer attaches at"),
    N_("Limit of the layer"),
    N_("Limit of the policy year"),
    N_("Reinstatements"),
)
_DEDUCTIBLES = (N_("Deductible"), N_("Deductible of the policy year"))
_OTHER_TERMS = (N_("Waiting period"), N_("Salvage"), N_("Share of the insurer"))
"""Columns of the terms, by the heading of the slip they belong to."""


def risk_details(case: Case, policy: Insurance, found: InsuranceResult) -> tuple[Row, ...]:
    """Return the risk details, heading by heading, in the order of the contract."""
    terms = terms_table(case)
    return (
        Row(N_("Unique market reference"), worded(N_("to be filled in by the broker"))),
        Row(N_("Type"), _type(policy, found)),
        Row(N_("Insured"), free_text(policy.insured)),
        Row(N_("Address of the insured"), free_text(policy.insured_address)),
        Row(N_("Period"), _period(policy)),
        Row(N_("Interest insured"), _interest(case, found)),
        Row(N_("Sum insured and limits"), _limits(policy, found, terms)),
        Row(N_("Deductible"), table_lines(terms, *_DEDUCTIBLES)),
        Row(N_("Territorial limits"), _places(case, policy)),
        Row(N_("Perils insured"), table_lines(scope_table(case))),
        *_conditions(case, policy, found, terms),
        Row(N_("Exclusions"), free_text(policy.exclusions)),
        Row(N_("Loss payee"), free_text(policy.first_beneficiary)),
        Row(N_("Subjectivities"), free_text(policy.subjectivities)),
        Row(N_("Choice of law and jurisdiction"), free_text(policy.law_and_disputes)),
        Row(N_("Premium"), _premium(policy, found)),
        Row(N_("Premium payment terms"), free_text(policy.payment_terms)),
        Row(N_("Taxes payable by the insured"), agreed_later),
        Row(N_("Recording and transmitting information"), agreed_later),
    )


def information(case: Case, results: Results, found: InsuranceResult) -> tuple[Row, ...]:
    """Return what the insurers were given: object, histories, models, the loss of a year."""
    rows = (
        Row(N_("Insured object"), _object(case, results)),
        Row(N_("Own history"), row_lines(experience_rows(case, found.experience))),
        Row(N_("History of the index"), row_lines((*burn_rows(found), *history_rows(case)))),
        Row(N_("Model of the perils"), table_lines(model_table(case))),
        Row(N_("Common events of several sites"), row_lines(event_rows(case, found.events))),
        Row(N_("Failure of sales, reversal"), row_lines(delivery_rows(case, found))),
        Row(N_("Loss of a policy year"), row_lines(distribution_rows(found))),
        Row(N_("Exceedance by return period"), _exceeded(found)),
    )
    return tuple(row for row in rows if row.write is not agreed_later)


def _type(policy: Insurance, found: InsuranceResult) -> Write:
    """The parts of the policy; of the heads, what they insure."""
    kinds = [choice_word("head", kind) for kind in dict.fromkeys(h.kind for h in found.heads)]
    if policy.index is not None:
        kinds.append(PARTS["index"])
    if policy.delivery is not None:
        kinds.append(PARTS["delivery"])
    return lambda tr: tr(N_("Insurance: {parts}")).format(parts=tr(N_("; ")).join(map(tr, kinds)))


def _period(policy: Insurance) -> Write:
    ends = add_months(policy.period_start, policy.period_months) - timedelta(days=1)
    return worded(
        N_("From {start} to {end}, both days included; {months} months."),
        start=policy.period_start.isoformat(),
        end=ends.isoformat(),
        months=str(policy.period_months),
    )


def _interest(case: Case, found: InsuranceResult) -> Write:
    """Each head with quantity, value and sum; the index cover; the sales."""
    parts = [table_lines(head_table(found))]
    index, cover = found.index, case.insurance.index if case.insurance is not None else None
    if index is not None and cover is not None:
        unit = quantity_cell(cover.quantity, cover.quantity_unit)
        message = N_("Index cover: {quantity} at {value} yuan each; sum insured {amount} yuan")
        value, amount = money(cover.unit_value_yuan), money(index.sum_insured_yuan)
        parts.append(
            lambda tr: tr(message).format(quantity=unit.said(tr), value=value, amount=amount)
        )
    if found.delivery is not None:
        covered = money(found.delivery.cover_yuan)
        parts.append(worded(N_("Sales and credits: {amount} yuan covered"), amount=covered))
    return lines_of(*parts)


def _limits(policy: Insurance, found: InsuranceResult, terms: FactTable | None) -> Write:
    """The sum insured in all and by policy year, then every limit, its absence in words."""
    whole = worded(N_("Sum insured in all: {amount} yuan"), amount=money(found.sum_insured_yuan))
    of_the_policy = row_lines(
        limit_row(label_of(f"insurance.{name}"), getattr(policy, name))
        for name in ("policy_event_limit_yuan", "policy_year_limit_yuan")
    )
    years = table_lines(value_table(found))
    return lines_of(whole, years, table_lines(terms, *_LIMITS), of_the_policy)


def _places(case: Case, policy: Insurance) -> Write:
    """The sites of the policy with their coordinates, or the place of the project."""
    if not policy.sites:
        return free_text(case.project.place)
    return lines_of(*(_site(site) for site in policy.sites))


def _site(site: InsuredSite) -> Write:
    if site.latitude is None or site.longitude is None:
        return free_text(site.name)
    return worded(
        N_("{name} (latitude {latitude}°, longitude {longitude}°, WGS 84)"),
        name=site.name,
        latitude=plain(site.latitude),
        longitude=plain(site.longitude),
    )


def _conditions(
    case: Case, policy: Insurance, found: InsuranceResult, terms: FactTable | None
) -> Iterator[Row]:
    """The index with triggers and payouts, stages, other terms, the order in which terms work."""
    if policy.index is not None:
        index = row_lines((*index_rows(case, found), *data_rows(case)))
        triggers = table_lines(trigger_table(case)), table_lines(payout_table(found))
        yield Row(N_("Conditions: index cover"), lines_of(index, *triggers))
    if policy.stages:
        yield Row(N_("Conditions: growth stages"), table_lines(stage_table(case)))
    order = worded(TERM_ORDER) if policy.heads else agreed_later
    others = (
        free_text(getattr(policy, name))
        for name in ("clause_number", "special_conditions", "claims_procedure")
    )
    yield Row(N_("Conditions"), lines_of(table_lines(terms, *_OTHER_TERMS), order, *others))


def _premium(policy: Insurance, found: InsuranceResult) -> Write:
    premium = worded(
        N_("{amount} yuan for the period, {rate} of the sum insured"),
        amount=money(found.gross_premium_yuan),
        rate=percent(found.rate, RATE_DIGITS),
    )
    if not policy.minimum_premium_yuan:
        return premium
    least = money(policy.minimum_premium_yuan)
    return lines_of(premium, worded(N_("Minimum premium {amount} yuan"), amount=least))


def _object(case: Case, results: Results) -> Write:
    """The project: name, sink carrier, area, place, methodology, who holds the right."""
    project = case.project
    carrier = choice_label(Project, "ecosystem", project.ecosystem)
    rows = [free_row(N_("Project name"), project.name), FactRow(N_("Sink carrier"), words=carrier)]
    if results.carbon.area_ha is not None:
        rows.append(FactRow(N_("Area"), number(results.carbon.area_ha), "ha"))
    for label, text in (
        (N_("Place"), project.place),
        (N_("Methodology"), project.methodology),
        (N_("Right holder"), project.holder),
    ):
        rows.append(free_row(label, text))
    return row_lines(rows)


def _exceeded(found: InsuranceResult) -> Write:
    """The loss of a year by return period, in yuan and of the sum insured."""
    law = found.distribution
    if law is None:
        return agreed_later
    insured = float(found.sum_insured_yuan)
    message = N_("Once in {years} years: {amount} yuan, {share} of the sum insured")
    return lines_of(
        *(
            worded(
                message,
                years=str(point.years),
                amount=money(point.aep_yuan),
                share=percent(point.aep_yuan / insured),
            )
            for point in law.returns
        )
    )
