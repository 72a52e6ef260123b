"""Repayment schedules to the fen; the last line takes what rounding has left."""

from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext

from app.finance.case.loan import InterestPayment, Loan, Repayment
from app.finance.dates import add_months
from app.finance.money import ZERO, round_to_fen

_PRECISION = Context(prec=40)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One line, yuan to the fen; `months` is the length of its period."""

    number: int
    due: date
    months: int
    opening_yuan: Decimal
    principal_yuan: Decimal
    interest_yuan: Decimal
    payment_yuan: Decimal
    closing_yuan: Decimal


def instalment_amount(principal: Decimal, period_rate: Decimal, periods: int) -> Decimal:
    """Equal instalment to the fen: A = P i (1+i)^n / ((1+i)^n - 1); P/n when i is 0."""
    with localcontext(_PRECISION):
        if period_rate == 0:
            return round_to_fen(principal / periods)
        growth = (1 + period_rate) ** periods
        return round_to_fen(principal * period_rate * growth / (growth - 1))


def _periods(loan: Loan) -> list[int]:
    """Lengths of the interest periods in months; the last one may be shorter."""
    length = 1
    if loan.repayment is Repayment.BULLET:
        length = {
            InterestPayment.MONTHLY: 1,
            InterestPayment.QUARTERLY: 3,
            InterestPayment.YEARLY: 12,
            InterestPayment.AT_MATURITY: loan.term_months,
        }[loan.interest_payment]
    full, rest = divmod(loan.term_months, length)
    return [length] * full + ([rest] if rest else [])


def build_schedule(loan: Loan) -> tuple[Instalment, ...]:
    """Build the schedule of the amount asked for.

    Interest of a period = balance x annual rate x months / 12 (a year of 12 equal months),
    rounded half-up to the fen. Equal instalments and equal principal are monthly; the last
    principal is the remaining balance, so the column adds up to the loan exactly.
    """
    principal = round_to_fen(loan.amount_yuan)
    rate = Decimal(str(loan.annual_rate))
    periods = _periods(loan)
    count = len(periods)
    annuity = ZERO
    share = ZERO
    if loan.repayment is Repayment.EQUAL_INSTALMENT:
        annuity = instalment_amount(principal, rate / 12, count)
    elif loan.repayment is Repayment.EQUAL_PRINCIPAL:
        share = round_to_fen(principal / count)
    lines = []
    balance = principal
    elapsed = 0
    for number, months in enumerate(periods, start=1):
        elapsed += months
        interest = round_to_fen(balance * rate * months / 12)
        if number == count:
            repaid = balance
        elif loan.repayment is Repayment.EQUAL_INSTALMENT:
            repaid = min(annuity - interest, balance)
        else:
            repaid = min(share, balance)
        lines.append(
            Instalment(
                number=number,
                due=add_months(loan.drawdown_date, elapsed),
                months=months,
                opening_yuan=balance,
                principal_yuan=repaid,
                interest_yuan=interest,
                payment_yuan=repaid + interest,
                closing_yuan=balance - repaid,
            )
        )
        balance -= repaid
    return tuple(lines)
