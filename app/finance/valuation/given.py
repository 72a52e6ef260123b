"""Inputs that only some choices need: present by then, or refused."""

from app.finance.case.appraisal import Appraisal
from app.finance.errors import DomainError


def given(appraisal: Appraisal, name: str) -> float:
    """Return a number of the appraisal that this calculation needs.

    Raises:
        DomainError: `missing` with the path of the input.
    """
    value = getattr(appraisal, name)
    if value is None:
        raise DomainError("missing", path=f"appraisal.{name}", value=None)
    return float(value)
