"""What the sheet says of the insurance: policy, object, terms, premium, comparison, conditions.

The loss, index, events, histories, deliveries and claims are in `insurance_risk_sections`.
"""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.case.insurance import Insurance
from app.finance.engine import Results
from app.finance.insurance.results import InsuranceResult
from app.formats import money, percent
from app.i18n import N_
from app.reports import insurance_risk_sections as risk
from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Facts,
    Heading,
    Hero,
    Prose,
    Words,
    free,
)
from app.reports.entries import capitals
from app.reports.fact_grids import grids
from app.reports.insurance_compare_facts import (
    asked_rows,
    option_table,
    placed_classes,
    placed_rows,
    placed_table,
)
from app.reports.insurance_facts import (
    NOT_AN_OFFER,
    RATE_DIGITS,
    TERM_ORDER,
    condition_rows,
    head_table,
    policy_rows,
    stage_table,
    terms_table,
    value_table,
)
from app.reports.insurance_premium_facts import (
    build_up_table,
    coinsurer_table,
    head_premium_table,
    part_table,
    premium_rows,
    premium_step,
    rate_label,
    shown_loads,
    subsidy_table,
)
from app.reports.loan_sections import named
from app.reports.value_blocks import fact, facts

DRAWN_FROM = 3
"""Steps of the premium from which they are drawn."""


def premium_first(words: Words, results: Results) -> Iterator[Block]:
    """Premium and rate, first on the sheet of a case that is a quotation only."""
    found = results.insurance
    if found is not None and results.loan is None:
        yield premium_hero(words, found)


def premium_hero(words: Words, found: InsuranceResult) -> Hero:
    """Return premium and rate, with the sum insured and the pure premium beside them."""
    return Hero(
        words(N_("Gross premium (yuan)")),
        free(money(found.gross_premium_yuan)),
        premium_step(found),
        words(rate_label(found)),
        free(percent(found.rate, RATE_DIGITS)),
        words(
            N_("Sum insured {amount} yuan; pure premium {pure} yuan."),
            amount=money(found.sum_insured_yuan),
            pure=money(found.pure_premium_yuan),
        ),
    )


def insurance(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The whole quotation: policy, object, perils, terms, premium, what it rests on, conditions."""
    found, policy = results.insurance, file.case.insurance
    if found is None or policy is None:
        return
    yield from _policy(words, policy, found)
    yield from _object(words, file, found)
    yield from risk.perils(words, file, found)
    yield from risk.index_terms(words, file, found)
    yield from named(words, N_("Terms in order"), terms_table(file.case))
    if policy.heads:
        yield Prose(words(TERM_ORDER), small=True)
    yield from _premium(words, results, found)
    yield from risk.distribution(words, results, found)
    yield from risk.index_history(words, file, results, found)
    yield from risk.events(words, file, found)
    yield from risk.experience(words, file, found)
    yield from risk.delivery(words, file, found)
    yield from _comparison(words, file, found)
    yield from risk.claims(words, file, found)
    yield Heading(words(N_("Conditions of the quotation")))
    yield facts(words, condition_rows(policy))
    yield Prose(words(NOT_AN_OFFER))


def _policy(words: Words, policy: Insurance, found: InsuranceResult) -> Iterator[Block]:
    yield Heading(words(N_("Insurance")))
    yield Facts(
        (
            *(fact(words, row) for row in policy_rows(policy)),
            *capitals(words, N_("Sum insured in capitals"), found.sum_insured_yuan),
            *capitals(words, N_("Gross premium in capitals"), found.gross_premium_yuan),
        )
    )
    yield from named(words, N_("Co-insurers"), coinsurer_table(found))


def _object(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    yield from named(words, N_("Heads of cover"), head_table(found))
    yield from named(words, N_("Sum insured by policy year"), value_table(found))
    yield from named(words, N_("Growth stages"), stage_table(file.case))


def _premium(words: Words, results: Results, found: InsuranceResult) -> Iterator[Block]:
    """Premium and rate, from pure to gross, by head, and who pays."""
    yield Heading(words(N_("Premium")))
    yield facts(words, premium_rows(found))
    yield from named(words, N_("Premium build-up"), build_up_table(found))
    if len(shown_loads(found)) >= DRAWN_FROM:
        caption = words(N_("From pure to gross premium; amounts in yuan"))
        yield Chart(ChartKind.PREMIUM_BUILD_UP, results, caption)
    yield from named(words, N_("Premium by part"), part_table(found))
    yield from named(words, N_("Premium by head"), head_premium_table(found))
    yield from named(words, N_("Who pays the premium"), subsidy_table(found))


def _comparison(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """Options side by side, the premium asked, and the rates placed for the like."""
    options = option_table(file.case, found)
    if options is not None:
        yield Heading(words(N_("Options to compare")))
        yield from grids(words, options)
    rows = (*asked_rows(found), *placed_rows(found))
    if not rows:
        return
    yield Heading(words(N_("Premium asked and placed")))
    yield facts(words, rows)
    yield from named(words, N_("Published covers of the like"), placed_table(found.placed))
    if found.placed is not None and found.placed.covers:
        classes = placed_classes(found.placed)
        message = N_("Classes looked through: {classes}.")
        said = words.each(lambda tr: tr(message).format(classes=classes.said(tr)))
        yield Prose(said, small=True)
