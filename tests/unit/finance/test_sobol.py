"""Global indices against functions whose indices are known."""

import math

import numpy as np
import pytest

from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation.sobol import Uncertain, rounded_samples, sobol_indices

_PI = math.pi
ISHIGAMI = tuple(Uncertain(name, -_PI, _PI) for name in ("x1", "x2", "x3"))


def ishigami(rows: Numbers) -> Numbers:
    """The test function of Ishigami and Homma (1990) with a = 7, b = 0.1."""
    one, two, three = rows.T
    return np.asarray(np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))


def test_the_ishigami_function_has_its_known_indices() -> None:
    a, b = 7.0, 0.1
    first = 0.5 * (1 + b * _PI**4 / 5) ** 2
    second = a**2 / 8
    both = b**2 * _PI**8 * (1 / 18 - 1 / 50)
    whole = first + second + both
    exact = {
        "x1": (first / whole, (first + both) / whole),
        "x2": (second / whole, second / whole),
        "x3": (0.0, both / whole),
    }
    found = sobol_indices(ishigami, ISHIGAMI, samples=8192, seed=7)
    assert [index.path for index in found] == ["x1", "x2", "x3"]
    for index in found:
        first_order, total = exact[index.path]
        assert index.first == pytest.approx(first_order, abs=0.01)
        assert index.total == pytest.approx(total, abs=0.01)
        assert abs(index.first - first_order) <= 2 * index.first_conf + 1e-3


def test_in_a_sum_each_input_has_its_share_of_the_variance_and_no_more() -> None:
    inputs = (Uncertain("a", 0.0, 1.0), Uncertain("b", 10.0, 12.0), Uncertain("c", -1.0, 1.0))
    found = sobol_indices(
        lambda rows: 3 * rows[:, 0] + rows[:, 1] + 0 * rows[:, 2], inputs, samples=4096, seed=1
    )
    shares = {"a": 9 / 13, "b": 4 / 13, "c": 0.0}
    for index in found:
        assert index.first == pytest.approx(shares[index.path], abs=0.005)
        assert index.total == pytest.approx(shares[index.path], abs=0.005)
    assert sum(index.first for index in found) == pytest.approx(1, abs=0.005)


@pytest.mark.parametrize("seed", [0, 20230101])
def test_the_same_seed_gives_the_same_indices(seed: int) -> None:
    once = sobol_indices(ishigami, ISHIGAMI, samples=64, seed=seed)
    assert sobol_indices(ishigami, ISHIGAMI, samples=64, seed=seed) == once
    assert sobol_indices(ishigami, ISHIGAMI, samples=64, seed=seed + 1) != once


def test_a_value_that_does_not_vary_has_no_indices_to_share_out() -> None:
    found = sobol_indices(lambda rows: np.full(len(rows), 5.0), ISHIGAMI, samples=16, seed=1)
    assert {(index.first, index.total) for index in found} == {(0.0, 0.0)}


def test_without_inputs_there_are_no_indices() -> None:
    assert sobol_indices(ishigami, (), samples=16, seed=1) == ()


def test_samples_are_rounded_up_to_a_power_of_two() -> None:
    assert [rounded_samples(n) for n in (16, 500, 512, 513)] == [16, 512, 512, 1024]


@pytest.mark.parametrize("samples", [0, 15, 65_537])
def test_too_few_or_too_many_samples_are_refused(samples: int) -> None:
    with pytest.raises(DomainError) as refused:
        sobol_indices(ishigami, ISHIGAMI, samples=samples, seed=1)
    assert refused.value.code == "sobol_samples"


def test_progress_is_told_and_may_stop_the_evaluation() -> None:
    told: list[tuple[int, int]] = []
    sobol_indices(
        ishigami, ISHIGAMI, samples=4096, seed=1, progress=lambda *done: told.append(done)
    )
    assert told[0] == (0, 20_480)
    assert told[-1] == (20_480, 20_480)

    def stop(_done: int, _rows: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        sobol_indices(ishigami, ISHIGAMI, samples=64, seed=1, progress=stop)
