"""What an index value pays: one trigger, one event, one season.

Source: the clauses of the placed covers. Step, straight line or amount for each unit; Fujian 2020
pays once, the largest event of the season; Quintana Roo 2019 pays every event and what is left of
the year's limit serves later ones; Hawaii 2024 has a minimum and a cap for each event.

All payouts are shares of the sum insured. Their order: the payout of each trigger, at most its
limit; several triggers of one event taken together; the least an event pays that pays at all;
the cap of an event; the events that pay; the cap of the season.
"""

from collections.abc import Mapping, Sequence

from app.finance.case.cover.index_inputs import Combined, EventsPaid, IndexCover
from app.finance.case.cover.index_tables import PayoutForm, TriggerLine
from app.finance.case.index_terms import bands_of, first_paying, pays_above


def sum_insured(index: IndexCover) -> float:
    """Return quantity x agreed value of a unit, yuan."""
    return index.quantity * index.unit_value_yuan


def is_reached(index: IndexCover, trigger: TriggerLine, value: float) -> bool:
    """Return whether an index value is at or beyond the value at which a payout begins."""
    first = first_paying(index, trigger)
    if first is None:
        return False
    return value >= first if pays_above(trigger) else value <= first


def payout_share(index: IndexCover, trigger: TriggerLine, value: float) -> float:
    """Return what one trigger pays for one index value, as a share of the sum insured.

        step    p_k of the last step that the value has reached; a value equal to it has
        line    clamp((x - trigger) / (exit - trigger), 0, 1) x limit
        tick    (x - trigger) x amount / sum insured, at most the limit

    Below a trigger the distances are counted downwards. Minimum and cap of an event are not in
    it: `event_share` takes them in.
    """
    if not is_reached(index, trigger, value):
        return 0.0
    if trigger.form is PayoutForm.STEP:
        return _step_share(index, trigger, value)
    start = trigger.trigger if trigger.trigger is not None else value
    beyond = abs(value - start)
    if trigger.form is PayoutForm.TICK:
        return min(beyond * (trigger.tick_yuan or 0.0) / sum_insured(index), trigger.limit_share)
    whole = abs(trigger.exit - start) if trigger.exit is not None else 0.0
    return trigger.limit_share if beyond >= whole else beyond / whole * trigger.limit_share


def _step_share(index: IndexCover, trigger: TriggerLine, value: float) -> float:
    above = pays_above(trigger)
    reached = [
        band.payout_share
        for band in bands_of(index, trigger)
        if (value >= band.value if above else value <= band.value)
    ]
    return min(max(reached, default=0.0), trigger.limit_share)


def event_share(index: IndexCover, values: Mapping[str, float]) -> float:
    """Return what one event pays, as a share of the sum insured, before the terms of the season.

    Args:
        index: the cover.
        values: index value of the event by name of the trigger; triggers without one pay nothing.
    """
    known = [
        (trigger, values[trigger.name]) for trigger in index.triggers if trigger.name in values
    ]
    if not any(is_reached(index, trigger, value) for trigger, value in known):
        return 0.0
    shares = [payout_share(index, trigger, value) for trigger, value in known]
    together = sum(shares) if index.combined is Combined.SUM else max(shares)
    share = max(together, index.event_minimum_share)
    return share if index.event_cap_share is None else min(share, index.event_cap_share)


def season_shares(
    index: IndexCover, shares: Sequence[float], of_season: Sequence[bool] | None = None
) -> tuple[float, ...]:
    """Return what each event of one season is paid, in the order of their days.

    Of the events the largest, the first or all are paid; what the cap of the season leaves serves
    later ones. A trigger that counts the whole season is paid beside the events: in full where
    the payouts of several triggers add up, else what it pays more than they do.

    Args:
        index: the cover.
        shares: of each event, from `event_share`.
        of_season: which of them count the whole season; None for none. They come last.
    """
    counts = of_season if of_season is not None else [False] * len(shares)
    paid = events_paid(
        index, [0.0 if whole else share for share, whole in zip(shares, counts, strict=True)]
    )
    if index.combined is Combined.HIGHEST:
        taken = sum(paid)
        added = [
            max(share - taken, 0.0) if whole else 0.0
            for share, whole in zip(shares, counts, strict=True)
        ]
    else:
        added = [share if whole else 0.0 for share, whole in zip(shares, counts, strict=True)]
    return _capped(index, [event + season for event, season in zip(paid, added, strict=True)])


def events_paid(index: IndexCover, shares: list[float]) -> list[float]:
    """Leave the share of the events that are paid, 0 for the rest."""
    if index.events_paid is EventsPaid.EVERY or not any(shares):
        return shares
    if index.events_paid is EventsPaid.LARGEST:
        chosen = shares.index(max(shares))
    else:
        chosen = next(place for place, share in enumerate(shares) if share > 0)
    return [share if place == chosen else 0.0 for place, share in enumerate(shares)]


def _capped(index: IndexCover, shares: list[float]) -> tuple[float, ...]:
    """Pay in order until the cap of the season is used up."""
    if index.season_cap_share is None:
        return tuple(shares)
    left, paid = index.season_cap_share, []
    for share in shares:
        paid.append(min(share, left))
        left = max(left - share, 0.0)
    return tuple(paid)
