"""The simulated value whose tonnes follow the uncertain inputs of the project."""

from typing import Any

import numpy as np
import pytest

from app.finance.engine import Results, compute_case, with_drawn
from app.finance.sink.tables import SinkTables
from app.services.case_file import CaseRefused, validate

TABLES = SinkTables({})


def drawn(document: dict[str, Any], **simulation: object) -> Results:
    """1,000 t a year known to 20 % at 50 yuan, no costs, nothing discounted, three years."""
    document["project"] |= {
        "stated": [{"first_year": 2025, "last_year": 2027, "tonnes_per_year": 1000}],
        "distributions": [
            {
                "parameter": "project.stated.0.tonnes_per_year",
                "kind": "uniform",
                "low": 800,
                "high": 1400,
            }
        ],
        "draws": 20_000,
        "seed": 5,
    }
    free = (
        "transaction_fee_share",
        "tax_share",
        "monitoring_cost_yuan_yr",
        "verification_cost_yuan",
        "operating_cost_yuan_yr",
        "initial_cost_yuan",
    )
    document["appraisal"] |= {
        **dict.fromkeys(free, 0),
        "valuation_date": "2025-01-01",
        "price_yuan_t": 50,
        "price_growth": 0,
        "discount_rate": 0,
        "horizon_years": 3,
        "simulation": {
            "price_model": "fixed",
            "yield_kind": "carbon",
            "scenarios": 16_384,
            **simulation,
        },
    }
    case = validate(document).case
    return with_drawn(case, compute_case(case, TABLES), TABLES)


def test_the_tonnes_of_the_value_are_those_of_the_range(document: dict[str, Any]) -> None:
    """Uniform from 0.8 to 1.4 of the estimate: a mean of 1.1, percentiles on a straight line."""
    results = drawn(document)
    assert results.range is not None
    assert results.value_range is not None
    one = 1000 * 3 * 50
    assert results.value_range.mean_yuan == pytest.approx(1.1 * one, rel=0.005)
    ratio = results.range.total_credits_tco2.p5 / results.carbon.total_credits_tco2
    assert results.value_range.percentiles["5"] == pytest.approx(ratio * one, rel=0.001)
    assert results.value_range.percentiles["95"] == pytest.approx(1.37 * one, rel=0.01)


def test_one_draw_of_the_tonnes_serves_all_years(document: dict[str, Any]) -> None:
    """The spread of the value is that of the total, whatever the years are said to correlate."""
    results = drawn(document, yield_correlation=0.0)
    assert results.value_range is not None
    assert results.range is not None
    spread = results.range.total_credits_tco2.sd * 50
    assert results.value_range.sd_yuan == pytest.approx(spread, rel=0.01)


def test_the_quantiles_stand_for_the_range(document: dict[str, Any]) -> None:
    found = drawn(document).range
    assert found is not None
    middle = np.interp(0.5, np.linspace(0, 1, 1001), found.credit_quantiles_tco2)
    assert middle == pytest.approx(found.total_credits_tco2.p50)


def test_without_uncertain_inputs_it_is_refused(document: dict[str, Any]) -> None:
    document["appraisal"]["simulation"] = {"price_model": "fixed", "yield_kind": "carbon"}
    with pytest.raises(CaseRefused) as refused:
        validate(document)
    assert [problem.code for problem in refused.value.problems] == ["uncertain_inputs_needed"]


def test_costs_do_not_follow_the_tonnes(document: dict[str, Any]) -> None:
    document["appraisal"]["simulation"] = {"price_model": "fixed", "cost_kind": "carbon"}
    with pytest.raises(CaseRefused) as refused:
        validate(document)
    assert [problem.path for problem in refused.value.problems] == [
        "appraisal.simulation.cost_kind"
    ]
