"""The registration of the pledge: terms and their ends, state, alarms, and what is missing.

Sources: 动产和权利担保统一登记办法 (中国人民银行令〔2021〕第7号), articles 1 to 3, on what is
registered; contents, term, extension, amendment and cancellation by the text of its predecessor
令〔2019〕第4号, which the one in force was not compared with; 民法典 articles 201 and 202: a term
of months begins on the day after and ends on the same day of the last month, or on its last day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.finance.case.lending.registration import Registration, RegistrationKind, RegistrationLine
from app.finance.case.loan import Loan
from app.finance.case.parties import pledgor_of
from app.finance.dates import add_months
from app.finance.lending.calendar import loan_calendar
from app.finance.lending.description import describe
from app.finance.lending.life_results import RegistrationEntry, RegistrationResult
from app.finance.lending.parts import LoanParts

ALARM_DAYS = (90, 30, 7)
EXTENSION_WINDOW_DAYS = 90
"""An extension is registered in the last 90 days of the term, 令〔2019〕第4号."""

CANCEL_WORKING_DAYS = 10
AMEND_MONTHS = 4

_ASKED = (
    "secured_code",
    "secured_institution_code",
    "secured_representative",
    "secured_address",
    "pledgor_code",
    "pledgor_representative",
    "pledgor_address",
)
"""Inputs the system asks for; names, text and term are looked at beside them. The LEI is free."""


@dataclass(frozen=True, slots=True)
class _Running:
    """One registration on its way: number, last day of its term, and whether it is cancelled.

    `extension` is the number of its last extension, "" when that has none of its own.
    """

    number: str
    since: date
    ends: date | None
    cancelled_on: date | None = None
    extension: str = ""

    def runs_on(self, day: date) -> bool:
        """Whether it is in force at the end of a day; a term without a length has no end."""
        if day < self.since or (self.cancelled_on is not None and self.cancelled_on <= day):
            return False
        return self.ends is None or day <= self.ends


def day_watched(loan: Loan) -> date:
    """Return the day whose state is asked for: that of the watch, else the day of drawdown."""
    if loan.monitoring is not None and loan.monitoring.as_of is not None:
        return loan.monitoring.as_of
    return loan.drawdown_date


def _subject(running: Sequence[_Running], number: str) -> int | None:
    """Return the place of the registration a line speaks of: by its number, else the last one."""
    for place in range(len(running) - 1, -1, -1):
        if number and running[place].number == number:
            return place
    return len(running) - 1 if running else None


def _term_end(start: date | None, months: int | None) -> date | None:
    return add_months(start, months) if start is not None and months is not None else None


def _follow(
    lines: Iterable[RegistrationLine],
) -> tuple[tuple[RegistrationEntry, ...], tuple[_Running, ...]]:
    """Read the history in the order of its days.

    An initial registration opens a term of n months from its day. An extension adds its months
    to the end of that term; one made after the end revives nothing: the pledge is to be
    registered anew. Added collateral is an initial registration of its own.
    """
    entries: list[RegistrationEntry] = []
    running: list[_Running] = []
    for line in lines:
        ends = extends = None
        place = _subject(running, line.number)
        if line.kind is RegistrationKind.INITIAL:
            ends = _term_end(line.day, line.months)
            running.append(_Running(line.number, line.day, ends))
        elif line.kind is RegistrationKind.EXTENSION and place is not None:
            extends = running[place].ends
            if extends is not None and line.day <= extends:
                ends = _term_end(extends, line.months)
                running[place] = replace(
                    running[place], ends=ends or extends, extension=line.number
                )
        elif line.kind is RegistrationKind.CANCELLATION and place is not None:
            running[place] = replace(running[place], cancelled_on=line.day)
        entries.append(
            RegistrationEntry(
                line.day, line.kind.value, line.number, line.months, ends, line.note, extends
            )
        )
    return tuple(entries), tuple(running)


def _number(
    loan: Loan, history: Sequence[RegistrationEntry], running: Sequence[_Running], day: date
) -> str:
    """Return the number of the registration in force that ends first, as `_end` does.

    Where none is in force or it has none: that of the last registration or extension with one.
    """
    now = [one for one in running if one.runs_on(day)]
    first = min(now, key=lambda one: one.ends or date.max, default=None)
    if first is not None and (first.extension or first.number):
        return first.extension or first.number
    kinds = (RegistrationKind.INITIAL, RegistrationKind.EXTENSION)
    numbers = [entry.number for entry in history if entry.number and entry.kind in kinds]
    return numbers[-1] if numbers else loan.registration_no


def _state(loan: Loan, running: Sequence[_Running], day: date) -> str:
    """Return the state on a day; without a history by number and end entered with the loan.

    When nothing runs any more, the registration that began last says why.
    """
    begun = [one for one in running if one.since <= day]
    if any(one.runs_on(day) for one in begun):
        return "active"
    if begun:
        cancelled = begun[-1].cancelled_on
        return "cancelled" if cancelled is not None and cancelled <= day else "expired"
    if running or not loan.registration_no:
        return "none"
    over = loan.registration_end is not None and loan.registration_end < day
    return "expired" if over else "active"


def _end(loan: Loan, running: Sequence[_Running], day: date) -> date | None:
    """Return the earliest end of what runs on a day, else the latest end of all."""
    if not running:
        return loan.registration_end
    now = [one.ends for one in running if one.runs_on(day) and one.ends is not None]
    if now:
        return min(now)
    known = [one.ends for one in running if one.ends is not None]
    return max(known) if known else loan.registration_end


def _missing(parts: LoanParts, record: Registration, description: str) -> tuple[str, ...]:
    """Return the paths of what the system asks for and nobody entered."""
    empty = [name for name in _ASKED if not getattr(record, name)]
    if not (record.secured_party or parts.loan.lender):
        empty.insert(0, "secured_party")
    if not pledgor_of(parts.case):
        empty.append("pledgor")
    if not description:
        empty.append("description")
    if not any(line.months for line in record.history):
        empty.append("history")
    return tuple(f"loan.registration.{name}" for name in empty)


def required_end(loan: Loan, maturity: date) -> date:
    """Return the day to which a registration should run: maturity and the time to enforce."""
    return add_months(maturity, loan.registration_tail_months)


def find_registration(parts: LoanParts) -> RegistrationResult | None:
    """Return the record as it is typed into the system; None when the case has none.

    Cancellation is due on the tenth working day after the debt is extinguished, an amendment four
    months after the pledgor is renamed.
    """
    loan = parts.loan
    record = loan.registration
    if record is None:
        return None
    history, running = _follow(record.history)
    day = day_watched(loan)
    ends = _end(loan, running, day)
    discharged = loan.monitoring.discharged_on if loan.monitoring is not None else None
    renamed = record.pledgor_renamed_on
    description = record.description or describe(parts, record)
    return RegistrationResult(
        description_zh=description,
        history=history,
        number=_number(loan, history, running, day),
        ends=ends,
        required_end=required_end(loan, parts.schedule.dues[-1]),
        state=_state(loan, running, day),
        alarms=()
        if ends is None
        else tuple((days, ends - timedelta(days=days)) for days in ALARM_DAYS),
        cancel_by=None
        if discharged is None
        else loan_calendar(loan).add_working_days(discharged, CANCEL_WORKING_DAYS),
        amend_by=None if renamed is None else add_months(renamed, AMEND_MONTHS),
        missing=_missing(parts, record, description),
    )
