"""Tables and plans shared by the tests of planted cohorts; figures typed in from the sources."""

from dataclasses import replace
from math import inf
from typing import Any

import pytest

from app.finance.case.carbon.cohorts import Answer, CohortPlan, SoilPool
from app.finance.case.carbon.growth import (
    BiomassAtAge,
    GrowthBasis,
    PlantedCohort,
    Roots,
    StemAtAge,
)
from app.finance.errors import DomainError
from app.finance.sink.allometry import AllometricEquation
from app.finance.sink.methods.cohorts import cohort_removals
from app.finance.sink.pools import Removals, Span
from app.finance.sink.tables import Parameter, SinkTables
from app.messages.refusals import EXPECTED

SPAN = Span(2021, 2030)
_CARE = "check it before use"


def _equation(
    species: str, name_zh: str, part: str, form: str, *numbers: float | None, caution: str = ""
) -> AllometricEquation:
    a, b, c, density = numbers
    assert a is not None
    assert b is not None
    return AllometricEquation(
        species, name_zh, part, form, a, b, c, density, "author", "source", caution
    )


EQUATIONS = (
    _equation("general", "通用", "AGB", "power", 0.251, 2.46, 1, None),
    _equation("general", "通用", "BGB", "power", 0.199, 2.22, 0.899, None),
    _equation("Kandelia obovata", "秋茄", "AGB", "power", 0.251, 2.46, 1, 0.525, caution=_CARE),
    _equation("Aegiceras corniculatum", "桐花树", "AGB", "ln_d2h", 1, 0.465, 1.496, None),
    _equation("Avicennia marina", "白骨壤", "AGB", "log10", 1, 2.113, -0.511, 0.65),
    _equation("Avicennia marina", "白骨壤", "BGB", "log10", 1, 1.171, 0.106, 0.65),
    _equation("Rhizophora apiculata", "红树", "AGB", "power", 0.235, 2.42, None, 0.85),
    _equation("Rhizophora apiculata", "红树", "BGB", "power", 0.00698, 2.61, None, 0.85),
    _equation("Excoecaria agallocha", "海漆", "AGB", "ln_d2", 1, 1.0996, -1.9737, 0.416),
)
STEPS = ((0.10, 0.0), (0.15, 0.25), (0.20, 0.5), (0.30, 0.75), (inf, 1.0))
TABLES = SinkTables(
    species={},
    parameters={
        key: Parameter(key, value, "", "appendix 1", "CDM AR-TOOL14")
        for key, value in (("ar_tool14.root_intercept", -1.085), ("ar_tool14.root_slope", 0.9256))
    },
    allometry=EQUATIONS,
    discount_steps=STEPS,
)
QUIET = replace(TABLES, explain=False)

_PLAN = CohortPlan(
    survival_share=0.8,
    growth_basis=GrowthBasis.BIOMASS_TABLE,
    roots=Roots.RATIO,
    plantings=(PlantedCohort(2020, 100.0), PlantedCohort(2021, 50.0)),
    biomass_by_age=(BiomassAtAge(2, 20.0), BiomassAtAge(5, 50.0)),
    root_shoot_ratio=0.3,
    carbon_fraction=0.47,
    soil_pool=SoilPool.COUNTED,
    soil_rate_tc_ha_yr=0.5,
    soil_years=2,
    baseline_tco2e_ha_yr=0.1,
    degraded_habitat=Answer.YES,
    mangrove_or_hydrology=Answer.YES,
    soil_disturbance_low=Answer.YES,
)


def plan(**changes: Any) -> CohortPlan:
    """Two cohorts, 100 ha in 2020 and 50 ha in 2021; 10 t/ha a year up to age 5."""
    return replace(_PLAN, **changes)


def removed(changed: CohortPlan, span: Span = SPAN) -> Removals:
    """Removals with working, 2021 to 2030 unless said otherwise."""
    return cohort_removals(changed, span, TABLES)


def stems(**changes: Any) -> CohortPlan:
    """One cohort of Kandelia, 1000 trees/ha, D 10 cm at age 10: 38.0043 t/ha (case W40)."""
    start = plan(
        growth_basis=GrowthBasis.DBH_TABLE,
        plantings=(PlantedCohort(2020, 1.0, "秋茄"),),
        survival_share=1.0,
        trees_per_ha=1000.0,
        biomass_by_age=(),
        dbh_by_age=(StemAtAge(10, 10.0),),
        roots=Roots.EQUATION,
        carbon_fraction=1.0,
        soil_pool=SoilPool.LEFT_OUT,
        baseline_tco2e_ha_yr=0.0,
    )
    return replace(start, **changes)


def refusal(changed: CohortPlan) -> tuple[str, str]:
    """Code and path of what a calculation refuses."""
    with pytest.raises(DomainError) as caught:
        removed(changed)
    assert caught.value.code in EXPECTED
    return caught.value.code, str(caught.value.facts["path"])
