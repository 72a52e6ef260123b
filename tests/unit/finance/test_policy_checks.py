"""Whole policies by simulation against their laws, and what is told of parts taken apart."""

from typing import Any

import numpy as np
import pytest

from app.finance.engine import compute_case
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.quote_checks import checked
from app.finance.insurance.results import LossDistribution
from app.finance.insurance.together import comonotone
from app.finance.sink.tables import SinkTables
from tests.unit.finance.insured_policies import case_of, flags, policy
from tests.unit.finance.test_policy_largest import delivered, wind_index

FITTED = {
    "pricing": "fitted", "fit_threshold": 9, "events_per_year": 1.3, "excess_scale": 1.6,
    "excess_law": "exponential", "events_paid": "every", "season_cap_share": 1.5,
}  # fmt: skip
REPLACED = {
    "loss_to": "replacement", "spot_yuan_t": 65, "price_growth": 0.05, "volatility": 0.4,
    "dependence": 0.5, "common_shock": 0.02, "failure_per_year": 0.1, "recovery_share": 0.2,
    "reversals_per_year": 0.05, "reversed_share": 0.3, "buffer_share": 0.1,
}  # fmt: skip


def law_checked(*, heads: bool = True, **changes: Any) -> LossDistribution:
    document = policy(simulated_years=100_000, seed=11, **changes)
    if not heads:
        document["insurance"] |= {"heads": [], "perils": []}
    case = case_of(document)
    result = compute_case(case, SinkTables({})).insurance
    assert case.insurance is not None
    assert result is not None
    law = checked(case.insurance, result).distribution
    assert law is not None
    return law


@pytest.mark.parametrize(
    ("heads", "changes"),
    [
        (True, {"index": wind_index()}),
        (True, {"index": wind_index(), "delivery": delivered(), "policy_year_limit_yuan": 900_000}),
        (False, {"index": wind_index()}),
        (False, {"index": wind_index(**FITTED)}),
        (False, {"delivery": delivered(shortfall_share=0.1, common_shock=0.01)}),
        (False, {"delivery": delivered(**REPLACED)}),
        (False, {"delivery": delivered(**REPLACED, all_left=False, shortfall_share=0.05)}),
    ],
)
def test_the_law_of_the_whole_policy_is_that_of_drawn_years(
    heads: bool, changes: dict[str, Any]
) -> None:
    law = law_checked(heads=heads, **changes)
    (drawn,) = law.checks
    assert drawn.engine == "simulation"
    assert drawn.standard_error is not None
    assert drawn.sd_yuan is not None
    assert abs(drawn.mean_yuan - law.mean_yuan) < 3 * drawn.standard_error
    assert drawn.sd_yuan == pytest.approx(law.sd_yuan, rel=0.02)
    assert drawn.var99_yuan == pytest.approx(law.quantiles[5], rel=0.03)


def law(values: list[float], chances: list[float]) -> YearLaw:
    p_zero = chances[0] if values[0] == 0 else 0.0
    return YearLaw(np.array(values), np.array(chances), 0.0, 0.0, p_zero)


def test_losses_that_rise_together_add_their_quantiles() -> None:
    one, other = law([0.0, 10.0], [0.9, 0.1]), law([0.0, 5.0, 20.0], [0.8, 0.15, 0.05])
    both = comonotone(one, other)
    assert both.values.tolist() == [0.0, 5.0, 15.0, 30.0]
    assert both.probabilities == pytest.approx([0.8, 0.1, 0.05, 0.05])
    assert both.mean == pytest.approx(one.mean + other.mean)
    assert both.sd > one.plus(other).sd
    assert both.sd <= one.sd + other.sd
    assert comonotone(one, one).sd == pytest.approx(2 * one.sd)


def test_a_wind_index_beside_heads_under_typhoons_is_told_with_its_bound() -> None:
    found = compute_case(case_of(policy(index=wind_index())), SinkTables({}))
    (notice,) = [one for one in found.notices if one.code == "parts_taken_independent"]
    assert found.insurance is not None
    assert found.insurance.distribution is not None
    own = found.insurance.distribution
    heads = compute_case(case_of(policy()), SinkTables({})).insurance
    assert heads is not None
    assert heads.distribution is not None
    assert notice.facts["sd"] == own.sd_yuan
    most = float(str(notice.facts["sd_most"]))
    index_sd = 1e6 * float(np.std([0, 0.2, 0, 0.7, 0.1, 0.4, 0, 1.0, 0.1, 0.2]))
    assert own.sd_yuan < most < (heads.distribution.sd_yuan + index_sd) * 1.001
    # At 1 in 100 the quantiles add up: the worst year of the heads and the whole index.
    assert notice.facts["year_most"] == pytest.approx(
        heads.distribution.returns[5].aep_yuan + 1e6, rel=1e-3
    )
    assert notice.facts["year"] == own.returns[5].aep_yuan


def test_an_index_of_another_cause_is_independent_of_the_heads() -> None:
    assert "parts_taken_independent" in flags(index=wind_index())
    cold = [{"peril": "cold"}]
    assert "parts_taken_independent" not in flags(perils=cold, index=wind_index())
    tide = wind_index()
    tide["triggers"] = [{"name": "wind", "measure": "red_tide_area", "form": "step"}]
    assert "parts_taken_independent" not in flags(index=tide)
    assert "parts_taken_independent" in flags(perils=[{"peril": "red_tide"}], index=tide)
    assert "parts_taken_independent" not in flags(delivery=delivered())


def test_one_storm_listed_for_each_site_is_told() -> None:
    heads = [{"name": "north", "site": "N"}, {"name": "south", "site": "S"}]
    apart = [{"site": "N"}, {"site": "S"}]
    assert "sites_taken_independent" in flags(heads=heads, perils=apart)
    assert "sites_taken_independent" not in flags(heads=heads)
    cold = [{**line, "peril": "cold"} for line in apart]
    assert "sites_taken_independent" not in flags(heads=heads, perils=cold)
    one_site = [{**head, "site": "N"} for head in heads]
    named = [{"head": "north"}, {"head": "south"}]
    assert "sites_taken_independent" not in flags(heads=one_site, perils=named)
