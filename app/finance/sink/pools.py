"""Removals by pool and calendar year: the one shape that every method returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.finance.explain import Step
from app.finance.notices import Notice
from app.finance.text import N_

Numbers = NDArray[np.float64]
"""Yearly vectors: shape (years,), or (draws, years) when parameters carry distributions."""

Quantity = float | Numbers
"""A parameter: one number, or an array that broadcasts against (draws, years)."""


class Pool(StrEnum):
    """Where carbon is held, or a gas is given off; codes are keys of the results."""

    REPORTED = "reported"
    SOFT_TISSUE = "soft_tissue"
    SHELL = "shell"
    ALGAE = "algae"
    CALCIFICATION = "calcification"
    LITTER = "litter"
    DISSOLVED = "dissolved"
    FARMING_EMISSIONS = "farming_emissions"
    BIOMASS_AND_SOIL = "biomass_and_soil"
    ABOVE_GROUND = "above_ground"
    BELOW_GROUND = "below_ground"
    HERBACEOUS = "herbaceous"
    WOODY = "woody"
    SOIL = "soil"
    METHANE = "methane"
    NITROUS_OXIDE = "nitrous_oxide"
    SEDIMENT = "sediment"
    EXPORT = "export"
    RESIDUAL = "residual"
    BASELINE = "baseline"
    LEAKAGE = "leakage"
    PROJECT_EMISSIONS = "project_emissions"
    AVOIDED_LOSS = "avoided_loss"


POOL_LABELS: Mapping[Pool, str] = {
    Pool.REPORTED: N_("as reported"),
    Pool.SOFT_TISSUE: N_("soft tissue"),
    Pool.SHELL: N_("shell"),
    Pool.ALGAE: N_("algal body"),
    Pool.CALCIFICATION: N_("CO₂ given off by calcification"),
    Pool.LITTER: N_("buried particles"),
    Pool.DISSOLVED: N_("dissolved organic carbon that stays"),
    Pool.FARMING_EMISSIONS: N_("emissions of farming"),
    Pool.BIOMASS_AND_SOIL: N_("biomass and soil by area rate"),
    Pool.ABOVE_GROUND: N_("biomass above ground"),
    Pool.BELOW_GROUND: N_("roots"),
    Pool.HERBACEOUS: N_("herbaceous biomass"),
    Pool.WOODY: N_("trees and shrubs with roots"),
    Pool.SOIL: N_("soil"),
    Pool.METHANE: N_("methane"),
    Pool.NITROUS_OXIDE: N_("nitrous oxide"),
    Pool.SEDIMENT: N_("sediment"),
    Pool.EXPORT: N_("export to depth"),
    Pool.RESIDUAL: N_("carbon left in soil and water"),
    Pool.BASELINE: N_("baseline"),
    Pool.LEAKAGE: N_("leakage"),
    Pool.PROJECT_EMISSIONS: N_("emissions of the project"),
    Pool.AVOIDED_LOSS: N_("avoided loss"),
}
"""Message id of each pool."""


@dataclass(frozen=True, slots=True)
class Span:
    """Calendar years accounted for, both included."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(self.last - self.first + 1, 0)

    def zeros(self) -> Numbers:
        """A vector of one zero a year."""
        return np.zeros(len(self))

    def between(self, first: int, last: int) -> Numbers:
        """One for each year of a run, zero for the other years; shape (years,)."""
        vector = np.zeros(len(self))
        vector[max(first - self.first, 0) : max(last + 1 - self.first, 0)] = 1.0
        return vector

    def since(self, year: int) -> int:
        """Index of a calendar year in the vectors, may be outside of them."""
        return year - self.first


@dataclass(frozen=True, slots=True)
class Removals:
    """What a method gives, all t CO2e a calendar year; uptake positive, emission negative.

    `pools` holds the net change of each pool of the project, and, where the method has them,
    baseline, leakage and project emissions with the sign they carry in the sum.
    `uncertainty_share` and `buffer_share` are set by methods that compute these deductions
    themselves; None leaves them to the inputs of the case. `uncertainty_base` is what the
    uncertainty share applies to (trees, AR-TOOL14), `buffer_base` what the buffer share applies
    to (stock changes), None for the whole net removal. `cap_total` bounds the
    cumulative net removal. `area_ha` is the area the method accounts for, None if unknown.
    """

    span: Span
    pools: Mapping[Pool, Numbers]
    working: tuple[Step, ...] = ()
    notices: tuple[Notice, ...] = ()
    area_ha: float | None = None
    uncertainty_share: Quantity | None = None
    uncertainty_base: Numbers | None = None
    buffer_share: Quantity | None = None
    buffer_base: Numbers | None = None
    cap_total: Quantity | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> Numbers:
        """Net of all pools by year."""
        return sum(self.pools.values(), start=self.span.zeros())
