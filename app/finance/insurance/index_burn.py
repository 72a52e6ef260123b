"""What the index would have paid in each year of its history, and the mean of it.

Source: burning cost as in the rate making of weather index insurance: mean payout of the indexed
years over the sum insured, standard error sd / sqrt(n), and a bootstrap of the years (Efron and
Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13: percentile interval). A year
without data is left out; it is not a year without loss.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.insurance.bootstrap import mean_error, mean_interval
from app.finance.insurance.index_events import IndexEvent
from app.finance.insurance.index_payout import event_share, season_shares
from app.finance.insurance.part_results import YearPayout


@dataclass(frozen=True, slots=True)
class Burn:
    """Mean payout of `years` observed years, a share of the sum insured.

    `error` is its standard error (None for one year), `low` and `high` bound 90 % of the means of
    years drawn again.
    """

    years: int
    paying: int
    share: float
    error: float | None
    low: float
    high: float


def history_years(index: IndexCover) -> range:
    """Return the years looked at, a gap included; none without a history."""
    if index.first_year is None or index.last_year is None:
        return range(0)
    return range(index.first_year, index.last_year + 1)


def year_payouts(
    index: IndexCover,
    events: Sequence[IndexEvent],
    values: Mapping[int, float],
    losses: Mapping[int, float],
    sum_insured_yuan: float,
) -> tuple[YearPayout, ...]:
    """Return what each year of the history would have paid on the terms of today.

    Args:
        index: the cover.
        events: of all seasons, from `index_events`.
        values: most paying index value of the first trigger by year.
        losses: loss by year as a share of the sum insured, where there is one.
        sum_insured_yuan: of the cover today.
    """
    gaps = {gap.year for gap in index.gaps}
    by_season: dict[int, list[IndexEvent]] = defaultdict(list)
    for event in events:
        by_season[event.season].append(event)
    found = []
    for year in history_years(index):
        paid = season_payments(index, by_season.get(year, ()))
        share = math.fsum(paid)
        found.append(
            YearPayout(
                year=year,
                observed=year not in gaps,
                index_value=values.get(year),
                events=sum(one > 0 for one in paid),
                payout_share=share,
                payout_yuan=share * sum_insured_yuan,
                largest_share=max(paid, default=0.0),
                loss_share=losses.get(year),
            )
        )
    return tuple(found)


def season_payments(index: IndexCover, events: Sequence[IndexEvent]) -> tuple[float, ...]:
    """Return what each event of one season is paid, as a share of the sum insured."""
    shares = [event_share(index, event.values) for event in events]
    return season_shares(index, shares, [event.of_season for event in events])


def burn_of(history: Sequence[YearPayout], seed: int) -> Burn | None:
    """Return the mean of the observed years with its error; None without an observed year."""
    shares = np.array([year.payout_share for year in history if year.observed])
    years = len(shares)
    if years == 0:
        return None
    low, high = mean_interval(shares, seed=seed)
    return Burn(
        years=years,
        paying=int((shares > 0).sum()),
        share=float(shares.mean()),
        error=mean_error(shares),
        low=low,
        high=high,
    )
