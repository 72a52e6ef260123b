"""Scores of the simulation: their law, their order, and that they come again."""

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest

from app.finance.case.valuation.simulation import Sampling
from app.finance.sink.pools import Numbers
from app.finance.valuation.sampling import (
    REPLICATES,
    SOBOL_DIMENSIONS,
    Draws,
    InverseNormal,
    blocks,
    bridge,
    mean_and_error,
    plan_draws,
    streams,
)

TIMES = np.array([0.4, 1.0, 2.5, 3.0, 7.0, 8.0, 9.5])


def all_scores(draws: Draws) -> Numbers:
    found = np.empty((draws.scenarios, draws.dimensions))
    for stream in streams(draws):
        for block in blocks(draws, stream):
            found[block.first : block.first + len(block.scores)] = block.scores
    return found


def test_the_bridge_only_turns_the_normals() -> None:
    turn = bridge(TIMES)
    assert turn @ turn.T == pytest.approx(np.eye(7), abs=1e-12)
    path = np.cumsum(turn * np.sqrt(np.diff(TIMES, prepend=0.0)), axis=1)
    assert path.T @ path == pytest.approx(np.minimum.outer(TIMES, TIMES))


def test_the_first_score_of_the_bridge_is_the_end_of_the_path_alone() -> None:
    path = np.cumsum(bridge(TIMES) * np.sqrt(np.diff(TIMES, prepend=0.0)), axis=1)
    assert path[:, -1] == pytest.approx([np.sqrt(9.5), 0, 0, 0, 0, 0, 0], abs=1e-12)


def test_the_first_scores_of_the_bridge_carry_most_of_the_variance_of_a_sum() -> None:
    times = np.arange(1.0, 41.0)
    path = np.cumsum(bridge(times), axis=1).sum(axis=1) ** 2
    assert path[:4].sum() > 0.98 * path.sum()


@pytest.mark.parametrize("times", [np.zeros(0), np.array([2.0])])
def test_a_bridge_of_no_or_one_date(times: Numbers) -> None:
    assert bridge(times) == pytest.approx(np.eye(len(times)))


def test_the_inverse_normal_agrees_with_scipy_out_to_six_deviations() -> None:
    shares = np.concatenate(
        (np.linspace(1e-6, 1 - 1e-6, 99_998), [2.0**-31, 1 - 2.0**-31])
    ).reshape(1000, -1)
    exact = ndtri(shares)
    found = InverseNormal((1000, 100))(shares.copy())
    error = np.abs(found - exact)
    assert error.max() < 1e-6


@pytest.mark.parametrize("sampling", list(Sampling))
def test_scores_are_standard_normal_and_uncorrelated(sampling: Sampling) -> None:
    scores = all_scores(plan_draws(sampling, 65_536, 5, seed=9))
    assert scores.mean(axis=0) == pytest.approx(np.zeros(5), abs=0.02)
    assert np.cov(scores.T) == pytest.approx(np.eye(5), abs=0.03)
    assert kstest(scores[:, 3], "norm").statistic < 0.01


@pytest.mark.parametrize("sampling", list(Sampling))
def test_the_same_seed_gives_the_same_scores_and_another_one_others(sampling: Sampling) -> None:
    draws = plan_draws(sampling, 5_000, 3, seed=9)
    assert np.array_equal(all_scores(draws), all_scores(draws))
    other = plan_draws(sampling, 5_000, 3, seed=10)
    assert not np.any(all_scores(draws)[:100] == all_scores(other)[:100])


def test_a_stream_alone_gives_what_it_gives_among_the_others() -> None:
    for sampling in Sampling:
        draws = plan_draws(sampling, 40_000, 3, seed=9)
        last = streams(draws)[-1]
        alone = np.concatenate([block.scores.copy() for block in blocks(draws, last)])
        assert np.array_equal(alone, all_scores(draws)[last.first :])


def test_scenarios_with_sobol_points_are_rounded_up_to_a_power_of_two() -> None:
    assert plan_draws(Sampling.SOBOL, 1_000_000, 40, 1).scenarios == 1_048_576
    assert plan_draws(Sampling.SOBOL, 65_536, 40, 1).scenarios == 65_536
    assert plan_draws(Sampling.SOBOL, 2, 40, 1).scenarios == 1024
    assert plan_draws(Sampling.ANTITHETIC, 1_001, 40, 1).scenarios == 1_002
    assert plan_draws(Sampling.PLAIN, 1_001, 40, 1).scenarios == 1_001


@pytest.mark.parametrize("scenarios", [1_024, 1_025, 65_537, 999_999])
@pytest.mark.parametrize("sampling", list(Sampling))
def test_the_streams_cover_all_scenarios_once(sampling: Sampling, scenarios: int) -> None:
    draws = plan_draws(sampling, scenarios, 60, 1)
    parts = streams(draws)
    assert [part.first for part in parts] == list(
        np.cumsum([0, *(part.count for part in parts)])[:-1]
    )
    assert sum(part.count for part in parts) == draws.scenarios
    if sampling is Sampling.SOBOL:
        assert len(parts) == REPLICATES


def test_each_replicate_fills_every_stratum_once() -> None:
    draws = plan_draws(Sampling.SOBOL, REPLICATES * 256, 6, seed=2)
    for block in blocks(draws, streams(draws)[5]):
        for column in range(6):
            places = np.searchsorted(ndtri(np.arange(1, 256) / 256), block.scores[:, column])
            assert sorted(places) == list(range(256))


def test_antithetic_neighbours_have_opposite_scores() -> None:
    scores = all_scores(plan_draws(Sampling.ANTITHETIC, 5_001, 4, seed=2))
    assert len(scores) == 5_002
    assert np.array_equal(scores[0::2], -scores[1::2])


def test_dimensions_beyond_those_of_sobol_are_pseudo_random() -> None:
    draws = plan_draws(Sampling.SOBOL, 1_024, SOBOL_DIMENSIONS + 40, seed=2)
    scores = all_scores(draws)
    assert scores[:, -40:].std() == pytest.approx(1, abs=0.02)
    assert np.array_equal(scores, all_scores(draws))


def test_the_error_of_plain_draws_is_that_of_a_mean() -> None:
    values = np.random.default_rng(1).standard_normal(10_000)
    draws = plan_draws(Sampling.PLAIN, 10_000, 1, 1)
    mean, error = mean_and_error(draws, values)
    assert mean == pytest.approx(values.mean())
    assert error == pytest.approx(values.std(ddof=1) / 100, rel=1e-3)


def test_the_error_of_pairs_counts_a_pair_once() -> None:
    half = np.random.default_rng(1).standard_normal(5_000)
    values = np.stack((half, -half + 0.1), axis=1).ravel()
    mean, error = mean_and_error(plan_draws(Sampling.ANTITHETIC, 10_000, 1, 1), values)
    assert mean == pytest.approx(0.05)
    assert error == pytest.approx(0, abs=1e-12)


def test_a_control_takes_its_part_out_of_the_error() -> None:
    generator = np.random.default_rng(1)
    controls = generator.standard_normal((REPLICATES, 2))
    rest = 0.1 * generator.standard_normal(REPLICATES)
    values = np.repeat(7.0 + controls @ [2.0, -1.0] + rest, 16)
    draws = plan_draws(Sampling.SOBOL, 1_024, 1, 1)
    _, wide = mean_and_error(draws, values)
    mean, error = mean_and_error(draws, values, controls)
    assert mean == pytest.approx(7, abs=3 * error)
    assert error == pytest.approx(0.1 / np.sqrt(REPLICATES), rel=0.3)
    assert wide > 10 * error
