"""Working of the schedule and of the annualised rate."""

from app.finance.case.loan import Loan
from app.finance.explain import Step, Term
from app.finance.lending.effective_rate import EffectiveRate
from app.finance.lending.schedule_results import Schedule
from app.finance.text import N_


def schedule_steps(loan: Loan, schedule: Schedule, rate: EffectiveRate) -> tuple[Step, ...]:
    """Return the steps of first payment, interest in all and annualised rate."""
    formulas = {
        "equal_instalment": "A = P × i × (1 + i)^n / ((1 + i)^n − 1)",
        "equal_principal": "A_k = P / n + (P − (k − 1) × P / n) × i",
        "bullet": "I_k = P × R × m / 12",
    }
    terms = (
        Term("P", N_("Amount asked"), loan.amount_yuan, "yuan"),
        Term("R", N_("Interest rate"), schedule.rates[0], "1/yr"),
        Term("n", N_("Number of payments"), len(schedule.dues), ""),
    )
    return (
        Step(
            "loan.first_payment",
            N_("First payment"),
            formulas.get(loan.repayment.value, "A_k = p_k + I_k"),
            terms,
            schedule.lines[0].payment_yuan,
            "yuan",
            N_("each amount rounded half-up to the fen; the last line takes the rest"),
        ),
        Step(
            "loan.total_interest",
            N_("Interest in all"),
            "ΣI = I₁ + … + I_n",
            terms,
            schedule.total_interest_yuan,
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
