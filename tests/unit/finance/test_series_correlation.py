"""The correlation of two price series against drawn paths and scipy."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from app.finance.errors import DomainError
from app.finance.valuation.series_correlation import correlate

START = date(2024, 1, 1)


def path(changes: list[float], every: int = 1) -> list[tuple[date, float]]:
    prices = 80 * np.exp(np.cumsum([0.0, *changes]))
    return [(START + timedelta(days=every * n), float(price)) for n, price in enumerate(prices)]


def test_the_correlation_of_even_days_is_pearsons_with_its_interval() -> None:
    draws = np.random.default_rng(3)
    first = draws.standard_normal(300) * 0.02
    second = 0.6 * first + 0.8 * draws.standard_normal(300) * 0.02
    found = correlate(path(first.tolist()), path(second.tolist()))
    peer = stats.pearsonr(first, second)
    assert found.correlation == pytest.approx(peer.statistic, abs=1e-12)
    interval = peer.confidence_interval(found.confidence)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=1e-9)
    assert (found.observations, found.notices) == (300, ())


def test_only_common_days_count_and_few_of_them_are_told() -> None:
    one = path([0.01, -0.02, 0.03, 0.01, -0.01, 0.02])
    other = [point for point in path([0.02, -0.04, 0.06, 0.02, -0.02, 0.04]) if point[0] != START]
    found = correlate(one, other)
    assert found.observations == 5
    assert found.first_day == START + timedelta(days=1)
    assert found.correlation == pytest.approx(1)
    assert [notice.code for notice in found.notices] == ["few_observations"]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (path([0.1] * 3), path([0.1] * 3), "series_too_short"),
        (path([0.0] * 8), path([0.1, -0.1] * 4), "series_flat"),
        ([*path([0.1] * 8), (date(2025, 1, 1), 0.0)], path([0.1] * 8), "series_zero"),
    ],
)
def test_what_tells_nothing_is_refused(
    one: list[tuple[date, float]], other: list[tuple[date, float]], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        correlate(one, other)
    assert refused.value.code == code
