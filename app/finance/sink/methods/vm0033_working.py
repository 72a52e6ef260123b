"""Working of VM0033: one step for each figure, with the equation it comes from."""

from collections.abc import Iterator, Mapping

from app.finance.case.carbon.vm0033 import Allochthonous, BufferPath, CapCase, Vm0033
from app.finance.case.carbon.vm0033_lines import WoodyChange
from app.finance.case.carbon.vm0033_rules import deducts
from app.finance.case.carbon.vm0033_strata import SoilPath, Vm0033Stratum
from app.finance.explain import Step, Term
from app.finance.quantity import CO2_PER_C
from app.finance.sink.methods.vm0033_credits import uncertainty_deduction
from app.finance.sink.methods.vm0033_gases import methane_t_ha_yr, nitrous_t_ha_yr
from app.finance.sink.methods.vm0033_soil import (
    allochthonous_share,
    cover_factor,
    gross_soil_tc_ha_yr,
    soil_tco2_ha_yr,
)
from app.finance.sink.pools import POOL_LABELS, Numbers, Pool, Quantity
from app.finance.sink.tables import SinkTables
from app.finance.text import N_

_METHOD = "VM0033 v2.1"
_SOIL_EQUATIONS = {
    SoilPath.DEFAULT: "33",
    SoilPath.RATE: "37",
    SoilPath.STOCK_CHANGE: "36",
}


def _stratum_term(row: Vm0033Stratum) -> Term:
    return Term("i", N_("Stratum"), row.name, "choice")


def _soil_steps(
    section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str, number: int
) -> Iterator[Step]:
    if row.soil_path is SoilPath.NONE:
        return
    gain = float(gross_soil_tc_ha_yr(section, row, tables, path))
    share = float(allochthonous_share(section, row, path))
    key = f"carbon.vm0033.soil.{number + 1}"
    if row.soil_path is SoilPath.DEFAULT:
        none, full = tables.value("vm0033.cover_none"), tables.value("vm0033.cover_full")
        yield Step(
            key=f"{key}.gain",
            label=N_("Soil carbon gain by default"),
            formula="r = d × min(1, max(0, (c − c₀) / (c₁ − c₀)))",
            terms=(
                _stratum_term(row),
                Term(
                    "d", N_("Default rate of the soil"), section.soil_default_tc_ha_yr, "tC/ha/yr"
                ),
                Term("c", N_("Vegetation cover"), row.cover_share, "share"),
                Term("c₀", N_("Cover up to which nothing counts"), none, "share"),
                Term("c₁", N_("Cover from which all counts"), full, "share"),
                Term(
                    "f",
                    N_("Part of the default that counts"),
                    float(cover_factor(row.cover_share, none, full)),
                    "share",
                ),
            ),
            value=gain,
            unit="tC/ha/yr",
            source=f"{_METHOD}, 8.1.4.2.3, eq. 33",
        )
    elif row.soil_path is SoilPath.STOCK_CHANGE:
        yield Step(
            key=f"{key}.gain",
            label=N_("Soil carbon gain between two dates"),
            formula="r = (C₂ − C₁) / T",
            terms=(
                _stratum_term(row),
                Term(
                    "C₂", N_("Soil stock at the second date"), row.soil_stock_after_tc_ha, "tC/ha"
                ),
                Term(
                    "C₁", N_("Soil stock at the first date"), row.soil_stock_before_tc_ha, "tC/ha"
                ),
                Term("T", N_("Years between the two dates"), row.stock_interval_years, "yr"),
            ),
            value=gain,
            unit="tC/ha/yr",
            source=f"{_METHOD}, 8.1.4.2.5, eq. 36",
        )
    if _computed_share(section, row):
        yield _organic_matter_step(section, row, share, f"{key}.allochthonous")
    yield Step(
        key=key,
        label=N_("Removal by the soil of a stratum, a year"),
        formula="E = A × r × 44/12 × (1 − a)",
        terms=(
            _stratum_term(row),
            Term("A", N_("Area"), row.area_ha, "ha"),
            Term("r", N_("Soil carbon gain"), gain, "tC/ha/yr"),
            Term("a", N_("Allochthonous share"), share, "share"),
        ),
        value=row.area_ha * float(soil_tco2_ha_yr(section, row, tables, path)),
        unit="tCO2e/yr",
        source=f"{_METHOD}, eq. {_SOIL_EQUATIONS[row.soil_path]}, 38, 79",
        note=N_("The deduction applies to a gain only; a loss counts in full."),
    )


def _computed_share(section: Vm0033, row: Vm0033Stratum) -> bool:
    return (
        deducts(section, row)
        and row.allochthonous_share is None
        and section.allochthonous is Allochthonous.ORGANIC_MATTER
    )


def _organic_matter_step(section: Vm0033, row: Vm0033Stratum, share: float, key: str) -> Step:
    terms = [_stratum_term(row)]
    if row.soil_carbon_share is not None:
        terms.append(Term("C", N_("Organic carbon of the soil"), row.soil_carbon_share, "share"))
    if row.soil_organic_matter_share is not None:
        terms.append(
            Term("O", N_("Organic matter of the soil"), row.soil_organic_matter_share, "share")
        )
    terms.append(
        Term(
            "D",
            N_("Organic matter of the deposit"),
            section.deposit_organic_matter_share,
            "share",
        )
    )
    return Step(
        key=key,
        label=N_("Allochthonous share of the soil carbon"),
        formula="a = (C − C(O_a)) / C, O_a = (O − D) / (1 − D)",
        terms=tuple(terms),
        value=share,
        unit="share",
        source=f"{_METHOD}, 8.1.4.2.7, eq. 39 to 46; 9.3.7, eq. 95 to 98",
        note=N_("C(O) turns organic matter into carbon by the relation of the wetland."),
    )


def _gas_steps(
    section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str, number: int
) -> Iterator[Step]:
    methane = methane_t_ha_yr(section, row, tables, path)
    nitrous = nitrous_t_ha_yr(section, row, tables, path)
    for key, label, rate, unit, gwp, source in (
        (
            "methane",
            N_("Methane of a stratum, a year"),
            methane,
            "tCH4/ha/yr",
            section.gwp_ch4,
            "8.1.4.5, eq. 60, 61",
        ),
        (
            "nitrous_oxide",
            N_("Nitrous oxide of a stratum, a year"),
            nitrous,
            "tN2O/ha/yr",
            section.gwp_n2o,
            "8.1.4.6, eq. 63 to 68",
        ),
    ):
        if rate is None or gwp is None:
            continue
        terms = [
            _stratum_term(row),
            Term("A", N_("Area"), row.area_ha, "ha"),
            Term("f", N_("Gas given off"), float(rate), unit),
            Term("G", N_("Warming potential"), gwp, ""),
        ]
        if row.salinity_ppt is not None:
            terms.append(Term("s", N_("Salinity"), row.salinity_ppt, "ppt"))
        yield Step(
            key=f"carbon.vm0033.{key}.{number + 1}",
            label=label,
            formula="E = −A × f × G",
            terms=tuple(terms),
            value=-row.area_ha * float(rate) * gwp,
            unit="tCO2e/yr",
            source=f"{_METHOD}, {source}",
        )


def _herb_step(section: Vm0033, row: Vm0033Stratum, number: int) -> Iterator[Step]:
    before, after = row.herb_cover_before_share, row.herb_cover_after_share
    stock = section.herbaceous_stock_tc_ha
    if before is None or after is None or stock is None:
        return
    yield Step(
        key=f"carbon.vm0033.herbaceous.{number + 1}",
        label=N_("Herbaceous biomass of a stratum, once"),
        formula="E = A × s × (c₂ − c₁) × 44/12",
        terms=(
            _stratum_term(row),
            Term("A", N_("Area"), row.area_ha, "ha"),
            Term("s", N_("Herbaceous stock at full cover"), stock, "tC/ha"),
            Term("c₂", N_("Herbaceous cover after"), after, "share"),
            Term("c₁", N_("Herbaceous cover before"), before, "share"),
            Term("t", N_("Year"), row.year + 1, "year"),
        ),
        value=row.area_ha * stock * (after - before) * CO2_PER_C,
        unit="tCO2e",
        source=f"{_METHOD}, 8.2.3, eq. 78",
        note=N_("Counts in the first year only: herbs soon reach a steady state."),
    )


def _woody_step(section: Vm0033, line: WoodyChange, number: int) -> Step:
    areas = {row.name: row.area_ha for row in section.strata}
    area = areas[line.stratum] if line.area_ha is None else line.area_ha
    fraction = line.carbon_fraction or 0.0
    years = line.last_year - line.first_year + 1
    return Step(
        key=f"carbon.vm0033.woody.{number + 1}",
        label=N_("Trees and shrubs of a line, a year"),
        formula="E = A × Δb × CF × 44/12 / n",
        terms=(
            Term("i", N_("Stratum"), line.stratum, "choice"),
            Term("A", N_("Area"), area, "ha"),
            Term("Δb", N_("Change of biomass"), line.biomass_change_t_ha, "tdm/ha"),
            Term("CF", N_("Carbon fraction"), fraction, "tC/t"),
            Term("n", N_("Years of the line"), years, "yr"),
        ),
        value=area * line.biomass_change_t_ha * fraction * CO2_PER_C / years,
        unit="tCO2e/yr",
        source=f"{_METHOD}, eq. 75; AR-TOOL14",
    )


def _net_step(pools: Mapping[Pool, Numbers]) -> Step:
    return Step(
        key="carbon.vm0033.net",
        label=N_("Net reductions of the plan"),
        formula="NER = GHG_BSL − GHG_WPS + FRP − GHG_LK",
        terms=tuple(
            Term(pool.value, POOL_LABELS[pool], float(vector.sum()), "tCO2e")
            for pool, vector in pools.items()
        ),
        value=float(sum(vector.sum() for vector in pools.values())),
        unit="tCO2e",
        source=f"{_METHOD}, 8.5.1, eq. 85",
        note=N_("Pools carry the sign with which they enter the sum."),
    )


def _error_step(section: Vm0033, error: float, allowed: float) -> Step:
    return Step(
        key="carbon.vm0033.uncertainty",
        label=N_("Uncertainty taken off"),
        formula="u = max(0, e − e₀)",
        terms=(
            Term("e", N_("Uncertainty of the net reductions"), error, "share"),
            Term("e₀", N_("Allowed uncertainty"), allowed, "share"),
            Term("γ", N_("Confidence interval"), f"{section.confidence.value}%", "choice"),
        ),
        value=float(uncertainty_deduction(error, allowed)),
        unit="share",
        source=f"{_METHOD}, 8.5.2, eq. 87 to 92",
        note=N_("Only the excess over the allowed uncertainty is taken off."),
    )


def _buffer_step(section: Vm0033, stock: Numbers, share: float) -> Step:
    terms = [Term("ΔS", N_("Change of carbon stocks, whole plan"), float(stock.sum()), "tCO2e")]
    if section.buffer_path is BufferPath.RISK_TABLE:
        terms += [
            Term("b_i", N_("Internal risk"), section.internal_risk_share, "share"),
            Term("b_e", N_("External risk"), section.external_risk_share, "share"),
            Term("b₀", N_("Least buffer of the tool"), section.least_buffer_share, "share"),
        ]
    terms.append(Term("b", N_("Buffer rating"), share, "share"))
    return Step(
        key="carbon.vm0033.buffer",
        label=N_("Credits for the buffer, whole plan"),
        formula="B = ΔS × b",
        terms=tuple(terms),
        value=float(stock.clip(min=0).sum()) * share,
        unit="tCO2e",
        source=f"{_METHOD}, 8.5.3, eq. 94; AFOLU Non-Permanence Risk Tool",
        note=N_("Years in which the stocks shrink give nothing back; gases bear no buffer."),
    )


def working(
    section: Vm0033,
    tables: SinkTables,
    *,
    pools: Mapping[Pool, Numbers],
    stock: Numbers,
    shares: tuple[Quantity, Quantity, Quantity],
    path: str,
) -> tuple[Step, ...]:
    """Return the steps of every stratum and of the net figures, for single estimates.

    `shares` are NER_ERROR, the allowed error and the buffer rating.
    """
    error, allowed, buffer = (float(share) for share in shares)
    steps: list[Step] = []
    for number, row in enumerate(section.strata):
        place = f"{path}.strata.{number}"
        steps += _soil_steps(section, row, tables, place, number)
        steps += _gas_steps(section, row, tables, place, number)
        steps += _herb_step(section, row, number)
    steps += [_woody_step(section, line, n) for n, line in enumerate(section.woody_changes)]
    steps.append(_net_step(pools))
    steps.append(_error_step(section, error, allowed))
    if section.cap_case is not CapCase.NONE:
        steps.append(
            Step(
                key="carbon.vm0033.cap",
                label=N_("Bound of the net reductions"),
                formula="NER ≤ NER(100)",
                terms=(
                    Term(
                        "NER(100)",
                        N_("Net benefit after 100 years"),
                        section.ner_at_100_tco2e,
                        "tCO2e",
                    ),
                ),
                value=section.ner_at_100_tco2e,
                unit="tCO2e",
                source=f"{_METHOD}, 8.5.1, eq. 86",
            )
        )
    steps.append(_buffer_step(section, stock, buffer))
    return tuple(steps)
