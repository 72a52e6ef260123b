"""Net reductions of a tidal wetland restoration by VM0033 v2.1, by pool and calendar year."""

from collections.abc import Iterable, Iterator

import numpy as np

from app.finance.case.carbon.vm0033 import Allochthonous, CapCase, LeakagePath, SoilGas, Vm0033
from app.finance.case.carbon.vm0033_lines import BaselineKind, BaselineTonnes, YearlyTonnes
from app.finance.case.carbon.vm0033_rules import claims_baseline, deducts
from app.finance.case.carbon.vm0033_strata import SoilKind, SoilPath, Vm0033Stratum
from app.finance.errors import DomainError
from app.finance.notices import Notice, Severity
from app.finance.quantity import CO2_PER_C
from app.finance.sink.methods.inputs import given
from app.finance.sink.methods.vm0033_credits import (
    allowed_error,
    buffer_share,
    net_error,
    uncertainty_deduction,
)
from app.finance.sink.methods.vm0033_gases import (
    baseline_methane_t_ha_yr,
    methane_t_ha_yr,
    nitrous_t_ha_yr,
)
from app.finance.sink.methods.vm0033_soil import soil_tco2_ha_yr
from app.finance.sink.methods.vm0033_working import working
from app.finance.sink.pools import Numbers, Pool, Quantity, Removals, Span
from app.finance.sink.running import Running
from app.finance.sink.tables import SinkTables

_STOCKS = (Pool.SOIL, Pool.WOODY, Pool.HERBACEOUS)
_PROJECT = (*_STOCKS, Pool.METHANE, Pool.NITROUS_OXIDE, Pool.PROJECT_EMISSIONS)


class _Account:
    """Sums of each pool; baseline stocks and baseline gases apart, for the buffer (94)."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._sums: dict[str, Running] = {}

    def add(self, key: str, amount: Quantity, first: int, last: int | None = None) -> None:
        if key not in self._sums:
            self._sums[key] = Running(self._span)
        self._sums[key].add(amount, first, last)

    def add_lines(
        self, key: str, lines: Iterable[YearlyTonnes | BaselineTonnes], sign: float
    ) -> None:
        for line in lines:
            self.add(key, sign * line.tonnes_per_year, line.first_year, line.last_year)

    def sums(self) -> dict[str, Numbers]:
        return {key: running.total() for key, running in self._sums.items()}


_BASELINE_STOCK, _BASELINE_OTHER = "baseline_stock", "baseline_other"


def _add_stratum(
    account: _Account, section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str
) -> None:
    first, last, area = row.year + 1, row.last_year, row.area_ha
    if row.soil_path is not SoilPath.NONE:
        account.add(Pool.SOIL, area * soil_tco2_ha_yr(section, row, tables, path), first, last)
    methane = methane_t_ha_yr(section, row, tables, path)
    if methane is not None:
        account.add(Pool.METHANE, -area * methane * _gwp_ch4(section), first, last)
    nitrous = nitrous_t_ha_yr(section, row, tables, path)
    if nitrous is not None:
        gwp = given(section.gwp_n2o, "project.vm0033.gwp_n2o")
        account.add(Pool.NITROUS_OXIDE, -area * nitrous * gwp, first, last)
    before, after = row.herb_cover_before_share, row.herb_cover_after_share
    if before is not None and after is not None:
        stock = given(section.herbaceous_stock_tc_ha, "project.vm0033.herbaceous_stock_tc_ha")
        account.add(Pool.HERBACEOUS, area * stock * (after - before) * CO2_PER_C, first, first)
    claimed = baseline_methane_t_ha_yr(section, row, tables, path)
    if claimed is not None:
        account.add(_BASELINE_OTHER, area * claimed * _gwp_ch4(section), first, last)
    loss = row.baseline_soil_loss_tc_ha_yr
    if loss is not None:
        years = given(row.depletion_years, f"{path}.depletion_years")
        end = row.year + int(years)
        end = end if last is None else min(end, last)
        account.add(_BASELINE_STOCK, area * loss * CO2_PER_C, first, end)


def _gwp_ch4(section: Vm0033) -> Quantity:
    return given(section.gwp_ch4, "project.vm0033.gwp_ch4")


def _add_woody(account: _Account, section: Vm0033, path: str) -> None:
    """Add trees and shrubs: area x change of dry matter x carbon fraction x 44/12 (75).

    The change is spread evenly over the years between its two dates, as AR-TOOL14 does.
    """
    areas = {row.name: row.area_ha for row in section.strata}
    for number, line in enumerate(section.woody_changes):
        place = f"{path}.woody_changes.{number}"
        if line.stratum not in areas:
            raise DomainError(
                "unknown_stratum",
                path=f"{place}.stratum",
                value=line.stratum,
                known=sorted(areas),
            )
        area = areas[line.stratum] if line.area_ha is None else line.area_ha
        fraction = given(line.carbon_fraction, f"{place}.carbon_fraction")
        years = line.last_year - line.first_year + 1
        change = area * line.biomass_change_t_ha * fraction * CO2_PER_C / years
        account.add(Pool.WOODY, change, line.first_year, line.last_year)
    account.add_lines(Pool.WOODY, section.woody_stated, 1.0)


def _add_net(account: _Account, section: Vm0033) -> None:
    for kind, key in (
        (BaselineKind.STOCK, _BASELINE_STOCK),
        (BaselineKind.OTHER, _BASELINE_OTHER),
    ):
        account.add_lines(key, (row for row in section.baseline if row.kind is kind), 1.0)
    account.add_lines(Pool.AVOIDED_LOSS, section.fire_premium, 1.0)
    account.add_lines(Pool.PROJECT_EMISSIONS, section.project_emissions, -1.0)
    if section.leakage is LeakagePath.STATED:
        account.add_lines(Pool.LEAKAGE, section.leakage_lines, -1.0)


def _sum(sums: dict[str, Numbers], keys: Iterable[str], span: Span) -> Numbers:
    return sum((sums[key] for key in keys if key in sums), start=span.zeros())


def _notices(
    section: Vm0033, tables: SinkTables, *, errors: tuple[Quantity, float, Quantity], path: str
) -> tuple[Notice, ...]:
    found = []
    if section.allochthonous is Allochthonous.RETURNED and any(
        row.soil is SoilKind.MINERAL
        and row.soil_path is not SoilPath.NONE
        and not deducts(section, row)
        for row in section.strata
    ):
        found.append(
            Notice("allochthonous_not_deducted", Severity.WARNING, f"{path}.allochthonous")
        )
    if SoilGas.NO_INCREASE in (section.methane, section.nitrous_oxide):
        found.append(Notice("soil_gases_left_out", Severity.WARNING, f"{path}.methane"))
    found += _cover_notices(section, tables, path)
    error, allowed, deduction = errors
    if np.ndim(deduction) == 0 and deduction > 0:
        found.append(
            Notice(
                "uncertainty_above_allowed",
                Severity.WARNING,
                f"{path}.project_uncertainty_share",
                {"error": round(100 * float(error), 2), "allowed": round(100 * allowed, 2)},
            )
        )
    return tuple(found)


def _cover_notices(section: Vm0033, tables: SinkTables, path: str) -> Iterator[Notice]:
    least = tables.value("vm0033.cover_none")
    for number, row in enumerate(section.strata):
        by_default = row.soil_path is SoilPath.DEFAULT and np.ndim(row.cover_share) == 0
        if by_default and row.cover_share < least:
            yield Notice(
                "cover_below_default",
                Severity.WARNING,
                f"{path}.strata.{number}.cover_share",
                {"stratum": row.name, "least": round(100 * least, 2)},
            )


def vm0033_removals(
    section: Vm0033, span: Span, tables: SinkTables, *, path: str = "project.vm0033"
) -> Removals:
    """Net reductions NER = GHG_BSL - GHG_WPS + FRP - GHG_LK (85), t CO2e a calendar year.

    A stratum restored in year c counts from c + 1 on. Project pools are signed as removals;
    the baseline pool is +GHG_BSL, the premium stands under avoided loss, leakage and emissions
    of burning and fuel are negative. `cap_total` is NER at t = 100 (86) where it applies;
    `uncertainty_share` is what NER_ERROR of the whole plan has above the allowed error (91,
    92); `buffer_base` is NER without methane, nitrous oxide, burning and fuel (94).
    Empty inputs with a published figure must have been filled in.

    Raises:
        DomainError: an input that `check_vm0033` refuses.
    """
    account = _Account(span)
    for number, row in enumerate(section.strata):
        _add_stratum(account, section, row, tables, f"{path}.strata.{number}")
    _add_woody(account, section, path)
    _add_net(account, section)
    sums = account.sums()
    pools = {pool: sums[pool] for pool in Pool if pool in sums}
    stock = _sum(sums, (*_STOCKS, Pool.AVOIDED_LOSS, Pool.LEAKAGE, _BASELINE_STOCK), span)
    baseline = None
    if claims_baseline(section):
        baseline = _sum(sums, (_BASELINE_STOCK, _BASELINE_OTHER), span)
        pools[Pool.BASELINE] = baseline
    error = net_error(section, baseline=baseline, project=_sum(sums, _PROJECT, span), path=path)
    allowed = allowed_error(section, tables)
    share = buffer_share(section, tables, path)
    deduction = uncertainty_deduction(error, allowed)
    capped = section.cap_case is not CapCase.NONE
    cap = given(section.ner_at_100_tco2e, f"{path}.ner_at_100_tco2e") if capped else None
    area = sum(row.area_ha for row in section.strata)
    return Removals(
        span,
        pools,
        working=working(
            section, tables, pools=pools, stock=stock, shares=(error, allowed, share), path=path
        )
        if tables.explain
        else (),
        notices=_notices(section, tables, errors=(error, allowed, deduction), path=path),
        area_ha=float(area) if np.ndim(area) == 0 else None,
        uncertainty_share=deduction,
        buffer_share=share,
        buffer_base=stock,
        cap_total=cap,
        facts={"ner_error": error, "allowed_error": allowed},
    )
