"""The rows of a schedule before anything is paid: their days, interest factors, drawings.

Interest of a row = balance at its start x factor / unit, and for what is drawn inside it the
amount x the factor from its day on. Factors are whole numbers over one unit, so interest is an
exact ratio until it is rounded once.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import lcm

from app.finance.case.lending.days import DayCount
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.calendar import loan_calendar
from app.finance.lending.day_count import Ratio, year_fraction
from app.finance.lending.periods import Period, loan_periods
from app.finance.lending.rates import Piece, RatePath, rate_path
from app.finance.lending.schedule_changes import (
    Cut,
    cut_at_prepayments,
    extension_periods,
)
from app.finance.money import fen_of

Drawing = tuple[date, int]
"""Day and fen of a tranche."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a schedule and the periods they lie in.

    Attributes:
        starts, ends, dues, kinds: days and kind of each row.
        period: number of the period of each row, from 0; rows of a period follow each other.
        rates: yearly rate on the last day counted of each row.
        factors, unit: interest of a row = balance at its start x factor / unit.
        drawn, partial: fen drawn in each row, and fen x factor from the day of drawing on.
        prepaid: position of the prepayment of a row that is one.
        fractions, year: part of a year of each period = fraction / year.
        pays: whether principal is repaid in each period.
        matures: number of the period that ends at maturity, before any extension.
        drawings: the tranches.
    """

    starts: Sequence[date]
    ends: Sequence[date]
    dues: Sequence[date]
    kinds: Sequence[str]
    period: Sequence[int]
    rates: Sequence[Decimal]
    factors: Sequence[int]
    unit: int
    drawn: Sequence[int]
    partial: Sequence[int]
    prepaid: dict[int, int]
    fractions: Sequence[int]
    year: int
    pays: Sequence[bool]
    matures: int
    drawings: tuple[Drawing, ...]


def loan_drawings(loan: Loan) -> tuple[Drawing, ...]:
    """Return the tranches in order of their days; without a table all on the day of drawdown."""
    lines = sorted((line.day, line.amount_yuan) for line in loan.tranches)
    return tuple(
        (day, fen_of(amount, path="loan.amount_yuan"))
        for day, amount in lines or [(loan.drawdown_date, loan.amount_yuan)]
    )


def _on_one_unit(ratios: Sequence[Ratio]) -> tuple[list[int], int]:
    """Return the numerators of ratios over their least common denominator, and that."""
    units = {below for _above, below in ratios}
    unit = lcm(*units)
    if len(units) == 1:
        return [above for above, _below in ratios], unit
    return [above * (unit // below) for above, below in ratios], unit


def _factor(pieces: Sequence[Piece], basis: DayCount, fraction: Ratio | None = None) -> Ratio:
    """Return rate x part of a year, summed over the stretches of one rate.

    `fraction` is the part of the year of a whole period, which counts where the rate does not
    change within it.
    """
    if fraction is not None and len(pieces) == 1:
        above, below = pieces[0][2].as_integer_ratio()
        return above * fraction[0], below * fraction[1]
    found = []
    for first, last, rate in pieces:
        above, below = rate.as_integer_ratio()
        part, year = year_fraction(first, last, basis)
        found.append((above * part, below * year))
    numerators, unit = _on_one_unit(found)
    return sum(numerators), unit


def _accrual(
    rows: Cut, path: RatePath, basis: DayCount, fractions: Sequence[int], year: int
) -> tuple[list[Decimal], list[int], int]:
    """Return the last rate and the factor of each row, and the unit of the factors."""
    if path.constant is not None and not rows.prepaid:
        above, below = path.constant.as_integer_ratio()
        rates = [path.constant] * len(rows.starts)
        return rates, [above * fraction for fraction in fractions], below * year
    cut = [path.pieces(start, end) for start, end in zip(rows.starts, rows.ends, strict=True)]
    factors, unit = _on_one_unit(
        [
            _factor(pieces, basis, (fractions[period], year) if whole else None)
            for pieces, period, whole in zip(cut, rows.period, rows.whole, strict=True)
        ]
    )
    return [pieces[-1][2] for pieces in cut], factors, unit


def _check_tranches(loan: Loan, last: Period) -> None:
    """Refuse a tranche on or after the day the loan is repaid, which a holiday may move back."""
    repaid = min(last.end, last.due)
    for position, line in enumerate(loan.tranches[1:], start=1):
        if line.day >= repaid:
            path = f"loan.tranches.{position}.day"
            raise DomainError("not_before_maturity", path=path, value=line.day, maturity=repaid)


def loan_rows(loan: Loan, *, rate_shift_bp: float = 0.0) -> Rows:
    """Return the rows of a loan with their interest factors and drawings.

    Raises:
        DomainError: `calendar_year_unknown`, `lpr_missing`, `prepayment_over_balance`;
            `not_before_maturity` for a tranche on or after the day the loan is repaid.
    """
    calendar = loan_calendar(loan)
    periods = loan_periods(loan, calendar)
    matures = len(periods) - 1
    _check_tranches(loan, periods[matures])
    periods += extension_periods(loan, periods[-1], calendar)
    basis, path = loan.day_count, rate_path(loan, shift_bp=rate_shift_bp)
    fractions, year = _on_one_unit(
        [
            year_fraction(start, end, basis, months=months)
            for start, end, _due, months, _pays in periods
        ]
    )
    cut = cut_at_prepayments(loan, periods, matures)
    rates, factors, unit = _accrual(cut, path, basis, fractions, year)
    drawings = loan_drawings(loan)
    drawn, partial = [0] * len(cut.starts), [0] * len(cut.starts)
    for day, fen in drawings:
        row = bisect_right(cut.starts, day) - 1
        drawn[row] += fen
        if day == cut.starts[row]:
            partial[row] += fen * factors[row]
        else:
            above, below = _factor(path.pieces(day, cut.ends[row]), basis)
            finer = lcm(unit, below) // unit
            if finer > 1:
                unit *= finer
                factors = [finer * factor for factor in factors]
                partial = [finer * each for each in partial]
            partial[row] += fen * above * (unit // below)
    return Rows(
        starts=cut.starts,
        ends=cut.ends,
        dues=cut.dues,
        kinds=cut.kinds,
        period=cut.period,
        rates=rates,
        factors=factors,
        unit=unit,
        drawn=drawn,
        partial=partial,
        prepaid=cut.prepaid,
        fractions=fractions,
        year=year,
        pays=[period.pays_principal for period in periods],
        matures=matures,
        drawings=drawings,
    )
