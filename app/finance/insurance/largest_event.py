"""The largest event of a policy year: with what probability it exceeds a loss."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.insurance.aggregate import EventSource
from app.finance.insurance.loss_law import Floats

CUTS = 64
ROUNDS = 5
"""64 parts five times over: a return level to a billionth of the largest payment."""


@dataclass(frozen=True, slots=True)
class LargestEvent:
    """Perils with what their events pay, and events of known losses (rate each) beside them."""

    sources: tuple[EventSource, ...]
    rates: Floats
    losses: Floats

    def exceedance(self, x: Floats) -> Floats:
        """Return P(largest event of the year > x), an array.

        1 - product over the sources of E[(1 - P(Y > x))^N]; for Poisson this is
        1 - exp(-sum of rate x P(Y > x)) (Grossi, Kunreuther, Catastrophe Modeling, 2005).
        """
        below = np.ones(len(x))
        for source in self.sources:
            unpaid = np.ones(len(x), dtype=np.complex128)
            for weight, paid, law in source.parts:
                unpaid -= weight * paid.exceedance(law, x)
            below *= source.frequency.generating(unpaid).real
        if len(self.rates):
            order = np.argsort(self.losses)
            above = np.append(np.cumsum(self.rates[order][::-1])[::-1], 0.0)
            below *= np.exp(-above[np.searchsorted(self.losses[order], x, side="right")])
        return np.asarray(1.0 - below)

    @property
    def most(self) -> float:
        """Return the most one event can pay."""
        paid = [part[1].maximum for source in self.sources for part in source.parts]
        known = [float(self.losses.max())] if len(self.losses) else []
        return max([*paid, *known], default=0.0)

    def return_levels(self, years: Sequence[int]) -> Floats:
        """Return the losses that the largest event exceeds once in so many years.

        The bracket of each is cut into `CUTS` parts, round after round.
        """
        chance = 1.0 / np.asarray(years, dtype=np.float64)
        low, width = np.zeros(len(chance)), np.full(len(chance), self.most)
        for _ in range(ROUNDS):
            at = low[:, None] + width[:, None] * np.linspace(0.0, 1.0, CUTS + 1)
            over = self.exceedance(at.ravel()).reshape(at.shape) > chance[:, None]
            width = width / CUTS
            low = low + width * np.maximum(over.sum(axis=1) - 1, 0)
        rare = self.exceedance(np.zeros(1))[0] <= chance
        return np.where(rare, 0.0, low + width)


def largest_of(sources: Sequence[EventSource]) -> LargestEvent:
    """Return the largest event of perils alone."""
    return LargestEvent(tuple(sources), np.zeros(0), np.zeros(0))
