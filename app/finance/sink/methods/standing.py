"""Cohorts on their area: growth of biomass, and areas that count, by calendar year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.finance.case.carbon.cohorts import CohortPlan
from app.finance.case.carbon.growth import named
from app.finance.quantity import CO2_PER_C
from app.finance.sink.methods.growth import Stand, refuse_yearly_draws, stand
from app.finance.sink.pools import Numbers, Pool, Quantity, Span
from app.finance.sink.tables import SinkTables


@dataclass(frozen=True, slots=True)
class Factors:
    """What turns biomass and area into carbon: tC per t d.m., tC/ha/yr, years, tCO2e/ha/yr."""

    carbon_fraction: Quantity
    soil_rate_tc_ha_yr: Quantity
    soil_years: int
    baseline_tco2e_ha_yr: Quantity


@dataclass(frozen=True, slots=True)
class Grown:
    """A stand of cohorts that grow alike, to age `ages`; `number` is the first such cohort."""

    number: int
    ages: int
    stand: Stand


@dataclass(frozen=True, slots=True)
class Standing:
    """Yearly vectors of the span, shape (years,) or (draws, years).

    Growth of dry biomass above and below ground, t; established area whose soil still takes
    up carbon, ha; planted area, ha; `area_ha` is all that is planted.
    """

    above_t: Numbers
    below_t: Numbers
    soil_ha: Numbers
    planted_ha: Numbers
    area_ha: float
    grown: tuple[Grown, ...]


def _key(value: Any) -> Any:
    """What tells two numbers apart: the number, or which array it is."""
    return id(value) if isinstance(value, np.ndarray) else value


def _grown(plan: CohortPlan, span: Span, tables: SinkTables) -> tuple[list[Stand], list[Grown]]:
    """Return the stand of each cohort, computed once for those that grow alike, and each once."""
    keys = [
        (named(row.species), _key(row.trees_per_ha), _key(row.wood_density_g_cm3))
        for row in plan.plantings
    ]
    ages: dict[Any, int] = {}
    for row, key in zip(plan.plantings, keys, strict=True):
        ages[key] = max(ages.get(key, 0), span.last - row.year)
    found: dict[Any, Grown] = {}
    for number, (row, key) in enumerate(zip(plan.plantings, keys, strict=True)):
        if key not in found:
            found[key] = Grown(number, ages[key], stand(plan, row, number, ages[key], tables))
    return [found[key].stand for key in keys], list(found.values())


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Calendar years from the first that counts on: of the oldest cohort, or of the span."""

    first: int
    span: Span

    @property
    def years(self) -> int:
        return self.span.last - self.first + 1

    def weights(self, lines: Sequence[tuple[int, Quantity]]) -> Numbers:
        """Sum of what starts in each year, shape (years,) or (draws, years)."""
        inside = [(year - self.first, each) for year, each in lines if year <= self.span.last]
        drawn = [each for _, each in inside if isinstance(each, np.ndarray)]
        if not drawn:
            by_year = [0.0] * self.years
            for place, each in inside:
                by_year[place] += float(each)
            return np.array(by_year)
        total = np.zeros((len(drawn[0]), self.years))
        for place, each in inside:
            total[:, place] += np.reshape(each, -1)
        return total

    def spread(self, weights: Numbers, by_age: Numbers) -> Numbers:
        """Sum over the starts of weight x the vector by age that follows, years of the span.

        Shapes: (years,) or (draws, years); (ages,) or (draws, ages).
        """
        before = self.span.first - self.first
        if by_age.shape[-1] == 0:
            return np.zeros((*weights.shape[:-1], len(self.span)))
        if weights.ndim == 1 and by_age.ndim == 1:
            return np.convolve(weights, by_age)[before : self.years]
        draws = np.broadcast_shapes(weights.shape[:-1], by_age.shape[:-1])
        total = np.zeros((*draws, self.years))
        for place in np.flatnonzero(weights.any(axis=tuple(range(weights.ndim - 1)))):
            room = total[..., place : place + by_age.shape[-1]]
            room += weights[..., place : place + 1] * by_age[..., : room.shape[-1]]
        return total[..., before:]


def standing(plan: CohortPlan, span: Span, tables: SinkTables, *, soil_years: int) -> Standing:
    """Sum the cohorts of a plan by calendar year.

    Area x survival carries the biomass and the soil; the baseline is that of all the area
    planted. Cohorts planted in the last year or later add nothing.

    Raises:
        DomainError: what `stand` and `refuse_yearly_draws` refuse.
    """
    refuse_yearly_draws(plan)
    stands, grown = _grown(plan, span, tables)
    starts = [row.year + 1 for row in plan.plantings]
    calendar = _Calendar(min(span.first, *starts) if starts else span.first, span)
    established: list[tuple[int, Quantity]] = []
    for start, row in zip(starts, plan.plantings, strict=True):
        own = row.survival_share
        survival = plan.survival_share if own is None else own
        established.append((start, row.area_ha * survival))
    above: Numbers = span.zeros()
    below: Numbers = span.zeros()
    for one in grown:
        own_lines = [
            line for line, its in zip(established, stands, strict=True) if its is one.stand
        ]
        weights = calendar.weights(own_lines)
        above = above + calendar.spread(weights, np.diff(one.stand.above, axis=-1))
        below = below + calendar.spread(weights, np.diff(one.stand.below, axis=-1))
    areas = [(start, row.area_ha) for start, row in zip(starts, plan.plantings, strict=True)]
    return Standing(
        above_t=above,
        below_t=below,
        soil_ha=calendar.spread(calendar.weights(established), np.ones(soil_years)),
        planted_ha=calendar.spread(calendar.weights(areas), np.ones(calendar.years)),
        area_ha=sum(row.area_ha for row in plan.plantings),
        grown=tuple(grown),
    )


def pools(
    found: Standing, factors: Factors, *, with_roots: bool, with_soil: bool
) -> dict[Pool, Numbers]:
    """Removals of each pool and the baseline (negative), t CO2e a year.

    44/12 x CF x dB for biomass, 44/12 x rate x area for soil (AR-AM0014, eq. 3 and 4;
    AR-TOOL14, eq. 3), less baseline rate x planted area (eq. 6).
    """
    carbon = CO2_PER_C * factors.carbon_fraction
    by_pool = {Pool.ABOVE_GROUND: carbon * found.above_t}
    if with_roots:
        by_pool[Pool.BELOW_GROUND] = carbon * found.below_t
    if with_soil:
        by_pool[Pool.SOIL] = CO2_PER_C * factors.soil_rate_tc_ha_yr * found.soil_ha
    by_pool[Pool.BASELINE] = 0.0 - factors.baseline_tco2e_ha_yr * found.planted_ha
    return by_pool
