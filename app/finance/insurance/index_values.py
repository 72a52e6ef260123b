"""From readings of stations to index values, season by season.

Order (house convention where a clause says nothing): readings of the season only; stations taken
together; days counted. `index_events` makes events of what is found.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.finance.case.cover.index_inputs import (
    Counting,
    Direction,
    IndexCover,
    ReadingLine,
    StationRule,
    TriggerLine,
)
from app.finance.case.index_terms import (
    is_reading_of,
    most_paying,
    of_season,
    season_end_in,
    season_start_in,
    season_year,
)

DAY = timedelta(days=1)
_PLACES = 9
"""Index values are rounded here, so that tenths that add up to the trigger reach it."""

Series = Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Spell:
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


def season_readings(index: IndexCover, trigger: TriggerLine) -> list[tuple[int, ReadingLine]]:
    """Return the readings of a trigger that lie in a season, with the year of the season."""
    found = []
    for reading in index.readings:
        if is_reading_of(index, reading, trigger):
            season = season_year(index, reading.day)
            if season is not None:
                found.append((season, reading))
    return found


def _groups(index: IndexCover, trigger: TriggerLine) -> list[_Group]:
    """Put the readings of a trigger together; of two of a station and day the worse one counts."""
    groups: dict[tuple[int, str], _Group] = {}
    apart = not of_season(trigger)
    worse = min if trigger.direction is Direction.BELOW else max
    for season, reading in season_readings(index, trigger):
        event = reading.event if apart else ""
        group = groups.setdefault((season, event), _Group(season, event, {}))
        series = group.stations.setdefault(reading.station, {})
        series[reading.day] = worse(series.get(reading.day, reading.value), reading.value)
    return list(groups.values())


def counted_spells(index: IndexCover, trigger: TriggerLine) -> list[Spell]:
    """Return an index value for each day, window, run, named event or season of the readings."""
    return [spell for group in _groups(index, trigger) for spell in _counted(index, trigger, group)]


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
                for day, value in series.items():
                    yield _spell(group, day, day, value)
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
    end = season_end_in(index, group.season)
    for first in series:
        days = [first + offset * DAY for offset in range(length)]
        held = [series[day] for day in days if day in series]
        if trigger.direction is Direction.BELOW and len(held) < length:
            continue
        value = math.fsum(one for one in held if _beyond(trigger, one))
        yield _spell(group, first, min(days[-1], end), value)


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
