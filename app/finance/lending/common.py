"""What several parts of a loan are found from, each found once: cash, debt, states of the path."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.loan import Loan
from app.finance.lending.cash import Cash, CashByPrice, find_cash
from app.finance.lending.debt import DebtYears, PresentCash, debt_years
from app.finance.lending.owed import Owed, owed_by_day
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.results import SecurityResult
from app.finance.lending.revalued import Revaluations
from app.finance.lending.schedule_results import Schedule
from app.finance.sink.pools import Numbers
from app.finance.valuation.results import ValueResult

_FEN = 100.0


@dataclass(frozen=True)
class Common:
    """A loan with its values, schedule and security; what is asked of them is kept."""

    case: Case
    loan: Loan
    appraisal: Appraisal
    values: ValueResult
    schedule: Schedule
    security: SecurityResult

    def is_of(self, other: "Common") -> bool:
        """Whether both are made of the very same inputs, which are never changed."""
        return (
            self.case is other.case
            and self.values is other.values
            and self.schedule is other.schedule
            and self.security is other.security
        )

    @cached_property
    def cash(self) -> Cash:
        """The cash that serves the loan."""
        return find_cash(self.case, self.values)

    @cached_property
    def cash_by_price(self) -> CashByPrice:
        """The same at other prices of carbon."""
        return CashByPrice(self.case, self.values)

    @cached_property
    def years(self) -> DebtYears:
        """The debt service by loan year."""
        return debt_years(self.loan, self.schedule)

    @cached_property
    def present(self) -> PresentCash:
        """Present values at the rate of the loan, over stretches up to the end of the right."""
        days = [date.fromordinal(day) for day in self.cash.days.tolist()]
        end = self.values.horizon_end
        return PresentCash(self.loan, self.schedule, days if end is None else [*days, end])

    @cached_property
    def owed(self) -> Owed:
        """What is owed on the path of the loan."""
        return owed_by_day(self.schedule, self.loan.drawdown_date)

    @cached_property
    def owed_yuan(self) -> Numbers:
        """The same as an array, yuan, shape (d,)."""
        return np.array(self.owed.fen) / _FEN

    @cached_property
    def valued_on(self) -> list[date]:
        """The days at whose end the security of each state is valued."""
        return self.owed.valued_on

    @cached_property
    def pledged(self) -> PledgedOnDays:
        """The collaterals on those days."""
        return PledgedOnDays(self, self.valued_on)

    @cached_property
    def revaluations(self) -> Revaluations:
        """What was revalued in the life of the loan."""
        return Revaluations(self)
