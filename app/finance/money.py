"""Booked money: Decimal yuan, whole fen, rounded half-up in this one place."""

from decimal import ROUND_HALF_UP, Decimal

from app.finance.errors import DomainError

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
LARGEST = 10**18
"""Amounts from here on are no money of this world: inputs that are absurd together make them."""


def round_to_fen(yuan: Decimal | float | int, *, path: str = "appraisal") -> Decimal:
    """Return `yuan` as Decimal with two places, rounded half-up (0.005 becomes 0.01).

    A float is taken at its shortest decimal form, so 2.675 becomes 2.68.

    Raises:
        DomainError: `amount_too_large` at `path` for 10^18 yuan and more, or no number.
    """
    exact = yuan if isinstance(yuan, Decimal) else Decimal(str(yuan))
    if not exact.is_finite() or abs(exact) >= LARGEST:
        raise DomainError("amount_too_large", path=path, value=f"{float(exact):.3g}")
    return exact.quantize(FEN, rounding=ROUND_HALF_UP)


def fen_of(yuan: Decimal, *, path: str = "appraisal") -> int:
    """Return `yuan` as whole fen, rounded and refused as `round_to_fen` does."""
    return int(round_to_fen(yuan, path=path) * 100)


def whole_fen(numerator: int, denominator: int) -> int:
    """Return an exact ratio of fen as whole fen, rounded half-up as `round_to_fen` does.

    Interest is such a ratio: balance x rate x days over the days of a year. Whole numbers all
    the way, so that half a fen is half a fen. A half goes away from zero; `denominator` is
    above 0.
    """
    if numerator < 0:
        return -whole_fen(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)
