"""How days become a part of a year, as exact ratios."""

from datetime import date

from app.finance.case.lending.days import DayCount


def year_fraction(
    start: date, end: date, basis: DayCount, *, months: int | None = None
) -> tuple[int, int]:
    """Return the part of a year from `start` to before `end` as numerator and denominator."""
    raise NotImplementedError
