"""Draws of uncertain inputs against closed forms."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from app.finance.case.carbon.uncertain import DistributionKind, DistributionLine
from app.finance.errors import DomainError
from app.finance.sink.distributions import correlated_normals, quantiles
from app.finance.sink.simulation import CarbonRange, simulate_carbon
from app.finance.sink.tables import SinkTables
from app.reference.tables import load_reference
from app.services.case_file import CaseRefused, validate

TONNES = "project.stated.0.tonnes_per_year"


def ranged(document: dict[str, Any], *lines: dict[str, Any], **project: object) -> CarbonRange:
    document["project"] |= {
        "stated": [{"first_year": 2025, "last_year": 2034, "tonnes_per_year": 1000.0}],
        "distributions": list(lines),
        **project,
    }
    case = validate(document).case
    found = simulate_carbon(
        case.project, last_year=None, tables=SinkTables({}), estimate_tco2=10_000.0
    )
    assert found is not None
    return found


def normal(sd: float, **more: object) -> dict[str, Any]:
    return {"parameter": TONNES, "kind": "normal", "sd": sd, **more}


def test_one_draw_for_all_years_gives_the_normal_percentiles(document: dict[str, Any]) -> None:
    found = ranged(document, normal(100.0), draws=100_000)
    total = found.total_credits_tco2
    assert total.mean == pytest.approx(10_000, abs=4 * 1000 / np.sqrt(100_000))
    assert total.sd == pytest.approx(1000, rel=0.01)
    assert total.p5 == pytest.approx(10_000 - 1644.854, abs=25)
    assert total.p10 == pytest.approx(10_000 - 1281.552, abs=25)
    assert total.p90 == pytest.approx(10_000 + 1281.552, abs=25)
    assert total.p95 == pytest.approx(10_000 + 1644.854, abs=25)
    assert found.reach_estimate_share == pytest.approx(0.5, abs=0.01)
    assert found.standard_error_tco2 == pytest.approx(1000 / np.sqrt(100_000), rel=0.01)


def test_independent_years_narrow_the_total_by_the_root_of_their_number(
    document: dict[str, Any],
) -> None:
    found = ranged(document, normal(100.0, year_correlation=0.0), draws=50_000)
    assert found.total_credits_tco2.sd == pytest.approx(100 * np.sqrt(10), rel=0.02)
    assert found.years[0].credits_tco2.sd == pytest.approx(100, rel=0.02)


def test_correlated_years_have_the_variance_of_an_autoregression(document: dict[str, Any]) -> None:
    found = ranged(document, normal(100.0, year_correlation=0.5), draws=50_000)
    # 10 + 2 * sum_{k=1..9} (10 - k) 0.5^k = 26.00390625
    assert found.total_credits_tco2.sd == pytest.approx(100 * np.sqrt(26.00390625), rel=0.02)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others(
    document: dict[str, Any],
) -> None:
    first = ranged(document, normal(100.0), seed=7, draws=1000)
    assert ranged(document, normal(100.0), seed=7, draws=1000) == first
    assert ranged(document, normal(100.0), seed=8, draws=1000) != first


def test_one_more_uncertain_input_leaves_the_draws_of_the_others(document: dict[str, Any]) -> None:
    alone = ranged(document, normal(100.0), draws=1000)
    both = ranged(
        document,
        normal(100.0),
        {"parameter": "project.buffer_share", "kind": "uniform", "low": 0.0, "high": 0.0001},
        draws=1000,
        buffer_share=0.0,
    )
    assert both.total_removals_tco2 == alone.total_removals_tco2


@pytest.mark.parametrize(
    ("line", "law"),
    [
        ({"kind": "normal", "mean": 5.0, "sd": 2.0}, stats.norm(5, 2)),
        (
            {"kind": "lognormal", "mean": 5.0, "sd": 2.0},
            stats.lognorm(s=np.sqrt(np.log(1.16)), scale=5 / np.sqrt(1.16)),
        ),
        (
            {"kind": "triangular", "low": 1.0, "mode": 2.0, "high": 5.0},
            stats.triang(0.25, loc=1, scale=4),
        ),
        ({"kind": "pert", "low": 1.0, "mode": 2.0, "high": 5.0}, stats.beta(2, 4, loc=1, scale=4)),
        ({"kind": "uniform", "low": 1.0, "high": 5.0}, stats.uniform(1, 4)),
    ],
)
def test_quantiles_are_those_of_the_named_distribution(line: dict[str, Any], law: Any) -> None:
    declared = DistributionLine("x", DistributionKind(line.pop("kind")), **line)
    shares = np.array([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    found = quantiles(declared, 0.0, stats.norm.ppf(shares))
    assert found == pytest.approx(law.ppf(shares), rel=1e-5)


def test_observed_values_are_drawn_equally_often() -> None:
    line = DistributionLine("x", DistributionKind.EMPIRICAL, values="3; 1；2")
    scores = np.random.default_rng(1).standard_normal(90_000)
    drawn, counts = np.unique(quantiles(line, 0.0, scores), return_counts=True)
    assert drawn.tolist() == [1, 2, 3]
    assert counts == pytest.approx([30_000] * 3, rel=0.03)


def test_neighbouring_years_have_the_stated_correlation() -> None:
    scores = correlated_normals(np.random.default_rng(3), 40_000, 3, 0.7)
    assert np.corrcoef(scores[:, 0], scores[:, 1])[0, 1] == pytest.approx(0.7, abs=0.01)
    assert np.corrcoef(scores[:, 0], scores[:, 2])[0, 1] == pytest.approx(0.49, abs=0.015)


def test_draws_outside_the_range_of_the_input_are_counted(document: dict[str, Any]) -> None:
    line = {"parameter": "project.buffer_share", "kind": "normal", "sd": 0.1}
    found = ranged(document, line, buffer_share=0.0, draws=10_000)
    assert found.inputs[0].clipped_share == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("line", "path", "code"),
    [
        ({"kind": "normal"}, "sd", "needed_for_distribution"),
        ({"kind": "pert", "low": 1.0}, "high", "needed_for_distribution"),
        ({"kind": "uniform", "low": 2.0, "high": 1.0}, "high", "distribution_order"),
        ({"kind": "triangular", "low": 1.0, "mode": 9.0, "high": 2.0}, "high",
         "distribution_order"),
        ({"kind": "lognormal", "mean": -1.0, "sd": 1.0}, "mean", "lognormal_mean"),
        ({"kind": "empirical", "values": "1; two"}, "values", "not_numbers"),
    ],
)  # fmt: skip
def test_a_distribution_that_is_incomplete_is_refused_by_name(
    document: dict[str, Any], line: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        ranged(document, {"parameter": TONNES, **line})
    assert [(p.path, p.code) for p in refused.value.problems] == [
        (f"project.distributions.0.{path}", code)
    ]


@pytest.mark.parametrize("path", ["project.name", "project.rate_tco2e_ha_yr", "project.stated.7.x"])
def test_only_a_number_the_case_holds_can_be_uncertain(document: dict[str, Any], path: str) -> None:
    with pytest.raises(DomainError) as refused:
        ranged(document, {"parameter": path, "kind": "normal", "sd": 1.0})
    assert refused.value.code == "not_uncertain"


def test_an_input_is_drawn_once(document: dict[str, Any]) -> None:
    with pytest.raises(DomainError, match="drawn_twice"):
        ranged(document, normal(1.0), normal(2.0))


def test_pooled_samples_are_drawn_with_the_error_of_all_their_specimens(
    document: dict[str, Any],
) -> None:
    """Means 0.12 and 0.13 of 30 and 10: sd of the pooled mean 0.00111, not 0.00091 within lines."""
    tables = load_reference().tables
    sample = {"species": "oyster", "quantity": "carbon_shell"}
    document["project"] |= {
        "ecosystem": "shellfish",
        "quantity_method": "harvest",
        "accounting_mode": "shell_only",
        "harvest": [
            {
                "species": "oyster",
                "first_year": 2025,
                "last_year": 2025,
                "tonnes_per_year": 1000.0,
                "basis": "wet",
            }
        ],
        "samples": [
            {**sample, "mean": 0.12, "n": 30, "sd": 0.006},
            {**sample, "mean": 0.13, "n": 10, "sd": 0.005},
        ],
        "draws": 50_000,
    }
    for name in ("stated", "stated_unit"):
        document["project"].pop(name, None)
    project = validate(document).case.project
    found = simulate_carbon(project, last_year=None, tables=tables, estimate_tco2=0.0)
    assert found is not None
    squares = 29 * 0.006**2 + 9 * 0.005**2 + 30 * 0.0025**2 + 10 * 0.0075**2
    error = np.sqrt(squares / 39 / 40)
    tonnes = 1000 * 0.651 * 0.9386 * 44 / 12
    assert found.total_removals_tco2.sd == pytest.approx(tonnes * error, rel=0.02)
