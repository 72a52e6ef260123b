"""Repayment schedules to the fen; the last line takes what rounding has left."""

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext

from app.finance.case.lending.terms import InterestPayment, Repayment
from app.finance.case.loan import Loan
from app.finance.dates import add_months
from app.finance.lending.schedule_results import Schedule
from app.finance.money import round_to_fen

_PRECISION = Context(prec=40)


def instalment_amount(principal: Decimal, period_rate: Decimal, periods: int) -> Decimal:
    """Equal instalment to the fen: A = P i (1+i)^n / ((1+i)^n - 1); P/n when i is 0."""
    with localcontext(_PRECISION):
        if period_rate == 0:
            return round_to_fen(principal / periods)
        growth = (1 + period_rate) ** periods
        return round_to_fen(principal * period_rate * growth / (growth - 1))


def build_schedule(
    loan: Loan, *, cash: Sequence[float] | None = None, rate_shift_bp: float = 0.0
) -> Schedule:
    """Build the schedule of the amount asked for."""
    term = loan.term_months or 12
    length = 1
    if loan.repayment is Repayment.BULLET:
        length = {
            InterestPayment.MONTHLY: 1,
            InterestPayment.QUARTERLY: 3,
            InterestPayment.YEARLY: 12,
            InterestPayment.AT_MATURITY: term,
        }[loan.interest_payment]
    full, rest = divmod(term, length)
    periods = [length] * full + ([rest] if rest else [])
    principal = round_to_fen(loan.amount_yuan)
    rate = Decimal(str(loan.annual_rate or 0.0))
    annuity = instalment_amount(principal, rate / 12, len(periods))
    balance, elapsed = principal, 0
    starts, ends, interests, parts, closing = [], [], [], [], []
    for number, months in enumerate(periods, start=1):
        starts.append(add_months(loan.drawdown_date, elapsed))
        elapsed += months
        ends.append(add_months(loan.drawdown_date, elapsed))
        interest = round_to_fen(balance * rate * months / 12)
        if number == len(periods):
            repaid = balance
        elif loan.repayment is Repayment.EQUAL_PRINCIPAL:
            repaid = round_to_fen(principal / len(periods))
        elif loan.repayment is Repayment.BULLET:
            repaid = Decimal(0)
        else:
            repaid = min(annuity - interest, balance)
        balance -= repaid
        interests.append(int(interest * 100))
        parts.append(int(repaid * 100))
        closing.append(int(balance * 100))
    count = len(periods)
    first = int(principal * 100)
    return Schedule(
        starts, ends, ends, [float(rate)] * count, [first] + [0] * (count - 1), interests, parts,
        [0] * count, closing, ["payment"] * count, int(loan.upfront_fee_yuan * 100),
        ((loan.drawdown_date, first),),
    )  # fmt: skip
