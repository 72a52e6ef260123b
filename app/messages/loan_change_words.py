"""The key figures of a loan as versions of a case are compared by: names and how they are shown."""

from collections.abc import Iterator
from typing import Any

from app.formats import money, number, percent
from app.i18n import N_

LOAN_FIGURES: tuple[tuple[str, str, str], ...] = (
    ("amount_yuan", N_("Amount asked"), "yuan"),
    ("supported_yuan", N_("Amount the bounds allow"), "yuan"),
    ("unsecured_yuan", N_("Unsecured part"), "yuan"),
    ("annual_compound", N_("Annualised rate, fees included (compound)"), "1/yr"),
    ("coverage", N_("Counted security over the loan"), "x"),
    ("min_dscr", N_("Lowest DSCR"), "x"),
    ("total_interest_yuan", N_("Interest in all"), "yuan"),
    ("maturity", N_("Maturity"), ""),
)
"""Name in the key figures of a version, label, unit."""

MOVED_BY_DATA = N_(
    "No input has changed: the figures of the loan moved with the program or its data."
)
"""What is said when two versions differ in the figures of the loan alone."""


def _shown(value: Any, unit: str) -> str:
    if value is None or unit == "":
        return "–" if value is None else str(value)
    if unit == "yuan":
        return money(value)
    return percent(value) if unit == "1/yr" else number(value)


def loan_rows(before: Any, after: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield label, unit, figure before and after; "–" for a version that has no loan."""
    for name, label, unit in LOAN_FIGURES:
        was, now = (getattr(version, name, None) for version in (before, after))
        yield label, unit, _shown(was, unit), _shown(now, unit)
