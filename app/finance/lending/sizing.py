"""How large a loan the carbon-sink income right carries, and what secures the rest."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.finance.case.loan import Loan
from app.finance.explain import Step, Term
from app.finance.fields import choice_label
from app.finance.lending.effective_rate import EffectiveRate, effective_rate
from app.finance.lending.schedule import Instalment, build_schedule
from app.finance.money import ZERO, round_to_fen
from app.finance.text import N_
from app.finance.valuation.values import ValueResult


@dataclass(frozen=True, slots=True)
class Bound:
    """One upper bound of the loan: code, name (message id), yuan, and whether it binds."""

    code: str
    label: str
    amount_yuan: Decimal
    binding: bool


@dataclass(frozen=True, slots=True)
class LoanResult:
    """Sizing, ratios, schedule and annualised rate of the amount asked for.

    `loan_to_*` are fractions (1.0 = 100 %), None when the value is not positive.
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
    maturity: date
    schedule: tuple[Instalment, ...]
    first_payment_yuan: Decimal
    last_payment_yuan: Decimal
    total_interest_yuan: Decimal
    effective: EffectiveRate
    working: tuple[Step, ...]

    @property
    def total_payment_yuan(self) -> Decimal:
        """Principal and interest together."""
        return self.amount_yuan + self.total_interest_yuan


def loan_to_value(amount: Decimal, value: Decimal) -> float | None:
    """Return amount over value; None when the value is zero or negative."""
    return float(amount / value) if value > 0 else None


def _size(loan: Loan, values: ValueResult) -> tuple[tuple[Bound, ...], Decimal, Step]:
    """Supported amount = min(pledge ratio x value, need of the purpose)."""
    value = values.by_basis(loan.valuation_basis)
    by_ratio = ZERO
    if value > 0:
        by_ratio = round_to_fen(value * Decimal(str(loan.pledge_ratio)))
    amounts = (
        ("pledge_ratio", N_("Pledge ratio times value"), by_ratio),
        ("purpose", N_("Need of the purpose"), round_to_fen(loan.purpose_need_yuan)),
    )
    supported = min(amount for _, _, amount in amounts)
    binding = next(code for code, _, amount in amounts if amount == supported)
    bounds = tuple(Bound(code, label, amount, code == binding) for code, label, amount in amounts)
    step = Step(
        "loan.supported",
        N_("Amount the right carries"),
        "L = min(α × V, B)",
        (
            Term("α", N_("Pledge ratio, at most"), loan.pledge_ratio, "share"),
            Term("V", N_("Value the loan is sized on"), value, "yuan"),
            Term(
                "b",
                N_("Sized on"),
                choice_label(Loan, "valuation_basis", loan.valuation_basis),
                "choice",
            ),
            Term("B", N_("Need of the purpose"), loan.purpose_need_yuan, "yuan"),
        ),
        supported,
        "yuan",
        N_("policy of the lender; the smallest bound decides"),
        "" if value > 0 else N_("The value is not positive: it carries no loan."),
    )
    return bounds, supported, step


def _ratio_step(key: str, label: str, loan: Loan, value_label: str, value: Decimal) -> Step:
    return Step(
        key,
        label,
        "LTV = L / V",
        (
            Term("L", N_("Amount asked"), loan.amount_yuan, "yuan"),
            Term("V", value_label, value, "yuan"),
        ),
        loan_to_value(loan.amount_yuan, value),
        "share",
        N_("loan over value on the valuation date"),
        "" if value > 0 else N_("The value is not positive, so there is no ratio."),
    )


def _schedule_steps(
    loan: Loan, schedule: tuple[Instalment, ...], rate: EffectiveRate
) -> tuple[Step, ...]:
    formulas = {
        "equal_instalment": "A = P × i × (1 + i)^n / ((1 + i)^n − 1)",
        "equal_principal": "A_k = P / n + (P − (k − 1) × P / n) × i",
        "bullet": "I_k = P × R × m / 12",
    }
    total = sum((line.interest_yuan for line in schedule), ZERO)
    terms = (
        Term("P", N_("Amount asked"), loan.amount_yuan, "yuan"),
        Term("R", N_("Interest rate"), loan.annual_rate, "1/yr"),
        Term("n", N_("Number of payments"), len(schedule), ""),
    )
    return (
        Step(
            "loan.first_payment",
            N_("First payment"),
            formulas[loan.repayment.value],
            (*terms, Term("m", N_("Months of the period"), schedule[0].months, "month")),
            schedule[0].payment_yuan,
            "yuan",
            N_("each amount rounded half-up to the fen; the last line takes the rest"),
        ),
        Step(
            "loan.total_interest",
            N_("Interest in all"),
            "ΣI = I₁ + … + I_n",
            terms,
            total,
            "yuan",
            N_("sum of the schedule"),
        ),
        Step(
            "loan.annual_rate",
            N_("Annualised rate, fees included (compound)"),
            "Σ A_k / (1 + i)^k = P − F;  R* = (1 + i)^12 − 1",
            (
                *terms[:1],
                Term("F", N_("Fees at drawdown"), loan.upfront_fee_yuan, "yuan"),
                Term("i", N_("Internal rate of return a month"), rate.monthly_irr, "1/month"),
                Term("12i", N_("The same, simple"), rate.annual_simple, "1/yr"),
            ),
            rate.annual_compound,
            "1/yr",
            "中国人民银行公告〔2021〕第3号",
        ),
    )


def compute_loan(loan: Loan, values: ValueResult) -> LoanResult:
    """Size the loan, and schedule and price the amount asked for."""
    bounds, supported, size_step = _size(loan, values)
    amount = round_to_fen(loan.amount_yuan)
    schedule = build_schedule(loan)
    rate = effective_rate(amount, round_to_fen(loan.upfront_fee_yuan), schedule)
    ratios = (
        _ratio_step("loan.to_gross", N_("Loan over gross value"), loan, N_("Gross value"),
                    values.gross_yuan),
        _ratio_step("loan.to_net", N_("Loan over net value"), loan, N_("Net value"),
                    values.net_yuan),
        _ratio_step("loan.to_liquidation", N_("Loan over liquidation value"), loan,
                    N_("Liquidation value"), values.liquidation_yuan),
        _ratio_step("loan.to_one_year", N_("Loan over one year's carbon"), loan,
                    N_("Value of one year's carbon"), values.one_year_yuan),
    )  # fmt: skip
    return LoanResult(
        amount_yuan=amount,
        basis_value_yuan=values.by_basis(loan.valuation_basis),
        bounds=bounds,
        supported_yuan=supported,
        uncovered_yuan=max(amount - supported, ZERO),
        loan_to_gross=loan_to_value(amount, values.gross_yuan),
        loan_to_net=loan_to_value(amount, values.net_yuan),
        loan_to_liquidation=loan_to_value(amount, values.liquidation_yuan),
        loan_to_one_year=loan_to_value(amount, values.one_year_yuan),
        maturity=schedule[-1].due,
        schedule=schedule,
        first_payment_yuan=schedule[0].payment_yuan,
        last_payment_yuan=schedule[-1].payment_yuan,
        total_interest_yuan=sum((line.interest_yuan for line in schedule), ZERO),
        effective=rate,
        working=(size_step, *ratios, *_schedule_steps(loan, schedule, rate)),
    )
