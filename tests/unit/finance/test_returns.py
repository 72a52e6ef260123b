"""Present values, rates of return and payback, against pyxirr and the spreadsheet programs."""

import csv
import json
import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.finance.valuation.returns import (
    internal_rates,
    levelised_cost,
    modified_rate,
    npv,
    payback,
    xnpv,
)

PEERS = Path(__file__).parents[2] / "cases" / "peers"
START = date(2024, 1, 31)
QUARTERS = range(4)
"""The ten thousand flows come in quarters, which can run side by side."""
QUARTER = 2_500


def worth(rate: float, flows: Any, times: Any) -> float:
    """Net present value over the sum of the sizes of its discounted terms: 0 at a root."""
    moments = np.asarray(times) - min(times)
    logs = np.log(np.abs(flows)) - moments * math.log1p(rate)
    terms = np.sign(flows) * np.exp(logs - logs.max())
    return float(terms.sum() / np.abs(terms).sum())


def random_flows(seed: int) -> list[NDArray[np.float64]]:
    """Half of them paid first and earned later, half of any sign; from yuan to billions."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(QUARTER):
        flows = rng.lognormal(0, 1, rng.integers(2, 13)) * 10 ** rng.uniform(0, 9)
        if number % 2:
            paid = rng.integers(1, len(flows))
            flows[:paid] *= -rng.uniform(0.1, 3)
        else:
            flows *= rng.choice((-1, 1), len(flows))
        found.append(flows)
    return found


def check_rates(flows: Any, times: Any, peer: float | None) -> str:
    """Compare all our rates with the peer's one; return which of them told more."""
    found = internal_rates(flows, times)
    for rate in found.rates:
        assert abs(worth(rate, flows, times)) < 1e-9 + 1e-14 / (1 + rate)
    if not found.rates:
        # what the peer then gives is no root: its tolerance is in yuan, not relative
        assert peer is None or abs(worth(peer, flows, times)) > 1e-9
        return "neither" if peer is None else "ours"
    if peer is None or not math.isfinite(peer) or abs(worth(peer, flows, times)) > 1e-7:
        return "ours"
    nearest = min(found.rates, key=lambda rate: abs(rate - peer))
    assert math.isclose(nearest, peer, rel_tol=1e-5, abs_tol=1e-6)
    return "several" if len(found.rates) > 1 else "both"


@pytest.mark.parametrize("quarter", QUARTERS)
def test_npv_and_irr_agree_with_pyxirr_on_ten_thousand_cash_flows(quarter: int) -> None:
    told = []
    for number, flows in enumerate(random_flows(1 + 10 * quarter)):
        times = range(len(flows))
        rate = -0.4 + 0.0004 * number
        doubt = 1e-9 * float(np.abs(flows).sum())
        peer = float(pyxirr.npv(rate, flows) or 0.0)
        assert math.isclose(npv(rate, flows, times), peer, rel_tol=1e-9, abs_tol=doubt)
        if (flows > 0).all() or (flows < 0).all():
            assert internal_rates(flows, times).reason == "no_sign_change"
            continue
        told.append(check_rates(flows, times, pyxirr.irr(flows)))
    assert told.count("both") > 1_500


@pytest.mark.parametrize("quarter", QUARTERS)
def test_xnpv_and_xirr_agree_with_pyxirr_on_ten_thousand_dated_cash_flows(quarter: int) -> None:
    rng = np.random.default_rng(3 + 10 * quarter)
    told = []
    for number, flows in enumerate(random_flows(2 + 10 * quarter)):
        days = np.concatenate(([0], np.sort(rng.integers(1, 365 * 20, len(flows) - 1))))
        dates = [START + timedelta(days=int(day)) for day in days]
        rate = -0.4 + 0.0004 * number
        doubt = 1e-9 * float(np.abs(flows).sum())
        peer = float(pyxirr.xnpv(rate, dates, flows) or 0.0)
        assert math.isclose(xnpv(rate, flows, days), peer, rel_tol=1e-9, abs_tol=doubt)
        if (flows > 0).all() or (flows < 0).all():
            continue
        told.append(check_rates(flows, days / 365, pyxirr.xirr(dates, flows, silent=True)))
    assert told.count("both") > 1_500


def loans() -> list[dict[str, Any]]:
    return list(json.loads((PEERS / "loans_xirr.json").read_text(encoding="utf-8"))["loans"])


def listed_flows() -> dict[str, dict[str, Any]]:
    document = json.loads((PEERS / "loans_xirr.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in document["xirr"]}


def spreadsheet() -> dict[tuple[str, str], str]:
    text = (PEERS / "spreadsheet_functions.csv").read_text(encoding="utf-8")
    return {
        (row["case"], row["function"]): row["value"] for row in csv.DictReader(text.splitlines())
    }


def dated(lines: list[tuple[date, float]]) -> tuple[list[float], list[float]]:
    first = min(day for day, _flow in lines)
    return [flow for _day, flow in lines], [(day - first).days / 365 for day, _flow in lines]


@pytest.mark.parametrize("loan", loans(), ids=lambda loan: loan["case"]["id"])
def test_the_yield_of_a_published_loan_is_that_of_the_peers(loan: dict[str, Any]) -> None:
    terms = loan["case"]
    lines = [(date.fromisoformat(terms["start"]), -float(terms["principal"]))]
    lines += [(date.fromisoformat(line["date"]), line["payment"]) for line in loan["quantlib"]]
    flows, times = dated(lines)
    assert internal_rates(flows, times).rate == pytest.approx(
        loan["QL_yield_ACT365F_comp_annual"], rel=1e-9, abs=1e-9
    )
    assert npv(0.05, flows, times) == pytest.approx(loan["xnpv_at_5pct_ACT365F"], abs=1e-3)
    printed = spreadsheet()[terms["id"], "XIRR"]
    assert internal_rates(flows, times).rate == pytest.approx(float(printed), abs=1e-9)


@pytest.mark.parametrize("case", listed_flows().values(), ids=lambda case: case["id"])
def test_listed_flows_have_the_present_values_and_rates_of_the_peers(case: dict[str, Any]) -> None:
    flows, times = dated([(date.fromisoformat(day), flow) for day, flow in case["flows"]])
    for rate, value in case["xnpv_grid"].items():
        assert npv(float(rate), flows, times) == pytest.approx(value, rel=1e-9, abs=1e-9)
    found = internal_rates(flows, times)
    if isinstance(case["pyxirr_xirr"], str):
        assert (found.rates, found.reason) == ((), "no_sign_change")
    else:
        printed = float(spreadsheet()[case["id"], "XIRR"])
        assert found.rate == pytest.approx(printed, rel=1e-9)


def test_a_flow_of_84_million_has_a_rate_and_the_same_when_counted_in_thousands() -> None:
    """The peer gives none for the large one (pyxirr issue 75)."""
    days = [(START + timedelta(days=step)) for step in (0, 33, 61, 92, 400, 800)]
    flows = [-84e6, 12e6, 9e6, -3e6, 40e6, 55e6]
    amounts, times = dated(list(zip(days, flows, strict=True)))
    large = internal_rates(amounts, times).rate
    small = internal_rates([flow / 1000 for flow in amounts], times).rate
    assert large is not None
    assert large == pytest.approx(small, rel=1e-12)
    assert abs(worth(large, amounts, times)) < 1e-12


@pytest.mark.parametrize(
    ("flows", "rates"),
    [
        ([-100, 230, -132], (0.1, 0.2)),
        ([-1000, 3600, -4310, 1716], (0.1, 0.2, 0.3)),
        ([-100, 220, -121], (0.1,)),
        ([-100, 0, 121], (0.1,)),
        ([100, -110], (0.1,)),
        ([-100, 10], (-0.9,)),
    ],
)
def test_each_rate_at_which_the_value_is_zero_is_found(
    flows: list[float], rates: tuple[float, ...]
) -> None:
    found = internal_rates(flows, range(len(flows)))
    assert found.rates == pytest.approx(rates, abs=1e-7)
    assert found.reason == ("several" if len(rates) > 1 else "")


@given(
    st.lists(
        st.floats(-0.9, 20).map(lambda rate: round(rate, 1)), min_size=1, max_size=6, unique=True
    )
)
def test_rates_that_were_built_in_are_all_found(rates: list[float]) -> None:
    """A polynomial of the growth factor with the roots 1 + rate."""
    flows = np.poly([1 + rate for rate in rates]).tolist()
    found = internal_rates(flows, range(len(flows)))
    assert found.rates == pytest.approx(sorted(rates), rel=1e-4, abs=1e-4)


def test_without_a_change_of_sign_there_is_no_rate_and_the_reason_is_given() -> None:
    found = internal_rates([10, 20, 0, 5], range(4), discount_rate=0.08)
    assert (found.rates, found.sign_changes, found.reason) == ((), 0, "no_sign_change")
    assert found.modified is None
    assert internal_rates([], []).reason == "no_sign_change"


def test_a_flow_whose_value_is_zero_at_no_rate_says_so() -> None:
    found = internal_rates([100, -200, 150], range(3))
    assert (found.rates, found.sign_changes, found.reason) == ((), 2, "no_root")


def test_amounts_of_the_same_day_are_one_flow() -> None:
    assert internal_rates([-60, -40, 110], [0, 0, 1]).rate == pytest.approx(0.1, rel=1e-12)
    assert internal_rates([0.1, 0.2, -0.3, 5], [0, 0, 0, 1]).reason == "no_sign_change"


def test_the_modified_rate_is_that_of_the_spreadsheet_programs() -> None:
    """The example of Excel's MIRR: financed at 10 %, reinvested at 10 % gives 13.1471 %."""
    flows = [-120_000, 39_000, 30_000, 21_000, 37_000, 46_000]
    peer = pyxirr.mirr(flows, 0.1, 0.1)
    assert modified_rate(flows, range(6), 0.1) == pytest.approx(peer, rel=1e-12)


def test_payback_lies_on_the_line_between_two_flows() -> None:
    flows = [-1000, 300, 300, 300, 300]
    assert payback(flows, range(5)) == pytest.approx(3 + 1 / 3)
    running = -1000 + 300 / 1.1 + 300 / 1.1**2 + 300 / 1.1**3
    assert payback(flows, range(5), rate=0.1) is None
    last = 400 / 1.1**4
    assert payback([*flows[:4], 400], range(5), rate=0.1) == pytest.approx(3 - running / last)


def test_a_later_cost_postpones_the_payback_until_it_is_earned_back() -> None:
    assert payback([-100, 150, -100, 100], range(4)) == pytest.approx(2.5)


def test_nothing_to_pay_back_has_no_payback() -> None:
    assert payback([100, 100], [1, 2]) is None
    assert payback([-100, 50], [0, 1]) is None


def test_levelised_cost_divides_discounted_costs_by_discounted_tonnes() -> None:
    assert levelised_cost([1000, 0], [0, 11], [0, 1], 0.1) == pytest.approx(100)
    assert levelised_cost([1000], [0], [0], 0.1) is None


def test_a_return_of_nothing_is_printed_as_nothing_and_not_as_a_loss() -> None:
    assert internal_rates([-100, 50, 50], [0, 1, 2]).rates == (0.0,)
