"""Events reported in the life of the loan: which of them let the lender call for more security.

Lines and triggers are proposals of the house, not a rule: an unlisted right has no price that
falls through a line every day, so what happens to it is watched as well.
"""

from collections.abc import Sequence
from datetime import date

from app.finance.case.lending.monitoring import EventKind, EventLine, Monitoring
from app.finance.lending.calendar import BusinessCalendar
from app.finance.lending.life_results import EventResult


def tonnes_share(event: EventLine) -> float | None:
    """Return verified over planned tonnes; None when one is not entered or nothing was planned."""
    if not event.planned_t or event.actual_t is None:
        return None
    return event.actual_t / event.planned_t


def _triggers(event: EventLine, monitoring: Monitoring) -> bool:
    if event.kind is EventKind.OTHER:
        return False
    if event.kind is EventKind.LOW_TONNES:
        share = tonnes_share(event)
        return share is not None and share < monitoring.tonnes_trigger
    return True


def _state(event: EventLine, *, triggers: bool, cure_by: date, day: date) -> str:
    if event.cured_on is not None and event.cured_on <= day:
        return "cured"
    if not triggers:
        return "noted"
    return "overdue" if cure_by < day else "open"


def find_events(
    monitoring: Monitoring, calendar: BusinessCalendar, day: date
) -> tuple[EventResult, ...]:
    """Return what is known of the events on `day`, in the order entered.

    Verified tonnes below the share of the plan that was agreed are a trigger, another event is
    only noted, all other kinds always are one. A trigger is to be cured by the end of so many
    working days after the day it was known.
    """
    found = []
    for position, event in enumerate(monitoring.events):
        if event.day > day:
            continue
        triggers = _triggers(event, monitoring)
        cure_by = calendar.add_working_days(event.day, monitoring.cure_days)
        state = _state(event, triggers=triggers, cure_by=cure_by, day=day)
        found.append(
            EventResult(
                position, event.day, event.kind.value, triggers, tonnes_share(event),
                cure_by if triggers else None, state,
            )
        )  # fmt: skip
    return tuple(found)


def open_events(events: Sequence[EventResult]) -> tuple[EventResult, ...]:
    """Return the triggers that are not cured."""
    return tuple(event for event in events if event.state in ("open", "overdue"))
