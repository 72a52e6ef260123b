"""Repayment schedules to the fen; the last line takes what rounding has left.

Conventions (of the house, where the contract does not say otherwise):
- Interest of a line = sum of balance x rate x part of a year over the stretches of one balance
  and one rate, an exact ratio, rounded half-up to the fen once. The first day counts, the day
  of payment does not.
- Instalments and parts of principal are rounded to the fen; the last line repays the balance, so
  that principal sums to the loan exactly. A payment is never less than its interest.
- Instalments and equal parts are computed anew after a drawing, after a prepayment that keeps the
  tenor, and instalments at the first payment after the rate has changed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, localcontext

from app.finance.case.lending.terms import Extension
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.schedule_changes import PAYMENT
from app.finance.lending.schedule_plan import DIGITS, Rounding
from app.finance.lending.schedule_results import Schedule, UnroundedSchedule
from app.finance.lending.schedule_rows import Rows, loan_rows
from app.finance.lending.schedule_run import ScheduleRun
from app.finance.money import FEN, fen_of, whole_fen

_PRECISION = Context(prec=DIGITS)


def _is_over(run: ScheduleRun, rows: Rows) -> int:
    """Return the number of rows up to the one that repays the last of the loan."""
    count = len(rows.starts)
    while count > 1 and not run.closing[count - 2] and not rows.drawn[count - 1]:
        count -= 1
    return count


def _run(
    loan: Loan, cash: Sequence[float] | None, rate_shift_bp: float, rounded: Rounding
) -> tuple[Rows, ScheduleRun, int]:
    with localcontext(_PRECISION):
        rows = loan_rows(loan, rate_shift_bp=rate_shift_bp)
        run = ScheduleRun(loan, rows, cash, rounded)
        run.run()
    if loan.extension is not None and not rate_shift_bp:
        _check_extension(loan.extension, rows, run)
    return rows, run, _is_over(run, rows)


def _check_extension(extension: Extension, rows: Rows, run: ScheduleRun) -> None:
    """Refuse an extension of a loan that is repaid before its maturity.

    Not in a stress of the rate, at which a loan that is extended may be repaid earlier.
    """
    row = bisect_right(rows.period, rows.matures) - 1
    if not run.principal[row] + run.closing[row]:
        months = extension.months
        raise DomainError("extension_of_nothing", path="loan.extension.months", value=months)


def build_schedule(
    loan: Loan, *, cash: Sequence[float] | None = None, rate_shift_bp: float = 0.0
) -> Schedule:
    """Return the schedule of the amount asked for, in whole fen.

    Args:
        loan: its terms.
        cash: yuan that serve the debt in each period of `loan_periods`; for a sculpted loan.
        rate_shift_bp: basis points on a floating rate from its first repricing on.

    Raises:
        DomainError: `prepayment_over_balance`, `extension_over_balance`, `extension_of_nothing`,
            `no_cash_to_sculpt`, `calendar_year_unknown`, `lpr_missing`.
    """
    rows, run, count = _run(loan, cash, rate_shift_bp, whole_fen)
    schedule = Schedule(
        list(rows.starts[:count]),
        list(rows.ends[:count]),
        list(rows.dues[:count]),
        _floats(rows.rates[:count]),
        list(rows.drawn[:count]),
        run.interest[:count],
        run.principal[:count],
        run.fees[:count],
        run.closing[:count],
        list(rows.kinds[:count]),
        fen_of(loan.upfront_fee_yuan, path="loan.upfront_fee_yuan"),
        rows.drawings,
        sum(rows.pays[: rows.matures + 1]),
    )
    return _with_fees(loan, schedule) if loan.fees else schedule


def _floats(rates: Sequence[Decimal]) -> list[float]:
    if rates.count(rates[0]) == len(rates):
        return [float(rates[0])] * len(rates)
    return [float(rate) for rate in rates]


def _with_fees(loan: Loan, schedule: Schedule) -> Schedule:
    """Put each later fee into the first row that ends on its day or after; else into a new one."""
    fees = list(schedule.fees)
    late: dict[date, int] = {}
    for position, line in enumerate(loan.fees):
        fen = fen_of(line.amount_yuan, path=f"loan.fees.{position}.amount_yuan")
        row = bisect_left(schedule.ends, line.day)
        if row < len(fees):
            fees[row] += fen
        else:
            late[line.day] = late.get(line.day, 0) + fen
    days = sorted(late)
    nothing = [0] * len(days)
    return replace(
        schedule,
        starts=[*schedule.starts, *days],
        ends=[*schedule.ends, *days],
        dues=[*schedule.dues, *(max(day, schedule.dues[-1]) for day in days)],
        rates=[*schedule.rates, *(schedule.rates[-1] for _day in days)],
        drawn=[*schedule.drawn, *nothing],
        interest=[*schedule.interest, *nothing],
        principal=[*schedule.principal, *nothing],
        fees=[*fees, *(late[day] for day in days)],
        closing=[*schedule.closing, *nothing],
        kinds=[*schedule.kinds, *(PAYMENT for _day in days)],
    )


def unrounded_schedule(
    loan: Loan, *, cash: Sequence[float] | None = None, rate_shift_bp: float = 0.0
) -> UnroundedSchedule:
    """Return the same schedule before rounding, yuan to 28 digits, for comparison with others."""

    def exact(numerator: Decimal | int, denominator: int) -> Decimal:
        return Decimal(numerator) / denominator

    rows, run, count = _run(loan, cash, rate_shift_bp, exact)
    return UnroundedSchedule(
        rows.starts[:count],
        rows.ends[:count],
        rows.dues[:count],
        [fen * FEN for fen in run.interest[:count]],
        [fen * FEN for fen in run.principal[:count]],
        [fen * FEN for fen in run.closing[:count]],
    )
