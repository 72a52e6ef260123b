"""Standard normal scores for the simulation: scrambled Sobol, antithetic pairs, plain draws.

The scores come in streams and blocks whose random numbers hang on the seed and their own
number alone, so the draws are the same whatever number of threads works at them.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from app.finance.case.valuation.simulation import Sampling
from app.finance.sink.pools import Numbers

Scores = NDArray[np.float32]

REPLICATES = 32
"""Independent scrambles of the Sobol points; the standard error comes from their means."""
SOBOL_DIMENSIONS = 128
"""Dimensions that get Sobol points; the rest get pseudo-random numbers."""
_LEAST_POINTS = 32
_BLOCK_NUMBERS = 2**18
_HALF_CELL = 2.0**-31
"""Sobol points are multiples of 2^-30; each stands for the middle of its cell."""

_NEAR = (
    2.81022636e-08,
    3.43273939e-07,
    -3.5233877e-06,
    -4.39150654e-06,
    0.00021858087,
    -0.00125372503,
    -0.00417768164,
    0.246640727,
    1.50140941,
)


def bridge(times: Numbers) -> Numbers:
    """Return the Brownian bridge as an orthogonal matrix, shape (m, m).

    `scores @ bridge(times)` are the standard normal innovations of the m intervals of a
    Brownian motion that is built from its last value (first score) inwards, each next score
    filling the middle of a gap. The first few scores thus carry most of the variance of any
    sum over the path. `times` ascending and above 0; m may be 0.

    Source: Caflisch, Morokoff and Owen, J. Computational Finance 1 (1997); Glasserman 2003,
    section 3.1.
    """
    m = len(times)
    if m == 0:
        return np.zeros((0, 0))
    clock = np.concatenate(([0.0], times))
    path = np.zeros((m, m + 1))
    path[0, m] = np.sqrt(clock[m])
    gaps, row = deque([(0, m)]), 1
    while gaps:
        left, right = gaps.popleft()
        if right - left < 2:
            continue
        middle = (left + right) // 2
        before, after = clock[middle] - clock[left], clock[right] - clock[middle]
        path[:, middle] = (after * path[:, left] + before * path[:, right]) / (before + after)
        path[row, middle] = np.sqrt(before * after / (before + after))
        row += 1
        gaps.extend(((left, middle), (middle, right)))
    return np.asarray(np.diff(path, axis=1) / np.sqrt(np.diff(clock)))


class InverseNormal:
    """The inverse of the normal distribution for blocks of one shape, in single precision.

    Absolute error below 1e-6 from 2^-31 to 1 - 2^-31, about three times as fast as
    `scipy.special.ndtri`, which is used for the 0.3 % farthest out.

    Source: Giles, Approximating the erfinv function, GPU Computing Gems 2 (2011), chapter 10,
    the central polynomial in single precision.
    """

    def __init__(self, shape: tuple[int, int]) -> None:
        self._logs = np.empty(shape, np.float32)
        self._centred = np.empty(shape, np.float32)
        self._scores = np.empty(shape, np.float32)

    def __call__(self, uniforms: Numbers) -> Scores:
        """Return the scores of `uniforms` (overwritten, in (0, 1)); valid until the next call."""
        logs, centred, scores = self._logs, self._centred, self._scores
        np.subtract(uniforms, 0.5, out=uniforms)
        np.copyto(centred, uniforms, casting="same_kind")
        np.multiply(uniforms, uniforms, out=uniforms)
        np.subtract(0.25, uniforms, out=uniforms)
        np.copyto(logs, uniforms, casting="same_kind")
        np.log(logs, out=logs)
        np.subtract(np.float32(-np.log(4.0) - 2.5), logs, out=logs)
        np.multiply(logs, np.float32(_NEAR[0]), out=scores)
        scores += np.float32(_NEAR[1])
        for coefficient in _NEAR[2:]:
            scores *= logs
            scores += np.float32(coefficient)
        scores *= centred
        scores *= np.float32(np.sqrt(8.0))
        far = np.flatnonzero(logs > 2.5)
        apart = uniforms.ravel()[far]
        tail = 2 * apart / (1 + np.sqrt(1 - 4 * apart))
        scores.ravel()[far] = np.copysign(ndtri(tail), centred.ravel()[far])
        return scores


@dataclass(frozen=True, slots=True)
class Stream:
    """A run of scenarios that one thread draws: the first of them and how many."""

    number: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Block:
    """Scores of some scenarios, shape (rows, dimensions), and random numbers for the rest."""

    first: int
    scores: Scores
    generator: np.random.Generator


@dataclass(frozen=True, slots=True)
class Draws:
    """What is drawn; all random numbers follow from these."""

    sampling: Sampling
    scenarios: int
    dimensions: int
    seed: int
    block: int

    @property
    def replicates(self) -> int:
        """Independent repetitions behind the standard error."""
        if self.sampling is Sampling.SOBOL:
            return REPLICATES
        return self.scenarios // 2 if self.sampling is Sampling.ANTITHETIC else self.scenarios


def plan_draws(
    sampling: Sampling, scenarios: int, dimensions: int, seed: int, width: float = 0.0
) -> Draws:
    """Return how the scenarios are drawn.

    With Sobol points the scenarios are rounded up to a power of two, at least 32 of each
    replicate; antithetic ones to an even number. `width` is the number of values that a
    scenario takes beyond its scores, so that blocks stay small.
    """
    if sampling is Sampling.SOBOL:
        scenarios = max(REPLICATES * _LEAST_POINTS, 1 << (scenarios - 1).bit_length())
    elif sampling is Sampling.ANTITHETIC:
        scenarios += scenarios % 2
    room = int(_BLOCK_NUMBERS / max(dimensions, width, 1.0))
    block = 1 << max(4, min(15, room.bit_length() - 1))
    if sampling is Sampling.SOBOL:
        block = min(block, scenarios // REPLICATES)
    return Draws(sampling, scenarios, dimensions, seed, block)


def streams(draws: Draws) -> tuple[Stream, ...]:
    """Return the streams: a replicate each with Sobol points, else about equal parts."""
    size = -(-draws.scenarios // REPLICATES)
    size = -(-size // draws.block) * draws.block
    return tuple(
        Stream(number, first, min(size, draws.scenarios - first))
        for number, first in enumerate(range(0, draws.scenarios, size))
    )


def _sobol_blocks(draws: Draws, stream: Stream) -> Iterator[Block]:
    from scipy.stats import qmc  # noqa: PLC0415 - loads slowly, and few runs need it

    generator = np.random.default_rng((draws.seed, stream.number))
    carried = min(draws.dimensions, SOBOL_DIMENSIONS)
    points = qmc.Sobol(carried, scramble=True, rng=generator.spawn(1)[0])
    inverse = InverseNormal((draws.block, carried))
    for first in range(stream.first, stream.first + stream.count, draws.block):
        uniforms = points.random(draws.block)
        uniforms += _HALF_CELL
        scores = inverse(uniforms)
        if carried < draws.dimensions:
            rest = (draws.block, draws.dimensions - carried)
            scores = np.hstack((scores, generator.standard_normal(rest, dtype=np.float32)))
        yield Block(first, scores, generator)


def _random_blocks(draws: Draws, stream: Stream) -> Iterator[Block]:
    pairs = draws.sampling is Sampling.ANTITHETIC
    last = stream.first + stream.count
    for first in range(stream.first, last, draws.block):
        rows = min(draws.block, last - first)
        generator = np.random.default_rng((draws.seed, first // draws.block))
        scores = np.empty((rows, draws.dimensions), np.float32)
        if pairs:
            half = generator.standard_normal((rows // 2, draws.dimensions), dtype=np.float32)
            scores[0::2] = half
            np.negative(half, out=scores[1::2])
        else:
            generator.standard_normal(dtype=np.float32, out=scores)
        yield Block(first, scores, generator)


def blocks(draws: Draws, stream: Stream) -> Iterator[Block]:
    """Yield the blocks of a stream in order; scores are valid until the next block.

    Sobol points are scrambled anew in each replicate (Matousek's linear scramble and a
    digital shift, scipy): randomised quasi-Monte Carlo, whose replicate means are unbiased
    and independent. They serve the first `SOBOL_DIMENSIONS` scores; scores beyond, which come
    last in the order of the bridge, are pseudo-random. Neighbouring antithetic scenarios
    (2 i, 2 i + 1) have opposite scores.

    Source: Owen, Monte Carlo Theory, Methods and Examples (2013), chapters 8.2 and 17.
    """
    if draws.sampling is Sampling.SOBOL:
        return _sobol_blocks(draws, stream)
    return _random_blocks(draws, stream)


def mean_and_error(
    draws: Draws, values: Numbers, controls: Numbers | None = None
) -> tuple[float, float]:
    """Return the mean of `values`, in the order drawn (n,), and its standard error.

    The error comes from the means of the replicates (Sobol), of the pairs (antithetic) or the
    values themselves. `controls`, one row a replicate, are means of control variates less
    their exact expectation: the mean is then the intercept of the regression of the replicate
    means on them. Since the spread is estimated from few replicates, the error is widened by
    the ratio of Student's to the normal quantile, so that three of it hold the true mean as
    often as three of a known one, 99.73 %.

    Source: Glasserman 2003, section 4.1; Owen 2013, section 8.9 (control variates) and 17.
    """
    means = values.reshape(draws.replicates, -1).mean(axis=1)
    design = np.ones((len(means), 1))
    if controls is not None and controls.shape[1]:
        spread = controls.std(axis=0)
        used = spread > 0
        design = np.hstack((design, controls[:, used] / spread[used]))
    inverse = np.linalg.pinv(design, rcond=1e-10)
    coefficients = inverse @ means
    freedom = len(means) - np.linalg.matrix_rank(design, rtol=1e-10)
    residual = means - design @ coefficients
    error = np.sqrt((residual**2).sum() / freedom) * np.linalg.norm(inverse[0])
    widened = stdtrit(freedom, ndtr(3.0)) / 3.0
    return float(coefficients[0]), float(error * widened)
