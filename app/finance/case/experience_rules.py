"""Rules between the fields of the experience part of an insurance."""

from collections.abc import Iterator

from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem


def experience_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the experience part; none without it."""
    raise NotImplementedError
