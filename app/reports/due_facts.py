"""What is due in the life of a loan, in words, and the checklist before it is signed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.lending.monitoring import EventLine
from app.finance.case.lending.security import CollateralLine
from app.finance.case.loan import Loan
from app.finance.fields import choice_label
from app.finance.lending.life_results import ChecklistItem, DueItem
from app.formats import money, number, percent, plain
from app.i18n import N_
from app.messages.lending_words import CHECK_STATES, DUE_ITEMS, DUE_STATES
from app.messages.loan_notices import CHECKLIST
from app.reports.cover_facts import times
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    listed,
    share,
    words,
)

_NO_NUMBER = N_("without a number")
_THE_CASE = N_("that of the case")
_LINE = N_("line {number} of the collaterals")


def _payment(facts: Mapping[str, Any]) -> FactCell:
    kind = facts["kind"]
    message = DUE_ITEMS["payment" if kind == "payment" else f"payment.{kind}"]
    said = words(
        message,
        number=str(facts["number"]),
        payment=money(facts["payment_yuan"]),
        principal=money(facts["principal_yuan"]),
    )
    unpaid = facts["open_yuan"]
    if not 0 < unpaid < facts["payment_yuan"]:
        return said
    return listed(said, words(DUE_ITEMS["payment.open"], open=money(unpaid)))


def _cure(facts: Mapping[str, Any]) -> FactCell:
    since = facts["since"].isoformat()
    if facts["cause"] == "margin_call":
        return words(
            DUE_ITEMS["cure.margin_call"],
            since=since,
            add_security=money(facts["add_security_yuan"]),
            prepay=money(facts["prepay_yuan"]),
        )
    cause = choice_label(EventLine, "kind", facts["cause"])
    return words(DUE_ITEMS["cure"], cause=cause, since=since)


def _kpi(facts: Mapping[str, Any]) -> FactCell:
    target = f"{plain(facts['target'])} {facts['unit']}".strip()
    return words(DUE_ITEMS["kpi_test"], name=facts["name"], target=target)


def _ending(code: str, facts: Mapping[str, Any]) -> FactCell:
    """The end of an appraisal, a guarantee, an insurance: of which one."""
    name, position, kind = facts["name"], facts.get("position"), facts.get("kind", "")
    if not name:
        name = choice_label(CollateralLine, "kind", kind) if kind else _THE_CASE
    said = words(DUE_ITEMS[code], name=name)
    if position is None:
        return said
    return listed(said, words(_LINE, number=str(position + 1)))


_OF_ITS_OWN = {"payment": _payment, "cure": _cure, "kpi_test": _kpi}
_ENDINGS = ("appraisal_end", "guarantee_end", "insurance_end")


def fact_text(name: str, fact: object) -> str:
    """Return a plain fact of a sentence: day, money, share, count or text."""
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, Decimal):
        return money(fact)
    if name == "rate":
        return percent(float(str(fact)))
    if name == "number":
        return str(fact) or _NO_NUMBER
    return number(fact) if isinstance(fact, float) else str(fact)


def due_cell(item: DueItem) -> FactCell:
    """Return the sentence of one thing that is due."""
    if item.code in _OF_ITS_OWN:
        return _OF_ITS_OWN[item.code](item.facts)
    if item.code in _ENDINGS:
        return _ending(item.code, item.facts)
    facts = {name.removesuffix("_yuan"): fact_text(name, fact) for name, fact in item.facts.items()}
    return words(DUE_ITEMS[item.code], **facts)


def due_table(items: Sequence[DueItem]) -> FactTable | None:
    """Return the calendar of what is due; what is due now or late is marked."""
    if not items:
        return None
    heads = (
        FactHead(N_("Day"), numeric=False),
        FactHead(N_("State"), numeric=False),
        FactHead(N_("What is due"), numeric=False),
    )
    rows = tuple((day(item.day), words(DUE_STATES[item.state]), due_cell(item)) for item in items)
    marked = tuple(place for place, item in enumerate(items) if item.state in ("due", "late"))
    return FactTable(heads, rows, marked=marked)


_FACTS: Mapping[str, Callable[[Any], FactCell]] = {
    "legal_form": lambda code: words(choice_label(Loan, "legal_form", code)),
    "cover": lambda dscr: FactCell(times(dscr)),
    "coverage_lines": share,
    "extension": lambda months: words(N_("{figure} months"), figure=str(months)),
}
"""How the fact of a condition is written, where its type does not say it."""


def check_state(item: ChecklistItem) -> str:
    """Return the code of a condition's state: "met", "not_asked", "red_flag" or "warning"."""
    if item.ok is None:
        return "not_asked"
    if item.ok:
        return "met"
    return "red_flag" if item.stops else "warning"


def check_fact(item: ChecklistItem) -> FactCell:
    """What stands in the place of a condition: day, money, ratio, text."""
    fact = item.fact
    if fact in (None, ""):
        return EMPTY_CELL
    if item.code in _FACTS:
        return _FACTS[item.code](fact)
    if isinstance(fact, date):
        return day(fact)
    if isinstance(fact, Decimal):
        return words(N_("{figure} yuan"), figure=money(fact))
    return FactCell(str(fact))


def checklist_table(items: Sequence[ChecklistItem]) -> FactTable | None:
    """Return the conditions of the loan; those that are not met are marked."""
    if not items:
        return None
    heads = (
        FactHead(N_("Condition"), numeric=False),
        FactHead(N_("State"), numeric=False),
        FactHead(N_("What stands there"), numeric=False),
    )
    rows = tuple(
        (words(CHECKLIST[item.code]), words(CHECK_STATES[check_state(item)]), check_fact(item))
        for item in items
    )
    return FactTable(
        heads, rows, marked=tuple(place for place, item in enumerate(items) if item.ok is False)
    )
