"""What is due of a stored loan: kept as text with its version, read back on a later day.

The text is one line of the day watched ("" for a loan that is not watched), then a line for each
thing that was open on that day: day, code and facts, parted by "|".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.finance.lending.due import agreed_due
from app.finance.lending.due_context import NOTICE_DAYS
from app.finance.lending.life_results import DueItem
from app.finance.lending.parts import LoanParts
from app.finance.lending.registration import ALARM_DAYS

_LEFT_OUT = ("interest_yuan", "fee_yuan", "actual")
"""Facts that no sentence needs."""

_CHECKS = ("inspection", "revaluation")
"""Checks in a rhythm."""

_BY_ITSELF = ("drawdown", "repricing", "verification")
"""What is taken to have happened once its day has come, unless the case says otherwise."""

_ENDS = {f"registration_{days}": days for days in ALARM_DAYS}
_NEXT = dict(zip(_ENDS, (*ALARM_DAYS[1:], 0), strict=True))
"""Days before the end of the registration until which an alarm counts: the next one's, or 0."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that is not done: its state is "late", "due" or "ahead" on the day asked for."""

    day: date
    code: str
    state: str
    written: str

    @property
    def item(self) -> DueItem:
        """The thing with its facts, for its sentence."""
        return DueItem(self.day, self.code, self.state, _facts(self.written))


def due_text(file: CaseFile, results: Results) -> str | None:
    """Return what is open in the life of a loan; None for a case without one."""
    loan, values = results.loan, results.values
    if loan is None or values is None:
        return None
    if loan.life is not None:
        watched, items = loan.life.as_of.isoformat(), loan.life.due
    else:
        parts = LoanParts(
            file.case,
            results.carbon,
            values,
            loan.plan,
            loan.security,
            registration=loan.registration,
        )
        watched, items = "", agreed_due(parts)
    return "\n".join([watched, *(_line(item) for item in items if _is_open(item))])


def _is_open(item: DueItem) -> bool:
    """Whether something is still to be done; an indicator whose figure is there is tested."""
    return item.state != "done" and item.facts.get("actual") is None


def _line(item: DueItem) -> str:
    facts = [
        f"{name}={_kept(value)}" for name, value in item.facts.items() if name not in _LEFT_OUT
    ]
    return "|".join([item.day.isoformat(), item.code, "|".join(facts)])


def _kept(value: Any) -> str:
    text = "" if value is None else str(value)
    return text.replace("%", "%25").replace("|", "%7C").replace("\n", " ")


def _text(kept: str) -> str:
    return kept.replace("%7C", "|").replace("%25", "%")


def _whole(kept: str) -> int | None:
    return int(kept) if kept else None


_DAYS = ("ends", "required_end", "discharged_on", "renamed_on", "since", "monitored_to")
_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(_DAYS, date.fromisoformat),
    "position": _whole,
    "rate": float,
    "target": float,
}
"""How a fact is read back by its name; money ends in "_yuan", the rest is text."""


def _facts(written: str) -> dict[str, Any]:
    pairs = (pair.partition("=") for pair in written.split("|") if pair)
    return {name: _fact(name, value) for name, _equals, value in pairs}


def _fact(name: str, value: str) -> Any:
    return (Decimal if name.endswith("_yuan") else _READERS.get(name, _text))(value)


def open_items(kept: str, today: date, maturity: date, until: date = date.max) -> list[OpenItem]:
    """Return what is open on a day up to a later one, by day, of the text of a version.

    What happens by itself goes when its day has come. Of a loan that is not watched nobody knows
    what was paid: its payments go the same way, and past maturity all of it. Of checks that were
    missed only the first stays. Things stand as in the text where the day lies before that watched.
    """
    watched, *lines = kept.split("\n")
    if not watched and today > maturity:
        return []
    found: list[OpenItem] = []
    last = until.isoformat()
    for line in lines:
        day_text, code, written = line.split("|", 2)
        if day_text > last:
            break
        day = date.fromisoformat(day_text)
        by_itself = code in _BY_ITSELF and day_text > watched
        if day < today and (by_itself or (not watched and code == "payment")):
            continue
        state = _state(day, code, written, today)
        if state:
            found.append(OpenItem(day, code, state, written))
    return list(first_missed(found))


_Item = TypeVar("_Item", OpenItem, DueItem)


def first_missed(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield things that are due, of checks that were missed only the first of each kind.

    One made now settles them all.
    """
    missed: set[str] = set()
    for item in items:
        if item.state == "late" and item.code in _CHECKS:
            if item.code in missed:
                continue
            missed.add(item.code)
        yield item


def _state(day: date, code: str, written: str, today: date) -> str:
    """Return "late", "due" or "ahead"; "" for an alarm whose successor has come."""
    if code in _ENDS:
        return _alarm_state(day, code, _facts(written)["ends"], today)
    if day < today:
        return "late"
    return "due" if (day - today).days <= NOTICE_DAYS else "ahead"


def _alarm_state(day: date, code: str, ends: date, today: date) -> str:
    if today < day:
        return "ahead"
    return "due" if today < ends - timedelta(days=_NEXT[code]) else ""
