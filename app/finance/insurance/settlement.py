"""Claims through the terms of the policy: what is paid, what is left."""

from collections.abc import Sequence
from decimal import Decimal

from app.finance.case.insurance import Insurance
from app.finance.explain import Step
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.results import SettlementResult


def settle(
    insurance: Insurance, exposures: Sequence[Exposure], *, gross_premium_yuan: Decimal
) -> tuple[SettlementResult, tuple[Step, ...]]:
    """Take each claim through the terms, in the order of days; money to the fen."""
    raise NotImplementedError
