"""Quotes recomputed by other means: what an independent check of the figures found."""

from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from app.services.case_file import CaseRefused
from app.services.workbench import compute
from tests.unit.finance.insured_policies import case_of, codes, policy, quote, refused

SITES: list[dict[str, Any]] = [
    {"name": "north", "site": "N", "event_limit_yuan": 300_000},
    {"name": "south", "site": "S", "event_limit_yuan": 300_000},
]
INDEX: dict[str, Any] = {
    "quantity": 1000,
    "quantity_unit": "unit",
    "unit_value_yuan": 1000,
    "season_start": "2026-01-01",
    "season_end": "2026-12-31",
    "triggers": [
        {"name": "w", "measure": "gust", "form": "linear", "trigger": 20.8, "exit": 41.5}
    ],
    "pricing": "fitted",
    "events_per_year": 0.77,
    "fit_threshold": 17.2,
    "excess_law": "gpd",
    "excess_scale": 5.0,
    "excess_shape": 0.2,
}


def indexed(**changes: Any) -> dict[str, Any]:
    return policy(heads=[], index={**INDEX, **changes}) | {}
