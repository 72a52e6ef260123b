"""What the life of a loan, its registration and its green class come to, as plain records."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """Balances at the end of a day on which something was booked, yuan.

    `principal_yuan` is all that is owed of principal, `overdue_principal_yuan` the part of it past
    due. `interest_due_yuan` is billed and unpaid, `interest_accrued_yuan` since the last bill;
    `penalty_yuan` is penalty and compound interest unpaid, `costs_yuan` costs unpaid,
    `credit_yuan` money received beyond what was owed. `events` are codes: "drawn", "due",
    "received", "cost", "prepaid", "diverted", "repriced".
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
    """Coverage on one day of (re)valuation.

    `state` is "above", "warning", "margin_call" or "enforcement"; "discharged" when nothing is
    owed. `add_security_yuan` and `prepay_yuan` bring coverage back to the margin-call line:
    line x owed - value, owed - value / line. `cure_by` is the last day to do so.
    `trigger_prices` as in `PathPoint`.
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

    `state` is "done", "due" (on the day or within its notice), "late" or "ahead". Codes: "payment",
    "drawdown", "repricing", "inspection", "revaluation", "verification", "registration_90",
    "registration_30", "registration_7", "registration_end", "cancel_registration",
    "insurance_end", "guarantee_end", "appraisal_end", "cure", "kpi_test", "amend_registration".
    """

    day: date
    code: str
    state: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LifeResult:
    """State of the loan on one day, the ledger that led to it, and what is due."""

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


@dataclass(frozen=True, slots=True)
class RegistrationEntry:
    """One registration with its term; `ends` is None for amendment and cancellation."""

    day: date
    kind: str
    number: str
    months: int | None
    ends: date | None
    note: str


@dataclass(frozen=True, slots=True)
class RegistrationResult:
    """The record as it would be typed into the system, and what its history comes to.

    `description_zh` is the text of the collateral, Chinese by the system's own language.
    `state` is "none", "active", "expired" or "cancelled" on the day watched. `missing` are paths of
    fields that the system asks for and that are empty. `alarms` are days 90, 30 and 7 days before
    the end. `required_end` is maturity plus the tail.
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

    `transitional` is true when the loan was approved before the edition of 2025 came into force
    and stays on the one before. `missing` are paths of what a decision still lacks. `rate_step_bp`
    is the change of the rate that the indicators tested so far bring; `avoided_tco2e_yr` and
    `avoided_from_case` the tonnes of the statistics.
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
