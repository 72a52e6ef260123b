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
