"""Rules of a perpetuity: it repeats the last year, which must be a year like the others."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import Compounding, CurveKind
from app.finance.dates import add_months, middle_calendar_year


def _uneven(path: str, value: object = None) -> Problem:
    return Problem(path, "perpetual_uneven", value)


def _sale_problems(case: Case, appraisal: Appraisal) -> list[Problem]:
    if case.project.verifications:
        return [_uneven("project.verifications")]
    interval = appraisal.verification_interval_years
    return [_uneven("appraisal.verification_interval_years", interval)] if interval > 1 else []


def _cost_problems(appraisal: Appraisal) -> list[Problem]:
    """Costs that come in some years only, and amounts of the last year that come once."""
    found = []
    if appraisal.baseline_cost_yuan > 0 and appraisal.baseline_interval_years > 1:
        path = "appraisal.baseline_interval_years"
        found.append(_uneven(path, appraisal.baseline_interval_years))
    years = appraisal.horizon_years
    if appraisal.maintenance_cost_yuan_yr > 0 and appraisal.maintenance_years >= years:
        found.append(_uneven("appraisal.maintenance_years", appraisal.maintenance_years))
    start = appraisal.valuation_date
    last_year, over = add_months(start, 12 * (years - 1)), add_months(start, 12 * years)
    found += [
        _uneven(f"appraisal.flows.{number}.day", line.day)
        for number, line in enumerate(appraisal.flows)
        if last_year <= line.day < over and line.day != start
    ]
    return found


def _curve_problems(appraisal: Appraisal) -> list[Problem]:
    """A price that still moves after the last year does not stay as it is then."""
    start, years = appraisal.valuation_date, appraisal.horizon_years
    if appraisal.price_curve is CurveKind.CARRY:
        if appraisal.carry_compounding is not Compounding.SIMPLE:
            return []
        value = appraisal.carry_compounding.value
        return [Problem("appraisal.carry_compounding", "perpetual_simple_carry", value)]
    if appraisal.price_curve is CurveKind.TABLE:
        last_year = middle_calendar_year(start, years)
        return [
            _uneven(f"appraisal.curve_points.{number}.year", point.year)
            for number, point in enumerate(appraisal.curve_points)
            if point.year > last_year
        ]
    if appraisal.price_curve is CurveKind.FORWARD:
        end = add_months(start, 12 * years)
        return [
            _uneven(f"appraisal.forward_quotes.{number}.day", quote.day)
            for number, quote in enumerate(appraisal.forward_quotes)
            if quote.day > end
        ]
    return []


def perpetual_problems(case: Case, appraisal: Appraisal) -> list[Problem]:
    """Return what keeps the last year from going on for ever; none without a perpetuity.

    Codes: `perpetual_uneven` for sales or costs of some years only, dated amounts in
    the last year, prices that still move after it; `perpetual_simple_carry`,
    `perpetual_with_cost_tool`.
    """
    if not appraisal.perpetual:
        return []
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return [Problem("appraisal.perpetual", "perpetual_with_cost_tool", True)]
    return [
        *_sale_problems(case, appraisal),
        *_cost_problems(appraisal),
        *_curve_problems(appraisal),
    ]
