"""Parameters of price models against series whose law is known."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation.estimation import SeriesEstimate, estimate

START = date(2015, 1, 1)


def dated(days: Iterable[int], logs: Numbers) -> list[tuple[date, float]]:
    return [
        (START + timedelta(int(day)), float(price))
        for day, price in zip(days, np.exp(logs), strict=True)
    ]


def estimated(points: list[tuple[date, float]], longest_gap_days: int = 400) -> SeriesEstimate:
    return estimate(points, longest_gap_days=longest_gap_days)


def reverting(seed: int, days: NDArray[Any], speed: float, volatility: float) -> Numbers:
    generator = np.random.default_rng(seed)
    kept = np.exp(-speed * np.diff(days) / 365)
    spread = volatility * np.sqrt((1 - kept**2) / (2 * speed))
    logs = np.empty(len(days))
    logs[0] = np.log(60)
    for n, (share, sd) in enumerate(zip(kept, spread, strict=True)):
        logs[n + 1] = np.log(60) + share * (logs[n] - np.log(60))
        logs[n + 1] += sd * generator.standard_normal()
    return logs


def test_even_steps_give_the_sample_figures_of_the_log_returns() -> None:
    logs = np.log([60.0, 62.0, 58.0, 61.0, 66.0, 64.0])
    found = estimated(dated(range(0, 60, 10), logs))
    returns, step = np.diff(logs), 10 / 365
    assert found.volatility.value == pytest.approx(returns.std() / np.sqrt(step))
    assert found.volatility.standard_error == pytest.approx(found.volatility.value / np.sqrt(10))
    drift = returns.mean() / step + returns.var() / step / 2
    assert found.drift.value == pytest.approx(drift)
    assert (found.observations, found.first_day) == (5, START)
    assert found.years == pytest.approx(50 / 365)


def test_uneven_steps_recover_volatility_and_drift_within_their_errors() -> None:
    far = []
    for seed in range(30):
        generator = np.random.default_rng(seed)
        days = np.concatenate(([0], np.cumsum(generator.integers(1, 8, 600))))
        steps = np.diff(days) / 365
        moves = (0.05 - 0.08) * steps + 0.4 * np.sqrt(steps) * generator.standard_normal(600)
        found = estimated(dated(days, np.log(60) + np.concatenate(([0.0], np.cumsum(moves)))))
        assert found.volatility.standard_error is not None
        assert found.drift.standard_error is not None
        far.append(
            (
                (found.volatility.value - 0.4) / found.volatility.standard_error,
                (found.drift.value - 0.05) / found.drift.standard_error,
            )
        )
        assert found.notices == () or found.notices[0].code == "reversion_not_found"
    assert np.abs(far).max() < 3.5
    assert np.std(far, axis=0) == pytest.approx([1, 1], abs=0.4)


def test_with_even_steps_the_reversion_is_the_regression_on_the_price_before() -> None:
    days = np.arange(0, 3000, 3)
    logs = reverting(1, days, speed=6.0, volatility=0.5)
    found = estimated(dated(days, logs)).reversion
    assert found is not None
    slope, intercept = np.polyfit(logs[:-1], logs[1:], 1)
    rest = logs[1:] - intercept - slope * logs[:-1]
    step = 3 / 365
    speed = -np.log(slope) / step
    assert found.speed.value == pytest.approx(speed, rel=1e-5)
    assert np.log(found.long_run_price.value) == pytest.approx(intercept / (1 - slope), rel=1e-6)
    spread = rest.std() * np.sqrt(2 * speed / (1 - slope**2))
    assert found.volatility.value == pytest.approx(spread, rel=1e-5)
    assert found.half_life_yr == pytest.approx(np.log(2) / speed, rel=1e-5)
    slope_error = rest.std() / np.sqrt(((logs[:-1] - logs[:-1].mean()) ** 2).sum())
    assert found.speed.standard_error == pytest.approx(slope_error / slope / step, rel=0.02)


def test_uneven_steps_recover_the_reversion_within_its_errors() -> None:
    far = []
    for seed in range(30):
        generator = np.random.default_rng(seed + 500)
        days = np.concatenate(([0], np.cumsum(generator.integers(1, 12, 700))))
        found = estimated(dated(days, reverting(seed, days, 5.0, 0.4))).reversion
        assert found is not None
        for one, exact in (
            (found.speed, 5.0),
            (found.long_run_price, 60.0),
            (found.volatility, 0.4),
        ):
            assert one.standard_error is not None
            far.append((one.value - exact) / one.standard_error)
    assert np.abs(far).max() < 4
    assert np.std(far) == pytest.approx(1, abs=0.25)


def test_a_series_that_only_rises_has_no_reversion_and_says_so() -> None:
    found = estimated(dated(range(300), np.linspace(4, 6, 300) ** 1.2))
    assert found.reversion is None
    assert [notice.code for notice in found.notices] == ["reversion_not_found"]


def test_a_price_that_never_moves_has_no_volatility() -> None:
    found = estimated(dated(range(300), np.full(300, 4.0)))
    assert (found.volatility.value, found.drift.value) == (0.0, 0.0)
    assert found.reversion is None
    assert found.jumps.count == 0


def test_jumps_are_told_from_the_other_returns() -> None:
    generator = np.random.default_rng(8)
    returns = 0.01 * generator.standard_normal(1000)
    places = [100, 350, 600, 870]
    sizes = np.array([0.2, -0.15, 0.3, 0.25])
    returns[places] += sizes
    found = estimated(dated(range(1001), np.concatenate(([4.0], 4 + np.cumsum(returns))))).jumps
    assert found.days == tuple(START + timedelta(place + 1) for place in places)
    assert found.count == 4
    assert found.share.value == pytest.approx(0.004)
    assert found.per_year.value == pytest.approx(4 / (1000 / 365))
    assert found.per_year.standard_error == pytest.approx(2 / (1000 / 365))
    assert found.mean is not None
    assert found.mean.value == pytest.approx(sizes.mean(), abs=0.02)
    assert found.sd is not None
    assert found.sd.value == pytest.approx(sizes.std(ddof=1), abs=0.03)
    assert found.volatility.value == pytest.approx(0.01 * np.sqrt(365), rel=0.06)


def test_one_jump_has_a_size_but_no_spread() -> None:
    returns = 0.01 * np.random.default_rng(8).standard_normal(400)
    returns[7] = 0.5
    found = estimated(dated(range(401), np.concatenate(([4.0], 4 + np.cumsum(returns))))).jumps
    assert found.count == 1
    assert found.mean is not None
    assert found.mean.value == pytest.approx(0.5)
    assert found.mean.standard_error is None
    assert found.sd is None


@pytest.mark.parametrize(("points", "warned"), [(250, True), (251, False)])
def test_fewer_than_250_returns_are_warned_of(points: int, warned: bool) -> None:
    days = np.arange(points)
    found = estimated(dated(days, reverting(3, days, 20.0, 0.5)))
    codes = [notice.code for notice in found.notices]
    assert ("few_observations" in codes) is warned


def test_the_published_quotes_of_national_allowances_move_by_about_36_percent_a_year() -> None:
    quotes = (
        ("2022-01-21", 57.46),
        ("2023-03-20", 57.00),
        ("2024-04-19", 92.99),
        ("2024-12-31", 97.49),
        ("2025-03-07", 89.62),
        ("2025-07-04", 72.64),
        ("2025-12-19", 59.62),
        ("2026-03-06", 81.29),
    )
    found = estimated([(date.fromisoformat(day), price) for day, price in quotes], 500)
    assert found.volatility.value == pytest.approx(0.36, abs=0.005)
    assert found.notices[0].facts == {"count": 7, "least": 250}


def test_the_order_of_the_points_does_not_matter() -> None:
    points = dated(range(50), reverting(3, np.arange(50), 20.0, 0.5))
    assert estimated(points[::-1]) == estimated(points)


def refused(points: list[tuple[date, float]], longest_gap_days: int = 30) -> DomainError:
    with pytest.raises(DomainError) as caught:
        estimate(points, longest_gap_days=longest_gap_days)
    return caught.value


def test_a_series_that_cannot_be_used_is_refused_with_its_day() -> None:
    points = dated(range(10), np.full(10, 4.0) + 0.01 * np.arange(10))
    for price in (0.0, -3.0, float("nan")):
        error = refused([*points, (date(2015, 1, 20), price)])
        assert (error.code, error.facts["day"]) == ("series_zero", date(2015, 1, 20))
    error = refused([*points, (date(2015, 1, 4), 50.0)])
    assert (error.code, error.facts["day"]) == ("series_duplicate_day", date(2015, 1, 4))
    error = refused([*points, (date(2015, 3, 1), 50.0)])
    assert (error.code, error.facts["days"], error.facts["limit"]) == ("series_gap", 50, 30)
    error = refused(points[:4])
    assert (error.code, error.facts["least"]) == ("series_too_short", 5)
    assert refused([]).code == "series_too_short"
