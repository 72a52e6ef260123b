"""The whole book on one day, as the portfolio report is given it: plain records.

Money is yuan; sums of it are exact. What a case was worth stands as it was saved with its newest
version; loans are followed to the day of the report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.finance.case.problems import Problem
from app.finance.insurance.accumulation_results import Accumulation
from app.finance.lending.life_results import DueItem

NO_MONEY = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class RightValue:
    """The levels of value of a right on its valuation date, as saved."""

    valued_on: date
    gross_yuan: Decimal
    net_yuan: Decimal
    prudent_yuan: Decimal
    liquidation_yuan: Decimal


@dataclass(frozen=True, slots=True)
class BookedLoan:
    """A loan on the day.

    `state` is a key of `BOOK_STATES`. `lines` are coverage below which it is watched, called and
    enforced. `annual_rate` is the annualised rate of the contract with its fees, a fraction.
    `principal_by_year` is what the schedule has still to be repaid after the day, by calendar year.
    `days_past_due` is None for a loan that is not watched. `green` is the answer of its
    classification, "" for none.
    """

    lender: str
    borrower: str
    amount_yuan: Decimal
    owed_yuan: Decimal
    principal_yuan: Decimal
    past_due_yuan: Decimal
    days_past_due: int | None
    value_yuan: float
    coverage: float | None
    lines: tuple[float, float, float]
    state: str
    maturity: date
    annual_rate: float | None
    principal_by_year: Mapping[int, Decimal]
    green: str = ""


@dataclass(frozen=True, slots=True)
class BookedPolicy:
    """A policy: who insures whom for how much, from when to when (last day); in force or not."""

    insurer: str
    insured: str
    sum_insured_yuan: Decimal
    premium_yuan: Decimal
    starts: date
    ends: date
    in_force: bool


@dataclass(frozen=True, slots=True)
class BookedCase:
    """The newest version of a case with what it holds; None for what it has not.

    `carrier` is a code of the sink, `place` and `method` are texts of the case. `problems` say why
    a loan cannot be followed to the day, or the version cannot be read; `not_followed` that its
    level of value cannot be carried to another day.
    """

    case_id: str
    version: int
    name: str
    carrier: str
    place: str
    method: str
    approved: bool
    red_flags: int
    warnings: int
    input_hash: str
    right: RightValue | None = None
    loan: BookedLoan | None = None
    policy: BookedPolicy | None = None
    problems: tuple[Problem, ...] = ()
    not_followed: bool = False

    @property
    def is_computed(self) -> bool:
        """Whether all it holds could be computed for the day."""
        return not self.problems and not self.not_followed


@dataclass(frozen=True, slots=True)
class PriceMove:
    """The loans at one change of all prices, a fraction.

    `loans` and `owed_yuan` are by state; `value_yuan` is what the security of loans with debt
    counts for, `beyond_yuan` what is owed of each loan beyond its own security, summed.
    """

    change: float
    loans: Mapping[str, int]
    owed_yuan: Mapping[str, Decimal]
    value_yuan: float
    beyond_yuan: float


@dataclass(frozen=True, slots=True)
class DueThing:
    """One thing that is due, of which case; `days` are those to go, negative when it is late."""

    case_name: str
    days: int
    item: DueItem


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All cases of the book on a day, in the order of the book.

    `zone` is what lies within `zone_km` of the densest place when all of it is lost; None where no
    case has coordinates. `due` holds what is late or comes within `due_days`.
    """

    day: date
    cases: tuple[BookedCase, ...]
    moves: tuple[PriceMove, ...]
    due: tuple[DueThing, ...]
    due_days: int
    zone_km: float
    zone: Accumulation | None
    unplaced: int

    @property
    def loans(self) -> tuple[tuple[BookedCase, BookedLoan], ...]:
        """The loans with debt on the day."""
        return tuple((c, c.loan) for c in self.cases if c.loan is not None and c.loan.owed_yuan > 0)

    @property
    def owed_yuan(self) -> Decimal:
        """All that is owed to the lenders of the book."""
        return sum((loan.owed_yuan for _case, loan in self.loans), NO_MONEY)

    @property
    def policies(self) -> tuple[tuple[BookedCase, BookedPolicy], ...]:
        """The policies in force on the day."""
        return tuple(
            (c, c.policy) for c in self.cases if c.policy is not None and c.policy.in_force
        )
