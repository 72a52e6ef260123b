"""An estimate of the market book becomes the price model of a draft."""

from dataclasses import replace
from datetime import date

import pytest

from app.finance.case.valuation.simulation import PriceModel
from app.finance.valuation.estimation import (
    Estimated,
    JumpEstimate,
    ReversionEstimate,
    SeriesEstimate,
)
from app.i18n import translator
from app.services.documents import Document, value_at
from app.services.estimated_inputs import SIMULATION, with_estimate

NO_JUMPS = JumpEstimate(
    0, Estimated(0, None), Estimated(0, None), None, None, Estimated(0.3, 0), ()
)
JUMPS = JumpEstimate(
    2, Estimated(0.01, None), Estimated(1.5, None), Estimated(0.2, None), None,
    Estimated(0.251234567, 0.01), (),
)  # fmt: skip
REVERSION = ReversionEstimate(
    Estimated(2.0, 0.5), Estimated(81.5, 3.0), Estimated(0.31, 0.01), 0.35
)
FOUND = SeriesEstimate(
    observations=319,
    first_day=date(2024, 9, 2),
    last_day=date(2025, 11, 21),
    years=1.2,
    volatility=Estimated(0.30, 0.01),
    drift=Estimated(0.05, 0.2),
    reversion=REVERSION,
    jumps=NO_JUMPS,
)
HELD = {"price_model": "fixed", "seed": 7, "jump_mean": 0.4, "long_run_price_yuan_t": 60.0}


def taken(
    found: SeriesEstimate, model: PriceModel, document: Document, currency: str = "CNY"
) -> Document:
    return with_estimate(
        document, found, model, series="CEA", currency=currency, kept={"seed": 9},
        tr=translator("en"),
    )  # fmt: skip


def test_brownian_motion_takes_the_volatility_with_its_source() -> None:
    changed = taken(FOUND, PriceModel.GBM, {"appraisal": {"simulation": dict(HELD)}})
    held = value_at(changed, SIMULATION)
    assert held == {**HELD, "price_model": "gbm", "volatility": 0.30}
    said = changed["provenance"][f"{SIMULATION}.volatility"]
    assert said["kind"] == "measured"
    for part in ("CEA", "319", "2024-09-02", "2025-11-21"):
        assert part in said["source"]


def test_mean_reversion_without_jumps_takes_held_jumps_away() -> None:
    changed = taken(FOUND, PriceModel.MEAN_REVERTING, {"appraisal": {"simulation": dict(HELD)}})
    assert value_at(changed, SIMULATION) == {
        "price_model": "mean_reverting",
        "seed": 7,
        "volatility": 0.31,
        "reversion_speed": 2.0,
        "long_run_price_yuan_t": 81.5,
    }
    assert f"{SIMULATION}.jump_mean" not in changed["provenance"]


def test_beside_jumps_stands_the_volatility_of_the_other_changes() -> None:
    found = replace(FOUND, jumps=JUMPS)
    held = value_at(taken(found, PriceModel.MEAN_REVERTING, {"appraisal": {}}), SIMULATION)
    assert held["volatility"] == 0.251235
    assert (held["jumps_per_year"], held["jump_mean"]) == (1.5, 0.2)
    assert "jump_sd" not in held
    assert held["seed"] == 9


def test_a_long_run_price_in_another_currency_is_not_taken() -> None:
    document = {"appraisal": {"simulation": dict(HELD)}}
    changed = taken(FOUND, PriceModel.MEAN_REVERTING, document, currency="USD")
    assert value_at(changed, f"{SIMULATION}.long_run_price_yuan_t") == 60.0
    assert f"{SIMULATION}.long_run_price_yuan_t" not in changed["provenance"]


def test_mean_reversion_that_the_series_does_not_show_is_refused() -> None:
    with pytest.raises(ValueError, match="mean_reverting"):
        taken(replace(FOUND, reversion=None), PriceModel.MEAN_REVERTING, {"appraisal": {}})
