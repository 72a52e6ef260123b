"""From removals to the credits of the pledged right."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.finance.case.project import Project
from app.finance.explain import Step, Term
from app.finance.sink.coefficients import SpeciesCoefficients
from app.finance.sink.removals import removals
from app.finance.text import N_

RATE_CEILING_TCO2E_HA_YR = 40.0
"""Area rates above this are flagged: the largest audited one seen is 30.8 (Futian, Shenzhen)."""


@dataclass(frozen=True, slots=True)
class CarbonYear:
    """One calendar year: removals of the project and credits of the right, both t CO2e."""

    year: int
    removals_tco2e: float
    credits_tco2e: float


@dataclass(frozen=True, slots=True)
class CarbonResult:
    """Removals and credits, t CO2e, of each calendar year of the plan.

    `total_*` sum the whole plan; `credit_share` turns removals into credits;
    `peak_rate_tco2e_ha_yr` is None when the site's area is not known.
    """

    years: tuple[CarbonYear, ...]
    total_removals_tco2e: float
    total_credits_tco2e: float
    credit_share: float
    peak_rate_tco2e_ha_yr: float | None
    working: tuple[Step, ...]

    def credits_in(self, year: int) -> float:
        """Credits of a calendar year, 0 outside the plan."""
        return next((row.credits_tco2e for row in self.years if row.year == year), 0.0)


def _peak_rate(project: Project, peak: float) -> float | None:
    area = project.site_area_ha or sum(line.area_ha for line in project.planting)
    return peak / area if area else None


def compute_carbon(
    project: Project, *, last_year: int, species: Mapping[str, SpeciesCoefficients]
) -> CarbonResult:
    """Compute removals and credits of each year of the plan.

    credits = removals x (1 - uncertainty) x (1 - leakage) x (1 - buffer) x own share.
    Planted areas run to `last_year`; other plans to their own last year.
    """
    yearly, steps = removals(project, last_year=last_year, species=species)
    share = (
        (1 - project.uncertainty_discount)
        * (1 - project.leakage_share)
        * (1 - project.buffer_share)
        * project.own_share
    )
    years = tuple(CarbonYear(year, yearly[year], yearly[year] * share) for year in sorted(yearly))
    total = sum(row.removals_tco2e for row in years)
    issued = sum(row.credits_tco2e for row in years)
    peak = max((row.removals_tco2e for row in years), default=0.0)
    total_step = Step(
        key="carbon.credits",
        label=N_("Credits of the right, whole plan"),
        formula="Q = ΣE × (1 − u) × (1 − l) × (1 − b) × o",
        terms=(
            Term("ΣE", N_("Removals, whole plan"), total, "tCO2e"),
            Term("u", N_("Uncertainty discount"), project.uncertainty_discount, "share"),
            Term("l", N_("Leakage"), project.leakage_share, "share"),
            Term("b", N_("Buffer or risk deduction"), project.buffer_share, "share"),
            Term("o", N_("Share of the right pledged"), project.own_share, "share"),
        ),
        value=issued,
        unit="tCO2e",
        source=N_("inputs of the case; deductions in the order of the crediting standards"),
    )
    return CarbonResult(
        years=years,
        total_removals_tco2e=total,
        total_credits_tco2e=issued,
        credit_share=share,
        peak_rate_tco2e_ha_yr=_peak_rate(project, peak),
        working=(*steps, total_step),
    )
