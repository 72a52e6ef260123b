"""Credibility against R's actuar, published examples and the model drawn at random."""

import json
import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.cover.experience_inputs import Estimator
from app.finance.insurance.credibility import (
    Member,
    credibility_factor,
    fit_class,
    full_credibility_claims,
    square_root_factor,
)
from app.finance.insurance.experience import class_credibility, given_credibility
from tests.case_table import case_table

CASES = case_table("insurance")

HACHEMEISTER = {
    "1": (
        (1738, 1642, 1794, 2051, 2079, 2234, 2032, 2035, 2115, 2262, 2267, 2517),
        (7861, 9251, 8706, 8575, 7917, 8263, 9456, 8003, 7365, 7832, 7849, 9077),
    ),
    "2": (
        (1364, 1408, 1597, 1444, 1342, 1675, 1470, 1448, 1464, 1831, 1612, 1471),
        (1622, 1742, 1523, 1515, 1622, 1602, 1964, 1515, 1527, 1748, 1654, 1861),
    ),
    "3": (
        (1759, 1685, 1479, 1763, 1674, 2103, 1502, 1622, 1828, 2155, 2233, 2059),
        (1147, 1357, 1329, 1204, 998, 1077, 1277, 1218, 896, 1003, 1108, 1121),
    ),
    "4": (
        (1223, 1146, 1010, 1257, 1426, 1532, 1953, 1123, 1343, 1243, 1762, 1306),
        (407, 396, 348, 341, 315, 328, 352, 331, 287, 384, 321, 342),
    ),
    "5": (
        (1456, 1499, 1609, 1741, 1482, 1572, 1606, 1735, 1607, 1573, 1613, 1690),
        (2902, 3172, 3046, 3068, 2693, 2910, 3275, 2697, 2663, 3017, 3242, 3425),
    ),
}
"""Bodily injury claims of five states over 12 quarters, Hachemeister (1975): mean and number."""


def members(data: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]) -> list[Member]:
    return [
        Member(name, np.array(values, dtype=float), np.array(weights, dtype=float))
        for name, (values, weights) in data.items()
    ]


STATES = members(HACHEMEISTER)
VEHICLES = members(
    {"A": ((0.0, 1.0, 1.0, 1.5), (1.0, 2.0, 2.0, 2.0)), "B": ((0.0, 1 / 3, 0.5), (2.0, 3.0, 4.0))}
)


def test_buhlmanns_credibility_is_that_of_the_textbook() -> None:
    case, expected = (json.loads(CASES["I05"][name]) for name in ("inputs", "expected"))
    found = given_credibility(
        case["own_mean"],
        years=case["n"],
        class_rate=case["class_mean"],
        process_variance=case["epv"],
        mean_variance=case["vhm"],
    )
    assert found.k == pytest.approx(expected["k"], abs=1e-12)
    assert found.z == pytest.approx(expected["Z"], abs=1e-12)
    assert found.credibility_rate == pytest.approx(expected["premium"], abs=1e-12)


def test_the_unbiased_estimator_is_that_of_actuar() -> None:
    found = class_credibility(STATES, "4", iterative=False, mean_by_exposure=False)
    assert found.estimator == Estimator.UNBIASED
    assert found.class_rate == pytest.approx(1683.7134, abs=1e-3)
    assert found.mean_variance == pytest.approx(89638.726, abs=1e-3)
    assert found.process_variance == pytest.approx(139120026, abs=1)
    factors = [z for _, _, z, _ in found.members]
    assert factors == pytest.approx([0.98474, 0.92764, 0.89848, 0.72791, 0.95879], abs=1e-5)
    premiums = [premium for *_, premium in found.members]
    expected = [2055.165, 1523.706, 1793.444, 1442.967, 1603.285]
    assert premiums == pytest.approx(expected, abs=1e-3)
    assert found.credibility_rate == pytest.approx(1442.967, abs=1e-3)


def test_the_iterative_estimator_gives_another_price_on_the_same_data() -> None:
    found = class_credibility(STATES, "4", iterative=True, mean_by_exposure=False)
    assert found.estimator == Estimator.ITERATIVE
    assert found.mean_variance == pytest.approx(64_367, abs=1)
    assert found.credibility_rate == pytest.approx(1_468, abs=0.5)
    again = sum(z * (own - found.class_rate) ** 2 for _, own, z, _ in found.members) / (
        len(found.members) - 1
    )
    assert again == pytest.approx(found.mean_variance, rel=1e-10)


def test_members_of_unequal_length_and_a_mean_by_exposure_are_those_of_loss_data_analytics() -> (
    None
):
    found = class_credibility(VEHICLES, "A", iterative=False, mean_by_exposure=True)
    assert found.process_variance == pytest.approx(11 / 30, abs=1e-12)
    assert found.mean_variance == pytest.approx(0.1757, abs=1e-4)
    assert found.k == pytest.approx(2.0871, abs=5e-4)
    assert [z for _, _, z, _ in found.members] == pytest.approx([0.7703, 0.8118], abs=1e-4)
    assert [p for *_, p in found.members] == pytest.approx([0.9139, 0.3882], abs=1e-4)


def test_full_credibility_needs_more_claims_than_a_farm_ever_has() -> None:
    assert full_credibility_claims() == pytest.approx(1536.64, abs=0.01)
    pareto_cv = math.sqrt(3.0)
    assert full_credibility_claims(pareto_cv) == pytest.approx(6146.56, abs=0.01)
    assert square_root_factor(1000, full_credibility_claims(pareto_cv)) == pytest.approx(
        0.40, abs=0.01
    )
    assert square_root_factor(10**6, full_credibility_claims()) == 1.0


@pytest.mark.parametrize("iterative", [False, True])
def test_members_that_differ_by_chance_alone_have_no_credibility(iterative: bool) -> None:
    alike = members({"a": ((1.0, 3.0), (1.0, 1.0)), "b": ((3.0, 1.0), (1.0, 3.0))})
    found = class_credibility(alike, "a", iterative=iterative, mean_by_exposure=False)
    assert found.mean_variance == 0
    assert found.z == 0
    assert found.k is None
    assert found.credibility_rate == found.class_rate == pytest.approx(10 / 6)


def test_a_history_without_chance_in_it_counts_in_full() -> None:
    assert credibility_factor(1.0, 0.0, 4.0) == 1.0
    assert credibility_factor(1.0, 0.0, 0.0) == 0.0


def test_the_unbiased_estimators_find_the_variances_they_were_drawn_with() -> None:
    rng = np.random.default_rng(3)
    found = []
    for _ in range(400):
        weights = rng.uniform(0.5, 3.0, (8, 6))
        means = rng.normal(10.0, 2.0, 8)
        values = means[:, None] + rng.normal(0.0, 3.0, (8, 6)) / np.sqrt(weights)
        drawn = [Member(str(i), values[i], weights[i]) for i in range(8)]
        fit = fit_class(drawn, iterative=False, mean_by_exposure=False)
        found.append((fit.process_variance, fit.mean_variance, fit.mean))
    means_found = np.mean(found, axis=0)
    errors = np.std(found, axis=0) / math.sqrt(len(found))
    assert np.all(np.abs(means_found - (9.0, 4.0, 10.0)) < 3 * errors + (0, 0.02, 0))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 50)), min_size=2, max_size=6),
        min_size=2,
        max_size=5,
    ),
    st.booleans(),
)
def test_every_premium_lies_between_the_own_mean_and_that_of_the_class(
    lines: list[list[tuple[float, float]]], iterative: bool
) -> None:
    drawn = members(
        {str(i): tuple(zip(*one, strict=True)) for i, one in enumerate(lines)}  # type: ignore[misc]
    )
    fit = fit_class(drawn, iterative=iterative, mean_by_exposure=False)
    for member, z in zip(drawn, fit.factors, strict=True):
        assert 0 <= z <= 1
        premium = z * member.mean + (1 - z) * fit.mean
        low, high = sorted((member.mean, fit.mean))
        assert low - 1e-9 * (1 + high) <= premium <= high + 1e-9 * (1 + high)
