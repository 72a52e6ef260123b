"""What window, paper and command line say of a policy: parties, object, heads, terms.

The rest is in `insurance_premium_facts`, `insurance_risk_facts` (perils, distribution),
`insurance_index_facts`, `insurance_event_facts` (events and sites), `insurance_history_facts`
(own history, credibility), `insurance_delivery_facts` and `insurance_claim_facts`.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from app.finance.case.case import Case
from app.finance.case.cover.heads import DeductibleKind, HeadLine, ShareOn
from app.finance.case.insurance import Insurance
from app.finance.dates import add_months
from app.finance.fields import choice_label
from app.finance.insurance.results import InsuranceResult
from app.formats import UNITS, money, percent, plain
from app.i18n import N_
from app.messages.insurance_words import choice_word
from app.reports.facility_facts import label_of
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    figure,
    free_row,
    listed,
    share,
    without,
    without_empty,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

RATE_DIGITS = 4
"""Places of a premium rate in percent: 0.0001 % of a large sum is still money."""

NO_LIMIT = N_("no limit")
PAYS_NOTHING = N_("0.00: pays nothing")
"""What stands for a limit that was left empty, and for one of nothing: they are opposites."""

TERM_ORDER = N_(
    "Terms work from left to right on each loss, at most the value on risk; of several deductibles "
    "the largest counts. Then come the terms of the policy year, last the limits of the policy."
)
NOT_AN_OFFER = N_(
    "Indicative, not an offer: terms and rates of an insurance need filing before they are used, "
    "and cover begins only with a policy issued by the insurer."
)
"""What every quotation says of itself."""

CONDITIONS = (
    "clause_number",
    "exclusions",
    "special_conditions",
    "subjectivities",
    "payment_terms",
    "claims_procedure",
    "law_and_disputes",
)
"""Inputs that are conditions of a policy, in the order in which they are read."""

_ALWAYS = ("exclusions", "subjectivities")
_SITE = 2
_PLAIN_TERMS = ("salvage", "waiting", "layer", "layer_limit", "share", "year_deductible", "filled")
"""Terms that are left out of the table where no head has them."""


def known_step(insurance: InsuranceResult, *keys: str) -> str:
    """Return the first of the keys that has a working, "" when none has."""
    known = {step.key for step in insurance.working}
    return next((key for key in keys if key in known), "")


def of_several_years(insurance: InsuranceResult) -> bool:
    """Whether heads are insured for several policy years: the rate of all is another then."""
    return any(len(head.values_yuan) > 1 for head in insurance.heads)


def limit_cell(amount: Decimal | float | None) -> FactCell:
    """A limit: its amount, or that there is none, or that it pays nothing."""
    if amount is None:
        return words(NO_LIMIT)
    return yuan(amount) if amount else words(PAYS_NOTHING)


def limit_row(label: str, amount: Decimal | float | None) -> FactRow:
    """The same as a row."""
    if amount:
        return FactRow(label, money(amount), "yuan")
    return FactRow(label, words=NO_LIMIT if amount is None else PAYS_NOTHING)


def quantity_cell(quantity: float, unit_code: str) -> FactCell:
    """A quantity with its unit in the language of the reader; the workings have all its places."""
    unit = UNITS.get(unit_code, unit_code)
    shown = plain(round(quantity, 2) if quantity >= 1 else quantity)
    return words(N_("{quantity} {unit}"), quantity=shown, unit=unit)


def policy_rows(policy: Insurance) -> tuple[FactRow, ...]:
    """Return parties, number, period and what the policy as a whole pays at most."""
    return tuple(_policy_rows(policy))


def _policy_rows(policy: Insurance) -> Iterator[FactRow]:
    for name in ("insurer", "insured", "first_beneficiary"):
        yield free_row(label_of(f"insurance.{name}"), getattr(policy, name))
    if policy.policy_no:
        yield free_row(label_of("insurance.policy_no"), policy.policy_no)
    ends = add_months(policy.period_start, policy.period_months) - timedelta(days=1)
    yield FactRow(label_of("insurance.period_start"), policy.period_start.isoformat())
    yield FactRow(N_("Cover ends"), ends.isoformat())
    yield FactRow(label_of("insurance.period_months"), str(policy.period_months), "month")
    if policy.quote_valid_days is not None:
        label = label_of("insurance.quote_valid_days")
        yield FactRow(label, str(policy.quote_valid_days), "day")
    if policy.subsidised is not None:
        said = N_("yes") if policy.subsidised else N_("no")
        yield FactRow(label_of("insurance.subsidised"), words=said)
    for name in ("policy_event_limit_yuan", "policy_year_limit_yuan"):
        yield limit_row(label_of(f"insurance.{name}"), getattr(policy, name))


def condition_rows(policy: Insurance) -> tuple[FactRow, ...]:
    """Return exclusions and subjectivities, a dash for none, and what else was agreed."""
    rows = [
        (label_of(f"insurance.{name}"), getattr(policy, name).strip(), name in _ALWAYS)
        for name in CONDITIONS
    ]
    return tuple(free_row(label, text) for label, text, always in rows if text or always)


def head_table(insurance: InsuranceResult) -> FactTable | None:
    """Return each head with what is insured and for how much; None without heads."""
    if not insurance.heads:
        return None
    heads = (
        FactHead(N_("Head"), numeric=False),
        FactHead(N_("Head of cover"), numeric=False),
        FactHead(N_("Site"), numeric=False),
        FactHead(N_("Insured quantity")),
        FactHead(N_("Agreed value of a unit"), "yuan"),
        FactHead(N_("Sum insured"), "yuan"),
    )
    rows = tuple(
        (
            FactCell(head.name),
            words(choice_word("head", head.kind)),
            FactCell(head.site),
            quantity_cell(head.quantity, head.quantity_unit),
            yuan(head.unit_value_yuan),
            yuan(head.sum_insured_yuan, head_step(insurance, place, "sum_insured")),
        )
        for place, head in enumerate(insurance.heads)
    )
    total = sum((head.sum_insured_yuan for head in insurance.heads), Decimal(0))
    totals = (words(N_("Total")), *[EMPTY_CELL] * 4, yuan(total)) if len(rows) > 1 else ()
    return without_empty(FactTable(heads, rows, totals), (_SITE,))


def head_step(insurance: InsuranceResult, place: int, figure_name: str) -> str:
    """Return the key of the working of a figure of the head at a place, "" where it has none."""
    return known_step(insurance, f"insurance.heads.{place}.{figure_name}")


def value_table(insurance: InsuranceResult) -> FactTable | None:
    """Return the sum insured of each head in each policy year; None where only one is insured."""
    rows = tuple(
        (FactCell(head.name), FactCell(str(year)), yuan(value))
        for head in insurance.heads
        if len(head.values_yuan) > 1
        for year, value in enumerate(head.values_yuan, start=1)
    )
    if not rows:
        return None
    heads = (
        FactHead(N_("Head"), numeric=False),
        FactHead(N_("Policy year")),
        FactHead(N_("Sum insured"), "yuan"),
    )
    return FactTable(heads, rows, keys=2)


def stage_table(case: Case) -> FactTable | None:
    """Return what part of a head is on risk in which months; None when all is all year."""
    policy = case.insurance
    if policy is None or not policy.stages:
        return None
    heads = (
        FactHead(N_("Head"), numeric=False),
        FactHead(N_("Growth stage"), numeric=False),
        FactHead(N_("Months")),
        FactHead(N_("On risk")),
    )
    rows = tuple(
        (
            FactCell(stage.head),
            FactCell(stage.stage),
            months_cell(stage.first_month, stage.last_month),
            share(stage.share),
        )
        for stage in policy.stages
    )
    return FactTable(heads, rows)


def months_cell(first: int, last: int) -> FactCell:
    """The months from one to another."""
    return FactCell(str(first)) if first == last else FactCell(f"{first}–{last}")


def _deductible(head: HeadLine) -> FactCell:
    """Every deductible of an event; what is below the largest is not paid."""
    parts = []
    if head.deductible_yuan:
        parts.append(words(N_("{amount} yuan"), amount=money(head.deductible_yuan)))
    if head.deductible_share:
        shown = percent(head.deductible_share)
        parts.append(words(N_("{share} of the value on risk"), share=shown))
    if head.deductible_loss_share:
        parts.append(words(N_("{share} of the loss"), share=percent(head.deductible_loss_share)))
    if head.deductible_days:
        parts.append(words(N_("{days} days"), days=plain(head.deductible_days)))
    if not parts:
        return words(N_("none"))
    if head.deductible_kind is DeductibleKind.FRANCHISE:
        kind = choice_label(HeadLine, "deductible_kind", head.deductible_kind)
        parts.append(words(kind))
    return listed(*parts)


def _share(head: HeadLine) -> FactCell:
    if head.share == 1.0:
        return words(N_("whole"))
    if head.share_on is ShareOn.YEAR:
        return words(N_("{share}, of the policy year"), share=percent(head.share))
    return share(head.share)


def _filled(head: HeadLine) -> FactCell:
    """How often the limit of an event is filled up again, and at what premium."""
    if head.reinstatements is None:
        return words(N_("without end"))
    if not head.reinstatement_rate:
        return FactCell(str(head.reinstatements))
    rate = percent(head.reinstatement_rate)
    return words(N_("{count}, each at {rate}"), count=str(head.reinstatements), rate=rate)


_TERM_HEADS = {
    "head": FactHead(N_("Head"), numeric=False),
    "waiting": FactHead(N_("Waiting period"), "day"),
    "salvage": FactHead(N_("Salvage")),
    "deductible": FactHead(N_("Deductible")),
    "event_limit": FactHead(N_("Limit for an event"), "yuan"),
    "layer": FactHead(N_("Layer attaches at"), "yuan"),
    "layer_limit": FactHead(N_("Limit of the layer"), "yuan"),
    "share": FactHead(N_("Share of the insurer")),
    "year_deductible": FactHead(N_("Deductible of the policy year"), "yuan"),
    "year_limit": FactHead(N_("Limit of the policy year"), "yuan"),
    "filled": FactHead(N_("Reinstatements")),
}
"""Columns of the terms, in the order in which they work."""


def _terms(head: HeadLine) -> dict[str, FactCell]:
    return {
        "head": FactCell(head.name),
        "waiting": figure(head.waiting_days, 0),
        "salvage": share(head.salvage_share),
        "deductible": _deductible(head),
        "event_limit": limit_cell(head.event_limit_yuan),
        "layer": yuan(head.layer_attachment_yuan),
        "layer_limit": limit_cell(head.layer_limit_yuan),
        "share": _share(head),
        "year_deductible": yuan(head.year_deductible_yuan),
        "year_limit": limit_cell(head.year_limit_yuan),
        "filled": _filled(head),
    }


def _has(head: HeadLine, term: str) -> bool:
    """Whether a head has a term that other heads may lack."""
    return {
        "waiting": head.waiting_days > 0,
        "salvage": head.salvage_share > 0,
        "layer": head.layer_attachment_yuan > 0,
        "layer_limit": head.layer_limit_yuan is not None,
        "share": head.share < 1,
        "year_deductible": head.year_deductible_yuan > 0,
        "filled": head.reinstatements is not None,
    }[term]


def terms_table(case: Case) -> FactTable | None:
    """Return the terms of each head in the order in which they work; None without heads.

    Deductible and limits always stand, "no limit" and a limit of nothing in words.
    """
    lines = case.insurance.heads if case.insurance is not None else ()
    if not lines:
        return None
    rows = tuple(tuple(_terms(head).values()) for head in lines)
    table = FactTable(tuple(_TERM_HEADS.values()), rows)
    unused = [
        place
        for place, term in enumerate(_TERM_HEADS)
        if term in _PLAIN_TERMS and not any(_has(head, term) for head in lines)
    ]
    return without(table, unused)
