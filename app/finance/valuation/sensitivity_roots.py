"""The value of each input at which the net value is zero, all inputs at once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.sink.pools import Numbers
from app.finance.valuation.risk_results import BreakEven
from app.finance.valuation.sensitivity_inputs import (
    DELAY,
    GROWTH,
    RATE,
    SensitiveInput,
    SensitiveModel,
)

_SCAN: dict[str, int] = {RATE: 150, GROWTH: 41, DELAY: 21}
_SCAN_AMOUNTS = 13
_ROUNDS = 60
_RELATIVE = 1e-13
_HALF_A_DAY = 1.0 / 60.0
"""Months; dated sales are late by whole days."""


def _scanned(entry: SensitiveInput) -> Numbers:
    """Values over the bounds of an input, the base among them; amounts on a log scale."""
    if entry.path in _SCAN:
        points = np.linspace(entry.lowest, entry.highest, _SCAN[entry.path])
    elif entry.highest <= 1.0:
        points = np.linspace(entry.lowest, entry.highest, _SCAN_AMOUNTS)
    else:
        points = np.r_[0.0, np.geomspace(entry.base * 1e-3, entry.highest, _SCAN_AMOUNTS - 1)]
    return np.unique(np.r_[points, np.clip(entry.base, entry.lowest, entry.highest)])


def _crossings(values: Numbers) -> list[int]:
    """Positions after which a finite value changes its sign; zero counts as not positive."""
    finite = np.isfinite(values)
    positive = values > 0
    crossed = (positive[1:] != positive[:-1]) & finite[1:] & finite[:-1]
    return [int(place) for place in np.flatnonzero(crossed)]


def _values(model: SensitiveModel, entries: Sequence[SensitiveInput], points: Numbers) -> Numbers:
    """Net value with each input at its own point, shape (k,)."""
    rows = [(entry, points[n : n + 1]) for n, entry in enumerate(entries)]
    return np.concatenate(model.values(rows))


@dataclass(slots=True)
class _Bracket:
    """An interval with the net values at its ends, one positive and one not."""

    low: float
    high: float
    at_low: float
    at_high: float
    close: float
    narrow: float

    @property
    def done(self) -> bool:
        """Whether an end is the root, or the ends are as near as doubles, or days, allow."""
        if min(abs(self.at_low), abs(self.at_high)) <= self.close:
            return True
        width = self.narrow + _RELATIVE * max(abs(self.low), abs(self.high))
        return self.high - self.low <= width

    @property
    def middle(self) -> float:
        """Middle of the interval."""
        return 0.5 * (self.low + self.high)

    @property
    def root(self) -> float:
        """The end nearer to zero."""
        return self.low if abs(self.at_low) < abs(self.at_high) else self.high

    def guess(self, at_middle: float) -> float:
        """Return the next point of Ridders' method."""
        width = math.sqrt(at_middle**2 - self.at_low * self.at_high)
        if width == 0:
            return self.middle
        step = (self.middle - self.low) * at_middle / width
        return self.middle + math.copysign(step, step * (self.at_low - self.at_high))

    def take(self, point: float, height: float) -> None:
        """Put a point inside in the place of the end that has its sign."""
        if not self.low <= point <= self.high:
            return
        if (height > 0) == (self.at_low > 0):
            self.low, self.at_low = point, height
        else:
            self.high, self.at_high = point, height


def _refined(
    model: SensitiveModel, entries: Sequence[SensitiveInput], brackets: Sequence[_Bracket]
) -> None:
    """Narrow the brackets to their roots by Ridders' method, two kernel calls a round for all."""
    for _ in range(_ROUNDS):
        left = [n for n, bracket in enumerate(brackets) if not bracket.done]
        if not left:
            return
        chosen = [entries[n] for n in left]
        middles = [brackets[n].middle for n in left]
        at_middles = _values(model, chosen, np.array(middles)).tolist()
        guesses = [brackets[n].guess(at) for n, at in zip(left, at_middles, strict=True)]
        at_guesses = _values(model, chosen, np.array(guesses)).tolist()
        for place, n in enumerate(left):
            brackets[n].take(middles[place], at_middles[place])
            brackets[n].take(guesses[place], at_guesses[place])


def break_evens(model: SensitiveModel, entries: Sequence[SensitiveInput]) -> tuple[BreakEven, ...]:
    """Return for each input the value at which the net value is zero, the others held.

    Looked for within the bounds of the input: amounts up to 1,000 times the base, a rate from
    -49 % to 100 %, growth within 50 %, a share up to what the other shares leave, a delay up
    to 240 months. Reason "none" when there is no such value, "several" when there are more.

    Source: C. Ridders, IEEE Trans. Circuits Syst. 26 (1979) 979-980.
    """
    scanned = [(entry, _scanned(entry)) for entry in entries]
    heights = model.values(scanned)
    found: dict[str, BreakEven] = {}
    brackets, wanted = [], []
    for (entry, points), values in zip(scanned, heights, strict=True):
        crossings = _crossings(values)
        if len(crossings) != 1:
            found[entry.path] = BreakEven(entry.path, None, "several" if crossings else "none")
            continue
        at = crossings[0]
        ends = float(values[at]), float(values[at + 1])
        by_days = entry.path == DELAY and model.basis.is_dated
        close = _RELATIVE * max(abs(ends[0]), abs(ends[1]))
        narrow = _HALF_A_DAY if by_days else 0.0
        wanted.append(entry)
        brackets.append(_Bracket(float(points[at]), float(points[at + 1]), *ends, close, narrow))
    _refined(model, wanted, brackets)
    for entry, bracket in zip(wanted, brackets, strict=True):
        found[entry.path] = BreakEven(entry.path, bracket.root)
    return tuple(found[entry.path] for entry in entries)
