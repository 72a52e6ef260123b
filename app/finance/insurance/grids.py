"""Grids of losses: their step, laws brought onto them, sums by Fourier transform."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from app.finance.insurance.loss_law import Floats

NOISE = 1e-16
"""Probabilities below this are rounding of the transform."""

_REST = 1e-12
"""Part of the probability of a loss that may end a law: beyond it all is rounding."""

_NEGATIVE = -1e-10
"""An extrapolated probability below this is no rounding: the loss has atoms off the grid."""

_STEPS_OF_A_MEASURE = 8
"""A common measure of the atoms is worth having when it holds at least so many steps."""


def aligned_step(least: float, atoms: Sequence[float]) -> float:
    """Return a step of at least `least` that puts atoms (> 0) onto the grid, as far as it can.

    All of them, when they have a common measure of at least eight steps; else the largest.
    """
    largest = max(atoms, default=0.0)
    if largest < least:
        return least
    whole = common_measure(atoms, _STEPS_OF_A_MEASURE * least) or largest
    return whole / math.floor(whole / least * (1 + 1e-12))


def common_measure(atoms: Sequence[float], least: float) -> float:
    """Return the greatest common measure of positive numbers, 0 when it is below `least`.

    By Euclid, to 1e-9 of the largest.
    """
    small = 1e-9 * max(atoms)
    measure = 0.0
    for atom in atoms:
        high, low = max(measure, atom), min(measure, atom)
        while low > small:
            high, low = low, abs(high - low * round(high / low))
        measure = high
        if measure < least:
            return 0.0
    return measure


def grid_values(step: float, count: int) -> Floats:
    """Return 0, step, 2 step, ...: `count` values."""
    return np.arange(count, dtype=np.float64) * step


def spread_on(step: float, values: Floats, probabilities: Floats) -> Floats:
    """Return probabilities of 0, step, 2 step, ...: each value to its neighbours, same mean."""
    places = values / step
    nearest = np.rint(places)
    places = np.where(np.abs(places - nearest) < 1e-9 * np.maximum(nearest, 1), nearest, places)
    below = np.floor(places).astype(np.intp)
    part = places - below
    size = int(below[-1]) + 2
    low = np.bincount(below, weights=probabilities * (1 - part), minlength=size)
    high = np.bincount(below + 1, weights=probabilities * part, minlength=size)
    return cleaned(np.asarray(low + high, dtype=np.float64))


def halved(probabilities: Floats) -> Floats:
    """Return probabilities by local moments on twice the step from those on the step."""
    padded = np.zeros(probabilities.size // 2 * 2 + 3)
    padded[1 : probabilities.size + 1] = probabilities
    return np.asarray(padded[1::2] + (padded[:-1:2] + padded[2::2]) / 2)


def extrapolated(fine: Floats, coarse: Floats) -> Floats | None:
    """Return probabilities on the coarse grid from a law computed on it and on half its step.

    Local moments leave an error of the square of the step in a sum of several losses with a
    density; (4 fine - coarse) / 3 takes it away and leaves one of the fourth power (Richardson
    extrapolation; Embrechts, Grübel, Pitts, Some applications of the fast Fourier transform
    algorithm in insurance mathematics, Statistica Neerlandica 47, 1993). None where that is no
    law, because atoms lie between the values of a grid.
    """
    found = 4 / 3 * halved(fine)
    size = max(found.size, coarse.size)
    found = np.pad(found, (0, size - found.size)) - np.pad(coarse, (0, size - coarse.size)) / 3
    return None if found.min() < _NEGATIVE else cleaned(found)


def cleaned(probabilities: Floats) -> Floats:
    """Return probabilities without the rounding of the transform.

    What lies beyond the last value that counts is counted at it.
    """
    found = np.where(probabilities < NOISE, 0.0, probabilities)
    beyond = np.cumsum(found[:0:-1])[::-1]
    if not beyond.size or beyond[0] == 0:
        return found[:1]
    last = int(np.flatnonzero(beyond > _REST * beyond[0])[-1]) + 1
    found[last] = beyond[last - 1]
    return found[: last + 1]


def convolved(one: Floats, other: Floats) -> Floats:
    """Return the probabilities of the sum of two independent losses on the same grid."""
    size = one.size + other.size - 1
    padded = next_fast_len(size, real=True)
    found = irfft(rfft(one, padded) * rfft(other, padded), padded)[:size]
    return cleaned(np.asarray(found, dtype=np.float64))
