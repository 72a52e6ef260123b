"""Expected credit loss by IFRS 9 and CAS 22: stage, years ahead, 12 months and lifetime.

Source: IFRS 9 Financial Instruments, 5.5 and B5.5; 企业会计准则第22号——金融工具确认和计量
(财会〔2017〕7号), its chapter on impairment. Both leave the model to the lender; the one here is
the sum of PD x LGD x EAD by years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.finance.case.lending.credit import CreditRisk
from app.finance.dates import add_months
from app.finance.lending.default_loss import marginal_default
from app.finance.lending.parts import LoanParts
from app.finance.lending.remaining import ordinals
from app.finance.lending.schedule_results import Schedule
from app.finance.money import ZERO
from app.finance.sink.pools import Numbers

_LATE_DAYS, _DEFAULT_DAYS = 30, 90
"""More days past due than these make stage 2 and stage 3; IFRS 9 5.5.11 and B5.5.37."""
_FEN = 100.0


def days_past_due(parts: LoanParts, credit: CreditRisk) -> int:
    """Return the days past due: as entered, or those of the ledger when they are more."""
    return max(credit.days_past_due, 0 if parts.life is None else parts.life.days_past_due)


def stage_of(credit: CreditRisk, late_days: int) -> tuple[int, str]:
    """Return the stage and its reason, the graver first.

    3 in default or more than 90 days past due, 2 when the risk has increased significantly or
    more than 30 days past due, else 1.
    """
    if credit.defaulted_on is not None:
        return 3, "default"
    if late_days > _DEFAULT_DAYS:
        return 3, "past_due_90"
    if credit.risk_increased.strip():
        return 2, "risk_increased"
    if late_days > _LATE_DAYS:
        return 2, "past_due_30"
    return 1, "performing"


def _balances(schedule: Schedule, paid_by: Sequence[date], days: Sequence[date]) -> Numbers:
    """Return principal drawn and not yet repaid at the end of each day, yuan, shape (n,)."""
    known = ordinals(days)
    repaid = np.concatenate(([0], np.cumsum(np.array(schedule.principal, np.int64))))
    left = -repaid[np.searchsorted(ordinals(paid_by), known, side="right")]
    for drawn_on, fen in schedule.drawdowns:
        left = left + fen * (known >= drawn_on.toordinal())
    return np.asarray(left / _FEN)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The years of the loan ahead of one day; the last one may be a part year.

    Attributes:
        day: the day the figures stand for.
        starts: first day of each year.
        from_yr, to_yr: where each begins and ends, years from `day`, shape (n,).
        balances: principal owed at the start of each year, yuan, shape (n,).
        undrawn: committed and undrawn at the start of each year, yuan, shape (n,).
        factor: credit conversion factor; None when it is not known.
        beside_yuan: owed beside the principal on the day by a loan in default.
    """

    day: date
    starts: tuple[date, ...]
    from_yr: Numbers
    to_yr: Numbers
    balances: Numbers
    undrawn: Numbers
    factor: float | None
    beside_yuan: float = 0.0

    @property
    def exposures(self) -> Numbers | None:
        """Exposure at default of each year: drawn + factor x undrawn; None without the factor.

        In default what is owed beside the principal is in it as well.
        """
        owed = self.balances + self.beside_yuan
        if not self.undrawn.any():
            return owed
        return None if self.factor is None else owed + self.factor * self.undrawn


def _years_ahead(day: date, maturity: date, most: int | None) -> tuple[list[date], list[float]]:
    """Return the first day of each year to maturity, and where each ends in years; at least one."""
    starts, ends = [day], []
    while True:
        over = add_months(day, 12 * len(starts))
        last = over >= maturity or len(starts) == most
        begun = starts[-1]
        whole = not begun < maturity < over
        part = 1.0 if whole else (maturity - begun).days / (over - begun).days
        ends.append(len(starts) - 1 + part)
        if last:
            return starts, ends
        starts.append(over)


def outlook_of(
    parts: LoanParts, credit: CreditRisk, *, most: int | None = None, defaulted: bool = False
) -> Outlook:
    """Return the years ahead, from the day of drawdown or the day the loan is watched.

    Balances follow the schedule. On the day watched the ledger counts, and what it holds more or
    less than the schedule stays so. What is committed and undrawn is as entered in every year,
    else the tranches still to be drawn. `most` limits the number of years.

    Of a loan in default the exposure is what it owes on the day by its ledger: principal, interest
    billed and accrued, penalty and compound interest; costs of recovery are in LGD. A loan that
    is not watched, and any other stage, has the principal alone.
    """
    schedule, life = parts.schedule, parts.life
    drawn_on = parts.loan.drawdown_date
    day = drawn_on if life is None else max(life.as_of, drawn_on)
    starts, to_yr = _years_ahead(day, schedule.ends[-1], most)
    balances, beside = _balances(schedule, schedule.ends, starts), ZERO
    if life is not None and life.now is not None:
        owed = float(life.now.principal_yuan)
        apart = owed - _balances(schedule, schedule.dues, starts[:1])[0]
        balances = np.maximum(balances + apart, 0.0)
        balances[0] = owed
        if defaulted:
            now = life.now
            beside = now.interest_due_yuan + now.interest_accrued_yuan + now.penalty_yuan
    undrawn = [
        float(credit.undrawn_yuan)
        if credit.undrawn_yuan is not None
        else sum(fen for later, fen in schedule.drawdowns if later > start) / _FEN
        for start in starts
    ]
    return Outlook(
        day=day,
        starts=tuple(starts),
        from_yr=np.arange(len(starts), dtype=np.float64),
        to_yr=np.array(to_yr),
        balances=balances,
        undrawn=np.array(undrawn),
        factor=credit.conversion_factor,
        beside_yuan=float(beside),
    )


@dataclass(frozen=True, slots=True)
class ExpectedLoss:
    """Losses by scenario and year, yuan, shape (s, n), and what they are made of.

    `factors` (n,) discount the end of each year; a loan in default has one column at time 0.
    """

    exposures: Numbers
    marginal: Numbers
    lgd: Numbers
    factors: Numbers
    losses: Numbers

    @property
    def twelve_months(self) -> Numbers:
        """Part of the lifetime loss from defaults within 12 months, shape (s,)."""
        return np.asarray(self.losses[:, 0])

    @property
    def lifetime(self) -> Numbers:
        """Loss from defaults over all years, shape (s,)."""
        return np.asarray(self.losses.sum(axis=1))


def expected_loss(
    *,
    pds: Numbers,
    lgd: Numbers,
    exposures: Numbers,
    from_yr: Numbers,
    to_yr: Numbers,
    rate: float,
) -> ExpectedLoss:
    """Return sum over the years of mPD x LGD x EAD / (1 + EIR)^t, for each scenario.

    The exposure is that at the start of a year, the loss is discounted from its end (house
    convention); what happens between default and recovery is in LGD.

    Args:
        pds: PD within a year of each scenario, shape (s,), 0 to 1.
        lgd: shape (s, n).
        exposures, from_yr, to_yr: of the years, shape (n,).
        rate: effective interest rate of the contract, 1/yr, above -1.
    """
    marginal = marginal_default(pds[:, None], from_yr, to_yr)
    factors = (1.0 + rate) ** -to_yr
    return ExpectedLoss(exposures, marginal, lgd, factors, marginal * lgd * exposures * factors)


def defaulted_loss(lgd: Numbers, exposures: Numbers) -> ExpectedLoss:
    """Return the loss of a loan in default: PD 1 today, LGD x EAD, for each scenario."""
    held, owed = lgd[:, :1], exposures[:1]
    return ExpectedLoss(owed, np.ones_like(held), held, np.ones(1), held * owed)
