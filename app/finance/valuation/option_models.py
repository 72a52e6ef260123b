"""Option formulas: Black-Scholes-Merton, Black-76; what they share with the tree.

Rates, yields and volatility are continuous, a year; time is in years. Values come in the unit
of the underlying. Sources: Black, F., Scholes, M. (1973) "The pricing of options and corporate
liabilities", J. Political Economy 81; Merton, R. (1973) "Theory of rational option pricing",
Bell J. Economics 4; Black, F. (1976) "The pricing of commodity contracts", J. Financial
Economics 3.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionPrice:
    """Value of an option and its derivatives.

    `delta` and `gamma` are by the spot (Black-Scholes, tree) or the forward (Black-76),
    `vega` by a volatility of 1.00. `european` is the value without early exercise. `d1` and
    `d2` are None for the tree and for an underlying that is worth nothing.
    """

    value: float
    european: float
    delta: float
    gamma: float
    vega: float
    d1: float | None = None
    d2: float | None = None


def payoff_sign(kind: str) -> float:
    """Return 1 for a call, -1 for a put."""
    return 1.0 if kind == "call" else -1.0


def _normal(x: float) -> float:
    """Return the standard normal distribution function."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def _density(x: float) -> float:
    return math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)


def black_76(
    *,
    forward: float,
    strike: float,
    rate: float,
    volatility: float,
    years: float,
    kind: str = "call",
) -> OptionPrice:
    """European option on a forward or futures price, Black (1976).

    c = e^{-rT} (F N(d1) - K N(d2)), p = e^{-rT} (K N(-d2) - F N(-d1)),
    d1 = (ln(F/K) + s^2 T / 2) / (s sqrt(T)), d2 = d1 - s sqrt(T).

    Args:
        forward: 0 or more.
        strike: above 0, in the unit of the forward.
        rate: risk-free, continuous, 1/yr.
        volatility: above 0, 1/sqrt(yr).
        years: time to expiry, above 0.
        kind: "call" or "put".
    """
    sign = payoff_sign(kind)
    discount = math.exp(-rate * years)
    if forward == 0:
        value = 0.0 if sign > 0 else discount * strike
        return OptionPrice(value, value, 0.0 if sign > 0 else -discount, 0.0, 0.0)
    deviation = volatility * math.sqrt(years)
    d1 = math.log(forward / strike) / deviation + 0.5 * deviation
    d2 = d1 - deviation
    value = discount * sign * (forward * _normal(sign * d1) - strike * _normal(sign * d2))
    return OptionPrice(
        value=value,
        european=value,
        delta=discount * sign * _normal(sign * d1),
        gamma=discount * _density(d1) / (forward * deviation),
        vega=discount * forward * _density(d1) * math.sqrt(years),
        d1=d1,
        d2=d2,
    )


def black_scholes(
    *,
    spot: float,
    strike: float,
    rate: float,
    volatility: float,
    years: float,
    kind: str = "call",
    income_yield: float = 0.0,
) -> OptionPrice:
    """European option on a spot value that pays a continuous income yield q, Merton (1973).

    c = S e^{-qT} N(d1) - K e^{-rT} N(d2), d1 = (ln(S/K) + (r - q + s^2/2) T) / (s sqrt(T)):
    Black-76 on the forward F = S e^{(r-q)T}. Arguments as in `black_76`; `income_yield`
    continuous, 1/yr.
    """
    growth = math.exp((rate - income_yield) * years)
    found = black_76(
        forward=spot * growth,
        strike=strike,
        rate=rate,
        volatility=volatility,
        years=years,
        kind=kind,
    )
    return OptionPrice(
        value=found.value,
        european=found.european,
        delta=found.delta * growth,
        gamma=found.gamma * growth * growth,
        vega=found.vega,
        d1=found.d1,
        d2=found.d2,
    )


def put_call_difference(
    *, underlying: float, strike: float, rate: float, years: float, income_yield: float = 0.0
) -> float:
    """European call less put by parity: S e^{-qT} - K e^{-rT} (Stoll 1969, J. Finance 24).

    For Black-76 the yield of a forward is the rate itself: c - p = e^{-rT} (F - K).
    """
    return underlying * math.exp(-income_yield * years) - strike * math.exp(-rate * years)
