"""The upper bounds of the loan, each with its working and what would lift it."""

from collections.abc import Callable
from decimal import Decimal

from app.finance.explain import Step, Term
from app.finance.lending.bound_cash import (
    dscr_bound,
    income_bound,
    llcr_bound,
    plcr_bound,
    stressed_bound,
)
from app.finance.lending.bound_parts import (
    NAMES,
    NOT_ENTERED,
    SYMBOLS,
    Found,
    Sizing,
    bound_step,
)
from app.finance.lending.bound_risk import option_bound, var_bound
from app.finance.lending.bound_security import path_bound, policy_bound
from app.finance.lending.cover import find_cover
from app.finance.lending.parts import LoanParts
from app.finance.lending.path import value_path
from app.finance.lending.results import Bound, Remedy
from app.finance.money import round_to_fen
from app.finance.text import N_


def _limit(sizing: Sizing, code: str, limit: Decimal | None, *, label: str, source: str) -> Found:
    """Return a bound that is an amount by itself."""
    if limit is None:
        return NOT_ENTERED
    amount = round_to_fen(limit)
    lifted = (Remedy("cap", float(sizing.asked), "yuan"),) if sizing.is_short(amount) else ()
    term = Term("M", label, amount, "yuan")
    step = bound_step(code, "M", (term,), amount=amount, source=source)
    return Found(amount, remedies=lifted, step=step)


def _purpose(sizing: Sizing) -> Found:
    return _limit(
        sizing,
        "purpose",
        sizing.loan.purpose_need_yuan,
        label=N_("Need of the purpose"),
        source=N_("what the stated purpose costs"),
    )


def _single_customer(sizing: Sizing) -> Found:
    return _limit(
        sizing,
        "single_customer",
        sizing.loan.single_customer_cap_yuan,
        label=N_("Room under the single-customer cap"),
        source=N_("limit of the lender for one borrower and its group"),
    )


_BOUNDS: dict[str, Callable[[Sizing], Found]] = {
    "pledge_ratio": policy_bound,
    "var": var_bound,
    "option": option_bound,
    "dscr": dscr_bound,
    "llcr": llcr_bound,
    "plcr": plcr_bound,
    "stressed_dscr": stressed_bound,
    "ltv_path": path_bound,
    "purpose": _purpose,
    "single_customer": _single_customer,
    "life_income": income_bound,
}


def _supported(found: dict[str, Found], supported: Decimal) -> Step:
    """Return the working of the smallest bound."""
    known = {code: one.amount for code, one in found.items() if one.amount is not None}
    symbols = ", ".join(SYMBOLS[code] for code in known)
    return Step(
        "loan.supported",
        N_("Amount the bounds allow"),
        f"L = min({symbols})",
        tuple(Term(SYMBOLS[code], NAMES[code], amount, "yuan") for code, amount in known.items()),
        supported,
        "yuan",
        N_("policy of the lender; the smallest bound decides"),
        "" if supported > 0 else N_("One of the bounds is nothing: no loan is carried."),
    )


def find_bounds(parts: LoanParts) -> tuple[tuple[Bound, ...], tuple[Step, ...]]:
    """Return every bound in the order it is printed, the smallest marked, and the working.

    A bound whose input is empty has no amount and the reason "not_entered"; it does not bind. Of
    equal bounds the first binds. What would have to change is there for each bound below the
    amount asked for.
    """
    sizing = Sizing(parts, parts.cover or find_cover(parts), parts.path or value_path(parts))
    found = {code: find(sizing) for code, find in _BOUNDS.items()}
    known = {code: one.amount for code, one in found.items() if one.amount is not None}
    binding = min(known, key=known.__getitem__)
    bounds = tuple(
        Bound(
            code=code,
            label=NAMES[code],
            amount_yuan=one.amount,
            binding=code == binding,
            reason=one.reason,
            detail=one.detail,
            detail_unit=one.unit,
            step="" if one.step is None else one.step.key,
            remedies=one.remedies,
        )
        for code, one in found.items()
    )
    steps = tuple(one.step for one in found.values() if one.step is not None)
    return bounds, (*steps, _supported(found, known[binding]))
