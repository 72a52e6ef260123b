"""Rules between the fields of an insurance."""

from app.finance.case.case import Case
from app.finance.case.problems import Problem


def insurance_problems(case: Case) -> list[Problem]:
    """Return the problems of the insurance of a case; [] without one."""
    raise NotImplementedError
