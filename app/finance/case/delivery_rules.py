"""Rules between the fields of the delivery part of an insurance."""

from collections.abc import Iterator

from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem


def delivery_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the delivery part; none without it."""
    raise NotImplementedError
