"""What an event pays, as a function of its loss: straight pieces, so that moments are exact."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.heads import DeductibleKind, HeadLine, ShareOn
from app.finance.errors import DomainError
from app.finance.insurance.loss_law import Floats, LossLaw
from app.finance.insurance.payment_moments import PaymentMoments

HALF_A_FEN = 0.005
"""A limit below it pays nothing, as 0 does."""


@dataclass(frozen=True)
class Payment:
    """A payment y(x) >= 0 that never falls in the loss x, in straight pieces.

    Piece i runs from `starts[i]` (the first is 0) to the next start (the last without end):
    y = levels[i] + slopes[i] (x - starts[i]). A jump at a start is allowed (franchise): the loss
    must be above the start to get it, and a loss of 0 pays nothing.
    """

    starts: NDArray[np.float64]
    levels: NDArray[np.float64]
    slopes: NDArray[np.float64]

    @classmethod
    def whole(cls) -> "Payment":
        """Return the payment of the whole loss, y = x."""
        return cls(np.zeros(1), np.zeros(1), np.ones(1))

    @classmethod
    def nothing(cls) -> "Payment":
        return cls(np.zeros(1), np.zeros(1), np.zeros(1))

    def paid(self, x: Floats) -> Floats:
        """Return y(x)."""
        at = np.asarray(x, dtype=np.float64)
        if self._layer is not None:
            start, slope, top = self._layer
            return np.asarray(np.clip(slope * (at - start), 0.0, top))
        piece = np.maximum(np.searchsorted(self.starts, at, side="left") - 1, 0)
        slopes = self.slopes[piece]
        beyond = np.where(slopes > 0, at - self.starts[piece], 0.0)
        return np.where(at > 0, self.levels[piece] + slopes * beyond, 0.0)

    @cached_property
    def _layer(self) -> tuple[float, float, float] | None:
        """Start, slope and maximum of a payment that rises from 0 in one piece; None of others."""
        rising = int(self.slopes.argmax())
        rises_once = np.count_nonzero(self.slopes) == 1 and not self.levels[: rising + 1].any()
        if not rises_once or self.levels[rising + 1 :].size > 1:
            return None
        end = self._at_ends()[rising]
        if rising + 1 < self.levels.size and not np.isclose(self.levels[-1], end, rtol=1e-12):
            return None
        return float(self.starts[rising]), float(self.slopes[rising]), self.maximum

    def under(self, law: LossLaw) -> PaymentMoments:
        """Return what the payment is under a law of the loss."""
        return PaymentMoments.of((self,), law)

    def mean(self, law: LossLaw) -> float:
        """Return E[y(X)], exact by the limited means of the law."""
        return float(self.under(law).means[0])

    def square(self, law: LossLaw) -> float:
        """Return E[y(X)^2]."""
        return float(self.under(law).squares[0])

    def reach(self, law: LossLaw) -> float:
        """Return P(y(X) > 0)."""
        return float(self.under(law).reach[0])

    def exceedance(self, law: LossLaw, y: Floats) -> Floats:
        """Return P(y(X) > y) for each y, P = 1 below 0."""
        at = np.asarray(y, dtype=np.float64)
        return np.reshape(self.under(law).exceedance(at.ravel())[0], at.shape)

    def limited_mean(self, law: LossLaw, limits: Floats) -> Floats:
        """Return E[min(y(X), t)] for each t of `limits`."""
        return self._limited(law, limits, square=False)

    def limited_square(self, law: LossLaw, limits: Floats) -> Floats:
        """Return E[min(y(X), t)^2] for each t of `limits`."""
        return self._limited(law, limits, square=True)

    def _limited(self, law: LossLaw, limits: Floats, *, square: bool) -> Floats:
        at = np.asarray(limits, dtype=np.float64)
        return np.reshape(self.under(law).limited(at.ravel(), square=square)[0], at.shape)

    def _at_ends(self) -> Floats:
        """Return the payment at the end of each piece."""
        lengths = np.append(np.diff(self.starts), np.inf)
        grown = np.where(self.slopes > 0, lengths, 0.0) * self.slopes
        return np.asarray(self.levels + grown)

    def scaled(self, value: float) -> "Payment":
        """Return the payment as a function of the damage share d: y(value d)."""
        if value <= 0:
            return Payment.nothing()
        return Payment(self.starts / value, self.levels, self.slopes * value)

    def plus(self, other: "Payment") -> "Payment":
        """Return the sum of two payments of the same loss."""
        starts = np.union1d(self.starts, other.starts)
        (levels, slopes), (more, steeper) = self.right_of(starts), other.right_of(starts)
        return Payment(starts, levels + more, slopes + steeper)

    def right_of(self, starts: Floats) -> tuple[Floats, Floats]:
        """Return levels and slopes to the right of more starts, which hold its own."""
        piece = np.searchsorted(self.starts, starts, side="right") - 1
        slopes = self.slopes[piece]
        return self.levels[piece] + slopes * (starts - self.starts[piece]), slopes

    def capped(self, limit: float) -> "Payment":
        """Return min(y, limit)."""
        if limit >= self.maximum:
            return self
        cut = self._cut_at(limit)
        full = cut.levels >= limit
        return _joined(cut.starts, np.minimum(cut.levels, limit), np.where(full, 0.0, cut.slopes))

    def above(self, attachment: float) -> "Payment":
        """Return max(y - attachment, 0)."""
        if attachment <= 0:
            return self
        cut = self._cut_at(attachment)
        below = cut.levels < attachment
        return _joined(
            cut.starts,
            np.maximum(cut.levels - attachment, 0.0),
            np.where(below, 0.0, cut.slopes),
        )

    def held_from(self, x: float) -> "Payment":
        """Return y(min(loss, x)): a loss is at most x."""
        level = float(self.paid(np.array([x]))[0])
        inside = self.starts < x
        return _joined(
            np.append(self.starts[inside], x),
            np.append(self.levels[inside], level),
            np.append(self.slopes[inside], 0.0),
        )

    def shared(self, share: float) -> "Payment":
        """Return share x y."""
        return Payment(self.starts, self.levels * share, self.slopes * share)

    def _cut_at(self, y: float) -> "Payment":
        """Return the same payment with a start where a piece passes `y`, level exactly y."""
        passes = (self.levels < y) & (self._at_ends() > y)
        if not passes.any():
            return self
        piece = int(passes.argmax())
        slope = self.slopes[piece]
        start = self.starts[piece] + (y - self.levels[piece]) / slope
        return Payment(
            np.insert(self.starts, piece + 1, start),
            np.insert(self.levels, piece + 1, y),
            np.insert(self.slopes, piece + 1, slope),
        )

    @property
    def maximum(self) -> float:
        """Return the highest payment, infinite when it grows without end."""
        return float(np.inf if self.slopes[-1] > 0 else self.levels[-1])


def _joined(starts: Floats, levels: Floats, slopes: Floats) -> Payment:
    """Return the payment of these pieces without starts at which nothing changes."""
    ends = levels[:-1] + slopes[:-1] * np.diff(starts)
    kept = np.append(True, (np.diff(slopes) != 0) | (levels[1:] != ends))
    return Payment(starts[kept], levels[kept], slopes[kept])


def payment_of(
    head: HeadLine, exposed_yuan: float, *, interruption_days: float | None = None
) -> Payment:
    """Return what a head pays for a ground-up loss in yuan, `exposed_yuan` being on risk.

    In order: loss at most the value on risk; salvage; days of the deductible; the largest of the
    deductibles (amount, share of the value on risk, share of the loss), as a deduction or as a
    franchise; limit of the event; layer; share of the insurer, when it applies to events. An
    event pays at most the value on risk.

    Days: of an interruption of D days the loss of the first d is not paid: (D - d) / D of it is.

    Raises:
        DomainError: `days_need_duration`, days of deductible for a peril without a duration.
    """
    if exposed_yuan <= 0:
        return Payment.nothing()
    kept = (1 - head.salvage_share) * _paid_days(head, interruption_days)
    paid = _after_deductible(head, exposed_yuan)
    limits = (head.event_limit_yuan, head.layer_limit_yuan)
    if any(limit is not None and limit < HALF_A_FEN for limit in limits):
        return Payment.nothing()
    if head.event_limit_yuan is not None:
        paid = paid.capped(head.event_limit_yuan)
    paid = paid.above(head.layer_attachment_yuan)
    if head.layer_limit_yuan is not None:
        paid = paid.capped(head.layer_limit_yuan)
    if head.share_on is ShareOn.EVENT:
        paid = paid.shared(head.share)
    return paid.scaled(kept).held_from(exposed_yuan)


def _paid_days(head: HeadLine, interruption_days: float | None) -> float:
    """Return the part of an interruption that is paid."""
    if head.deductible_days == 0:
        return 1.0
    if interruption_days is None:
        raise DomainError(
            "days_need_duration", path="insurance.heads", value=head.deductible_days, head=head.name
        )
    return max(1 - head.deductible_days / interruption_days, 0.0)


def _after_deductible(head: HeadLine, exposed_yuan: float) -> Payment:
    """Return the payment of a loss z left by salvage and days, after the largest deductible."""
    fixed = max(head.deductible_yuan, head.deductible_share * exposed_yuan)
    part = head.deductible_loss_share
    if part >= 1:
        return Payment.nothing()
    if head.deductible_kind is DeductibleKind.FRANCHISE:
        return _from_threshold(fixed, fixed, 1.0)
    if part == 0:
        return _from_threshold(fixed, 0.0, 1.0)
    if fixed == 0:
        return Payment.whole().shared(1 - part)
    return Payment(
        np.array([0.0, fixed, fixed / part]),
        np.array([0.0, 0.0, fixed / part - fixed]),
        np.array([0.0, 1.0, 1.0 - part]),
    )


def _from_threshold(start: float, level: float, slope: float) -> Payment:
    if start == 0:
        return Payment(np.zeros(1), np.array([level]), np.array([slope]))
    return Payment(np.array([0.0, start]), np.array([0.0, level]), np.array([0.0, slope]))
