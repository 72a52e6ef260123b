"""Price of a replacement when a sale fails: Black-76 on the forward, tied to failure by a copula.

At the end of policy year t the forward for a delivery of year s is F exp(sigma sqrt(t) Z -
sigma^2 t / 2) with Z standard normal. The sale fails in the year where X > b, X standard normal
with correlation rho to Z and P(X > b) = q. Above 0 failures come with dear replacements
(wrong-way). Latent variables of different years are independent.

Sources: Black (1976), see `option_models`; Gauss copula between default and price as in
Hull, J., White, A. (2012) "CVA and wrong way risk", Financial Analysts Journal 68(5). With
h = b - rho sigma sqrt(t) after the change of measure, and Phi2 the bivariate normal law:

    E[max(P - K, 0) | X > b] = [F Phi2(d1, rho sigma sqrt(t) - b; rho) - K Phi2(d2, -b; rho)] / q
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from app.finance.valuation.option_models import black_76

Floats = NDArray[np.float64]

_ANGLES, _ANGLE_WEIGHTS = np.polynomial.legendre.leggauss(96)
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(16)
_EDGES = np.linspace(-9.0, 9.0, 73)
"""Standard deviations between which states of the price are counted (mass beyond: 1e-18)."""


def bivariate_normal(h: float, k: float, rho: float) -> float:
    """Return P(X <= h, Y <= k) for standard normal X, Y with correlation `rho`, |rho| < 1.

    Phi(h) Phi(k) + 1/(2 pi) integral from 0 to asin(rho) of
    exp(-(h^2 + k^2 - 2 h k sin a) / (2 cos^2 a)) da, by Gauss-Legendre; Genz, A. (2004)
    "Numerical computation of rectangular bivariate and trivariate normal and t probabilities",
    Statistics and Computing 14.
    """
    angles = 0.5 * math.asin(rho) * (_ANGLES + 1.0)
    sines, cosines = np.sin(angles), np.cos(angles)
    exponents = (h * h + k * k - 2.0 * h * k * sines) / (2.0 * cosines * cosines)
    part = 0.5 * math.asin(rho) * float(_ANGLE_WEIGHTS @ np.exp(-exponents))
    return float(ndtr(h) * ndtr(k)) + part / (2.0 * math.pi)


@dataclass(frozen=True, slots=True)
class PriceModel:
    """Law of the replacement price: volatility (1/sqrt(yr)), dependence rho of the copula."""

    volatility: float
    dependence: float

    def excess(self, forward: float, strike: float, years: float) -> float:
        """Return E[max(P - K, 0)], not discounted, in the unit of the prices."""
        if self.volatility == 0:
            return max(forward - strike, 0.0)
        if strike == 0:
            return forward
        price = black_76(
            forward=forward, strike=strike, rate=0.0, volatility=self.volatility, years=years
        )
        return price.value

    def excess_at_failure(
        self, forward: float, strike: float, years: float, failure: float
    ) -> float:
        """Return E[max(P - K, 0) | the sale fails], not discounted.

        Args:
            forward: price today for the delivery, 0 or more.
            strike: contract price, 0 or more.
            years: time until the failure, above 0.
            failure: probability of failure in the year, 0 to 1.
        """
        tied = 0.0 < failure < 1.0 and self.dependence != 0.0
        if not tied or self.volatility == 0 or forward == 0:
            return self.excess(forward, strike, years)
        rho, deviation = self.dependence, self.volatility * math.sqrt(years)
        reach = float(ndtri(failure))
        if strike == 0:
            return forward * float(ndtr(reach + rho * deviation)) / failure
        d1 = math.log(forward / strike) / deviation + 0.5 * deviation
        held = forward * bivariate_normal(d1, reach + rho * deviation, rho)
        paid = strike * bivariate_normal(d1 - deviation, reach, rho)
        return max(held - paid, 0.0) / failure

    def states(self, kinks: Floats, failure: float, shock: float) -> tuple[Floats, Floats]:
        """Return scores Z of the price when a sale fails, and their probabilities.

        A sale fails by its counterparty, with probability `failure` and tied to the price, or by
        a common shock, with probability `shock` and not tied; the probabilities sum to that of
        either. Between two `kinks` of the loss (in Z) the scores are Gauss-Legendre nodes, so
        that mean and variance of the loss are exact but for the quadrature.
        """
        inner = kinks[np.abs(kinks) < _EDGES[-1]]
        edges = np.unique(np.concatenate((_EDGES, inner)))
        half = 0.5 * np.diff(edges)[:, None]
        scores = (0.5 * (edges[1:] + edges[:-1])[:, None] + half * _NODES).ravel()
        weights = (half * _NODE_WEIGHTS).ravel() * np.exp(-0.5 * scores**2)
        weights /= math.sqrt(2.0 * math.pi)
        return scores, weights * (self._fails_given(scores, failure) * (1.0 - shock) + shock)

    def _fails_given(self, scores: Floats, failure: float) -> Floats:
        """Return P(X > b | Z)."""
        if not 0.0 < failure < 1.0:
            return np.full_like(scores, failure)
        rho = self.dependence
        reach = float(ndtri(failure)) + rho * scores
        return np.asarray(ndtr(reach / math.sqrt(1.0 - rho * rho)))
