"""Computes a whole case: tonnes, values, loan, premiums, notices and the working."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from app.finance.case.case import Case
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.checks import find_notices
from app.finance.dates import add_months, middle_calendar_year
from app.finance.explain import Step
from app.finance.insurance.quote import compute_insurance
from app.finance.insurance.quote_checks import checked
from app.finance.insurance.results import InsuranceResult
from app.finance.lending.checklist import checklist
from app.finance.lending.loan import compute_loan
from app.finance.lending.results import LoanResult
from app.finance.notices import Notice, Severity
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.eligibility import MarketAnswer, eligible_markets
from app.finance.sink.pools import Numbers
from app.finance.sink.simulation import CarbonRange, simulate_carbon, uncertain_inputs
from app.finance.sink.tables import SinkTables
from app.finance.valuation.cost_tool import last_credit_year
from app.finance.valuation.income import still_to_come
from app.finance.valuation.results import ValueResult
from app.finance.valuation.risk_results import Sensitivity, ValueRange
from app.finance.valuation.sensitivity import sensitivity
from app.finance.valuation.shrinkage import with_model
from app.finance.valuation.simulation import simulate_value
from app.finance.valuation.values import compute_values

SOBOL_SAMPLES = 512
"""Base samples of the global sensitivity, times inputs + 2 evaluations; a power of two."""


@dataclass(frozen=True, slots=True)
class Results:
    """All figures of a case; `values`, `loan` and `insurance` are None when it has none.

    `eligibility` holds what each market says of the project; `range` is None when no input is
    uncertain (`is_uncertain`), or when nothing was drawn yet. `value_range` and `sensitivity`
    are None as well until they were drawn; `has_more` says that `with_drawn` adds something.
    """

    carbon: CarbonResult
    values: ValueResult | None
    loan: LoanResult | None
    insurance: InsuranceResult | None
    notices: tuple[Notice, ...]
    eligibility: tuple[MarketAnswer, ...] = ()
    is_uncertain: bool = False
    range: CarbonRange | None = None
    value_range: ValueRange | None = None
    sensitivity: Sensitivity | None = None
    has_more: bool = False

    @property
    def working(self) -> tuple[Step, ...]:
        """Every step, in the order of the document."""
        parts = (self.carbon, self.values, self.loan, self.insurance)
        return tuple(step for part in parts if part is not None for step in part.working)

    @property
    def red_flags(self) -> tuple[Notice, ...]:
        """The notices that keep a document from being final."""
        return tuple(n for n in self.notices if n.severity is Severity.RED_FLAG)


def last_plan_year(case: Case) -> int | None:
    """Return the last calendar year valued; it ends plans that have no end of their own."""
    if case.appraisal is None:
        return None
    if case.appraisal.income_method is IncomeMethod.COST_TOOL:
        return last_credit_year(case.appraisal)
    start, years = case.appraisal.valuation_date, case.appraisal.horizon_years
    if case.appraisal.timing is Timing.EXACT_DATES:
        return (add_months(start, 12 * years) - timedelta(days=1)).year
    return middle_calendar_year(start, 1) + years - 1


def compute_case(case: Case, tables: SinkTables) -> Results:
    """Compute every figure of `case`.

    Raises:
        DomainError: an input that the method needs is missing, unknown or does not fit.
    """
    carbon = compute_carbon(case.project, last_year=last_plan_year(case), tables=tables)
    values = None
    if case.appraisal is not None:
        values = compute_values(case.project, case.appraisal, carbon)
    loan = None
    if case.loan is not None and values is not None:
        loan = compute_loan(case, carbon, values, tables.green)
    insurance = None
    if case.insurance is not None:
        insurance = compute_insurance(case, case.insurance, carbon, tables)
    markets = eligible_markets(case.project, tables.markets)
    uncertain = bool(uncertain_inputs(case.project, tables))
    notices = find_notices(
        case,
        carbon=carbon,
        values=values,
        loan=loan,
        insurance=insurance,
        markets=markets,
        tables=tables,
    )
    if loan is not None:
        loan = replace(loan, checklist=checklist(case, loan, notices))
    return Results(
        eligibility=markets,
        is_uncertain=uncertain,
        has_more=uncertain or values is not None or insurance is not None,
        carbon=carbon,
        values=values,
        loan=loan,
        insurance=insurance,
        notices=notices,
    )


def with_range(
    case: Case,
    results: Results,
    tables: SinkTables,
    progress: Callable[[int, int], None] | None = None,
) -> Results:
    """Return the results with the range of removals and credits, when inputs are uncertain.

    `progress(done, draws)` is called between chunks of draws and may raise to stop.

    Raises:
        DomainError: a distribution that names no input or does not fit it.
    """
    found = simulate_carbon(
        case.project,
        last_year=last_plan_year(case),
        tables=tables,
        estimate_tco2=results.carbon.total_credits_tco2,
        progress=progress,
    )
    return results if found is None else replace(results, range=found)


def _carbon_factors(results: Results) -> Numbers | None:
    """Quantiles of the total credits over their single estimate; None without a range."""
    estimate = results.carbon.total_credits_tco2
    if results.range is None or estimate <= 0:
        return None
    return np.asarray(results.range.credit_quantiles_tco2) / estimate


def with_value_range(
    case: Case, results: Results, progress: Callable[[int, int], None] | None = None
) -> Results:
    """Return the results with the distribution of the net value, when the case asks for one.

    Tonnes that follow the uncertain inputs of the project take the range drawn before.
    `progress(done, scenarios)` is called between chunks and may raise to stop.
    """
    appraisal, values = case.appraisal, results.values
    if appraisal is None or appraisal.simulation is None or values is None:
        return results
    loan = float(case.loan.amount_yuan) if case.loan is not None else None
    found = simulate_value(
        values.plan,
        appraisal.simulation,
        rate=values.rate.rate,
        loan_yuan=loan,
        progress=progress,
        price_today_yuan_t=values.price_yuan_t,
        carbon_factors=_carbon_factors(results),
    )
    return replace(results, value_range=found)


def with_sensitivity(case: Case, results: Results) -> Results:
    """Return the results with tornado, spider, grid; with a simulation also the Sobol indices."""
    appraisal, values = case.appraisal, results.values
    if appraisal is None or values is None or not values.cash_flow:
        return results
    drawn = appraisal.simulation
    found = sensitivity(
        case.project,
        appraisal,
        values,
        still_to_come(appraisal, results.carbon),
        sobol_samples=0 if drawn is None else SOBOL_SAMPLES,
        seed=0 if drawn is None else drawn.seed,
    )
    return replace(results, sensitivity=found)


def with_price_model(case: Case, results: Results) -> Results:
    """Return the results with the second opinion on the price, when there is evidence."""
    appraisal, values = case.appraisal, results.values
    if appraisal is None or values is None or values.evidence is None:
        return results
    evidence = with_model(values.evidence, appraisal, case.project)
    return replace(results, values=replace(values, evidence=evidence))


def with_drawn(
    case: Case,
    results: Results,
    tables: SinkTables,
    progress: Callable[[int, int], None] | None = None,
) -> Results:
    """Return the results with all that takes longer than a keystroke: ranges, sensitivity, model.

    `progress(done, of)` starts anew for the range of tonnes and for that of the value; it may
    raise to stop.

    Raises:
        DomainError: a distribution that names no input or does not fit it.
    """
    results = with_sensitivity(case, results)
    if case.insurance is not None and results.insurance is not None:
        results = replace(results, insurance=checked(case.insurance, results.insurance))
    results = with_range(case, results, tables, progress)
    results = with_value_range(case, results, progress)
    return with_price_model(case, results)
