"""Rules between the fields of the index part of an insurance."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import Counting, PayoutForm, TriggerLine
from app.finance.case.index_history_rules import history_problems
from app.finance.case.index_terms import DAY_COUNTS, bands_of, pays_above
from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem

_PATH = "insurance.index"
_AT_MOST_DAYS = 366
_LEAST_YUAN = 0.01


def index_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the index part; none without it."""
    index = insurance.index
    if index is None:
        return
    if index.quantity * index.unit_value_yuan < _LEAST_YUAN:
        yield Problem(f"{_PATH}.quantity", "index_insures_nothing", index.quantity)
    yield from _season_problems(index)
    yield from _name_problems(insurance, index)
    for number, trigger in enumerate(index.triggers):
        yield from _counting_problems(trigger, f"{_PATH}.triggers.{number}")
        yield from _payout_problems(index, trigger, f"{_PATH}.triggers.{number}")
    yield from _band_problems(index)
    least, cap = index.event_minimum_share, index.event_cap_share
    if cap is not None and least > cap:
        facts = {"percent": 100 * cap}
        yield Problem(f"{_PATH}.event_minimum_share", "index_minimum_over_cap", least, facts)
    yield from history_problems(index)


def _season_problems(index: IndexCover) -> Iterator[Problem]:
    """A season has a day at least, and no more than a year."""
    start, end, path = index.season_start, index.season_end, f"{_PATH}.season_end"
    if end < start:
        yield Problem(path, "before_start", end, {"start": start})
    elif (end - start).days >= _AT_MOST_DAYS or end >= _a_year_on(start):
        yield Problem(path, "index_season_too_long", end, {"start": start})


def _a_year_on(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def _name_problems(insurance: Insurance, index: IndexCover) -> Iterator[Problem]:
    """Triggers have names of their own; the site is one of the policy, where it lists sites."""
    seen: set[str] = set()
    for number, trigger in enumerate(index.triggers):
        if trigger.name in seen:
            yield Problem(f"{_PATH}.triggers.{number}.name", "index_trigger_twice", trigger.name)
        seen.add(trigger.name)
    sites = [site.name for site in insurance.sites]
    if index.site and sites and index.site not in sites:
        yield Problem(f"{_PATH}.site", "index_site_unknown", index.site, {"known": sites})


def _needed(path: str, because: str) -> Problem:
    return Problem(path, "needed", None, {"other": because})


def _counting_problems(trigger: TriggerLine, path: str) -> Iterator[Problem]:
    """Counted days need the threshold of a day, a sum of days in a row their number."""
    if trigger.counting in DAY_COUNTS and trigger.threshold is None:
        yield _needed(f"{path}.threshold", f"{path}.counting")
    if trigger.counting is Counting.WINDOW_SUM and trigger.window_days is None:
        yield _needed(f"{path}.window_days", f"{path}.counting")


def _payout_problems(index: IndexCover, trigger: TriggerLine, path: str) -> Iterator[Problem]:
    """Each form of payout has what it pays by, and its exit lies beyond its trigger."""
    if trigger.form is PayoutForm.STEP:
        if not bands_of(index, trigger):
            yield Problem(f"{path}.form", "index_without_bands", trigger.form, {})
        return
    if trigger.trigger is None:
        yield _needed(f"{path}.trigger", f"{path}.form")
    if trigger.form is PayoutForm.TICK:
        if trigger.tick_yuan is None:
            yield _needed(f"{path}.tick_yuan", f"{path}.form")
        return
    if trigger.exit is None:
        yield _needed(f"{path}.exit", f"{path}.form")
    elif trigger.trigger is not None:
        beyond = trigger.exit - trigger.trigger
        if (beyond if pays_above(trigger) else -beyond) <= 0:
            code = "index_exit_not_above" if pays_above(trigger) else "index_exit_not_below"
            yield Problem(f"{path}.exit", code, trigger.exit, {"trigger": trigger.trigger})


def _band_problems(index: IndexCover) -> Iterator[Problem]:
    """Steps name a trigger that pays by steps; along each trigger value and payout rise."""
    known = [trigger.name for trigger in index.triggers]
    by_steps = {one.name for one in index.triggers if one.form is PayoutForm.STEP}
    for number, band in enumerate(index.bands):
        path = f"{_PATH}.bands.{number}.trigger"
        if band.trigger not in known:
            yield Problem(path, "index_trigger_unknown", band.trigger, {"known": known})
        elif band.trigger not in by_steps:
            yield Problem(path, "index_bands_unused", band.trigger)
    for trigger in index.triggers:
        if trigger.form is PayoutForm.STEP:
            yield from _order_problems(index, trigger)


def _order_problems(index: IndexCover, trigger: TriggerLine) -> Iterator[Problem]:
    lines = [(n, band) for n, band in enumerate(index.bands) if band.trigger == trigger.name]
    rising = pays_above(trigger)
    for (_, before), (number, band) in pairwise(lines):
        path, step = f"{_PATH}.bands.{number}", band.value - before.value
        if (step if rising else -step) <= 0:
            code = "index_bands_not_rising" if rising else "index_bands_not_falling"
            yield Problem(f"{path}.value", code, band.value, {"before": before.value})
        if band.payout_share <= before.payout_share:
            facts = {"percent": 100 * before.payout_share}
            yield Problem(f"{path}.payout_share", "index_band_pays_less", band.payout_share, facts)
