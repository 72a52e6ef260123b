"""What is due of the security: registration, ends of covers, cures, and indicators."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.finance.case.lending.registration import RegistrationKind
from app.finance.case.lending.security import CollateralKind
from app.finance.lending.due_context import DueContext
from app.finance.lending.legal_cautions import valid_until
from app.finance.lending.life_results import DueItem, RegistrationResult
from app.finance.lending.registration import ALARM_DAYS, required_end
from app.finance.lending.watch import calls_of

_END_CODES = {
    CollateralKind.INSURANCE_ASSIGNMENT: "insurance_end",
    CollateralKind.GUARANTEE: "guarantee_end",
}


def _registered(context: DueContext) -> tuple[date | None, str, str]:
    """Return end, number and state of the registration, of its record or of the loan alone."""
    record, loan = context.parts.registration, context.parts.loan
    if record is not None:
        return record.ends, record.number, record.state
    end = loan.registration_end
    over = end is not None and end < context.day
    return end, loan.registration_no, "expired" if over else "active"


def _alarm_state(state: str, alarm: date, following: date, day: date) -> str:
    """Return the state of an alarm: due from its day on, until the next one is reached.

    All are done once the registration is cancelled, and late once it has run out.
    """
    if state == "cancelled":
        return "done"
    if day < alarm:
        return "ahead"
    if state == "expired":
        return "late"
    return "due" if day < following else "done"


def registration_due(context: DueContext) -> Iterator[DueItem]:
    """Yield the alarms before the end of the registration, its end, and what is to be done."""
    ends, number, state = _registered(context)
    if ends is not None:
        facts = {"ends": ends, "number": number}
        days = [ends - timedelta(days=count) for count in ALARM_DAYS]
        for count, alarm, following in zip(ALARM_DAYS, days, [*days[1:], ends], strict=True):
            found = _alarm_state(state, alarm, following, context.day)
            yield DueItem(alarm, f"registration_{count}", found, dict(facts))
        needed = required_end(context.parts.loan, context.parts.schedule.dues[-1])
        closed = state == "cancelled"
        yield context.item(ends, "registration_end", done=closed, **facts, required_end=needed)
    if context.parts.registration is not None:
        yield from _acts_due(context, context.parts.registration)


def _acts_due(context: DueContext, record: RegistrationResult) -> Iterator[DueItem]:
    """Yield the cancellation after discharge and the amendment after a change of name."""
    discharged = context.monitoring.discharged_on
    if record.cancel_by is not None:
        yield context.item(
            record.cancel_by,
            "cancel_registration",
            done=record.state == "cancelled",
            discharged_on=discharged,
            number=record.number,
        )
    inputs = context.parts.loan.registration
    renamed = None if inputs is None else inputs.pledgor_renamed_on
    if record.amend_by is not None and renamed is not None:
        amended = any(
            entry.kind == RegistrationKind.AMENDMENT and renamed <= entry.day <= context.day
            for entry in record.history
        )
        yield context.item(
            record.amend_by,
            "amend_registration",
            done=amended,
            renamed_on=renamed,
            number=record.number,
        )


def ends_due(context: DueContext) -> Iterator[DueItem]:
    """Yield the ends of policies, guarantees and appraisals in the life of the loan.

    A cover that has ended is late while the debt lives; an appraisal is done once the right is
    valued anew.
    """
    for position, line in enumerate(context.parts.loan.collaterals):
        if line.valid_until is not None and line.valid_until <= context.last_day:
            yield context.item(
                line.valid_until,
                _END_CODES.get(line.kind, "appraisal_end"),
                name=line.name,
                position=position,
                kind=line.kind.value,
            )
    appraisal = context.parts.appraisal
    ends = valid_until(appraisal)
    renewed = any(
        appraisal.valuation_date < line.day <= context.day
        for line in context.monitoring.revaluations
    )
    if ends <= context.last_day:
        yield context.item(ends, "appraisal_end", done=renewed, name="", position=None, kind="")


def cures_due(context: DueContext) -> Iterator[DueItem]:
    """Yield by when each margin call and each event is to be cured."""
    for call in calls_of(context.watch):
        yield context.item(
            call.cure_by,
            "cure",
            done=call.cured,
            cause="margin_call",
            since=call.since,
            add_security_yuan=call.add_security_yuan,
            prepay_yuan=call.prepay_yuan,
        )
    for event in context.events:
        if event.cure_by is not None:
            done = event.state == "cured"
            yield context.item(event.cure_by, "cure", done=done, cause=event.kind, since=event.day)


def kpis_due(context: DueContext) -> Iterator[DueItem]:
    """Yield the tests of the indicators; one is done when its figure was found."""
    green = context.parts.loan.green
    for line in () if green is None else green.kpis:
        done = line.actual is not None and line.test_day <= context.day
        yield context.item(
            line.test_day,
            "kpi_test",
            done=done,
            name=line.name,
            unit=line.unit,
            target=line.target,
            actual=line.actual,
        )
