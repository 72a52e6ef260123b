"""Rules of the history of an index and of the model fitted to it."""

from collections.abc import Iterator

from app.finance.case.cover.index_inputs import Excess, IndexCover, IndexPricing
from app.finance.case.cover.index_tables import Counting, TriggerLine
from app.finance.case.index_terms import (
    first_paying,
    is_reading_of,
    of_season,
    pays_above,
    season_year,
)
from app.finance.case.problems import Problem

_PATH = "insurance.index"


def history_problems(index: IndexCover) -> Iterator[Problem]:
    """Yield the problems of readings, years, gaps, losses, and of the fitted model."""
    yield from _reading_problems(index)
    yield from _year_problems(index)
    yield from _twice(f"{_PATH}.gaps", [gap.year for gap in index.gaps])
    yield from _twice(f"{_PATH}.losses", [line.year for line in index.losses])
    yield from _gap_problems(index)
    yield from _pricing_problems(index)
    yield from _fit_problems(index)


def _needed(name: str, because: str) -> Problem:
    return Problem(f"{_PATH}.{name}", "needed", None, {"other": f"{_PATH}.{because}"})


def _reading_problems(index: IndexCover) -> Iterator[Problem]:
    """Readings name a trigger; a station has one reading a day where days are counted.

    Of each wrong name the first line is told.
    """
    known = [trigger.name for trigger in index.triggers]
    told: set[str] = set()
    for number, reading in enumerate(index.readings):
        named = reading.trigger in known or (not reading.trigger and len(known) == 1)
        if not named and reading.trigger not in told:
            told.add(reading.trigger)
            path = f"{_PATH}.readings.{number}.trigger"
            yield Problem(path, "index_trigger_unknown", reading.trigger, {"known": known})
    for trigger in index.triggers:
        if trigger.counting is not Counting.VALUE:
            yield from _days_twice(index, trigger)


def _days_twice(index: IndexCover, trigger: TriggerLine) -> Iterator[Problem]:
    seen: dict[tuple[str, object], int] = {}
    for number, reading in enumerate(index.readings):
        if not is_reading_of(index, reading, trigger):
            continue
        key = (reading.station, reading.day)
        if key in seen:
            path = f"{_PATH}.readings.{number}.day"
            yield Problem(path, "index_day_twice", reading.day, {"line": seen[key] + 1})
            return
        seen[key] = number


def _year_problems(index: IndexCover) -> Iterator[Problem]:
    """The history has a first and a last year, and holds each reading of a season."""
    first, last = index.first_year, index.last_year
    if index.readings or index.gaps or (first is None) != (last is None):
        because = "readings" if index.readings else "gaps" if index.gaps else None
        if first is None:
            yield _needed("first_year", because or "last_year")
        if last is None:
            yield _needed("last_year", because or "first_year")
    if first is None or last is None:
        return
    if last < first:
        yield Problem(f"{_PATH}.last_year", "before_start", last, {"start": first})
        return
    for number, reading in enumerate(index.readings):
        year = season_year(index, reading.day)
        if year is not None and not first <= year <= last:
            path, facts = f"{_PATH}.readings.{number}.day", {"first": first, "last": last}
            yield Problem(path, "index_reading_outside", reading.day, facts)
            return


def _twice(path: str, years: list[int]) -> Iterator[Problem]:
    seen: dict[int, int] = {}
    for number, year in enumerate(years):
        if year in seen:
            facts = {"line": seen[year] + 1}
            yield Problem(f"{path}.{number}.year", "index_year_twice", year, facts)
        seen.setdefault(year, number)


def _gap_problems(index: IndexCover) -> Iterator[Problem]:
    """A year without data lies in the history, has no reading, and is not all of it."""
    first, last = index.first_year, index.last_year
    if first is None or last is None or last < first:
        return
    read = {season_year(index, reading.day) for reading in index.readings}
    for number, gap in enumerate(index.gaps):
        path = f"{_PATH}.gaps.{number}.year"
        if not first <= gap.year <= last:
            yield Problem(path, "index_gap_outside", gap.year, {"first": first, "last": last})
        elif gap.year in read:
            yield Problem(path, "index_gap_with_readings", gap.year)
    if set(range(first, last + 1)) <= {gap.year for gap in index.gaps}:
        yield Problem(f"{_PATH}.gaps", "index_only_gaps", len(index.gaps))


def _pricing_problems(index: IndexCover) -> Iterator[Problem]:
    """A price on the history needs one; a price on the model its law or readings to fit it to."""
    if index.pricing is IndexPricing.BURN:
        if not index.readings:
            yield _needed("readings", "pricing")
        return
    if index.fit_threshold is None:
        yield _needed("fit_threshold", "pricing")
    if not index.readings:
        if index.events_per_year is None:
            yield _needed("events_per_year", "pricing")
        if index.excess_scale is None:
            yield _needed("excess_scale", "pricing")


def _fit_problems(index: IndexCover) -> Iterator[Problem]:
    """The model has one trigger, a value an event, and begins before anything is paid."""
    scale, shape = index.excess_scale, index.excess_shape
    gpd = index.excess_law is Excess.GPD
    if gpd and scale is not None and shape is None:
        yield _needed("excess_shape", "excess_scale")
    if gpd and shape is not None and scale is None:
        yield _needed("excess_scale", "excess_shape")
    if not gpd and shape:
        yield Problem(f"{_PATH}.excess_shape", "index_shape_of_exponential", shape)
    fitted = index.pricing is IndexPricing.FITTED
    if not fitted and index.fit_threshold is None:
        return
    path = f"{_PATH}.pricing" if fitted else f"{_PATH}.fit_threshold"
    value = index.pricing if fitted else index.fit_threshold
    if len(index.triggers) > 1:
        yield Problem(path, "index_fit_one_trigger", value, {"count": len(index.triggers)})
        return
    yield from _threshold_problems(index, index.triggers[0], path, value)


def _threshold_problems(
    index: IndexCover, trigger: TriggerLine, path: str, value: object
) -> Iterator[Problem]:
    if of_season(trigger):
        yield Problem(path, "index_fit_season_count", value)
        return
    start, threshold = first_paying(index, trigger), index.fit_threshold
    if start is None or threshold is None:
        return
    if (threshold > start) if pays_above(trigger) else (threshold < start):
        code = "index_fit_above_trigger" if pays_above(trigger) else "index_fit_below_trigger"
        yield Problem(f"{_PATH}.fit_threshold", code, threshold, {"trigger": start})
