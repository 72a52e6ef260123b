"""Distributions that inputs may carry, for the range of removals and credits."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


class DistributionKind(StrEnum):
    NORMAL = "normal"
    LOGNORMAL = "lognormal"
    TRIANGULAR = "triangular"
    PERT = "pert"
    UNIFORM = "uniform"
    EMPIRICAL = "empirical"


@dataclass(frozen=True)
class DistributionLine:
    """The distribution of one numeric input of the project.

    Numbers are in the stored unit of the input (shares as fractions). `year_correlation` is
    the correlation of neighbouring years: 1 draws once for the whole plan, 0 anew each year.
    """

    parameter: Annotated[
        str,
        Field(
            N_("Input"),
            min_length=1,
            max_length=120,
            suggestions="uncertain",
            help=N_(
                "The input that is uncertain, by its path, for example "
                "project.rate_tco2e_ha_yr or project.harvest.0.tonnes_per_year."
            ),
        ),
    ]
    kind: Annotated[
        DistributionKind,
        Field(
            N_("Distribution"),
            choices=(
                ("normal", N_("normal")),
                ("lognormal", N_("lognormal")),
                ("triangular", N_("triangular")),
                ("pert", N_("PERT")),
                ("uniform", N_("uniform")),
                ("empirical", N_("values as observed")),
            ),
        ),
    ]
    mean: Annotated[
        float | None,
        Field(N_("Mean"), help=N_("Mean of a normal or lognormal; empty for the input itself.")),
    ] = None
    sd: Annotated[
        float | None,
        Field(N_("Standard deviation"), minimum=0, help=N_("Of a normal or lognormal.")),
    ] = None
    low: Annotated[
        float | None, Field(N_("Lowest"), help=N_("Of a triangular, PERT or uniform."))
    ] = None
    mode: Annotated[
        float | None,
        Field(N_("Most likely"), help=N_("Of a triangular or PERT; empty for the input itself.")),
    ] = None
    high: Annotated[
        float | None, Field(N_("Highest"), help=N_("Of a triangular, PERT or uniform."))
    ] = None
    values: Annotated[
        str,
        Field(
            N_("Values as observed"),
            max_length=4000,
            help=N_("Numbers with semicolons between them, each as likely as the other."),
        ),
    ] = ""
    year_correlation: Annotated[
        float,
        Field(
            N_("Correlation from year to year"),
            minimum=0,
            maximum=1,
            help=N_("1: one draw for all years. 0: each year on its own."),
            default_source=N_("house convention: one draw for all years, the widest total"),
        ),
    ] = 1.0


def observed_values(line: DistributionLine) -> tuple[float, ...]:
    """Return the numbers of an empirical distribution, ascending; empty if one is no number."""
    parts = line.values.replace("；", ";").replace("\n", ";").split(";")
    try:
        found = sorted(float(part) for part in parts if part.strip())
    except ValueError:
        return ()
    return tuple(found) if all(isfinite(value) for value in found) else ()
