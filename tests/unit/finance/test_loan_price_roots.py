"""Factors on the prices at which figures that rise with them reach their targets."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.finance.lending.price_roots import reaching_factor, reaching_factors
from app.finance.sink.pools import Numbers

BENDS = st.lists(st.floats(0.01, 50), min_size=0, max_size=4)
SLOPES = st.lists(st.floats(0.1, 100), min_size=5, max_size=5)


@settings(max_examples=100, deadline=None)
@given(base=st.floats(-1e4, 1e4), bends=BENDS, slopes=SLOPES, factor=st.floats(0, 100))
@example(base=4051.0, bends=[2.0, 4.0], slopes=[0.5, 18.0, 0.125, 1.0, 1.0], factor=4.0)
def test_a_rising_line_with_bends_is_met_where_it_has_its_value(
    base: float, bends: list[float], slopes: list[float], factor: float
) -> None:
    """The figure starts at `base`; at each bend its slope changes."""
    edges = np.array([0.0, *sorted(bends)])

    def figure(moved: Numbers) -> Numbers:
        steps = np.clip(moved[:, None] - edges, 0, np.diff(np.append(edges, np.inf)))
        return np.asarray(base + steps @ np.array(slopes[: len(edges)]))

    target = float(figure(np.array([factor]))[0])
    assert reaching_factor(figure, target) == pytest.approx(factor, rel=1e-7, abs=1e-7)


def test_a_target_below_the_figure_at_no_price_or_above_it_at_any_has_no_factor() -> None:
    def figure(moved: Numbers) -> Numbers:
        return np.asarray(np.minimum(10 + 5 * moved, 100))

    found = reaching_factors(figure, np.array([9.0, 10.0, 60.0, 100.0, 100.5, np.nan]))
    assert np.isnan(found[[0, 4, 5]]).all()
    assert found[1:4] == pytest.approx([0, 10, 18], abs=1e-9)


def test_each_figure_has_its_own_target() -> None:
    slopes = np.array([[1.0], [2.0], [1e-6], [0.0]])
    targets = np.array([[3.0, -4.0], [3.0, 8.0], [3.0, 8.0], [3.0, 0.0]])
    found = reaching_factors(lambda moved: slopes * moved, targets)
    expected = [[3.0, np.nan], [1.5, 4.0], [3e6, 8e6], [np.nan, 0.0]]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
