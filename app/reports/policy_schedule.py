"""The policy schedule of an index cover: who, where, when, what every index value pays.

A holder can read any payout from it, and hold the calculation of the agent against it. Without an
approval it is a draft and says so. What the insurer keeps to itself is left out as in a quotation.
"""

from collections.abc import Iterator
from datetime import timedelta

from app.finance.case.carbon.sites import Site
from app.finance.case.case import CaseFile
from app.finance.case.insurance import Insurance
from app.finance.case.project import Project
from app.finance.dates import add_months
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.insurance.part_results import IndexResult
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Severity
from app.formats import money, number, plain
from app.i18n import N_
from app.reports import policy_index
from app.reports.annex import marked_steps, workings_of
from app.reports.document import (
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Hero,
    Prose,
    Signature,
    Signatures,
    SiteMap,
    Words,
    free,
)
from app.reports.entries import capitals, choice, day, entered, figure, yuan
from app.reports.facility_facts import label_of
from app.reports.fact_tables import FactCell, FactHead, FactTable, without_empty
from app.reports.frame import framed, identity, sign_block
from app.reports.inputs_annex import inputs
from app.reports.insurance_facts import (
    TERM_ORDER,
    head_table,
    known_step,
    stage_table,
    terms_table,
)
from app.reports.insurance_premium_facts import (
    coinsurer_table,
    part_table,
    premium_rows,
    subsidy_table,
)
from app.reports.insurance_scope_facts import scope_table
from app.reports.loan_sections import named
from app.reports.policy_facts import (
    agreed_rows,
)
from app.reports.quotation import insurance_notices
from app.reports.reliance import reliance
from app.reports.right_sections import flag_panel
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact, facts

_DRAFT = N_(
    "Draft schedule. It becomes part of a policy only with the number, the signature and the seal "
    "of the insurer; until then no cover is in force by this paper."
)
_ISSUED = N_("This schedule is part of the policy named in it.")
_BOUND = N_(
    "The insurer is bound by this schedule once it has its signature and seal. The insured signs "
    "that what it says of the object, the sites and the history is true as far as it knows."
)
_READINGS = "insurance.index.readings"
_PREMIUM_AND_RATE = 2


def build_policy_schedule(sheet: Sheet) -> Document:
    """Say what the schedule says; nothing is drawn yet. The case has an index cover."""
    words, file, results = sheet.words, sheet.file, sheet.results
    found, policy = results.insurance, file.case.insurance
    assert found is not None and policy is not None  # noqa: S101, PT018 - checked by the caller
    index = found.index
    assert index is not None  # noqa: S101 - checked by the caller
    body = (
        identity(sheet),
        _hero(words, found, index),
        Prose(words(_ISSUED if sheet.stamp.approved else _DRAFT)),
        *_red_flags(sheet),
        *_parties(words, policy, found, index),
        *_object(words, file, results),
        *policy_index.index_terms(words, file, found),
        *policy_index.payout(words, file, found),
        *_others(words, file, found),
        *_premium(words, found),
        *policy_index.history(words, file, results, found, index),
        *policy_index.basis(words, index),
        *_conditions(words, policy),
        _signed(sheet, policy),
    )
    steps = marked_steps(results, body)
    annex = (
        *inputs(words, file, below="insurance.index", without=(_READINGS,)),
        *workings_of(words, steps),
        *reliance(sheet),
    )
    title = words(N_("Policy schedule: index cover"))
    return framed(sheet, title, (*body, *annex), house=policy.insurer, steps=steps)


def _hero(words: Words, found: InsuranceResult, index: IndexResult) -> Hero:
    return Hero(
        words(N_("Sum insured by the index (yuan)")),
        free(money(index.sum_insured_yuan)),
        known_step(found, "insurance.index.sum_insured"),
        words(N_("Premium of the policy (yuan)")),
        free(money(found.gross_premium_yuan)),
        words(N_("The most and the least that an event and a season pay stand under the payout.")),
    )


def _red_flags(sheet: Sheet) -> Iterator[Block]:
    notices = insurance_notices(sheet.results)
    red = [notice for notice in notices if notice.severity is Severity.RED_FLAG]
    yield flag_panel(sheet.words, red or notices, approved=sheet.stamp.approved)


def _parties(
    words: Words, policy: Insurance, found: InsuranceResult, index: IndexResult
) -> Iterator[Block]:
    """Number, parties and period; what each insurer carries."""
    yield Heading(words(N_("Policy and parties")))
    ends = add_months(policy.period_start, policy.period_months) - timedelta(days=1)
    number_label = words(N_("Policy number"))
    number_said = free(policy.policy_no) if policy.policy_no else words(N_("given at issue"))
    insurer = policy.insurer or _leader(policy)
    yield Facts(
        (
            Fact(number_label, number_said, strong=True),
            entered(words, label_of("insurance.insurer"), insurer),
            entered(words, label_of("insurance.insured"), policy.insured),
            entered(words, label_of("insurance.insured_address"), policy.insured_address),
            entered(words, label_of("insurance.first_beneficiary"), policy.first_beneficiary),
            day(words, label_of("insurance.period_start"), policy.period_start),
            day(words, N_("Cover ends"), ends),
            figure(words, label_of("insurance.period_months"), str(policy.period_months), "month"),
            *_sums(words, found, index),
        )
    )
    yield from named(words, N_("Co-insurers"), coinsurer_table(found))


def _sums(words: Words, found: InsuranceResult, index: IndexResult) -> Iterator[Fact]:
    """The sum insured by the index in capitals, and the whole of a policy that insures more."""
    insured = index.sum_insured_yuan
    yield from capitals(words, N_("Sum insured by the index, in capitals"), insured)
    if found.sum_insured_yuan != insured:
        yield yuan(words, N_("Sum insured of the whole policy"), found.sum_insured_yuan)


def _leader(policy: Insurance) -> str:
    return next((line.name for line in policy.coinsurers if line.leads), "")


def _object(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """What is insured and where, with a map of the places that have coordinates."""
    project, policy = file.case.project, file.case.insurance
    yield Heading(words(N_("Insured object")))
    carrier = choice_label(Project, "ecosystem", project.ecosystem)
    rows = [choice(words, N_("Sink carrier"), carrier)]
    if results.carbon.area_ha is not None:
        rows.append(figure(words, N_("Area"), number(results.carbon.area_ha), "ha"))
    rows.append(entered(words, N_("Place"), project.place))
    if project.holder:
        rows.append(entered(words, N_("Right holder"), project.holder))
    yield Facts(tuple(rows))
    if policy is None:
        return
    yield from named(words, N_("Sites insured"), _site_table(policy))
    placed = _placed(policy) or tuple(project.sites)
    if placed:
        yield SiteMap(placed)


def _placed(policy: Insurance) -> tuple[Site, ...]:
    return tuple(
        Site(site.name, site.latitude, site.longitude)
        for site in policy.sites
        if site.latitude is not None and site.longitude is not None
    )


def _site_table(policy: Insurance) -> FactTable | None:
    """The sites with the station each is read from, numbered as on the map."""
    if not policy.sites:
        return None
    heads = (
        FactHead(N_("On the map"), numeric=False),
        FactHead(N_("Site"), numeric=False),
        FactHead(N_("Latitude"), "deg"),
        FactHead(N_("Longitude"), "deg"),
        FactHead(N_("Weather station"), numeric=False),
    )
    rows, placed = [], 0
    for site in policy.sites:
        where = (FactCell("–"), FactCell("–"))
        sign = "–"
        if site.latitude is not None and site.longitude is not None:
            placed += 1
            sign, where = str(placed), (_degrees(site.latitude), _degrees(site.longitude))
        rows.append((FactCell(sign), FactCell(site.name), *where, FactCell(site.station)))
    return without_empty(FactTable(heads, tuple(rows)), (4,))


def _degrees(value: float) -> FactCell:
    return FactCell(plain(value))


def _others(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """The other heads of the policy with their perils and terms, where it has any."""
    heads = head_table(found)
    if heads is None:
        return
    yield Heading(words(N_("Other covers of the policy")))
    yield from named(words, N_("Heads of cover"), heads)
    scope = scope_table(file.case)
    if scope is not None:
        yield from named(words, N_("Perils, triggers and season"), scope)
    yield from named(words, N_("Terms in order"), terms_table(file.case))
    yield Prose(words(TERM_ORDER), small=True)
    yield from named(words, N_("Growth stages"), stage_table(file.case))


def _premium(words: Words, found: InsuranceResult) -> Iterator[Block]:
    """Premium and rate, in capitals too, and who pays which part of it."""
    yield Heading(words(N_("Premium")))
    own = [line for line in found.subsidies if line.payer == "insured" and len(found.subsidies) > 1]
    yield Facts(
        (
            *(fact(words, row) for row in premium_rows(found)[:_PREMIUM_AND_RATE]),
            *capitals(words, N_("Gross premium in capitals"), found.gross_premium_yuan),
            *(
                one
                for line in own
                for one in capitals(words, N_("The insured pays, in capitals"), line.amount_yuan)
            ),
        )
    )
    yield from named(words, N_("Premium by part"), part_table(found))
    yield from named(words, N_("Who pays the premium"), subsidy_table(found))


def _conditions(words: Words, policy: Insurance) -> Iterator[Block]:
    yield Heading(words(N_("Exclusions, conditions and claims")))
    yield facts(words, agreed_rows(policy))


def _signed(sheet: Sheet, policy: Insurance) -> Signatures:
    """The insurer and the insured sign and seal, and the beneficiary where there is one."""
    words, stamp = sheet.words, sheet.stamp
    day_text = stamp.approved_on.isoformat() if stamp.approved_on else ""
    lines = [
        (N_("Insurer"), stamp.approved_by, day_text),
        (N_("Insured"), "", ""),
    ]
    if policy.first_beneficiary:
        lines.append((N_("First beneficiary"), "", ""))
    signatures = (Signature(words(role), name, when) for role, name, when in lines)
    return sign_block(words, signatures, words(_BOUND), seal=True)
