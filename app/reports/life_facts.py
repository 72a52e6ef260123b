"""What window, paper and command line say of the life of the loan: state, ledger, watch, release.

What is due stands in `due_facts`.
"""

from collections.abc import Sequence

from app.finance.case.lending.monitoring import EventLine
from app.finance.fields import choice_label
from app.finance.lending.life_results import EventResult, LedgerDay, LifeResult, WatchPoint
from app.finance.lending.life_working import ADD_SECURITY, COVERAGE, OWED, PREPAY
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import (
    EVENT_STATES,
    FIVE_CLASSES,
    LEAST_CLASS,
    LEDGER_EVENTS,
    WATCH_STATES,
    WATERFALL,
)
from app.reports.cover_facts import PRICE_LABELS
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    figure,
    listed,
    share,
    without_empty,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

_LEDGER_HEADS = (
    FactHead(N_("Day"), numeric=False),
    FactHead(N_("Booked"), numeric=False),
    FactHead(N_("Drawn"), "yuan"),
    FactHead(N_("Received"), "yuan"),
    FactHead(N_("To costs"), "yuan"),
    FactHead(N_("To penalty and compound interest"), "yuan"),
    FactHead(N_("To interest"), "yuan"),
    FactHead(N_("To principal"), "yuan"),
    FactHead(N_("Principal"), "yuan"),
    FactHead(N_("Of it overdue"), "yuan"),
    FactHead(N_("Interest billed"), "yuan"),
    FactHead(N_("Interest accrued"), "yuan"),
    FactHead(N_("Penalty and compound interest"), "yuan"),
    FactHead(N_("Costs and fees unpaid"), "yuan"),
    FactHead(N_("Received beyond what is owed"), "yuan"),
    FactHead(N_("Owed in all"), "yuan"),
)
_LEDGER_OPTIONAL = (2, 3, 4, 5, 6, 7, 9, 10, 12, 13, 14)
"""Columns of the ledger that are left out where nothing was booked in them."""


def state_rows(life: LifeResult) -> tuple[FactRow, ...]:
    """Return what is owed on the day watched, what is overdue, the class, and the release."""
    rows = [FactRow(N_("State on"), life.as_of.isoformat())]
    if life.now is not None:
        rows += _owed_rows(life, life.now)
    rows.append(
        FactRow(
            N_("Days past due"),
            str(life.days_past_due),
            "day",
            strong=life.days_past_due > 0,
        )
    )
    if life.five_class:
        rows.append(
            FactRow(N_("Class of risk"), words=FIVE_CLASSES[life.five_class], note=LEAST_CLASS)
        )
    if life.released:
        rows.append(FactRow(N_("Release"), words=N_("The debt is extinguished.")))
    if life.cancel_by is not None:
        label = N_("Registration to be cancelled by")
        rows.append(FactRow(label, life.cancel_by.isoformat(), strong=True))
    return tuple(rows)


def step_of(life: LifeResult, key: str) -> str:
    """Return the key of a working where the life has it, else ""."""
    return key if any(step.key == key for step in life.working) else ""


def _owed_rows(life: LifeResult, now: LedgerDay) -> list[FactRow]:
    owed = money(now.owed_yuan)
    rows = [FactRow(N_("Owed in all"), owed, "yuan", step_of(life, OWED), strong=True)]
    rows.append(FactRow(N_("Principal"), money(now.principal_yuan), "yuan"))
    rows += [
        FactRow(label, money(amount), "yuan")
        for label, amount in (
            (N_("Of it overdue"), now.overdue_principal_yuan),
            (N_("Interest billed and unpaid"), now.interest_due_yuan),
            (N_("Interest accrued since the last bill"), now.interest_accrued_yuan),
            (N_("Penalty and compound interest"), now.penalty_yuan),
            (N_("Costs and fees unpaid"), now.costs_yuan),
            (N_("Received beyond what is owed"), now.credit_yuan),
        )
        if amount
    ]
    return rows


def _booked(line: LedgerDay) -> tuple[FactCell, ...]:
    amounts = (
        line.drawn_yuan,
        line.received_yuan,
        line.to_costs_yuan,
        line.to_penalty_yuan,
        line.to_interest_yuan,
        line.to_principal_yuan,
        line.principal_yuan,
        line.overdue_principal_yuan,
        line.interest_due_yuan,
        line.interest_accrued_yuan,
        line.penalty_yuan,
        line.costs_yuan,
        line.credit_yuan,
        line.owed_yuan,
    )
    events = listed(*(words(LEDGER_EVENTS[code]) for code in line.events or ("",)))
    return (day(line.day), events, *map(yuan, amounts))


def ledger_table(life: LifeResult, first: int = 0) -> FactTable | None:
    """Return the days on which something was booked, with the balances at their end.

    `first` is the place of the first of them that is shown.
    """
    if not life.ledger[first:]:
        return None
    rows = tuple(_booked(line) for line in life.ledger[first:])
    return without_empty(FactTable(_LEDGER_HEADS, rows, keys=2), _LEDGER_OPTIONAL)


def _watched(point: WatchPoint) -> tuple[FactCell, ...]:
    return (
        day(point.day),
        words(WATCH_STATES[point.state]),
        yuan(point.value_yuan),
        yuan(point.owed_yuan),
        share(point.coverage),
        yuan(point.add_security_yuan),
        yuan(point.prepay_yuan),
        day(point.cure_by),
        *(figure(price) for price in point.trigger_prices),
        FactCell(point.note),
    )


def watch_table(life: LifeResult) -> FactTable | None:
    """Return coverage on each day of (re)valuation with the margin call that follows from it."""
    if not life.watch:
        return None
    heads = (
        FactHead(N_("Day"), numeric=False),
        FactHead(N_("Coverage is"), numeric=False),
        FactHead(N_("Value of the security"), "yuan"),
        FactHead(N_("Owed in all"), "yuan"),
        FactHead(N_("Coverage")),
        FactHead(N_("Security to add"), "yuan"),
        FactHead(N_("Or to prepay"), "yuan"),
        FactHead(N_("Cured by")),
        *(FactHead(label, "yuan/t") for label in PRICE_LABELS),
        FactHead(N_("Note"), numeric=False),
    )
    marked = tuple(
        place
        for place, point in enumerate(life.watch)
        if point.state in ("margin_call", "enforcement")
    )
    return FactTable(heads, tuple(map(_watched, life.watch)), marked=marked)


def _event(event: EventResult) -> tuple[FactCell, ...]:
    return (
        day(event.day),
        words(choice_label(EventLine, "kind", event.kind)),
        words(EVENT_STATES[event.state]),
        share(event.share),
        day(event.cure_by),
    )


def event_table(life: LifeResult, lines: Sequence[EventLine] = ()) -> FactTable | None:
    """Return the events that were reported, those still to be cured marked.

    With the `lines` entered it says as well what was noted and when an event was cured.
    """
    if not life.events:
        return None
    heads = (
        FactHead(N_("Known on"), numeric=False),
        FactHead(N_("Event"), numeric=False),
        FactHead(N_("State"), numeric=False),
        FactHead(N_("Verified over planned")),
        FactHead(N_("Cured by")),
    )
    marked = tuple(
        place for place, event in enumerate(life.events) if event.state in ("open", "overdue")
    )
    if not lines:
        return FactTable(heads, tuple(map(_event, life.events)), marked=marked)
    more = (FactHead(N_("Cured on")), FactHead(N_("Note"), numeric=False))
    entered = [lines[event.position] for event in life.events]
    rows = tuple(
        (*_event(event), day(line.cured_on), FactCell(line.note))
        for event, line in zip(life.events, entered, strict=True)
    )
    return without_empty(FactTable((*heads, *more), rows, marked=marked), (3, 5, 6))


def waterfall_table(life: LifeResult) -> FactTable | None:
    """Return how the proceeds of a disposal are laid out, and what stays unpaid of each step."""
    if not life.waterfall:
        return None
    heads = (
        FactHead(N_("Disposal"), numeric=False),
        FactHead(N_("Amount"), "yuan"),
        FactHead(N_("Stays unpaid"), "yuan"),
    )
    ends = ("proceeds", "surplus")
    rows = tuple(
        (
            words(WATERFALL[line.code]),
            yuan(line.amount_yuan),
            EMPTY_CELL if line.code in ends else yuan(line.short_yuan),
        )
        for line in life.waterfall
    )
    return FactTable(heads, rows)


def price_rows(life: LifeResult) -> tuple[FactRow, ...]:
    """Return the carbon price in force and those at which coverage falls to each line."""
    if not life.watch or life.price_yuan_t is None:
        return ()
    rows = [FactRow(N_("Carbon price as last revalued"), number(life.price_yuan_t), "yuan/t")]
    rows += [
        FactRow(label, number(price), "yuan/t")
        for label, price in zip(PRICE_LABELS, life.watch[-1].trigger_prices, strict=True)
    ]
    return tuple(rows)


def call_rows(life: LifeResult) -> tuple[FactRow, ...]:
    """Return the coverage of the last day watched and the margin call; () without one."""
    if not life.watch:
        return ()
    point = life.watch[-1]
    rows = [
        FactRow(
            N_("Coverage"),
            percent(point.coverage),
            step=step_of(life, COVERAGE),
            note=WATCH_STATES[point.state],
            strong=point.state in ("margin_call", "enforcement"),
        )
    ]
    if point.state in ("margin_call", "enforcement"):
        rows += [
            FactRow(
                N_("Security to add"), money(point.add_security_yuan), "yuan",
                step_of(life, ADD_SECURITY),
            ),
            FactRow(N_("Or to prepay"), money(point.prepay_yuan), "yuan", step_of(life, PREPAY)),
        ]  # fmt: skip
    if point.cure_by is not None:
        rows.append(FactRow(N_("Cured by"), point.cure_by.isoformat()))
    return tuple(rows)
