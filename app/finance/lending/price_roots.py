"""At which factor on all prices a figure that rises with them reaches what is asked of it."""

from collections.abc import Callable

import numpy as np

from app.finance.sink.pools import Numbers

FARTHEST = 4.0**20
"""The largest factor that is looked for."""

_STEPS = 100
_CLOSE = 1e-13
_ASIDE = 1e-6


def reaching_factors(figure: Callable[[Numbers], Numbers], targets: Numbers) -> Numbers:
    """Return the least factor at which each figure is its target, in the shape of `targets`.

    `figure` takes factors for all targets, shape (k, *targets.shape), and must not fall as they
    rise. Factors lie between 0 and `FARTHEST`; NaN where a figure is above its target at a price of
    nothing already, or below it at any price.

    All targets go together, by Newton's steps with the slope on the left, kept between what is
    known to lie below and above. Figures are straight between a few bends: a step from anywhere
    on a stretch ends in the same point, so that a handful of steps meet the target. A bend between
    the two points of a slope makes steps short: after one of them the stretch is halved.
    """
    probes = np.empty((3, *targets.shape))
    probes[0], probes[1], probes[2] = 0.0, 1.0, FARTHEST
    known = figure(probes)
    size = np.maximum(np.abs(known[0]), np.abs(known[1]))
    close = np.maximum(np.maximum(size, np.abs(targets)), 1.0) * _CLOSE
    below, above, beyond = known - targets
    in_reach = (below <= 0) & ((above >= 0) | (beyond >= 0))
    found = _first_guess(below, above, beyond)
    is_further = above < -close
    low, high = np.where(is_further, 1.0, 0.0), np.where(is_further, FARTHEST, 1.0)
    both, between = probes[:2], np.zeros(targets.shape, dtype=bool)
    for _ in range(_STEPS):
        both[0], both[1] = found * (1.0 - _ASIDE), found
        left, off = figure(both) - targets
        met, before = off >= -close, left < -close
        low = np.where(met, np.where(before, np.maximum(low, both[0]), low), found)
        high = np.where(met, found, high)
        ended = (np.abs(off) <= close) & before
        ended |= (high - low <= _CLOSE * (1.0 + high)) | ~in_reach
        if ended.all():
            break
        rise = off - left
        step = found - off * found * _ASIDE / np.where(rise > 0, rise, 1.0)
        inside = (rise > 0) & (step > low) & (step < high) & ~(met & before & between)
        between = met & before
        aside = np.where(low > 0, np.sqrt(low * high), 0.5 * high)
        found = np.where(ended, found, np.where(inside, step, aside))
    return np.where(in_reach, found, np.nan)


def _first_guess(below: Numbers, above: Numbers, beyond: Numbers) -> Numbers:
    """Return where the targets would be on a straight line through what is known.

    That is how far each figure lies above its target at 0, at 1 and at `FARTHEST`. Of the lines on
    both sides of 1 the steeper one is taken: it has not reached its limit, or has left it. A
    figure without bends is met at once.
    """
    slope = np.maximum((beyond - above) / (FARTHEST - 1.0), above - below)
    found = 1.0 - above / np.where(slope > 0, slope, np.inf)
    return np.minimum(np.maximum(found, 0.0), FARTHEST)


def reaching_factor(figure: Callable[[Numbers], Numbers], target: float) -> float | None:
    """Return the one factor at which a figure is its target; None without one.

    `figure` takes factors of shape (m,).
    """

    def each(factors: Numbers) -> Numbers:
        return figure(factors[:, 0])[:, None]

    found = float(reaching_factors(each, np.array([target]))[0])
    return None if np.isnan(found) else found
