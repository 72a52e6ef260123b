"""Burning cost of the own history, and credibility between it and the class."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from app.finance.case.cover.experience_inputs import ClassMean, Estimator, Experience
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.insurance.burn import Burn, BurnBasis, as_if_losses, as_if_years, burn_of
from app.finance.insurance.credibility import (
    Member,
    credibility_factor,
    fit_class,
    full_credibility_claims,
    square_root_factor,
)
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.part_results import Credibility, ExperienceResult, ExperienceYear
from app.finance.text import N_

_KEY = "insurance.experience"
OWN = ""
"""Name of the own history among the members of its class."""


def burn_basis(
    experience: Experience, exposures: Sequence[Exposure], sum_insured_yuan: float
) -> BurnBasis:
    """Return what the history is brought to.

    A named head: its sum insured and its terms. Without a name the whole policy, on the terms of
    its first head.

    Raises:
        DomainError: `experience_without_heads`, `unknown_head`.
    """
    if not exposures or sum_insured_yuan <= 0:
        raise DomainError("experience_without_heads", path="insurance.heads", value=None)
    if not experience.head:
        return BurnBasis(sum_insured_yuan, exposures[0].head)
    for exposure in exposures:
        if exposure.head.name == experience.head:
            return BurnBasis(exposure.sum_insured_yuan, exposure.head)
    raise DomainError(
        "unknown_head",
        path=f"{_KEY}.head",
        value=experience.head,
        known=[exposure.head.name for exposure in exposures],
    )


def compute_experience(
    experience: Experience, exposures: Sequence[Exposure], *, sum_insured_yuan: float, seed: int
) -> tuple[ExperienceResult, tuple[Step, ...]]:
    """Return burning cost and credibility; `sum_insured_yuan` is that of the policy today.

    The burn is the mean of the as-if rates of the years with data (`burn.as_if_years`); the pure
    premium is that rate times the sum insured of the policy. Without losses of its own the
    history is that of the member of the class that stands for the policy, weighted by exposure.

    Raises:
        DomainError: `experience_without_heads`, `unknown_head`, `unknown_member`, `no_history`
            when no year has data.
    """
    basis = burn_basis(experience, exposures, sum_insured_yuan)
    years = tuple(as_if_years(experience, basis))
    seen = [year for year in years if year.observed]
    own = _own_member(experience, seen)
    burn = (
        burn_of(np.array([year.rate for year in seen]), seed=seed)
        if seen
        else Burn(own.mean, None, None, None)
    )
    rates = [year.rate for year in seen] or own.values.tolist()
    result = ExperienceResult(
        years=years,
        observed_years=len(rates),
        paying_years=sum(rate > 0 for rate in rates),
        burn_rate=burn.rate,
        burn_error=burn.error,
        burn_low=burn.low,
        burn_high=burn.high,
        pure_premium_yuan=burn.rate * sum_insured_yuan,
        credibility=_credibility(experience, own, burn.rate, len(rates)),
    )
    steps = _steps(result, sum_insured_yuan, seed)
    return result, (*steps, *_full_credibility(experience, basis), *_credibility_steps(result))


def _members(experience: Experience) -> dict[str, Member]:
    lines = defaultdict(list)
    for line in experience.class_lines:
        lines[line.member].append(line)
    return {
        name: Member(
            name,
            np.array([line.value for line in of_member]),
            np.array([line.exposure for line in of_member]),
        )
        for name, of_member in lines.items()
    }


def _own_member(experience: Experience, seen: Sequence[ExperienceYear]) -> Member:
    """Return the policy as a member of its class: the one named, else its own years."""
    if experience.own_member:
        members = _members(experience)
        if experience.own_member not in members:
            raise DomainError(
                "unknown_member",
                path=f"{_KEY}.own_member",
                value=experience.own_member,
                known=list(members),
            )
        return members[experience.own_member]
    if not seen:
        raise DomainError("no_history", path=f"{_KEY}.losses", value=None)
    return Member(
        OWN,
        np.array([year.rate for year in seen]),
        np.array([year.exposure_yuan for year in seen]),
    )


def _credibility(
    experience: Experience, own: Member, burn_rate: float, years: int
) -> Credibility | None:
    if experience.estimator is None:
        return None
    if experience.estimator is Estimator.GIVEN:
        return given_credibility(
            burn_rate,
            years=years,
            class_rate=experience.class_rate or 0.0,
            process_variance=experience.process_variance or 0.0,
            mean_variance=experience.mean_variance or 0.0,
        )
    members = _members(experience)
    members.setdefault(own.name, own)
    return class_credibility(
        tuple(members.values()),
        own.name,
        iterative=experience.estimator is Estimator.ITERATIVE,
        mean_by_exposure=experience.class_mean is ClassMean.EXPOSURE,
    )


def given_credibility(
    own_rate: float,
    *,
    years: float,
    class_rate: float,
    process_variance: float,
    mean_variance: float,
) -> Credibility:
    """Return Bühlmann's credibility of n years: k = s2 / a, Z = n / (n + k)."""
    z = credibility_factor(years, process_variance, mean_variance)
    return Credibility(
        estimator=Estimator.GIVEN.value,
        own_rate=own_rate,
        class_rate=class_rate,
        process_variance=process_variance,
        mean_variance=mean_variance,
        k=process_variance / mean_variance if mean_variance > 0 else None,
        weight=years,
        z=z,
        credibility_rate=z * own_rate + (1.0 - z) * class_rate,
    )


def class_credibility(
    members: Sequence[Member], own: str, *, iterative: bool, mean_by_exposure: bool
) -> Credibility:
    """Return the credibility of the member `own` of a class by Bühlmann-Straub."""
    fit = fit_class(members, iterative=iterative, mean_by_exposure=mean_by_exposure)
    rows = tuple(
        (member.name, member.mean, z, z * member.mean + (1.0 - z) * fit.mean)
        for member, z in zip(members, fit.factors, strict=True)
    )
    place = [member.name for member in members].index(own)
    _, own_rate, z, rate = rows[place]
    between = fit.mean_variance
    return Credibility(
        estimator=(Estimator.ITERATIVE if iterative else Estimator.UNBIASED).value,
        own_rate=own_rate,
        class_rate=fit.mean,
        process_variance=fit.process_variance,
        mean_variance=between,
        k=fit.process_variance / between if between > 0 else None,
        weight=members[place].weight,
        z=z,
        credibility_rate=rate,
        members=rows,
    )


def _steps(found: ExperienceResult, sum_insured_yuan: float, seed: int) -> Iterator[Step]:
    yield Step(
        f"{_KEY}.burn_rate",
        N_("Burning cost"),
        "b = Σ y ÷ n",
        (
            Term("n", N_("Years with data"), found.observed_years),
            Term("m", N_("Years with a payment"), found.paying_years),
            Term("se", N_("Standard error"), found.burn_error, "share"),
            Term("5 %", N_("Bootstrap, 5 %"), found.burn_low, "share"),
            Term("95 %", N_("Bootstrap, 95 %"), found.burn_high, "share"),
            Term("seed", N_("Seed"), seed),
        ),
        found.burn_rate,
        "share",
        N_("mean of the as-if rates of the years; bootstrap of whole years, Efron (1979)"),
        N_("Losses are indexed, developed and brought to today's sum insured before the terms."),
    )
    yield Step(
        f"{_KEY}.pure_premium",
        N_("Pure premium by burning cost"),
        "b × S",
        (
            Term("b", N_("Burning cost"), found.burn_rate, "share"),
            Term("S", N_("Sum insured"), sum_insured_yuan, "yuan"),
        ),
        found.pure_premium_yuan,
        "yuan",
        N_("burning cost of the own history"),
    )


def _full_credibility(experience: Experience, basis: BurnBasis) -> Iterator[Step]:
    """How far the own history is from counting in full; no premium rests on it."""
    losses = np.array([loss for loss in as_if_losses(experience, basis) if loss > 0])
    if losses.size == 0:
        return
    cv = float(losses.std(ddof=1) / losses.mean()) if losses.size > 1 else 0.0
    needed = full_credibility_claims(cv)
    yield Step(
        f"{_KEY}.full_credibility",
        N_("Credibility by the square-root rule, for comparison"),
        "min(1, √(N ÷ N₁)), N₁ = (1.96 ÷ 0.05)² × (1 + cv²)",
        (
            Term("N", N_("Losses of the history"), int(losses.size)),
            Term("cv", N_("Spread of one loss"), cv, "sd/mean"),
            Term("N₁", N_("Losses needed to count in full"), needed),
        ),
        square_root_factor(float(losses.size), needed),
        "share",
        N_("limited fluctuation credibility: 95 % within 5 %; Klugman, Panjer, Willmot"),
    )


def _credibility_steps(result: ExperienceResult) -> Iterator[Step]:
    found = result.credibility
    if found is None:
        return
    given = found.estimator == Estimator.GIVEN.value
    yield Step(
        f"{_KEY}.credibility",
        N_("Credibility Z"),
        "Z = w × a ÷ (w × a + s²)",
        (
            Term("w", N_("Years") if given else N_("Exposure"), found.weight),
            Term("s²", N_("Mean variance within"), found.process_variance),
            Term("a", N_("Variance between"), found.mean_variance),
        ),
        found.z,
        "share",
        _SOURCES[found.estimator],
    )
    yield Step(
        f"{_KEY}.credibility_rate",
        N_("Rate by credibility"),
        "Z × own + (1 − Z) × m",
        (
            Term("Z", N_("Credibility Z"), found.z, "share"),
            Term("own", N_("Own mean"), found.own_rate, "share"),
            Term("m", N_("Mean of the class"), found.class_rate, "share"),
        ),
        found.credibility_rate,
        "share",
        _SOURCES[found.estimator],
    )


_SOURCES = {
    "given": N_("Bühlmann (1967), variances entered"),
    "unbiased": N_("Bühlmann and Straub (1970), unbiased estimator of the variance between"),
    "iterative": N_("Bühlmann and Straub (1970), iterative estimator of the variance between"),
}
