"""J-Blue: carbon left in soil and water by beds and farms, by calendar year."""

from app.finance.case.carbon.j_blue import (
    FORMULA_1_ONLY,
    NEEDED_COLUMNS,
    JBlue,
    JBlueFormula,
    JBlueLine,
)
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.fields import choice_label
from app.finance.quantity import CO2_PER_C
from app.finance.sink.pools import Pool, Removals, Span
from app.finance.sink.tables import SinkTables
from app.finance.text import N_

KG_PER_T = 1000.0

_SOURCES = {
    JBlueFormula.AREA_COEFFICIENT: N_("J-Blue Credit (Japan Blue Economy Association), formula 1"),
    JBlueFormula.AREA_WEIGHT: N_("J-Blue Credit (Japan Blue Economy Association), formula 2-1"),
    JBlueFormula.ROPE_WEIGHT: N_("J-Blue Credit (Japan Blue Economy Association), formula 2-2"),
}
_FORMULAS = {
    JBlueFormula.AREA_COEFFICIENT: "E = A × k × z_a × z_k",
    JBlueFormula.AREA_WEIGHT: "E = A × m × (1 − w) × PB × c × r × e × 44/12 × z_a × z_k",
    JBlueFormula.ROPE_WEIGHT: "E = L × m / 1000 × (1 − w) × PB × c × r × e × 44/12 × z_a × z_k",
}
_COLUMN_TERMS = {
    "area_ha": ("A", N_("Area"), "ha"),
    "rope_m": ("L", N_("Rope length"), "m"),
    "coefficient_tco2e_ha_yr": ("k", N_("Coefficient of absorption"), "tCO2e/ha/yr"),
    "wet_weight_t_ha": ("m", N_("Wet weight for each area"), "t/ha"),
    "wet_weight_kg_m": ("m", N_("Wet weight for each metre of rope"), "kg/m"),
    "water_share": ("w", N_("Water"), "share"),
    "pb_ratio": ("PB", N_("Production over biomass"), ""),
    "carbon_share": ("c", N_("Carbon in dry mass"), "share"),
    "residual_rate": ("r", N_("Residual rate"), "share"),
    "ecosystem_factor": ("e", N_("Ecosystem factor"), ""),
}


def _cells(line: JBlueLine, path: str) -> dict[str, float]:
    """The cells that the formula of the line computes with.

    Raises:
        DomainError: `formula_1_only`, or `needed_in_line` for an empty cell.
    """
    if line.kind in FORMULA_1_ONLY and line.formula is not JBlueFormula.AREA_COEFFICIENT:
        raise DomainError("formula_1_only", path=f"{path}.formula", value=line.formula.value)
    cells = {}
    for column in NEEDED_COLUMNS[line.formula]:
        given = getattr(line, column)
        if given is None:
            at = f"{path}.{column}"
            raise DomainError(
                "needed_in_line", path=at, value=None, other=at, formula=line.formula.value
            )
        cells[column] = given
    return cells


def _uncertified_tco2e(line: JBlueLine, cells: dict[str, float]) -> float:
    """t CO2e a year that a line leaves in soil and water, before the certainty ratings.

    1: area x coefficient. 2-1 and 2-2: wet weight (1 - water) P/B carbon residual ecosystem
    x 44/12, the wet weight from area or rope.
    """
    if line.formula is JBlueFormula.AREA_COEFFICIENT:
        return cells["area_ha"] * cells["coefficient_tco2e_ha_yr"]
    if line.formula is JBlueFormula.AREA_WEIGHT:
        wet = cells["area_ha"] * cells["wet_weight_t_ha"]
    else:
        wet = cells["rope_m"] * cells["wet_weight_kg_m"] / KG_PER_T
    produced = wet * (1 - cells["water_share"]) * cells["pb_ratio"] * cells["carbon_share"]
    return produced * cells["residual_rate"] * cells["ecosystem_factor"] * CO2_PER_C


def j_blue_removals(
    section: JBlue, span: Span, tables: SinkTables, *, path: str = "project.j_blue"
) -> Removals:
    """Carbon left in soil and water, t CO2e, times both certainty ratings.

    The ratings are the method's deduction for uncertainty, so no other one applies. `area_ha`
    is the largest area of a year, None when a line is measured by rope. Source: J-Blue Credit
    of the Japan Blue Economy Association, formulas 1, 2-1 and 2-2 as public notes on its guide
    give them; 44/12 and the product with the ratings are the reading of this program.

    Raises:
        DomainError: `formula_1_only` or `needed_in_line`.
    """
    residual, areas, by_rope = span.zeros(), span.zeros(), False
    steps = []
    for number, line in enumerate(section.lines):
        cells = _cells(line, f"{path}.lines.{number}")
        certain = line.certainty_activity * line.certainty_coefficient
        tonnes = _uncertified_tco2e(line, cells) * certain
        years = span.between(line.first_year, line.last_year)
        residual = residual + tonnes * years
        by_rope = by_rope or "area_ha" not in cells
        areas = areas + cells.get("area_ha", 0.0) * years
        if tables.explain:
            steps.append(_step(number, line, cells, tonnes))
    known = not by_rope and areas.ndim == 1 and areas.size > 0
    return Removals(
        span,
        {Pool.RESIDUAL: residual},
        working=tuple(steps),
        area_ha=float(areas.max()) if known else None,
        uncertainty_share=0.0,
    )


def _step(number: int, line: JBlueLine, cells: dict[str, float], tonnes: float) -> Step:
    terms = [Term("i", N_("Bed"), choice_label(JBlueLine, "kind", line.kind), "choice")]
    for column, value in cells.items():
        symbol, label, unit = _COLUMN_TERMS[column]
        terms.append(Term(symbol, label, value, unit))
    terms.append(Term("z_a", N_("Certainty of area or length"), line.certainty_activity, "share"))
    terms.append(
        Term("z_k", N_("Certainty of the coefficient"), line.certainty_coefficient, "share")
    )
    by_weight = line.formula is not JBlueFormula.AREA_COEFFICIENT
    return Step(
        key=f"carbon.j_blue.{number + 1}",
        label=N_("Carbon left in soil and water by a bed, a year"),
        formula=_FORMULAS[line.formula],
        terms=tuple(terms),
        value=tonnes,
        unit="tCO2e/yr",
        source=_SOURCES[line.formula],
        note=N_("44/12 turns carbon into CO₂; it is our reading of the guide.")
        if by_weight
        else "",
    )
