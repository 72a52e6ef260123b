"""What lending finds, as plain records; the modules that compute them fill them in.

Money that is booked is Decimal yuan to the fen; estimates are float yuan. Codes are stable;
their words are in `app.messages.lending_words`.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.finance.explain import Step
from app.finance.lending.effective_rate import EffectiveRate
from app.finance.lending.life_results import (
    ChecklistItem,
    GreenResult,
    LifeResult,
    RegistrationResult,
)
from app.finance.lending.risk_results import CreditResult, StressResult
from app.finance.lending.schedule_results import Instalment, Schedule


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would have to change for a bound to carry the asked amount.

    Codes: "ratio" (share needed; of the income right for the pledge ratio), "value" (of the income
    right pledged, yuan), "cash" (factor on all cash), "price" (carbon price of the valuation date,
    yuan/t, all else the same), "security" (yuan that other security would have to carry), "cap"
    (yuan), "volatility" (1/yr). `value` is None when no change of this kind suffices.
    """

    code: str
    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Bound:
    """One upper bound of the loan: code, name (message id), yuan, and whether it binds.

    `amount_yuan` is None when the bound is not asked for or cannot be found. `reason` says why, and
    why an amount is nothing: "not_entered", "no_risk_free_rate", "no_carbon_security", "no_path";
    "no_value", "no_value_left", "no_income", "no_cash_flow", "no_cash_in_a_year", "no_spread".
    `detail` is the figure it rests on (a ratio, a DSCR), in `detail_unit`. `step` is the key of its
    working. `remedies` are there for a bound below the amount asked for.
    """

    code: str
    label: str
    amount_yuan: Decimal | None
    binding: bool
    reason: str = ""
    detail: float | None = None
    detail_unit: str = ""
    step: str = ""
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class CollateralResult:
    """One collateral with its part of the loan.

    `position` is its line in the case, None for the implied income right. `value_yuan` is that of
    the pledged share; None when the case has no such value. `counted_yuan` = min(value x
    (1 - haircut) - prior claims, secured maximum) and `lendable_yuan` = min(ratio x (value x
    (1 - haircut) - prior claims), secured maximum), not below zero. `loan_to_value` and `coverage`
    are allocated over value and value over allocated; None where one is zero.
    """

    position: int | None
    kind: str
    name: str
    value_yuan: Decimal | None
    value_kind: str
    from_case: bool
    haircut: float
    ratio_cap: float
    rank: int
    prior_claims_yuan: Decimal
    secured_maximum_yuan: Decimal | None
    first_registered: bool | None
    counted_yuan: Decimal
    lendable_yuan: Decimal
    allocated_yuan: Decimal
    loan_to_value: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class SecurityResult:
    """All collaterals together; the loan that none of them carries is unsecured.

    `counted_yuan` is the sum of values after haircut and prior claims, each at most its secured
    maximum; `coverage` = counted / loan, `loan_to_value` = loan / sum of values.
    `secured_amount_yuan` is principal x (1 + margin), None without a margin.
    """

    lines: tuple[CollateralResult, ...]
    value_yuan: Decimal
    counted_yuan: Decimal
    lendable_yuan: Decimal
    allocated_yuan: Decimal
    unsecured_yuan: Decimal
    loan_to_value: float | None
    coverage: float | None
    secured_amount_yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class LoanYear:
    """Debt service and cash of one year of the loan, yuan; the year ends on an anniversary.

    The last one ends on the day of the last payment and may be short. What is prepaid is not due.

    `dscr` = cash / (principal + interest), None without debt service. `cash_right_yuan` comes
    from the right, `cash_other_yuan` from the borrower's other sources.
    """

    index: int
    first_day: date
    last_day: date
    principal_yuan: float
    interest_yuan: float
    cash_right_yuan: float
    cash_other_yuan: float
    dscr: float | None

    @property
    def cash_yuan(self) -> float:
        """All cash of the year."""
        return self.cash_right_yuan + self.cash_other_yuan


@dataclass(frozen=True, slots=True)
class CoverResult:
    """How far the cash covers the debt.

    `llcr` is the present value at the loan's rate of the cash to maturity over the balance at
    drawdown, `plcr` the same to the end of the right. `shortfall_on` is the end of the first
    year whose cash does not pay its debt service. `required_dscr` is the DSCR the lender asks for,
    None when none was entered.
    """

    years: tuple[LoanYear, ...]
    min_dscr: float | None
    average_dscr: float | None
    llcr: float | None
    plcr: float | None
    shortfall_on: date | None
    required_dscr: float | None = None


@dataclass(frozen=True, slots=True)
class PathPoint:
    """Balance against what is left of the right on one day, yuan.

    `right_yuan` is what the remaining right counts for at the level the loan is sized on,
    `other_yuan` what the other collaterals do, both after haircut and prior claims and each at most
    its secured maximum; a negative right is shown and counts nothing. `loan_to_value` = balance /
    (right + other), `coverage` its inverse; `right_coverage` that of the right alone. None where
    the divisor is not positive.
    `trigger_prices` are the carbon prices, yuan/t of the valuation date, at which coverage falls to
    the warning, margin-call and enforcement line; None where no price does. `before_payment` says
    that the point is the state before the payment of the day.
    """

    day: date
    balance_yuan: Decimal
    right_yuan: float
    other_yuan: float
    loan_to_value: float | None
    coverage: float | None
    right_coverage: float | None
    trigger_prices: tuple[float | None, float | None, float | None] = (None, None, None)
    before_payment: bool = False


@dataclass(frozen=True, slots=True)
class PathResult:
    """The path of loan over remaining value, from drawdown to maturity.

    `max_loan_to_value` is None when a value is not positive while something is owed: the ratio
    has then no bound (`uncovered_from` is the first such day). `lines` are warning, margin
    call and enforcement, () when the loan is not watched; they are held against all collaterals, or
    against the right alone when `counts_all` is false. `reason` is "not_followed" when the
    value cannot be carried forward because that of the cash flow it would follow is not positive;
    there are no points then.
    """

    basis: str
    points: tuple[PathPoint, ...]
    max_loan_to_value: float | None
    max_on: date | None
    min_coverage: float | None
    uncovered_from: date | None
    lines: tuple[float, ...] = ()
    reason: str = ""
    counts_all: bool = True


@dataclass(frozen=True, slots=True)
class LoanResult:
    """Sizing, ratios, schedule and annualised rate of the amount asked for.

    `loan_to_*` are fractions (1.0 = 100 %), None when the value is not positive.
    `supported_yuan` is the smallest bound; `uncovered_yuan` what is asked beyond it.
    `checklist` is ticked from the notices of the whole case, by the engine.
    """

    amount_yuan: Decimal
    basis_value_yuan: Decimal
    bounds: tuple[Bound, ...]
    supported_yuan: Decimal
    uncovered_yuan: Decimal
    loan_to_gross: float | None
    loan_to_net: float | None
    loan_to_liquidation: float | None
    loan_to_one_year: float | None
    plan: Schedule
    effective: EffectiveRate
    security: SecurityResult
    cover: CoverResult
    path: PathResult
    stress: StressResult
    credit: CreditResult | None
    registration: RegistrationResult | None
    life: LifeResult | None
    green: GreenResult | None
    working: tuple[Step, ...] = field(default=())
    checklist: tuple[ChecklistItem, ...] = ()

    @property
    def schedule(self) -> tuple[Instalment, ...]:
        """Lines of the schedule."""
        return self.plan.lines

    @property
    def maturity(self) -> date:
        """Day of the last payment."""
        return self.schedule[-1].due

    @property
    def first_payment_yuan(self) -> Decimal:
        """First payment that is due."""
        return next(line for line in self.schedule if line.payment_yuan).payment_yuan

    @property
    def last_payment_yuan(self) -> Decimal:
        """Last payment."""
        return self.schedule[-1].payment_yuan

    @property
    def total_interest_yuan(self) -> Decimal:
        """Interest in all."""
        return self.plan.total_interest_yuan

    @property
    def total_payment_yuan(self) -> Decimal:
        """Principal and interest together."""
        return self.plan.total_principal_yuan + self.plan.total_interest_yuan
