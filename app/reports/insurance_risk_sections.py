"""What the sheet says of the loss insured: perils, law, index, events, histories, claims."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_
from app.reports import policy_index
from app.reports.document import Block, Chart, ChartKind, Heading, Prose, Words
from app.reports.insurance_claim_facts import claim_table, settlement_rows
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
from app.reports.insurance_risk_facts import (
    check_table,
    distribution_rows,
    exceedance_table,
    model_table,
    peril_table,
    quantile_table,
)
from app.reports.loan_sections import named
from app.reports.policy_facts import index_cover
from app.reports.value_blocks import facts

_CURVE_FROM = 3
"""Points from which a curve is drawn."""


def perils(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """Each peril with its events and what it costs, then its model, parameters and source."""
    yield from named(words, N_("Perils and losses"), peril_table(file.case, found))
    yield from named(words, N_("Model and parameters"), model_table(file.case))


def index_terms(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """What the index cover insures, its triggers and its payout table."""
    rows = index_rows(file.case, found)
    if not rows:
        return
    yield Heading(words(N_("Index cover")), 2)
    yield facts(words, rows)
    yield from named(words, N_("Triggers"), trigger_table(file.case))
    yield from named(words, N_("Payout table"), payout_table(found))


def distribution(words: Words, results: Results, found: InsuranceResult) -> Iterator[Block]:
    """Mean, spread, exceedance by return period with its curve, and the checks of the figures."""
    law = found.distribution
    if law is None:
        return
    yield Heading(words(N_("Loss of a policy year")))
    yield facts(words, distribution_rows(found))
    exceeded = exceedance_table(law.returns, float(found.sum_insured_yuan))
    yield from named(words, N_("Exceedance by return period"), exceeded)
    if len(law.curve) >= _CURVE_FROM:
        caption = words(N_("Loss of a year and of one event by return period, logarithmic scale"))
        yield Chart(ChartKind.EXCEEDANCE, results, caption)
    yield from named(words, N_("Value at risk and tail value at risk"), quantile_table(law))
    yield from named(words, N_("The same by other ways"), check_table(law))


def index_history(
    words: Words, file: CaseFile, results: Results, found: InsuranceResult
) -> Iterator[Block]:
    """What the index is priced on: history with gaps, burning cost, fit, basis risk."""
    index = found.index
    if index is None:
        return
    yield Heading(words(N_("Index: payout, history and fit")))
    yield facts(words, (*burn_rows(found), *history_rows(file.case)))
    if len(index.payout_curve) >= _CURVE_FROM:
        caption = words(N_("Payout by index value, share of the sum insured"))
        yield Chart(ChartKind.PAYOUT_CURVE, results, caption)
        cover = index_cover(file.case)
        yield from (policy_index.curve(words, cover, one) for one in cover.triggers[1:])
    if len(index.history) >= _CURVE_FROM:
        caption = words(N_("What the index would have paid, year by year; years without data"))
        yield Chart(ChartKind.HISTORY_BURN, results, caption)
    yield from named(words, N_("Payout by year of the history"), history_table(found))
    for title, rows in (
        (N_("Fitted model"), fitted_rows(index.fitted)),
        (N_("Basis risk"), basis_rows(index.basis)),
    ):
        if rows:
            yield Heading(words(title), 2)
            yield facts(words, rows)


def events(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """Events that hit several sites at once, and what each site adds to the worst years."""
    if found.events is None:
        return
    yield Heading(words(N_("Common events of several sites")))
    yield facts(words, event_rows(file.case, found.events))
    yield from named(words, N_("Loss by site"), site_table(found.events))
    yield from named(words, N_("Dearest events"), event_table(found.events))
    if events_left_out(found.events):
        yield Prose(words(LEFT_OUT, **left_out_facts(found.events)), small=True)
    exceeded = exceedance_table(found.events.returns, float(found.sum_insured_yuan))
    yield from named(words, N_("Exceedance by return period"), exceeded)
    yield from named(words, N_("Correlation of the sites"), correlation_table(found.events))


def experience(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """The own history on today's terms, and what the class says."""
    history = found.experience
    if history is None:
        return
    yield Heading(words(N_("Own history and class")))
    yield facts(words, experience_rows(file.case, history))
    yield from named(words, N_("Own history on today's terms"), experience_table(history))
    rows = credibility_rows(history.credibility)
    if rows:
        yield Heading(words(N_("Credibility")), 2)
        yield facts(words, rows)
    yield from named(words, N_("Members of the class"), member_table(history.credibility))


def delivery(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """Sales that fail and credits that are reversed."""
    rows = delivery_rows(file.case, found)
    if rows:
        yield Heading(words(N_("Failure of sales, reversal")))
        yield facts(words, rows)
        yield from named(words, N_("Deliveries by policy year"), delivery_table(found.delivery))


def claims(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """The claims through the terms in their order."""
    rows = settlement_rows(file.case, found.settlement)
    if rows:
        yield Heading(words(N_("Claims")))
        yield facts(words, rows)
        yield from named(words, N_("Claims through the terms"), claim_table(found.settlement))
