"""Removals and avoided losses by Tier 1 of the IPCC 2013 Wetlands Supplement, chapter 4."""

import numpy as np

from app.finance.case.carbon.ipcc_ws import COVERED, DrainedIn, IpccWs, LossPlan, ipcc_years
from app.finance.case.carbon.kinds import Ecosystem
from app.finance.errors import DomainError
from app.finance.explain import Step
from app.finance.notices import Notice, Severity
from app.finance.quantity import CO2_PER_C
from app.finance.sink.methods.inputs import given
from app.finance.sink.methods.ipcc_ws_rates import (
    Rates,
    lagged,
    loss_rates,
    lost_areas,
    restored_rates,
)
from app.finance.sink.methods.ipcc_ws_working import working
from app.finance.sink.pools import Numbers, Pool, Quantity, Removals, Span
from app.finance.sink.running import Running
from app.finance.sink.tables import SinkTables


def _add_restored(
    pools: dict[Pool, Running], section: IpccWs, rates: Rates, ecosystem: Ecosystem, span: Span
) -> None:
    soil, methane, growth = Running(span), Running(span), Running(span)
    years, grown = section.biomass_growth_years, section.biomass_growth_tc_ha_yr
    for line in section.restored:
        first = line.year + 1
        soil.add(line.area_ha * rates.soil, first)
        methane.add(-line.area_ha * rates.methane, first)
        if grown is not None and years is not None:
            growth.add(CO2_PER_C * line.area_ha * grown, first, line.year + years)
    pools[Pool.SOIL] = soil
    if ecosystem is not Ecosystem.SEAGRASS:
        pools[Pool.METHANE] = methane
    if grown is not None:
        pools[Pool.WOODY if ecosystem is Ecosystem.MANGROVE else Pool.HERBACEOUS] = growth


def _add_drained(pools: dict[Pool, Running], section: IpccWs, span: Span, path: str) -> None:
    loss = CO2_PER_C * given(section.drainage_loss_tc_ha_yr, f"{path}.drainage_loss_tc_ha_yr")
    for line in section.drained:
        avoided = line.drained_in is DrainedIn.BASELINE
        pool = Pool.AVOIDED_LOSS if avoided else Pool.PROJECT_EMISSIONS
        sign = 1.0 if avoided else -1.0
        pools.setdefault(pool, Running(span)).add(
            sign * line.area_ha * loss, line.first_year, line.last_year
        )


def _add_avoided(
    pools: dict[Pool, Numbers],
    section: IpccWs,
    ecosystem: Ecosystem,
    span: Span,
    *,
    tables: SinkTables,
    path: str,
) -> None:
    """Add avoided_t = EF_biomass lost_t + EF_soil (cum_t - cum_(t-10)), and seq cum_t."""
    whole = Span(min(span.first, *ipcc_years(section)), span.last)
    lost = lost_areas(section, whole, path=path)
    at_once, a_year, years = loss_rates(section, ecosystem, tables, path=path)
    total = np.cumsum(lost, axis=-1)
    avoided = at_once * lost + a_year * (total - lagged(total, years))
    before = whole.since(span.first)
    avoided, total = avoided[..., before:], total[..., before:]
    found = pools.get(Pool.AVOIDED_LOSS)
    pools[Pool.AVOIDED_LOSS] = avoided if found is None else found + avoided
    if section.kept_removal_tco2e_ha_yr is not None:
        pools[Pool.BIOMASS_AND_SOIL] = section.kept_removal_tco2e_ha_yr * total


def _notices(section: IpccWs, rates: Rates | None, path: str) -> tuple[Notice, ...]:
    """Say that a restored hectare gives off more than it takes up, when it does."""
    if rates is None or np.ndim(rates.soil) or np.ndim(rates.methane):
        return ()
    net = float(rates.soil - rates.methane)
    if net >= 0:
        return ()
    return (
        Notice(
            "net_source_brackish",
            Severity.WARNING,
            f"{path}.salinity_ppt",
            {
                "net": round(net, 2),
                "soil": round(float(rates.soil), 2),
                "methane": round(float(rates.methane), 2),
                "gwp": section.gwp_ch4,
                "salinity": section.salinity_ppt,
            },
        ),
    )


def ipcc_removals(
    section: IpccWs,
    ecosystem: Ecosystem,
    span: Span,
    tables: SinkTables,
    *,
    path: str = "project.ipcc_ws",
) -> Removals:
    """Removals and avoided losses by calendar year, t CO2e.

    An area restored in year c counts from c + 1 on: soil by Table 4.12, methane by Table 4.14,
    growth of biomass for its years. Drained soil loses 7.9 t C/ha/yr (Table 4.13), an emission
    in the project and an avoided loss in the baseline. An area that would be lost in year c
    counts in c itself. Empty inputs with a published figure must have been filled in.

    Raises:
        DomainError: an input that `check_ipcc_ws` refuses.
    """
    if ecosystem not in COVERED:
        raise DomainError(
            "carrier_not_of_method",
            path="project.ecosystem",
            value=ecosystem.value,
            known=[one.value for one in COVERED],
        )
    runs: dict[Pool, Running] = {}
    rates = None
    if section.restored:
        rates = restored_rates(section, ecosystem, tables, path=path)
        _add_restored(runs, section, rates, ecosystem, span)
    if section.drained:
        if ecosystem is Ecosystem.SEAGRASS:
            raise DomainError("drainage_not_for_seagrass", path=f"{path}.drained", value=None)
        _add_drained(runs, section, span, path)
    pools = {pool: run.total() for pool, run in runs.items()}
    steps: tuple[Step, ...] = ()
    if section.loss_plan is not LossPlan.NONE:
        _add_avoided(pools, section, ecosystem, span, tables=tables, path=path)
    if tables.explain:
        steps = working(section, ecosystem, span, tables, path)
    return Removals(
        span,
        pools,
        working=steps,
        notices=_notices(section, rates, path),
        area_ha=_area(section),
    )


def _area(section: IpccWs) -> float | None:
    protected: Quantity = 0.0
    if section.loss_plan is LossPlan.AREAS:
        protected = sum(line.area_ha for line in section.lost)
    elif section.loss_plan is LossPlan.RATE and section.protected_area_ha is not None:
        protected = section.protected_area_ha
    area = protected + sum(line.area_ha for line in section.restored)
    return float(area) if np.ndim(area) == 0 and area else None
