"""Readers of the figures that methods compute with."""

import math
from pathlib import Path

from app.finance.sink.allometry import AllometricEquation
from app.finance.sink.coefficients import SpeciesCoefficients
from app.finance.sink.evidence import Band, Comparison
from app.finance.sink.risk_table import NaturalRiskRow
from app.finance.sink.tables import Parameter
from app.finance.text import N_
from app.reference.rows import number_or_none, read_rows

CAUTIONS = {
    "": "",
    "no_own_equation": N_(
        "No equation of its own was found: this is the general one with the wood density of the "
        "species."
    ),
    "units_not_stated": N_(
        "The units of this equation are not stated where it was seen: check them in the "
        "publication before use."
    ),
    "looks_high": N_(
        "The coefficient looks high, about seven times the general equation: check the "
        "publication before use."
    ),
}
"""Why an equation is to be used with care, by the code in the table."""

_PERIODS = (
    "below_10_years",
    "from_10_years",
    "from_25_years",
    "from_50_years",
    "from_100_years",
)


def read_species(folder: Path) -> dict[str, SpeciesCoefficients]:
    """Return the coefficients of each species by its English and by its Chinese name."""
    found: dict[str, SpeciesCoefficients] = {}
    for row in read_rows(folder, "species.csv"):
        entry = SpeciesCoefficients(
            key=row["key"],
            name_zh=row["name_zh"],
            group=row["group"],
            dry_to_wet=float(row["dry_to_wet"]),
            soft_mass_share=float(row["soft_mass_share"]),
            shell_mass_share=float(row["shell_mass_share"]),
            carbon_soft=float(row["carbon_soft"]),
            carbon_shell=float(row["carbon_shell"]),
            source=row["source"],
        )
        found[entry.key] = entry
        found[entry.name_zh] = entry
    return found


def read_parameters(folder: Path) -> dict[str, Parameter]:
    """Return the published figures by key."""
    return {
        row["key"]: Parameter(
            key=row["key"],
            value=float(row["value"]),
            unit=row["unit"],
            clause=row["clause"],
            source=row["source"],
            status=row["status"],
        )
        for row in read_rows(folder, "parameters.csv")
    }


def read_discount_steps(folder: Path) -> tuple[tuple[float, float], ...]:
    """Return the upper uncertainty of each step (the last infinite) and the share taken off."""
    return tuple(
        (float(row["upper"]) if row["upper"] else math.inf, float(row["share"]))
        for row in read_rows(folder, "uncertainty_discount.csv")
    )


def read_natural_risk(folder: Path) -> tuple[NaturalRiskRow, ...]:
    """Return the percent points by loss and return period; None where a project fails."""
    return tuple(
        NaturalRiskRow(
            loss_from=float(row["loss_from"]),
            points=tuple(
                None if row[period] == "FAIL" else float(row[period]) for period in _PERIODS
            ),
            source=row["source"],
        )
        for row in read_rows(folder, "natural_risk.csv")
    )


def read_allometry(folder: Path) -> tuple[AllometricEquation, ...]:
    """Return the equations of tree biomass."""
    return tuple(
        AllometricEquation(
            species=row["name_lat"],
            name_zh=row["name_zh"],
            part=row["part"],
            form=row["form"],
            a=float(row["a"]),
            b=float(row["b"]),
            c=number_or_none(row["c"]),
            density=number_or_none(row["density"]),
            author=row["author"],
            source=row["source"],
            caution=CAUTIONS[row["caution"]],
        )
        for row in read_rows(folder, "allometry.csv")
    )


def read_bands(folder: Path) -> tuple[Band, ...]:
    """Return the ranges of removal rates seen."""
    return tuple(
        Band(
            ecosystem=row["ecosystem"],
            activity=row["activity"],
            low=number_or_none(row["low"]),
            high=number_or_none(row["high"]),
            basis=row["basis"],
            basis_zh=row["basis_zh"],
            source=row["source"],
        )
        for row in read_rows(folder, "bands.csv")
    )


def read_comparisons(folder: Path) -> tuple[Comparison, ...]:
    """Return the named projects that rates are held against."""
    return tuple(
        Comparison(
            key=row["key"],
            name=row["name_en"],
            name_zh=row["name_zh"],
            ecosystem=row["ecosystem"],
            activity=row["activity"],
            tco2e_ha_yr=float(row["rate"]),
            basis=row["basis"],
            basis_zh=row["basis_zh"],
            source=row["source"],
        )
        for row in read_rows(folder, "comparisons.csv")
    )
