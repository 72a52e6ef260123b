"""Burning cost: the losses that happened on today's values and terms, year by year."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.experience_inputs import (
    Experience,
    LossLine,
    history_years,
    listed_years,
)
from app.finance.case.cover.heads import HeadLine
from app.finance.insurance.bootstrap import mean_error, mean_interval
from app.finance.insurance.part_results import ExperienceYear
from app.finance.insurance.payment import Payment, payment_of
from app.finance.insurance.year_terms import YearTerms, year_terms_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BurnBasis:
    """What a history is brought to: the sum insured of today and the terms of its head."""

    sum_insured_yuan: float
    head: HeadLine

    def event_payment(self) -> Payment:
        """Return what one event pays: the whole sum is on risk, whatever the month.

        A history says nothing of the days of an interruption: none is taken off.
        """
        return payment_of(replace(self.head, deductible_days=0.0), self.sum_insured_yuan)

    def year_terms(self) -> YearTerms:
        """Return the terms of the year."""
        return year_terms_of(self.head, self.sum_insured_yuan)


@dataclass(frozen=True, slots=True)
class Burn:
    """Mean of the yearly rates, its standard error and bootstrap interval (None for one year)."""

    rate: float
    error: float | None
    low: float | None
    high: float | None


def as_if_years(experience: Experience, basis: BurnBasis) -> Iterator[ExperienceYear]:
    """Yield the years of a history as if today's sum insured and terms had held.

    A loss is brought to today through its rate:
    x = loss x index x development x sum insured of today / sum insured of its year. Losses of one
    year and event are one event. Each event goes through the terms of the head, their sum through
    those of the year; the rate of the year is what is left over the sum insured of today. A year
    without a line is one without loss, unless it is listed as one without data.
    """
    lines = defaultdict(list)
    for line in experience.losses:
        lines[line.year].append(line)
    missing = set(listed_years(experience.missing_years))
    payment, terms = basis.event_payment(), basis.year_terms()
    today = basis.sum_insured_yuan
    for year in history_years(experience):
        indexed = np.array([loss for loss in _events(lines[year], today) if loss > 0])
        paid = _year_paid(float(payment.paid(indexed).sum()), terms)
        exposure = next((line.exposure_yuan for line in lines[year] if line.exposure_yuan), today)
        yield ExperienceYear(
            year=year,
            observed=year not in missing,
            events=len(indexed),
            indexed_loss_yuan=float(indexed.sum()),
            as_if_yuan=paid,
            exposure_yuan=exposure,
            rate=paid / today,
        )


def as_if_losses(experience: Experience, basis: BurnBasis) -> Iterator[float]:
    """Yield the loss of each event of the history on today's values, before all terms, yuan."""
    by_year = defaultdict(list)
    for line in experience.losses:
        by_year[line.year].append(line)
    for lines in by_year.values():
        yield from _events(lines, basis.sum_insured_yuan)


def _events(lines: Iterable[LossLine], today: float) -> list[float]:
    """Return the losses of the events of one year on today's values, yuan."""
    events: dict[str, float] = defaultdict(float)
    for number, line in enumerate(lines):
        scale = today / (line.exposure_yuan or today)
        name = line.event or f"#{number}"
        events[name] += line.loss_yuan * line.index * line.development * scale
    return list(events.values())


def _year_paid(total: float, terms: YearTerms) -> float:
    limit = math.inf if terms.limit_yuan is None else terms.limit_yuan
    return terms.share * min(max(total - terms.deductible_yuan, 0.0), limit)


def burn_of(rates: Floats, *, seed: int) -> Burn:
    """Return the burning cost of yearly rates: mean, sd / sqrt(n), bootstrap 5 % and 95 %."""
    mean, error = float(rates.mean()), mean_error(rates)
    if error is None:
        return Burn(mean, None, None, None)
    return Burn(mean, error, *mean_interval(rates, seed=seed))
