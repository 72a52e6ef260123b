"""The working of planted cohorts: mean tree, roots, and each pool in the fullest year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.case.carbon.cohorts import CohortPlan
from app.finance.case.carbon.growth import PlotStratum, Roots
from app.finance.explain import Step, Term
from app.finance.sink.allometry import FORMULAS, AllometricEquation
from app.finance.sink.methods.growth import Stems
from app.finance.sink.methods.standing import Factors, Grown, Standing
from app.finance.sink.methods.tool14 import (
    TOOL14,
    discount,
    discount_step,
    half_width,
    mean_biomass,
    plots_uncertainty,
    standard_error,
    surveys,
    t_of,
)
from app.finance.sink.pools import Numbers, Pool, Quantity, Span
from app.finance.sink.tables import SinkTables
from app.finance.text import N_


@dataclass(frozen=True, slots=True)
class Sources:
    """Name of a method in the keys of its steps, and where its clauses stand."""

    key: str
    biomass: str
    soil: str
    baseline: str


AR_AM0014 = Sources(
    "cohorts",
    f"{TOOL14}, eq. 3, 11, 12",
    "CDM AR-AM0014 v3.0 / BM FR05.001, eq. 4",
    "CDM AR-AM0014 v3.0 / BM FR05.001, eq. 1, 6",
)


def _last(value: Quantity | None) -> float | None:
    """The figure at the last age, None for none."""
    return None if value is None else float(np.asarray(value).reshape(-1)[-1])


def _tree_step(
    key: str, label: str, equation: AllometricEquation, stems: Stems, species: str
) -> Step:
    dbh, height = _last(stems.dbh_cm), _last(stems.height_m)
    density = _last(stems.density_g_cm3) if equation.needs_density else None
    height = height if equation.needs_height else None
    terms = [
        Term("D", N_("Stem diameter"), dbh, "cm"),
        Term("a", N_("Coefficient of the equation"), equation.a),
        Term("b", N_("Exponent of the equation"), equation.b),
    ]
    formula = FORMULAS[equation.form]
    if equation.c is None:
        formula = formula.replace(" × ρ^c", "")
    else:
        terms.append(Term("c", N_("Second exponent or intercept"), equation.c))
    if density is not None:
        terms.append(Term("ρ", N_("Wood density"), density, "g/cm3"))
    if height is not None:
        terms.append(Term("H", N_("Height"), height, "m"))
    terms.append(Term("s", N_("Species"), species, "choice"))
    mass = equation.mass_kg(
        stems.dbh_cm, height_m=stems.height_m, density_g_cm3=stems.density_g_cm3
    )
    return Step(key, label, formula, tuple(terms), _last(mass), "kg", equation.source)


def _roots_step(
    plan: CohortPlan, one: Grown, place: int, sources: Sources, tables: SinkTables
) -> tuple[Step, ...]:
    """Roots of a hectare at the last age of the table or curve, for function and ratio."""
    above, below = (float(part) for part in one.stand.at_last)
    key = f"carbon.{sources.key}.roots.{place}"
    label = N_("Roots of a hectare at the last age")
    biomass = Term("b", N_("Biomass above ground"), above, "tdm/ha")
    if plan.roots is Roots.TOOL14:
        intercept = tables.parameter("ar_tool14.root_intercept")
        slope = tables.parameter("ar_tool14.root_slope")
        terms = (
            Term("α", N_("Intercept of the root-shoot function"), intercept.value),
            Term("β", N_("Slope of the root-shoot function"), slope.value),
            biomass,
        )
        source = f"{intercept.source}, {intercept.clause}"
        return (Step(key, label, "r = exp(α + β × ln b)", terms, below, "tdm/ha", source),)
    if plan.roots is Roots.RATIO:
        ratio = Term("R", N_("Root-shoot ratio"), plan.root_shoot_ratio)
        source = N_("input of the case")
        return (Step(key, label, "r = b × R", (biomass, ratio), below, "tdm/ha", source),)
    return ()


def _stand_steps(
    plan: CohortPlan, grown: tuple[Grown, ...], sources: Sources, tables: SinkTables
) -> list[Step]:
    steps: list[Step] = []
    for place, one in enumerate(grown, start=1):
        stems = one.stand.stems
        if stems is not None:
            species = plan.plantings[one.number].species
            above = N_("Dry mass of the mean tree above ground, at the last age")
            key = f"carbon.{sources.key}.tree.{place}"
            steps.append(_tree_step(key, above, stems.above, stems, species))
            if stems.below is not None:
                below = N_("Dry mass of the roots of the mean tree, at the last age")
                key = f"carbon.{sources.key}.tree_roots.{place}"
                steps.append(_tree_step(key, below, stems.below, stems, species))
        steps.extend(_roots_step(plan, one, place, sources, tables))
    return steps


def _biomass_step(
    key: str,
    label: str,
    *,
    tonnes: float,
    removed: float,
    fraction: Quantity,
    year: int,
    source: str,
) -> Step:
    return Step(
        key=key,
        label=label,
        formula="E = ΔB × CF × 44/12",
        terms=(
            Term("ΔB", N_("Growth of dry biomass"), tonnes, "t"),
            Term("CF", N_("Carbon in dry biomass"), float(fraction), "tC/t"),
            Term("t", N_("Year"), year, "year"),
        ),
        value=removed,
        unit="tCO2e/yr",
        source=source,
        note=N_("A cohort grows from the year after it was planted; survival is of the area."),
    )


def _area_step(
    key: str,
    label: str,
    *,
    formula: str,
    area: Term,
    rate: Term,
    year: int,
    removed: float,
    source: str,
) -> Step:
    terms = (area, rate, Term("t", N_("Year"), year, "year"))
    return Step(key, label, formula, terms, removed, "tCO2e/yr", source)


def cohort_steps(
    plan: CohortPlan,
    span: Span,
    tables: SinkTables,
    *,
    found: Standing,
    factors: Factors,
    by_pool: Mapping[Pool, Numbers],
    sources: Sources,
) -> tuple[Step, ...]:
    """Trees, roots, and every pool in the year with the largest removals; none without any."""
    own = sum(vector for pool, vector in by_pool.items() if pool is not Pool.BASELINE)
    if not np.any(own):
        return ()
    place = int(np.argmax(own))
    year = span.first + place
    key = f"carbon.{sources.key}"
    steps = _stand_steps(plan, found.grown, sources, tables)
    for pool, growth, label in (
        (Pool.ABOVE_GROUND, found.above_t, N_("Removals above ground in the fullest year")),
        (Pool.BELOW_GROUND, found.below_t, N_("Removals of roots in the fullest year")),
    ):
        if pool in by_pool:
            tonnes, removed = float(growth[place]), float(by_pool[pool][place])
            steps.append(
                _biomass_step(
                    f"{key}.{pool.value}",
                    label,
                    tonnes=tonnes,
                    removed=removed,
                    fraction=factors.carbon_fraction,
                    year=year,
                    source=sources.biomass,
                )
            )
    if Pool.SOIL in by_pool:
        steps.append(
            _area_step(
                f"{key}.soil",
                N_("Removals of soil in the fullest year"),
                formula="E = A × r × 44/12",
                area=Term(
                    "A", N_("Established area in its soil years"), float(found.soil_ha[place]), "ha"
                ),
                rate=Term(
                    "r", N_("Soil carbon a year"), float(factors.soil_rate_tc_ha_yr), "tC/ha/yr"
                ),
                year=year,
                removed=float(by_pool[Pool.SOIL][place]),
                source=sources.soil,
            )
        )
    steps.append(
        _area_step(
            f"{key}.baseline",
            N_("Baseline in the fullest year"),
            formula="E = −A × b",
            area=Term(
                "A", N_("Area planted before that year"), float(found.planted_ha[place]), "ha"
            ),
            rate=Term(
                "b", N_("Baseline a year"), float(factors.baseline_tco2e_ha_yr), "tCO2e/ha/yr"
            ),
            year=year,
            removed=float(by_pool[Pool.BASELINE][place]),
            source=sources.baseline,
        )
    )
    return tuple(steps)


def _error_step(strata: Sequence[PlotStratum]) -> Step:
    area = sum(line.area_ha for line in strata)
    terms: list[Term] = []
    for place, line in enumerate(strata, start=1):
        name = "" if len(strata) == 1 else str(place)
        terms += (
            Term(f"w{name}", N_("Stratum, share of the area"), line.area_ha / area, "share"),
            Term(f"s{name}", N_("Standard deviation"), line.sd_t_ha, "tdm/ha"),
            Term(f"n{name}", N_("Plots"), line.plots),
        )
    return Step(
        key="carbon.cohorts.standard_error",
        label=N_("Standard error of the mean"),
        formula="e = √(Σ w² × s² / n)",
        terms=tuple(terms),
        value=float(standard_error(strata)),
        unit="tdm/ha",
        source=f"{TOOL14}, eq. 15",
    )


def uncertainty_steps(plan: CohortPlan, tables: SinkTables) -> tuple[Step, ...]:
    """U of the sample plots and the discount for it; none without plots."""
    if not plan.plots:
        return ()
    found = surveys(plan.plots)
    measured = float(plots_uncertainty(plan.plots, plan.t_value))
    _, later = found[-1]
    half = Term("h", N_("Half the 90% interval"), float(half_width(later, plan.t_value)), "tdm/ha")
    mean = Term("b", N_("Mean biomass"), float(mean_biomass(later)), "tdm/ha")
    formula = "U = h / b"
    terms: tuple[Term, ...] = (half, mean)
    if len(found) > 1:
        _, earlier = found[-2]
        before = float(mean_biomass(earlier))
        spread = float(half_width(earlier, plan.t_value))
        formula = "U = √(h₁² + h²) / |b − b₁|"
        terms = (
            half,
            mean,
            Term("h₁", N_("Half the 90% interval of the survey before"), spread, "tdm/ha"),
            Term("b₁", N_("Mean biomass of the survey before"), before, "tdm/ha"),
        )
    step = float(discount_step(measured, tables.discount_steps))
    off = float(discount(measured, tables.discount_steps))
    return (
        _error_step(later),
        Step(
            key="carbon.cohorts.half_width",
            label=N_("Half the 90% interval"),
            formula="h = t × e",
            terms=(
                Term("t", N_("Student's t"), float(t_of(later, plan.t_value))),
                Term("e", N_("Standard error of the mean"), float(standard_error(later)), "tdm/ha"),
            ),
            value=float(half_width(later, plan.t_value)),
            unit="tdm/ha",
            source=f"{TOOL14}, eq. 15",
            note=N_("h = t × √(Σ w² × s² / n), w the share of a stratum in the area."),
        ),
        Step(
            key="carbon.cohorts.uncertainty",
            label=N_("Uncertainty of the sample plots"),
            formula=formula,
            terms=terms,
            value=measured,
            unit="share",
            source=f"{TOOL14}, eq. 2 and 15",
        ),
        Step(
            key="carbon.cohorts.discount",
            label=N_("Uncertainty discount on the trees"),
            formula="u = U × d",
            terms=(
                Term("U", N_("Uncertainty of the sample plots"), measured, "share"),
                Term("d", N_("Share of it that is taken off"), step, "share"),
            ),
            value=min(off, 1.0),
            unit="share",
            source=f"{TOOL14}, appendix 2",
        ),
    )
