"""From index values to events: days in a row are one event, and so are triggers hit together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import TriggerLine
from app.finance.case.index_terms import first_paying, most_paying, of_season, pays_above
from app.finance.insurance.index_values import DAY, Spell


@dataclass(frozen=True, slots=True)
class IndexEvent:
    """One event of a season: index value by name of the trigger.

    `of_season` is true for what counts the season as a whole.
    """

    season: int
    first: date
    event: str
    values: Mapping[str, float]
    of_season: bool


def season_values(trigger: TriggerLine, spells: Iterable[Spell]) -> dict[int, float]:
    """Return the most paying index value of each season that has one."""
    found: dict[int, list[float]] = defaultdict(list)
    for spell in spells:
        found[spell.season].append(spell.value)
    return {season: most_paying(trigger, values) for season, values in found.items()}


def joined_spells(trigger: TriggerLine, spells: Iterable[Spell], level: float) -> list[Spell]:
    """Return one spell for each event of one trigger, in the order of their days.

    Readings of one named event are one spell whatever their value. Others make a spell when they
    reach `level`; spells that overlap or follow each other without a day between are one.
    """
    groups: dict[tuple[int, str], list[Spell]] = defaultdict(list)
    above = pays_above(trigger)
    for spell in spells:
        if spell.event or (spell.value >= level if above else spell.value <= level):
            groups[spell.season, spell.event].append(spell)
    found = [
        spell
        for (_, event), group in groups.items()
        for spell in _joined(trigger, group, whole=bool(event))
    ]
    return sorted(found, key=lambda spell: (spell.first, spell.last, spell.event))


def _joined(trigger: TriggerLine, spells: list[Spell], *, whole: bool) -> Iterator[Spell]:
    """Join spells that overlap or follow each other; all of them when `whole`."""
    held: Spell | None = None
    for spell in sorted(spells, key=lambda spell: spell.first):
        if held is None:
            held = spell
        elif whole or spell.first <= held.last + DAY:
            value = most_paying(trigger, (held.value, spell.value))
            held = Spell(held.season, held.first, max(held.last, spell.last), held.event, value)
        else:
            yield held
            held = spell
    if held is not None:
        yield held


def index_events(index: IndexCover, counted: Sequence[Sequence[Spell]]) -> list[IndexEvent]:
    """Return the events of all seasons that reach a trigger or bear a name, in order.

    Spells of several triggers are one event when they bear the same name, or none and touch.
    What counts the season as a whole stands after its events.

    Args:
        index: the cover.
        counted: the spells of each trigger, in the order of the triggers.
    """
    spells: list[tuple[TriggerLine, Spell]] = []
    for trigger, own in zip(index.triggers, counted, strict=True):
        level = first_paying(index, trigger)
        if level is not None:
            spells += [(trigger, spell) for spell in joined_spells(trigger, own, level)]
    events = [*_named(spells), *_touching(spells), *_whole_seasons(spells)]
    return sorted(events, key=lambda one: (one.season, one.of_season, one.first))


def _event(spells: list[tuple[TriggerLine, Spell]], *, whole: bool = False) -> IndexEvent:
    values: dict[str, float] = {}
    for trigger, spell in spells:
        known = values.get(trigger.name, spell.value)
        values[trigger.name] = most_paying(trigger, (known, spell.value))
    first = min(spells, key=lambda pair: pair[1].first)[1]
    return IndexEvent(first.season, first.first, first.event, values, whole)


def _named(spells: list[tuple[TriggerLine, Spell]]) -> list[IndexEvent]:
    found: dict[tuple[int, str], list[tuple[TriggerLine, Spell]]] = defaultdict(list)
    for trigger, spell in spells:
        if spell.event:
            found[spell.season, spell.event].append((trigger, spell))
    return [_event(group) for group in found.values()]


def _touching(spells: list[tuple[TriggerLine, Spell]]) -> Iterator[IndexEvent]:
    """Yield the events of spells without a name that overlap or follow each other."""
    loose = [pair for pair in spells if not pair[1].event and not of_season(pair[0])]
    held: list[tuple[TriggerLine, Spell]] = []
    end: date | None = None
    for pair in sorted(loose, key=lambda pair: (pair[1].season, pair[1].first)):
        spell = pair[1]
        same = bool(held) and held[0][1].season == spell.season
        if end is not None and same and spell.first <= end + DAY:
            held.append(pair)
            end = max(end, spell.last)
            continue
        if held:
            yield _event(held)
        held, end = [pair], spell.last
    if held:
        yield _event(held)


def _whole_seasons(spells: list[tuple[TriggerLine, Spell]]) -> list[IndexEvent]:
    found: dict[int, list[tuple[TriggerLine, Spell]]] = defaultdict(list)
    for trigger, spell in spells:
        if of_season(trigger):
            found[spell.season].append((trigger, spell))
    return [_event(group, whole=True) for group in found.values()]
