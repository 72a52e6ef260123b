"""Law of what a season pays when the number of events is Poisson and their excess has a law.

Source: P(M > v) = 1 - exp(-lambda P(X > v)) for the largest M of a Poisson number of events
(Coles, An Introduction to Statistical Modeling of Extreme Values, 2001, chapter 7). Its integral
for an exponential excess is beta [Ein(z_a) - Ein(z_c)], z_v = lambda exp(-(v - u) / beta),
Ein(z) = E1(z) + ln z + gamma (Abramowitz and Stegun 5.1.39).
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import exp1

from app.finance.case.cover.index_inputs import EventsPaid
from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.aggregate import year_law
from app.finance.insurance.event_source import EventSource
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.payment import Payment
from app.finance.insurance.tail_laws import Excess, Points
from app.finance.insurance.year_law import YearLaw

SIMULATED_YEARS = 20_000
_MOST_DRAWS = 50_000
_LINE_CELLS = 256
_SERIES_BELOW = 1e-3
_SAME = 1e-12
"""Payouts that differ by less, as shares of the sum insured, are one."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)


def entire_integral(z: Floats) -> Floats:
    """Return Ein(z) = E1(z) + ln z + gamma for z of 0 and more; a series near 0."""
    safe = np.maximum(z, _SERIES_BELOW)
    series = z * (1.0 - z / 4.0 * (1.0 - z * 2.0 / 9.0))
    whole = exp1(safe) + np.log(safe) + np.euler_gamma
    return np.asarray(np.where(z < _SERIES_BELOW, series, whole))


@dataclass(frozen=True, slots=True)
class IndexSeason:
    """A season of an index cover: how many events, how far beyond the threshold, what they pay.

    Attributes:
        rate: mean number of events above the threshold.
        excess: law of z, what a value exceeds the threshold by.
        payment: of one event, share of the sum insured by z, at most the cap of the season.
        paid: the events that are paid.
        cap: of the season, None without one.
    """

    rate: float
    excess: Excess
    payment: Payment
    paid: EventsPaid
    cap: float | None

    @property
    def reach(self) -> float:
        """Probability that an event above the threshold pays."""
        return self.payment.reach(self.excess)

    @property
    def p_zero(self) -> float:
        """Probability of a season without a payout."""
        return math.exp(-self.rate * self.reach)

    @property
    def source(self) -> EventSource:
        """The events that pay, with the law of their payout; of steps it is a few points."""
        if self.payment.slopes.any():
            frequency = Frequency(FrequencyLaw.POISSON, self.rate)
            return EventSource(frequency, ((1.0, self.payment, self.excess),))
        beyond = self.excess.survival(self.payment.starts)
        chances = beyond - np.append(beyond[1:], 0.0)
        levels, place = np.unique(self.payment.levels, return_inverse=True)
        chances = np.bincount(place, weights=chances)
        paying = levels > 0
        frequency = Frequency(FrequencyLaw.POISSON, self.rate * self.reach)
        law = Points(levels[paying], np.asarray(chances[paying] / self.reach))
        return EventSource(frequency, ((1.0, Payment.whole(), law),))

    def law(self) -> YearLaw:
        """Return the law of the payout of a season, shares of the sum insured."""
        if self.rate * self.reach == 0:
            return YearLaw.nothing()
        if self.paid is EventsPaid.EVERY:
            whole = year_law([self.source])
            return whole if self.cap is None else whole.with_year_terms(limit=self.cap)
        grid = self._grid()
        if self.paid is EventsPaid.LARGEST:
            limited = self._limited_largest(grid)
        else:
            first = (1.0 - self.p_zero) / self.reach
            limited = first * self.payment.limited_mean(self.excess, grid)
        slopes = np.diff(limited) / np.diff(grid)
        chances = np.append(1.0, slopes) - np.append(slopes, 0.0)
        return YearLaw(grid, np.maximum(chances, 0.0), 0.0, 0.0, self.p_zero)

    def pure_share(self, law: YearLaw) -> float:
        """Return the expected payout of a season, `law` being its law.

        Without a cap every event is paid in full: the number of events times their mean payout.
        """
        if self.paid is EventsPaid.EVERY and self.cap is None and self.reach > 0:
            return self.source.mean
        return law.mean

    def _grid(self) -> Floats:
        """Return 0, the payouts of the steps, and equal parts of what rises, ascending."""
        parts = [np.zeros(1), self.payment.levels]
        for start, level, slope, end in self._pieces():
            if slope > 0:
                parts.append(np.linspace(level, level + slope * (end - start), _LINE_CELLS + 1))
        grid = np.unique(np.concatenate(parts))
        # The end of a line may miss the level it meets by a rounding error: one value, not two.
        return np.append(0.0, grid[1:][np.diff(grid) > _SAME])

    def _pieces(self) -> list[tuple[float, float, float, float]]:
        """Return start, level, slope and end of each piece of the payment."""
        ends = np.append(self.payment.starts[1:], self.payment.starts[-1])
        columns = (self.payment.starts, self.payment.levels, self.payment.slopes, ends)
        return [
            (float(a), float(b), float(c), float(d)) for a, b, c, d in zip(*columns, strict=True)
        ]

    def largest_exceeds(self, z: Floats) -> Floats:
        """Return P(largest excess of a season > z)."""
        return np.asarray(-np.expm1(-self.rate * self.excess.survival(z)))

    def _limited_largest(self, limits: Floats) -> Floats:
        """Return E[min(payout of the largest event, x)] for each x of `limits`.

        The integral of P(payout > t): a jump counts with P(M > z) where it is, a rising piece
        with the integral of P(M > z) along it.
        """
        total, before = np.zeros(limits.size), 0.0
        for start, level, slope, end in self._pieces():
            jump = np.clip(limits - before, 0.0, level - before)
            total += self.largest_exceeds(np.array([start]))[0] * jump
            before = level
            if slope > 0:
                reach = start + np.maximum(limits - level, 0.0) / slope
                total += slope * self._area(start, np.minimum(reach, end))
                before = level + slope * (end - start)
        return total

    def _area(self, start: float, ends: Floats) -> Floats:
        """Return the integral of P(M > z) from `start` to each of `ends`, which ascend."""
        if self.excess.shape == 0:
            z = self.rate * self.excess.survival(np.append(start, ends))
            exact = self.excess.scale * entire_integral(z)
            return np.asarray(exact[0] - exact[1:])
        edges = np.append(start, ends)
        if self.excess.shape < 0:
            edges = np.minimum(edges, -self.excess.scale / self.excess.shape)
        half, middle = np.diff(edges) / 2, (edges[1:] + edges[:-1]) / 2
        points = middle[:, None] + half[:, None] * _NODES
        return np.asarray(np.cumsum(self.largest_exceeds(points) @ _WEIGHTS * half))

    def simulated(self, seed: int) -> tuple[float, float, int]:
        """Return mean payout of drawn seasons, its standard error, and how many were drawn."""
        years = max(min(SIMULATED_YEARS, int(_MOST_DRAWS / max(self.rate, 1.0))), 1000)
        paid = self.drawn(np.random.default_rng(seed), years)
        return float(paid.mean()), float(paid.std(ddof=1)) / math.sqrt(years), years

    def drawn(self, rng: np.random.Generator, years: int) -> Floats:
        """Return the payouts of drawn seasons, shares of the sum insured."""
        season = np.repeat(np.arange(years), rng.poisson(self.rate, years))
        shares = self.payment.paid(self.excess.quantile(rng.random(season.size)))
        paid = np.zeros(years)
        match self.paid:
            case EventsPaid.EVERY:
                np.add.at(paid, season, shares)
            case EventsPaid.LARGEST:
                np.maximum.at(paid, season, shares)
            case EventsPaid.FIRST:
                paying = shares > 0
                first, place = np.unique(season[paying], return_index=True)
                paid[first] = shares[paying][place]
        return paid if self.cap is None else np.minimum(paid, self.cap)
