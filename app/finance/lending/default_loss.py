"""Default of the borrower and what is lost then: PD, its curve, recoveries, LGD.

LGD is one less what the collateral brings after haircut, prior claims, cost and time, over the
exposure, and not below the floor of the lender.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from app.finance.case.lending.credit import CreditRisk
from app.finance.case.loan import ValuationBasis
from app.finance.lending.collateral import CARBON_RIGHT
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import left_of
from app.finance.lending.remaining import RemainingRight
from app.finance.lending.results import CollateralResult
from app.finance.sink.pools import Numbers

_LIQUIDATION = ValuationBasis.LIQUIDATION.value


def probability_of_default(credit: CreditRisk) -> tuple[float | None, str]:
    """Return the PD within a year and where it is from: "entered", "grade" or "" without one."""
    if credit.pd is not None:
        return credit.pd, "entered"
    found = next((line.pd for line in credit.grades if line.grade == credit.grade), None)
    return found, "" if found is None else "grade"


def marginal_default(pd: float | Numbers, from_yr: Numbers, to_yr: Numbers) -> Numbers:
    """Return the probability of a default between two times, as seen today.

    The hazard is constant (house convention): a share (1 - PD)^t has not defaulted by t, so that
    year k takes (1 - PD)^(k-1) PD and a part year dt from t on (1 - PD)^t (1 - (1 - PD)^dt).

    Args:
        pd: within a year, 0 to 1; an array broadcasts against the times.
        from_yr, to_yr: years from today.
    """
    alive = 1.0 - np.asarray(pd)
    return np.asarray(alive**from_yr - alive**to_yr)


@dataclass(frozen=True, slots=True)
class Recovery:
    """How collateral becomes money: cost (share), time (months), rate (1/yr), least LGD (share)."""

    cost_share: float
    months: int
    rate: float
    floor: float

    @property
    def factor(self) -> float:
        """What is left of a value: (1 - c) / (1 + r)^(m/12)."""
        return float((1.0 - self.cost_share) * (1.0 + self.rate) ** -(self.months / 12))


def recovery_of(parts: LoanParts, credit: CreditRisk, rate: float) -> Recovery:
    """Return cost and time of recovery; those of the forced sale where none are entered."""
    cost, months = credit.recovery_cost_share, credit.recovery_months
    return Recovery(
        cost_share=parts.appraisal.disposal_cost_share if cost is None else cost,
        months=parts.appraisal.months_to_sell if months is None else months,
        rate=rate,
        floor=credit.lgd_floor or 0.0,
    )


def is_sold_value(line: CollateralResult) -> bool:
    """Whether a value is what a forced sale leaves: its cost and time are taken off already."""
    return line.from_case and line.value_kind == _LIQUIDATION


@dataclass(frozen=True, slots=True)
class Pledge:
    """One collateral on days of default, yuan; `left` is its value after haircut, shape (n,).

    `kept` is the share of it that a sale leaves.
    """

    left: Numbers
    prior: float
    maximum: float
    kept: float


def _right_left(parts: LoanParts, days: Sequence[date]) -> Numbers:
    """Return what is left of the income right on later days over its value, shape (n,).

    A value that cannot be followed counts on the first day only.
    """
    level = parts.loan.valuation_basis
    value = float(parts.values.by_basis(level))
    remaining = RemainingRight(parts.appraisal, parts.values, level)
    if value <= 0 or not remaining.is_known:
        return np.array([1.0, *(0.0 for _day in days[1:])])
    return np.maximum(remaining.at(days) / value, 0.0)


def pledge_of(
    line: CollateralResult, value_yuan: Decimal, left: Numbers, recovery: Recovery
) -> Pledge:
    """Return a collateral of which `left` (n,) is left of its value on days of default."""
    most = line.secured_maximum_yuan
    return Pledge(
        left=float(value_yuan) * (1.0 - line.haircut) * left,
        prior=float(line.prior_claims_yuan),
        maximum=math.inf if most is None else float(most),
        kept=1.0 if is_sold_value(line) else recovery.factor,
    )


def pledges_on(parts: LoanParts, recovery: Recovery, days: Sequence[date]) -> tuple[Pledge, ...]:
    """Return the collaterals on days of default, n of them.

    Their values move as on the path of the loan (`PledgedOnDays`): the income right is what remains
    of it on the day, the others lose their yearly share, a guarantee and a policy end. A
    liquidation value of the case is what a sale leaves: cost and time are not taken off again.
    """
    right, found = _right_left(parts, days), []
    for line in parts.security.lines:
        if line.value_yuan is None:
            continue
        left = right
        if line.kind != CARBON_RIGHT and line.position is not None:
            entered = parts.loan.collaterals[line.position]
            left = left_of(entered, parts.loan.drawdown_date, days)
        found.append(pledge_of(line, line.value_yuan, left, recovery))
    return tuple(found)


def collateral_money(pledges: Sequence[Pledge], value_factors: Numbers, count: int) -> Numbers:
    """Return what all collaterals bring after a default on each of n days, yuan, shape (s, n).

    Each brings value x factor x (1 - haircut) - prior claims, not below zero and not above its
    secured maximum, times the share that a sale leaves.

    Args:
        pledges: the collaterals.
        value_factors: factor on every value, one a scenario, shape (s,).
        count: number of days n.
    """
    total = np.zeros((len(value_factors), count))
    for pledge in pledges:
        worth = np.multiply.outer(value_factors, pledge.left) - pledge.prior
        total += pledge.kept * np.clip(worth, 0.0, pledge.maximum)
    return total


def loss_given_default(money: Numbers, exposures: Numbers, floor: float) -> Numbers:
    """Return max(floor, 1 - money / exposure), 0 to 1; without exposure the floor."""
    owed = exposures > 0
    covered = money / np.where(owed, exposures, 1.0)
    return np.clip(np.where(owed, 1.0 - covered, 0.0), floor, 1.0)


def entered_loss(lgd: float, value_factors: Numbers) -> Numbers:
    """Return an entered LGD under scenarios, shape (s,): what is recovered moves with the values.

    1 - (1 - LGD) x factor, 0 to 1 (house convention).
    """
    return np.clip(1.0 - (1.0 - lgd) * value_factors, 0.0, 1.0)
