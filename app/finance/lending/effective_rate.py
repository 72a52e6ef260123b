"""Annualised rate of a loan, fees included, as PBOC Notice 2021 No. 3 asks to show it."""

from dataclasses import dataclass

from scipy.optimize import brentq

from app.finance.case.loan import Loan
from app.finance.lending.schedule_results import Schedule


@dataclass(frozen=True, slots=True)
class EffectiveRate:
    """Rates as fractions: IRR of a month, compound over a year, and twelve times (simple)."""

    monthly_irr: float
    annual_compound: float
    annual_simple: float


def effective_rate(schedule: Schedule, loan: Loan) -> EffectiveRate:
    """Solve sum of payment_k / (1 + i)^k = amount - fee for the monthly rate i."""
    net = float(loan.amount_yuan - loan.upfront_fee_yuan)
    flows = [
        (round((line.end - loan.drawdown_date).days / 30.4375), float(line.payment_yuan) / net)
        for line in schedule.lines
    ]

    def excess(rate: float) -> float:
        return sum(flow * (1 + rate) ** -month for month, flow in flows) - 1

    high = 0.01
    while excess(high) > 0:
        high *= 2
    low = 0.0 if excess(0.0) >= 0 else -0.5
    rate = float(brentq(excess, low, high, xtol=1e-15, rtol=1e-14))
    return EffectiveRate(rate, (1 + rate) ** 12 - 1, 12 * rate)
