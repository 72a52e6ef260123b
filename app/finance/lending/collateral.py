"""What secures the loan: what each collateral counts for and carries, and what is unsecured."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from itertools import groupby

from app.finance.case.case import Case
from app.finance.case.lending.security import Allocation, CollateralKind, CollateralLine
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.results import CollateralResult, SecurityResult
from app.finance.money import FEN, ZERO, round_to_fen
from app.finance.valuation.results import ValueResult

CARBON_RIGHT = CollateralKind.CARBON_RIGHT.value
ISSUED_CREDITS = CollateralKind.ISSUED_CREDITS.value
IMPLIED = CollateralLine(CollateralKind.CARBON_RIGHT)
"""The income right of the case, which alone secures a loan without a list of collaterals."""

_ISSUED = "issued"


def exact(share: float) -> Decimal:
    """Return a share as the decimal number that was typed."""
    return Decimal(str(share))


def _value_of(
    line: CollateralLine, loan: Loan, values: ValueResult
) -> tuple[Decimal | None, str, bool]:
    """Return the value of the share pledged, its type, and whether it is that of the case.

    An entered value goes before that of the case. Issued credits without a value of the case,
    and other collaterals without one entered, have none.
    """
    if line.value_yuan is not None:
        kind = "" if line.value_kind is None else line.value_kind.value
        return round_to_fen(line.value_yuan * exact(line.pledged_share)), kind, False
    if line.kind is CollateralKind.CARBON_RIGHT:
        value = values.by_basis(loan.valuation_basis)
        return round_to_fen(value * exact(line.pledged_share)), loan.valuation_basis.value, True
    if line.kind is CollateralKind.ISSUED_CREDITS and values.issued is not None:
        value = values.issued.value_yuan
        return round_to_fen(value * exact(line.pledged_share)), _ISSUED, True
    return None, "", False


def _cap_of(line: CollateralLine, loan: Loan) -> float:
    if line.ratio_cap is not None:
        return line.ratio_cap
    return loan.pledge_ratio if line.kind is CollateralKind.CARBON_RIGHT else 1.0


def free_of(line: CollateralResult) -> Decimal:
    """Return what haircut and prior claims leave of a value, yuan, before the secured maximum.

    Not below zero, and zero without a value.
    """
    if line.value_yuan is None:
        return ZERO
    kept = round_to_fen(line.value_yuan * (1 - exact(line.haircut)))
    return max(kept - line.prior_claims_yuan, ZERO)


def lendable_at(line: CollateralResult, ratio: float) -> Decimal:
    """Return what a collateral carries at a ratio, yuan: min(ratio x free, secured maximum).

    The ratio is taken of all that is free (`free_of`): the maximum limits the claim, not the value.
    """
    return _secured(line, round_to_fen(free_of(line) * exact(ratio)))


def _secured(line: CollateralResult, amount: Decimal) -> Decimal:
    maximum = line.secured_maximum_yuan
    return amount if maximum is None else min(amount, round_to_fen(maximum))


def _assess(
    position: int | None, line: CollateralLine, loan: Loan, values: ValueResult
) -> CollateralResult:
    value, kind, from_case = _value_of(line, loan, values)
    prior = round_to_fen(line.prior_claims_yuan)
    found = CollateralResult(
        position=position,
        kind=line.kind.value,
        name=line.name,
        value_yuan=value,
        value_kind=kind,
        from_case=from_case,
        haircut=line.haircut,
        ratio_cap=_cap_of(line, loan),
        rank=line.rank,
        prior_claims_yuan=prior,
        secured_maximum_yuan=line.secured_maximum_yuan,
        first_registered=line.first_registered,
        counted_yuan=ZERO,
        lendable_yuan=ZERO,
        allocated_yuan=ZERO,
        loan_to_value=None,
        coverage=None,
    )
    return replace(
        found,
        counted_yuan=_secured(found, free_of(found)),
        lendable_yuan=lendable_at(found, found.ratio_cap),
    )


def in_proportion(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split whole fen in proportion to `weights`; the parts sum to `amount` exactly.

    By largest remainder: each part is rounded down to the fen, and the fen left go one each to
    the parts that lost most. With an amount not above the sum of the weights, themselves whole
    fen, no part exceeds its weight. Nothing is split by weights that sum to zero.
    """
    total = sum(weights, ZERO)
    if total == 0:
        return [ZERO] * len(weights)
    shares = [amount * weight / total for weight in weights]
    parts = [share.quantize(FEN, rounding=ROUND_DOWN) for share in shares]
    left = int((amount - sum(parts, ZERO)) / FEN)
    losers = sorted(range(len(parts)), key=lambda n: parts[n] - shares[n])
    for place in losers[:left]:
        parts[place] += FEN
    return parts


def _allocated(
    amount: Decimal, lines: Sequence[CollateralResult], allocation: Allocation
) -> list[Decimal]:
    """Lay the amount on the collaterals, none beyond what it carries.

    Rank by rank, within a rank in proportion to what each carries; or over all of them in
    proportion.
    """
    order = sorted(range(len(lines)), key=lambda n: lines[n].rank)
    groups = [list(group) for _, group in groupby(order, key=lambda n: lines[n].rank)]
    if allocation is Allocation.PRO_RATA:
        groups = [order]
    found = [ZERO] * len(lines)
    left = amount
    for group in groups:
        carried = [lines[place].lendable_yuan for place in group]
        laid = min(left, sum(carried, ZERO))
        for place, part in zip(group, in_proportion(laid, carried), strict=True):
            found[place] = part
        left -= laid
    return found


def _ratio(amount: Decimal, base: Decimal | None) -> float | None:
    """Return amount over base; None unless both are positive."""
    if base is None or base <= 0 or amount <= 0:
        return None
    return float(amount / base)


def secure(case: Case, values: ValueResult) -> SecurityResult:
    """Lay the amount asked for on the collaterals.

    Without a list the income right of the case alone secures the loan, at the value the loan is
    sized on and the pledge ratio. Value x (1 - haircut) - prior claims, not below zero, is what is
    free of a collateral; it counts for min(that, secured maximum) and carries min(ratio x that,
    secured maximum). A value that is not known counts nothing; a negative one stays negative
    and counts nothing. All of it in yuan to the fen.

    Raises:
        DomainError: `missing` for a case without a loan.
    """
    loan = case.loan
    if loan is None:
        raise DomainError("missing", path="loan", value=None)
    amount = round_to_fen(loan.amount_yuan)
    entered = list(enumerate(loan.collaterals))
    assessed = [_assess(number, line, loan, values) for number, line in entered]
    assessed = assessed or [_assess(None, IMPLIED, loan, values)]
    parts = _allocated(amount, assessed, loan.allocation)
    lines = tuple(
        replace(
            line,
            allocated_yuan=part,
            loan_to_value=_ratio(part, line.value_yuan),
            coverage=None if line.value_yuan is None else _ratio(line.value_yuan, part),
        )
        for line, part in zip(assessed, parts, strict=True)
    )
    value = sum((line.value_yuan or ZERO for line in lines), ZERO)
    counted = sum((line.counted_yuan for line in lines), ZERO)
    laid = sum(parts, ZERO)
    margin = loan.secured_margin
    return SecurityResult(
        lines=lines,
        value_yuan=value,
        counted_yuan=counted,
        lendable_yuan=sum((line.lendable_yuan for line in lines), ZERO),
        allocated_yuan=laid,
        unsecured_yuan=amount - laid,
        loan_to_value=_ratio(amount, value),
        coverage=float(counted / amount) if amount else None,
        secured_amount_yuan=None if margin is None else round_to_fen(amount * (1 + exact(margin))),
    )
