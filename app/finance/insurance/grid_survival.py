"""P(S > x) of a loss with a density, read between the values that stand for it on a grid."""

import numpy as np
from numpy.typing import NDArray

from app.finance.insurance.loss_law import Floats
from app.finance.insurance.survival import Survival

_SPIKE = 3.0
"""A value with more than so many times the probability of both its neighbours holds an atom."""

_FEWEST_GAPS = 8


def survival_on_grid(values: Floats, chances: Floats, p_zero: float) -> Survival:
    """Return P(S > x) from the probabilities of evenly spaced values by local moments.

    The sums of the probabilities beyond a value are the averages of P(S > x) over the gap that
    follows it (Gerber, 1982). At the values it is read from the averages of two gaps on either
    side, and beside an atom from three on the same side (Colella, Woodward, 1984, equation 1.6
    for equal gaps), held so that it never rises.
    """
    above: Floats = np.cumsum(chances[::-1])[::-1]
    means: Floats = above[1:]
    if means.size < _FEWEST_GAPS:
        return Survival.flat(values, means)
    lefts, rights = _at_values(means, _jumps(chances))
    lefts[0] = 1 - p_zero if values[0] == 0 else 1.0
    return Survival(values, means, *_falling(means, lefts, rights))


def _jumps(chances: Floats) -> NDArray[np.intp]:
    """Return the places of values that hold an atom."""
    beside = np.maximum(chances[:-2], chances[2:])
    return np.flatnonzero(chances[1:-1] > _SPIKE * beside) + 1


def _at_values(means: Floats, jumps: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return P(S > x) just after and just before the values, by the gaps they bound."""
    count = means.size
    before = np.append(_cubic(means[:4]), means)
    after = np.append(means, _cubic(means[:-5:-1]))
    inside = (7 * (means[:-1] + means[1:]) - before[:-2] - after[2:]) / 12
    lefts, rights = np.append(means[0], inside), np.append(inside, means[-1])
    rights[-1] = _one_sided(means, count - 1, -1)
    # The gaps of an atom know nothing of what lies on its other side.
    near = jumps[(jumps >= 3) & (jumps <= count - 3)]
    rights[near - 2] = lefts[near - 1] = _next(means, near - 1, -1)
    rights[near] = lefts[near + 1] = _next(means, near, 1)
    rights[near - 1] = _one_sided(means, near - 1, -1)
    lefts[near] = _one_sided(means, near, 1)
    return lefts, rights


def _cubic(means: Floats) -> float:
    """Return the average of the gap before four, as the cubic through them continues."""
    one, two, three, four = means
    return float(4 * one - 6 * two + 4 * three - four)


def _one_sided(means: Floats, gap: NDArray[np.intp] | int, way: int) -> Floats:
    """Return the value at the near end of a gap by it and the two gaps that follow that way."""
    return np.asarray((11 * means[gap] - 7 * means[gap + way] + 2 * means[gap + 2 * way]) / 6)


def _next(means: Floats, gap: NDArray[np.intp], way: int) -> Floats:
    """Return the value at the far end of a gap by the same three."""
    return np.asarray((2 * means[gap] + 5 * means[gap + way] - means[gap + 2 * way]) / 6)


def _falling(means: Floats, lefts: Floats, rights: Floats) -> tuple[Floats, Floats]:
    """Return the values at both ends of the gaps, moved so that nothing rises.

    At a value: between the averages beside it, after it no higher than before it. Within a gap:
    the parabola falls from its start to its end (Colella, Woodward, 1984, equation 1.10).
    """
    following, earlier = np.append(means[1:], 0.0), np.append(lefts[0], means[:-1])
    rights = np.clip(rights, following, means)
    lefts = np.clip(lefts, means, np.maximum(earlier, means))
    crossed = lefts[1:] > rights[:-1]
    both = (lefts[1:] + rights[:-1]) / 2
    lefts[1:] = np.where(crossed, both, lefts[1:])
    rights[:-1] = np.where(crossed, both, rights[:-1])
    drop, bend = lefts - rights, 6 * means - 3 * (lefts + rights)
    return (
        np.where(bend < -drop, 3 * means - 2 * rights, lefts),
        np.where(bend > drop, 3 * means - 2 * lefts, rights),
    )
