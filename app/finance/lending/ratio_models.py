"""Loan over value that the price risk of the security allows.

Sources: value at risk of a log-normal price over the time to dispose, as haircuts of collateral are
set; a pledged loan as a riskless loan less a put, "Determining pledged loan-to-value ratio",
Financial Innovation 1 (2015), doi 10.1186/s40854-015-0015-4, after Merton, R. (1974) "On the
pricing of corporate debt", J. Finance 29.
"""

import math
from functools import lru_cache

from scipy.optimize import brentq

from app.finance.valuation.option_models import black_scholes

TRADING_DAYS = 252
"""Trading days of a year."""

_WIDEST_VOLATILITY = 64.0
_NARROWEST = 1e-9


@lru_cache(maxsize=64)
def normal_quantile(confidence: float) -> float:
    """Return z with N(z) = confidence, 0 < confidence < 1."""
    from scipy.special import ndtri  # noqa: PLC0415 - needed by loans with a price risk only

    return float(ndtri(confidence))


def var_ratio(
    *,
    volatility: float,
    disposal_days: float,
    confidence: float,
    disposal_cost_share: float,
    drift: float = 0.0,
    loan_rate: float = 0.0,
) -> float:
    """Return the loan over value that a sale covers with the confidence asked for.

    LTV = (1 - c) exp(mu h - z sigma sqrt(h)) / (1 + R h), h = disposal days / 252. The price at the
    end of the disposal is log-normal with drift mu of its logarithm; the loan grows by its
    interest R while it is sold.

    Args:
        volatility: sigma, 1/yr, of log returns, 0 or more.
        disposal_days: trading days of notice and sale, 0 or more.
        confidence: share of outcomes that cover the loan, 0 to 1 exclusive.
        disposal_cost_share: c, 0 to 1.
        drift: mu, 1/yr.
        loan_rate: R, 1/yr, simple; 0 when interest is not counted.
    """
    years = disposal_days / TRADING_DAYS
    worst = drift * years - normal_quantile(confidence) * volatility * math.sqrt(years)
    return (1.0 - disposal_cost_share) * math.exp(worst) / (1.0 + loan_rate * years)


def var_volatility(
    ratio: float,
    *,
    disposal_days: float,
    confidence: float,
    disposal_cost_share: float,
    drift: float = 0.0,
    loan_rate: float = 0.0,
) -> float | None:
    """Return the volatility at which `var_ratio` is `ratio`; None when none is low enough."""
    years = disposal_days / TRADING_DAYS
    spread = normal_quantile(confidence) * math.sqrt(years)
    best = (1.0 - disposal_cost_share) * math.exp(drift * years) / (1.0 + loan_rate * years)
    if ratio <= 0 or ratio > best or spread <= 0:
        return None
    return math.log(best / ratio) / spread


def _shortfall(
    ratio: float, *, volatility: float, years: float, rate: float, spread: float
) -> float:
    """Return what the put is worth above what the spread pays for it, per yuan of the security.

    F = L e^{(r+s)T} is due; the lender holds F e^{-rT} - Put(V = 1, K = F).
    """
    due = ratio * math.exp((rate + spread) * years)
    sigma = max(volatility, _NARROWEST)
    put = black_scholes(
        spot=1.0, strike=due, rate=rate, volatility=sigma, years=years, kind="put"
    ).value
    return put - ratio * math.expm1(spread * years)


def option_ratio(*, volatility: float, years: float, rate: float, spread: float) -> float:
    """Return the loan over value at which the spread pays for the risk of a shortfall.

    Solves L = F e^{-rT} - Put(V = 1, K = F, T), F = L e^{(r+s)T}: the loan is worth what is lent.
    The debt's value over F falls as F grows, so that there is one ratio, between 0 and 1. It falls
    with the volatility and rises with the spread; it goes to 1 as volatility or tenor goes to 0,
    and is 0 without a spread: nothing then pays for the risk.

    Args:
        volatility: sigma of the value, 1/yr, above 0.
        years: T, tenor of the loan, above 0.
        rate: r, riskless, continuous, 1/yr.
        spread: s, rate of the loan over it, continuous, 1/yr.
    """
    if spread <= 0:
        return 0.0

    def excess(ratio: float) -> float:
        return _shortfall(ratio, volatility=volatility, years=years, rate=rate, spread=spread)

    if excess(_NARROWEST) >= 0:
        return 0.0
    if excess(1.0) <= 0:
        return 1.0
    return float(brentq(excess, _NARROWEST, 1.0, xtol=1e-14, rtol=1e-13))


def option_volatility(ratio: float, *, years: float, rate: float, spread: float) -> float | None:
    """Return the volatility at which `option_ratio` is `ratio`; None when none is low enough."""
    if spread <= 0 or not 0 < ratio < 1:
        return None

    def excess(volatility: float) -> float:
        return _shortfall(ratio, volatility=volatility, years=years, rate=rate, spread=spread)

    low, high = 1e-6, _WIDEST_VOLATILITY
    if excess(low) >= 0 or excess(high) <= 0:
        return None
    return float(brentq(excess, low, high, xtol=1e-12, rtol=1e-12))
