"""Rules between the lines of the scenarios, and between them and the years valued."""

from datetime import date

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.rate import RateBasis
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.case.valuation.scenarios import ScenarioKind, ScenarioLine, own_prices
from app.finance.dates import add_months, middle_calendar_year

SUM_TOLERANCE = 1e-6
LOWEST_RATE = -0.5
_TABLE = "appraisal.scenarios"
_NEUTRAL = (
    "price_change",
    "growth_change",
    "tonnes_change",
    "cost_change",
    "rate_change",
    "delay_months",
    "delisting_year",
    "loss_year",
    "prices",
)


def valued_years(appraisal: Appraisal) -> tuple[int, int] | None:
    """Return the first and last calendar year a flow of the horizon can fall in.

    None for the schedule of the cost tool, whose years its project decides.
    """
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return None
    start, years = appraisal.valuation_date, appraisal.horizon_years
    if appraisal.timing is Timing.EXACT_DATES:
        return start.year, _end(start, years).year
    return middle_calendar_year(start, 1), middle_calendar_year(start, years)


def _end(start: date, years: int) -> date:
    return add_months(start, 12 * years)


def _probability_problems(lines: tuple[ScenarioLine, ...]) -> list[Problem]:
    """All lines have a probability or none has; together they are certain."""
    given = [line.probability for line in lines if line.probability is not None]
    if not given:
        return []
    if len(given) < len(lines):
        return [
            Problem(f"{_TABLE}.{number}.probability", "probability_missing")
            for number, line in enumerate(lines)
            if line.probability is None
        ]
    total = sum(given)
    if abs(total - 1) > SUM_TOLERANCE:
        facts = {"percent": 100 * total}
        return [Problem(f"{_TABLE}.0.probability", "probabilities_not_one", total, facts)]
    return []


def _base_problems(lines: tuple[ScenarioLine, ...]) -> list[Problem]:
    """One base line at most, and it changes nothing."""
    found = []
    bases = [(n, line) for n, line in enumerate(lines) if line.kind is ScenarioKind.BASE]
    for number, _line in bases[1:]:
        facts = {"line": bases[0][0] + 1}
        found.append(Problem(f"{_TABLE}.{number}.kind", "second_base", "base", facts))
    for number, line in bases[:1]:
        found += [
            Problem(f"{_TABLE}.{number}.{name}", "base_changed", getattr(line, name))
            for name in _NEUTRAL
            if getattr(line, name)
        ]
    return found


def _rate_problems(number: int, line: ScenarioLine, appraisal: Appraisal) -> list[Problem]:
    """A stated rate stays above the lowest rate an appraisal may state."""
    rate = appraisal.discount_rate
    if appraisal.rate_basis is not RateBasis.STATED or rate is None:
        return []
    if rate + line.rate_change > LOWEST_RATE:
        return []
    facts = {"percent": 100 * LOWEST_RATE}
    path = f"{_TABLE}.{number}.rate_change"
    return [Problem(path, "scenario_rate_low", line.rate_change, facts)]


def _line_problems(number: int, line: ScenarioLine, years: tuple[int, int] | None) -> list[Problem]:
    """What the kind of a line needs, and years that are valued."""
    path = f"{_TABLE}.{number}"
    needed = {
        ScenarioKind.DELAY: ("delay_months",),
        ScenarioKind.DELISTING: ("delisting_year",),
        ScenarioKind.TYPHOON: ("loss_year", "loss_share"),
    }.get(line.kind, ())
    found = [
        Problem(f"{path}.{name}", "scenario_needs", getattr(line, name))
        for name in needed
        if not getattr(line, name)
    ]
    for name in ("delisting_year", "loss_year"):
        year = getattr(line, name)
        if year is not None and years is not None and not years[0] <= year <= years[1]:
            facts = {"first": str(years[0]), "last": str(years[1])}
            found.append(Problem(f"{path}.{name}", "year_outside_horizon", year, facts))
    return found


def _curve_problems(number: int, line: ScenarioLine) -> list[Problem]:
    if own_prices(line) is not None:
        return []
    return [Problem(f"{_TABLE}.{number}.prices", "not_year_prices", line.prices)]


def scenario_problems(case: Case) -> list[Problem]:
    """Return the problems of the scenarios of a case.

    Codes: `probability_missing`, `probabilities_not_one`, `second_base`, `base_changed`,
    `scenario_needs`, `year_outside_horizon`, `scenario_rate_low`, `not_year_prices`.
    """
    if case.appraisal is None:
        return []
    lines = case.appraisal.scenarios
    years = valued_years(case.appraisal)
    return [
        *_probability_problems(lines),
        *_base_problems(lines),
        *(
            problem
            for number, line in enumerate(lines)
            for problem in (
                *_line_problems(number, line, years),
                *_rate_problems(number, line, case.appraisal),
                *_curve_problems(number, line),
            )
        ),
    ]
