"""Draws the events of policy years, with what each pays by head after the terms of an event."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.finance.case.insurance import Insurance
from app.finance.insurance.event_damages import EventDamages
from app.finance.insurance.event_sets import event_set
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.law_table import tabled
from app.finance.insurance.laws import Floats
from app.finance.insurance.payment import payment_of
from app.finance.insurance.peril_events import Payments, PerilEvents, perils_on_risk
from app.finance.insurance.year_cells import merged, year_cells
from app.finance.insurance.year_terms import year_terms_of

Drawn = tuple[NDArray[np.intp], Floats]
"""The year (from 0) of each event, and what it pays by head, shape (events, heads)."""


class EventDraws:
    """Draws events of the event set: which, when, and how far around the damage stated."""

    def __init__(self, insurance: Insurance, exposures: Sequence[Exposure], years: int) -> None:
        self._events = event_set(insurance, exposures)
        cells = merged(year_cells(exposures))
        self._values = [cell.values for cell in cells]
        self._payments = [
            [
                payment_of(e.head, value)
                for e, value in zip(exposures, cell.values_yuan, strict=True)
            ]
            for cell in cells
        ]
        terms = [year_terms_of(e.head, e.sum_insured_yuan) for e in exposures]
        self._shares = np.array([1.0 if one.spoil_sums else one.share for one in terms])
        lengths = np.array([cell.length for cell in cells])
        self._rates = np.outer(lengths / 12, self._events.rates)
        self._damages = [
            EventDamages(self._events.damages(values), self._events.spread, float(rates) * years)
            for values, rates in zip(self._values, self._rates.sum(axis=1), strict=True)
        ]

    @property
    def mean(self) -> float:
        """Expected number of events a year."""
        return float(self._rates.sum())

    def drawn(self, rng: np.random.Generator, years: int) -> Drawn:
        """Return the events of `years` years, by part of the year and event.

        Each of them is Poisson: its number in all years is, and each falls in any of them.
        """
        numbers = rng.poisson(self._rates * years)
        year = rng.integers(0, years, int(numbers.sum()))
        if self._events.spread == 0:
            return year, np.repeat(self._known, numbers.ravel(), axis=1).T
        level = rng.random(len(year))
        found = []
        for number, rows in enumerate(_slices(numbers.sum(axis=1))):
            event = np.repeat(np.arange(numbers.shape[1]), numbers[number])
            found.append(self._paid(number, self._damages[number].drawn(event, level[rows])))
        return year, _stacked(found, len(self._shares))

    @cached_property
    def _known(self) -> Floats:
        """What each event pays without a spread, by head, one part of the year after the other."""
        damages = (self._events.damages(values) for values in self._values)
        paid = [self._paid(number, damage) for number, damage in enumerate(damages)]
        return np.ascontiguousarray(_stacked(paid, len(self._shares)).T)

    def _paid(self, number: int, damage: Floats) -> Floats:
        """Return what damages (events, sites) in a cell pay by head."""
        values = self._values[number]
        paid = _blank(len(damage), len(values))
        for head, site in enumerate(self._events.place):
            if values[head] > 0:
                payment = self._payments[number][head]
                paid[:, head] = payment.paid(damage[:, site] * values[head]) * self._shares[head]
        return paid


class PerilDraws:
    """Draws events of the perils: number by the law, part of the season, damage by inversion."""

    def __init__(self, insurance: Insurance, exposures: Sequence[Exposure]) -> None:
        self._payments = Payments(insurance, exposures)
        found = perils_on_risk(insurance, exposures, self._payments)
        self._perils = [one for one in found if one.parts]
        self._heads = len(exposures)

    @property
    def mean(self) -> float:
        """Expected number of events a year, all perils together."""
        return sum(one.frequency.mean for one in self._perils)

    def drawn(self, rng: np.random.Generator, years: int) -> Drawn:
        """Return the events of `years` years."""
        return _joined([self._of(one, rng, years) for one in self._perils], self._heads)

    def _of(self, peril: PerilEvents, rng: np.random.Generator, years: int) -> Drawn:
        year = peril.frequency.years_drawn(rng, years)
        numbers = rng.multinomial(len(year), [weight for weight, _ in peril.parts])
        damage = tabled(peril.law).quantile(rng.random(len(year)))
        paid = _blank(len(year), self._heads)
        for rows, (_, values) in zip(_slices(numbers), peril.parts, strict=True):
            for head, value in enumerate(values):
                if value > 0:
                    payment = self._payments.of_head(head, value, peril.peril)
                    paid[rows, head] = payment.paid(damage[rows])
        return year, paid


class YearDraws:
    """Draws all events of a policy: those of the event set and, independent of it, the perils.

    `years` are drawn in all: what pays for many of them is made ready.
    """

    def __init__(self, insurance: Insurance, exposures: Sequence[Exposure], years: int) -> None:
        self._draws: list[EventDraws | PerilDraws] = []
        if insurance.events is not None:
            self._draws.append(EventDraws(insurance, exposures, years))
        if insurance.perils:
            self._draws.append(PerilDraws(insurance, exposures))
        self._heads = len(exposures)

    @property
    def mean(self) -> float:
        """Expected number of events a year."""
        return sum(one.mean for one in self._draws)

    def drawn(self, rng: np.random.Generator, years: int) -> Drawn:
        """Return the events of `years` years, in no order."""
        return _joined([one.drawn(rng, years) for one in self._draws], self._heads)


def _blank(events: int, heads: int) -> Floats:
    """Return a table of zeros that is written and summed head by head."""
    return np.zeros((events, heads), order="F")


def _joined(found: Sequence[Drawn], heads: int) -> Drawn:
    years = [np.zeros(0, dtype=np.intp), *(year for year, _ in found)]
    return np.concatenate(years), _stacked([paid for _, paid in found], heads)


def _stacked(found: Sequence[Floats], heads: int) -> Floats:
    """Return tables one below the other, head by head."""
    if len(found) == 1:
        return found[0]
    return np.concatenate([_blank(0, heads).T, *(paid.T for paid in found)], axis=1).T


def _slices(numbers: NDArray[np.int64]) -> Iterator[slice]:
    """Yield the rows of each part, the parts one after the other."""
    end = 0
    for number in numbers.tolist():
        yield slice(end, end + number)
        end += number
