"""What every bound of the loan is found from, and what is found of it."""

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from app.finance.case.appraisal import Appraisal
from app.finance.case.loan import Loan
from app.finance.explain import Step, Term, Value
from app.finance.fields import specs_by_path
from app.finance.lending.common import Common
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.results import CoverResult, PathResult, Remedy
from app.finance.money import FEN, ZERO, round_to_fen
from app.finance.text import N_

NAMES = {
    "pledge_ratio": N_("Pledge ratio times value"),
    "var": N_("Ratio by value at risk"),
    "option": N_("Ratio by the option model"),
    "dscr": N_("Debt service cover (DSCR)"),
    "llcr": N_("Loan life cover (LLCR)"),
    "plcr": N_("Project life cover (PLCR)"),
    "stressed_dscr": N_("DSCR under stress"),
    "ltv_path": N_("Loan over remaining value"),
    "purpose": N_("Need of the purpose"),
    "single_customer": N_("Room under the single-customer cap"),
    "life_income": N_("Share of the life income"),
}
"""Code and name of each bound, in the order they are printed."""

SYMBOLS = {
    "pledge_ratio": "L_α",
    "var": "L_VaR",
    "option": "L_opt",
    "dscr": "L_DSCR",
    "llcr": "L_LLCR",
    "plcr": "L_PLCR",
    "stressed_dscr": "L_stress",
    "ltv_path": "L_path",
    "purpose": "B",
    "single_customer": "K",
    "life_income": "L_life",
}

_HIGHEST_PRICE = specs_by_path(Appraisal)["price_yuan_t"].field.maximum or math.inf


@dataclass(frozen=True, slots=True)
class Found:
    """What is found of one bound; `amount` None with a reason when it does not bind."""

    amount: Decimal | None
    reason: str = ""
    detail: float | None = None
    unit: str = ""
    remedies: tuple[Remedy, ...] = ()
    step: Step | None = None


NOT_ENTERED = Found(None, "not_entered")


@dataclass(frozen=True)
class Sizing:
    """A loan that is sized."""

    parts: LoanParts
    cover: CoverResult
    path: PathResult

    @property
    def loan(self) -> Loan:
        """The inputs of the loan."""
        return self.parts.loan

    @property
    def asked(self) -> Decimal:
        """The amount asked for, yuan to the fen."""
        return round_to_fen(self.loan.amount_yuan)

    @cached_property
    def drawn(self) -> Decimal:
        """What all tranches draw of it, yuan: the schedule and what is found on it are of this."""
        return sum(fen for _day, fen in self.parts.schedule.drawdowns) * FEN

    @property
    def asked_over_drawn(self) -> float:
        """What the debt of the schedule is multiplied with to be that of the amount asked."""
        return float(self.asked / self.drawn)

    @property
    def drawn_term(self) -> Term:
        """The amount that ratios of the schedule scale, as a term of a working."""
        label = N_("Amount asked") if self.drawn == self.asked else N_("Amount drawn")
        return Term("L", label, self.drawn, "yuan")

    @property
    def common(self) -> Common:
        """Its cash, its debt and the states of its path."""
        return self.parts.common

    @cached_property
    def pledged(self) -> PledgedOnDays:
        """The collaterals as they are valued for the sizing, on the valuation date."""
        day = min(self.parts.appraisal.valuation_date, self.loan.drawdown_date)
        return PledgedOnDays(self.parts, [day])

    def price_at(self, factor: float | None) -> float | None:
        """Return the price of the valuation date times a factor, yuan/t.

        None without either, and above what may be entered as a price.
        """
        price = self.parts.values.price_yuan_t
        if factor is None or price <= 0 or factor * price > _HIGHEST_PRICE:
            return None
        return factor * price

    def price_remedy(self, factor: float | None) -> Remedy:
        """Return the carbon price that would do, all else the same."""
        return Remedy("price", self.price_at(factor), "yuan/t")

    def is_short(self, amount: Decimal | None) -> bool:
        """Whether a bound lies below the amount asked for."""
        return amount is not None and amount < self.asked


def in_fen(yuan: float) -> Decimal:
    """Return an amount as booked, not below zero."""
    return max(round_to_fen(yuan, path="loan"), ZERO)


def bound_step(
    code: str,
    formula: str,
    terms: tuple[Term, ...],
    *,
    amount: Value,
    source: str,
    note: str = "",
) -> Step:
    """Return the working of a bound; `formula` gives what its symbol is."""
    return Step(
        f"loan.bound.{code}",
        NAMES[code],
        f"{SYMBOLS[code]} = {formula}",
        terms,
        amount,
        "yuan",
        source,
        note,
    )
