"""Rules between the fields of an appraisal: curve, rate, dated amounts, perpetuity."""

from itertools import pairwise

from app.finance.case.appraisal import Appraisal
from app.finance.case.approach_rules import approach_problems
from app.finance.case.case import Case
from app.finance.case.evidence_rules import evidence_problems
from app.finance.case.perpetual_rules import perpetual_problems
from app.finance.case.problems import Problem
from app.finance.case.scenario_rules import scenario_problems
from app.finance.case.simulation_rules import simulation_problems
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind


def _table_problems(appraisal: Appraisal) -> list[Problem]:
    path = "appraisal.curve_points"
    points = appraisal.curve_points
    found = [
        Problem(f"{path}.{number}.price_yuan_t", "curve_price_zero", point.price_yuan_t)
        for number, point in enumerate(points)
        if point.price_yuan_t <= 0
    ]
    found += [
        Problem(
            f"{path}.{number}.year", "curve_not_ascending", later.year, {"before": str(one.year)}
        )
        for number, (one, later) in enumerate(pairwise(points), start=1)
        if later.year <= one.year
    ]
    return found


def _quote_problems(appraisal: Appraisal) -> list[Problem]:
    path = "appraisal.forward_quotes"
    quotes = appraisal.forward_quotes
    found = [
        Problem(f"{path}.{number}.price_yuan_t", "curve_price_zero", quote.price_yuan_t)
        for number, quote in enumerate(quotes)
        if quote.price_yuan_t <= 0
    ]
    before = appraisal.valuation_date
    for number, quote in enumerate(quotes):
        if quote.day <= before:
            facts = {"before": before}
            found.append(Problem(f"{path}.{number}.day", "quotes_not_ascending", quote.day, facts))
        before = max(before, quote.day)
    return found


def _rate_problems(appraisal: Appraisal) -> list[Problem]:
    if appraisal.rate_terms is appraisal.flow_terms or appraisal.inflation is not None:
        return []
    return [Problem("appraisal.inflation", "inflation_needed")]


def _flow_problems(appraisal: Appraisal) -> list[Problem]:
    facts = {"start": appraisal.valuation_date}
    return [
        Problem(f"appraisal.flows.{number}.day", "flow_before_valuation", line.day, facts)
        for number, line in enumerate(appraisal.flows)
        if line.day < appraisal.valuation_date
    ]


def _engagement_problems(appraisal: Appraisal) -> list[Problem]:
    """A report says what was seen before it; its valuation date may lie before or after it."""
    found = appraisal.engagement
    if found is None or found.inspected_on is None or found.reported_on is None:
        return []
    if found.inspected_on <= found.reported_on:
        return []
    path, facts = "appraisal.engagement.inspected_on", {"report": found.reported_on}
    return [Problem(path, "inspected_after_report", found.inspected_on, facts)]


def appraisal_problems(case: Case) -> list[Problem]:
    """Return the problems between the fields of the appraisal; none without one.

    Codes: `curve_not_ascending`, `curve_price_zero`, `quotes_not_ascending`,
    `inflation_needed`, `flow_before_valuation`, `perpetual_uneven`, `perpetual_simple_carry`,
    `perpetual_with_cost_tool`, `inspected_after_report`, and those of evidence, approaches and
    scenarios.
    """
    appraisal = case.appraisal
    if appraisal is None:
        return []
    found = [*_rate_problems(appraisal), *_engagement_problems(appraisal)]
    if appraisal.income_method is IncomeMethod.CASH_FLOW:
        found += _flow_problems(appraisal)
        if appraisal.price_curve is CurveKind.TABLE:
            found += _table_problems(appraisal)
        if appraisal.price_curve is CurveKind.FORWARD:
            found += _quote_problems(appraisal)
    return [
        *found,
        *perpetual_problems(case, appraisal),
        *evidence_problems(case),
        *approach_problems(case),
        *scenario_problems(case),
        *simulation_problems(case),
    ]
