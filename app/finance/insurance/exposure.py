"""What is on risk: each head's value by policy year and by month, and the months covered."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.finance.case.case import Case
from app.finance.case.cover.heads import CarbonPays, HeadLine, InsuredUnit
from app.finance.case.insurance import Insurance
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.dates import middle_calendar_year
from app.finance.errors import DomainError
from app.finance.insurance.cover_months import MONTHS, covered_months
from app.finance.money import round_to_fen
from app.finance.sink.credits import CarbonResult
from app.finance.valuation.cost_tool_schedule import START_UP_YEARS

ALL_YEAR = (1.0,) * MONTHS
Tonnes = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Exposure:
    """One head on risk.

    `quantities` and `values_yuan` belong to the policy years, whole; `month_shares` says what
    part of the value is on risk in January to December (1 without stages); `month_cover` what
    part of each of these months the first policy year covers, after the waiting period (they sum
    to the months covered); `later_cover` the same without waiting, for later policy years;
    `last_cover` that of the last policy year where it is not whole (empty: as `later_cover`).
    """

    head: HeadLine
    place: int
    quantities: tuple[float, ...]
    values_yuan: tuple[float, ...]
    month_shares: tuple[float, ...]
    month_cover: tuple[float, ...]
    later_cover: tuple[float, ...]
    last_cover: tuple[float, ...] = ()

    @property
    def sum_insured_yuan(self) -> float:
        """The value of the first policy year."""
        return self.values_yuan[0]

    def in_year(self, policy_year: int, *, survival: float = 1.0) -> "Exposure":
        """Return what is on risk in one policy year (from 1) as the only year of a policy.

        `survival` is the part of the value that earlier years are expected to have left.
        """
        place = policy_year - 1
        cover = self.month_cover if place == 0 else self.later_cover
        if place and place == len(self.values_yuan) - 1 and self.last_cover:
            cover = self.last_cover
        return replace(
            self,
            quantities=(self.quantities[place],),
            values_yuan=(self.values_yuan[place] * survival,),
            month_cover=cover,
            last_cover=(),
        )


def policy_years(insurance: Insurance) -> int:
    """Return how many policy years the period has, the last one perhaps not whole."""
    return math.ceil(insurance.period_months / 12)


def first_tonnes_year(case: Case, insurance: Insurance) -> int:
    """Return the calendar year whose tonnes the first policy year insures.

    House convention: the first year valued, where the case is appraised; else the year that
    holds the middle of the first 12 months of the policy.
    """
    appraisal = case.appraisal
    if appraisal is None:
        return middle_calendar_year(insurance.period_start, 1)
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return appraisal.valuation_date.year + START_UP_YEARS
    return middle_calendar_year(appraisal.valuation_date, 1)


def harvest_in(case: Case, year: int, site: str = "") -> float:
    """Return the harvest (t) planned in a calendar year, of a site where the plan names it."""
    lines = case.project.harvest
    at_site = [line for line in lines if line.site == site] if site else []
    return sum(
        line.tonnes_per_year
        for line in at_site or lines
        if line.first_year <= year <= line.last_year
    )


def missing_growth(planned: Tonnes, year: int, recovery_years: float) -> float:
    """Return the removals a total loss in `year` takes away until the growth is back, t CO2.

    Sum over k >= 0 of planned removals of year + k times (1 - k / recovery)+: the growth comes
    back in a straight line (house convention); the year of the loss counts whole.
    """
    return sum(
        planned(year + k) * (1.0 if k == 0 else 1 - k / recovery_years)
        for k in range(max(math.ceil(recovery_years), 1))
    )


def stock_before(planned: Tonnes, year: int, first: int) -> float:
    """Return the stock built up before `year` by the removals from `first` on, t CO2."""
    return max(sum(planned(earlier) for earlier in range(first, year)), 0.0)


def _planned(carbon: CarbonResult) -> tuple[Tonnes, int]:
    """Return the removals of a calendar year, none below zero, and the first year of the plan."""
    removals = {row.year: max(row.removals_tco2, 0.0) for row in carbon.years}
    return (lambda year: removals.get(year, 0.0)), min(removals, default=0)


def _of_case(head: HeadLine, case: Case, carbon: CarbonResult) -> Tonnes:
    """Return the tonnes of the case by calendar year that a head without a quantity insures."""
    if head.carbon_pays is not None:
        planned, first = _planned(carbon)
        pays, back = head.carbon_pays, head.recovery_years

        def on_risk(year: int) -> float:
            grown = missing_growth(planned, year, back) if pays is not CarbonPays.STOCK else 0.0
            held = stock_before(planned, year, first) if pays is not CarbonPays.GROWTH else 0.0
            return grown + head.stock_release_share * held

        return on_risk
    if head.quantity_unit is InsuredUnit.TCO2E:
        return carbon.credits_in
    if head.quantity_unit is InsuredUnit.TONNE:
        return lambda year: harvest_in(case, year, head.site)
    raise DomainError(
        "quantity_for_unit",
        path="insurance.heads",
        value=None,
        unit=head.quantity_unit.value,
    )


def _of_entry(head: HeadLine, entered: Tonnes) -> Tonnes:
    """Return what an entered quantity puts on risk, by policy year.

    Without a rule of what a carbon head pays it is the quantity itself; with `growth` the
    entered quantity is the growth of a year, with `stock` the stock of the year.
    """
    if head.carbon_pays is CarbonPays.GROWTH:
        return lambda year: missing_growth(entered, year, head.recovery_years)
    if head.carbon_pays is CarbonPays.STOCK:
        return lambda year: head.stock_release_share * entered(year)
    return entered


def _quantities(
    case: Case, insurance: Insurance, head: HeadLine, carbon: CarbonResult
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return quantity and agreed value of a unit, by policy year."""
    years = range(1, policy_years(insurance) + 1)
    lines = sorted(
        (line for line in insurance.stock if line.head == head.name),
        key=lambda line: line.policy_year,
    )

    def line_of(year: int) -> float | None:
        known = [line.quantity for line in lines if line.policy_year <= year]
        return known[-1] if known else head.quantity

    units = []
    for year in years:
        own = [line.unit_value_yuan for line in lines if line.policy_year == year]
        units.append(own[0] if own and own[0] is not None else head.unit_value_yuan)
    if line_of(1) is not None:
        of_year = _of_entry(head, lambda year: line_of(year) or 0.0)
        return tuple(of_year(year) for year in years), tuple(units)
    first = first_tonnes_year(case, insurance)
    of_case = _of_case(head, case, carbon)
    return tuple(of_case(first + year - 1) for year in years), tuple(units)


def season_months(first: int, last: int) -> tuple[int, ...]:
    """Return the months (1 to 12) from `first` to `last`, over New Year if need be."""
    return tuple((first - 1 + k) % MONTHS + 1 for k in range((last - first) % MONTHS + 1))


def month_shares(insurance: Insurance, head: HeadLine) -> tuple[float, ...]:
    """Return the part of the sum insured that is on risk in January to December."""
    stages = [stage for stage in insurance.stages if stage.head == head.name]
    if not stages:
        return ALL_YEAR
    shares = [0.0] * MONTHS
    for stage in stages:
        for month in season_months(stage.first_month, stage.last_month):
            shares[month - 1] = stage.share
    return tuple(shares)


def exposure_of(
    insurance: Insurance,
    place: int,
    quantities: Sequence[float],
    values_yuan: Sequence[float],
) -> Exposure:
    """Return one head on risk with quantities and values of its policy years."""
    head = insurance.heads[place]
    start, months = insurance.period_start, insurance.period_months
    years = len(values_yuan)
    return Exposure(
        head=head,
        place=place,
        quantities=tuple(quantities),
        values_yuan=tuple(values_yuan),
        month_shares=month_shares(insurance, head),
        month_cover=covered_months(start, months, 1, waiting_days=head.waiting_days),
        later_cover=covered_months(start, 12 * max(years, 2), 2),
        last_cover=covered_months(start, months, years) if years > 1 and months % 12 else (),
    )


def exposures_of(case: Case, insurance: Insurance, carbon: CarbonResult) -> tuple[Exposure, ...]:
    """Return the heads of the insurance in their order.

    Raises:
        DomainError: a quantity that neither the head nor the case gives.
    """
    found = []
    for place, head in enumerate(insurance.heads):
        quantities, units = _quantities(case, insurance, head, carbon)
        path = f"insurance.heads.{place}.unit_value_yuan"
        values = [
            float(round_to_fen(quantity * unit, path=path))
            for quantity, unit in zip(quantities, units, strict=True)
        ]
        found.append(exposure_of(insurance, place, quantities, values))
    return tuple(found)
