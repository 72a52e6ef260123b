"""Rules between the fields of the settlement part of an insurance."""

from collections.abc import Iterator

from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem


def settlement_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the settlement part; none without it."""
    raise NotImplementedError
