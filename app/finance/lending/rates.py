"""The yearly rate of the loan on each day: fixed, or the loan prime rate with a margin."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.finance.case.lending.pricing import LprTenor, RateKind, Repricing
from app.finance.case.loan import Loan
from app.finance.case.maturity import last_day_of, maturity_of
from app.finance.dates import add_months
from app.finance.errors import DomainError

__all__ = [
    "Piece",
    "RatePath",
    "exact",
    "last_day_of",
    "lpr_before",
    "rate_path",
    "repricing_days",
]

_BASIS_POINTS = 10_000
_EVERY = {Repricing.ANNIVERSARY: 12, Repricing.QUARTERLY: 3, Repricing.MONTHLY: 1}

Piece = tuple[date, date, Decimal]
"""First day, the day after the last, and the yearly rate between them."""


@dataclass(frozen=True, slots=True)
class RatePath:
    """Yearly rates, exact, each from its day on until the next; the last one stays.

    Neighbours differ: a repricing that leaves the rate as it was opens no new stretch.
    """

    days: tuple[date, ...]
    rates: tuple[Decimal, ...]

    @property
    def constant(self) -> Decimal | None:
        """The rate when it is one for the whole loan, else None."""
        return self.rates[0] if len(self.rates) == 1 else None

    def rate_on(self, day: date) -> Decimal:
        """Return the rate of a day; before the first one, the first rate."""
        return self.rates[max(bisect_right(self.days, day) - 1, 0)]

    def pieces(self, start: date, end: date) -> tuple[Piece, ...]:
        """Cut the days from `start` to before `end` where the rate changes."""
        if len(self.rates) == 1:
            return ((start, end, self.rates[0]),)
        first, last = max(bisect_right(self.days, start), 1), bisect_left(self.days, end)
        cuts = (start, *self.days[first:last], end)
        return tuple(zip(cuts, cuts[1:], self.rates[first - 1 :], strict=False))


def exact(rate: float) -> Decimal:
    """Return a rate as its shortest decimal: 0.0385 is 0.0385 and not 0.03849999."""
    return Decimal(str(rate))


def repricing_days(loan: Loan, until: date) -> tuple[date, ...]:
    """Return the days after drawdown and before `until` on which a floating rate is set anew.

    On 1 January, or on the day of drawdown each year, three months or month (the last day of a
    shorter month). A fixed loan has none, nor has an extension at a rate of its own.
    """
    if loan.rate_kind is RateKind.FIXED:
        return ()
    if loan.extension is not None and loan.extension.annual_rate is not None:
        until = min(until, maturity_of(loan))
    start = loan.drawdown_date
    if loan.repricing is Repricing.NEW_YEAR:
        days = [date(year, 1, 1) for year in range(start.year + 1, until.year + 1)]
    else:
        every = _EVERY[loan.repricing]
        months = (until.year - start.year) * 12 + until.month - start.month
        days = [add_months(start, m) for m in range(every, months + 1, every)]
    return tuple(day for day in days if day < until)


class _Published:
    """The published rates of one tenor."""

    def __init__(self, loan: Loan) -> None:
        one_year = loan.lpr_tenor is LprTenor.ONE_YEAR
        self._days: list[date] = []
        self._rates: list[Decimal] = []
        for line in loan.lpr:
            rate = line.one_year if one_year else line.five_years
            if rate is not None:
                self._days.append(line.day)
                self._rates.append(exact(rate))

    def line_before(self, day: date) -> tuple[date, Decimal]:
        """Return day and rate of the last one published before `day`.

        Raises:
            DomainError: `lpr_missing` at `loan.lpr` when the table starts later.
        """
        place = bisect_left(self._days, day)
        if place == 0:
            first = self._days[0] if self._days else None
            raise DomainError("lpr_missing", path="loan.lpr", value=first, day=day)
        return self._days[place - 1], self._rates[place - 1]

    def before(self, day: date) -> Decimal:
        """Return the last rate published before `day`; raises as `line_before`."""
        return self.line_before(day)[1]


def lpr_before(loan: Loan, day: date) -> tuple[date, Decimal]:
    """Return day and rate of the last LPR of the loan's tenor published before `day`.

    Raises:
        DomainError: `lpr_missing` at `loan.lpr` when the table starts later.
    """
    return _Published(loan).line_before(day)


def _joined(days: Sequence[date], rates: Sequence[Decimal]) -> RatePath:
    """Leave out the days on which the rate stays as it was."""
    kept = [n for n in range(len(days)) if n == 0 or rates[n] != rates[n - 1]]
    return RatePath(tuple(days[n] for n in kept), tuple(rates[n] for n in kept))


def _with_margin(base: Decimal, basis_points: Decimal) -> Decimal:
    return max(base + basis_points / _BASIS_POINTS, Decimal(0))


def rate_path(loan: Loan, *, shift_bp: float = 0.0) -> RatePath:
    """Return the yearly rate of each day of the loan.

    A fixed loan has one. A floating one is the last LPR published before the day of drawdown or
    of repricing plus its margin; what is published on the very day counts from the next repricing
    on. That is the rule of contracts that take the LPR of the day before; the contract decides.
    After the last line of the table the LPR stays as it is. A rate below zero is taken as zero.
    An extension with a rate of its own has it from the original maturity on.

    Args:
        loan: its pricing.
        shift_bp: added to the LPR from the first repricing after drawdown on, basis points; a
            fixed rate does not move.

    Raises:
        DomainError: `lpr_missing` at `loan.lpr`: none is published before drawdown.
    """
    days = [loan.drawdown_date]
    if loan.rate_kind is RateKind.FIXED:
        assert loan.annual_rate is not None  # noqa: S101 - the rules of a case ask for it
        rates = [exact(loan.annual_rate)]
    else:
        published, margin = _Published(loan), exact(loan.margin_bp or 0.0)
        moved = margin + exact(shift_bp)
        days += repricing_days(loan, last_day_of(loan))
        bases = [published.before(day) for day in days]
        found = {base: _with_margin(base, moved) for base in set(bases)}
        rates = [_with_margin(bases[0], margin), *[found[base] for base in bases[1:]]]
    if loan.extension is not None and loan.extension.annual_rate is not None:
        days.append(maturity_of(loan))
        rates.append(exact(loan.extension.annual_rate))
    return _joined(days, rates)
