"""Factors of the simulation: tonnes and costs as multiples of the plan."""

import numpy as np
from scipy.special import ndtr

from app.finance.case.carbon.uncertain import DistributionKind, DistributionLine
from app.finance.case.valuation.simulation import FactorKind
from app.finance.sink.distributions import quantiles
from app.finance.sink.pools import Numbers
from app.finance.valuation.price_models import Array

_GRID = np.linspace(-8.0, 8.0, 8001)


class Factor:
    """A factor around the plan at normal scores; the mean of a lognormal is 1.

    The quantiles are those of the carbon inputs (`app.finance.sink.distributions`); a PERT is
    tabled once, since its quantile is slow, and interpolated at the points tabled there.
    """

    def __init__(self, line: DistributionLine) -> None:
        self._line = line
        self._table: Numbers | None = None
        if line.kind is DistributionKind.PERT:
            self._table = quantiles(line, 1.0, _GRID)

    def at(self, scores: Array) -> Numbers:
        """Return the factor at standard normal `scores`, in their shape."""
        if self._table is not None:
            return np.asarray(np.interp(scores, _GRID, self._table), dtype=np.float64)
        return quantiles(self._line, 1.0, np.asarray(scores, dtype=np.float64))


class ObservedFactor(Factor):
    """A factor by quantiles at equal steps of probability from 0 to 1, linear between them."""

    def __init__(self, factors: Numbers) -> None:
        self._steps, self._factors = np.linspace(0.0, 1.0, len(factors)), factors

    def at(self, scores: Array) -> Numbers:
        """Return the factor at standard normal `scores`, in their shape."""
        return np.interp(ndtr(np.asarray(scores, dtype=np.float64)), self._steps, self._factors)


def make_factor(
    kind: FactorKind,
    *,
    observed: Numbers | None = None,
    low: float | None,
    mode: float | None,
    high: float | None,
    sd: float | None,
) -> Factor | None:
    """Return the factor of a kind, `observed` for that of the carbon; None for a factor of 1."""
    if kind is FactorKind.FIXED:
        return None
    if kind is FactorKind.CARBON:
        return None if observed is None else ObservedFactor(observed)
    return Factor(DistributionLine("", DistributionKind(kind.value), 1.0, sd, low, mode, high))
