"""P(S > x) of a loss between the values that are known of it: parabolas with known averages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.finance.insurance.loss_law import Floats

_SMALL = 1e-12
"""A level that equals a sum of probabilities must not miss it by a rounding error."""

_GAUSS = (0.5 - 3**0.5 / 6, 0.5 + 3**0.5 / 6)
"""Places of Gauss's rule of two points."""


@dataclass(frozen=True, eq=False)
class Survival:
    """P(S > x) of a loss S that is at most the last of `values` (ascending).

    In the gap from one value to the next it falls from `lefts`, just after the value, to `rights`,
    just before the next, on the parabola that has the average `means`; what it falls by at a value
    is the probability of that value. So E[max(S - x, 0)] at the values follows from the averages
    alone. Source of the parabola: Colella, Woodward, The piecewise parabolic method, Journal of
    Computational Physics 54, 1984.
    """

    values: Floats
    means: Floats
    lefts: Floats
    rights: Floats

    @classmethod
    def flat(cls, values: Floats, means: Floats) -> "Survival":
        """Return that of a loss which takes its values alone."""
        return cls(values, means, means, means)

    @property
    def _last(self) -> int:
        """Number of the gaps, and place of the last value."""
        return self.means.size

    @cached_property
    def gaps(self) -> Floats:
        """The lengths of the gaps."""
        return np.asarray(np.diff(self.values))

    @cached_property
    def _rising(self) -> Floats:
        """`rights` from the last to the first, which ascend: for searching."""
        return np.ascontiguousarray(self.rights[::-1])

    @cached_property
    def _beyond(self) -> Floats:
        """E[max(S - value, 0)] of each value, summed from the far end."""
        return np.append(np.cumsum((self.means * self.gaps)[::-1])[::-1], 0.0)

    def _bend(self, gap: NDArray[np.intp]) -> Floats:
        return np.asarray(6 * self.means[gap] - 3 * (self.lefts[gap] + self.rights[gap]))

    def _within(self, gap: NDArray[np.intp], part: Floats) -> Floats:
        """Return P(S > x) at a part of a gap."""
        left, right = self.lefts[gap], self.rights[gap]
        return left + part * (right - left) + self._bend(gap) * part * (1 - part)

    def _area(self, gap: NDArray[np.intp], part: Floats) -> Floats:
        """Return the integral of P(S > x) over the first part of a gap, in its lengths."""
        left, right, square = self.lefts[gap], self.rights[gap], part * part / 2
        bent = self._bend(gap) * (square - part**3 / 3)
        return np.asarray(left * part + (right - left) * square + bent)

    def _placed(self, x: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
        """Return the place of the value at or before each x, its gap, and the part of the gap."""
        place = np.searchsorted(self.values, x, side="right") - 1
        gap = np.clip(place, 0, self._last - 1)
        return place, gap, (x - self.values[gap]) / self.gaps[gap]

    def above(self, x: Floats) -> Floats:
        """P(S > x)."""
        if self._last == 0:
            return np.where(x < self.values[0], 1.0, 0.0)
        place, gap, part = self._placed(x)
        found = self._within(gap, np.clip(part, 0.0, 1.0))
        return np.where(place < 0, 1.0, np.where(place >= self._last, 0.0, found))

    def stop_loss(self, x: Floats) -> Floats:
        """E[max(S - x, 0)]."""
        before = np.maximum(self.values[0] - x, 0.0)
        if self._last == 0:
            return np.asarray(before)
        _, gap, part = self._placed(x)
        rest = self.means[gap] - self._area(gap, np.clip(part, 0.0, 1.0))
        return np.asarray(before + self._beyond[gap + 1] + rest * self.gaps[gap])

    def quantile(self, chance: float) -> float:
        """Smallest x with P(S > x) <= chance."""
        count = int(np.searchsorted(self._rising, chance + _SMALL, side="right"))
        gap = self._last - count
        start = float(self.values[gap])
        if gap == self._last or self.lefts[gap] <= chance + _SMALL:
            return start
        fall = float(self.lefts[gap]) - chance
        bend = float(self._bend(np.array([gap]))[0])
        slope = float(self.rights[gap] - self.lefts[gap]) + bend
        root = np.sqrt(max(slope * slope + 4 * bend * fall, 0.0)) - slope
        part = min(2 * fall / root, 1.0) if root > 0 else 1.0
        return start + part * float(self.gaps[gap])

    def distorted(self, distortion: Callable[[Floats], Floats]) -> float:
        """Return the integral over x of a function of P(S > x) that leaves 0 and 1 as they are."""
        if self.lefts is self.means:
            heights = distortion(np.clip(self.means, 0.0, 1.0))
        else:
            every = np.arange(self._last)
            parts = (self._within(every, np.full(self._last, part)) for part in _GAUSS)
            heights = np.asarray(sum(distortion(np.clip(part, 0.0, 1.0)) for part in parts) / 2)
        # No matrix product: for vectors of this length BLAS would start threads.
        return float(self.values[0] + (self.gaps * heights).sum())

    @cached_property
    def uneven(self) -> Floats:
        """By gap the integral of (x - middle) P(S > x), not above zero as it falls."""
        return np.asarray((self.rights - self.lefts) * self.gaps**2 / 12)

    def moved(self, by: float) -> "Survival":
        """Return that of S + by."""
        return Survival(self.values + by, self.means, self.lefts, self.rights)

    def scaled(self, by: float) -> "Survival":
        """Return that of S x by."""
        return Survival(self.values * by, self.means, self.lefts, self.rights)

    def part(self, start: float, end: float) -> "Survival":
        """Return that of min(max(S - start, 0), end - start)."""
        low = int(np.searchsorted(self.values, start, side="right"))
        high = max(int(np.searchsorted(self.values, end, side="left")), low)
        inner = self.values[low:high]
        points = np.concatenate([[start], inner, [end] if end <= self.values[-1] else []])
        # Before the first value lies a gap with P = 1.
        span = slice(low, low + points.size - 1)
        means, lefts, rights = (
            np.append(1.0, column)[span] for column in (self.means, self.lefts, self.rights)
        )
        if self.lefts is self.means:
            return Survival.flat(points - start, means)
        for place in {0, points.size - 2}:
            gap = np.full(2, low - 1 + place)
            if points.size > 1 and gap[0] >= 0:
                ends = (points[place : place + 2] - self.values[gap]) / self.gaps[gap]
                lefts[place], rights[place] = self._within(gap, ends)
                area = self._area(gap, ends)
                means[place] = (area[1] - area[0]) / (ends[1] - ends[0])
        return Survival(points - start, means, lefts, rights)
