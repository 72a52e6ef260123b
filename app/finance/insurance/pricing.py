"""The price of a policy: its parts, the policy years, the premium on them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.premium_inputs import PureBasis
from app.finance.case.insurance import Insurance
from app.finance.errors import DomainError
from app.finance.explain import Step
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.delivery import compute_delivery
from app.finance.insurance.event_law import sample_law
from app.finance.insurance.experience import compute_experience
from app.finance.insurance.exposure import Exposure, policy_years
from app.finance.insurance.heads_events import heads_year
from app.finance.insurance.heads_part import HeadsYear
from app.finance.insurance.index import compute_index
from app.finance.insurance.part_results import DeliveryResult, ExperienceResult, IndexResult
from app.finance.insurance.premium_build import Build, YearLoss, build_premium, risk_load
from app.finance.money import ZERO, round_to_fen


@dataclass(frozen=True, slots=True)
class OtherPart:
    """A part of the policy without heads: its cover, pure premium and law of the first year."""

    sum_insured_yuan: Decimal
    law: YearLaw
    mean: float
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Priced:
    """All that a quote rests on.

    `heads` are the heads of each policy year, `discounts` what brings these to the start of the
    policy; `model_yuan` is the pure premium of the heads over the period by the model, None
    without one; `heads_yuan` the one charged for them. `index_basis` is what the index was priced
    on: cover and losses of past years. `years` hold the loss the risk load is
    taken of, () for a history without observed losses.
    """

    exposures: tuple[Exposure, ...]
    heads: tuple[HeadsYear, ...]
    discounts: tuple[float, ...]
    heads_sum_yuan: Decimal
    model_yuan: float | None
    heads_yuan: float
    index: tuple[IndexResult, OtherPart] | None
    index_basis: tuple[IndexCover | None, dict[int, float]]
    delivery: tuple[DeliveryResult, OtherPart] | None
    experience: tuple[ExperienceResult, tuple[Step, ...]] | None
    years: tuple[YearLoss, ...]
    has_law: bool
    build: Build

    @property
    def sum_insured_yuan(self) -> Decimal:
        """The sum insured of all parts in the first policy year."""
        return sum((part.sum_insured_yuan for part in self.others), self.heads_sum_yuan)

    @property
    def all_years_yuan(self) -> float:
        """The sums insured of all policy years, later ones discounted as their losses are."""
        later = math.fsum(
            factor * exposure.values_yuan[place]
            for exposure in self.exposures
            for place, factor in enumerate(self.discounts)
            if place > 0
        )
        return float(self.sum_insured_yuan) + later

    @property
    def rate_of_all_years(self) -> float:
        """The gross premium over the sums insured of all policy years: the level rate."""
        if len(self.discounts) == 1:
            insured = self.sum_insured_yuan
            return float(self.build.gross_yuan / insured) if insured else 0.0
        covered = self.all_years_yuan
        return float(self.build.gross_yuan) / covered if covered else 0.0

    @property
    def others(self) -> tuple[OtherPart, ...]:
        """Index and delivery, where they are insured."""
        return tuple(found[1] for found in (self.index, self.delivery) if found is not None)


def discount_factors(insurance: Insurance) -> tuple[float, ...]:
    """Return what brings each policy year to the start of the policy.

    The first one is not discounted, later ones from their middle (house convention).
    """
    later = range(2, policy_years(insurance) + 1)
    return (1.0, *((1 + insurance.discount_rate) ** (0.5 - year) for year in later))


def has_model(insurance: Insurance) -> bool:
    """Whether heads are priced by events: of perils, or of a set of common events."""
    return bool(insurance.heads) and bool(insurance.perils or insurance.events is not None)


def heads_by_year(insurance: Insurance, exposures: Sequence[Exposure]) -> tuple[HeadsYear, ...]:
    """Price the heads in each policy year.

    Of a head that is not restored the value of a later year is what earlier years are expected
    to have left: the product of 1 less the expected damage of each (house convention).
    """
    found: list[HeadsYear] = []
    left = [1.0] * len(exposures)
    before: list[Exposure] = []
    for year in range(1, policy_years(insurance) + 1):
        on_risk = [e.in_year(year, survival=left[e.place]) for e in exposures]
        found.append(found[-1] if on_risk == before else heads_year(insurance, on_risk))
        before = on_risk
        for exposure in exposures:
            if not exposure.head.restored:
                left[exposure.place] *= 1 - found[-1].damage[exposure.place]
    return tuple(found)


def price(
    insurance: Insurance, exposures: Sequence[Exposure], entered: Priced | None = None
) -> Priced:
    """Price a policy.

    `entered` is the same policy on other terms: what these do not change is taken from it.

    Raises:
        DomainError: a part of the model or of the premium does not fit.
    """
    sums = [round_to_fen(e.sum_insured_yuan) for e in exposures]
    heads_sum = sum(sums, ZERO)
    heads = heads_by_year(insurance, exposures) if has_model(insurance) else ()
    discounts = discount_factors(insurance)
    experience = None
    if insurance.experience is not None:
        experience = compute_experience(
            insurance.experience,
            exposures,
            sum_insured_yuan=float(heads_sum),
            seed=insurance.seed,
        )
    basis = (insurance.index, {} if experience is None else _loss_shares(experience[0]))
    if entered is not None and entered.index_basis == basis:
        index = entered.index
    else:
        index = _index(insurance, basis[1])
    delivery = _delivery(insurance) if entered is None else entered.delivery
    others = [part[1] for part in (index, delivery) if part is not None]
    years = _year_losses(insurance, heads, discounts, others)
    model = None
    if heads:
        model = sum(d * h.mean for d, h in zip(discounts, heads, strict=True))
    pure_heads = _pure_of_heads(insurance, exposures, model, experience)
    pure = pure_heads + sum(part.mean for part in others)
    if insurance.policy_year_limit_yuan is not None and insurance.pure_basis is PureBasis.MODEL:
        pure = sum(year.discount * year.mean for year in years)
    has_law = bool(heads or others)
    if not has_law and experience is not None:
        years = _history_years(insurance, exposures, experience[0])
    reinstated = sum(
        d * sum(head.reinstated_yuan for head in h.heads)
        for d, h in zip(discounts, heads, strict=False)
    )
    total = sum((part.sum_insured_yuan for part in others), heads_sum)
    return Priced(
        exposures=tuple(exposures),
        heads=heads,
        discounts=discounts,
        heads_sum_yuan=heads_sum,
        model_yuan=model,
        heads_yuan=pure_heads,
        index=index,
        index_basis=basis,
        delivery=delivery,
        experience=experience,
        years=years,
        has_law=has_law,
        build=build_premium(
            insurance,
            pure_yuan=pure,
            risk_yuan=risk_load(insurance, years),
            reinstatement_yuan=reinstated,
            sum_insured_yuan=total,
        ),
    )


def _index(
    insurance: Insurance, modelled: Mapping[int, float]
) -> tuple[IndexResult, OtherPart] | None:
    if insurance.index is None:
        return None
    found, law, working = compute_index(insurance.index, modelled=modelled, seed=insurance.seed)
    part = OtherPart(found.sum_insured_yuan, law, found.pure_premium_yuan, working)
    return found, part


def _delivery(insurance: Insurance) -> tuple[DeliveryResult, OtherPart] | None:
    if insurance.delivery is None:
        return None
    found, law, working = compute_delivery(insurance.delivery)
    part = OtherPart(round_to_fen(found.cover_yuan), law, found.pure_premium_yuan, working)
    return found, part


def _loss_shares(experience: ExperienceResult) -> dict[int, float]:
    """Return the as-if losses of past years as shares of the sum insured."""
    return {year.year: year.rate for year in experience.years if year.observed}


def _year_losses(
    insurance: Insurance,
    heads: Sequence[HeadsYear],
    discounts: Sequence[float],
    others: Sequence[OtherPart],
) -> tuple[YearLoss, ...]:
    """Return the loss of each policy year; index and delivery belong to the first.

    The policy's limit of a year holds for the sum of its parts.
    """
    found = [YearLoss(h.law, h.mean, h.variance, d) for h, d in zip(heads, discounts, strict=False)]
    for other in others:
        own = YearLoss(other.law, other.mean, other.law.sd**2, 1.0)
        found = [_both(found[0], own), *found[1:]] if found else [own]
    limit = insurance.policy_year_limit_yuan
    if limit is None:
        return tuple(found)
    return tuple(_limited(year, float(limit)) for year in found)


def _both(one: YearLoss, other: YearLoss) -> YearLoss:
    return YearLoss(
        one.law.plus(other.law),
        one.mean + other.mean,
        one.variance + other.variance,
        one.discount,
    )


def _limited(year: YearLoss, limit: float) -> YearLoss:
    law = year.law.with_year_terms(limit=limit)
    taken_off = year.law.mean - law.mean
    if taken_off <= 0:
        return year
    mean = min(max(year.mean - taken_off, 0.0), limit)
    return replace(year, law=law, mean=mean, variance=law.sd**2)


def _history_years(
    insurance: Insurance, exposures: Sequence[Exposure], found: ExperienceResult
) -> tuple[YearLoss, ...]:
    """Return the law of the as-if years of the history, each as likely as the other."""
    rates = [year.rate for year in found.years if year.observed]
    if not rates:
        return ()
    values = [sum(e.values_yuan[place] for e in exposures) for place in _places(insurance)]
    laws = [sample_law(np.array(rates) * value) for value in values]
    factors = discount_factors(insurance)
    return tuple(
        YearLoss(law, law.mean, law.sd**2, factor)
        for law, factor in zip(laws, factors, strict=True)
    )


def _places(insurance: Insurance) -> range:
    return range(policy_years(insurance))


def _pure_of_heads(
    insurance: Insurance,
    exposures: Sequence[Exposure],
    model: float | None,
    experience: tuple[ExperienceResult, tuple[Step, ...]] | None,
) -> float:
    """Return the pure premium charged for the heads over the period.

    A rate of the history or by credibility is that of a policy year like those observed; it is
    taken of the value of each policy year, later ones discounted.

    Raises:
        DomainError: `no_model`, `no_history`, `no_credibility`: what the basis needs is missing.
    """
    path = "insurance.pure_basis"
    basis = insurance.pure_basis
    if basis is PureBasis.MODEL:
        if model is None and exposures:
            raise DomainError("heads_without_events", path="insurance.perils", value=None)
        return model or 0.0
    if experience is None:
        raise DomainError("basis_without_history", path=path, value=basis.value)
    rate = experience[0].burn_rate
    if basis is PureBasis.CREDIBILITY:
        if experience[0].credibility is None:
            raise DomainError("basis_without_credibility", path=path, value=basis.value)
        rate = experience[0].credibility.credibility_rate
    factors = discount_factors(insurance)
    return rate * math.fsum(
        factors[place] * e.values_yuan[place] for e in exposures for place in _places(insurance)
    )
