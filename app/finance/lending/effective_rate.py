"""Annualised rate of a loan, fees included, as PBOC Notice 2021 No. 3 asks to show it."""

from dataclasses import dataclass
from decimal import Decimal

from scipy.optimize import brentq

from app.finance.lending.schedule import Instalment


@dataclass(frozen=True, slots=True)
class EffectiveRate:
    """Rates as fractions: IRR of a month, compound over a year, and twelve times (simple)."""

    monthly_irr: float
    annual_compound: float
    annual_simple: float


def effective_rate(
    amount: Decimal, upfront_fee: Decimal, schedule: tuple[Instalment, ...]
) -> EffectiveRate:
    """Solve sum of payment_k / (1 + i)^k = amount - fee for the monthly rate i.

    k counts months from drawdown. The left side falls as i grows, so the root is single and
    is bracketed before it is solved. Compound: (1 + i)^12 - 1; simple: 12 i.
    Source: PBOC Notice 2021 No. 3 (IRR method, all fees tied to the loan included).
    """
    net = float(amount - upfront_fee)
    months = 0
    flows = []
    for line in schedule:
        months += line.months
        flows.append((months, float(line.payment_yuan) / net))

    def excess(rate: float) -> float:
        return sum(flow * (1 + rate) ** -month for month, flow in flows) - 1

    high = 0.01
    while excess(high) > 0:
        high *= 2
    low = 0.0 if excess(0.0) >= 0 else -0.5
    rate = float(brentq(excess, low, high, xtol=1e-15, rtol=1e-14))
    return EffectiveRate(rate, (1 + rate) ** 12 - 1, 12 * rate)
