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
AT_ONCE = 120_000
"""Events times heads drawn together, about: their tables stay in the cache of a processor."""


@dataclass(frozen=True, slots=True)
class YearLosses:
    """Simulated losses of the first policy year.

    `by_head` is (heads, years), yuan, after all terms of the head; `total` (years) after those of
    the policy as well; `largest_event` (years) the largest event of each year, all heads, empty
    where it was not asked for.
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
    largest: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> YearLosses:
    """Draw policy years: event set and perils, each event through the terms of every head.

    Terms in their order: those of the event by head; deductible and limit of the year by head as
    the events of a year come, in an order drawn at random; share of the year; the policy's limit
    of an event on what the heads pay for it, then its limit of the year. The years are drawn in
    chunks; `progress(done, years)` is called before each and at the end, and may raise to stop.
    `largest` asks for the largest event of each year, which takes as long as the rest.

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
    draws = YearDraws(insurance, exposures, years)
    rng = np.random.default_rng(seed)
    terms = _Terms(insurance, exposures, largest=largest)
    found = YearLosses(
        np.zeros((len(exposures), years)), np.zeros(years), np.zeros(years if largest else 0)
    )
    chunk = int(np.clip(AT_ONCE / max(draws.mean * len(exposures), 1.0), 1, years))
    for start in range(0, years, chunk):
        if progress is not None:
            progress(start, years)
        end = min(start + chunk, years)
        held = slice(start, end)
        year, paid = draws.drawn(rng, end - start)
        if terms.ordered:
            order = np.argsort(year + rng.random(len(year)))
            year, paid = year[order], np.take(paid.T, order, axis=1).T
        terms.settle(year, paid, found, held)
    if progress is not None:
        progress(years, years)
    return found


class _Terms:
    """The terms of the year of all heads, and the limits of the policy."""

    def __init__(
        self, insurance: Insurance, exposures: Sequence[Exposure], *, largest: bool
    ) -> None:
        terms = [year_terms_of(e.head, e.sum_insured_yuan) for e in exposures]
        self._spoiled = [place for place, one in enumerate(terms) if one.spoil_sums]
        self._deductible = np.array([one.deductible_yuan for one in terms])
        self._limit = np.array(
            [np.inf if one.limit_yuan is None else one.limit_yuan for one in terms]
        )
        self._share = np.array([_share_after(one) for one in terms])
        self._event_limit = _limit(insurance.policy_event_limit_yuan)
        self._year_limit = _limit(insurance.policy_year_limit_yuan)
        self._largest = largest
        self._by_event = largest or np.isfinite(self._event_limit)

    @property
    def ordered(self) -> bool:
        """Whether it matters which event of a year comes first."""
        return bool(self._spoiled) and self._by_event

    def _of_year(self, sums: Floats, head: int) -> Floats:
        """Return what a year pays of the sums of the events of a head."""
        paid = np.clip(sums - self._deductible[head], 0.0, self._limit[head])
        return np.asarray(paid * self._share[head])

    def settle(self, year: NDArray[np.intp], paid: Floats, found: YearLosses, held: slice) -> None:
        """Write the years of one chunk; where the terms are `ordered`, so are the events."""
        years = held.stop - held.start
        by_head = found.by_head[:, held]
        for head in range(paid.shape[1]):
            sums = np.bincount(year, paid[:, head], years).astype(np.float64, copy=False)
            by_head[head] = self._of_year(sums, head) if head in self._spoiled else sums
        if not self._by_event:
            found.total[held] = np.minimum(by_head.sum(axis=0), self._year_limit)
            return
        events = np.minimum(self._as_they_come(year, paid, years).sum(axis=1), self._event_limit)
        found.total[held] = np.minimum(np.bincount(year, events, years), self._year_limit)
        if self._largest:
            np.maximum.at(found.largest_event[held], year, events)

    def _as_they_come(self, year: NDArray[np.intp], paid: Floats, years: int) -> Floats:
        """Return what each event adds to the payment of its year."""
        if not self._spoiled:
            return paid
        added = paid.copy(order="F")
        first = np.cumsum(np.bincount(year, minlength=years))[year - 1] * (year > 0)
        for head in self._spoiled:
            sums = np.cumsum(paid[:, head])
            before_year = np.append(0.0, sums)[first]
            after = np.maximum(sums - before_year, 0.0)
            before = np.maximum(after - paid[:, head], 0.0)
            added[:, head] = self._of_year(after, head) - self._of_year(before, head)
        return np.maximum(added, 0.0)


def _share_after(terms: YearTerms) -> float:
    """Return the share of the year where it is not taken of each event already."""
    return terms.share if terms.spoil_sums else 1.0


def _limit(amount: object) -> float:
    return np.inf if amount is None else float(amount)  # type: ignore[arg-type]
