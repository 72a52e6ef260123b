"""What is on risk: each head's value by policy year and by month, and the months covered."""

from dataclasses import dataclass

from app.finance.case.case import Case
from app.finance.case.cover.heads import HeadLine
from app.finance.sink.credits import CarbonResult


@dataclass(frozen=True, slots=True)
class Exposure:
    """One head on risk.

    `quantities` and `values_yuan` belong to the policy years, whole; `month_shares` says what
    part of the value is on risk in January to December (1 without stages); `month_cover` what
    part of each of these months the first policy year covers, after the waiting period (they sum
    to the months covered); `later_cover` the same without waiting, for later policy years.
    """

    head: HeadLine
    place: int
    quantities: tuple[float, ...]
    values_yuan: tuple[float, ...]
    month_shares: tuple[float, ...]
    month_cover: tuple[float, ...]
    later_cover: tuple[float, ...]

    @property
    def sum_insured_yuan(self) -> float:
        """The value of the first policy year."""
        return self.values_yuan[0]


def exposures_of(case: Case, carbon: CarbonResult) -> tuple[Exposure, ...]:
    """Return the heads of the insurance in their order.

    Raises:
        DomainError: a quantity that neither the head nor the case gives.
    """
    raise NotImplementedError
