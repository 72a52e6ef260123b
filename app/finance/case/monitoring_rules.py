"""Rules of single lines in the life of a loan: what a revaluation or an event must say."""

from collections.abc import Iterator
from datetime import date

from app.finance.case.lending.monitoring import EventKind, Monitoring
from app.finance.case.problems import Problem

LONGEST_WATCH_YEARS = 100
_PATH = "loan.monitoring"


def watch_problems(watch: Monitoring, start: date) -> Iterator[Problem]:
    """Yield the problems of lines that lack a figure, and of days no loan is watched on.

    `start` is the drawdown date.
    """
    if watch.as_of is not None and watch.as_of.year > start.year + LONGEST_WATCH_YEARS:
        facts = {"years": LONGEST_WATCH_YEARS}
        yield Problem(f"{_PATH}.as_of", "watched_too_long", watch.as_of, facts)
    for number, inspection in enumerate(watch.inspections):
        if inspection.day < start:
            path = f"{_PATH}.inspections.{number}.day"
            yield Problem(path, "before_start", inspection.day, {"start": start})
    for number, line in enumerate(watch.revaluations):
        if line.price_yuan_t is None and line.value_yuan is None:
            path = f"{_PATH}.revaluations.{number}.price_yuan_t"
            yield Problem(path, "revaluation_empty", None)
    for number, event in enumerate(watch.events):
        if event.kind is EventKind.LOW_TONNES:
            for name in ("planned_t", "actual_t"):
                if getattr(event, name) is None:
                    yield Problem(f"{_PATH}.events.{number}.{name}", "tonnes_of_event", None)
