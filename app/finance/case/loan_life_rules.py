"""Rules of what happens to a loan: credit risk, registration, monitoring, green indicators."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.finance.case.lending.credit import CreditRisk
from app.finance.case.lending.monitoring import Monitoring
from app.finance.case.lending.registration import Registration, RegistrationKind, RegistrationLine
from app.finance.case.loan import Loan
from app.finance.case.monitoring_rules import watch_problems
from app.finance.case.problems import Problem

_TOLERANCE = 1e-9


def life_problems(loan: Loan) -> list[Problem]:
    """Return the problems of credit risk, registration, monitoring and indicators."""
    found: list[Problem] = []
    if loan.credit is not None:
        found += _credit_problems(loan.credit, loan.drawdown_date)
    if loan.registration is not None:
        found += _registration_problems(loan.registration)
    if loan.monitoring is not None:
        found += _line_problems(loan.monitoring)
        found += _before_drawdown(loan.monitoring, loan.drawdown_date)
        found += _event_problems(loan.monitoring, loan.amount_yuan)
        found += watch_problems(loan.monitoring, loan.drawdown_date)
    if loan.green is not None:
        found += [
            Problem(
                f"loan.green.kpis.{number}.test_day",
                "before_start",
                line.test_day,
                {"start": loan.drawdown_date},
            )
            for number, line in enumerate(loan.green.kpis)
            if line.test_day < loan.drawdown_date
        ]
    return found


def _credit_problems(credit: CreditRisk, start: date) -> Iterator[Problem]:
    """A grade of the table, each grade once; weights that sum to one; no default before drawdown.

    `start` is the drawdown date.
    """
    if credit.defaulted_on is not None and credit.defaulted_on < start:
        path = "loan.credit.defaulted_on"
        yield Problem(path, "before_start", credit.defaulted_on, {"start": start})
    grades = [line.grade for line in credit.grades]
    for number, grade in enumerate(grades):
        if grade in grades[:number]:
            facts = {"line": grades.index(grade) + 1}
            yield Problem(f"loan.credit.grades.{number}.grade", "grade_twice", grade, facts)
    if credit.grade and not grades:
        yield Problem("loan.credit.grades", "needed", None, {"other": "loan.credit.grade"})
    elif credit.grade and credit.grade not in grades:
        yield Problem("loan.credit.grade", "unknown_grade", credit.grade, {"known": grades})
    total = float(sum(Decimal(str(line.weight)) for line in credit.scenarios))
    if credit.scenarios and abs(total - 1) > _TOLERANCE:
        percent = {"percent": total * 100}
        yield Problem("loan.credit.scenarios", "weights_not_one", total, percent)


def _registration_problems(registration: Registration) -> Iterator[Problem]:
    """The history begins with an initial registration, runs forward and ends with cancellation."""
    path = "loan.registration"
    first, last = registration.first_vintage, registration.last_vintage
    if first is not None and last is not None and last < first:
        yield Problem(f"{path}.last_vintage", "before_start", last, {"start": first})
    history = registration.history
    if history and history[0].kind is not RegistrationKind.INITIAL:
        yield Problem(f"{path}.history.0.kind", "first_not_initial", history[0].kind.value)
    for number, line in enumerate(history[1:], start=1):
        before = history[number - 1]
        if line.day < before.day:
            place = f"{path}.history.{number}.day"
            yield Problem(place, "before_line_before", line.day, {"before": before.day})
    yield from _after_cancellation(history, f"{path}.history")


def _after_cancellation(history: tuple[RegistrationLine, ...], path: str) -> Iterator[Problem]:
    """A cancelled registration takes no further line; another one may run on beside it."""
    cancelled: dict[str, date | None] = {}
    for number, line in enumerate(history):
        if line.kind is RegistrationKind.INITIAL:
            cancelled[line.number] = None
            continue
        subject = line.number if line.number in cancelled else next(reversed(cancelled), "")
        day = cancelled.get(subject)
        if day is not None:
            place = f"{path}.{number}.kind"
            yield Problem(place, "after_cancellation", line.kind.value, {"day": day})
        elif line.kind is RegistrationKind.CANCELLATION:
            cancelled[subject] = line.day


def _line_problems(watch: Monitoring) -> Iterator[Problem]:
    """The warning line above the margin-call line above the enforcement line."""
    names = ("warning_line", "margin_line", "enforcement_line")
    for above, below in pairwise(names):
        limit, value = getattr(watch, above), getattr(watch, below)
        if value >= limit:
            facts = {"limit": limit, "other": f"loan.monitoring.{above}"}
            yield Problem(f"loan.monitoring.{below}", "not_below", value, facts)


def _before_drawdown(watch: Monitoring, start: date) -> Iterator[Problem]:
    """Nothing happens to a loan, and nobody looks at it, before it is drawn."""
    tables = (
        ("receipts", "day", watch.receipts),
        ("revaluations", "day", watch.revaluations),
        ("events", "day", watch.events),
        ("diversions", "first_day", watch.diversions),
        ("costs", "day", watch.costs),
    )
    days = [("as_of", watch.as_of), ("discharged_on", watch.discharged_on)]
    days += [
        (f"{table}.{number}.{column}", getattr(line, column))
        for table, column, lines in tables
        for number, line in enumerate(lines)
    ]
    for path, day in days:
        if day is not None and day < start:
            yield Problem(f"loan.monitoring.{path}", "before_start", day, {"start": start})


def _event_problems(watch: Monitoring, amount: Decimal) -> Iterator[Problem]:
    """What ends does so after it began; no more is diverted than was lent."""
    for number, event in enumerate(watch.events):
        if event.cured_on is not None and event.cured_on < event.day:
            path = f"loan.monitoring.events.{number}.cured_on"
            yield Problem(path, "before_start", event.cured_on, {"start": event.day})
    for number, line in enumerate(watch.diversions):
        path = f"loan.monitoring.diversions.{number}"
        if line.last_day is not None and line.last_day < line.first_day:
            facts = {"start": line.first_day}
            yield Problem(f"{path}.last_day", "before_start", line.last_day, facts)
        if line.amount_yuan > amount:
            yield Problem(f"{path}.amount_yuan", "over_loan", line.amount_yuan, {"amount": amount})
