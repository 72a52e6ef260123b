"""Working of the schedule and of the annualised rate."""

from calendar import isleap
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.finance.case.lending.days import DayCount
from app.finance.case.lending.terms import Repayment
from app.finance.case.loan import Loan
from app.finance.case.maturity import maturity_of
from app.finance.dates import add_months, whole_months_between
from app.finance.explain import Step, Term
from app.finance.lending.day_count import Ratio, year_fraction
from app.finance.lending.effective_rate import EffectiveRate, months_between
from app.finance.lending.schedule_changes import PREPAYMENT
from app.finance.lending.schedule_results import Instalment, Schedule
from app.finance.money import FEN, fen_of, whole_fen
from app.finance.text import N_

_PARTS = {
    DayCount.MONTHS: ("t = m / 12 + d / 360", "银发〔2005〕129号"),
    DayCount.ACT_360: ("t = d / 360", "ISDA 2006, 4.16(e)"),
    DayCount.ACT_365F: ("t = d / 365", "ISDA 2006, 4.16(d)"),
    DayCount.THIRTY_360: ("t = d / 360", "ISDA 2006, 4.16(f)"),
    DayCount.THIRTY_E_360: ("t = d / 360", "ISDA 2006, 4.16(g)"),
    DayCount.ACT_ACT: ("t = d / 365 + e / 366", "ISDA 2006, 4.16(b)"),
}
"""How the days of a period become a part of a year, and the source."""

_EQUAL_PERIODS = "A = P × i × (1 + i)^n / ((1 + i)^n − 1),  i = R × t"
_OTHER_PERIODS = "A = P / Σ_k 1 / Π_(j≤k) (1 + R × t_j)"
_SCULPTED = "A_k = max(x × C_k, I_k),  P = Σ_k A_k × Π_(j≤k) 1 / (1 + R × t_j)"
_PAYMENTS = {
    Repayment.EQUAL_PRINCIPAL: "A₁ = P / n + I₁",
    Repayment.SEASONAL: "A₁ = P / n + I₁",
    Repayment.STEP: "A₁ = s × L + I₁",
    Repayment.BALLOON: "A = (P − b × P × v_n) / Σ_k v_k,  v_k = Π_(j≤k) 1 / (1 + R × t_j)",
    Repayment.CUSTOM: "A₁ = p₁ + I₁",
    Repayment.BULLET: "A₁ = p₁ + I₁",
}
"""The first payment by way of repayment, where it does not hang on more."""

_ROUNDED = N_("each amount rounded half-up to the fen; the last line takes the rest")
_RATE_SOURCE = "中国人民银行公告〔2021〕第3号"


def _part_of_year(loan: Loan, line: Instalment) -> tuple[Ratio, tuple[Term, ...]]:
    """Return the part of a year of a line, and the days it is made of."""
    start, end, basis = line.start, line.end, loan.day_count
    months = months_between(start, end)
    ratio = year_fraction(start, end, basis, months=months)
    days, label = line.days, N_("Days of the period")
    if basis is DayCount.MONTHS:
        whole = whole_months_between(start, end) if months is None else months
        left = 0 if months is not None else (end - add_months(start, whole)).days
        return ratio, (
            Term("m", N_("Whole months of the period"), whole, "month"),
            Term("d", N_("Days left over"), left, "day"),
        )
    if basis in (DayCount.THIRTY_360, DayCount.THIRTY_E_360):
        days, label = ratio[0], N_("Days of the period, 30 in each month")
    if basis is DayCount.ACT_ACT:
        leap = _leap_days(start, end)
        return ratio, (
            Term("d", N_("Days in ordinary years"), days - leap, "day"),
            Term("e", N_("Days in leap years"), leap, "day"),
        )
    return ratio, (Term("d", label, days, "day"),)


def _leap_days(start: date, end: date) -> int:
    years = [year for year in range(start.year, end.year + 1) if isleap(year)]
    return sum(
        (min(end, date(year + 1, 1, 1)) - max(start, date(year, 1, 1))).days for year in years
    )


def _interest_step(loan: Loan, line: Instalment) -> Step:
    """The interest of a line; as a sum where balance or rate change within its days."""
    formula, source = _PARTS[loan.day_count]
    (part, year), days = _part_of_year(loan, line)
    above, below = Decimal(str(line.rate)).as_integer_ratio()
    plain = whole_fen(fen_of(line.opening_yuan) * above * part, below * year)
    is_plain = plain == fen_of(line.interest_yuan)
    return Step(
        "loan.first_interest",
        N_("Interest of the first payment"),
        f"I₁ = P × R × t,  {formula}" if is_plain else f"I₁ = Σ_j P_j × R_j × t_j,  {formula}",
        (
            Term("P", N_("Balance before"), line.opening_yuan, "yuan"),
            Term("R", N_("Interest rate"), line.rate, "1/yr"),
            *days,
        ),
        line.interest_yuan,
        "yuan",
        source,
        "" if is_plain else N_("A drawing or a new rate falls into the period."),
    )


def _instalment_formula(loan: Loan, schedule: Schedule) -> str:
    """The closed form holds where every period is the same number of whole months."""
    ends = [schedule.starts[0], *schedule.ends[: schedule.payments]]
    lengths = {months_between(one, other) for one, other in pairwise(ends)}
    equal = loan.day_count is DayCount.MONTHS and len(lengths) == 1 and None not in lengths
    return _EQUAL_PERIODS if equal else _OTHER_PERIODS


def _is_put_off(loan: Loan, line: Instalment) -> bool:
    """Whether the extension says what a line repays: from the maturity put off on."""
    return loan.extension is not None and line.end >= maturity_of(loan)


def _payment_formula(loan: Loan, schedule: Schedule, line: Instalment) -> str:
    if line.kind == PREPAYMENT or _is_put_off(loan, line):
        return "A₁ = p₁ + I₁"
    if not line.closing_yuan:
        return "A₁ = P + I₁"
    if not line.principal_yuan:
        return "A₁ = I₁"
    if loan.repayment is Repayment.EQUAL_INSTALMENT:
        return _instalment_formula(loan, schedule)
    if loan.repayment is Repayment.SCULPTED:
        return _SCULPTED if loan.target_dscr is None else "A₁ = C₁ / DSCR"
    return _PAYMENTS[loan.repayment]


def _payment_terms(loan: Loan, schedule: Schedule, line: Instalment) -> tuple[Term, ...]:
    terms = [
        Term("P", N_("Balance before"), line.closing_yuan + line.principal_yuan, "yuan"),
        Term("R", N_("Interest rate"), line.rate, "1/yr"),
        Term("n", N_("Payments of principal"), schedule.payments, ""),
        Term("I₁", N_("Interest"), line.interest_yuan, "yuan"),
        Term("p₁", N_("Principal"), line.principal_yuan, "yuan"),
    ]
    if loan.repayment is Repayment.BALLOON:
        terms.append(Term("b", N_("Balloon"), loan.balloon_share, "share"))
    if loan.repayment is Repayment.STEP and line.principal_yuan:
        drawn = sum(fen for _day, fen in schedule.drawdowns)
        terms.append(Term("L", N_("Drawn in all"), drawn * FEN, "yuan"))
        share = [s.principal_share for s in loan.steps if s.first_payment <= line.number]
        terms += [Term("s", N_("Share of the loan"), s, "share") for s in share[-1:]]
    if loan.repayment is Repayment.SCULPTED and loan.target_dscr is not None:
        terms.append(Term("DSCR", N_("DSCR of the sculpted payments"), loan.target_dscr, "x"))
    if line.fee_yuan:
        terms.append(Term("F₁", N_("Fee"), line.fee_yuan, "yuan"))
    return tuple(terms)


def _payment_step(loan: Loan, schedule: Schedule, line: Instalment, key: str, label: str) -> Step:
    formula = _payment_formula(loan, schedule, line)
    return Step(
        key,
        label,
        f"{formula} + F₁" if line.fee_yuan else formula,
        _payment_terms(loan, schedule, line),
        line.payment_yuan,
        "yuan",
        _ROUNDED,
    )


def _total_step(schedule: Schedule) -> Step:
    paid = schedule.total_principal_yuan + schedule.total_interest_yuan + sum(schedule.fees) * FEN
    fees = schedule.total_fees_yuan - schedule.upfront_fee * FEN
    return Step(
        "loan.total_interest",
        N_("Interest in all"),
        "ΣI = ΣA − ΣF − P",
        (
            Term("ΣA", N_("All payments"), paid, "yuan"),
            Term("ΣF", N_("Fees among them"), fees, "yuan"),
            Term("P", N_("Principal repaid"), schedule.total_principal_yuan, "yuan"),
        ),
        schedule.total_interest_yuan,
        "yuan",
        N_("sum of the schedule"),
    )


def _rate_step(schedule: Schedule, rate: EffectiveRate) -> Step:
    """The annualised rate: by whole months, or by days where some flow falls between them."""
    drawn = sum(fen for _day, fen in schedule.drawdowns)
    if rate.dated:
        flows = (
            "Σ A_k / (1 + R*)^(d_k / 365) = Σ P_j / (1 + R*)^(d_j / 365) − F;  "
            "i = (1 + R*)^(1 / 12) − 1"
        )
    else:
        flows = "Σ A_k / (1 + i)^k = Σ P_j / (1 + i)^j − F;  R* = (1 + i)^12 − 1"
    return Step(
        "loan.annual_rate",
        N_("Annualised rate, fees included (compound)"),
        flows,
        (
            Term("P", N_("Drawn in all"), drawn * FEN, "yuan"),
            Term("F", N_("Fees at drawdown"), schedule.upfront_fee * FEN, "yuan"),
            Term("i", N_("Internal rate of return a month"), rate.monthly_irr, "1/month"),
            Term("12i", N_("The same, simple"), rate.annual_simple, "1/yr"),
        ),
        rate.annual_compound,
        "1/yr",
        _RATE_SOURCE,
        N_("Payments count by the days from drawdown.") if rate.dated else "",
    )


def _payment_steps(loan: Loan, schedule: Schedule, line: Instalment) -> tuple[Step, ...]:
    """The first payment, and after payments of interest only the first one with principal."""
    first = _payment_step(loan, schedule, line, "loan.first_payment", N_("First payment"))
    repays = next((one for one in schedule.lines if one.principal_yuan), line)
    if repays is line:
        return (first,)
    label = N_("First payment of principal")
    return first, _payment_step(loan, schedule, repays, "loan.first_principal", label)


def schedule_steps(loan: Loan, schedule: Schedule, rate: EffectiveRate) -> tuple[Step, ...]:
    """Return the steps of interest, first payments, interest in all and annualised rate."""
    line = next((line for line in schedule.lines if line.payment_yuan), schedule.lines[0])
    return (
        _interest_step(loan, line),
        *_payment_steps(loan, schedule, line),
        _total_step(schedule),
        _rate_step(schedule, rate),
    )
