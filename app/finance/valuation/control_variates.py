"""Control variates of the simulated mean: geometric means of prices, whose law is known."""

from collections.abc import Mapping

import numpy as np

from app.finance.sink.pools import Numbers
from app.finance.valuation.drawn_prices import product
from app.finance.valuation.price_models import Array

_MOST = 8
_MOST_OF_SERIES = 4


class GeometricControls:
    """Weighted geometric means of a price over runs of neighbouring dates, less their mean.

    A value is close to a sum of prices, so its error is close to that of such means; each is
    lognormal and its expectation exact. A run has two dates at least, so that no control is a
    price itself. Jumps are not in them.

    Source: Kemna and Vorst, A Pricing Method for Options Based on Average Asset Values,
    J. Banking & Finance 14 (1990).
    """

    def __init__(self, transfers: Mapping[int, Array], weights: Mapping[int, Numbers]) -> None:
        """Take by series the matrix from scores to log prices and the weights of its dates."""
        self._powers: dict[int, Array] = {}
        self._halves: dict[int, Numbers] = {}
        most = max(1, min(_MOST_OF_SERIES, _MOST // max(len(transfers), 1)))
        for n, transfer in transfers.items():
            dates = len(transfer)
            runs = np.array_split(np.arange(dates), max(min(most, dates // 2), 1))
            powers = np.zeros((dates, len(runs) if dates > 1 else 0))
            for column, run in enumerate(runs[: powers.shape[1]]):
                part = np.abs(weights[n][run])
                powers[run, column] = part / (part.sum() or 1.0)
            self._powers[n] = powers.astype(transfer.dtype)
            loading = transfer.astype(np.float64) @ self._powers[n].astype(np.float64)
            self._halves[n] = (loading**2).sum(axis=0) / 2

    @property
    def count(self) -> int:
        """Number of controls."""
        return sum(powers.shape[1] for powers in self._powers.values())

    def means(self, logs: Mapping[int, Array]) -> Numbers:
        """Return the mean of each control over the scenarios of `logs`, (count,)."""
        found = [np.zeros(0)]
        for n, powers in self._powers.items():
            if powers.shape[1]:
                log = product(logs[n], powers).astype(np.float64)
                found.append(np.expm1(log - self._halves[n]).mean(axis=0))
        return np.concatenate(found)
