"""Rules between the fields of the index part of an insurance."""

from collections.abc import Iterator

from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem


def index_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the index part; none without it."""
    raise NotImplementedError
