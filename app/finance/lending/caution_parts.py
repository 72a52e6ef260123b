"""What the cautions of a loan look at, and how they are raised."""

from dataclasses import dataclass
from datetime import date

from app.finance.case.case import Case
from app.finance.case.loan import Loan
from app.finance.lending.registration import day_watched
from app.finance.lending.results import LoanResult
from app.finance.notices import Notice, Severity
from app.finance.valuation.results import ValueResult


def warning(code: str, path: str = "", /, **facts: object) -> Notice:
    """Return a warning."""
    return Notice(code, Severity.WARNING, path, facts)


def red_flag(code: str, path: str = "", /, **facts: object) -> Notice:
    """Return a red flag; it keeps a document from being final."""
    return Notice(code, Severity.RED_FLAG, path, facts)


@dataclass(frozen=True, slots=True)
class Watched:
    """A loan with what was found for it, and its values where it has any."""

    case: Case
    loan: Loan
    result: LoanResult
    values: ValueResult | None

    @property
    def day(self) -> date:
        """The day whose state is asked for."""
        return day_watched(self.loan)

    @property
    def maturity(self) -> date:
        """Day of the last payment, an extension included."""
        return self.result.maturity

    @property
    def is_owed(self) -> bool:
        """Whether the debt still stands on that day."""
        monitoring = self.loan.monitoring
        over = None if monitoring is None else monitoring.discharged_on
        return over is None or over > self.day

    @property
    def registered(self) -> tuple[str, date | None]:
        """Number and end of the registration: by its record, else as entered with the loan."""
        record = self.result.registration
        if record is None:
            return self.loan.registration_no, self.loan.registration_end
        return record.number, record.ends
