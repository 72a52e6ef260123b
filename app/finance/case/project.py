"""The project: the sink, its rights and the tonnes it takes up."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.finance.case.carbon.ccer import CCER_METHODS, Ccer
from app.finance.case.carbon.cohorts import COHORT_METHODS, CohortPlan
from app.finance.case.carbon.crediting import AdjustmentLine, LedgerLine, VerificationLine
from app.finance.case.carbon.harvest import (
    MODE_CHOICES,
    AccountingMode,
    HarvestLine,
    HarvestNet,
    SampleLine,
)
from app.finance.case.carbon.ipcc_ws import IpccWs
from app.finance.case.carbon.j_blue import JBlue
from app.finance.case.carbon.kinds import (
    ACTIVITY_CHOICES,
    ECOSYSTEM_CHOICES,
    METHOD_CHOICES,
    Activity,
    Ecosystem,
    QuantityMethod,
    other_methods,
)
from app.finance.case.carbon.measured import Phytoplankton, SedimentBurial
from app.finance.case.carbon.plans import CarbonUnit, PlantingLine, StatedLine
from app.finance.case.carbon.sites import Site
from app.finance.case.carbon.uncertain import DistributionLine
from app.finance.case.carbon.vm0033 import Vm0033
from app.finance.case.units import AREA_UNITS, CARBON_RATE_UNITS
from app.finance.fields import Field
from app.finance.text import N_

_OWN_UNCERTAINTY = ("vm0033", "j_blue")
_OWN_BUFFER = ("vm0033", *CCER_METHODS)
_OWN_LEAKAGE = ("vm0033",)

_IDENTITY = N_("Project")
_RIGHTS = N_("Rights and rules")
_QUANTITY = N_("Quantity")
_DEDUCTIONS = N_("From removals to credits")
_PLACE = N_("Where it lies")
_ISSUANCE = N_("Verification, issuance and what became of the credits")
_UNCERTAINTY = N_("Uncertainty")


@dataclass(frozen=True)
class Project:
    name: Annotated[str, Field(N_("Project name"), min_length=1, max_length=200, group=_IDENTITY)]
    ecosystem: Annotated[
        Ecosystem,
        Field(
            N_("Sink carrier"),
            group=_IDENTITY,
            choices=ECOSYSTEM_CHOICES,
        ),
    ]
    quantity_method: Annotated[
        QuantityMethod,
        Field(
            N_("Method of accounting"),
            group=_QUANTITY,
            choices=METHOD_CHOICES,
            help=N_("The register of methods says what each one accepts, counts and deducts."),
        ),
    ]
    holder: Annotated[
        str,
        Field(
            N_("Right holder"),
            max_length=200,
            group=_IDENTITY,
            help=N_("Who holds the carbon-sink income right and pledges it."),
        ),
    ] = ""
    activity: Annotated[
        Activity | None,
        Field(
            N_("Activity"),
            group=_IDENTITY,
            choices=ACTIVITY_CHOICES,
            help=N_("Markets accept by it: planting almost everywhere, protection in few."),
        ),
    ] = None
    place: Annotated[str, Field(N_("Place"), max_length=200, group=_IDENTITY)] = ""
    methodology: Annotated[
        str,
        Field(
            N_("Methodology"),
            max_length=200,
            group=_RIGHTS,
            help=N_("Methodology or method of measurement, with its number and version."),
        ),
    ] = ""
    standard: Annotated[
        str,
        Field(
            N_("Standard"),
            max_length=120,
            group=_RIGHTS,
            help=N_("Crediting standard, for example CCER or VCS; none for an unregistered sink."),
        ),
    ] = ""
    market: Annotated[
        str, Field(N_("Market"), max_length=120, group=_RIGHTS, suggestions="markets")
    ] = ""
    registry_id: Annotated[str, Field(N_("Registry number"), max_length=120, group=_RIGHTS)] = ""
    sea_area_right_end: Annotated[
        date | None, Field(N_("Sea-area use right ends"), group=_RIGHTS)
    ] = None
    crediting_start: Annotated[date | None, Field(N_("Crediting period starts"), group=_RIGHTS)] = (
        None
    )
    crediting_end: Annotated[date | None, Field(N_("Crediting period ends"), group=_RIGHTS)] = None
    contract_end: Annotated[date | None, Field(N_("Sale contract ends"), group=_RIGHTS)] = None
    accounting_mode: Annotated[
        AccountingMode | None,
        Field(
            N_("Shell and soft tissue"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("harvest",)),
            choices=MODE_CHOICES,
            help=N_("Which carbon counts; for oyster the choice changes the answer 5.2 times."),
        ),
    ] = None
    harvest: Annotated[
        tuple[HarvestLine, ...],
        Field(
            N_("Harvest plan"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("harvest",)),
            max_length=200,
        ),
    ] = ()
    samples: Annotated[
        tuple[SampleLine, ...],
        Field(
            N_("Measured samples"),
            group=_QUANTITY,
            offered=("project.quantity_method", ("harvest",)),
            max_length=200,
            help=N_("Measured coefficients; they take the place of the published ones."),
        ),
    ] = ()
    harvest_net: Annotated[
        HarvestNet | None,
        Field(N_("Factors of the net mode"), needed=("project.accounting_mode", ("net",))),
    ] = None
    cohorts: Annotated[
        CohortPlan | None,
        Field(N_("Planted cohorts"), needed=("project.quantity_method", COHORT_METHODS)),
    ] = None
    ccer: Annotated[
        Ccer | None,
        Field(N_("CCER"), needed=("project.quantity_method", CCER_METHODS)),
    ] = None
    vm0033: Annotated[
        Vm0033 | None,
        Field(
            N_("VM0033: tidal wetland restoration"), needed=("project.quantity_method", ("vm0033",))
        ),
    ] = None
    ipcc_ws: Annotated[
        IpccWs | None,
        Field(
            N_("IPCC 2013 Wetlands Supplement"),
            needed=("project.quantity_method", ("ipcc_ws",)),
        ),
    ] = None
    j_blue: Annotated[
        JBlue | None,
        Field(
            N_("J-Blue: carbon left in soil and water"),
            needed=("project.quantity_method", ("j_blue",)),
        ),
    ] = None
    sediment_burial: Annotated[
        SedimentBurial | None,
        Field(N_("Burial in sediment"), needed=("project.quantity_method", ("sediment_burial",))),
    ] = None
    phytoplankton: Annotated[
        Phytoplankton | None,
        Field(
            N_("Export of phytoplankton"), needed=("project.quantity_method", ("phytoplankton",))
        ),
    ] = None
    planting: Annotated[
        tuple[PlantingLine, ...],
        Field(
            N_("Planting plan"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("planting",)),
            max_length=200,
        ),
    ] = ()
    rate_tco2e_ha_yr: Annotated[
        float | None,
        Field(
            N_("Removal rate"),
            "tCO2e/ha/yr",
            minimum=-100,
            maximum=1000,
            group=_QUANTITY,
            needed=("project.quantity_method", ("planting",)),
            suggestions="rates",
            other_units=CARBON_RATE_UNITS,
            help=N_("Net removal of one planted hectare in a year; the reference list has rates."),
        ),
    ] = None
    survival_share: Annotated[
        float | None,
        Field(
            N_("Survival"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_QUANTITY,
            needed=("project.quantity_method", ("planting",)),
            help=N_("Share of the planted area that establishes itself."),
        ),
    ] = None
    accrual_years: Annotated[
        int | None,
        Field(
            N_("Years of accrual"),
            "yr",
            minimum=1,
            maximum=100,
            group=_QUANTITY,
            offered=("project.quantity_method", ("planting",)),
            help=N_("For how many years a planted hectare earns; empty for no limit."),
        ),
    ] = None
    stated_unit: Annotated[
        CarbonUnit | None,
        Field(
            N_("Unit of the report"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("stated",)),
            choices=(("tCO2e", N_("tonnes of CO₂")), ("tC", N_("tonnes of carbon"))),
            help=N_("1 t of carbon is 44/12 t of CO₂; read the report before you choose."),
        ),
    ] = None
    stated: Annotated[
        tuple[StatedLine, ...],
        Field(
            N_("Removals of the report"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("stated",)),
            max_length=200,
        ),
    ] = ()
    site_area_ha: Annotated[
        float | None,
        Field(
            N_("Site area"),
            "ha",
            above=0,
            maximum=10**8,
            group=_QUANTITY,
            other_units=AREA_UNITS,
            help=N_("Used to check that the tonnes per hectare are plausible."),
        ),
    ] = None
    sites: Annotated[
        tuple[Site, ...],
        Field(
            N_("Sites"),
            group=_PLACE,
            max_length=200,
            help=N_("Coordinates and area of each site; a map file fills them in."),
        ),
    ] = ()
    uncertainty_discount: Annotated[
        float | None,
        Field(
            N_("Uncertainty discount"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            needed=("project.quantity_method", other_methods(_OWN_UNCERTAINTY)),
            help=N_("Share of the removals taken off because they are uncertain."),
        ),
    ] = None
    leakage_share: Annotated[
        float | None,
        Field(
            N_("Leakage"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            needed=("project.quantity_method", other_methods(_OWN_LEAKAGE)),
            help=N_("Share of the removals lost elsewhere because of the project."),
        ),
    ] = None
    buffer_share: Annotated[
        float | None,
        Field(
            N_("Buffer or risk deduction"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            needed=("project.quantity_method", other_methods(_OWN_BUFFER)),
            help=N_("Share held back against reversal; the method or the registry fixes it."),
        ),
    ] = None
    adjustments: Annotated[
        tuple[AdjustmentLine, ...],
        Field(
            N_("Baseline, leakage and emissions in tonnes"),
            group=_DEDUCTIONS,
            max_length=200,
            help=N_("Taken off the removals before the shares above; empty for none."),
        ),
    ] = ()
    verifications: Annotated[
        tuple[VerificationLine, ...],
        Field(
            N_("Verifications"),
            group=_ISSUANCE,
            max_length=100,
            help=N_(
                "Credits are issued after each verification; without any, they are taken as "
                "issued in the rhythm of the appraisal."
            ),
        ),
    ] = ()
    issuance_lag_months: Annotated[
        int | None,
        Field(
            N_("From verification to issuance"),
            "month",
            minimum=0,
            maximum=60,
            group=_ISSUANCE,
            help=N_("Months the registry takes; needed when verifications are listed."),
        ),
    ] = None
    ledger: Annotated[
        tuple[LedgerLine, ...],
        Field(
            N_("Credit ledger"),
            group=_ISSUANCE,
            max_length=500,
            help=N_("What became of the credits; a tonne is pledged or sold once."),
        ),
    ] = ()
    distributions: Annotated[
        tuple[DistributionLine, ...],
        Field(
            N_("Uncertain inputs"),
            group=_UNCERTAINTY,
            max_length=100,
            help=N_("Inputs that are known as a distribution; empty for a single estimate."),
        ),
    ] = ()
    draws: Annotated[
        int,
        Field(
            N_("Draws"),
            minimum=100,
            maximum=200_000,
            group=_UNCERTAINTY,
            default_source=N_("house convention: 10,000 draws"),
        ),
    ] = 10_000
    seed: Annotated[
        int,
        Field(
            N_("Seed of the random numbers"),
            minimum=0,
            maximum=2**31 - 1,
            group=_UNCERTAINTY,
            help=N_("The same seed gives the same draws."),
            default_source=N_("house convention: a fixed seed, printed with the result"),
        ),
    ] = 20230101
    own_share: Annotated[
        float,
        Field(
            N_("Share of the right pledged"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            default_source=N_("the whole right"),
        ),
    ] = 1.0
