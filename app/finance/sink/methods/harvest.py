"""Removals from the harvest of bivalves and macroalgae, by pool and calendar year."""

from app.finance.case.carbon.harvest import AccountingMode
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.notices import Notice, Severity
from app.finance.sink.methods.harvest_lines import harvested_lines, pool_flows
from app.finance.sink.methods.harvest_working import harvest_steps
from app.finance.sink.pools import Numbers, Pool, Removals, Span
from app.finance.sink.tables import SinkTables


def harvest_removals(project: Project, span: Span, tables: SinkTables) -> Removals:
    """Carbon in the harvest by pool and calendar year, t CO2e.

    E = P R (w_soft c_soft + w_shell c_shell) 44/12 for each line and year of its run; the
    mode says which part counts. Form of the carbon-stock change method for farmed algae and
    bivalves; the text of HY/T 0305-2021 with its equations was not seen.

    Raises:
        DomainError: `needed` without a mode or without the factors of the net mode,
            `unknown_species` and the refusals of the samples.
    """
    mode = project.accounting_mode
    if mode is None:
        raise DomainError(
            "needed", path="project.accounting_mode", value=None, other="project.quantity_method"
        )
    net = project.harvest_net
    lines = harvested_lines(project, tables)
    pools: dict[Pool, Numbers] = {}
    by_line = [pool_flows(line, mode, net) for line in lines]
    for line, flows in zip(lines, by_line, strict=True):
        years = span.between(line.given.first_year, line.given.last_year)
        for pool, tonnes in flows.items():
            pools[pool] = pools.get(pool, 0.0) + tonnes * years
    if lines and net is not None and mode is AccountingMode.NET:
        first = min(line.given.first_year for line in lines)
        last = max(line.given.last_year for line in lines)
        fixed = net.fuel_tco2_yr * span.between(first, last)
        pools[Pool.FARMING_EMISSIONS] = pools[Pool.FARMING_EMISSIONS] - fixed
    return Removals(
        span,
        pools,
        working=harvest_steps(project, span, lines, by_line, tables) if tables.explain else (),
        notices=_single_samples(project),
    )


def _single_samples(project: Project) -> tuple[Notice, ...]:
    """Warn of coefficients that one sample alone stands for."""
    count: dict[tuple[str, str], int] = {}
    for sample in project.samples:
        key = (sample.species, sample.quantity)
        count[key] = count.get(key, 0) + sample.n
    return tuple(
        Notice(
            "single_sample",
            Severity.WARNING,
            f"project.samples.{number}.n",
            {"species": sample.species},
        )
        for number, sample in enumerate(project.samples)
        if count[sample.species, sample.quantity] == 1
    )
