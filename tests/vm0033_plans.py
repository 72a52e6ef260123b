"""Plans under VM0033 that its tests share."""

from dataclasses import replace
from typing import Any

from app.finance.case.carbon.vm0033 import (
    Allochthonous,
    BufferPath,
    CapCase,
    Confidence,
    LeakagePath,
    SalinityKind,
    SoilGas,
    Vm0033,
)
from app.finance.case.carbon.vm0033_lines import (
    BaselineKind,
    BaselineTonnes,
    YearlyTonnes,
)
from app.finance.case.carbon.vm0033_rules import check_vm0033
from app.finance.case.carbon.vm0033_strata import (
    NitrogenSource,
    SoilKind,
    SoilPath,
    Vm0033Stratum,
    WetlandKind,
)
from app.finance.case.defaults import with_defaults
from app.finance.sink.methods.vm0033 import vm0033_removals
from app.finance.sink.pools import Pool, Removals, Span
from app.reference.tables import load_reference

TABLES = load_reference().tables
SPAN = Span(2025, 2034)
MARSH = Vm0033Stratum(
    name="A",
    year=2024,
    area_ha=100.0,
    wetland=WetlandKind.MARSH,
    soil=SoilKind.MINERAL,
    cover_share=0.8,
    soil_path=SoilPath.DEFAULT,
    salinity_ppt=25.0,
    allochthonous_share=0.2,
    nitrogen_source=NitrogenSource.ABSENT,
)
SENEGAL = replace(
    MARSH,
    year=2022,
    area_ha=1227.763531,
    wetland=WetlandKind.MANGROVE,
    soil_path=SoilPath.RATE,
    soil_rate_tc_ha_yr=2.4,
    allochthonous_share=0.23561574,
)


def plan(*strata: Vm0033Stratum, **changes: Any) -> Vm0033:
    section = Vm0033(
        strata=strata or (MARSH,),
        allochthonous=Allochthonous.STATED,
        methane=SoilGas.NO_INCREASE,
        nitrous_oxide=SoilGas.NO_INCREASE,
        cap_case=CapCase.NONE,
        leakage=LeakagePath.NONE,
        confidence=Confidence.P90,
        buffer_path=BufferPath.STATED,
        buffer_share=0.12,
        project_uncertainty_share=0.0,
    )
    return with_defaults(replace(section, **changes), TABLES.value)


def removals(*strata: Vm0033Stratum, span: Span = SPAN, **changes: Any) -> Removals:
    return vm0033_removals(plan(*strata, **changes), span, TABLES)


def first(found: Removals, pool: Pool) -> float:
    return float(found.pools[pool][0])


def codes(*strata: Vm0033Stratum, **changes: Any) -> dict[str, str]:
    return {one.path: one.code for one in check_vm0033(plan(*strata, **changes))}


GASES: dict[str, Any] = {
    "methane": SoilGas.ACCOUNTED,
    "nitrous_oxide": SoilGas.ACCOUNTED,
    "salinity_kind": SalinityKind.LOW_POINT,
    "gwp_ch4": 28.0,
    "gwp_n2o": 265.0,
}


def net_plan(**changes: Any) -> Vm0033:
    return plan(
        replace(MARSH, soil=SoilKind.ORGANIC),
        baseline=(
            BaselineTonnes(2025, 2034, BaselineKind.STOCK, 400.0),
            BaselineTonnes(2025, 2034, BaselineKind.OTHER, 90.0),
        ),
        fire_premium=(YearlyTonnes(2025, 2034, 20.0),),
        project_emissions=(YearlyTonnes(2025, 2025, 30.0),),
        leakage=LeakagePath.STATED,
        leakage_lines=(YearlyTonnes(2025, 2034, 15.0),),
        cap_case=CapCase.BASELINE,
        ner_at_100_tco2e=50_000.0,
        baseline_uncertainty_share=0.25,
        project_uncertainty_share=0.30,
        **(GASES | changes),
    )
