"""What kind of sink, activity and method a project is."""

from enum import StrEnum

from app.finance.text import N_


class Ecosystem(StrEnum):
    MANGROVE = "mangrove"
    SALT_MARSH = "salt_marsh"
    SEAGRASS = "seagrass"
    SHELLFISH = "shellfish"
    MACROALGAE = "macroalgae"
    PHYTOPLANKTON = "phytoplankton"


class Activity(StrEnum):
    """What the project does; markets accept by it."""

    PLANTING = "planting"
    PROTECTION = "protection"
    HYDROLOGY = "hydrology"
    FARMING = "farming"
    WILD_BED = "wild_bed"
    ACCOUNTING = "accounting"


class QuantityMethod(StrEnum):
    """The method of accounting; each one has its own section of inputs."""

    HARVEST = "harvest"
    PLANTING = "planting"
    STATED = "stated"
    AR_AM0014 = "ar_am0014"
    CCER_14_002 = "ccer_14_002"
    CCER_14_003 = "ccer_14_003"
    CCER_14_004 = "ccer_14_004"
    VM0033 = "vm0033"
    IPCC_WS = "ipcc_ws"
    J_BLUE = "j_blue"
    SEDIMENT_BURIAL = "sediment_burial"
    PHYTOPLANKTON = "phytoplankton"


ECOSYSTEM_CHOICES = (
    ("mangrove", N_("mangrove")),
    ("salt_marsh", N_("salt marsh")),
    ("seagrass", N_("seagrass bed")),
    ("shellfish", N_("shellfish")),
    ("macroalgae", N_("macroalgae")),
    ("phytoplankton", N_("phytoplankton")),
)

METHOD_CHOICES = (
    ("harvest", N_("harvest and coefficients")),
    ("planting", N_("planted area and rate")),
    ("stated", N_("yearly tonnes of a report")),
    ("ar_am0014", N_("AR-AM0014: planted cohorts")),
    ("ccer_14_002", N_("CCER-14-002: planted mangrove")),
    ("ccer_14_003", N_("CCER-14-003: planted salt marsh")),
    ("ccer_14_004", N_("CCER-14-004: planted seagrass")),
    ("vm0033", N_("VM0033: tidal wetland restoration")),
    ("ipcc_ws", N_("IPCC 2013 Wetlands Supplement, Tier 1")),
    ("j_blue", N_("J-Blue: carbon left in soil and water")),
    ("sediment_burial", N_("measured burial in sediment")),
    ("phytoplankton", N_("measured export of phytoplankton")),
)

ACTIVITY_CHOICES = (
    ("planting", N_("planting or seeding")),
    ("protection", N_("protection of what is there")),
    ("hydrology", N_("return of the tide")),
    ("farming", N_("farming")),
    ("wild_bed", N_("wild bed")),
    ("accounting", N_("accounting only")),
)


def other_methods(without: tuple[str, ...]) -> tuple[str, ...]:
    """Return the methods of accounting except some."""
    return tuple(method.value for method in QuantityMethod if method.value not in without)
