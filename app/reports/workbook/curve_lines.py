"""The price of each column as a formula of the price of the valuation date and its curve."""

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.curve import Compounding, CurveKind
from app.i18n import N_
from app.reports.workbook.assumptions import GROWTH_STEP, PRICE_FACTOR, PRICE_TODAY, Assumptions
from app.reports.workbook.axis import Axis
from app.reports.workbook.lines import Formula, Line, Lines
from app.reports.workbook.looks import Kind

Curve = tuple[str, str, int]
"""Addresses of the places and prices of a curve, and how many there are."""


def price_line(lines: Lines, axis: Axis, known: Assumptions) -> None:
    """Write the price of each column, and its place between two points of a curve."""
    appraisal, curve = known.appraisal, known.curve
    if curve is not None:
        places, _prices, count = curve
        code = "time" if appraisal.price_curve is CurveKind.FORWARD else "year"
        lines.live(
            Line("place", N_("Point of the curve before it"), "", Kind.COUNT),
            lambda k: _place_formula(lines, axis, k, code, places),
            _places(axis, appraisal, code, count),
            summed=False,
        )
    lines.live(
        Line("price", N_("Price"), "yuan/t", Kind.PRICE),
        _formula(lines, axis, appraisal, curve),
        axis.plan.prices,
        summed=False,
    )


def _place_formula(lines: Lines, axis: Axis, k: int, code: str, places: str) -> str:
    if axis.indices[k] == 0 and code == "year":
        return "=1"
    return f"=MATCH({lines.at(code, k)},{places},1)"


def _places(axis: Axis, appraisal: Appraisal, code: str, count: int) -> list[int]:
    """Return the number of the last point that is not after each column, from 1."""
    if code == "year":
        known = [float(point.year) for point in appraisal.curve_points]
        asked = [float(year) for year in axis.plan.years]
    else:
        start = appraisal.valuation_date
        known = [0.0, *((quote.day - start).days / 365 for quote in appraisal.forward_quotes)]
        asked = axis.plan.times.tolist()
    found = np.clip(np.searchsorted(known, asked, side="right"), 1, count)
    return [int(place) for place in found]


def _formula(lines: Lines, axis: Axis, appraisal: Appraisal, curve: Curve | None) -> Formula:
    kind = appraisal.price_curve
    if kind is CurveKind.GROWTH:
        return lambda k: (
            f"={PRICE_TODAY}*(1+price_growth)^MAX({lines.at('index', k)}-{GROWTH_STEP},0)"
        )
    if kind is CurveKind.CARRY:
        if appraisal.carry_compounding is Compounding.SIMPLE:
            return lambda k: f"=MAX({PRICE_TODAY}*(1+carry_rate*{lines.at('time', k)}),0)"
        return lambda k: f"={PRICE_TODAY}*EXP(carry_rate*{lines.at('time', k)})"
    if curve is None:
        return lambda _k: f"={PRICE_TODAY}"
    code = "time" if kind is CurveKind.FORWARD else "year"
    return lambda k: (
        f"={PRICE_TODAY}"
        if axis.indices[k] == 0 and code == "year"
        else _between(lines.at(code, k), lines.at("place", k), curve)
    )


def _between(asked: str, place: str, curve: Curve) -> str:
    """Straight between two points, constant beyond the last one."""
    places, prices, count = curve
    low, high = f"INDEX({prices},{place})", f"INDEX({prices},MIN({place}+1,{count}))"
    begin, end = f"INDEX({places},{place})", f"INDEX({places},MIN({place}+1,{count}))"
    line = f"{low}+({high}-{low})*({asked}-{begin})/({end}-{begin})"
    return f"={PRICE_FACTOR}*IF({place}={count},{low},{line})"
