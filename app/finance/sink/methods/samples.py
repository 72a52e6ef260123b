"""Coefficients of a species from measured samples, and their standard errors."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from app.finance.case.carbon.harvest import (
    SampledQuantity,
    SampleLine,
    mass_shares_add,
    pooled_means,
)
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.sink.coefficients import MACROALGAE, SpeciesCoefficients
from app.finance.text import N_

SAMPLES_SOURCE = N_("samples of the case")

_LABELS = {
    SampledQuantity.DRY_TO_WET: N_("Dry over wet mass, mean of the samples"),
    SampledQuantity.SOFT_MASS_SHARE: N_("Soft tissue, share of dry mass, mean of the samples"),
    SampledQuantity.SHELL_MASS_SHARE: N_("Shell, share of dry mass, mean of the samples"),
    SampledQuantity.CARBON_SOFT: N_("Carbon in soft tissue or algal body, mean of the samples"),
    SampledQuantity.CARBON_SHELL: N_("Carbon in shell, mean of the samples"),
}
_OF_ALGAE = (SampledQuantity.DRY_TO_WET, SampledQuantity.CARBON_SOFT)
_SOFT, _SHELL = SampledQuantity.SOFT_MASS_SHARE, SampledQuantity.SHELL_MASS_SHARE


class SampleError(NamedTuple):
    """Pooled samples of one coefficient: mean, standard error of the mean, number of samples."""

    mean: float
    standard_error: float
    n: int


def sample_errors(
    samples: Sequence[SampleLine],
) -> dict[tuple[str, SampledQuantity], SampleError]:
    """Mean, standard error and n of each coefficient, by species as typed and quantity.

    Lines of one coefficient are pooled as if their specimens were one sample: the pooled
    variance is (sum (n - 1) s^2 + sum n (m - mean)^2) / (N - 1), the error sd / sqrt(N). With
    one specimen alone the error is 0, because nothing is known of it.
    """
    grouped: dict[tuple[str, SampledQuantity], list[SampleLine]] = {}
    for sample in samples:
        grouped.setdefault((sample.species, sample.quantity), []).append(sample)
    found = {}
    for key, mean in pooled_means(samples).items():
        lines = grouped[key]
        n = sum(line.n for line in lines)
        squares = sum(
            (line.n - 1) * line.sd**2 + line.n * (line.mean - mean) ** 2 for line in lines
        )
        found[key] = SampleError(mean, sqrt(squares / (n - 1) / n) if n > 1 else 0.0, n)
    return found


def _with_both_mass_shares(
    means: dict[SampledQuantity, float], species: str
) -> dict[SampledQuantity, float]:
    """The means of a bivalve with the mass share that was not measured as the rest to 1."""
    soft, shell = means.get(_SOFT), means.get(_SHELL)
    if soft is None and shell is None:
        return means
    if soft is None or shell is None:
        known, other = (_SOFT, _SHELL) if shell is None else (_SHELL, _SOFT)
        return {**means, other: 1 - means[known]}
    drawn = np.ndim(soft) > 0 or np.ndim(shell) > 0
    if not drawn and not mass_shares_add(soft, shell):
        raise DomainError(
            "mass_shares_do_not_add", path="project.samples", value=soft + shell, species=species
        )
    return means


def sampled_coefficients(
    row: SpeciesCoefficients, samples: Sequence[SampleLine]
) -> SpeciesCoefficients:
    """Return `row` with the means of `samples` in place of its own coefficients.

    `samples` are those of this species. One measured mass share of a bivalve makes the other
    one the rest to 1; two are used as they are.

    Raises:
        DomainError: `mass_shares_do_not_add` when two measured shares differ from 1 by more
            than the tolerance, `sample_not_of_alga` when a shell of an alga is measured.
    """
    means = {key[1]: mean for key, mean in pooled_means(samples_as(row.key, samples)).items()}
    if not means:
        return row
    if row.group == MACROALGAE:
        for quantity in means:
            if quantity not in _OF_ALGAE:
                raise DomainError(
                    "sample_not_of_alga",
                    path="project.samples",
                    value=quantity.value,
                    species=row.key,
                )
    else:
        means = _with_both_mass_shares(means, row.key)
    changes: dict[str, Any] = {quantity.value: value for quantity, value in means.items()}
    return replace(row, **changes, sampled=tuple(changes))


def samples_as(species: str, samples: Sequence[SampleLine]) -> tuple[SampleLine, ...]:
    """Return the samples under one name of the species."""
    return tuple(replace(sample, species=species) for sample in samples)


def unpublished(name: str, group: str, samples: Sequence[SampleLine]) -> SpeciesCoefficients | None:
    """Return a species known from its samples alone, None when a needed one is not measured.

    Needed are dry over wet mass and carbon in the body, for a bivalve also carbon in the
    shell and one of the two mass shares.
    """
    measured = {sample.quantity for sample in samples}
    needed = {SampledQuantity.DRY_TO_WET, SampledQuantity.CARBON_SOFT}
    if group != MACROALGAE:
        needed.add(SampledQuantity.CARBON_SHELL)
        if not measured & {_SOFT, _SHELL}:
            return None
    if not needed <= measured:
        return None
    body = 1.0 if group == MACROALGAE else 0.0
    blank = SpeciesCoefficients(name, "", group, 0.0, body, 0.0, 0.0, 0.0, SAMPLES_SOURCE)
    return sampled_coefficients(blank, samples)


def sample_steps(species: str, samples: Sequence[SampleLine]) -> tuple[Step, ...]:
    """Working of each pooled coefficient of one species."""
    steps = []
    for (_, quantity), error in sample_errors(samples_as(species, samples)).items():
        origins = [s.origin for s in samples if s.quantity is quantity and s.origin]
        steps.append(
            Step(
                key=f"carbon.sample.{species}.{quantity.value}",
                label=_LABELS[quantity],
                formula="m = Σ(n × x) / Σn",
                terms=(
                    Term("i", N_("Species"), species),
                    Term("Σn", N_("Number of samples"), error.n),
                    Term("se", N_("Standard error of the mean"), error.standard_error, "share"),
                ),
                value=error.mean,
                unit="share",
                source="; ".join(origins) or SAMPLES_SOURCE,
            )
        )
    return tuple(steps)
