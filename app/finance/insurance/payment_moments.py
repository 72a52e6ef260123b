"""Moments and probabilities of payments in straight pieces, of several at once.

Months of another value on risk, or heads, have payments of their own under one law of the damage:
the law is asked once for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.finance.insurance.law_table import tabled
from app.finance.insurance.loss_law import Floats, LossLaw

_NEVER_REACHED = float(np.finfo(np.float64).max)
"""Payment at which a piece starts that is not there."""


class Pieces(Protocol):
    """Straight pieces of a payment; see `payment.Payment`."""

    @property
    def starts(self) -> Floats: ...

    @property
    def levels(self) -> Floats: ...

    @property
    def slopes(self) -> Floats: ...


@dataclass(frozen=True, eq=False)
class PaymentStack:
    """Payments one below the other, shape (payments, pieces); short ones are filled up.

    `lefts` is what is paid up to the start of a piece (below `levels` where it jumps there),
    `ends` the loss at which the piece ends, `maximum` (payments) the highest payment.
    """

    starts: Floats
    levels: Floats
    slopes: Floats
    lefts: Floats
    ends: Floats
    maximum: Floats

    @property
    def real(self) -> NDArray[np.bool_]:
        """Which pieces are there."""
        return self.lefts < _NEVER_REACHED

    @classmethod
    def of(cls, payments: Sequence[Pieces]) -> "PaymentStack":
        shape = (len(payments), max(one.starts.size for one in payments))
        starts, slopes, maximum = np.zeros(shape), np.zeros(shape), np.zeros(shape[0])
        levels, lefts = np.full(shape, _NEVER_REACHED), np.full(shape, _NEVER_REACHED)
        ends = np.full(shape, np.inf)
        for row, one in enumerate(payments):
            size = one.starts.size
            starts[row, :size], levels[row, :size] = one.starts, one.levels
            slopes[row, :size] = one.slopes
            ends[row, : size - 1] = one.starts[1:]
            lefts[row, 0] = 0.0
            lefts[row, 1:size] = one.levels[:-1] + one.slopes[:-1] * np.diff(one.starts)
            maximum[row] = np.inf if one.slopes[-1] > 0 else one.levels[-1]
        return cls(starts, levels, slopes, lefts, ends, maximum)

    def beyond(self, y: Floats) -> Floats:
        """Return the loss above which each payment is above y, shape (payments, y).

        Infinite where y is the highest payment or more, negative where y is.
        """
        place = self.place(y)
        found = self.loss_in(place, np.broadcast_to(y, place.shape))
        found = np.where(y >= self.maximum[:, None], np.inf, found)
        return np.where(y < 0, -1.0, found)

    def place(self, y: Floats) -> NDArray[np.intp]:
        """Return where in the raveled columns the piece stands that each payment y lies in."""
        rows, pieces = self.starts.shape
        place = np.repeat((np.arange(rows) * pieces)[:, None], y.size, axis=1)
        for column in range(1, pieces):
            place += self.lefts[:, column : column + 1] <= y
        return place

    def loss_in(self, place: NDArray[np.intp], y: Floats) -> Floats:
        """Return the loss within a piece at which y is reached."""
        slope = self.slopes.ravel()[place]
        rises = slope > 0
        beyond = np.maximum(y - self.levels.ravel()[place], 0.0) / np.where(rises, slope, 1.0)
        reached = self.starts.ravel()[place] + np.where(rises, beyond, 0.0)
        return np.asarray(np.minimum(reached, self.ends.ravel()[place]))


@dataclass(frozen=True, eq=False)
class PaymentMoments:
    """What payments y(X) are under one law of the loss X; the law is asked at each start once."""

    stack: PaymentStack
    law: LossLaw

    @classmethod
    def of(cls, payments: Sequence[Pieces], law: LossLaw) -> "PaymentMoments":
        return cls(PaymentStack.of(payments), tabled(law))

    @cached_property
    def reach(self) -> Floats:
        """P(y(X) > 0) of each payment."""
        stack = self.stack
        pays = stack.maximum > 0
        rising = (stack.levels > 0) | (stack.slopes > 0)
        first = np.take_along_axis(stack.starts, rising.argmax(axis=1)[:, None], axis=1)[:, 0]
        return np.where(pays, self.law.survival(first), 0.0)

    @cached_property
    def means(self) -> Floats:
        """E[y(X)] of each payment, exact by the limited means of the law."""
        return np.asarray(self._wholes.sum(axis=1))

    @cached_property
    def squares(self) -> Floats:
        """E[y(X)^2] of each payment."""
        return np.asarray(self._whole_squares.sum(axis=1))

    def exceedance(self, y: Floats) -> Floats:
        """Return P(y(X) > y) by payment and y, shape (payments, y); 1 below 0."""
        return self.law.survival(self.stack.beyond(y))

    def limited(self, limits: Floats, *, square: bool) -> Floats:
        """Return E[min(y(X), t)], or that of its square, shape (payments, limits).

        A piece from a to b with slope s adds s (E[min(X, b)] - E[min(X, a)]), a jump of height j
        at a adds j P(X > a). The square grows along a piece by 2 level s Z + s^2 Z^2,
        Z = min(max(X - a, 0), b - a).
        """
        stack = self.stack
        wholes = self._whole_squares if square else self._wholes
        before = np.cumsum(np.insert(wholes, 0, 0.0, axis=1), axis=1)
        place = stack.place(limits)
        inside = (limits > 0) & (limits < stack.maximum[:, None])
        y, piece = np.broadcast_to(limits, place.shape)[inside], place[inside]
        left, level, above = (
            column.ravel()[piece] for column in (stack.lefts, stack.levels, self._above)
        )
        rises = stack.slopes.ravel()[piece] > 0
        risen = self._risen(piece[rises], y[rises], square=square)
        jumped = np.minimum(y, level)
        added = ((jumped**2 - left**2) if square else (jumped - left)) * above
        added[rises] += risen
        found: Floats = np.where(limits > 0, before[:, -1:], 0.0)
        found[inside] = before[:, :-1].ravel()[piece] + added
        return found

    def _risen(self, piece: NDArray[np.intp], y: Floats, *, square: bool) -> Floats:
        """Return what rising pieces add when they are followed up to a payment y."""
        stack, law = self.stack, self.law
        loss, slope = stack.loss_in(piece, y), stack.slopes.ravel()[piece]
        grown = law.limited_mean(loss) - self._firsts.ravel()[piece]
        if not square:
            return np.asarray(slope * grown)
        more = law.limited_square(loss) - self._seconds.ravel()[piece]
        start, level = stack.starts.ravel()[piece], stack.levels.ravel()[piece]
        return _square_risen(start, level, slope, grown, more)

    @cached_property
    def _above(self) -> Floats:
        """P(X > start) of each piece."""
        return self.law.survival(self.stack.starts)

    @cached_property
    def _firsts(self) -> Floats:
        """E[min(X, start)] of each piece."""
        return self.law.limited_mean(self.stack.starts)

    @cached_property
    def _seconds(self) -> Floats:
        """E[min(X, start)^2] of each piece."""
        return self.law.limited_square(self.stack.starts)

    @cached_property
    def _grown(self) -> Floats:
        """E[min(X, end)] - E[min(X, start)] of the pieces that rise."""
        rises = self.stack.slopes > 0
        return self.law.limited_mean(self.stack.ends[rises]) - self._firsts[rises]

    @cached_property
    def _wholes(self) -> Floats:
        """What each whole piece adds to the mean; 0 for one that is not there."""
        stack = self.stack
        rises = stack.slopes > 0
        found: Floats = np.where(stack.real, stack.levels - stack.lefts, 0.0) * self._above
        found[rises] += stack.slopes[rises] * self._grown
        return found

    @cached_property
    def _whole_squares(self) -> Floats:
        """What each whole piece adds to the mean square."""
        stack = self.stack
        rises = stack.slopes > 0
        levels, lefts = (np.where(stack.real, one, 0.0) for one in (stack.levels, stack.lefts))
        found: Floats = (levels**2 - lefts**2) * self._above
        more = self.law.limited_square(stack.ends[rises]) - self._seconds[rises]
        found[rises] += _square_risen(
            stack.starts[rises], levels[rises], stack.slopes[rises], self._grown, more
        )
        return found


def _square_risen(
    start: Floats, level: Floats, slope: Floats, grown: Floats, more: Floats
) -> Floats:
    """Return what a rising piece adds to the mean square, by the growth of the law's moments."""
    return np.asarray(
        2 * level * slope * grown + slope**2 * np.maximum(more - 2 * start * grown, 0.0)
    )
