"""The rich case computed, and what a drawing adds to it, for the tests of the pages."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

from app.finance.engine import Results
from app.finance.valuation.risk_results import Sensitivity, ValueRange
from app.reference.tables import load_reference
from app.services import case_file
from app.services.workbench import Computed, compute
from tests.value_case import rich_document

RANGE = ValueRange(
    scenarios=4096,
    seed=20230101,
    sampling="sobol",
    replicates=16,
    mean_yuan=1_640_000.0,
    standard_error_yuan=11_500.0,
    sd_yuan=4_240_000.0,
    percentiles={"5": -2_250_000.0, "50": 512_000.0, "95": 9_620_000.0},
    probability_negative=0.4158,
    probability_below_loan=0.7227,
    loan_yuan=2_500_000.0,
    shortfall_level=0.05,
    expected_shortfall_yuan=-2_650_000.0,
    bins=(-3e6, 0.0, 1e7),
    counts=(1700, 2396),
    fan_years=(1.0, 2.0),
    fan={"5": (60.0, 50.0), "50": (92.0, 96.0), "95": (140.0, 160.0)},
    drawn_means={
        "price_yuan_t": 100.4,
        "yield_factor": 0.967,
        "delivered_share": 0.95,
        "cost_factor": 1.1,
    },
)


@cache
def _computed(text: str) -> Computed:
    file = case_file.validate(case_file.migrate(json.loads(text)))
    return compute(file, load_reference(), draw=False)


def computed(document: dict[str, Any] | None = None) -> Computed:
    return _computed(json.dumps(document or rich_document()))


@cache
def sensitivity() -> Sensitivity:
    """The sensitivity of the rich case without its simulation, so that no indices are drawn."""
    document = rich_document()
    del document["appraisal"]["simulation"]
    file = case_file.validate(case_file.migrate(document))
    found = compute(file, load_reference()).results.sensitivity
    assert found is not None
    return found


def drawn(results: Results) -> Results:
    return replace(results, value_range=RANGE, sensitivity=sensitivity())
