"""The policy year in stretches over which the same heads are covered at the same values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.insurance.exposure import Exposure
from app.finance.insurance.laws import Floats

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class YearCell:
    """Part of a month: its length in months, and the value on risk of each head, yuan.

    A head that is not covered there has the value 0. A cell of several parts that are alike
    (`merged`) keeps the first month.
    """

    month: int
    length: float
    values_yuan: tuple[float, ...]

    @property
    def values(self) -> Floats:
        """The values as an array, shape (heads,)."""
        return np.array(self.values_yuan)


def year_cells(
    exposures: Sequence[Exposure], months: Sequence[int] = MONTHS
) -> tuple[YearCell, ...]:
    """Return the stretches of these months that the first policy year of the exposures covers.

    A waiting period takes days off the start of the period, so that within a month the covers of
    the heads lie within each other: the shortest part is that of all heads, what comes before it
    that of the heads with less waiting.
    """
    return tuple(cell for month in months for cell in _cells_of(exposures, month))


def _cells_of(exposures: Sequence[Exposure], month: int) -> Iterator[YearCell]:
    covers = [e.month_cover[month - 1] for e in exposures]
    values = [e.sum_insured_yuan * e.month_shares[month - 1] for e in exposures]
    before = 0.0
    for end in sorted(set(covers) - {0.0}):
        held = (v if c >= end else 0.0 for v, c in zip(values, covers, strict=True))
        yield YearCell(month, end - before, tuple(held))
        before = end


def merged(cells: Sequence[YearCell]) -> tuple[YearCell, ...]:
    """Return the cells with those of equal values put together, their lengths added."""
    lengths: dict[tuple[float, ...], float] = {}
    months: dict[tuple[float, ...], int] = {}
    for cell in cells:
        lengths[cell.values_yuan] = lengths.get(cell.values_yuan, 0.0) + cell.length
        months.setdefault(cell.values_yuan, cell.month)
    return tuple(YearCell(months[key], length, key) for key, length in lengths.items())
