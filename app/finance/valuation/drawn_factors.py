"""Factors of the simulation: tonnes and costs as multiples of the plan."""

import numpy as np

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


def make_factor(
    kind: FactorKind,
    *,
    low: float | None,
    mode: float | None,
    high: float | None,
    sd: float | None,
) -> Factor | None:
    """Return the factor of a kind; None for a factor of 1."""
    if kind is FactorKind.FIXED:
        return None
    return Factor(DistributionLine("", DistributionKind(kind.value), 1.0, sd, low, mode, high))
