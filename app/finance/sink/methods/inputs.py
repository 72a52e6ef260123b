"""Inputs that the rules of a section make sure are there."""

from app.finance.errors import DomainError
from app.finance.sink.pools import Quantity


def given(value: Quantity | None, path: str, other: str = "project.quantity_method") -> Quantity:
    """Return a value; `other` is the path of the input that makes it necessary.

    Raises:
        DomainError: `needed` when it is missing.
    """
    if value is None:
        raise DomainError("needed", path=path, value=None, other=other)
    return value
