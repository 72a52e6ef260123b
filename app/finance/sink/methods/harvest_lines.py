"""Lines of a harvest plan with their coefficients, and the carbon of each by pool."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.finance.case.carbon.harvest import (
    AccountingMode,
    HarvestLine,
    HarvestNet,
    SampleLine,
    WeightBasis,
)
from app.finance.case.carbon.kinds import Ecosystem
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.quantity import CO2_PER_C
from app.finance.sink.coefficients import BIVALVE, MACROALGAE, SpeciesCoefficients
from app.finance.sink.methods.samples import sampled_coefficients, unpublished
from app.finance.sink.pools import Pool
from app.finance.sink.tables import SinkTables

_GROUP_OF_CARRIER = {Ecosystem.SHELLFISH: BIVALVE, Ecosystem.MACROALGAE: MACROALGAE}


@dataclass(frozen=True, slots=True)
class HarvestedLine:
    """A harvest line with its coefficients: t CO2 a year bound in body and in shell."""

    number: int
    given: HarvestLine
    row: SpeciesCoefficients
    body_tco2: float
    shell_tco2: float

    @property
    def is_alga(self) -> bool:
        return self.row.group == MACROALGAE

    @property
    def wet_tonnes(self) -> float:
        """t wet mass harvested a year."""
        if self.given.basis is WeightBasis.WET:
            return self.given.tonnes_per_year
        return self.given.tonnes_per_year / self.row.dry_to_wet


def samples_of(
    name: str, samples: tuple[SampleLine, ...], species: Mapping[str, SpeciesCoefficients]
) -> tuple[SampleLine, ...]:
    """Samples of one species, whether it is named in English or in Chinese."""
    row = species.get(name)
    return tuple(
        sample
        for sample in samples
        if sample.species == name or (row is not None and species.get(sample.species) is row)
    )


def species_of_harvest(project: Project, tables: SinkTables) -> dict[str, SpeciesCoefficients]:
    """Return the coefficients of each species of the plan, by its name there.

    Means of samples take the place of published figures. A species that is not published
    counts once all it needs is sampled; its kind is that of the sink carrier.

    Raises:
        DomainError: `unknown_species` when a line names a species that is neither published
            nor wholly sampled; those of `sampled_coefficients`.
    """
    found: dict[str, SpeciesCoefficients] = {}
    for number, line in enumerate(project.harvest):
        if line.species in found:
            continue
        samples = samples_of(line.species, project.samples, tables.species)
        row = tables.species.get(line.species)
        if row is not None:
            found[line.species] = sampled_coefficients(row, samples) if samples else row
            continue
        group = _GROUP_OF_CARRIER.get(project.ecosystem)
        own = unpublished(line.species, group, samples) if group is not None else None
        if own is None:
            raise DomainError(
                "unknown_species",
                path=f"project.harvest.{number}.species",
                value=line.species,
                known=sorted(tables.species),
            )
        found[line.species] = own
    return found


def harvested_lines(project: Project, tables: SinkTables) -> list[HarvestedLine]:
    rows = species_of_harvest(project, tables)
    lines = []
    for number, given in enumerate(project.harvest):
        row = rows[given.species]
        dry_tco2 = given.tonnes_per_year * row.dry_factor(given.basis) * CO2_PER_C
        body = dry_tco2 * row.soft_tc_per_t_dry()
        shell = dry_tco2 * row.shell_tc_per_t_dry()
        lines.append(HarvestedLine(number, given, row, body, shell))
    return lines


def _factor(net: HarvestNet, name: str, line: HarvestedLine) -> float:
    """A factor of the net mode that this kind of species needs; refused when it is empty."""
    value: float | None = getattr(net, name)
    if value is None:
        raise DomainError(
            "needed",
            path=f"project.harvest_net.{name}",
            value=None,
            other=f"project.harvest.{line.number}.species",
        )
    return value


def _net_flows(line: HarvestedLine, net: HarvestNet) -> dict[Pool, float]:
    """t CO2 a year by pool in the net mode, before the emissions of farming.

    Bivalve: shell P R w_s c_s, calcification -eps of it; soft tissue is not stored; buried
    faeces (shell + soft) (FC + EC)/GC g_POC. Alga: body; litter body a/(1-a-b) g_POC;
    dissolved body b/(1-a-b) g_DOC.
    """
    if line.is_alga:
        litter = _factor(net, "litter_share", line)
        exudate = _factor(net, "exudate_share", line)
        fixed = line.body_tco2 / (1 - litter - exudate)
        return {
            Pool.ALGAE: line.body_tco2,
            Pool.LITTER: fixed * litter * net.poc_burial_share,
            Pool.DISSOLVED: fixed * exudate * _factor(net, "doc_remaining_share", line),
        }
    bound = line.shell_tco2 + line.body_tco2
    return {
        Pool.SHELL: line.shell_tco2,
        Pool.CALCIFICATION: -_factor(net, "calcification_release", line) * line.shell_tco2,
        Pool.LITTER: bound * _factor(net, "egestion_ratio", line) * net.poc_burial_share,
    }


def pool_flows(
    line: HarvestedLine, mode: AccountingMode, net: HarvestNet | None
) -> dict[Pool, float]:
    """t CO2 a year of one line by pool."""
    if mode is AccountingMode.NET:
        if net is None:
            raise DomainError(
                "needed", path="project.harvest_net", value=None, other="project.accounting_mode"
            )
        flows = _net_flows(line, net)
        flows[Pool.FARMING_EMISSIONS] = -net.fuel_tco2_t * line.wet_tonnes
        return flows
    if line.is_alga:
        return {Pool.ALGAE: line.body_tco2}
    flows = {}
    if mode is not AccountingMode.SHELL_ONLY:
        flows[Pool.SOFT_TISSUE] = line.body_tco2
    if mode is not AccountingMode.SOFT_ONLY:
        flows[Pool.SHELL] = line.shell_tco2
    return flows
