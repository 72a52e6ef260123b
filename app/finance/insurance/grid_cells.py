"""A loss with a density, read between the values that stand for it on a grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.insurance.loss_law import Floats

_SPIKE = 3.0
"""A value with more than so many times the probability of both its neighbours holds an atom."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Values in the middle of cells; a cell has an atom at its value, and an even density.

    A value of the grid gathers the loss from half a step below to half a step above it: sums of
    local moments up to a value are the distribution at the upper edge of its cell, but for terms
    of the square of the step. `lower` and `upper` are the density's probabilities in the two
    halves of the cell.
    """

    values: Floats
    edges: Floats
    atoms: Floats
    lower: Floats
    upper: Floats

    @classmethod
    def of(cls, values: Floats, chances: Floats, p_zero: float) -> "Cells":
        """Return the cells of ascending values; nothing lies below the first, above the last."""
        before = np.append(0.0, chances[:-1])
        after = np.append(chances[1:], 0.0)
        spiked = chances > _SPIKE * np.maximum(before, after)
        atoms = np.where(spiked, chances - (before + after) / 2, 0.0)
        if values[0] == 0:
            atoms[0] = min(p_zero, chances[0])
        half = np.maximum(chances - atoms, 0.0) / 2
        lower, upper = half.copy(), half.copy()
        lower[0], upper[0] = 0.0, 2 * half[0]
        if values.size > 1:
            lower[-1], upper[-1] = 2 * half[-1], 0.0
        edges = np.concatenate([values[:1], (values[1:] + values[:-1]) / 2, values[-1:]])
        return cls(values, edges, atoms, lower, upper)

    def at(self, place: int, above: float) -> float:
        """Return the loss of a cell above which this part of its probability lies."""
        value, low, high = self.values[place], self.edges[place], self.edges[place + 1]
        upper, lower = self.upper[place], self.lower[place]
        if above < upper:
            return float(high - (high - value) * max(above, 0.0) / upper)
        rest = above - upper - self.atoms[place]
        if rest <= 0 or lower == 0:
            return float(value)
        return float(value - (value - low) * min(rest / lower, 1.0))

    def place(self, x: Floats) -> NDArray[np.intp]:
        """Return the cell of each loss; the end of a cell belongs to the next."""
        found = np.searchsorted(self.edges, x, side="right") - 1
        return np.clip(found, 0, self.values.size - 1)

    def above(self, place: NDArray[np.intp], x: Floats) -> Floats:
        """Return the probability of the cell that lies above each loss."""
        value, low, high = self.values[place], self.edges[place], self.edges[place + 1]
        upper = self.upper[place] * _part(high - np.maximum(x, value), high - value)
        lower = self.lower[place] * _part(value - np.minimum(x, value), value - low)
        return np.asarray(upper + lower + np.where(x < value, self.atoms[place], 0.0))


def _part(length: Floats, whole: Floats) -> Floats:
    """Return length over whole, between 0 and 1; 0 for a half that has no length."""
    safe = np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, np.clip(length / safe, 0.0, 1.0), 0.0)
