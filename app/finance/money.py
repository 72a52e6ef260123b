"""Booked money: Decimal yuan, whole fen, rounded half-up in this one place."""

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
ZERO = Decimal("0.00")


def round_to_fen(yuan: Decimal | float | int) -> Decimal:
    """Return `yuan` as Decimal with two places, rounded half-up (0.005 becomes 0.01).

    A float is taken at its shortest decimal form, so 2.675 becomes 2.68.
    """
    exact = yuan if isinstance(yuan, Decimal) else Decimal(str(yuan))
    return exact.quantize(FEN, rounding=ROUND_HALF_UP)
