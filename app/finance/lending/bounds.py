"""The upper bounds of the loan, each with its working and what would lift it."""

from decimal import Decimal

from app.finance.explain import Step
from app.finance.lending.parts import LoanParts
from app.finance.lending.results import Bound
from app.finance.money import ZERO, round_to_fen
from app.finance.text import N_


def find_bounds(parts: LoanParts) -> tuple[tuple[Bound, ...], tuple[Step, ...]]:
    """Return every bound in the order it is printed, the smallest marked, and the working."""
    loan = parts.loan
    value = max(parts.values.by_basis(loan.valuation_basis), ZERO)
    ratio = round_to_fen(value * Decimal(str(loan.pledge_ratio)))
    need = round_to_fen(loan.purpose_need_yuan)
    return (
        (
            Bound("pledge_ratio", N_("Pledge ratio times value"), ratio, ratio <= need),
            Bound("purpose", N_("Need of the purpose"), need, need < ratio),
        ),
        (),
    )
