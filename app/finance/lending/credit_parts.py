"""What the working of the credit risk is written from."""

from dataclasses import dataclass

from app.finance.case.lending.credit import CreditRisk
from app.finance.lending.default_loss import Recovery
from app.finance.lending.expected_loss import Outlook
from app.finance.lending.raroc import Pricing
from app.finance.lending.risk_results import CreditResult


@dataclass(frozen=True, slots=True)
class CreditParts:
    """The result with what it was computed from.

    `money_yuan` is what the collaterals bring on the day; `irb_lgd` the LGD of the internal
    ratings; `pricing` None without the inputs of the return.
    """

    credit: CreditRisk
    result: CreditResult
    outlook: Outlook
    recovery: Recovery
    money_yuan: float
    irb_lgd: float | None
    pricing: Pricing | None
