"""Rules between the fields of a plan of cohorts."""

from collections import defaultdict
from itertools import pairwise

from app.finance.case.carbon.cohorts import CohortPlan
from app.finance.case.carbon.growth import GrowthBasis, GrowthLine, Roots, named
from app.finance.case.problems import Problem

_BASIS = "project.cohorts.growth_basis"
_ROOTS = "project.cohorts.roots"


def _order_problems(table: str, lines: tuple[GrowthLine, ...]) -> list[Problem]:
    """Ages of one species that do not increase from line to line."""
    by_species: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(lines):
        by_species[named(line.species)].append((number, line.age))
    return [
        Problem(f"project.cohorts.{table}.{number}.age", "ages_not_increasing", age, {"last": last})
        for numbered in by_species.values()
        for (_, last), (number, age) in pairwise(numbered)
        if age <= last
    ]


def _growth_problems(plan: CohortPlan) -> list[Problem]:
    by_stem = plan.growth_basis in (GrowthBasis.DBH_TABLE, GrowthBasis.DBH_CURVE)
    by_table = plan.growth_basis in (GrowthBasis.DBH_TABLE, GrowthBasis.BIOMASS_TABLE)
    stems = plan.growth_basis is GrowthBasis.DBH_TABLE
    lines = plan.dbh_by_age if stems else plan.biomass_by_age
    found = []
    for number, row in enumerate(plan.plantings):
        path = f"project.cohorts.plantings.{number}.species"
        if by_stem and not named(row.species):
            facts = {"other": _BASIS, "other_values": ["dbh_table", "dbh_curve"]}
            found.append(Problem(path, "needed", None, facts))
        elif (
            by_table
            and lines
            and not any(named(line.species) in ("", named(row.species)) for line in lines)
        ):
            listed = sorted({line.species for line in lines})
            found.append(Problem(path, "no_growth_of_species", row.species, {"listed": listed}))
    return found


def _root_problems(plan: CohortPlan) -> list[Problem]:
    if plan.roots is Roots.EQUATION and plan.growth_basis not in (
        GrowthBasis.DBH_TABLE,
        GrowthBasis.DBH_CURVE,
    ):
        return [Problem("project.cohorts.roots", "roots_need_diameter", plan.roots.value)]
    if plan.roots is not Roots.IN_TABLE:
        return []
    if plan.growth_basis is not GrowthBasis.BIOMASS_TABLE:
        return [Problem("project.cohorts.roots", "roots_need_table", plan.roots.value)]
    return [
        Problem(
            f"project.cohorts.biomass_by_age.{number}.below_ground_t_ha",
            "needed",
            None,
            {"other": _ROOTS, "other_values": ["in_table"]},
        )
        for number, line in enumerate(plan.biomass_by_age)
        if line.below_ground_t_ha is None
    ]


def check_cohorts(plan: CohortPlan) -> list[Problem]:
    """Return the problems between the fields of a plan of cohorts."""
    return [
        *_order_problems("biomass_by_age", plan.biomass_by_age),
        *_order_problems("dbh_by_age", plan.dbh_by_age),
        *_growth_problems(plan),
        *_root_problems(plan),
    ]
