"""Bounds by what the security is worth: the policy ratio and the loan over remaining value."""

from decimal import Decimal

import numpy as np

from app.finance.case.loan import Loan, ValuationBasis
from app.finance.case.units import MAX_YUAN
from app.finance.case.valuation.approaches import TypeOfValue
from app.finance.explain import Term
from app.finance.fields import choice_label
from app.finance.lending.bound_parts import NOT_ENTERED, Found, Sizing, bound_step, in_fen
from app.finance.lending.collateral import CARBON_RIGHT, free_of, lendable_at
from app.finance.lending.price_roots import reaching_factor
from app.finance.lending.results import CollateralResult, PathPoint, Remedy
from app.finance.money import ZERO
from app.finance.sink.pools import Numbers
from app.finance.text import N_

Ratios = dict[int | None, float]
"""Ratio of each collateral by its position."""

_LOWER_TYPES = (TypeOfValue.PLEDGE.value, TypeOfValue.LIQUIDATION.value)
"""Types of value in which the income approach is not the net value."""

_LARGEST_TERMS = 12
"""Collaterals shown one by one in the working; more are one sum."""

_GONE = N_("On some day nothing of the value is left while something is owed.")


def carried_at(sizing: Sizing, ratios: Ratios) -> Decimal:
    """Return what the collaterals carry at their ratios, yuan to the fen."""
    lines = sizing.parts.security.lines
    return sum((lendable_at(line, ratios[line.position]) for line in lines), ZERO)


def _follows_price(sizing: Sizing) -> bool:
    """Whether a case at another price has the value that the net cash flow then has.

    Not so a conclusion in which another approach or another type of value than the market value
    weighs: comparables and costs are entered and stay.
    """
    conclusion = sizing.parts.values.conclusion
    if sizing.loan.valuation_basis is not ValuationBasis.CONCLUDED or conclusion is None:
        return True
    weighing = {approach.code for approach in conclusion.approaches if approach.weight > 0}
    return weighing == {"income"} and conclusion.type_of_value not in _LOWER_TYPES


def price_to_carry(sizing: Sizing, ratios: Ratios) -> tuple[Remedy, ...]:
    """Return the carbon price at which the collaterals carry the amount asked for, if known."""
    if not _follows_price(sizing):
        return ()
    pledged = sizing.pledged
    if not pledged.is_known:
        return (sizing.price_remedy(None),)
    factor = reaching_factor(lambda f: pledged.carried(ratios, f), float(sizing.asked))
    return (sizing.price_remedy(factor),)


def _only_right(sizing: Sizing) -> CollateralResult | None:
    """Return the income right among the collaterals when there is one line of it."""
    lines = [line for line in sizing.parts.security.lines if line.kind == CARBON_RIGHT]
    return lines[0] if len(lines) == 1 else None


def _needed_of(sizing: Sizing, right: CollateralResult, ratios: Ratios) -> float | None:
    """Return what the right would have to carry beside the others; None over its maximum."""
    others = carried_at(sizing, ratios) - lendable_at(right, ratios[right.position])
    needed = float(sizing.asked - others)
    maximum = right.secured_maximum_yuan
    return None if maximum is not None and needed > maximum else needed


def value_remedy(sizing: Sizing, ratios: Ratios) -> tuple[Remedy, ...]:
    """Return the value of the income right at which the amount asked for is carried."""
    right = _only_right(sizing)
    if right is None:
        return ()
    needed, ratio = _needed_of(sizing, right, ratios), ratios[right.position]
    kept = ratio * (1.0 - right.haircut)
    value = None
    if needed is not None and kept > 0:
        value = needed / kept + float(right.prior_claims_yuan) / (1.0 - right.haircut)
    return (Remedy("value", value if value is not None and value < MAX_YUAN else None, "yuan"),)


def _ratio_remedy(sizing: Sizing, ratios: Ratios) -> tuple[Remedy, ...]:
    right = _only_right(sizing)
    if right is None:
        return ()
    needed, free = _needed_of(sizing, right, ratios), float(free_of(right))
    ratio = needed / free if needed is not None and free > 0 else None
    return (Remedy("ratio", ratio, "share"),)


def more_security(sizing: Sizing, amount: Decimal) -> Remedy:
    """Return what other security would have to carry."""
    return Remedy("security", float(sizing.asked - amount), "yuan")


def _collateral_terms(sizing: Sizing) -> tuple[str, tuple[Term, ...]]:
    """Return the formula of the policy ratio and its terms."""
    loan, lines = sizing.loan, sizing.parts.security.lines
    basis = choice_label(Loan, "valuation_basis", loan.valuation_basis)
    if not loan.collaterals:
        value = sizing.parts.values.by_basis(loan.valuation_basis)
        return "α × V", (
            Term("α", N_("Pledge ratio, at most"), loan.pledge_ratio, "share"),
            Term("V", N_("Value the loan is sized on"), value, "yuan"),
            Term("b", N_("Sized on"), basis, "choice"),
        )
    terms = [Term("b", N_("Sized on"), basis, "choice")]
    for number, line in enumerate(lines[:_LARGEST_TERMS], start=1):
        kind = choice_label(type(loan.collaterals[0]), "kind", line.kind)
        terms.append(Term(f"k_{number}", N_("Collateral"), kind, "choice"))
        terms.append(Term(f"V_{number}", N_("Its value"), line.value_yuan, "yuan"))
        terms.append(Term(f"α_{number}", N_("Its ratio, at most"), line.ratio_cap, "share"))
        terms.append(Term(f"L_{number}", N_("It carries"), line.lendable_yuan, "yuan"))
    rest = sum((line.lendable_yuan for line in lines[_LARGEST_TERMS:]), ZERO)
    if rest:
        terms.append(Term("L_rest", N_("All others carry"), rest, "yuan"))
    return "Σ min(α_i × max(V_i × (1 − h_i) − C_i, 0), M_i)", tuple(terms)


def policy_bound(sizing: Sizing) -> Found:
    """Return what the collaterals carry at the ratios of the lender's policy.

    L = sum of min(ratio x (value x (1 - haircut) - prior claims), secured maximum) over the
    collaterals; ratio x value when the income right alone secures the loan.
    """
    security = sizing.parts.security
    amount = security.lendable_yuan
    formula, terms = _collateral_terms(sizing)
    positive = security.counted_yuan > 0
    remedies: tuple[Remedy, ...] = ()
    if sizing.is_short(amount):
        ratios: Ratios = {line.position: line.ratio_cap for line in security.lines}
        remedies = (
            *_ratio_remedy(sizing, ratios),
            *value_remedy(sizing, ratios),
            *price_to_carry(sizing, ratios),
            more_security(sizing, amount),
        )
    if not sizing.loan.collaterals:
        detail: float | None = sizing.loan.pledge_ratio
    else:
        detail = float(amount / security.value_yuan) if security.value_yuan > 0 else None
    return Found(
        amount,
        "" if positive else "no_value",
        detail,
        "share",
        remedies,
        bound_step(
            "pledge_ratio",
            formula,
            terms,
            amount=amount,
            source=N_("policy of the lender"),
            note="" if positive else N_("The value is not positive: it carries no loan."),
        ),
    )


def _path_remedies(sizing: Sizing, limit: float) -> tuple[Remedy, ...]:
    """Return the ratio, the price and the further security at which the path keeps the limit.

    Balances are those of the amount asked for. Every state counts, also one before a payment that
    is no point of the path: at another price it may be the worst.
    """
    common = sizing.common
    needed = sizing.asked_over_drawn * common.owed_yuan / limit
    missing = needed - common.pledged.in_all()
    short = (needed > 0) & (missing > 0)

    def excess(factors: Numbers) -> Numbers:
        """Return by how much the worst of the days has more than is needed."""
        above = common.pledged.in_all(factors[:, None]) - needed
        return np.asarray(above[:, short].min(axis=-1, initial=np.inf))

    known, highest = _follows_price(sizing), sizing.path.max_loan_to_value
    ratio = None if highest is None else highest * sizing.asked_over_drawn
    return (
        Remedy("ratio", ratio, "share"),
        *((sizing.price_remedy(reaching_factor(excess, 0.0)),) if known else ()),
        Remedy("security", float(missing[short].max(initial=0.0)), "yuan"),
    )


def _worst_point(points: tuple[PathPoint, ...]) -> PathPoint | None:
    owing = [point for point in points if point.balance_yuan > 0]
    return max(owing, key=lambda point: point.loan_to_value or np.inf, default=None)


def path_bound(sizing: Sizing) -> Found:
    """Return the largest loan that nowhere on its path exceeds its share of the remaining value.

    Balances are in proportion to the loan: L = drawn x limit / highest loan over remaining value
    of the path of what is drawn.
    """
    limit, path = sizing.loan.path_ratio, sizing.path
    if limit is None:
        return NOT_ENTERED
    if path.reason:
        return Found(None, "no_path")
    highest = path.max_loan_to_value
    gone = path.uncovered_from is not None
    amount = ZERO if gone else in_fen(float(sizing.drawn) * limit / (highest or np.inf))
    worst = _worst_point(path.points)
    terms = [
        sizing.drawn_term,
        Term("α_t", N_("Loan over remaining value, at most"), limit, "share"),
        Term("LTV_max", N_("Highest loan over remaining value"), highest, "share"),
    ]
    if worst is not None:
        value = worst.right_yuan + worst.other_yuan
        terms += [
            Term("t", N_("Day of the highest"), worst.day),
            Term("D_t", N_("Balance on that day"), worst.balance_yuan, "yuan"),
            Term("V_t", N_("Remaining value on that day"), value, "yuan"),
        ]
    return Found(
        amount,
        "no_value_left" if gone else "",
        highest,
        "share",
        _path_remedies(sizing, limit) if sizing.is_short(amount) else (),
        bound_step(
            "ltv_path",
            "L × α_t / LTV_max",
            tuple(terms),
            amount=amount,
            source=N_("balance over the value of what is left, at each date of the schedule"),
            note=_GONE if gone else "",
        ),
    )
