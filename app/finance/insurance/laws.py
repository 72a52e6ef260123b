"""Laws of the loss of one event: distribution, limited moments and quantiles."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.perils import DamagePoint, PerilLine

Floats = NDArray[np.float64]


class LossLaw(Protocol):
    """Law of a ground-up loss X >= 0, in its own unit (share of the value on risk, or yuan)."""

    @property
    def mean(self) -> float: ...

    def survival(self, x: Floats) -> Floats:
        """P(X > x)."""
        ...

    def limited_mean(self, limit: Floats) -> Floats:
        """E[min(X, limit)]; infinite limits give the mean."""
        ...

    def limited_square(self, limit: Floats) -> Floats:
        """E[min(X, limit)^2]."""
        ...

    def quantile(self, p: Floats) -> Floats:
        """Smallest x with P(X <= x) >= p."""
        ...


def law_of(peril: PerilLine, damages: Sequence[DamagePoint]) -> LossLaw:
    """Return the law of the damage of a peril; `damages` are all points of the policy."""
    raise NotImplementedError
