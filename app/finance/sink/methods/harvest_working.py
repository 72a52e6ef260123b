"""Working of a harvest plan: each line, and in the net mode each of its pools."""

from collections.abc import Sequence

from app.finance.case.carbon.harvest import AccountingMode, HarvestNet
from app.finance.case.project import Project
from app.finance.explain import Step, Term
from app.finance.fields import choice_label
from app.finance.sink.methods.harvest_lines import HarvestedLine, samples_of
from app.finance.sink.methods.samples import sample_steps
from app.finance.sink.pools import Pool, Span
from app.finance.sink.tables import SinkTables
from app.finance.text import N_

NET_SOURCE = N_(
    "equations of a study of China's net fishery carbon sink, as notes on it give them; "
    "the factors are inputs"
)


def harvest_steps(
    project: Project,
    span: Span,
    lines: Sequence[HarvestedLine],
    flows: Sequence[dict[Pool, float]],
    tables: SinkTables,
) -> tuple[Step, ...]:
    """Steps of all lines, t CO2e a year; `flows` holds the pools of each line."""
    steps: list[Step] = []
    told: set[str] = set()
    net = project.harvest_net if project.accounting_mode is AccountingMode.NET else None
    for line, pools in zip(lines, flows, strict=True):
        if line.row.sampled and line.row.key not in told:
            told.add(line.row.key)
            samples = samples_of(line.given.species, project.samples, tables.species)
            steps.extend(sample_steps(line.row.key, samples))
        if net is None:
            steps.append(_line_step(line, sum(pools.values()), project.accounting_mode or ""))
        elif line.is_alga:
            steps.extend(_net_alga_steps(line, pools, net))
        else:
            steps.extend(_net_bivalve_steps(line, pools, net))
    if net is not None and lines and len(span):
        steps.append(_farming_step(lines, span, net))
    return tuple(steps)


def _harvest_terms(line: HarvestedLine) -> tuple[Term, ...]:
    given, row = line.given, line.row
    terms = [
        Term("i", N_("Species"), given.species),
        Term("P", N_("Harvest a year"), given.tonnes_per_year, "t/yr"),
        Term("R", N_("Dry over wet mass"), row.dry_factor(given.basis), ""),
        Term("w_soft", N_("Soft tissue, share of dry mass"), row.soft_mass_share),
        Term("c_soft", N_("Carbon in soft tissue"), row.carbon_soft),
        Term("w_shell", N_("Shell, share of dry mass"), row.shell_mass_share),
        Term("c_shell", N_("Carbon in shell"), row.carbon_shell),
    ]
    if given.site:
        terms.insert(1, Term("s", N_("Site"), given.site))
    return tuple(terms)


def _line_step(line: HarvestedLine, value: float, mode: str) -> Step:
    label = choice_label(Project, "accounting_mode", mode)
    return Step(
        key=f"carbon.harvest.{line.number + 1}",
        label=N_("Removals of a harvest line, a year"),
        formula="E = P × R × (w_soft × c_soft + w_shell × c_shell) × 44/12",
        terms=(*_harvest_terms(line), Term("m", N_("Shell and soft tissue"), label, "choice")),
        value=value,
        unit="tCO2e/yr",
        source=line.row.source,
        note=N_("A part that the choice leaves out counts as zero."),
    )


def _net_bivalve_steps(
    line: HarvestedLine, pools: dict[Pool, float], net: HarvestNet
) -> tuple[Step, ...]:
    key = f"carbon.harvest.{line.number + 1}"
    return (
        Step(
            key=key,
            label=N_("Shell of a harvest line less calcification, a year"),
            formula="E = P × R × w_shell × c_shell × (1 − ε) × 44/12",
            terms=(
                *_harvest_terms(line),
                Term("ε", N_("CO₂ given off by calcification"), net.calcification_release),
            ),
            value=pools[Pool.SHELL] + pools[Pool.CALCIFICATION],
            unit="tCO2e/yr",
            source=line.row.source,
            note=N_("In the net mode soft tissue is not stored."),
        ),
        Step(
            key=f"{key}.litter",
            label=N_("Buried faeces of a harvest line, a year"),
            formula="E = P × R × (w_soft × c_soft + w_shell × c_shell) × k × g × 44/12",
            terms=(
                *_harvest_terms(line),
                Term("k", N_("Faeces and excretion over growth"), net.egestion_ratio),
                Term(
                    "g", N_("Particulate carbon that stays buried"), net.poc_burial_share, "share"
                ),
            ),
            value=pools[Pool.LITTER],
            unit="tCO2e/yr",
            source=NET_SOURCE,
        ),
    )


def _net_alga_steps(
    line: HarvestedLine, pools: dict[Pool, float], net: HarvestNet
) -> tuple[Step, ...]:
    key = f"carbon.harvest.{line.number + 1}"
    shed = (
        Term("B", N_("Algal body of a harvest line, a year"), pools[Pool.ALGAE], "tCO2e/yr"),
        Term("a", N_("Litter of algae"), net.litter_share, "share"),
        Term("b", N_("Dissolved carbon given off by algae"), net.exudate_share, "share"),
    )
    return (
        Step(
            key=key,
            label=N_("Algal body of a harvest line, a year"),
            formula="E = P × R × (w_soft × c_soft + w_shell × c_shell) × 44/12",
            terms=_harvest_terms(line),
            value=pools[Pool.ALGAE],
            unit="tCO2e/yr",
            source=line.row.source,
        ),
        Step(
            key=f"{key}.litter",
            label=N_("Buried litter of a harvest line, a year"),
            formula="E = B × a / (1 − a − b) × g",
            terms=(
                *shed,
                Term(
                    "g", N_("Particulate carbon that stays buried"), net.poc_burial_share, "share"
                ),
            ),
            value=pools[Pool.LITTER],
            unit="tCO2e/yr",
            source=NET_SOURCE,
        ),
        Step(
            key=f"{key}.dissolved",
            label=N_("Dissolved carbon of a harvest line that stays, a year"),
            formula="E = B × b / (1 − a − b) × d",
            terms=(
                *shed,
                Term("d", N_("Dissolved carbon that stays"), net.doc_remaining_share, "share"),
            ),
            value=pools[Pool.DISSOLVED],
            unit="tCO2e/yr",
            source=NET_SOURCE,
        ),
    )


def _farming_step(lines: Sequence[HarvestedLine], span: Span, net: HarvestNet) -> Step:
    wet = span.zeros()
    for line in lines:
        wet += line.wet_tonnes * span.between(line.given.first_year, line.given.last_year)
    fullest = int(wet.argmax())
    tonnes = float(wet[fullest])
    return Step(
        key="carbon.harvest.farming",
        label=N_("Emissions of farming, fullest year"),
        formula="E = −(F + f × P_wet)",
        terms=(
            Term("F", N_("Emissions of farming a year"), net.fuel_tco2_yr, "tCO2e/yr"),
            Term("f", N_("Emissions of farming for each tonne"), net.fuel_tco2_t, "tCO2e/t"),
            Term("P_wet", N_("Wet harvest of that year"), tonnes, "t/yr"),
            Term("t", N_("Year"), span.first + fullest, "year"),
        ),
        value=-(net.fuel_tco2_yr + net.fuel_tco2_t * tonnes),
        unit="tCO2e/yr",
        source=NET_SOURCE,
    )
