"""Speed of the carbon engine: draws of a large project, whole portfolios, beside plain numpy."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.project import Project
from app.finance.sink.credits import carbon_vectors, compute_carbon
from app.finance.sink.simulation import simulate_carbon
from app.reference.tables import load_reference
from app.services.case_file import validate

DRAWS = 10_000
YEARS = 60
COHORTS = 40
PROJECTS = 100_000
CORES = 2


def _distribution(parameter: str, **line: Any) -> dict[str, Any]:
    return {"parameter": f"project.cohorts.{parameter}", **line}


def cohort_project() -> Project:
    """A 60-year mangrove project of 40 yearly cohorts, four of its inputs uncertain."""
    document = {
        "schema_version": 1,
        "project": {
            "name": "Sixty years of planting",
            "ecosystem": "mangrove",
            "quantity_method": "ar_am0014",
            "crediting_end": f"{2024 + YEARS}-12-31",
            "uncertainty_discount": 0.1,
            "leakage_share": 0.0,
            "buffer_share": 0.1,
            "cohorts": {
                "survival_share": 0.6,
                "growth_basis": "dbh_curve",
                "roots": "tool14",
                "trees_per_ha": 2500.0,
                "curve_dbh_cm": 18.0,
                "curve_rate_1_yr": 0.08,
                "curve_shape": 1.5,
                "soil_pool": "counted",
                "baseline_tco2e_ha_yr": 0.0,
                "degraded_habitat": "yes",
                "mangrove_or_hydrology": "yes",
                "soil_disturbance_low": "yes",
                "plantings": [
                    {"year": 2024 + n, "area_ha": 10.0 + n, "species": "Rhizophora apiculata"}
                    for n in range(COHORTS)
                ],
            },
            "distributions": [
                _distribution("survival_share", kind="pert", low=0.3, high=0.8),
                _distribution("trees_per_ha", kind="normal", sd=250.0),
                _distribution("curve_dbh_cm", kind="lognormal", sd=2.0),
                _distribution("carbon_fraction", kind="uniform", low=0.44, high=0.49),
            ],
            "draws": DRAWS,
        },
    }
    return validate(document).case.project


def planted_project(number: int) -> Project:
    """One of many small planting projects; each differs from the others."""
    document = {
        "schema_version": 1,
        "project": {
            "name": f"Project {number}",
            "ecosystem": "mangrove",
            "quantity_method": "planting",
            "crediting_end": "2063-12-31",
            "uncertainty_discount": 0.1,
            "leakage_share": 0.0,
            "buffer_share": 0.1,
            "planting": [{"year": 2024 + n, "area_ha": 10.0 + number % 7} for n in range(5)],
            "rate_tco2e_ha_yr": 5.0 + number % 11 / 10,
            "survival_share": 0.6,
        },
    }
    return validate(document).case.project


def _portfolio(projects: list[Project]) -> float:
    tables = replace(load_reference().tables, explain=False)
    return sum(
        float(carbon_vectors(project, last_year=None, tables=tables).credits.sum())
        for project in projects
    )


@pytest.mark.benchmark(group="60 years x 40 cohorts x 10,000 draws (goal: 1 s)")
def test_the_range_of_a_large_project(benchmark: BenchmarkFixture) -> None:
    project, tables = cohort_project(), load_reference().tables
    found = benchmark.pedantic(
        lambda: simulate_carbon(project, last_year=None, tables=tables, estimate_tco2=0.0),
        rounds=5,
        warmup_rounds=1,
    )
    assert found is not None
    assert found.draws == DRAWS


@pytest.mark.benchmark(group="60 years x 40 cohorts x 10,000 draws (goal: 1 s)")
def test_lower_bound_adding_the_same_cohorts_in_numpy(benchmark: BenchmarkFixture) -> None:
    generator = np.random.default_rng(1)
    growth = generator.random((DRAWS, YEARS))

    def add() -> Any:
        total = np.zeros((DRAWS, YEARS))
        for cohort in range(COHORTS):
            total[:, cohort:] += growth[:, : YEARS - cohort]
        return np.percentile(total, (5, 10, 50, 90, 95), axis=0)

    benchmark.pedantic(add, rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group="100,000 projects on two cores (goal: 10 s)")
def test_a_portfolio_of_a_hundred_thousand_projects(benchmark: BenchmarkFixture) -> None:
    some = [planted_project(number) for number in range(100)]
    share = some * (PROJECTS // len(some) // CORES)
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_portfolio, [some] * CORES))
        totals = benchmark.pedantic(
            lambda: list(pool.map(_portfolio, [share] * CORES)), rounds=1, warmup_rounds=0
        )
    assert totals[0] == totals[1]


@pytest.mark.benchmark(group="one project with its working")
def test_one_project_of_forty_cohorts(benchmark: BenchmarkFixture) -> None:
    project, tables = cohort_project(), load_reference().tables
    benchmark(lambda: compute_carbon(project, last_year=None, tables=tables))
