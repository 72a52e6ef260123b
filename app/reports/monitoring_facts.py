"""What paper says of a watched loan over time: measures, course, collaterals, tonnes, checks."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.case import Case
from app.finance.case.lending.monitoring import EventLine, Monitoring, ReceiptLine
from app.finance.case.lending.security import CollateralKind, CollateralLine
from app.finance.fields import choice_label
from app.finance.lending.life_results import CountedCollateral, LifeResult, WatchPoint
from app.finance.lending.life_working import COVERAGE, OWED, SECURITY
from app.finance.lending.loan_events import tonnes_share
from app.finance.lending.measures import Measure
from app.finance.lending.results import LoanResult
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import FIVE_CLASSES, WATCH_STATES
from app.messages.measure_words import MEASURES
from app.reports.due_facts import fact_text
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    figure,
    share,
    without,
    without_empty,
    words,
    yuan,
)
from app.reports.life_facts import step_of
from app.reports.security_facts import collateral_name

_THE_CASE = N_("that of the case")
_PERCENT = ("coverage", "line")

_Row = tuple[FactCell, ...]


def _filled(name: str, fact: object) -> str:
    """A fact of a measure: a figure, or the message id of an event, a class or a name."""
    if name == "event":
        return choice_label(EventLine, "kind", str(fact))
    if name == "class":
        return FIVE_CLASSES[str(fact)]
    if name in _PERCENT and isinstance(fact, float):
        return percent(fact)
    if name == "name":
        return str(fact) or _THE_CASE
    return fact_text(name, fact)


def _texts(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name.removesuffix("_yuan"): _filled(name, fact) for name, fact in facts.items()}


def measure_table(measures: Sequence[Measure]) -> FactTable | None:
    """Return what is proposed, by which day and by which rule; what is late is marked."""
    if not measures:
        return None
    heads = (
        FactHead(N_("Measure proposed"), numeric=False),
        FactHead(N_("By"), numeric=False),
        FactHead(N_("Rule"), numeric=False),
    )
    rows = []
    for measure in measures:
        what, rule = MEASURES[measure.code]
        facts = _texts(measure.facts)
        rows.append((words(what, **facts), day(measure.by), words(rule, **facts)))
    late = tuple(place for place, measure in enumerate(measures) if measure.late)
    return FactTable(heads, tuple(rows), marked=late)


def _point(name: str, point: WatchPoint, steps: Sequence[str] = ("", "", "")) -> _Row:
    value, owed, coverage = steps
    return (
        words(name),
        day(point.day),
        yuan(point.value_yuan, value),
        yuan(point.owed_yuan, owed),
        FactCell(percent(point.coverage), step=coverage),
        figure(point.trigger_prices[1]),
        words(WATCH_STATES[point.state]),
    )


def _change(name: str, before: WatchPoint, now: WatchPoint) -> _Row:
    coverage = EMPTY_CELL
    if before.coverage is not None and now.coverage is not None:
        points = number(100 * (now.coverage - before.coverage))
        coverage = words(N_("{points} percentage points"), points=points)
    return (
        words(name),
        EMPTY_CELL,
        yuan(now.value_yuan - before.value_yuan),
        yuan(now.owed_yuan - before.owed_yuan),
        coverage,
        EMPTY_CELL,
        EMPTY_CELL,
    )


def course_table(life: LifeResult) -> FactTable | None:
    """Return coverage at drawdown, at the last revaluation and now, and what changed since."""
    if not life.watch:
        return None
    first, now = life.watch[0], life.watch[-1]
    revalued = [point for point in life.watch[1:-1] if point.from_revaluation]
    rows = [_point(N_("At drawdown"), first)]
    changes = []
    if now is not first:
        changes.append(_change(N_("Change since drawdown"), first, now))
    if revalued:
        rows.append(_point(N_("Last revalued before"), revalued[-1]))
        changes.append(_change(N_("Change since that revaluation"), revalued[-1], now))
    if now is not first:
        steps = [step_of(life, key) for key in (SECURITY, OWED, COVERAGE)]
        rows.append(_point(N_("On the day watched"), now, steps))
    heads = (
        FactHead(N_("Point in time"), numeric=False),
        FactHead(N_("Day"), numeric=False),
        FactHead(N_("Value of the security"), "yuan"),
        FactHead(N_("Owed in all"), "yuan"),
        FactHead(N_("Coverage")),
        FactHead(N_("Margin call at"), "yuan/t"),
        FactHead(N_("Coverage is"), numeric=False),
    )
    marked = tuple(range(len(rows), len(rows) + len(changes)))
    return FactTable(heads, (*rows, *changes), marked=marked)


def counted_table(loan: LoanResult, life: LifeResult) -> FactTable | None:
    """Return what each collateral counts for on the day watched, beside what it was sized at.

    Which of them count in the coverage is said where not all do.
    """
    if not life.counted:
        return None
    sized = {line.position: line for line in loan.security.lines}
    heads = (
        FactHead(N_("Collateral"), numeric=False),
        FactHead(N_("Counted when sized"), "yuan"),
        FactHead(N_("Counts now"), "yuan"),
        FactHead(N_("Change"), "yuan"),
        FactHead(N_("In the coverage"), numeric=False),
    )
    all_count = all(found.watched for found in life.counted)

    def row(found: CountedCollateral) -> tuple[FactCell, ...]:
        line = sized[found.position]
        before = float(line.counted_yuan)
        return (
            collateral_name(line),
            yuan(line.counted_yuan),
            yuan(found.counted_yuan),
            yuan(found.counted_yuan - before),
            words(N_("yes") if found.watched else N_("no")),
        )

    table = FactTable(heads, tuple(map(row, life.counted)))
    return without(table, (len(heads) - 1,)) if all_count else table


def receipt_table(watch: Monitoring, since: date | None, until: date) -> FactTable | None:
    """Return what came in after `since`, all when it is None, up to `until`, with the sum."""
    lines = [
        line for line in watch.receipts if line.day <= until and (since is None or line.day > since)
    ]
    if not lines:
        return None
    heads = (
        FactHead(N_("Received on"), numeric=False),
        FactHead(N_("Amount"), "yuan"),
        FactHead(N_("Received from"), numeric=False),
    )
    total = sum((line.amount_yuan for line in lines), Decimal(0))
    return FactTable(
        heads, tuple(map(_receipt, lines)), (words(N_("Total")), yuan(total), EMPTY_CELL)
    )


def _receipt(line: ReceiptLine) -> tuple[FactCell, ...]:
    return day(line.day), yuan(line.amount_yuan), FactCell(line.source or "–")


def tonnes_table(watch: Monitoring, until: date) -> FactTable | None:
    """Return verified against planned tonnes, those below the share agreed marked."""
    lines = [
        line
        for line in watch.events
        if line.day <= until and (line.planned_t is not None or line.actual_t is not None)
    ]
    if not lines:
        return None
    heads = (
        FactHead(N_("Known on"), numeric=False),
        FactHead(N_("Tonnes planned"), "tCO2e"),
        FactHead(N_("Tonnes verified"), "tCO2e"),
        FactHead(N_("Verified over planned")),
        FactHead(N_("Verified tonnes, at least")),
    )
    shares = [tonnes_share(line) for line in lines]
    rows = tuple(
        (
            day(line.day),
            figure(line.planned_t),
            figure(line.actual_t),
            share(found),
            share(watch.tonnes_trigger),
        )
        for line, found in zip(lines, shares, strict=True)
    )
    low = tuple(
        place
        for place, found in enumerate(shares)
        if found is not None and found < watch.tonnes_trigger
    )
    return FactTable(heads, rows, marked=low)


def inspection_table(watch: Monitoring, until: date, most: int) -> FactTable | None:
    """Return the last inspections made up to a day, at most so many."""
    lines = sorted((line for line in watch.inspections if line.day <= until), key=_day_of)[-most:]
    if not lines:
        return None
    heads = (
        FactHead(N_("Inspected on"), numeric=False),
        FactHead(N_("Finding"), numeric=False),
    )
    return FactTable(heads, tuple((day(line.day), FactCell(line.finding or "–")) for line in lines))


def revaluation_table(watch: Monitoring, until: date, most: int) -> FactTable | None:
    """Return the last revaluations up to a day, at most so many."""
    lines = sorted((line for line in watch.revaluations if line.day <= until), key=_day_of)[-most:]
    if not lines:
        return None
    heads = (
        FactHead(N_("Valued on"), numeric=False),
        FactHead(N_("Carbon price"), "yuan/t"),
        FactHead(N_("Value of the right"), "yuan"),
        FactHead(N_("Note"), numeric=False),
    )
    rows = tuple(
        (day(line.day), figure(line.price_yuan_t), yuan(line.value_yuan), FactCell(line.note))
        for line in lines
    )
    return without_empty(FactTable(heads, rows), (1, 2, 3))


def _day_of(line: Any) -> date:
    found: date = line.day
    return found


def insurance_table(case: Case, until: date) -> FactTable | None:
    """Return the policies assigned to the lender and whether they run on a day."""
    loan = case.loan
    lines = () if loan is None else loan.collaterals
    assigned = [line for line in lines if line.kind is CollateralKind.INSURANCE_ASSIGNMENT]
    if not assigned:
        return None
    heads = (
        FactHead(N_("Policy assigned"), numeric=False),
        FactHead(N_("Sum insured"), "yuan"),
        FactHead(N_("Ends on"), numeric=False),
        FactHead(N_("On the day watched"), numeric=False),
    )

    def runs(line: CollateralLine) -> FactCell:
        if line.valid_until is None:
            return words(N_("end not entered"))
        return words(N_("in force") if line.valid_until >= until else N_("has ended"))

    rows = tuple(
        (FactCell(line.name or "–"), FactCell(money(line.value_yuan)), day(line.valid_until),
         runs(line))
        for line in assigned
    )  # fmt: skip
    ended = tuple(
        place
        for place, line in enumerate(assigned)
        if line.valid_until is not None and line.valid_until < until
    )
    return FactTable(heads, rows, marked=ended)
