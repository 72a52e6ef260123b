"""The payout of one event as a function of its index value: steps, straight pieces, a table.

Values are turned so that more of them pays more: a trigger that pays below has its values with
the opposite sign (`turned`).
"""

import math
from itertools import pairwise

import numpy as np

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import Counting, Measure, PayoutForm, TriggerLine
from app.finance.case.index_terms import bands_of, first_paying, pays_above
from app.finance.insurance.index_payout import event_share, sum_insured
from app.finance.insurance.part_results import PayoutStep
from app.finance.insurance.payment import Payment

_PARTS = 4
"""Equal parts of a straight payout in the table."""
_PLACES = 9
_WHOLE = (Counting.DAYS, Counting.RUN_DAYS)
"""Countings whose index values are whole numbers."""
_READ_ROWS = 12
"""Round values between the ends of a straight payout, about."""
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_MARGIN = 0.1
"""Of the width of the payout: how far the chart goes on at both ends."""


def turned(trigger: TriggerLine) -> float:
    """Return the sign that makes more of the index pay more: 1, or -1 below a trigger."""
    return 1.0 if pays_above(trigger) else -1.0


def event_payment(
    index: IndexCover, trigger: TriggerLine, origin: float, *, cap: float | None
) -> Payment:
    """Return what one event pays, a share of the sum insured, for z = turned value - origin.

    Args:
        index: the cover.
        trigger: the only one of the event.
        origin: turned value from which z counts, at or below the first value that pays.
        cap: the most that is paid beside the limits of trigger and event, or None.
    """
    limits = (trigger.limit_share, index.event_cap_share, cap)
    top = min(limit for limit in limits if limit is not None)
    bottom = min(index.event_minimum_share, top)
    if trigger.form is PayoutForm.STEP:
        pieces = [
            (turned(trigger) * band.value, min(max(band.payout_share, bottom), top), 0.0)
            for band in bands_of(index, trigger)
            if band.payout_share > 0
        ]
    else:
        pieces = _straight(index, trigger, bottom, top)
    inside = [(start - origin, level, slope) for start, level, slope in pieces if top > 0]
    if not inside or inside[0][0] > 0:
        inside.insert(0, (0.0, 0.0, 0.0))
    starts, levels, slopes = (np.array(column) for column in zip(*inside, strict=True))
    return Payment(starts, levels, slopes)


def _straight(
    index: IndexCover, trigger: TriggerLine, bottom: float, top: float
) -> list[tuple[float, float, float]]:
    """Return start, level and slope of the least payment, the rising piece and the highest one."""
    start, slope = turned(trigger) * (trigger.trigger or 0.0), _slope(index, trigger)
    if top <= bottom:
        return [(start, top, 0.0)]
    least = [(start, bottom, 0.0)] if bottom > 0 else []
    return [*least, (start + bottom / slope, bottom, slope), (start + top / slope, top, 0.0)]


def _slope(index: IndexCover, trigger: TriggerLine) -> float:
    """Return the payout for one unit beyond the trigger, a share of the sum insured."""
    if trigger.form is PayoutForm.TICK:
        return (trigger.tick_yuan or 0.0) / sum_insured(index)
    return trigger.limit_share / abs((trigger.exit or 0.0) - (trigger.trigger or 0.0))


def _table_values(index: IndexCover, trigger: TriggerLine) -> list[float]:
    """Return the index values of the payout table: the steps, or trigger to exit in parts."""
    if trigger.form is PayoutForm.STEP:
        return [band.value for band in bands_of(index, trigger)]
    start = trigger.trigger or 0.0
    end = start + turned(trigger) * trigger.limit_share / _slope(index, trigger)
    if trigger.form is PayoutForm.LINEAR and trigger.exit is not None:
        end = trigger.exit
    inner = [start + (end - start) * part / _PARTS for part in range(1, _PARTS)]
    return [start, *inner, end]


def payout_table(index: IndexCover) -> tuple[PayoutStep, ...]:
    """Return what an event pays at each step, or from trigger to exit, trigger by trigger."""
    insured = sum_insured(index)
    return tuple(
        PayoutStep(trigger.name, value, share, share * insured)
        for trigger in index.triggers
        for value in _table_values(index, trigger)
        for share in (event_share(index, {trigger.name: value}),)
    )


def payout_readings(index: IndexCover, trigger: TriggerLine) -> tuple[PayoutStep, ...]:
    """Return what an event pays at values from which any other can be read, worst payout last.

    Of steps: where each begins to pay. Of a straight payout: each corner and round values between
    them, between which it is in proportion. Whole classes and days are not divided. () for a
    trigger that never pays.
    """
    start = first_paying(index, trigger)
    if start is None:
        return ()
    sign = turned(trigger)
    payment = event_payment(index, trigger, sign * start, cap=None)
    corners = [float(z) for z in payment.starts if z >= 0]
    values = {round(start + sign * z, _PLACES) for z in corners}
    if trigger.form is not PayoutForm.STEP:
        values.update(_round_values(trigger, min(values), max(values)))
    insured = sum_insured(index)
    return tuple(
        PayoutStep(trigger.name, value, share, share * insured)
        for value in sorted(values, reverse=sign < 0)
        for share in (event_share(index, {trigger.name: value}),)
    )


def _round_values(trigger: TriggerLine, low: float, high: float) -> list[float]:
    """Return multiples of a round step between two index values."""
    if high <= low:
        return []
    raw = (high - low) / _READ_ROWS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in _ROUND if factor * power >= raw * (1 - 1e-9))
    if trigger.measure is Measure.WIND_FORCE or trigger.counting in _WHOLE:
        step = max(math.ceil(step), 1)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(count * step, _PLACES) for count in range(first, last + 1)]


def payout_curve(
    index: IndexCover, trigger: TriggerLine | None = None
) -> tuple[tuple[float, float], ...]:
    """Return the corners of the payout of a trigger, the first by default, ascending.

    They are index value and share of the sum insured. A jump is two corners of one value; the
    curve goes on a tenth of its width at both ends.
    """
    trigger = trigger or index.triggers[0]
    start = first_paying(index, trigger)
    if start is None:
        return ()
    sign = turned(trigger)
    payment = event_payment(index, trigger, sign * start, cap=None)
    ends = np.append(payment.starts[1:], payment.starts[-1])
    risen = payment.levels + payment.slopes * (ends - payment.starts)
    corners: list[tuple[float, float]] = [(0.0, 0.0)]
    for begin, level, end, reached in zip(payment.starts, payment.levels, ends, risen, strict=True):
        corners += [
            (float(begin), float(level)),
            (float(end), min(float(reached), payment.maximum)),
        ]
    last = float(payment.starts[-1])
    margin = _MARGIN * (last or abs(start) or 1.0)
    corners = [(-margin, 0.0), *corners, (last + margin, payment.maximum)]
    kept = [corners[0], *(b for a, b in pairwise(corners) if a != b)]
    points = [(round(start + sign * z, _PLACES), share) for z, share in kept]
    return tuple(points if sign > 0 else points[::-1])
