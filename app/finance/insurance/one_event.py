"""A year with at most one event: its loss is that of the event, exact and without a grid."""

import numpy as np
from scipy.special import ndtr

from app.finance.insurance.event_source import EventSource
from app.finance.insurance.loss_law import Floats, LossLaw
from app.finance.insurance.results import QUANTILES, RETURN_YEARS
from app.finance.insurance.survival import Survival
from app.finance.insurance.tail_laws import Points
from app.finance.insurance.year_law import YearLaw

_SCORES = (-8.2, 7.5)
"""Quantiles of the law of an event that the values follow, as scores of the normal law."""

_VALUES = 6400
_FEWEST_VALUES = 150
"""Values by part: of several parts each takes fewer, since each is asked at the values of all."""

_EVEN = 256
_DISTANCES = 1.025 ** np.arange(1, 800)
_LEAST = 1e-40
"""Beyond the quantiles: distances from the median grow so, down to this probability."""

_JUST_BEFORE = 1 - 1e-12
_ROUNDS = 5
_LEVELS = np.unique([1 / years for years in RETURN_YEARS] + [1 - level for level in QUANTILES])


def one_event_law(source: EventSource) -> YearLaw:
    """Return the law of a year in which an event happens with probability `frequency.mean`.

    P(S > x) = q P(Y > x) and E[min(S, x)] = q E[min(Y, x)] by the closed forms of the law of the
    loss, at values close enough for what lies between them to be right to about 1e-10; the levels
    that are printed are among the values.
    """
    if source.of_points:
        return _law_of_points(source)
    chance, values = source.frequency.mean, _values(source)
    lefts = chance * source.exceedance(values)
    rights = chance * source.exceedance(values[1:] * _JUST_BEFORE)
    limited = chance * source.limited_mean(values)
    means = np.clip(np.diff(limited) / np.diff(values), lefts[1:], lefts[:-1])
    means = np.maximum(means, rights)
    within = Survival(values, means, lefts[:-1], rights)
    tail = float(lefts[-1])
    probabilities = -np.diff(means, prepend=1.0, append=tail)
    return YearLaw(values, probabilities, 0.0, tail, source.p_zero, within)


def _law_of_points(source: EventSource) -> YearLaw:
    """Return the law where each payment is one of a few values."""
    chance = source.frequency.mean
    paid, chances = [np.zeros(1)], [np.array([1 - chance])]
    for weight, payment, law in source.parts:
        if isinstance(law, Points):
            paid.append(payment.paid(law.values))
            chances.append(chance * weight * law.probabilities)
    values, place = np.unique(np.concatenate(paid), return_inverse=True)
    found = np.bincount(place, weights=np.concatenate(chances)).astype(np.float64)
    return YearLaw(values, found, 0.0, 0.0, source.p_zero)


def _values(source: EventSource) -> Floats:
    """Return 0 and the payments at which the law is taken, ascending."""
    found = [np.zeros(1)]
    count = max(_VALUES // len(source.parts) ** 2, _FEWEST_VALUES)
    losses = {id(law): _losses(law, count) for _, _, law in source.parts}
    for _, payment, law in source.parts:
        found += [payment.paid(losses[id(law)]), payment.paid(payment.starts), payment.levels]
        if payment.maximum < np.inf:
            found.append(np.linspace(0.0, payment.maximum, _EVEN))
    values = np.unique(np.concatenate(found))
    return np.unique(np.append(values, _printed(source, values)))


def _losses(law: LossLaw, count: int) -> Floats:
    """Return losses that follow the law: its quantiles, and beyond them to where nothing is."""
    if isinstance(law, Points):
        return law.values
    found = law.quantile(ndtr(np.linspace(*_SCORES, count)))
    median = law.quantile(np.array([0.5]))[0]
    beyond = median + (found[-1] - median) * _DISTANCES
    return np.append(found, beyond[law.survival(beyond) > _LEAST])


def _printed(source: EventSource, values: Floats) -> Floats:
    """Return the losses exceeded with the probabilities that a quote prints, by regula falsi."""
    chance = source.frequency.mean
    above = chance * source.exceedance(values)
    levels = _LEVELS[(above[0] > _LEVELS) & (above[-1] < _LEVELS)]
    place = values.size - np.searchsorted(above[::-1], levels, side="right")
    low, high, more, less = values[place - 1], values[place], above[place - 1], above[place]
    found = high
    for _ in range(_ROUNDS):
        found = low + (more - levels) / (more - less) * (high - low)
        at = chance * source.exceedance(found)
        over = at > levels
        low, more = np.where(over, found, low), np.where(over, at, more)
        high, less = np.where(over, high, found), np.where(over, less, at)
    return np.asarray(found)
