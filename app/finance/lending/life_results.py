"""What the life of a loan, its registration and its green class come to, as plain records."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.lending.catalogue import TableFault
from app.finance.explain import Step


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """Balances at the end of a day on which something was booked, yuan.

    `principal_yuan` is all that is owed of principal, `overdue_principal_yuan` the part of it past
    due. `interest_due_yuan` is billed and unpaid, `interest_accrued_yuan` since the last bill;
    `penalty_yuan` is penalty and compound interest unpaid, `costs_yuan` costs and fees unpaid,
    `credit_yuan` money received beyond what was owed. `events` are codes: "drawn", "due",
    "received", "cost", "prepaid", "diverted" (starts or ends), "repriced"; none on the day watched
    when nothing was booked on it.
    """

    day: date
    events: tuple[str, ...]
    drawn_yuan: Decimal
    received_yuan: Decimal
    to_costs_yuan: Decimal
    to_penalty_yuan: Decimal
    to_interest_yuan: Decimal
    to_principal_yuan: Decimal
    principal_yuan: Decimal
    overdue_principal_yuan: Decimal
    interest_due_yuan: Decimal
    interest_accrued_yuan: Decimal
    penalty_yuan: Decimal
    costs_yuan: Decimal
    credit_yuan: Decimal

    @property
    def past_due_yuan(self) -> Decimal:
        """Principal and interest that were billed and not paid."""
        return self.overdue_principal_yuan + self.interest_due_yuan

    @property
    def owed_yuan(self) -> Decimal:
        """All that is owed at the end of the day."""
        return (
            self.principal_yuan
            + self.interest_due_yuan
            + self.interest_accrued_yuan
            + self.penalty_yuan
            + self.costs_yuan
            - self.credit_yuan
        )


@dataclass(frozen=True, slots=True)
class WatchPoint:
    """Coverage at the end of a day: at drawings, payments, revaluations, and the day watched.

    `owed_yuan` is all that is owed, interest run included. `state` is "above", "warning",
    "margin_call" or "enforcement"; "discharged" when nothing is owed. `add_security_yuan` and
    `prepay_yuan` bring coverage back to the margin-call line: line x owed - value, owed - value /
    line. `cure_by` is the last day to do so, counted from the first day of a run of days below
    the line. `trigger_prices` as in `PathPoint`.
    """

    day: date
    value_yuan: float
    owed_yuan: Decimal
    coverage: float | None
    state: str
    add_security_yuan: Decimal
    prepay_yuan: Decimal
    cure_by: date | None
    trigger_prices: tuple[float | None, float | None, float | None]
    from_revaluation: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventResult:
    """One event that was reported: whether it triggers a call, and by when it is to be cured.

    `state` is "open", "overdue" (cure date has passed), "cured" or "noted" (no trigger).
    `share` is verified over planned tonnes where both are known.
    """

    position: int
    day: date
    kind: str
    triggers: bool
    share: float | None
    cure_by: date | None
    state: str


@dataclass(frozen=True, slots=True)
class WaterfallLine:
    """One step of the disposal waterfall, yuan; `short_yuan` is what stays unpaid of it.

    Codes: "proceeds", "costs", "penalty", "interest", "principal", "surplus".
    """

    code: str
    amount_yuan: Decimal
    short_yuan: Decimal


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due: code, day, facts for its text, and its state on the day watched.

    `state` is "done", "due" (on the day or in the 30 days before), "late" or "ahead". Codes:
    "payment", "drawdown", "repricing", "inspection", "revaluation", "verification",
    "registration_90", "registration_30", "registration_7", "registration_end",
    "cancel_registration", "insurance_end", "guarantee_end", "appraisal_end", "cure",
    "kpi_test", "amend_registration".
    """

    day: date
    code: str
    state: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedCollateral:
    """What one collateral counts for on the day watched, yuan, as last revalued.

    `position` as in `CollateralResult`; `watched` says whether it counts in the coverage.
    """

    position: int | None
    kind: str
    name: str
    counted_yuan: float
    watched: bool


@dataclass(frozen=True, slots=True)
class LifeResult:
    """State of the loan on one day, the ledger that led to it, and what is due.

    `five_class` is the lowest class that days past due allow: "normal", "special_mention",
    "substandard", "doubtful", "loss". `waterfall` is () when nothing is owed. `cancel_by` is the
    last day to cancel the registration, None until a day of discharge is entered. `counted` are
    the collaterals on the last day of watch, () where their value cannot be followed.
    `price_yuan_t` is the carbon price in force on that day, as last revalued; None without one.
    """

    as_of: date
    ledger: tuple[LedgerDay, ...]
    now: LedgerDay | None
    days_past_due: int
    five_class: str
    watch: tuple[WatchPoint, ...]
    events: tuple[EventResult, ...]
    waterfall: tuple[WaterfallLine, ...]
    due: tuple[DueItem, ...]
    released: bool
    cancel_by: date | None
    counted: tuple[CountedCollateral, ...] = ()
    price_yuan_t: float | None = None
    working: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistrationEntry:
    """One registration with its term; `ends` is None for amendment and cancellation.

    An extension runs on from `extends`, the last day of the term before it; it has no `ends` when
    it came after that day or when there was no term to extend.
    """

    day: date
    kind: str
    number: str
    months: int | None
    ends: date | None
    note: str
    extends: date | None = None


@dataclass(frozen=True, slots=True)
class RegistrationResult:
    """The record as it would be typed into the system, and what its history comes to.

    `description_zh` is the text of the collateral, Chinese by the system's own language.
    `state` is "none", "active", "expired" or "cancelled" on the day watched. `missing` are paths of
    fields that the system asks for and that are empty. `alarms` are days 90, 30 and 7 days before
    the end. `required_end` is maturity plus the tail. `ends` is the earliest end of the
    registrations that run on the day watched, the latest one when none runs any more.
    """

    description_zh: str
    history: tuple[RegistrationEntry, ...]
    number: str
    ends: date | None
    required_end: date
    state: str
    alarms: tuple[tuple[int, date], ...]
    cancel_by: date | None
    amend_by: date | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KpiResult:
    """One indicator: `met` is None until it is tested."""

    name: str
    unit: str
    test_day: date
    target: float
    actual: float | None
    met: bool | None
    verifier: str


@dataclass(frozen=True, slots=True)
class GreenResult:
    """The classification: `verified_code` says whether the item code stands in a read catalogue.

    `transitional` is true when the loan was approved before the edition of 2025 was issued and
    drawn after it, so that it stays on the standard before; None without the day of approval.
    `missing` are paths of what a decision still lacks. `four_eyes` is None until somebody decided,
    then whether another one checked it. `rate_step_bp` is the change of the rate that the
    indicators tested so far bring from `step_from` on, `step_yuan_yr` what it makes in a year on
    the balance of that day; the schedule keeps the rate of the contract. `avoided_tco2e_yr` and
    `avoided_from_case` are the tonnes of the statistics. `in_force_from` belongs to the edition
    entered. `own_catalogue` says that the user's file took the place of the shipped one, `refused`
    why it did not.
    """

    edition: str
    answer: str
    item: str
    item_code: str
    verified_code: bool
    transitional: bool | None
    kpis: tuple[KpiResult, ...]
    rate_step_bp: float | None
    avoided_tco2e_yr: float | None
    avoided_from_case: bool
    missing: tuple[str, ...]
    four_eyes: bool | None = None
    step_from: date | None = None
    step_yuan_yr: float | None = None
    in_force_from: date | None = None
    own_catalogue: bool = False
    refused: TableFault | None = None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One condition a signatory ticks: met, not met, or not asked of this loan (`ok` None).

    `path` is the input it hangs on, `fact` what stands there. `stops` is true for a condition
    that is not met and keeps a document from being final.
    """

    code: str
    ok: bool | None
    path: str
    fact: Any = None
    stops: bool = False
