"""How many events a period has."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.perils import FrequencyLaw


@dataclass(frozen=True, slots=True)
class Frequency:
    """Number N of events: law, mean, and variance over mean (1 for Poisson)."""

    law: FrequencyLaw
    mean: float
    ratio: float = 1.0

    @property
    def variance(self) -> float:
        raise NotImplementedError

    @property
    def p_zero(self) -> float:
        raise NotImplementedError

    def generating(self, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """Return E[z^N]."""
        raise NotImplementedError

    def thinned(self, share: float) -> "Frequency":
        """Return the number of events of which each counts with probability `share`."""
        raise NotImplementedError

    def drawn(self, rng: np.random.Generator, size: int) -> NDArray[np.int64]:
        """Return `size` draws of N."""
        raise NotImplementedError
