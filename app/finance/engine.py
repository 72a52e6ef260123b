"""Computes a whole case: tonnes, values, loan, premiums, notices and the working."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.finance.case.case import Case
from app.finance.checks import find_notices
from app.finance.dates import middle_calendar_year
from app.finance.explain import Step
from app.finance.insurance.premium import InsuranceResult, compute_insurance
from app.finance.lending.sizing import LoanResult, compute_loan
from app.finance.notices import Notice, Severity
from app.finance.sink.coefficients import SpeciesCoefficients
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.valuation.values import ValueResult, compute_values


@dataclass(frozen=True, slots=True)
class Results:
    """All figures of a case; `loan` and `insurance` are None when the case has none."""

    carbon: CarbonResult
    values: ValueResult
    loan: LoanResult | None
    insurance: InsuranceResult | None
    notices: tuple[Notice, ...]

    @property
    def working(self) -> tuple[Step, ...]:
        """Every step, in the order of the document."""
        parts = (self.carbon, self.values, self.loan, self.insurance)
        return tuple(step for part in parts if part is not None for step in part.working)

    @property
    def red_flags(self) -> tuple[Notice, ...]:
        """The notices that keep a document from being final."""
        return tuple(n for n in self.notices if n.severity is Severity.RED_FLAG)


def _first_year_harvest(case: Case) -> float:
    first = middle_calendar_year(case.appraisal.valuation_date, 1)
    return sum(
        line.tonnes_per_year
        for line in case.project.harvest
        if line.first_year <= first <= line.last_year
    )


def compute_case(case: Case, species: Mapping[str, SpeciesCoefficients]) -> Results:
    """Compute every figure of `case`.

    Raises:
        DomainError: the case names a species that is not in `species`.
    """
    appraisal = case.appraisal
    first = middle_calendar_year(appraisal.valuation_date, 1)
    carbon = compute_carbon(
        case.project, last_year=first + appraisal.horizon_years - 1, species=species
    )
    values = compute_values(case.project, appraisal, carbon)
    loan = compute_loan(case.loan, values) if case.loan is not None else None
    insurance = None
    if case.insurance is not None:
        insurance = compute_insurance(
            case.insurance,
            first_year_credits=carbon.credits_in(first),
            first_year_harvest=_first_year_harvest(case),
        )
    return Results(
        carbon=carbon,
        values=values,
        loan=loan,
        insurance=insurance,
        notices=find_notices(
            case, carbon=carbon, values=values, loan=loan, insurance=insurance, species=species
        ),
    )
