"""Readings of an index in a claim: what the events of a season pay so far, to the fen."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import Counting, Direction, ReadingLine, TriggerLine
from app.finance.case.cover.settlement_inputs import ClaimLine
from app.finance.case.index_terms import (
    is_reading_of,
    of_season,
    pays_above,
    season_year,
)
from app.finance.case.insurance import Insurance
from app.finance.insurance.index_events import IndexEvent, index_events
from app.finance.insurance.index_payout import (
    event_share,
    is_reached,
    season_shares,
    sum_insured,
)
from app.finance.insurance.index_values import counted_spells
from app.finance.insurance.settlement_heads import (
    LIMIT_REACHED,
    LIMIT_USED,
    OUTSIDE_PERIOD,
    Claimed,
    Taken,
    fen,
    policy_year_of,
)
from app.finance.money import ZERO

OUTSIDE_SEASON = "outside_season"
BELOW_TRIGGER = "below_trigger"
NOTHING_MORE = "nothing_more"
NOT_THE_EVENT = "not_the_event"


class IndexClaims:
    """Settles the readings of an index in the order of their days.

    A reading of a claim is an index value: of counted days it is their number, of a sum the sum.
    After each line the season is paid anew, with all readings so far: stations, triggers, caps
    and the events that pay by the one set of rules of the index. A line is paid what the season
    pays more than before; the season never takes back.
    """

    def __init__(self, insurance: Insurance, index: IndexCover) -> None:
        self._insurance = insurance
        self._index = index
        self._as_read = replace(index, triggers=tuple(map(_read, index.triggers)))
        self._readings: dict[int, list[ReadingLine]] = defaultdict(list)
        self._shares: dict[int, float] = defaultdict(float)
        self._events: dict[tuple[int, str], float] = defaultdict(float)

    def settle(self, claim: ClaimLine) -> Claimed:
        """Return what a reading pays."""
        if policy_year_of(self._insurance, claim.day) is None:
            return Claimed(Taken(), covered=False, reason=OUTSIDE_PERIOD)
        season = season_year(self._index, claim.day)
        if season is None:
            return Claimed(Taken(), covered=False, reason=OUTSIDE_SEASON)
        self._readings[season].append(_reading(claim))
        events = self._season(season)
        shares = [event_share(self._as_read, event.values) for event in events]
        paid = season_shares(self._as_read, shares, [event.of_season for event in events])
        own = max(
            (s for s, event in zip(shares, events, strict=True) if event.event == claim.event),
            default=0.0,
        )
        before, self._shares[season] = self._shares[season], max(self._shares[season], sum(paid))
        event_before = self._events[season, claim.event]
        self._events[season, claim.event] = max(own, event_before)
        brought = self._yuan(max(own, event_before)) - self._yuan(event_before)
        payable = self._yuan(self._shares[season]) - self._yuan(before)
        brought = max(brought, payable)
        cap = self._index.season_cap_share
        left = (
            None if cap is None else max(self._yuan(cap) - self._yuan(self._shares[season]), ZERO)
        )
        return Claimed(
            Taken(ground_up=brought, year_terms=brought - payable),
            covered=True,
            reason=_reason(brought, payable, left, reached=own > 0 and self._is_reached(claim)),
            left_of_year=left,
        )

    def _is_reached(self, claim: ClaimLine) -> bool:
        reading = _reading(claim)
        return any(
            is_reached(self._as_read, trigger, reading.value)
            for trigger in self._as_read.triggers
            if is_reading_of(self._as_read, reading, trigger)
        )

    def _yuan(self, share: float) -> Decimal:
        return fen(share * sum_insured(self._index))

    def _season(self, season: int) -> list[IndexEvent]:
        """Return the events of a season; those of triggers that count it as a whole come last."""
        seen = replace(self._as_read, readings=tuple(self._readings[season]))
        whole = {trigger.name for trigger in self._index.triggers if of_season(trigger)}
        found = []
        for event in index_events(seen, [counted_spells(seen, one) for one in seen.triggers]):
            for counts in (False, True):
                values = {k: v for k, v in event.values.items() if (k in whole) is counts}
                if values:
                    found.append(replace(event, values=values, of_season=counts))
        return sorted(found, key=lambda event: (event.of_season, event.first))


def _read(trigger: TriggerLine) -> TriggerLine:
    """Return a trigger that takes a reading for the index value itself."""
    direction = Direction.ABOVE if pays_above(trigger) else Direction.BELOW
    return replace(trigger, counting=Counting.VALUE, direction=direction)


def _reading(claim: ClaimLine) -> ReadingLine:
    return ReadingLine(
        trigger=claim.trigger,
        day=claim.day,
        value=claim.reading or 0.0,
        station=claim.station,
        event=claim.event,
    )


def _reason(brought: Decimal, payable: Decimal, left: Decimal | None, *, reached: bool) -> str:
    """Return why a line is not paid, or not whole; `reached` that it and its event pay."""
    if brought == 0:
        return NOTHING_MORE if reached else BELOW_TRIGGER
    if payable == brought:
        return ""
    if left == 0:
        return LIMIT_USED if payable == 0 else LIMIT_REACHED
    return NOT_THE_EVENT
