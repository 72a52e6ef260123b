"""Removals a calendar year, t CO2e, by each of the three ways a project can state them."""

from collections.abc import Mapping

from app.finance.case.project import (
    AccountingMode,
    CarbonUnit,
    Project,
    QuantityMethod,
)
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.fields import choice_label
from app.finance.quantity import CO2_PER_C
from app.finance.sink.coefficients import SpeciesCoefficients
from app.finance.text import N_

Yearly = dict[int, float]


def harvest_removals(
    project: Project, species: Mapping[str, SpeciesCoefficients]
) -> tuple[Yearly, tuple[Step, ...]]:
    """Sum over harvest lines of tonnes x coefficient, by calendar year.

    Raises:
        DomainError: `unknown_species` when a line names none of `species`.
    """
    mode = project.accounting_mode or AccountingMode.SOFT_AND_SHELL
    yearly: Yearly = {}
    steps = []
    for number, line in enumerate(project.harvest):
        found = species.get(line.species)
        if found is None:
            raise DomainError(
                "unknown_species",
                path=f"project.harvest.{number}.species",
                value=line.species,
                known=sorted(species),
            )
        removed = line.tonnes_per_year * found.tco2_per_t(line.basis, mode)
        for year in range(line.first_year, line.last_year + 1):
            yearly[year] = yearly.get(year, 0.0) + removed
        steps.append(
            Step(
                key=f"carbon.harvest.{number + 1}",
                label=N_("Removals of a harvest line, a year"),
                formula="E = P × R × (w_soft × c_soft + w_shell × c_shell) × 44/12",
                terms=(
                    Term("P", N_("Harvest a year"), line.tonnes_per_year, "t/yr"),
                    Term("R", N_("Dry over wet mass"), _dry_factor(found, line.basis), ""),
                    Term("w_soft", N_("Soft tissue, share of dry mass"), found.soft_mass_share),
                    Term("c_soft", N_("Carbon in soft tissue"), found.carbon_soft),
                    Term("w_shell", N_("Shell, share of dry mass"), found.shell_mass_share),
                    Term("c_shell", N_("Carbon in shell"), found.carbon_shell),
                    Term(
                        "m",
                        N_("Shell and soft tissue"),
                        choice_label(Project, "accounting_mode", mode),
                        "choice",
                    ),
                ),
                value=removed,
                unit="tCO2e/yr",
                source=found.source,
                note=N_("A part that the choice leaves out counts as zero."),
            )
        )
    return yearly, tuple(steps)


def _dry_factor(found: SpeciesCoefficients, basis: str) -> float:
    return found.dry_to_wet if basis == "wet" else 1.0


def planted_removals(project: Project, last_year: int) -> tuple[Yearly, tuple[Step, ...]]:
    """Area in place x rate x survival, by calendar year up to `last_year`.

    A cohort planted in year c counts from c + 1 and, when `accrual_years` is n, up to c + n.
    Source: area plan of the Blue Carbon Cost Tool (The Nature Conservancy), which uses the
    cumulative area of the year before; time limit as in AR-AM0014 equation 4.
    """
    rate = project.rate_tco2e_ha_yr
    survival = project.survival_share
    if rate is None or survival is None:
        raise DomainError("needed", path="project.rate_tco2e_ha_yr", value=None)
    areas: Yearly = {}
    for line in project.planting:
        end = last_year
        if project.accrual_years is not None:
            end = min(end, line.year + project.accrual_years)
        for year in range(line.year + 1, end + 1):
            areas[year] = areas.get(year, 0.0) + line.area_ha
    yearly = {year: area * rate * survival for year, area in areas.items()}
    steps = []
    if areas:
        fullest = max(areas, key=lambda year: (areas[year], -year))
        steps.append(
            Step(
                key="carbon.planting",
                label=N_("Removals of the fullest year"),
                formula="E = A × r × s",
                terms=(
                    Term("A", N_("Area planted before that year"), areas[fullest], "ha"),
                    Term("r", N_("Removal rate"), rate, "tCO2e/ha/yr"),
                    Term("s", N_("Survival"), survival, "share"),
                    Term("t", N_("Year"), fullest, "year"),
                ),
                value=yearly[fullest],
                unit="tCO2e/yr",
                source="Blue Carbon Cost Tool (TNC), restoration credits; AR-AM0014, eq. 4",
                note=N_("Area counts from the year after it was planted."),
            )
        )
    return yearly, tuple(steps)


def stated_removals(project: Project) -> tuple[Yearly, tuple[Step, ...]]:
    """Tonnes of a report by calendar year; t C becomes t CO2 by 44/12."""
    factor = CO2_PER_C if project.stated_unit is CarbonUnit.TC else 1.0
    yearly: Yearly = {}
    steps = []
    for number, line in enumerate(project.stated):
        removed = line.tonnes_per_year * factor
        for year in range(line.first_year, line.last_year + 1):
            yearly[year] = yearly.get(year, 0.0) + removed
        steps.append(
            Step(
                key=f"carbon.stated.{number + 1}",
                label=N_("Removals of the report, a year"),
                formula="E = Q × k",
                terms=(
                    Term("Q", N_("Removals a year"), line.tonnes_per_year, "t/yr"),
                    Term("k", N_("CO₂ in a tonne of the report's unit"), factor, ""),
                ),
                value=removed,
                unit="tCO2e/yr",
                source="IPCC 2006 Guidelines, 44/12",
            )
        )
    return yearly, tuple(steps)


def removals(
    project: Project, *, last_year: int, species: Mapping[str, SpeciesCoefficients]
) -> tuple[Yearly, tuple[Step, ...]]:
    """Removals by calendar year, t CO2e, by the way the project states them."""
    if project.quantity_method is QuantityMethod.HARVEST:
        return harvest_removals(project, species)
    if project.quantity_method is QuantityMethod.PLANTING:
        return planted_removals(project, last_year)
    return stated_removals(project)
