"""Burial in sediment and export of phytoplankton: units checked by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.case.carbon.measured import (
    BurialLine,
    Phytoplankton,
    PhytoplanktonLine,
    SedimentBurial,
    check_phytoplankton,
    check_sediment_burial,
)
from app.finance.fields import specs_by_path
from app.finance.sink.methods.measured import burial_removals, phytoplankton_removals
from app.finance.sink.pools import Pool, Span
from app.finance.sink.tables import SinkTables

TABLES = SinkTables(species={})
YEARS = Span(2025, 2026)
UNIT_CORE = BurialLine(
    first_year=2025,
    last_year=2025,
    area_ha=1.0,
    bulk_density_g_cm3=1.0,
    organic_carbon_share=0.01,
    accretion_cm_yr=1.0,
    allochthonous_share=0.0,
)
BAY = PhytoplanktonLine(
    first_year=2025,
    last_year=2026,
    area_ha=5000.0,
    production_gc_m2_yr=200.0,
    export_share=0.05,
)


def buried(*lines: BurialLine, tables: SinkTables = TABLES) -> Any:
    return burial_removals(SedimentBurial(lines), YEARS, tables)


def exported(*lines: PhytoplanktonLine, tables: SinkTables = TABLES) -> Any:
    return phytoplankton_removals(Phytoplankton(lines), YEARS, tables)


def test_one_of_each_unit_buries_one_tonne_of_carbon() -> None:
    result = buried(UNIT_CORE)
    assert result.pools == {Pool.SEDIMENT: pytest.approx([44 / 12, 0], rel=1e-15)}  # carbon.md 2
    assert result.working[0].value == pytest.approx(3.6666667)


def test_carbon_from_elsewhere_is_not_counted() -> None:
    line = replace(UNIT_CORE, area_ha=100.0, allochthonous_share=0.25, last_year=2026)
    assert buried(line).total == pytest.approx([275, 275])  # 75 tC


def test_one_gram_on_each_square_metre_of_a_hectare_is_ten_kilograms() -> None:
    line = replace(BAY, area_ha=1.0, production_gc_m2_yr=1.0, export_share=1.0)
    assert exported(line).total == pytest.approx([0.01 * 44 / 12] * 2)


def test_a_bay_exports_a_twentieth_of_what_it_fixes() -> None:
    result = exported(BAY)
    assert result.pools == {Pool.EXPORT: pytest.approx([1833.333, 1833.333], abs=1e-3)}  # 500 tC
    assert result.area_ha == 5000.0
    assert result.working[0].value == pytest.approx(1833.333, abs=1e-3)


def test_strata_add_up() -> None:
    assert buried(UNIT_CORE, replace(UNIT_CORE, area_ha=2.0)).total == pytest.approx([11, 0])
    assert buried(UNIT_CORE, replace(UNIT_CORE, area_ha=2.0)).area_ha == 3.0


def test_lines_that_end_before_they_start_are_refused() -> None:
    core = SedimentBurial((UNIT_CORE, replace(UNIT_CORE, last_year=2024)))
    bay = Phytoplankton((replace(BAY, last_year=2024),))
    assert [p.path for p in check_sediment_burial(core)] == [
        "project.sediment_burial.lines.1.last_year"
    ]
    assert [p.code for p in check_phytoplankton(bay)] == ["before_start"]


def test_draws_give_a_row_for_each_draw() -> None:
    quiet = replace(TABLES, explain=False)
    accretion: dict[str, Any] = {"accretion_cm_yr": np.array([[1.0], [0.5]])}
    share: dict[str, Any] = {"export_share": np.array([[0.05, 0.1]])}
    assert buried(replace(UNIT_CORE, **accretion), tables=quiet).total == pytest.approx(
        np.array([[44 / 12, 0], [22 / 12, 0]])
    )
    assert exported(replace(BAY, **share), tables=quiet).total == pytest.approx(
        np.array([[1833.3333, 3666.6667]])
    )


@given(density=st.floats(0.01, 3), accretion=st.floats(1e-3, 10), area=st.floats(1e-3, 1e6))
def test_typed_units_of_a_core_leave_the_result_unchanged(
    density: float, accretion: float, area: float
) -> None:
    specs = specs_by_path(BurialLine)
    kg_m3 = dict(specs["bulk_density_g_cm3"].field.other_units)["kg/m3"]
    mm = dict(specs["accretion_cm_yr"].field.other_units)["mm/yr"]
    mu = dict(specs["area_ha"].field.other_units)["mu"]
    stored = replace(UNIT_CORE, bulk_density_g_cm3=density, accretion_cm_yr=accretion, area_ha=area)
    typed = replace(
        UNIT_CORE,
        bulk_density_g_cm3=density * 1000 * kg_m3,
        accretion_cm_yr=accretion * 10 * mm,
        area_ha=area * 15 * mu,
    )
    assert buried(typed).total == pytest.approx(buried(stored).total, rel=1e-12, abs=0)


@given(production=st.floats(1e-3, 1e4), area=st.floats(1e-3, 1e6))
def test_typed_units_of_a_bay_leave_the_result_unchanged(production: float, area: float) -> None:
    specs = specs_by_path(PhytoplanktonLine)
    tc_ha = dict(specs["production_gc_m2_yr"].field.other_units)["tC/ha/yr"]
    km2 = dict(specs["area_ha"].field.other_units)["km2"]
    stored = replace(BAY, production_gc_m2_yr=production, area_ha=area)
    typed = replace(BAY, production_gc_m2_yr=production / 100 * tc_ha, area_ha=area / 100 * km2)
    assert exported(typed).total == pytest.approx(exported(stored).total, rel=1e-12, abs=0)
