"""At which factor on all prices a figure that rises with them reaches what is asked of it."""

from collections.abc import Callable

import numpy as np

from app.finance.sink.pools import Numbers

FARTHEST = 4.0**20
"""The largest factor that is looked for."""

_STEPS = 100
_CLOSE = 1e-12
_ASIDE = 1e-6


def reaching_factors(figure: Callable[[Numbers], Numbers], targets: Numbers) -> Numbers:
    """Return the least factor at which each figure is its target, in the shape of `targets`.

    `figure` takes factors for all targets, shape (k, *targets.shape), and must not fall as they
    rise. Factors lie between 0 and `FARTHEST`; NaN where a figure is above its target at a price of
    nothing already, or below it at any price.

    All targets go together, by Newton's steps with the slope on the left, kept between what is
    known to lie below and above. Figures are straight between a few bends: a step from anywhere
    on a stretch ends in the same point, so that a handful of steps meet the target.
    """
    nothing, one, far = (np.full_like(targets, factor) for factor in (0.0, 1.0, FARTHEST))
    known = figure(np.stack((nothing, one, far)))
    close = np.maximum(np.maximum(np.abs(targets), np.abs(known[:2]).max(axis=0)), 1.0) * _CLOSE
    below, above, beyond = known - targets
    in_reach = (below <= 0) & ((above >= 0) | (beyond >= 0))
    found = _on_the_last_line(above, beyond)
    is_further = above < -close
    low, high = np.where(is_further, one, nothing), np.where(is_further, far, one)
    for _ in range(_STEPS):
        left, off = figure(np.stack((found * (1.0 - _ASIDE), found))) - targets
        met = off >= -close
        low, high = np.where(met, low, found), np.where(met, found, high)
        ended = (np.abs(off) <= close) & (left < -close)
        ended |= (high - low <= _CLOSE * (1.0 + high)) | ~in_reach
        if ended.all():
            break
        rise = off - left
        step = found - off * found * _ASIDE / np.where(rise > 0, rise, 1.0)
        inside = (rise > 0) & (step > low) & (step < high)
        aside = np.where(high < FARTHEST, 0.5 * (low + high), np.sqrt(low * high))
        found = np.where(ended, found, np.where(inside, step, aside))
    return np.where(in_reach, found, np.nan)


def _on_the_last_line(above: Numbers, beyond: Numbers) -> Numbers:
    """Return where the line beyond all bends meets the targets: a figure without bends is met.

    `above` and `beyond` are how far each figure lies above its target at 1 and at `FARTHEST`.
    """
    slope = np.where(beyond > above, (beyond - above) / (FARTHEST - 1.0), np.inf)
    return np.clip(1.0 - above / slope, 0.0, FARTHEST)


def reaching_factor(figure: Callable[[Numbers], Numbers], target: float) -> float | None:
    """Return the one factor at which a figure is its target; None without one.

    `figure` takes factors of shape (m,).
    """

    def each(factors: Numbers) -> Numbers:
        return figure(factors[:, 0])[:, None]

    found = float(reaching_factors(each, np.array([target]))[0])
    return None if np.isnan(found) else found
