"""What the series of the market book say: estimates of one, correlation of two."""

from collections.abc import Sequence
from datetime import date

from app.finance.case.problems import Problem
from app.finance.errors import DomainError
from app.finance.valuation.estimation import SeriesEstimate, estimate
from app.finance.valuation.series_correlation import SeriesCorrelation, correlate
from app.messages import domain_problem
from app.services.case_file import CaseRefused

DayPrices = Sequence[tuple[date, float]]
"""Day and price a tonne, one of each day, in one currency."""


def estimate_series(prices: DayPrices, longest_gap_days: int) -> SeriesEstimate:
    """Return volatility, drift, mean reversion and jumps of the prices.

    Raises:
        CaseRefused: as `estimation.estimate` refuses them.
    """
    try:
        return estimate(prices, longest_gap_days=longest_gap_days)
    except DomainError as error:
        raise CaseRefused([domain_problem(error)]) from error


def correlate_series(one: DayPrices, other: DayPrices) -> SeriesCorrelation:
    """Return the correlation of the log changes between the common days of two series.

    Raises:
        CaseRefused: `common_days_too_few`, or as `series_correlation.correlate` refuses them.
    """
    try:
        return correlate(one, other)
    except DomainError as error:
        problem = domain_problem(error)
        if error.code == "series_too_short":
            problem = Problem(problem.path, "common_days_too_few", problem.value, problem.facts)
        raise CaseRefused([problem]) from error
