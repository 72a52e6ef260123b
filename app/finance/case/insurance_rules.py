"""Rules between the fields of an insurance."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.cover.premium_inputs import PureBasis
from app.finance.case.delivery_rules import delivery_problems
from app.finance.case.event_rules import event_problems
from app.finance.case.experience_rules import experience_problems
from app.finance.case.head_rules import head_problems, name_problems
from app.finance.case.index_rules import index_problems
from app.finance.case.insurance import Insurance
from app.finance.case.peril_rules import peril_problems
from app.finance.case.problems import Problem
from app.finance.case.settlement_rules import settlement_problems

SUM_TOLERANCE = 1e-6
"""Shares that miss their sum by less are taken as whole."""


def insurance_problems(case: Case) -> list[Problem]:
    """Return the problems of the insurance of a case; [] without one."""
    insurance = case.insurance
    if insurance is None:
        return []
    return [
        *_part_problems(insurance),
        *_site_problems(insurance),
        *head_problems(case, insurance),
        *peril_problems(insurance),
        *_premium_problems(insurance),
        *_option_problems(insurance),
        *index_problems(insurance),
        *event_problems(insurance),
        *delivery_problems(insurance),
        *experience_problems(insurance),
        *settlement_problems(insurance),
    ]


def _part_problems(insurance: Insurance) -> Iterator[Problem]:
    """Something is insured, and there is what its price rests on."""
    if not insurance.heads and insurance.index is None and insurance.delivery is None:
        yield Problem("insurance.heads", "nothing_to_quote")
        return
    basis, path = insurance.pure_basis, "insurance.pure_basis"
    modelled = bool(insurance.perils) or insurance.events is not None
    if insurance.heads and basis is PureBasis.MODEL and not modelled:
        yield Problem("insurance.perils", "heads_without_events")
    if basis is PureBasis.MODEL:
        return
    if insurance.experience is None:
        yield Problem(path, "basis_without_history", basis.value)
    elif basis is PureBasis.CREDIBILITY and insurance.experience.estimator is None:
        yield Problem(path, "basis_without_credibility", basis.value)


def _site_problems(insurance: Insurance) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, site in enumerate(insurance.sites):
        path = f"insurance.sites.{number}.name"
        yield from name_problems(site.name, seen, number, path, "site_twice")


def _premium_problems(insurance: Insurance) -> Iterator[Problem]:
    """Shares of the premium leave something, and shares of insurers sum to the whole."""
    loadings = (
        insurance.variable_expense_share
        + insurance.commission_share
        + insurance.profit_share
        + insurance.tax_share
    )
    if loadings >= 1:
        yield Problem("insurance.variable_expense_share", "loadings_below_one", loadings)
    subsidies = sum(line.share for line in insurance.subsidies)
    if subsidies > 1 + SUM_TOLERANCE:
        facts = {"percent": 100 * subsidies}
        yield Problem("insurance.subsidies", "subsidies_over_one", subsidies, facts)
    if not insurance.coinsurers:
        return
    carried = sum(line.share for line in insurance.coinsurers)
    if abs(carried - 1) > SUM_TOLERANCE:
        facts = {"percent": 100 * carried}
        yield Problem("insurance.coinsurers", "coinsurers_not_one", carried, facts)
    leaders = [number for number, line in enumerate(insurance.coinsurers) if line.leads]
    for number in leaders[1:]:
        facts = {"line": leaders[0] + 1}
        yield Problem(f"insurance.coinsurers.{number}.leads", "two_leaders", None, facts)


def _option_problems(insurance: Insurance) -> Iterator[Problem]:
    """Options have names of their own, and terms that leave something to pay."""
    seen: set[str] = set()
    for number, option in enumerate(insurance.options):
        path = f"insurance.options.{number}"
        if option.name in seen:
            yield Problem(f"{path}.name", "option_twice", option.name)
        seen.add(option.name)
        for name in ("deductible_share", "deductible_loss_share"):
            share = getattr(option, name)
            if share is not None and share >= 1:
                yield Problem(f"{path}.{name}", "deductible_below_one", share)
        if option.season_cap_share is not None and insurance.index is None:
            yield Problem(
                f"{path}.season_cap_share", "option_without_index", option.season_cap_share
            )
