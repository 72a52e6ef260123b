"""J-Blue: three formulas by hand, and the certified means of Japan."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.case.carbon.j_blue import BedKind, JBlue, JBlueFormula, JBlueLine, check_j_blue
from app.finance.errors import DomainError
from app.finance.fields import specs_by_path
from app.finance.sink.methods.j_blue import j_blue_removals
from app.finance.sink.pools import Pool, Removals, Span
from app.finance.sink.tables import SinkTables

TABLES = SinkTables(species={})
COEFFICIENT = JBlueLine(
    first_year=2025,
    last_year=2026,
    kind=BedKind.TIDAL_FLAT,
    formula=JBlueFormula.AREA_COEFFICIENT,
    certainty_activity=0.9,
    certainty_coefficient=0.8,
    area_ha=10.0,
    coefficient_tco2e_ha_yr=2.5,
)
MEADOW = JBlueLine(
    first_year=2025,
    last_year=2026,
    kind=BedKind.EELGRASS,
    formula=JBlueFormula.AREA_WEIGHT,
    certainty_activity=0.9,
    certainty_coefficient=0.8,
    area_ha=20.0,
    wet_weight_t_ha=15.0,
    water_share=0.85,
    pb_ratio=2.0,
    carbon_share=0.35,
    residual_rate=0.2,
    ecosystem_factor=1.0,
)
ROPES = JBlueLine(
    first_year=2025,
    last_year=2026,
    kind=BedKind.FARMED_ALGAE,
    formula=JBlueFormula.ROPE_WEIGHT,
    certainty_activity=0.9,
    certainty_coefficient=0.8,
    rope_m=5000.0,
    wet_weight_kg_m=10.0,
    water_share=0.9,
    pb_ratio=1.5,
    carbon_share=0.3,
    residual_rate=0.1,
    ecosystem_factor=1.0,
)


def left(*lines: JBlueLine, span: Span | None = None) -> Removals:
    return j_blue_removals(JBlue(lines), span or Span(2025, 2026), TABLES)


@pytest.mark.parametrize(
    ("line", "tonnes"),
    [
        (COEFFICIENT, 18.0),  # 10 x 2.5 x 0.72
        (MEADOW, 16.632),  # 300 t wet -> 45 dry -> 90 -> 31.5 tC -> 6.3 tC -> 23.1 tCO2 -> x 0.72
        (ROPES, 0.594),  # 50 t wet -> 5 dry -> 7.5 -> 2.25 tC -> 0.225 tC -> 0.825 tCO2 -> x 0.72
    ],
)
def test_each_formula_gives_the_figure_worked_by_hand(line: JBlueLine, tonnes: float) -> None:
    result = left(line)
    assert result.pools == {Pool.RESIDUAL: pytest.approx([tonnes, tonnes])}
    assert result.working[0].value == pytest.approx(tonnes)


@pytest.mark.parametrize(
    ("area", "rate", "certified"),
    [(10.6, 2.15, 22.8), (30.0, 2.68, 80.4), (1100.4, 3.39, 3733.1)],
)
def test_the_certified_means_of_japan_give_the_certified_tonnes(
    area: float, rate: float, certified: float
) -> None:
    line = replace(
        COEFFICIENT,
        area_ha=area,
        coefficient_tco2e_ha_yr=rate,
        certainty_activity=1.0,
        certainty_coefficient=1.0,
    )
    assert left(line).total[0] == pytest.approx(certified, abs=0.01 * area)  # W34


def test_the_ratings_are_the_only_deduction_for_uncertainty() -> None:
    assert left(MEADOW).uncertainty_share == 0.0
    certain = replace(MEADOW, certainty_activity=1.0, certainty_coefficient=1.0)
    assert left(certain).total[0] == pytest.approx(23.1)


def test_the_area_is_that_of_the_fullest_year_and_unknown_for_ropes() -> None:
    later = replace(MEADOW, first_year=2026)
    assert left(COEFFICIENT, later).area_ha == 30.0
    assert left(COEFFICIENT, ROPES).area_ha is None


@pytest.mark.parametrize("kind", [BedKind.MANGROVE, BedKind.TIDAL_FLAT])
def test_mangrove_and_tidal_flat_take_formula_1_alone(kind: BedKind) -> None:
    line = replace(MEADOW, kind=kind)
    (problem,) = check_j_blue(JBlue((line,)))
    assert (problem.path, problem.code) == ("project.j_blue.lines.0.formula", "formula_1_only")
    with pytest.raises(DomainError) as refused:
        left(line)
    assert refused.value.code == "formula_1_only"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (COEFFICIENT, "area_ha"),
        (COEFFICIENT, "coefficient_tco2e_ha_yr"),
        (MEADOW, "wet_weight_t_ha"),
        (MEADOW, "water_share"),
        (MEADOW, "pb_ratio"),
        (ROPES, "rope_m"),
        (ROPES, "wet_weight_kg_m"),
        (ROPES, "carbon_share"),
        (ROPES, "residual_rate"),
        (ROPES, "ecosystem_factor"),
    ],
)
def test_an_empty_cell_that_the_formula_needs_is_named(line: JBlueLine, column: str) -> None:
    empty: dict[str, Any] = {column: None}
    line = replace(line, **empty)
    (problem,) = check_j_blue(JBlue((COEFFICIENT, line)))
    assert (problem.path, problem.code) == (f"project.j_blue.lines.1.{column}", "needed_in_line")
    with pytest.raises(DomainError) as refused:
        left(line)
    assert refused.value.code == "needed_in_line"


def test_a_line_that_ends_before_it_starts_is_refused() -> None:
    (problem,) = check_j_blue(JBlue((replace(MEADOW, last_year=2024),)))
    assert (problem.path, problem.code) == ("project.j_blue.lines.0.last_year", "before_start")


def test_draws_give_a_row_for_each_draw() -> None:
    drawn: dict[str, Any] = {"residual_rate": np.array([[0.2], [0.1]])}
    section = JBlue((replace(MEADOW, **drawn), COEFFICIENT))
    total = j_blue_removals(section, Span(2025, 2027), replace(TABLES, explain=False)).total
    assert total == pytest.approx(np.array([[34.632, 34.632, 0], [26.316, 26.316, 0]]))


@given(area=st.floats(1e-3, 1e6), weight=st.floats(1e-3, 1e4))
def test_mu_and_kilograms_give_what_hectares_and_tonnes_give(area: float, weight: float) -> None:
    specs = specs_by_path(JBlueLine)
    mu = dict(specs["area_ha"].field.other_units)["mu"]
    kg_m2 = dict(specs["wet_weight_t_ha"].field.other_units)["kg/m2"]
    stored = replace(MEADOW, area_ha=area, wet_weight_t_ha=weight)
    typed = replace(MEADOW, area_ha=area * 15 * mu, wet_weight_t_ha=weight / 10 * kg_m2)
    assert left(typed).total == pytest.approx(left(stored).total, rel=1e-12, abs=0)
