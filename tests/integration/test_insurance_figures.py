"""The shipped cases of insurance recomputed by closed forms, scipy and plain simulation."""

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from tests.integration.insurance_files import BOOK, FILES, printed, terms
from tests.integration.insurance_laws import (
    Draws,
    assert_near,
    beta_of,
    lognormal_of,
    mean_of,
)

EVERY = [*FILES, *BOOK]


@pytest.mark.parametrize("name", EVERY)
def test_the_lines_of_the_premium_add_up_to_it(name: str) -> None:
    found, given = printed(name), terms(name)
    lines = found["loadings_by_code"]
    assert math.fsum(lines.values()) == pytest.approx(found["gross_premium"], abs=1e-6)
    assert lines["pure"] == found["pure_premium"]
    assert lines["safety"] == pytest.approx(lines["pure"] * given.get("safety_share", 0))
    net = lines["pure"] + lines["safety"] + lines["risk"] + given["fixed_expense_yuan"]
    shares = ("variable_expense_share", "commission_share", "profit_share", "tax_share")
    technical = net / (1 - sum(given[share] for share in shares))
    technical *= given.get("rate_coefficient", 1.0)
    step = Decimal(str(given.get("round_premium_to_yuan", "0.01")))
    units = Decimal(str(round(technical, 6))) / step
    if "round_premium_to_yuan" in given:
        units = units.to_integral_value(ROUND_CEILING)
    assert found["gross_premium"] == pytest.approx(float(units * step), abs=0.006)
    assert found["rate_on_sum_insured"] == pytest.approx(
        found["gross_premium"] / found["sum_insured"]
    )


@pytest.mark.parametrize("name", EVERY)
def test_a_distribution_is_in_order(name: str) -> None:
    found = printed(name)["distribution"]
    quantiles, tails = list(found["quantiles"].values()), list(found["tvar"].values())
    assert quantiles == sorted(quantiles)
    assert tails == pytest.approx(sorted(tails))
    assert all(tail >= low - 1e-6 for low, tail in zip(quantiles, tails, strict=True))
    chances = [point["year_probability"] for point in found["curve"]]
    assert chances == pytest.approx(sorted(chances, reverse=True))
    assert found["tail_mass"] < 1e-9


@pytest.mark.parametrize(
    ("name", "premium"),
    [
        ("china-united-panjin", 1_266_686.51),
        ("china-life-seagrass", 16_718.15),
        ("picc-trade-failure", 13_639.88),
    ],
)
def test_the_published_covers_cost_what_they_did_as_single_covers(
    name: str, premium: float
) -> None:
    assert printed(name)["gross_premium"] == premium


@pytest.mark.parametrize("name", ["china-united-panjin", "china-life-seagrass"])
def test_a_published_cover_pays_its_lognormal_damage_above_the_deductible(name: str) -> None:
    found, peril = printed(name), terms(name)["perils"][0]
    law = lognormal_of(peril["mean_damage"], peril["damage_cv"])
    paid = mean_of(law, lambda d: max(d - 0.1, 0), 1.0, [0.1])
    square = mean_of(law, lambda d: max(d - 0.1, 0) ** 2, 1.0, [0.1])
    value, rate = found["sum_insured"], peril["events_per_year"]
    assert found["pure_premium"] == pytest.approx(value * rate * paid, rel=1e-8)
    assert found["risk_load"] == pytest.approx(0.2 * value * math.sqrt(rate * square), rel=1e-5)


def test_a_layer_is_the_difference_of_two_limited_means() -> None:
    found = printed("frequency-layer")
    law = lognormal_of(1.2e6, 1.5)
    layer = mean_of(law, lambda x: min(max(x - 2e5, 0), 5e6), 5.2e6, [2e5])
    assert found["perils"][0]["events_paid"] == pytest.approx(0.8 * law.sf(2e5))
    before_year = 0.8 * layer
    assert before_year == pytest.approx(727_902.94, abs=0.01)
    assert found["pure_premium"] == pytest.approx(725_389.0, abs=5)
    shown = found["distribution"]
    assert shown["probability_of_no_loss"] == pytest.approx(math.exp(-0.8 * law.sf(2e5)))
    assert shown["sd"] == pytest.approx(1_315_094, abs=5)
    assert shown["quantiles"]["0.95"] == pytest.approx(3.826e6, abs=1e3)
    assert shown["tvar"]["0.99"] == pytest.approx(6_817_186, abs=500)
    assert found["pure_premium"] + found["risk_load"] == pytest.approx(1_085_696, abs=10)


def test_a_layer_is_that_of_plain_simulated_years() -> None:
    found = printed("frequency-layer")
    rng = np.random.default_rng(11)
    counts = rng.poisson(0.8, 400_000)
    events = lognormal_of(1.2e6, 1.5).rvs(counts.sum(), random_state=rng)
    years = np.repeat(np.arange(counts.size), counts)
    sums = np.bincount(years, np.clip(events - 2e5, 0, 5e6), minlength=counts.size)
    drawn = np.minimum(sums, 8e6)
    assert_near(drawn, found["pure_premium"])
    level = found["distribution"]["quantiles"]["0.9"]
    assert (drawn > level).mean() == pytest.approx(0.1, abs=3 * math.sqrt(0.09 / drawn.size))


def test_harvest_is_paid_at_the_stage_of_the_month_and_nothing_when_bare() -> None:
    found, given = printed("harvest-stages"), terms("harvest-stages")
    on_risk = dict.fromkeys((11, 12), 0.2) | dict.fromkeys((1, 2, 3), 0.6)
    on_risk |= dict.fromkeys((4, 5, 6), 1.0)
    seasons = [(11, 12, 1, 2, 3), (4, 5, 6), (5, 6, 7, 8, 9, 10)]
    total = 0.0
    for peril, months, line in zip(given["perils"], seasons, found["perils"], strict=True):
        law = beta_of(peril["mean_damage"], peril["damage_cv"])
        paid = mean_of(law, lambda d: max(0.95 * d - 0.1, 0), 1.0, [0.1 / 0.95])
        monthly = peril["events_per_year"] / len(months)
        expected = 9e6 * paid * monthly * sum(on_risk.get(month, 0.0) for month in months)
        assert line["pure_premium_yuan"] == pytest.approx(expected, rel=1e-7)
        total += expected
    assert found["pure_premium"] == pytest.approx(total, rel=1e-7)
    assert found["heads"][0]["pure_premium_yuan"] == pytest.approx(total, rel=1e-7)


def test_a_growing_stock_costs_frequency_times_damage_of_what_is_left() -> None:
    found = printed("growing-stock")
    rate = 0.15 * 0.2
    tonnes = (20_000, 24_000, 28_500, 33_000, 37_000)
    years = [
        rate * 60 * t * (1 - rate) ** k * (1.03 ** -(k + 0.5) if k else 1.0)
        for k, t in enumerate(tonnes)
    ]
    assert found["pure_premium"] == pytest.approx(math.fsum(years), rel=2e-3)
    assert found["pure_premium"] < math.fsum(
        rate * 60 * t * (1.03 ** -(k + 0.5) if k else 1.0) for k, t in enumerate(tonnes)
    )
    assert found["heads"][0]["values_yuan"] == [60.0 * t for t in tonnes]
    assert found["distribution"]["probability_of_no_loss"] == pytest.approx(math.exp(-0.15))


def test_wind_goes_through_the_curve_of_the_mangrove() -> None:
    found, given = printed("mangrove-typhoon"), terms("mangrove-typhoon")
    at = [point["intensity"] for point in given["damages"]]
    damage = [point["damage"] for point in given["damages"]]
    wind = stats.genpareto(0.05, loc=17.2, scale=7)
    mean = mean_of(wind, lambda v: float(np.interp(v, at, damage)), at[-1], at)
    grown = 1500 * (1 + 2 / 3 + 1 / 3)
    assert found["heads"][0]["quantity"] == pytest.approx(grown)
    assert found["pure_premium"] == pytest.approx(0.48 * mean * grown * 70, rel=2e-3)
    assert found["perils"][0]["mean_loss_yuan"] == pytest.approx(mean * grown * 70, rel=1e-6)


def test_one_typhoon_on_three_heads_is_that_of_plain_simulated_years() -> None:
    found = printed("subsidised")
    rng, years = np.random.default_rng(5), 400_000
    typhoon = beta_of(0.2, 1.0)

    def events(rate: float, law: Any, paid: Callable[[Draws], Draws]) -> Draws:
        counts = rng.poisson(rate, years)
        damage = law.rvs(counts.sum(), random_state=rng)
        places = np.repeat(np.arange(years), counts)
        return np.bincount(places, np.minimum(paid(damage), 2.5e6), years).astype(float)

    def restoration(d: Draws) -> Draws:
        return np.clip(1.5e6 * d - 75_000, 0, 900_000)

    def farming(d: Draws) -> Draws:
        return np.maximum(2.4e6 * d - 100_000, 0)

    total = events(0.4, typhoon, lambda d: 54_000 * d + restoration(d) + farming(d))
    total += events(0.12, beta_of(0.35, 0.7), farming)
    weeds = stats.gamma(4, scale=0.15 / 4).rvs(years, random_state=rng)
    total += np.where(rng.random(years) < 0.1, restoration(np.minimum(weeds, 1.0)), 0.0)
    drawn = np.minimum(total, 3.5e6)
    assert_near(drawn, found["pure_premium"])
    assert found["distribution"]["sd"] == pytest.approx(drawn.std(), rel=0.01)
    level = optimize.brentq(lambda x: float((drawn > x).mean()) - 0.05, 0, 3.4e6)
    assert found["distribution"]["quantiles"]["0.95"] == pytest.approx(level, rel=0.02)


def test_subsidies_and_insurers_share_the_premium_to_the_fen() -> None:
    found = printed("subsidised")
    paid = {line["payer"]: line["amount_yuan"] for line in found["subsidies"]}
    assert paid["province"] == pytest.approx(0.2 * found["gross_premium"])
    assert math.fsum(paid.values()) == pytest.approx(found["gross_premium"])
    assert paid["insured"] == pytest.approx(0.5 * found["gross_premium"])
    insurers = found["coinsurers"]
    assert [line["premium_yuan"] for line in insurers] == pytest.approx(
        [0.6 * found["gross_premium"], 0.4 * found["gross_premium"]]
    )
    assert sum(line["sum_insured_yuan"] for line in insurers) == found["sum_insured"]
