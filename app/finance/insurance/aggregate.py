"""Loss of a policy year: compound distributions on a grid, by FFT and by Panjer's recursion."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.insurance.frequency import Frequency
from app.finance.insurance.laws import LossLaw
from app.finance.insurance.payment import Payment

CELLS = 2**15


@dataclass(frozen=True, slots=True)
class EventSource:
    """Events of one kind: their number, and payment and law of each with its weight.

    The weights sum to 1: an event is of part i with weight i (months with another value on risk).
    """

    frequency: Frequency
    parts: tuple[tuple[float, Payment, LossLaw], ...]

    @property
    def mean(self) -> float:
        """E[S] of the source, exact."""
        raise NotImplementedError

    @property
    def variance(self) -> float:
        """Var[S] of the source, exact: E[N] Var[Y] + Var[N] E[Y]^2."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class YearLaw:
    """A discrete law of the loss of a year: ascending values (yuan) with probabilities.

    `step` is the distance of the values, 0 where they are not on a grid; `tail` the mass that
    was left out beyond the last value; `p_zero` the exact probability of no loss (on the grid
    the first cell may hold a little more).
    """

    values: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    step: float
    tail: float
    p_zero: float

    @property
    def mean(self) -> float:
        raise NotImplementedError

    @property
    def sd(self) -> float:
        raise NotImplementedError

    @property
    def skewness(self) -> float:
        raise NotImplementedError

    def quantile(self, level: float) -> float:
        """Smallest value with P(S <= value) >= level."""
        raise NotImplementedError

    def tvar(self, level: float) -> float:
        """Mean of the worst 1 - level, with a share of the atom at the quantile."""
        raise NotImplementedError

    def exceedance(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """P(S > x)."""
        raise NotImplementedError

    def wang(self, factor: float) -> float:
        """Integral of Phi(Phi^-1(S(x)) + factor) dx."""
        raise NotImplementedError

    def proportional_hazard(self, rho: float) -> float:
        """Integral of S(x)^(1/rho) dx, rho >= 1."""
        raise NotImplementedError

    def with_year_terms(
        self, *, deductible: float = 0.0, limit: float | None = None, share: float = 1.0
    ) -> "YearLaw":
        """Return share x min(max(S - deductible, 0), limit)."""
        raise NotImplementedError

    def plus(self, other: "YearLaw") -> "YearLaw":
        """Return the law of the sum of two independent losses (brought to one grid)."""
        raise NotImplementedError


def year_law(sources: Sequence[EventSource], *, cells: int = CELLS) -> YearLaw:
    """Return the law of the sum of independent sources, exact but for the grid."""
    raise NotImplementedError


def panjer_law(source: EventSource, *, step: float, cells: int) -> YearLaw:
    """Return the law of one source by Panjer's recursion on the same grid, as a check."""
    raise NotImplementedError


def reinstatement_premium(law: YearLaw, limit: float, rates: Sequence[float]) -> float:
    """Return the expected reinstatement premium over the premium paid at the start.

    (1 / l) sum over k of c_k E[min(max(S - (k - 1) l, 0), l)]: pro rata to the amount.
    """
    raise NotImplementedError
