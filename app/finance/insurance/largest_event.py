"""The largest event of a policy year: with what probability it exceeds a loss."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.finance.insurance.aggregate import EventSource
from app.finance.insurance.loss_law import Floats

CUTS = 64


@dataclass(frozen=True, slots=True)
class _Bracket:
    """Losses between which each return level lies, with the probabilities to exceed them."""

    low: Floats
    high: Floats
    above_low: Floats
    above_high: Floats

    @property
    def width(self) -> Floats:
        return self.high - self.low

    def tried(self, chance: Floats, most: float) -> Floats:
        """Return losses to try, shape (levels, 3): about the straight line, and the middle."""
        drop = self.above_low - self.above_high
        part = np.divide(
            self.above_low - chance, drop, out=np.full(drop.shape, 0.5), where=drop > 0
        )
        guess = self.low + part * self.width
        margin = self.width * np.clip(16 * self.width / most, 1 / 1024, 1 / 16)
        middle = self.low + self.width / 2
        tried = np.stack([guess - margin, middle, guess + margin], axis=1)
        return np.sort(np.clip(tried, self.low[:, None], self.high[:, None]), axis=1)

    def narrowed(self, tried: Floats, above: Floats, chance: Floats) -> "_Bracket":
        """Return the part of each bracket that still holds its level."""
        at = np.column_stack([self.low, tried, self.high])
        chances = np.column_stack([self.above_low, above.reshape(tried.shape), self.above_high])
        rows = np.arange(len(at))
        place = np.clip((chances > chance[:, None]).sum(axis=1), 1, at.shape[1] - 1)
        return _Bracket(
            at[rows, place - 1], at[rows, place], chances[rows, place - 1], chances[rows, place]
        )


class EventChance(Protocol):
    """Events that are known by the law of their largest one alone."""

    @property
    def most(self) -> float:
        """The most one event can pay."""
        ...

    def exceedance(self, x: Floats) -> Floats:
        """P(largest event of the year > x)."""
        ...

    def atoms(self) -> Iterable[float]:
        """Yield losses that have a probability of their own."""
        ...


@dataclass(frozen=True, slots=True)
class LargestEvent:
    """Perils with what their events pay, and events of known losses (rate each) beside them.

    `others` are the events of parts without heads; all are independent. `limit` is what a policy
    year pays at most, so no event pays more; None without one.
    """

    sources: tuple[EventSource, ...]
    rates: Floats
    losses: Floats
    others: tuple[EventChance, ...] = ()
    limit: float | None = None

    def exceedance(self, x: Floats) -> Floats:
        """Return P(largest event of the year > x), an array.

        1 - product over the sources of E[(1 - P(Y > x))^N]; for Poisson this is
        1 - exp(-sum of rate x P(Y > x)) (Grossi, Kunreuther, Catastrophe Modeling, 2005). Of other
        parts the probability that no event is above x is a factor as well.
        """
        below = np.ones(len(x))
        for source in self.sources:
            unpaid = (1.0 - source.exceedance(x)).astype(np.complex128)
            below *= source.frequency.generating(unpaid).real
        if len(self.rates):
            order = np.argsort(self.losses)
            above = np.append(np.cumsum(self.rates[order][::-1])[::-1], 0.0)
            below *= np.exp(-above[np.searchsorted(self.losses[order], x, side="right")])
        for other in self.others:
            below *= 1.0 - other.exceedance(x)
        if self.limit is not None:
            below = np.where(x >= self.limit, 1.0, below)
        return np.asarray(1.0 - below)

    @property
    def most(self) -> float:
        """Return the most one event can pay."""
        paid = [part[1].maximum for source in self.sources for part in source.parts]
        known = [float(self.losses.max())] if len(self.losses) else []
        most = max([*paid, *known, *(other.most for other in self.others)], default=0.0)
        return most if self.limit is None else min(most, self.limit)

    def return_levels(self, years: Sequence[int]) -> Floats:
        """Return the losses that the largest event exceeds once in so many years.

        To a billionth of the largest payment. All start from the same `CUTS` parts and the losses
        that have a probability of their own; the bracket of each is then narrowed round its
        straight line, as fast as the curve is smooth, and halved where it is not.
        """
        chance = 1.0 / np.asarray(years, dtype=np.float64)
        least = self.most / 1e9
        at = self._cuts()
        over = self.exceedance(at)
        place = (over[None, :] > chance[:, None]).sum(axis=1)
        low, high = np.maximum(place - 1, 0), np.minimum(place, at.size - 1)
        bracket = _Bracket(at[low], at[high], over[low], over[high])
        while (bracket.width > least).any():
            tried = bracket.tried(chance, self.most)
            bracket = bracket.narrowed(tried, self.exceedance(tried.ravel()), chance)
        return np.where(place == 0, 0.0, bracket.high)

    def _cuts(self) -> Floats:
        """Return even parts of the largest payment, and losses just below and at each atom."""
        atoms = [atom for source in self.sources for atom in source.atoms()]
        atoms += [atom for other in self.others for atom in other.atoms()]
        known = np.concatenate([atoms, self.losses])
        even = np.linspace(0.0, self.most, CUTS + 1)
        return np.unique(np.concatenate([even, known, known * (1 - 1e-12)]))


def largest_of(sources: Sequence[EventSource]) -> LargestEvent:
    """Return the largest event of perils alone."""
    return LargestEvent(tuple(sources), np.zeros(0), np.zeros(0))
