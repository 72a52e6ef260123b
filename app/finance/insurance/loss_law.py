"""What a law of one event's loss must answer."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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
        """E[min(X, limit)^2]; infinite limits give E[X^2], which may be infinite."""
        ...

    def quantile(self, p: Floats) -> Floats:
        """Smallest x with P(X <= x) >= p."""
        ...
