"""From removals to credits: adjustments, verifications and the ledger of what became of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MASS_UNITS, MAX_TONNES
from app.finance.fields import Field
from app.finance.text import N_


class AdjustmentKind(StrEnum):
    BASELINE = "baseline"
    LEAKAGE = "leakage"
    PROJECT_EMISSIONS = "project_emissions"


class LedgerKind(StrEnum):
    VERIFIED = "verified"
    ISSUED = "issued"
    SOLD = "sold"
    RETIRED = "retired"
    PLEDGED = "pledged"
    RELEASED = "released"


@dataclass(frozen=True)
class AdjustmentLine:
    """Tonnes that come off the removals of a run of calendar years."""

    kind: Annotated[
        AdjustmentKind,
        Field(
            N_("Taken off as"),
            choices=(
                ("baseline", N_("baseline removal")),
                ("leakage", N_("leakage")),
                ("project_emissions", N_("emissions of the project")),
            ),
            help=N_("What would have been removed anyway, moved elsewhere, or given off."),
        ),
    ]
    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200)]
    tonnes_per_year: Annotated[
        float,
        Field(
            N_("Tonnes of CO₂ a year"),
            "tCO2e/yr",
            minimum=-MAX_TONNES,
            maximum=MAX_TONNES,
            help=N_("Positive tonnes lower the credits; a negative baseline is an emission."),
        ),
    ]


@dataclass(frozen=True)
class VerificationLine:
    """One verification: the removals up to a day become credits after it."""

    monitored_to: Annotated[
        date,
        Field(N_("Monitored to"), help=N_("Last day of the monitoring period.")),
    ]
    verified_on: Annotated[
        date, Field(N_("Verified on"), help=N_("Day of the verification report, or its plan."))
    ]


@dataclass(frozen=True)
class LedgerLine:
    """What became of credits of one vintage on one day."""

    day: Annotated[date, Field(N_("Date"))]
    kind: Annotated[
        LedgerKind,
        Field(
            N_("Entry"),
            choices=(
                ("verified", N_("verified")),
                ("issued", N_("issued")),
                ("sold", N_("sold")),
                ("retired", N_("retired")),
                ("pledged", N_("pledged")),
                ("released", N_("released from pledge")),
            ),
        ),
    ]
    vintage: Annotated[
        int,
        Field(
            N_("Vintage"),
            minimum=1990,
            maximum=2200,
            help=N_("Calendar year in which the tonne was removed."),
        ),
    ]
    tonnes: Annotated[
        float,
        Field(N_("Credits"), "tCO2e", above=0, maximum=MAX_TONNES, other_units=MASS_UNITS),
    ]
    counterparty: Annotated[str, Field(N_("With"), max_length=200)] = ""
    reference: Annotated[
        str,
        Field(
            N_("Reference"),
            max_length=120,
            help=N_("Contract, registration or serial number."),
        ),
    ] = ""
