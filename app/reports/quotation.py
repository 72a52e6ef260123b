"""The quotation: premium and rate, what is insured on what terms, then what the price rests on.

Claims, the premium asked and the placed rates are the insurer's own: the case record has them.
"""

from collections.abc import Iterator
from datetime import timedelta

from app.finance.case.case import CaseFile
from app.finance.case.insurance import Insurance
from app.finance.case.project import Project
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice, Severity
from app.formats import number
from app.i18n import N_
from app.reports import insurance_risk_sections as risk
from app.reports import quotation_basis
from app.reports.annex import marked_steps, workings_of
from app.reports.document import (
    EMPTY,
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Prose,
    Words,
)
from app.reports.entries import capitals, cell, choice, day, entered, figure
from app.reports.facility_facts import label_of
from app.reports.frame import NOT_BINDING, framed, identity, sign_block, signed, unsigned
from app.reports.inputs_annex import inputs
from app.reports.insurance_facts import (
    NOT_AN_OFFER,
    TERM_ORDER,
    head_table,
    policy_rows,
    stage_table,
    terms_table,
    value_table,
)
from app.reports.insurance_premium_facts import build_up_table, coinsurer_table, subsidy_table
from app.reports.insurance_scope_facts import scope_table
from app.reports.insurance_sections import premium_hero
from app.reports.loan_sections import named
from app.reports.policy_facts import agreed_rows
from app.reports.reliance import reliance
from app.reports.right_sections import flag_panel
from app.reports.sheet import Sheet
from app.reports.stamp import Stamp
from app.reports.value_blocks import fact, facts

_OWN = (
    "insurance.asked",
    "insurance.asked_premium_yuan",
    "insurance.asked_reason",
    "insurance.settlement",
)
"""Inputs and workings that are the insurer's own, or of claims: not part of a quotation."""

_OWN_NOTICES = (
    "asked_below_pure",
    "asked_below_technical",
    "asked_without_reason",
    "rate_above_placed",
    "rate_below_placed",
)
"""What is said of the premium asked and of the rates of others."""

_DECLARED = N_(
    "The applicant asks for cover on these terms. It declares that what is said here of object, "
    "sites, histories and other insurance is true and complete as far as it knows, and that it has "
    "read what the cover leaves out and what must be shown before it binds."
)

_ELSEWHERE = ("appraisal", "loan")
"""Sections whose flags are no matter of the insurance."""


def _is_own(path: str) -> bool:
    return any(path == own or path.startswith(f"{own}.") for own in _OWN)


def insurance_notices(results: Results) -> tuple[Notice, ...]:
    """Return the flags that bear on the insurance as it is quoted.

    Those of value, loan and claims are left out, and those of the premium asked and placed.
    """
    return tuple(
        notice
        for notice in results.notices
        if notice.path.partition(".")[0] not in _ELSEWHERE
        and notice.code not in _OWN_NOTICES
        and not _is_own(notice.path)
    )


def build_quotation(sheet: Sheet) -> Document:
    """Say what the quotation says; nothing is drawn yet. The case has an insurance."""
    words, file, results, stamp = sheet.words, sheet.file, sheet.results, sheet.stamp
    found, policy = results.insurance, file.case.insurance
    assert found is not None and policy is not None  # noqa: S101, PT018 - checked by the caller
    body = (
        identity(sheet),
        premium_hero(words, found),
        Prose(words(NOT_AN_OFFER)),
        *_red_flags(words, results, stamp),
        *_parties(words, policy, found, stamp),
        *_object(words, file, results, found),
        *_cover(words, file, found),
        *_premium(words, found),
        *_conditions(words, policy),
        signed(sheet, words(NOT_BINDING), seal=True),
        *_acceptance(words, policy),
        *quotation_basis.basis(words, file, results, found),
        *_warnings(words, results),
    )
    steps = tuple(step for step in marked_steps(results, body) if not _is_own(step.key))
    annex = (*_annex(words, file, policy), *workings_of(words, steps), *reliance(sheet))
    title = words(N_("Quotation: blue-carbon insurance"))
    return framed(sheet, title, (*body, *annex), house=policy.insurer, steps=steps)


def _red_flags(words: Words, results: Results, stamp: Stamp) -> Iterator[Block]:
    """Red flags stand on the first page; warnings stand beside what they are about, later."""
    found = [n for n in insurance_notices(results) if n.severity is Severity.RED_FLAG]
    if found:
        yield flag_panel(words, found, approved=stamp.approved)


def _warnings(words: Words, results: Results) -> Iterator[Block]:
    """The warnings; that there are none is said only where there are no red flags either."""
    notices = insurance_notices(results)
    found = [notice for notice in notices if notice.severity is not Severity.RED_FLAG]
    if found or not notices:
        yield flag_panel(words, found, approved=True)


def _parties(
    words: Words, policy: Insurance, found: InsuranceResult, stamp: Stamp
) -> Iterator[Block]:
    """Parties, period, validity; the sums in capitals; who carries what."""
    yield Heading(words(N_("Policy")))
    rows = [fact(words, row) for row in policy_rows(policy)]
    if policy.quote_valid_days is not None:
        until = stamp.issued_on + timedelta(days=policy.quote_valid_days)
        rows.append(day(words, N_("Quotation valid until"), until))
    yield Facts(
        (
            *rows,
            *capitals(words, N_("Sum insured in capitals"), found.sum_insured_yuan),
            *capitals(words, N_("Gross premium in capitals"), found.gross_premium_yuan),
        )
    )
    yield from named(words, N_("Co-insurers"), coinsurer_table(found))


def _object(
    words: Words, file: CaseFile, results: Results, found: InsuranceResult
) -> Iterator[Block]:
    """What is insured, where, how large, and each head with its sum."""
    yield Heading(words(N_("Insured object")))
    yield Facts(tuple(_object_facts(words, file, results)))
    yield from named(words, N_("Heads of cover"), head_table(found))
    yield from named(words, N_("Sum insured by policy year"), value_table(found))


def _object_facts(words: Words, file: CaseFile, results: Results) -> Iterator[Fact]:
    project, policy = file.case.project, file.case.insurance
    yield choice(words, N_("Sink carrier"), choice_label(Project, "ecosystem", project.ecosystem))
    if results.carbon.area_ha is not None:
        yield figure(words, N_("Area"), number(results.carbon.area_ha), "ha")
    yield entered(words, N_("Place"), project.place)
    if policy is not None and policy.sites:
        sites = words(N_("; ")).leading.join(site.name for site in policy.sites)
        yield entered(words, N_("Sites insured"), sites)
    if project.holder:
        yield entered(words, N_("Right holder"), project.holder)
    if project.sea_area_right_end is not None:
        yield day(words, N_("Sea-area use right ends"), project.sea_area_right_end)


def _cover(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """Perils, triggers and season; the terms in the order in which they work; stages."""
    table = scope_table(file.case)
    if table is not None:
        yield from named(words, N_("Perils, triggers and season"), table)
    yield from risk.index_terms(words, file, found)
    yield from named(words, N_("Terms in order"), terms_table(file.case))
    if file.case.insurance is not None and file.case.insurance.heads:
        yield Prose(words(TERM_ORDER), small=True)
    yield from named(words, N_("Growth stages"), stage_table(file.case))


def _premium(words: Words, found: InsuranceResult) -> Iterator[Block]:
    yield from named(words, N_("Premium build-up"), build_up_table(found))
    yield from named(words, N_("Who pays the premium"), subsidy_table(found))


def _conditions(words: Words, policy: Insurance) -> Iterator[Block]:
    yield Heading(words(N_("Conditions of the quotation")))
    yield facts(words, agreed_rows(policy))


def _acceptance(words: Words, policy: Insurance) -> Iterator[Block]:
    """Where the applicant asks for the cover on these terms, with what only it can declare."""
    yield Heading(words(N_("Acceptance by the insured")))
    yield Facts(
        (
            entered(words, N_("Applicant"), policy.insured),
            entered(words, label_of("insurance.insured_address"), policy.insured_address),
        )
    )
    asked = (N_("Other insurance of the object"), N_("Losses that are not told above"))
    heads = Column(words(N_("Declared by the applicant")), 0.3), Column(words(N_("Answer")), 0.7)
    yield Grid(heads, tuple((cell(words(label)), EMPTY) for label in asked), whole=True, roomy=True)
    roles = [N_("Applicant"), N_("First beneficiary")][: 2 if policy.first_beneficiary else 1]
    parties = ((role, "") for role in roles)
    yield sign_block(words, unsigned(words, parties), words(_DECLARED), seal=True)


def _annex(words: Words, file: CaseFile, policy: Insurance) -> Iterator[Block]:
    """Inputs of the insurance; tonnes of the case are named, not worked out here."""
    yield from inputs(words, file, below="insurance", without=_OWN)
    if any(head.quantity is None for head in policy.heads):
        text = N_(
            "Tonnes that are insured without a quantity of their own are those of the account of "
            "this case; the case record of the same version has their inputs and workings."
        )
        yield Prose(words(text), small=True)
