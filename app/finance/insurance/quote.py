"""The quote: pure premium of all parts, loads, premium."""

from decimal import Decimal

from app.finance.case.case import Case
from app.finance.case.insurance import Insurance
from app.finance.explain import Step
from app.finance.insurance.distribution import distribution_of
from app.finance.insurance.exposure import exposures_of
from app.finance.insurance.heads_working import (
    distribution_steps,
    exposure_steps,
    head_steps,
    peril_steps,
)
from app.finance.insurance.options import option_results
from app.finance.insurance.placed_rates import placed_comparison
from app.finance.insurance.policy_largest import policy_largest
from app.finance.insurance.premium_parts import shared_out
from app.finance.insurance.premium_shares import coinsurer_shares, subsidy_shares
from app.finance.insurance.premium_working import premium_steps, share_steps
from app.finance.insurance.pricing import Priced, price
from app.finance.insurance.results import (
    AskedResult,
    InsuranceResult,
    LossDistribution,
    TogetherLoss,
)
from app.finance.insurance.settlement import settle
from app.finance.insurance.together import has_common_cause, together
from app.finance.money import round_to_fen
from app.finance.sink.credits import CarbonResult
from app.finance.sink.tables import SinkTables


def compute_insurance(
    case: Case, insurance: Insurance, carbon: CarbonResult, tables: SinkTables
) -> InsuranceResult:
    """Quote the insurance of a case.

    Raises:
        DomainError: an input that a part needs is missing or does not fit.
    """
    exposures = exposures_of(case, insurance, carbon)
    priced = price(insurance, exposures)
    build, insured = priced.build, priced.sum_insured_yuan
    heads, parts = shared_out(insurance, priced)
    subsidies = subsidy_shares(build.gross_yuan, insurance.subsidies)
    coinsurers = coinsurer_shares(build.gross_yuan, insured, insurance.coinsurers)
    asked = _asked(insurance, priced, insured)
    distribution = _distribution(insurance, priced)
    settlement = None
    settled: tuple[Step, ...] = ()
    if insurance.settlement is not None:
        settlement, settled = settle(
            insurance,
            exposures,
            gross_premium_yuan=build.gross_yuan,
            head_premiums_yuan=[head.gross_premium_yuan for head in heads],
        )
    first = priced.heads[0] if priced.heads else None
    experience = priced.experience
    return InsuranceResult(
        heads=heads,
        perils=() if first is None else first.perils,
        sum_insured_yuan=insured,
        basis=insurance.pure_basis.value,
        model_pure_yuan=_model_pure(priced),
        pure_premium_yuan=build.pure_yuan,
        risk_load_yuan=build.risk_yuan,
        technical_premium_yuan=build.technical_yuan,
        gross_premium_yuan=build.gross_yuan,
        rate=float(build.gross_yuan / insured) if insured else 0.0,
        rate_of_all_years=priced.rate_of_all_years,
        loadings=build.lines,
        subsidies=subsidies,
        coinsurers=coinsurers,
        distribution=distribution,
        index=None if priced.index is None else priced.index[0],
        events=None if first is None else first.events,
        experience=None if experience is None else experience[0],
        delivery=None if priced.delivery is None else priced.delivery[0],
        settlement=settlement,
        asked=asked,
        placed=placed_comparison(insurance, tables.placed),
        options=option_results(insurance, exposures, priced),
        parts=parts,
        working=(
            *_model_steps(case, insurance, priced),
            *premium_steps(insurance, priced),
            *distribution_steps(distribution),
            *share_steps(build, subsidies, coinsurers, asked),
            *settled,
        ),
    )


def _model_steps(case: Case, insurance: Insurance, priced: Priced) -> tuple[Step, ...]:
    """Return the working of the parts, before the premium is built on them."""
    found = list(exposure_steps(case, insurance, priced))
    if priced.heads:
        found += peril_steps(insurance, priced.heads[0])
        found += priced.heads[0].working
        found += head_steps(priced)
    for part in priced.others:
        found += part.working
    if priced.experience is not None:
        found += priced.experience[1]
    return tuple(found)


def _model_pure(priced: Priced) -> float | None:
    """Return the pure premium by the models, whatever the basis; None with a history alone."""
    if not priced.has_law:
        return None
    return (priced.model_yuan or 0.0) + sum(part.mean for part in priced.others)


def _distribution(insurance: Insurance, priced: Priced) -> LossDistribution | None:
    """Return the distribution of the first policy year, None where only a history is priced."""
    if not priced.has_law or not priced.years:
        return None
    first = priced.years[0]
    heads = priced.heads[0] if priced.heads else None
    drawn = heads is not None and heads.simulated
    return distribution_of(
        first.law,
        mean=first.mean,
        sd=first.variance**0.5,
        largest=policy_largest(insurance, heads, None if priced.index is None else priced.index[0]),
        simulated=(insurance.simulated_years, insurance.seed) if drawn else None,
        together=_together(insurance, priced),
    )


def _together(insurance: Insurance, priced: Priced) -> TogetherLoss | None:
    """Return how far heads and index go together; None where they have no common cause."""
    if not priced.heads or priced.index is None or not has_common_cause(insurance):
        return None
    limit = insurance.policy_year_limit_yuan
    return together(
        priced.heads[0].law,
        priced.index[1].law,
        [] if priced.delivery is None else [priced.delivery[1].law],
        None if limit is None else float(limit),
    )


def _asked(insurance: Insurance, priced: Priced, insured: Decimal) -> AskedResult | None:
    """Hold the premium asked against the technical one."""
    asked = insurance.asked_premium_yuan
    if asked is None:
        return None
    technical = round_to_fen(priced.build.technical_yuan)
    difference = asked - technical
    return AskedResult(
        asked_yuan=asked,
        technical_yuan=technical,
        difference_yuan=difference,
        difference_share=float(difference / technical) if technical else 0.0,
        asked_rate=float(asked / insured) if insured else 0.0,
        loss_ratio=priced.build.pure_yuan / float(asked),
        reason=insurance.asked_reason,
    )
