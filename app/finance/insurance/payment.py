"""What an event pays, as a function of its loss: straight pieces, so that moments are exact."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.heads import HeadLine
from app.finance.insurance.laws import Floats, LossLaw


@dataclass(frozen=True)
class Payment:
    """A payment y(x) >= 0 that never falls in the loss x, in straight pieces.

    Piece i runs from `starts[i]` (the first is 0) to the next start (the last without end):
    y = levels[i] + slopes[i] (x - starts[i]). A jump at a start is allowed (franchise).
    """

    starts: NDArray[np.float64]
    levels: NDArray[np.float64]
    slopes: NDArray[np.float64]

    def paid(self, x: Floats) -> Floats:
        """Return y(x)."""
        raise NotImplementedError

    def mean(self, law: LossLaw) -> float:
        """Return E[y(X)], exact by the limited means of the law."""
        raise NotImplementedError

    def square(self, law: LossLaw) -> float:
        """Return E[y(X)^2]."""
        raise NotImplementedError

    def reach(self, law: LossLaw) -> float:
        """Return P(y(X) > 0)."""
        raise NotImplementedError

    def limited_mean(self, law: LossLaw, limits: Floats) -> Floats:
        """Return E[min(y(X), t)] for each t of `limits`."""
        raise NotImplementedError

    def scaled(self, value: float) -> "Payment":
        """Return the payment as a function of the damage share d: y(value d)."""
        raise NotImplementedError

    def plus(self, other: "Payment") -> "Payment":
        """Return the sum of two payments of the same loss."""
        raise NotImplementedError

    def capped(self, limit: float) -> "Payment":
        """Return min(y, limit)."""
        raise NotImplementedError

    def shared(self, share: float) -> "Payment":
        """Return share x y."""
        raise NotImplementedError

    @property
    def maximum(self) -> float:
        """Return the highest payment, infinite when it grows without end."""
        raise NotImplementedError


def payment_of(
    head: HeadLine, exposed_yuan: float, *, interruption_days: float | None = None
) -> Payment:
    """Return what a head pays for a ground-up loss in yuan, `exposed_yuan` being on risk.

    In order: loss at most the value on risk; salvage; days of the deductible; the largest of the
    deductibles (amount, share of the value on risk, share of the loss), as a deduction or as a
    franchise; limit of the event; layer; share of the insurer, when it applies to events. An
    event pays at most the value on risk.
    """
    raise NotImplementedError
