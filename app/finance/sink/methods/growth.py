"""Biomass of one established hectare at each stand age, from a table, a curve or a rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.finance.case.carbon.cohorts import CohortPlan
from app.finance.case.carbon.growth import (
    BiomassAtAge,
    GrowthBasis,
    PlantedCohort,
    Roots,
    StemAtAge,
    growth_lines,
)
from app.finance.errors import DomainError
from app.finance.sink.allometry import AllometricEquation, equation_above, equation_below
from app.finance.sink.methods.tool14 import root_biomass_t_ha
from app.finance.sink.pools import Numbers, Quantity
from app.finance.sink.tables import SinkTables

PLAN = "project.cohorts"
KG_PER_T = 1000.0
_BY_YEAR = ("carbon_fraction", "soil_rate_tc_ha_yr", "baseline_tco2e_ha_yr")
"""Numbers of a plan that may differ from calendar year to calendar year."""


@dataclass(frozen=True, slots=True)
class Stems:
    """Mean tree at each knot: diameter, height, and the equations of its two parts."""

    dbh_cm: Quantity
    height_m: Quantity | None
    density_g_cm3: Quantity | None
    trees_per_ha: Quantity
    above: AllometricEquation
    below: AllometricEquation | None


@dataclass(frozen=True, slots=True)
class Stand:
    """Dry biomass of a hectare at ages 0, 1, ... n: t/ha, shape (n + 1,) or (draws, n + 1).

    `last_age` is the last age of the table it comes from, None for curves and rates. For the
    working: `at_last` holds both parts at that age (or the last one of a curve), `stems` the
    mean trees at the ages of the table or curve.
    """

    above: Numbers
    below: Numbers
    at_last: tuple[Numbers, Numbers]
    last_age: int | None = None
    stems: Stems | None = None


def columns(values: Sequence[Quantity]) -> Numbers:
    """Return numbers side by side: (n,), or (draws, n) when one of them is (draws, 1)."""
    if not any(isinstance(value, np.ndarray) for value in values):
        return np.array(values, dtype=np.float64)
    parts = np.broadcast_arrays(*(np.asarray(value).reshape(-1, 1) for value in values))
    return np.concatenate(parts, axis=1)


def at_ages(knots: Sequence[int], stocks: Numbers, ages: int) -> Numbers:
    """Stock at ages 0..`ages`: 0 at planting, linear between the knots, then constant.

    `knots` are increasing ages from 1 on, `stocks` of shape (knots,) or (draws, knots).
    Source: AR-TOOL14, equation 11: dC_t = (C_t2 - C_t1) / T.
    """
    wanted = np.arange(ages + 1)
    places = np.array([0, *knots])
    upper = np.clip(np.searchsorted(places, wanted), 1, len(places) - 1)
    lower = upper - 1
    weight = np.clip((wanted - places[lower]) / (places[upper] - places[lower]), 0.0, 1.0)
    whole = np.concatenate((np.zeros((*stocks.shape[:-1], 1)), stocks), axis=-1)
    return np.asarray(whole[..., lower] * (1 - weight) + whole[..., upper] * weight)


def chapman_richards(*, asymptote: Quantity, rate: Quantity, shape: Quantity, ages: int) -> Numbers:
    """A x (1 - exp(-k x age))^p at ages 0..`ages`. Source: Richards 1959; Chapman 1961."""
    age = np.arange(ages + 1)
    return np.asarray(asymptote * (1 - np.exp(-rate * age)) ** shape)


def refuse_yearly_draws(plan: CohortPlan) -> None:
    """Refuse numbers of a stand that were drawn anew for each calendar year.

    Raises:
        DomainError: `one_draw_of_stand`: a stand has one growth, one area, one survival.
    """
    for name, value in vars(plan).items():
        if isinstance(value, tuple):
            for number, line in enumerate(value):
                if np.ndarray in map(type, vars(line).values()):
                    _refuse_yearly(f"{PLAN}.{name}.{number}", line, ())
    if np.ndarray in map(type, vars(plan).values()):
        _refuse_yearly(PLAN, plan, _BY_YEAR)


def _refuse_yearly(path: str, owner: object, allowed: tuple[str, ...]) -> None:
    for name, value in vars(owner).items():
        if name not in allowed and _is_yearly(value):
            raise DomainError("one_draw_of_stand", path=f"{path}.{name}", value=None)


def _is_yearly(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.shape[-1] > 1


def _given(value: Quantity | None, name: str, other: str, values: tuple[str, ...]) -> Quantity:
    if value is None:
        path = f"{PLAN}.{name}"
        raise DomainError(
            "needed", path=path, value=None, other=f"{PLAN}.{other}", other_values=list(values)
        )
    return value


def _lines(plan: CohortPlan, row: PlantedCohort, number: int) -> Sequence[Any]:
    by_stem = plan.growth_basis is GrowthBasis.DBH_TABLE
    table: Sequence[Any] = plan.dbh_by_age if by_stem else plan.biomass_by_age
    lines: Sequence[Any] = growth_lines(tuple(table), row.species)
    if not lines:
        path = f"{PLAN}.plantings.{number}.species"
        listed = sorted({line.species for line in table})
        raise DomainError("no_growth_of_species", path=path, value=row.species, listed=listed)
    return lines


def _below(plan: CohortPlan, above: Numbers, stems: Stems | None, tables: SinkTables) -> Numbers:
    """Roots at the same ages as `above`, by the choice of the plan; not the table's column."""
    if plan.roots is Roots.TOOL14:
        intercept = tables.value("ar_tool14.root_intercept")
        slope = tables.value("ar_tool14.root_slope")
        return np.asarray(root_biomass_t_ha(above, intercept=intercept, slope=slope))
    if plan.roots is Roots.RATIO:
        return above * _given(plan.root_shoot_ratio, "root_shoot_ratio", "roots", ("ratio",))
    if plan.roots is Roots.EQUATION and stems is not None and stems.below is not None:
        return _per_hectare(stems, stems.below)
    return np.zeros_like(above)


def _per_hectare(stems: Stems, equation: AllometricEquation) -> Numbers:
    mass = equation.mass_kg(
        stems.dbh_cm, height_m=stems.height_m, density_g_cm3=stems.density_g_cm3
    )
    return np.asarray(mass * stems.trees_per_ha / KG_PER_T)


def _stems(
    plan: CohortPlan,
    row: PlantedCohort,
    number: int,
    tables: SinkTables,
    *,
    lines: Sequence[StemAtAge],
    dbh_cm: Quantity,
) -> Stems:
    path = f"{PLAN}.plantings.{number}"
    above = equation_above(tables.allometry, row.species, path=f"{path}.species")
    below = None
    if plan.roots is Roots.EQUATION:
        below = equation_below(tables.allometry, row.species, path=f"{path}.species")
    density = above.density if row.wood_density_g_cm3 is None else row.wood_density_g_cm3
    used = [equation for equation in (above, below) if equation is not None]
    if density is None and any(equation.needs_density for equation in used):
        raise DomainError(
            "wood_density_needed",
            path=f"{path}.wood_density_g_cm3",
            value=None,
            species=row.species,
        )
    height = None
    if any(equation.needs_height for equation in used):
        height = _heights(plan, lines, row.species)
    standing = plan.trees_per_ha if row.trees_per_ha is None else row.trees_per_ha
    trees = _given(standing, "trees_per_ha", "growth_basis", ("dbh_table", "dbh_curve"))
    return Stems(dbh_cm, height, density, trees, above, below)


def _heights(plan: CohortPlan, lines: Sequence[StemAtAge], species: str) -> Numbers:
    """Heights of the lines; a curve has none.

    Raises:
        DomainError: `height_needed` where one is missing.
    """
    if not lines:
        raise DomainError(
            "height_needs_table", path=f"{PLAN}.growth_basis", value="dbh_curve", species=species
        )
    heights = []
    for line in lines:
        if line.height_m is None:
            place = plan.dbh_by_age.index(line)
            path = f"{PLAN}.dbh_by_age.{place}.height_m"
            raise DomainError("height_needed", path=path, value=None, species=species)
        heights.append(line.height_m)
    return columns(heights)


def _by_table(
    plan: CohortPlan, row: PlantedCohort, number: int, ages: int, tables: SinkTables
) -> Stand:
    lines = _lines(plan, row, number)
    knots = [line.age for line in lines]
    stems = None
    if plan.growth_basis is GrowthBasis.DBH_TABLE:
        dbh = columns([line.dbh_cm for line in lines])
        stems = _stems(plan, row, number, tables, lines=lines, dbh_cm=dbh)
        above = _per_hectare(stems, stems.above)
    else:
        above = columns([line.above_ground_t_ha for line in lines])
    if plan.roots is Roots.IN_TABLE:
        below = columns([_roots_of(line, plan) for line in lines])
    else:
        below = _below(plan, above, stems, tables)
    return Stand(
        at_ages(knots, above, ages),
        at_ages(knots, below, ages),
        (above[..., -1], below[..., -1]),
        knots[-1],
        stems,
    )


def _of_curve(
    plan: CohortPlan, above: Numbers, tables: SinkTables, stems: Stems | None = None
) -> Stand:
    below = _below(plan, above, stems, tables)
    return Stand(above, below, (above[..., -1], below[..., -1]), None, stems)


def _roots_of(line: BiomassAtAge, plan: CohortPlan) -> Quantity:
    place = plan.biomass_by_age.index(line)
    name = f"biomass_by_age.{place}.below_ground_t_ha"
    return _given(line.below_ground_t_ha, name, "roots", ("in_table",))


def _by_rate(plan: CohortPlan, ages: int) -> Numbers:
    rate = _given(plan.rate_t_ha_yr, "rate_t_ha_yr", "growth_basis", ("rate",))
    years = _given(plan.rate_years, "rate_years", "growth_basis", ("rate",))
    return np.asarray(rate * np.minimum(np.arange(ages + 1), years))


def stand(
    plan: CohortPlan, row: PlantedCohort, number: int, ages: int, tables: SinkTables
) -> Stand:
    """Return the biomass of a hectare of a cohort at ages 0..`ages`.

    Between the ages of a table each part is linear; roots are computed at those ages. A curve
    or rate gives every age. `number` is the place of the cohort in the plan.

    Raises:
        DomainError: `unknown_tree_species`, `wood_density_needed`, `height_needed`,
            `no_growth_of_species` or `needed`, at the input that is missing.
    """
    if plan.growth_basis in (GrowthBasis.BIOMASS_TABLE, GrowthBasis.DBH_TABLE):
        return _by_table(plan, row, number, ages, tables)
    if plan.growth_basis is GrowthBasis.RATE:
        above = _by_rate(plan, ages)
        return _of_curve(plan, above, tables)
    curves = ("biomass_curve", "dbh_curve")
    rate = _given(plan.curve_rate_1_yr, "curve_rate_1_yr", "growth_basis", curves)
    shape = _given(plan.curve_shape, "curve_shape", "growth_basis", curves)
    if plan.growth_basis is GrowthBasis.BIOMASS_CURVE:
        top = _given(plan.curve_biomass_t_ha, "curve_biomass_t_ha", "growth_basis", curves[:1])
        above = chapman_richards(asymptote=top, rate=rate, shape=shape, ages=ages)
        return _of_curve(plan, above, tables)
    top = _given(plan.curve_dbh_cm, "curve_dbh_cm", "growth_basis", curves[1:])
    dbh = chapman_richards(asymptote=top, rate=rate, shape=shape, ages=ages)
    stems = _stems(plan, row, number, tables, lines=(), dbh_cm=dbh)
    above = _per_hectare(stems, stems.above)
    return _of_curve(plan, above, tables, stems)
