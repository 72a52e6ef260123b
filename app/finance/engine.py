"""Computes a whole case: tonnes, values, loan, premiums, notices and the working."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.finance.case.case import Case
from app.finance.checks import find_notices
from app.finance.dates import middle_calendar_year
from app.finance.explain import Step
from app.finance.insurance.premium import InsuranceResult, compute_insurance
from app.finance.lending.sizing import LoanResult, compute_loan
from app.finance.notices import Notice, Severity
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.eligibility import MarketAnswer, eligible_markets
from app.finance.sink.simulation import CarbonRange, simulate_carbon, uncertain_inputs
from app.finance.sink.tables import SinkTables
from app.finance.valuation.values import ValueResult, compute_values


@dataclass(frozen=True, slots=True)
class Results:
    """All figures of a case; `values`, `loan` and `insurance` are None when it has none.

    `eligibility` holds what each market says of the project; `range` is None when no input is
    uncertain (`is_uncertain`), or when nothing was drawn yet.
    """

    carbon: CarbonResult
    values: ValueResult | None
    loan: LoanResult | None
    insurance: InsuranceResult | None
    notices: tuple[Notice, ...]
    eligibility: tuple[MarketAnswer, ...] = ()
    is_uncertain: bool = False
    range: CarbonRange | None = None

    @property
    def working(self) -> tuple[Step, ...]:
        """Every step, in the order of the document."""
        parts = (self.carbon, self.values, self.loan, self.insurance)
        return tuple(step for part in parts if part is not None for step in part.working)

    @property
    def red_flags(self) -> tuple[Notice, ...]:
        """The notices that keep a document from being final."""
        return tuple(n for n in self.notices if n.severity is Severity.RED_FLAG)


def _first_year(case: Case) -> int | None:
    """Return the calendar year that the first year valued, or insured, earns."""
    if case.appraisal is not None:
        return middle_calendar_year(case.appraisal.valuation_date, 1)
    if case.insurance is not None:
        return middle_calendar_year(case.insurance.period_start, 1)
    return None


def _harvest_in(case: Case, first: int) -> float:
    return sum(
        line.tonnes_per_year
        for line in case.project.harvest
        if line.first_year <= first <= line.last_year
    )


def last_plan_year(case: Case) -> int | None:
    """Return the last calendar year valued; it ends plans that have no end of their own."""
    if case.appraisal is None:
        return None
    first = middle_calendar_year(case.appraisal.valuation_date, 1)
    return first + case.appraisal.horizon_years - 1


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
        loan = compute_loan(case.loan, values)
    insurance = None
    first = _first_year(case)
    if case.insurance is not None and first is not None:
        insurance = compute_insurance(
            case.insurance,
            first_year_credits=carbon.credits_in(first),
            first_year_harvest=_harvest_in(case, first),
        )
    markets = eligible_markets(case.project, tables.markets)
    return Results(
        eligibility=markets,
        is_uncertain=bool(uncertain_inputs(case.project, tables)),
        carbon=carbon,
        values=values,
        loan=loan,
        insurance=insurance,
        notices=find_notices(
            case,
            carbon=carbon,
            values=values,
            loan=loan,
            insurance=insurance,
            markets=markets,
            tables=tables,
        ),
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
