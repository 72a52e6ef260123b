"""Events of one kind: their number, what each pays, and the law of one payment on a grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.finance.insurance.frequency import Frequency
from app.finance.insurance.grids import grid_values
from app.finance.insurance.loss_law import Floats, LossLaw
from app.finance.insurance.payment import Payment
from app.finance.insurance.payment_moments import PaymentMoments
from app.finance.insurance.tail_laws import Points


@dataclass(frozen=True, eq=False)
class EventSource:
    """Events of one kind: their number, and payment and law of each with its weight.

    The weights sum to 1: an event is of part i with weight i (months with another value on risk).
    """

    frequency: Frequency
    parts: tuple[tuple[float, Payment, LossLaw], ...]

    @cached_property
    def _laws(self) -> dict[int, LossLaw]:
        """The laws of the parts, each once."""
        return {id(law): law for _, _, law in self.parts}

    @cached_property
    def _by_law(self) -> tuple[tuple[Floats, PaymentMoments], ...]:
        """The parts by their law: their weights, and what they pay under it."""
        found = []
        for key, law in self._laws.items():
            own = [(weight, payment) for weight, payment, other in self.parts if id(other) == key]
            weights = np.array([weight for weight, _ in own])
            found.append((weights, PaymentMoments.of([payment for _, payment in own], law)))
        return tuple(found)

    @cached_property
    def payment_mean(self) -> float:
        """E[Y] of one event, exact."""
        return float(sum(weights @ paid.means for weights, paid in self._by_law))

    @cached_property
    def payment_square(self) -> float:
        """E[Y^2] of one event, exact."""
        return float(sum(weights @ paid.squares for weights, paid in self._by_law))

    @cached_property
    def reach(self) -> float:
        """P(Y > 0) of one event, exact."""
        return float(sum(weights @ paid.reach for weights, paid in self._by_law))

    @property
    def mean(self) -> float:
        """E[S] of the source, exact."""
        return self.frequency.mean * self.payment_mean

    @property
    def variance(self) -> float:
        """Var[S] of the source, exact: E[N] Var[Y] + Var[N] E[Y]^2."""
        # Of a payment known for certain the difference may end a rounding error below zero.
        spread = max(self.payment_square - self.payment_mean**2, 0.0)
        return self.frequency.mean * spread + self.frequency.variance * self.payment_mean**2

    @property
    def p_zero(self) -> float:
        """P(S = 0), exact: no event of those that are paid."""
        return self.frequency.thinned(self.reach).p_zero

    def atoms(self) -> Iterator[float]:
        """Yield payments that have a probability of their own, as far as they are known."""
        for _, payment, law in self.parts:
            found = payment.paid(law.values) if isinstance(law, Points) else [payment.maximum]
            yield from (float(value) for value in found if 0 < value < np.inf)

    @property
    def of_points(self) -> bool:
        """Whether each payment is one of a few values."""
        return all(isinstance(law, Points) for _, _, law in self.parts)

    @property
    def endless(self) -> bool:
        """Whether some payment grows without end."""
        return any(payment.maximum == np.inf for _, payment, _ in self.parts)

    def highest(self, tail: float) -> float:
        """Return a payment > 0 that an event exceeds with a probability of at most `tail`."""
        level = np.array([1 - min(tail, self.reach / 100)])
        losses = {key: law.quantile(level) for key, law in self._laws.items()}
        return max(float(payment.paid(losses[id(law)])[0]) for _, payment, law in self.parts)

    def limited_mean(self, limits: Floats) -> Floats:
        """E[min(Y, t)] of one event for each t."""
        total = np.zeros(limits.shape)
        for weights, paid in self._by_law:
            total += np.einsum("p,pn->n", weights, paid.limited(limits, square=False))
        return total

    def exceedance(self, y: Floats) -> Floats:
        """P(Y > y) of one event for each y."""
        total = np.zeros(y.shape)
        for weights, paid in self._by_law:
            total += np.einsum("p,pn->n", weights, paid.exceedance(y))
        return total

    def on_grid(self, step: float, cells: int) -> Floats:
        """Return the probabilities of 0, step, ... for one payment, by local moments.

        p_0 = 1 - L(h) / h and p_k = [2 L(k h) - L((k - 1) h) - L((k + 1) h)] / h with
        L(t) = E[min(Y, t)]: the mean stays. What lies beyond the last cell is left out.
        """
        highest = max(payment.maximum for _, payment, _ in self.parts)
        count = cells if highest > step * (cells - 1) else round(np.ceil(highest / step)) + 1
        limited = self.limited_mean(grid_values(step, count + 1))
        slopes = np.diff(limited) / step
        return np.append(1.0, slopes[:-1]) - slopes

    def drawn(self, rng: np.random.Generator, years: int) -> Floats:
        """Return the losses of so many simulated years."""
        numbers = self.frequency.drawn(rng, years)
        year = np.repeat(np.arange(years), numbers)
        ends = np.cumsum([weight for weight, _, _ in self.parts])
        part = np.searchsorted(ends[:-1], rng.random(year.size), side="right")
        chance = rng.random(year.size)
        losses = np.zeros(year.size)
        for place, (_, payment, law) in enumerate(self.parts):
            here = part == place
            losses[here] = payment.paid(law.quantile(chance[here]))
        return np.bincount(year, weights=losses, minlength=years).astype(np.float64)
