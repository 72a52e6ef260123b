"""What an index cover of a book pays for the wind of a storm at its place."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import Counting, Measure, TriggerLine
from app.finance.insurance.accumulation_events import Hits
from app.finance.insurance.hazard_tracks import Averaging, Floats
from app.finance.insurance.hazard_wind import Exposure, conversion
from app.finance.insurance.index_payout import event_share, season_shares, sum_insured

_WORDS = (
    (Averaging.GUST, ("gust", "3-s", "3 s", "阵风", "极大")),
    (Averaging.TEN_MINUTES, ("10-min", "10 min", "10分钟", "10 分钟")),
    (Averaging.TWO_MINUTES, ("2-min", "2 min", "2分钟", "2 分钟")),
    (Averaging.ONE_MINUTE, ("1-min", "1 min", "1分钟", "1 分钟")),
)
"""How an averaging time is written; the longer ones of minutes come first."""


def averaging_in(text: str) -> Averaging | None:
    """Return the averaging time a text names, None for none."""
    plain = text.lower()
    return next((one for one, words in _WORDS if any(word in plain for word in words)), None)


def trigger_averaging(trigger: TriggerLine) -> Averaging | None:
    """Return the averaging time of the wind a trigger reads; None when it reads no storm wind.

    A gust is one of 3 seconds; a mean wind must state its own averaging time.
    """
    if trigger.counting is not Counting.VALUE:
        return None
    if trigger.measure is Measure.GUST:
        return Averaging.GUST
    return averaging_in(trigger.averaging) if trigger.measure is Measure.WIND_SPEED else None


@dataclass(frozen=True, slots=True)
class IndexReader:
    """Turns the wind of a storm at a place into readings of an index cover."""

    recorded: Averaging
    exposure: Exposure

    def paid(self, index: IndexCover, hits: Hits, place: int) -> tuple[Floats, bool]:
        """Return what each event pays as the only one of its season, and whether it is unread.

        The wind at the place stands for the reading of the station. Unread is a cover none of
        whose triggers reads the wind. A storm outside the season of the year pays nothing.
        """
        found = np.zeros(len(hits.damage))
        factors = {
            trigger.name: conversion(self.recorded, averaging, self.exposure)
            for trigger in index.triggers
            if (averaging := trigger_averaging(trigger)) is not None
        }
        if not factors:
            return found, True
        of_wind = replace(index, triggers=tuple(t for t in index.triggers if t.name in factors))
        for event in np.flatnonzero(np.isfinite(hits.wind_ms[:, place])):
            if not in_season(index, hits.times[event, place]):
                continue
            wind = float(hits.wind_ms[event, place])
            values = {name: wind * factor for name, factor in factors.items()}
            shares = season_shares(of_wind, [event_share(of_wind, values)])
            found[event] = shares[0] * sum_insured(index)
        return found, False


def in_season(index: IndexCover, time: np.datetime64) -> bool:
    """Return whether a day of any year lies in the season, over New Year if need be."""
    when: date = time.astype("datetime64[D]").astype(object)
    start, end = index.season_start, index.season_end
    if (end - start).days >= 365:
        return True
    day, first, last = ((one.month, one.day) for one in (when, start, end))
    return first <= day <= last if first <= last else day >= first or day <= last
