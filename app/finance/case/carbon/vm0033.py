"""VM0033 v2.1, tidal wetland and seagrass restoration: the inputs of the method."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.carbon.vm0033_lines import (
    BaselineTonnes,
    NaturalRisk,
    WoodyChange,
    YearlyTonnes,
)
from app.finance.case.carbon.vm0033_strata import Vm0033Stratum
from app.finance.case.units import MAX_TONNES
from app.finance.fields import Field
from app.finance.text import N_


class Allochthonous(StrEnum):
    """How the carbon that came from outside is taken off (8.1.4.2.7, 8.2.4.2.2)."""

    STATED = "stated"
    ORGANIC_MATTER = "organic_matter"
    AUTOCHTHONOUS = "autochthonous"
    RETURNED = "returned"


class SoilGas(StrEnum):
    """Whether a gas of the soil is counted in the project."""

    ACCOUNTED = "accounted"
    NO_INCREASE = "no_increase"


class SalinityKind(StrEnum):
    AVERAGE = "average"
    LOW_POINT = "low_point"


class CapCase(StrEnum):
    """Whether equation 86 bounds the claim by the net benefit after 100 years."""

    NONE = "none"
    BASELINE = "baseline"
    SEA_LEVEL = "sea_level"


class Confidence(StrEnum):
    P90 = "90"
    P95 = "95"


class BufferPath(StrEnum):
    STATED = "stated"
    RISK_TABLE = "risk_table"


class LeakagePath(StrEnum):
    NONE = "none"
    STATED = "stated"


_STRATA = N_("Strata and biomass")
_SOIL = N_("Soil")
_GASES = N_("Methane and nitrous oxide")
_NET = N_("Baseline, premium, leakage and cap")
_UNCERTAINTY = N_("Uncertainty of the method")
_BUFFER = N_("Buffer of the method")
_GAS_CHOICES = (
    ("accounted", N_("counted")),
    ("no_increase", N_("left out: shown not to rise")),
)


@dataclass(frozen=True)
class Vm0033:
    """Inputs of VM0033 v2.1 (Verra, 4 September 2023)."""

    strata: Annotated[
        tuple[Vm0033Stratum, ...],
        Field(
            N_("Strata"),
            min_length=1,
            max_length=200,
            group=_STRATA,
            help=N_("Areas that are alike in wetland, soil, cover and salinity."),
        ),
    ]
    allochthonous: Annotated[
        Allochthonous,
        Field(
            N_("Allochthonous carbon"),
            group=_SOIL,
            choices=(
                ("stated", N_("share of each stratum is stated")),
                ("organic_matter", N_("from organic matter of soil and deposit")),
                ("autochthonous", N_("none: the soil data count own carbon only")),
                ("returned", N_("none: shown to return to the air otherwise")),
            ),
            help=N_("Carbon washed in is no removal of the project; organic soil has none."),
        ),
    ]
    methane: Annotated[
        SoilGas,
        Field(
            N_("Methane of the soil"),
            group=_GASES,
            choices=_GAS_CHOICES,
            help=N_("It may be left out where it is shown not to rise against the baseline."),
        ),
    ]
    nitrous_oxide: Annotated[
        SoilGas,
        Field(
            N_("Nitrous oxide of the soil"),
            group=_GASES,
            choices=_GAS_CHOICES,
            help=N_("It must be counted where the project lowers the water."),
        ),
    ]
    cap_case: Annotated[
        CapCase,
        Field(
            N_("Bound after 100 years"),
            group=_NET,
            choices=(
                ("none", N_("no: removals only, no loss to the sea")),
                ("baseline", N_("yes: baseline emissions are claimed")),
                ("sea_level", N_("yes: sea level rise may take the wetland")),
            ),
            help=N_("In both latter cases no more than the benefit after 100 years is claimed."),
        ),
    ]
    leakage: Annotated[
        LeakagePath,
        Field(
            N_("Leakage"),
            group=_NET,
            choices=(
                ("none", N_("none: the applicability conditions are met")),
                ("stated", N_("tonnes a year are stated")),
            ),
            help=N_("No use is displaced and the water table next to the project stays."),
        ),
    ]
    confidence: Annotated[
        Confidence,
        Field(
            N_("Confidence interval"),
            group=_UNCERTAINTY,
            choices=(("90", N_("90%: 20% are allowed")), ("95", N_("95%: 30% are allowed"))),
        ),
    ]
    buffer_path: Annotated[
        BufferPath,
        Field(
            N_("Buffer from"),
            group=_BUFFER,
            choices=(
                ("stated", N_("rating of the risk report")),
                ("risk_table", N_("ratings and natural risks")),
            ),
        ),
    ]
    woody_changes: Annotated[
        tuple[WoodyChange, ...],
        Field(
            N_("Trees and shrubs by biomass"),
            max_length=400,
            group=_STRATA,
            help=N_("Change of dry matter per hectare, found by AR-TOOL14."),
        ),
    ] = ()
    woody_stated: Annotated[
        tuple[YearlyTonnes, ...],
        Field(
            N_("Trees and shrubs in tonnes"),
            max_length=200,
            group=_STRATA,
            help=N_("Removals of trees and shrubs a year, as a report states them."),
        ),
    ] = ()
    herbaceous_stock_tc_ha: Annotated[
        float | None,
        Field(
            N_("Herbaceous stock at full cover"),
            "tC/ha",
            minimum=0,
            maximum=100,
            group=_STRATA,
            reference="vm0033.herbaceous_stock",
        ),
    ] = None
    soil_default_tc_ha_yr: Annotated[
        float | None,
        Field(
            N_("Default rate of the soil"),
            "tC/ha/yr",
            minimum=0,
            maximum=100,
            group=_SOIL,
            reference="vm0033.soil_default",
            help=N_("Removal at full cover, before the allochthonous deduction."),
        ),
    ] = None
    deposit_organic_matter_share: Annotated[
        float | None,
        Field(
            N_("Organic matter of the deposit"),
            "share",
            minimum=0,
            maximum=0.99,
            percent=True,
            group=_SOIL,
            offered=("project.vm0033.allochthonous", ("organic_matter",)),
            reference="vm0033.deposit_organic_matter",
            help=N_("By mass, of the sediment that settles."),
        ),
    ] = None
    salinity_kind: Annotated[
        SalinityKind | None,
        Field(
            N_("Salinity is"),
            group=_GASES,
            choices=(
                ("average", N_("the average")),
                ("low_point", N_("the low point")),
            ),
            help=N_("Of the time of peak methane, such as the growing season."),
        ),
    ] = None
    gwp_ch4: Annotated[
        float | None,
        Field(
            N_("Warming potential of methane"),
            minimum=1,
            maximum=200,
            group=_GASES,
            help=N_("As the standard's version in force prescribes; no default."),
        ),
    ] = None
    gwp_n2o: Annotated[
        float | None,
        Field(
            N_("Warming potential of nitrous oxide"),
            minimum=1,
            maximum=1000,
            group=_GASES,
            needed=("project.vm0033.nitrous_oxide", ("accounted",)),
            help=N_("As the standard's version in force prescribes; no default."),
        ),
    ] = None
    baseline: Annotated[
        tuple[BaselineTonnes, ...],
        Field(
            N_("Baseline in tonnes"),
            max_length=200,
            group=_NET,
            help=N_("Emissions the project avoids, beside those of the strata; empty for none."),
        ),
    ] = ()
    fire_premium: Annotated[
        tuple[YearlyTonnes, ...],
        Field(
            N_("Fire reduction premium"),
            max_length=200,
            group=_NET,
            help=N_("By VMD0046, for organic soil that is rewetted and guarded against fire."),
        ),
    ] = ()
    project_emissions: Annotated[
        tuple[YearlyTonnes, ...],
        Field(
            N_("Burning and fuel"),
            max_length=200,
            group=_NET,
            help=N_("Emissions of prescribed burning and of machines, positive."),
        ),
    ] = ()
    leakage_lines: Annotated[
        tuple[YearlyTonnes, ...],
        Field(
            N_("Leakage in tonnes"),
            max_length=200,
            group=_NET,
            needed=("project.vm0033.leakage", ("stated",)),
            help=N_("Emissions elsewhere because of the project, positive."),
        ),
    ] = ()
    ner_at_100_tco2e: Annotated[
        float | None,
        Field(
            N_("Net benefit after 100 years"),
            "tCO2e",
            minimum=0,
            maximum=MAX_TONNES,
            group=_NET,
            needed=("project.vm0033.cap_case", ("baseline", "sea_level")),
            help=N_("Net reductions of the project up to 100 years after its start."),
        ),
    ] = None
    project_uncertainty_share: Annotated[
        float | None,
        Field(
            N_("Uncertainty of the project"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=_UNCERTAINTY,
            help=N_("Half-width over the mean; empty to combine those of the strata by area."),
        ),
    ] = None
    baseline_uncertainty_share: Annotated[
        float | None,
        Field(
            N_("Uncertainty of the baseline"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=_UNCERTAINTY,
            help=N_("Half-width over the mean; needed when a baseline is claimed."),
        ),
    ] = None
    buffer_share: Annotated[
        float | None,
        Field(
            N_("Buffer of the risk report"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_BUFFER,
            needed=("project.vm0033.buffer_path", ("stated",)),
            help=N_("Rating of the non-permanence risk tool; taken from stock changes only."),
        ),
    ] = None
    internal_risk_share: Annotated[
        float | None,
        Field(
            N_("Internal risk"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_BUFFER,
            needed=("project.vm0033.buffer_path", ("risk_table",)),
            help=N_("Rating of management, finance, opportunity cost and longevity."),
        ),
    ] = None
    external_risk_share: Annotated[
        float | None,
        Field(
            N_("External risk"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_BUFFER,
            needed=("project.vm0033.buffer_path", ("risk_table",)),
            help=N_("Rating of tenure, communities and political risk."),
        ),
    ] = None
    natural_risks: Annotated[
        tuple[NaturalRisk, ...],
        Field(
            N_("Natural risks"),
            max_length=40,
            group=_BUFFER,
            needed=("project.vm0033.buffer_path", ("risk_table",)),
            help=N_("Loss, return period and mitigation of each; their ratings are added."),
        ),
    ] = ()
    least_buffer_share: Annotated[
        float | None,
        Field(
            N_("Least buffer of the tool"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_BUFFER,
            needed=("project.vm0033.buffer_path", ("risk_table",)),
            help=N_("Smallest rating the version of the tool in force allows; no default."),
        ),
    ] = None
