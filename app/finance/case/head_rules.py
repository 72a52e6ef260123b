"""Rules of the heads of cover: names, quantities, terms, growth stages, stock."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from app.finance.case.case import Case
from app.finance.case.cover.head_tables import StageLine
from app.finance.case.cover.heads import CarbonPays, DeductibleKind, HeadLine, InsuredUnit
from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem
from app.finance.dates import add_months

MONTHS = 12


def known_heads(insurance: Insurance) -> str:
    """Return the names of the heads in words of the case, a dash for none."""
    return ", ".join(head.name for head in insurance.heads) or "–"


def known_sites(insurance: Insurance) -> str:
    """Return the names of the sites, a dash for none."""
    named = (*(s.name for s in insurance.sites), *(h.site for h in insurance.heads if h.site))
    return ", ".join(dict.fromkeys(named)) or "–"


def head_problems(case: Case, insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the heads and of what belongs to them."""
    seen: dict[str, int] = {}
    sites = [site.name for site in insurance.sites]
    for number, head in enumerate(insurance.heads):
        path = f"insurance.heads.{number}"
        yield from name_problems(head.name, seen, number, f"{path}.name", "head_twice")
        if head.site and sites and head.site not in sites:
            yield Problem(f"{path}.site", "unknown_site", head.site, {"known": ", ".join(sites)})
        yield from _quantity_problems(case, insurance, head, path)
        yield from _deductible_problems(head, path)
        yield from _limit_problems(head, path)
        yield from _waiting_problems(insurance, head, path)
    yield from _stage_problems(insurance)
    yield from _stock_problems(insurance)


def name_problems(
    name: str, seen: dict[str, int], number: int, path: str, twice: str
) -> Iterator[Problem]:
    """A name is more than blanks, and its own: names that differ by blanks look the same.

    `seen` holds the lines of the names before and takes this one.
    """
    told = " ".join(name.split())
    if not told:
        yield Problem(path, "too_short", name, {"length": 1})
    elif told in seen:
        yield Problem(path, twice, name, {"line": seen[told] + 1})
    seen.setdefault(told, number)


def _quantity_problems(
    case: Case, insurance: Insurance, head: HeadLine, path: str
) -> Iterator[Problem]:
    """A quantity is entered, or the case has tonnes of that unit."""
    entered = head.quantity is not None or any(
        line.head == head.name and line.policy_year == 1 for line in insurance.stock
    )
    unit = head.quantity_unit
    if head.carbon_pays is not None:
        if unit is not InsuredUnit.TCO2E:
            yield Problem(f"{path}.quantity_unit", "carbon_pays_unit", unit.value)
        if entered and head.carbon_pays is CarbonPays.BOTH:
            yield Problem(f"{path}.carbon_pays", "both_needs_plan", head.carbon_pays.value)
        return
    if entered:
        return
    if unit not in {InsuredUnit.TCO2E, InsuredUnit.TONNE}:
        yield Problem(f"{path}.quantity", "quantity_for_unit", None, {"unit": unit.value})
    if unit is InsuredUnit.TONNE and not case.project.harvest:
        yield Problem(f"{path}.quantity", "no_harvest_plan")


def _deductible_problems(head: HeadLine, path: str) -> Iterator[Problem]:
    """A deductible leaves something of a loss to be paid."""
    for name in ("deductible_share", "deductible_loss_share"):
        share = getattr(head, name)
        if share >= 1:
            yield Problem(f"{path}.{name}", "deductible_below_one", share)
    if head.deductible_kind is DeductibleKind.FRANCHISE and head.deductible_loss_share > 0:
        share = head.deductible_loss_share
        yield Problem(f"{path}.deductible_loss_share", "franchise_of_loss", share)
    if head.quantity is not None and head.carbon_pays is None:
        insured = head.quantity * head.unit_value_yuan
        if head.deductible_yuan >= insured:
            facts = {"sum_insured": insured}
            path = f"{path}.deductible_yuan"
            yield Problem(path, "deductible_over_sum", head.deductible_yuan, facts)


def _limit_problems(head: HeadLine, path: str) -> Iterator[Problem]:
    """A layer lies within the limit of an event; reinstatements that are paid for are counted."""
    limit, attachment = head.event_limit_yuan, head.layer_attachment_yuan
    if limit and attachment >= limit:
        facts = {"limit": limit}
        yield Problem(f"{path}.layer_attachment_yuan", "layer_over_limit", attachment, facts)
    if head.reinstatement_rate > 0 and not head.reinstatements:
        path = f"{path}.reinstatements"
        yield Problem(path, "reinstatements_missing", head.reinstatements)


def _waiting_problems(insurance: Insurance, head: HeadLine, path: str) -> Iterator[Problem]:
    """A waiting period ends within the first policy year."""
    if head.waiting_days == 0:
        return
    start = insurance.period_start
    end = add_months(start, min(insurance.period_months, MONTHS))
    if start + timedelta(days=head.waiting_days) >= end:
        facts = {"days": (end - start).days}
        yield Problem(f"{path}.waiting_days", "waiting_over_period", head.waiting_days, facts)


def _months_of(stage: StageLine) -> set[int]:
    length = (stage.last_month - stage.first_month) % MONTHS + 1
    return {(stage.first_month - 1 + k) % MONTHS + 1 for k in range(length)}


def _stage_problems(insurance: Insurance) -> Iterator[Problem]:
    """Stages belong to a head, and no month of a head is in two of them."""
    names = {head.name for head in insurance.heads}
    taken: dict[tuple[str, int], int] = {}
    for number, stage in enumerate(insurance.stages):
        path = f"insurance.stages.{number}"
        if stage.head not in names:
            known = {"known": known_heads(insurance)}
            yield Problem(f"{path}.head", "unknown_head", stage.head, known)
        both = [taken[stage.head, m] for m in _months_of(stage) if (stage.head, m) in taken]
        if both:
            facts = {"line": min(both) + 1}
            yield Problem(f"{path}.first_month", "stages_overlap", stage.first_month, facts)
        for month in _months_of(stage):
            taken.setdefault((stage.head, month), number)
    for name in names & {stage.head for stage in insurance.stages}:
        if not any(stage.share for stage in insurance.stages if stage.head == name):
            yield Problem("insurance.stages", "stages_without_risk", 0, {"head": name})


def _stock_problems(insurance: Insurance) -> Iterator[Problem]:
    """Quantities by policy year belong to a head, in order, within the period."""
    names = {head.name for head in insurance.heads}
    years = -(-insurance.period_months // MONTHS)
    for number, line in enumerate(insurance.stock):
        path = f"insurance.stock.{number}"
        if line.head not in names:
            known = {"known": known_heads(insurance)}
            yield Problem(f"{path}.head", "unknown_head", line.head, known)
        if line.policy_year > years:
            facts = {"years": years}
            yield Problem(f"{path}.policy_year", "stock_year_beyond", line.policy_year, facts)
    for name in names:
        own = [(n, line) for n, line in enumerate(insurance.stock) if line.head == name]
        for (_, above), (number, line) in pairwise(own):
            if line.policy_year <= above.policy_year:
                path = f"insurance.stock.{number}.policy_year"
                facts = {"before": above.policy_year}
                yield Problem(path, "policy_year_not_after", line.policy_year, facts)
