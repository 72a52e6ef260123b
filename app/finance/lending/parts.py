"""What the parts of a loan are computed from; it fills up on the way."""

from dataclasses import dataclass, field

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.lending.catalogue import NO_CATALOGUE, GreenCatalogue
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.common import Common
from app.finance.lending.effective_rate import EffectiveRate
from app.finance.lending.life_results import LifeResult, RegistrationResult
from app.finance.lending.results import CoverResult, PathResult, SecurityResult
from app.finance.lending.schedule_results import Schedule
from app.finance.sink.credits import CarbonResult
from app.finance.valuation.results import ValueResult


@dataclass(frozen=True, slots=True)
class LoanParts:
    """A case with its values and the schedule of its loan.

    `security`, `cover`, `path` and `registration` are there once they are found; a stress replaces
    `values` and `schedule` and finds them anew. `effective` is the annualised rate of the
    contract, `life` its ledger; a stress leaves both as they are. `common` holds what several
    parts ask for, and goes along when the parts are filled up.
    """

    case: Case
    carbon: CarbonResult
    values: ValueResult
    schedule: Schedule
    security: SecurityResult
    cover: CoverResult | None = None
    path: PathResult | None = None
    registration: RegistrationResult | None = None
    effective: EffectiveRate | None = None
    life: LifeResult | None = None
    catalogue: GreenCatalogue = NO_CATALOGUE
    _common: Common | None = field(default=None, repr=False, compare=False)

    @property
    def loan(self) -> Loan:
        """The inputs of the loan."""
        if self.case.loan is None:
            raise DomainError("missing", path="loan", value=None)
        return self.case.loan

    @property
    def appraisal(self) -> Appraisal:
        """The inputs of the value."""
        if self.case.appraisal is None:
            raise DomainError("missing", path="appraisal", value=None)
        return self.case.appraisal

    @property
    def common(self) -> Common:
        """What is found once of this case, its values, its schedule and its security."""
        asked = Common(
            self.case, self.loan, self.appraisal, self.values, self.schedule, self.security
        )
        if self._common is None or not self._common.is_of(asked):
            object.__setattr__(self, "_common", asked)
            return asked
        return self._common
