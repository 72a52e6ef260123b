"""Draws the events of policy years, with what each pays by head after the terms of an event."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.case.insurance import Insurance
from app.finance.insurance.event_sets import drawn_damages, event_set
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.laws import Floats
from app.finance.insurance.payment import payment_of
from app.finance.insurance.peril_events import Payments, PerilEvents, perils_on_risk
from app.finance.insurance.year_cells import merged, year_cells
from app.finance.insurance.year_terms import year_terms_of

Drawn = tuple[NDArray[np.intp], Floats]
"""The year (from 0) of each event, and what it pays by head, shape (events, heads)."""


class EventDraws:
    """Draws events of the event set: which, when, and how far around the damage stated."""

    def __init__(self, insurance: Insurance, exposures: Sequence[Exposure]) -> None:
        self._events = event_set(insurance, exposures)
        cells = merged(year_cells(exposures))
        self._values = [cell.values for cell in cells]
        self._damages = [self._events.damages(values) for values in self._values]
        self._payments = [
            [
                payment_of(e.head, value)
                for e, value in zip(exposures, cell.values_yuan, strict=True)
            ]
            for cell in cells
        ]
        terms = [year_terms_of(e.head, e.sum_insured_yuan) for e in exposures]
        self._shares = np.array([1.0 if one.spoil_sums else one.share for one in terms])
        self._lengths = np.cumsum([cell.length for cell in cells])
        self._rates = np.cumsum(self._events.rates)
        months = float(self._lengths[-1]) if cells else 0.0
        self._number = Frequency(FrequencyLaw.POISSON, float(self._rates[-1]) * months / 12)

    @property
    def mean(self) -> float:
        """Expected number of events a year."""
        return self._number.mean

    def drawn(self, rng: np.random.Generator, years: int) -> Drawn:
        """Return the events of `years` years."""
        year = np.repeat(np.arange(years), self._number.drawn(rng, years))
        event = _chosen(rng, self._rates, len(year))
        cell = _chosen(rng, self._lengths, len(year))
        level = rng.random(len(year))
        paid = np.zeros((len(year), len(self._shares)))
        for number, values in enumerate(self._values):
            rows = np.flatnonzero(cell == number)
            mean = self._damages[number][event[rows]]
            damage = drawn_damages(mean, self._events.spread, level[rows, None])
            for head, site in enumerate(self._events.place):
                if values[head] > 0:
                    payment = self._payments[number][head]
                    paid[rows, head] = payment.paid(damage[:, site] * values[head])
        return year, paid * self._shares


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
        found = [self._of(one, rng, years) for one in self._perils]
        if not found:
            return np.zeros(0, dtype=np.intp), np.zeros((0, self._heads))
        return np.concatenate([year for year, _ in found]), np.vstack([paid for _, paid in found])

    def _of(self, peril: PerilEvents, rng: np.random.Generator, years: int) -> Drawn:
        year = np.repeat(np.arange(years), peril.frequency.drawn(rng, years))
        part = _chosen(rng, np.cumsum([weight for weight, _ in peril.parts]), len(year))
        damage = peril.law.quantile(rng.random(len(year)))
        paid = np.zeros((len(year), self._heads))
        for number, (_weight, values) in enumerate(peril.parts):
            rows = np.flatnonzero(part == number)
            for head, value in enumerate(values):
                if value > 0:
                    payment = self._payments.of_head(head, value, peril.peril)
                    paid[rows, head] = payment.paid(damage[rows])
        return year, paid


class YearDraws:
    """Draws all events of a policy: those of the event set and, independent of it, the perils."""

    def __init__(self, insurance: Insurance, exposures: Sequence[Exposure]) -> None:
        self._draws: list[EventDraws | PerilDraws] = []
        if insurance.events is not None:
            self._draws.append(EventDraws(insurance, exposures))
        if insurance.perils:
            self._draws.append(PerilDraws(insurance, exposures))
        self._heads = len(exposures)

    @property
    def mean(self) -> float:
        """Expected number of events a year."""
        return sum(one.mean for one in self._draws)

    def drawn(self, rng: np.random.Generator, years: int) -> Drawn:
        """Return the events of `years` years, not in order."""
        found = [one.drawn(rng, years) for one in self._draws]
        if not found:
            return np.zeros(0, dtype=np.intp), np.zeros((0, self._heads))
        return np.concatenate([year for year, _ in found]), np.vstack([paid for _, paid in found])


def _chosen(rng: np.random.Generator, weights: Floats, size: int) -> NDArray[np.intp]:
    """Return draws of places with these cumulated weights."""
    if not size:
        return np.zeros(0, dtype=np.intp)
    drawn = rng.random(size) * weights[-1]
    found = np.searchsorted(weights, drawn, side="right")
    return np.asarray(np.minimum(found, len(weights) - 1))
