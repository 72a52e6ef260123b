"""Capital of a loan: risk weight of the standardised approach, K of the internal ratings.

A pledge of carbon units or of their income is not on the list of eligible collateral of the
standardised approach: it gives no relief there. By internal ratings it acts through the loss
given default alone.

Source: Basel Committee on Banking Supervision, Basel Framework, CRE31 (risk weight functions)
and CRE32 (risk components), version effective as of 1 January 2023.
"""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import ndtr, ndtri

from app.finance.case.lending.credit import CapitalApproach, CreditRisk
from app.finance.lending.remaining import ordinals
from app.finance.lending.schedule_results import Schedule
from app.finance.valuation.price_curve import DAYS_OF_YEAR

LEAST_PD = 0.0005
"""PD that counts at least, CRE32.4."""
LEAST_MATURITY, MOST_MATURITY = 1.0, 5.0
"""Years, CRE32.46."""
RWA_OF_CAPITAL = 12.5
"""Risk-weighted assets over capital, the inverse of 8 %; CRE31.5."""
_CONFIDENCE = 0.999


def asset_correlation(pd: float) -> float:
    """Return the correlation R of a corporate exposure, CRE31.5, without firm-size adjustment.

    R = 0.12 w + 0.24 (1 - w), w = (1 - e^(-50 PD)) / (1 - e^(-50)).
    """
    weight = math.expm1(-50.0 * pd) / math.expm1(-50.0)
    return 0.12 * weight + 0.24 * (1.0 - weight)


def maturity_slope(pd: float) -> float:
    """Return the maturity adjustment b = (0.11852 - 0.05478 ln PD)^2, CRE31.5; PD above 0."""
    return (0.11852 - 0.05478 * math.log(pd)) ** 2


def irb_capital(pd: float, lgd: float, maturity_yr: float) -> float:
    """Return K, capital over exposure of a corporate loan by internal ratings, CRE31.5.

    K = [LGD N((G(PD) + sqrt(R) G(0.999)) / sqrt(1 - R)) - PD LGD] (1 + (M - 2.5) b) / (1 - 1.5 b).

    Args:
        pd: within a year, 0 to below 1; less than 0.05 % counts as that (CRE32.4).
        lgd: 0 to 1.
        maturity_yr: effective maturity M, 1 to 5 years.
    """
    held = max(pd, LEAST_PD)
    correlation = asset_correlation(held)
    stressed = float(
        ndtr(
            (ndtri(held) + math.sqrt(correlation) * ndtri(_CONFIDENCE))
            / math.sqrt(1.0 - correlation)
        )
    )
    slope = maturity_slope(held)
    adjustment = (1.0 + (maturity_yr - 2.5) * slope) / (1.0 - 1.5 * slope)
    return lgd * (stressed - held) * adjustment


def defaulted_capital(lgd: float, best_estimate: float) -> float:
    """Return K of a loan in default: LGD less the best estimate of the loss, not below 0; CRE31.3.

    Both as shares of the exposure.
    """
    return max(0.0, lgd - best_estimate)


def effective_maturity(schedule: Schedule, day: date) -> float:
    """Return M in years: sum of t x payment over sum of payments, 1 to 5; CRE32.46, CRE32.47.

    Payments are principal, interest and fees that fall due after `day`; t is days over 365.
    """
    paid = np.add(np.add(schedule.principal, schedule.interest), schedule.fees).astype(float)
    times = (ordinals(schedule.dues) - day.toordinal()) / DAYS_OF_YEAR
    ahead = times > 0
    total = float(paid[ahead].sum())
    if total <= 0:
        return LEAST_MATURITY
    mean = float(times[ahead] @ paid[ahead]) / total
    return min(max(mean, LEAST_MATURITY), MOST_MATURITY)


@dataclass(frozen=True, slots=True)
class LoanCapital:
    """Capital of a loan; None where an input is not there.

    `k` is capital over exposure by internal ratings, whatever the approach; `rwa_yuan` and
    `capital_yuan` are those of the approach chosen.
    """

    k: float | None
    lgd: float | None
    maturity_yr: float
    rwa_yuan: float | None
    capital_yuan: float | None


def _k(pd: float | None, lgd: float | None, best: float | None, maturity_yr: float) -> float | None:
    if lgd is None or pd is None:
        return None
    if pd >= 1:
        return None if best is None else defaulted_capital(lgd, best)
    return irb_capital(pd, lgd, maturity_yr)


def loan_capital(
    credit: CreditRisk,
    *,
    pd: float | None,
    lgd: float | None,
    exposure_yuan: float | None,
    maturity_yr: float,
) -> LoanCapital:
    """Return risk-weighted assets and capital by the approach chosen.

    Internal ratings: K x EAD, RWA = 12.5 times that, with the supervisory LGD where one is entered;
    a PD of 1 is a loan in default. Standardised: RWA = risk weight x EAD, whatever the
    collateral; capital = RWA x capital ratio.
    """
    supervisory = lgd if credit.irb_lgd is None else credit.irb_lgd
    k = _k(pd, supervisory, lgd, maturity_yr)
    rwa = capital = None
    if credit.approach is CapitalApproach.IRB:
        if k is not None and exposure_yuan is not None:
            capital = k * exposure_yuan
            rwa = RWA_OF_CAPITAL * capital
    elif credit.risk_weight is not None and exposure_yuan is not None:
        rwa = credit.risk_weight * exposure_yuan
        capital = None if credit.capital_ratio is None else rwa * credit.capital_ratio
    return LoanCapital(k, supervisory, maturity_yr, rwa, capital)
