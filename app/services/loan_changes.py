"""Key figures of a loan in two versions of a case, and whether they are still as saved."""

import math
from dataclasses import dataclass, fields

from app.finance.case.case import CaseFile
from app.finance.engine import compute_case
from app.reference.tables import Reference
from app.services.figures import key_figures
from app.services.ports import Figures

_TOLERANCE = 1e-9
"""Relative difference of a figure that another machine may make."""

_NO_FIGURES = ("red_flags", "warnings", "due")
"""Counts and calendar, which are no figures: a later program may have more to say."""


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """Key figures of a loan, by their names in the figures of a version.

    Money in yuan, the rate and the cover as fractions, `maturity` as ISO text.
    """

    amount_yuan: float
    supported_yuan: float
    unsecured_yuan: float
    annual_compound: float
    coverage: float | None
    min_dscr: float | None
    total_interest_yuan: float
    maturity: str


def saved_loan(figures: Figures | None) -> LoanFigures | None:
    """Return the loan of a version as it was saved; None when it has none or fewer figures."""
    names = [entry.name for entry in fields(LoanFigures)]
    if figures is None or any(name not in figures for name in names):
        return None
    return LoanFigures(**{name: figures[name] for name in names})  # type: ignore[arg-type]


def computed_loan(file: CaseFile, reference: Reference) -> LoanFigures | None:
    """Return the loan of a case as it is computed now; None without one.

    Raises:
        DomainError: the case cannot be computed any more.
    """
    if file.case.loan is None:
        return None
    return saved_loan(key_figures(file, compute_case(file.case, reference.tables)))


def moved_figures(saved: Figures, now: Figures) -> tuple[str, ...]:
    """Return the names of the figures that differ from those saved with a version.

    Only names that both have are compared: a later program may keep more of them.
    """
    names = [name for name in saved if name in now and name not in _NO_FIGURES]
    return tuple(name for name in sorted(names) if not _same(saved[name], now[name]))


def _same(one: str | float | None, other: str | float | None) -> bool:
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return one == other
    return math.isclose(one, other, rel_tol=_TOLERANCE)
