"""Grids of losses: their step, laws brought onto them, sums by Fourier transform."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from app.finance.insurance.loss_law import Floats

NOISE = 1e-16
"""Probabilities below this are rounding of the transform."""

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


def cleaned(probabilities: Floats) -> Floats:
    """Return probabilities without the rounding of the transform, cut after the last of them."""
    found = np.where(probabilities < NOISE, 0.0, probabilities)
    last = int(np.flatnonzero(found)[-1]) if found.any() else 0
    return found[: last + 1]


def convolved(one: Floats, other: Floats) -> Floats:
    """Return the probabilities of the sum of two independent losses on the same grid."""
    size = one.size + other.size - 1
    padded = next_fast_len(size, real=True)
    found = irfft(rfft(one, padded) * rfft(other, padded), padded)[:size]
    return cleaned(np.asarray(found, dtype=np.float64))
