"""What a lender should do about a watched loan, by rule: call, collect, renew, register, inspect.

Each measure follows from a line of coverage, an event, an arrear or the calendar of the loan; they
are proposals, and what is done is decided by those who sign.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.finance.case.loan import Loan
from app.finance.lending.life_results import DueItem, LifeResult, RegistrationResult, WatchPoint
from app.finance.lending.loan_events import open_events
from app.finance.lending.path import lines_of
from app.finance.lending.registration import EXTENSION_WINDOW_DAYS
from app.finance.lending.watch import CALLED


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: code, the last day for it, whether that day has passed, facts of its text.

    Codes: "enforce", "call", "call_overdue", "watch"; "event", "event_overdue"; "collect";
    "register", "register_anew", "extend_registration"; those of `_CALENDAR`. `by` is None for what
    has no day of its own.
    """

    code: str
    by: date | None = None
    late: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


_CALENDAR = (
    "amend_registration",
    "cancel_registration",
    "insurance_end",
    "guarantee_end",
    "appraisal_end",
    "inspection",
    "revaluation",
    "verification",
    "kpi_test",
)
"""Things of the calendar that ask for a measure when they are due or late, in this order."""


def propose(
    loan: Loan, life: LifeResult, registration: RegistrationResult | None
) -> tuple[Measure, ...]:
    """Return the measures that follow from the state on the day watched, the gravest first."""
    return (
        *_of_coverage(loan, life),
        *_of_events(life),
        *_of_arrears(life),
        *_of_registration(loan, life, registration),
        *_of_calendar(life.due),
    )


def _of_coverage(loan: Loan, life: LifeResult) -> Iterator[Measure]:
    if not life.watch:
        return
    point, lines = life.watch[-1], lines_of(loan.monitoring)
    by_state = dict(zip(("warning", "margin_call", "enforcement"), lines, strict=False))
    if point.state not in by_state:
        return
    facts: dict[str, Any] = {"coverage": point.coverage, "line": by_state[point.state]}
    if point.state not in CALLED:
        yield Measure("watch", facts=facts)
        return
    late = _has_passed(point, life.as_of)
    facts |= {"add_yuan": point.add_security_yuan, "prepay_yuan": point.prepay_yuan}
    code = "enforce" if point.state == "enforcement" else "call_overdue" if late else "call"
    yield Measure(code, point.cure_by, late, facts)


def _has_passed(point: WatchPoint, day: date) -> bool:
    return point.cure_by is not None and point.cure_by < day


def _of_events(life: LifeResult) -> Iterator[Measure]:
    for event in open_events(life.events):
        late = event.state == "overdue"
        code = "event_overdue" if late else "event"
        yield Measure(code, event.cure_by, late, {"event": event.kind, "day": event.day})


def _of_arrears(life: LifeResult) -> Iterator[Measure]:
    if life.days_past_due and life.now is not None:
        facts = {
            "amount_yuan": life.now.past_due_yuan,
            "days": life.days_past_due,
            "class": life.five_class,
        }
        yield Measure("collect", late=True, facts=facts)


def _of_registration(
    loan: Loan, life: LifeResult, registration: RegistrationResult | None
) -> Iterator[Measure]:
    """Registration that is missing, has run out, or ends before the lender could enforce."""
    if life.now is None or life.now.owed_yuan <= 0:
        return
    known = bool(loan.registration_no) if registration is None else registration.state != "none"
    if not known:
        yield Measure("register", late=True)
        return
    end = next((item for item in life.due if item.code == "registration_end"), None)
    if end is None:
        return
    if end.state in ("late", "done"):
        yield Measure("register_anew", late=True, facts=end.facts)
    elif end.facts["ends"] < end.facts["required_end"]:
        from_day = end.day - timedelta(days=EXTENSION_WINDOW_DAYS)
        yield Measure("extend_registration", end.day, facts={**end.facts, "from_day": from_day})


def _of_calendar(items: Iterable[DueItem]) -> Iterator[Measure]:
    """What is due or late, each kind once: its first day, and how many there are."""
    asked = [item for item in items if item.state in ("due", "late")]
    for code in _CALENDAR:
        groups: dict[Any, list[DueItem]] = {}
        for item in asked:
            if item.code == code:
                own = (item.facts.get("name", ""), item.facts.get("position"))
                groups.setdefault(own, []).append(item)
        for found in groups.values():
            first = min(found, key=lambda item: item.day)
            late = first.state == "late"
            yield Measure(code, first.day, late, {**first.facts, "count": len(found)})
