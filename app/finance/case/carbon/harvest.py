"""Harvest of bivalves and macroalgae: plan, measured samples and the factors of the net mode."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.carbon.plans import FIRST_YEAR, LAST_YEAR
from app.finance.case.problems import Problem
from app.finance.case.units import MAX_TONNES, YEARLY_MASS_UNITS
from app.finance.fields import Field
from app.finance.text import N_

MASS_SHARE_TOLERANCE = 0.02
"""How far measured soft and shell mass shares may be from adding up to one."""

_SHARES = N_("What stays")
_FUEL = N_("Emissions of farming")


class AccountingMode(StrEnum):
    """Which carbon of a bivalve counts; an algal body counts in every mode."""

    SOFT_AND_SHELL = "soft_and_shell"
    SHELL_ONLY = "shell_only"
    SOFT_ONLY = "soft_only"
    NET = "net"


MODE_CHOICES = (
    ("soft_and_shell", N_("soft tissue and shell")),
    ("shell_only", N_("shell only")),
    ("soft_only", N_("soft tissue only")),
    ("net", N_("net: shell less calcification, buried matter, emissions")),
)


class WeightBasis(StrEnum):
    WET = "wet"
    DRY = "dry"


class SampledQuantity(StrEnum):
    """A coefficient that a laboratory measures; codes are the names in SpeciesCoefficients."""

    DRY_TO_WET = "dry_to_wet"
    SOFT_MASS_SHARE = "soft_mass_share"
    SHELL_MASS_SHARE = "shell_mass_share"
    CARBON_SOFT = "carbon_soft"
    CARBON_SHELL = "carbon_shell"


@dataclass(frozen=True)
class HarvestLine:
    """Harvest of one species at one site over a run of calendar years."""

    species: Annotated[
        str, Field(N_("Species"), min_length=1, max_length=60, suggestions="species")
    ]
    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    tonnes_per_year: Annotated[
        float,
        Field(
            N_("Harvest a year"),
            "t/yr",
            minimum=0,
            maximum=MAX_TONNES,
            other_units=YEARLY_MASS_UNITS,
        ),
    ]
    basis: Annotated[
        WeightBasis,
        Field(
            N_("Weight"),
            choices=(("wet", N_("wet")), ("dry", N_("dry"))),
            help=N_("Wet or dry weight; for algae the two differ by a factor of five."),
        ),
    ]
    site: Annotated[
        str,
        Field(
            N_("Site"),
            max_length=120,
            help=N_("Where it is harvested, when the project has several sites."),
        ),
    ] = ""


@dataclass(frozen=True)
class SampleLine:
    """One measured coefficient of one species: mean, number of specimens, spread."""

    species: Annotated[
        str, Field(N_("Species"), min_length=1, max_length=60, suggestions="species")
    ]
    quantity: Annotated[
        SampledQuantity,
        Field(
            N_("Measured"),
            choices=(
                ("dry_to_wet", N_("dry over wet mass")),
                ("soft_mass_share", N_("soft tissue, share of dry mass")),
                ("shell_mass_share", N_("shell, share of dry mass")),
                ("carbon_soft", N_("carbon in soft tissue or algal body")),
                ("carbon_shell", N_("carbon in shell")),
            ),
            help=N_("Carbon is a share of the dry mass of its part."),
        ),
    ]
    mean: Annotated[float, Field(N_("Mean"), "share", above=0, maximum=1, percent=True)]
    n: Annotated[
        int,
        Field(
            N_("Number of samples"),
            minimum=1,
            maximum=10**6,
            help=N_("Independent samples behind the mean."),
        ),
    ]
    sd: Annotated[
        float,
        Field(
            N_("Standard deviation"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Between the samples, in the unit of the mean; 0 for a single sample."),
        ),
    ]
    origin: Annotated[
        str,
        Field(
            N_("Laboratory and date"),
            max_length=200,
            help=N_("Who measured, when, and the number of the report."),
        ),
    ] = ""


@dataclass(frozen=True)
class HarvestNet:
    """Factors of the net mode. No standard that prints them was seen, so they are inputs."""

    poc_burial_share: Annotated[
        float,
        Field(
            N_("Particulate carbon that stays buried"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_SHARES,
            help=N_("Share of faeces and algal litter that stays in the sediment for good."),
        ),
    ]
    fuel_tco2_yr: Annotated[
        float,
        Field(
            N_("Emissions of farming a year"),
            "tCO2e/yr",
            minimum=0,
            maximum=MAX_TONNES,
            group=_FUEL,
            help=N_(
                "Fuel and power that do not depend on the harvest, in each year from the first "
                "harvest to the last; 0 when all of it is given for each tonne."
            ),
        ),
    ]
    fuel_tco2_t: Annotated[
        float,
        Field(
            N_("Emissions of farming for each tonne"),
            "tCO2e/t",
            minimum=0,
            maximum=100,
            group=_FUEL,
            help=N_("Fuel and power for a tonne of wet harvest; 0 when all is given a year."),
        ),
    ]
    calcification_release: Annotated[
        float | None,
        Field(
            N_("CO₂ given off by calcification"),
            "mol/mol",
            minimum=0,
            maximum=1,
            group=_SHARES,
            help=N_(
                "Moles of CO₂ given off for a mole of calcium carbonate formed, which is also "
                "tonnes of CO₂ for a tonne of CO₂ in the shell. Needed for bivalves."
            ),
        ),
    ] = None
    egestion_ratio: Annotated[
        float | None,
        Field(
            N_("Faeces and excretion over growth"),
            "",
            minimum=0,
            maximum=100,
            group=_SHARES,
            help=N_("Carbon in faeces and excretion for each carbon in growth, of bivalves."),
        ),
    ] = None
    litter_share: Annotated[
        float | None,
        Field(
            N_("Litter of algae"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_SHARES,
            help=N_("Share of what an alga fixes that is shed as particles. Needed for algae."),
        ),
    ] = None
    exudate_share: Annotated[
        float | None,
        Field(
            N_("Dissolved carbon given off by algae"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_SHARES,
            help=N_("Share of what an alga fixes that it gives off dissolved. Needed for algae."),
        ),
    ] = None
    doc_remaining_share: Annotated[
        float | None,
        Field(
            N_("Dissolved carbon that stays"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_SHARES,
            help=N_("Share of the dissolved carbon that resists decay. Needed for algae."),
        ),
    ] = None


def mass_shares_add(soft: float, shell: float) -> bool:
    """Whether soft tissue and shell make up the whole dry mass, within the tolerance."""
    return abs(soft + shell - 1) <= MASS_SHARE_TOLERANCE


def pooled_means(samples: Sequence[SampleLine]) -> dict[tuple[str, SampledQuantity], float]:
    """Mean of each quantity of each species, weighted by the numbers of samples."""
    means: dict[tuple[str, SampledQuantity], float] = {}
    count: dict[tuple[str, SampledQuantity], int] = {}
    for sample in samples:
        key = (sample.species, sample.quantity)
        before = means.get(key, sample.mean)
        count[key] = count.get(key, 0) + sample.n
        means[key] = before + (sample.mean - before) * (sample.n / count[key])
    return means


def _sample_problems(samples: Sequence[SampleLine]) -> list[Problem]:
    found = []
    means = pooled_means(samples)
    told = set()
    for number, sample in enumerate(samples):
        path = f"project.samples.{number}"
        if sample.n == 1 and sample.sd > 0:
            found.append(Problem(f"{path}.sd", "single_sample_spread", sample.sd))
        soft = means.get((sample.species, SampledQuantity.SOFT_MASS_SHARE))
        shell = means.get((sample.species, SampledQuantity.SHELL_MASS_SHARE))
        if soft is None or shell is None or sample.species in told:
            continue
        if not mass_shares_add(soft, shell):
            told.add(sample.species)
            found.append(Problem(f"{path}.mean", "mass_shares_do_not_add", soft + shell))
    return found


def check_harvest(net: HarvestNet | None, samples: Sequence[SampleLine]) -> list[Problem]:
    """Return the problems between the factors of the net mode and between measured samples.

    Codes: `litter_shares_below_one`, `single_sample_spread`, `mass_shares_do_not_add`.
    """
    found = _sample_problems(samples)
    if net is not None and net.litter_share is not None and net.exudate_share is not None:
        lost = net.litter_share + net.exudate_share
        if lost >= 1:
            found.append(
                Problem("project.harvest_net.litter_share", "litter_shares_below_one", lost)
            )
    return found
