"""Index, deliveries, events, own history and claims of the shipped cases by other means."""

import math

import numpy as np
import pytest
from scipy import stats

from tests.integration.insurance_files import printed, terms
from tests.integration.insurance_laws import assert_near


def test_a_burn_is_the_mean_of_the_steps_that_the_readings_reach() -> None:
    found, given = printed("index-history"), terms("index-history")["index"]
    steps = [(band["value"], band["payout_share"]) for band in given["bands"]]
    paid = np.array(
        [max([p for v, p in steps if r["value"] >= v], default=0.0) for r in given["readings"]]
    )
    losses = np.array([line["loss_share"] for line in given["losses"]])
    shown, basis = found["index"], found["index"]["basis"]
    assert shown["burn_share"] == pytest.approx(paid.mean()) == pytest.approx(0.27)
    assert shown["burn_error"] == pytest.approx(stats.sem(paid))
    assert found["pure_premium"] == pytest.approx(0.27 * found["sum_insured"])
    assert basis["correlation"] == pytest.approx(np.corrcoef(paid, losses)[0, 1])
    assert basis["rmse"] == pytest.approx(math.sqrt(np.mean((paid - losses) ** 2)))
    hedge = 1 - np.var(losses - paid) / np.var(losses)
    assert basis["hedge_effectiveness"] == pytest.approx(hedge)
    assert [row["payout_share"] for row in shown["history"]] == pytest.approx(paid)


def test_a_failed_sale_loses_what_was_still_to_come() -> None:
    found = printed("trade-failure")
    present = [400 * 60 * 1.04**t / 1.03**t for t in range(1, 6)]
    expected = math.fsum(
        0.03 * 0.97 ** (t - 1) * 0.65 * math.fsum(present[t - 1 :]) for t in range(1, 6)
    )
    assert found["pure_premium"] == pytest.approx(expected, rel=1e-9)
    assert found["pure_premium"] == pytest.approx(6987.63, abs=0.01)
    assert found["delivery"]["cover_yuan"] == pytest.approx(123_540.72, abs=0.01)
    assert found["delivery"]["rate"] == pytest.approx(0.056561, abs=1e-6)
    failed = np.random.default_rng(3).geometric(0.03, 400_000)
    lost = np.append([0.65 * math.fsum(present[t:]) for t in range(5)], 0.0)
    drawn = lost[np.minimum(failed, 6) - 1]
    assert_near(drawn, expected)
    assert found["delivery"]["sd_yuan"] == pytest.approx(drawn.std(), rel=0.01)


def test_common_events_give_the_moments_of_a_compound_poisson_law() -> None:
    found = printed("three-sites")
    rates = np.array([0.05, 0.10, 0.08, 0.02, 0.15])
    lost = 1e5 * np.array([(10, 8, 0), (4, 0, 0), (0, 6, 3), (20, 18, 9), (1, 1, 1)])
    sites, sums = found["events"]["sites"], lost.sum(axis=1)
    cov = lost.T @ (rates[:, None] * lost)
    assert [site["mean_yuan"] for site in sites] == pytest.approx(list(rates @ lost))
    assert [site["sd_yuan"] for site in sites] == pytest.approx(list(np.sqrt(np.diag(cov))))
    assert found["events"]["sd_yuan"] == pytest.approx(math.sqrt(rates @ sums**2))
    assert found["events"]["independent_sd_yuan"] == pytest.approx(math.sqrt(np.trace(cov)))
    link = cov[0, 1] / math.sqrt(cov[0, 0] * cov[1, 1])
    assert found["events"]["correlation"][0][1] == pytest.approx(link)
    assert found["distribution"]["probability_of_no_loss"] == pytest.approx(math.exp(-0.4))
    assert [found["distribution"]["quantiles"][key] for key in ("0.9", "0.95", "0.99")] == [
        900_000,
        1_800_000,
        4_700_000,
    ]
    assert found["distribution"]["tvar"]["0.99"] == pytest.approx(5_284_860, abs=10)
    tail = math.fsum(site["co_tvar_yuan"] for site in sites)
    assert tail == pytest.approx(found["distribution"]["tvar"]["0.99"], rel=1e-9)


def test_own_losses_are_indexed_put_through_the_terms_and_weighed() -> None:
    found, given = printed("experience"), terms("experience")["experience"]
    own = np.array(
        [min(max(x["loss_yuan"] * x["index"] - 50_000, 0), 500_000) / 5e6 for x in given["losses"]]
    )
    shown = found["experience"]
    assert shown["burn_rate"] == pytest.approx(own.mean())
    assert shown["burn_error"] == pytest.approx(stats.sem(own))
    weight = 10 / (10 + 0.0025 / 0.0003)
    assert shown["credibility"]["z"] == pytest.approx(weight)
    rate = weight * own.mean() + (1 - weight) * 0.03
    assert found["pure_premium"] == pytest.approx(rate * 5e6)
    assert found["basis"] == "credibility"


def test_claims_are_paid_by_the_terms_until_the_year_is_used_up() -> None:
    found = printed("settlement")["settlement"]
    losses = [0.35 * 2e6, 150_000, 0.75 * 2e6, 600_000]
    left, paid = 1_000_000.0, []
    for loss in losses:
        event = min(0.8 * min(max(loss - 200_000, 0), 800_000), left)
        left -= event
        paid.append(event)
    assert [step["payable_yuan"] for step in found["steps"]] == paid
    assert paid == [400_000, 0, 600_000, 0]
    assert found["payable_yuan"] == sum(paid)
    assert found["due_yuan"] == sum(paid) - 100_000
    assert found["steps"][-1]["left_of_year_yuan"] == 0


def test_the_oyster_case_shows_every_part_of_a_quote() -> None:
    found, given = printed("fujian-oyster-typhoon"), terms("fujian-oyster-typhoon")
    for part in ("distribution", "index", "experience", "settlement", "asked", "placed"):
        assert found[part], part
    steps = [(band["value"], band["payout_share"]) for band in given["index"]["bands"]]
    readings = [line for line in given["index"]["readings"] if line["value"] >= steps[0][0]]
    largest: dict[str, float] = {}
    for line in readings:
        share = max(p for v, p in steps if line["value"] >= v)
        year = line["day"][:4]
        if "04-01" <= line["day"][5:] <= "12-31":
            largest[year] = max(largest.get(year, 0.0), share)
    assert found["index"]["burn_share"] == pytest.approx(math.fsum(largest.values()) / 47)
    assert len(found["heads"]) == 4
    assert {line["payer"] for line in found["subsidies"]} == {
        "province",
        "city",
        "county",
        "insured",
    }
