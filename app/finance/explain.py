"""Working: what each printed figure is made of. One mechanism for screen, PDF, JSON and audit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = float | int | Decimal | date | str | None


@dataclass(frozen=True, slots=True)
class Term:
    """One value put into a formula: its symbol, what it is (message id), the value, its unit."""

    symbol: str
    label: str
    value: Value
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One figure: key (stable), label (message id), formula, terms, result, unit, source.

    `formula` is written with the symbols of `terms`; `note` is a message id shown under it.
    """

    key: str
    label: str
    formula: str
    terms: tuple[Term, ...]
    value: Value
    unit: str
    source: str
    note: str = ""
