"""Loss of one event: lognormal, with limited moments in closed form."""

import math
from dataclasses import dataclass

from scipy.special import ndtr


@dataclass(frozen=True, slots=True)
class Severity:
    """Ground-up loss of one event, yuan: lognormal by mean (> 0) and cv; cv 0 is a fixed loss."""

    mean: float
    cv: float

    def limited_mean(self, limit: float) -> float:
        """E[min(X, limit)], yuan.

        m Phi((ln u - mu - s^2)/s) + u (1 - Phi((ln u - mu)/s)); source: Klugman, Panjer,
        Willmot, Loss Models, appendix A, lognormal limited expected value.
        """
        return self._limited_moment(limit, 1)

    def limited_square(self, limit: float) -> float:
        """E[min(X, limit)^2], yuan squared; same source, k = 2."""
        return self._limited_moment(limit, 2)

    def _limited_moment(self, limit: float, power: int) -> float:
        if limit <= 0:
            return 0.0
        if self.cv == 0:
            return min(self.mean, limit) ** power
        variance = math.log1p(self.cv**2)
        sigma = math.sqrt(variance)
        mu = math.log(self.mean) - variance / 2
        z = (math.log(limit) - mu) / sigma
        whole = math.exp(power * mu + power**2 * variance / 2)
        below = float(ndtr(z - power * sigma))
        return whole * below + limit**power * float(ndtr(-z))


def layer_moments(severity: Severity, deductible: float, limit: float) -> tuple[float, float]:
    """First and second moment of min(max(X - deductible, 0), limit).

    E[Y] = E[X^u] - E[X^d]; E[Y^2] = E[(X^u)^2] - E[(X^d)^2] - 2 d E[Y], with u = d + limit.
    """
    upper = deductible + limit
    first = severity.limited_mean(upper) - severity.limited_mean(deductible)
    second = (
        severity.limited_square(upper)
        - severity.limited_square(deductible)
        - 2 * deductible * first
    )
    return first, max(second, 0.0)
