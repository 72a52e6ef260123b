"""Whether the collaterals hold: rank, maximum, age of the value, policy and guarantee in force.

House conventions: a value counts as old a year before drawdown; lines are named as in the table
of collaterals, from 1.
"""

from collections.abc import Iterator

from app.finance.case.lending.security import CollateralKind, CollateralLine
from app.finance.dates import add_months
from app.finance.lending.caution_parts import Watched, red_flag, warning
from app.finance.money import ZERO
from app.finance.notices import Notice

OLD_VALUE_MONTHS = 12

RANKED = (
    CollateralKind.CARBON_RIGHT,
    CollateralKind.ISSUED_CREDITS,
    CollateralKind.SEA_AREA_RIGHT,
    CollateralKind.EQUIPMENT,
    CollateralKind.RECEIVABLE,
)
"""Kinds whose worth hangs on who is registered first."""

ENDING = {
    CollateralKind.INSURANCE_ASSIGNMENT: ("insurance_lapsed", "insurance_ends_before_maturity"),
    CollateralKind.GUARANTEE: ("guarantee_ended", "guarantee_ends_before_maturity"),
}
"""Kinds that end on a day, with the codes of an end that has passed and of one too early."""


def security_cautions(seen: Watched) -> list[Notice]:
    """Return what stands against the collaterals listed; none for the implied income right."""
    found = list(_ranks(seen))
    for place, line in enumerate(seen.loan.collaterals):
        found += _ends(seen, line, f"loan.collaterals.{place}.valid_until")
        found += _value(seen, line, f"loan.collaterals.{place}")
    found += [
        warning("issued_credits_without_value", f"loan.collaterals.{line.position}.value_yuan")
        for line in seen.result.security.lines
        if line.kind == CollateralKind.ISSUED_CREDITS and line.value_yuan is None
    ]
    return [*found, *_maximum(seen)]


def ranked_lines(seen: Watched) -> list[tuple[int, CollateralLine]]:
    """Return place and line of each collateral whose rank counts."""
    lines = enumerate(seen.loan.collaterals)
    return [(place, line) for place, line in lines if line.kind in RANKED]


def _ranks(seen: Watched) -> Iterator[Notice]:
    """One notice for all lines that others go before, one for those nobody looked at."""
    for code, state in (("not_first_registered", False), ("rank_not_known", None)):
        places = [place for place, line in ranked_lines(seen) if line.first_registered is state]
        if places:
            path = f"loan.collaterals.{places[0]}.first_registered"
            yield warning(code, path, lines=[place + 1 for place in places])


def _ends(seen: Watched, line: CollateralLine, path: str) -> list[Notice]:
    """A policy or guarantee that has ended while something is owed, or ends before maturity."""
    if line.kind not in ENDING or not seen.is_owed:
        return []
    if line.valid_until is None:
        insured = line.kind is CollateralKind.INSURANCE_ASSIGNMENT
        return [warning("insurance_end_missing", path)] if insured else []
    passed, early = ENDING[line.kind]
    day = max(seen.loan.drawdown_date, seen.day)
    if line.valid_until < day:
        return [red_flag(passed, path, end=line.valid_until, day=day)]
    if line.valid_until < seen.maturity:
        return [warning(early, path, end=line.valid_until, maturity=seen.maturity)]
    return []


def _value(seen: Watched, line: CollateralLine, path: str) -> list[Notice]:
    """A value entered that is old, or no longer valid, on the day of drawdown."""
    if line.kind in ENDING or line.value_yuan is None:
        return []
    drawdown = seen.loan.drawdown_date
    if line.valid_until is not None and line.valid_until < drawdown:
        code = "collateral_value_expired"
        return [warning(code, f"{path}.valid_until", end=line.valid_until, drawdown=drawdown)]
    valued = line.valued_on
    if valued is not None and add_months(valued, OLD_VALUE_MONTHS) < drawdown:
        facts = {"months": OLD_VALUE_MONTHS, "day": valued, "drawdown": drawdown}
        return [warning("collateral_value_old", f"{path}.valued_on", **facts)]
    return []


def _maximum(seen: Watched) -> list[Notice]:
    """Maxima that together do not secure the claim, where every collateral has one.

    The claim is the principal, with the margin for interest, penalties and costs if one is set.
    """
    lines = seen.result.security.lines
    maxima = [line.secured_maximum_yuan for line in lines if line.secured_maximum_yuan is not None]
    if not maxima or len(maxima) < len(lines):
        return []
    total = sum(maxima, ZERO)
    secured = seen.result.security.secured_amount_yuan
    claim = seen.result.amount_yuan if secured is None else secured
    if total >= claim:
        return []
    path = "loan.collaterals.0.secured_maximum_yuan"
    return [warning("secured_maximum_low", path, total=total, claim=claim)]
