"""Simulated policy years: what no exact distribution has, and the check of what has one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.case.insurance import Insurance
from app.finance.insurance.exposure import Exposure


@dataclass(frozen=True, slots=True)
class YearLosses:
    """Simulated losses of the first policy year.

    `by_head` is (heads, years), yuan, after all terms of the head; `total` (years) after those of
    the policy as well; `largest_event` (years) the largest event of each year, all heads.
    """

    by_head: NDArray[np.float64]
    total: NDArray[np.float64]
    largest_event: NDArray[np.float64]


def simulate_years(
    insurance: Insurance,
    exposures: Sequence[Exposure],
    *,
    years: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> YearLosses:
    """Draw policy years: perils (or the event set), each event through the terms of every head."""
    raise NotImplementedError
