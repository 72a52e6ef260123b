"""From readings of stations to index values, season by season.

Order (house convention where a clause says nothing): readings of the season only; stations taken
together; days counted. `index_events` makes events of what is found.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.finance.case.cover.index_inputs import IndexCover, StationRule
from app.finance.case.cover.index_tables import Counting, Direction, ReadingLine, TriggerLine
from app.finance.case.index_terms import (
    is_reading_of,
    most_paying,
    of_season,
    season_end_in,
    season_start_in,
    season_years,
)

DAY = timedelta(days=1)
_PLACES = 9
"""Index values are rounded here, so that tenths that add up to the trigger reach it."""

Series = Mapping[date, float]


class Spell(NamedTuple):
    """Days that make one index value of one trigger; `event` is the name its readings bear."""

    season: int
    first: date
    last: date
    event: str
    value: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Readings of one season that bear the name of one event (or none), by station and day."""

    season: int
    event: str
    stations: dict[str, dict[date, float]]

    @property
    def days(self) -> list[date]:
        return [day for series in self.stations.values() for day in series]


def reading_seasons(index: IndexCover) -> list[int | None]:
    """Return the year of the season of each reading, None outside every season."""
    return season_years(index, [reading.day for reading in index.readings])


def season_readings(
    index: IndexCover, trigger: TriggerLine, seasons: Sequence[int | None] | None = None
) -> list[tuple[int, ReadingLine]]:
    """Return the readings of a trigger that lie in a season, with the year of the season.

    `seasons` are those of `reading_seasons`, where the caller has them already.
    """
    known = reading_seasons(index) if seasons is None else seasons
    return [
        (season, reading)
        for season, reading in zip(known, index.readings, strict=True)
        if season is not None and is_reading_of(index, reading, trigger)
    ]


def _groups(
    index: IndexCover, trigger: TriggerLine, seasons: Sequence[int | None] | None
) -> list[_Group]:
    """Put the readings of a trigger together; of two of a station and day the worse one counts."""
    groups: dict[tuple[int, str], _Group] = {}
    apart = not of_season(trigger)
    worse = min if trigger.direction is Direction.BELOW else max
    for season, reading in season_readings(index, trigger, seasons):
        key = (season, reading.event if apart else "")
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(*key, {})
        series = group.stations.setdefault(reading.station, {})
        value = series.get(reading.day)
        series[reading.day] = reading.value if value is None else worse(value, reading.value)
    return list(groups.values())


def counted_spells(
    index: IndexCover, trigger: TriggerLine, seasons: Sequence[int | None] | None = None
) -> list[Spell]:
    """Return an index value for each day, window, run, named event or season of the readings.

    `seasons` are those of `reading_seasons`, where the caller has them already.
    """
    groups = _groups(index, trigger, seasons)
    return [spell for group in groups for spell in _counted(index, trigger, group)]


def _counted(index: IndexCover, trigger: TriggerLine, group: _Group) -> Iterator[Spell]:
    """Yield an index value for each day, window, run or season of a group of readings."""
    if trigger.counting is Counting.VALUE and group.event:
        stations = group.stations.values()
        values = [most_paying(trigger, series.values()) for series in stations]
        value = _one_station(index, trigger, values)
        yield _spell(group, min(group.days), max(group.days), value)
        return
    for series in _series(index, trigger, group):
        match trigger.counting:
            case Counting.VALUE:
                season, event = group.season, group.event
                for day, value in series.items():
                    yield Spell(season, day, day, event, round(value, _PLACES))
            case Counting.WINDOW_SUM:
                yield from _windows(index, trigger, group, series)
            case Counting.RUN_DAYS:
                yield from _runs(trigger, group, series)
            case Counting.DAYS | Counting.EXCESS_SUM:
                yield _of_season(index, trigger, group, series)


def _spell(group: _Group, first: date, last: date, value: float) -> Spell:
    return Spell(group.season, first, last, group.event, round(value, _PLACES))


def _one_station(index: IndexCover, trigger: TriggerLine, values: list[float]) -> float:
    """Return the value that counts of those of the stations, in the order of their first line."""
    match index.stations:
        case StationRule.HIGHEST:
            return most_paying(trigger, values)
        case StationRule.MEAN:
            return math.fsum(values) / len(values)
        case StationRule.FIRST:
            return values[0]


def _series(index: IndexCover, trigger: TriggerLine, group: _Group) -> list[Series]:
    """Return the daily series to count in: of each station, or one of them all.

    Under the reading that pays most each station is counted alone and the best value stands.
    Mean and first station are taken day by day of the stations that have a reading.
    """
    stations = list(group.stations.values())
    if len(stations) == 1 or index.stations is StationRule.HIGHEST:
        return list(stations)
    days = sorted(set(group.days))
    return [
        {
            day: _one_station(index, trigger, [one[day] for one in stations if day in one])
            for day in days
        }
    ]


def _beyond(trigger: TriggerLine, value: float) -> bool:
    """Return whether a day counts: at or beyond the threshold; each day where there is none."""
    if trigger.threshold is None:
        return True
    if trigger.direction is Direction.BELOW:
        return value <= trigger.threshold
    return value >= trigger.threshold


def _windows(
    index: IndexCover, trigger: TriggerLine, group: _Group, series: Series
) -> Iterator[Spell]:
    """Yield the sum of each window of days in a row; days short of a threshold add nothing.

    A day without a reading adds nothing. Where little pays, a window needs all its days.
    """
    length = trigger.window_days or 1
    season, event, end = group.season, group.event, season_end_in(index, group.season)
    whole, after = trigger.direction is Direction.BELOW, (length - 1) * DAY
    read = {day.toordinal(): value for day, value in series.items()}
    added = read
    if trigger.threshold is not None:
        added = {day: value for day, value in read.items() if _beyond(trigger, value)}
    held = [[added.get(day + offset, 0.0) for day in read] for offset in range(length)]
    sums = map(math.fsum, zip(*held, strict=True))
    for first, day, value in zip(series, read, sums, strict=True):
        if whole and not all(day + offset in read for offset in range(length)):
            continue
        last = first + after
        yield Spell(season, first, min(last, end), event, round(value, _PLACES))


def _runs(trigger: TriggerLine, group: _Group, series: Series) -> Iterator[Spell]:
    """Yield the length of each run of days that count and is long enough."""
    counted = sorted(day for day, value in series.items() if _beyond(trigger, value))
    shortest = trigger.window_days or 1
    start = 0
    for place, day in enumerate(counted):
        follows = counted[place + 1] if place + 1 < len(counted) else None
        if follows != day + DAY:
            length = place + 1 - start
            if length >= shortest:
                yield _spell(group, counted[start], day, length)
            start = place + 1


def _of_season(index: IndexCover, trigger: TriggerLine, group: _Group, series: Series) -> Spell:
    """Return the days that count, or the sum of what lies beyond the threshold."""
    counted = [value for value in series.values() if _beyond(trigger, value)]
    threshold = trigger.threshold or 0.0
    value = (
        len(counted)
        if trigger.counting is Counting.DAYS
        else math.fsum(abs(value - threshold) for value in counted)
    )
    first, last = season_start_in(index, group.season), season_end_in(index, group.season)
    return _spell(group, first, last, value)
