"""Simulated policy years: what no exact distribution has, and the check of what has one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.case.insurance import Insurance
from app.finance.errors import DomainError
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.laws import Floats
from app.finance.insurance.year_draws import YearDraws
from app.finance.insurance.year_terms import YearTerms, year_terms_of

MOST_FIGURES = 100_000_000
"""Years times heads at most, so that the table stays below a gigabyte."""
AT_ONCE = 1_000_000
"""Events times heads drawn together, about."""


@dataclass(frozen=True, slots=True)
class YearLosses:
    """Simulated losses of the first policy year.

    `by_head` is (heads, years), yuan, after all terms of the head; `total` (years) after those of
    the policy as well; `largest_event` (years) the largest event of each year, all heads.
    """

    by_head: NDArray[np.float64]
    total: NDArray[np.float64]
    largest_event: NDArray[np.float64]


def simulate_years(
    insurance: Insurance,
    exposures: Sequence[Exposure],
    *,
    years: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> YearLosses:
    """Draw policy years: event set and perils, each event through the terms of every head.

    Terms in their order: those of the event by head; deductible and limit of the year by head as
    the events of a year come, in an order drawn at random; share of the year; the policy's limit
    of an event on what the heads pay for it, then its limit of the year. The years are drawn in
    chunks; `progress(done, years)` is called before each and at the end, and may raise to stop.

    Raises:
        DomainError: `simulation_too_large` when years times heads do not fit; as the laws do.
    """
    most = MOST_FIGURES // max(len(exposures), 1)
    if years > most:
        raise DomainError(
            "simulation_too_large",
            path="insurance.simulated_years",
            value=years,
            most=most,
            heads=len(exposures),
        )
    draws = YearDraws(insurance, exposures)
    rng = np.random.default_rng(seed)
    terms = _Terms(insurance, exposures)
    found = YearLosses(np.zeros((len(exposures), years)), np.zeros(years), np.zeros(years))
    chunk = int(np.clip(AT_ONCE / max(draws.mean * len(exposures), 1.0), 1, years))
    for start in range(0, years, chunk):
        if progress is not None:
            progress(start, years)
        end = min(start + chunk, years)
        held = slice(start, end)
        year, paid = draws.drawn(rng, end - start)
        if terms.spoiled:
            order = np.lexsort((rng.random(len(year)), year))
            year, paid = year[order], paid[order]
        terms.settle(year, paid, found, held)
    if progress is not None:
        progress(years, years)
    return found


class _Terms:
    """The terms of the year of all heads, and the limits of the policy."""

    def __init__(self, insurance: Insurance, exposures: Sequence[Exposure]) -> None:
        terms = [year_terms_of(e.head, e.sum_insured_yuan) for e in exposures]
        self.spoiled = any(one.spoil_sums for one in terms)
        self._deductible = np.array([one.deductible_yuan for one in terms])
        self._limit = np.array(
            [np.inf if one.limit_yuan is None else one.limit_yuan for one in terms]
        )
        self._share = np.array([_share_after(one) for one in terms])
        self._event_limit = _limit(insurance.policy_event_limit_yuan)
        self._year_limit = _limit(insurance.policy_year_limit_yuan)

    def _of_year(self, sums: Floats) -> Floats:
        """Return what a year pays of the sums of its events, shape (..., heads)."""
        paid = np.minimum(np.maximum(sums - self._deductible, 0.0), self._limit)
        return np.asarray(paid * self._share)

    def settle(self, year: NDArray[np.intp], paid: Floats, found: YearLosses, held: slice) -> None:
        """Write the years of one chunk; events of spoiled terms come sorted by year."""
        years = held.stop - held.start
        by_head: Floats = np.stack(
            [np.bincount(year, paid[:, head], years) for head in range(paid.shape[1])]
        )
        if self.spoiled:
            by_head = self._of_year(by_head.T).T
            paid = self._as_they_come(year, paid, years)
        events = np.minimum(paid.sum(axis=1), self._event_limit)
        found.by_head[:, held] = by_head
        found.total[held] = np.minimum(np.bincount(year, events, years), self._year_limit)
        np.maximum.at(found.largest_event[held], year, events)

    def _as_they_come(self, year: NDArray[np.intp], paid: Floats, years: int) -> Floats:
        """Return what each event adds to the payment of its year."""
        sums = np.cumsum(paid, axis=0)
        first = np.searchsorted(year, np.arange(years))
        before_year = np.vstack([np.zeros(paid.shape[1]), sums])[first][year]
        after = np.maximum(sums - before_year, 0.0)
        before = np.maximum(after - paid, 0.0)
        return np.maximum(self._of_year(after) - self._of_year(before), 0.0)


def _share_after(terms: YearTerms) -> float:
    """Return the share of the year where it is not taken of each event already."""
    return terms.share if terms.spoil_sums else 1.0


def _limit(amount: object) -> float:
    return np.inf if amount is None else float(amount)  # type: ignore[arg-type]
