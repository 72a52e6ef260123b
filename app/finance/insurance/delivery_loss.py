"""What failure, shock, shortfall and reversal cost: means by year, and the law of the whole."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.aggregate import EventSource, YearLaw, year_law
from app.finance.insurance.delivery_plan import DeliveryPlan
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.payment import Payment
from app.finance.insurance.tail_laws import Points

Floats = NDArray[np.float64]
Atoms = tuple[Floats, Floats]
"""Losses (present value, yuan) and their probabilities."""


@dataclass(frozen=True, slots=True)
class YearLosses:
    """Present values by policy year, yuan: what happens in the year, wherever it falls due.

    `failed`, `shocked`, `short` and `reversed_` are expected; `per_tonne` is the mean loss of a
    tonne of the year when its sale fails, `short_amount` the shortfall where it does not fail.
    """

    failed: Floats
    shocked: Floats
    short: Floats
    reversed_: Floats
    per_tonne: Floats
    short_amount: Floats

    @property
    def total(self) -> Floats:
        """Expected loss by year."""
        return self.failed + self.shocked + self.short + self.reversed_


def per_tonne_means(plan: DeliveryPlan, place: int) -> tuple[Floats, Floats]:
    """Return the mean loss of a tonne of each delivery a failure in year `place` (from 0) takes.

    First when the counterparty fails, tied to the price; then when a common shock does, not tied.
    """
    lost = plan.lost_years(place)
    strikes, forwards = plan.prices[lost], plan.forwards[lost]
    if not plan.replaces:
        return strikes, strikes
    model, years, chance = plan.price_model, place + 1.0, float(plan.failures[place])
    pairs = list(zip(forwards.tolist(), strikes.tolist(), strict=True))
    tied = [model.excess_at_failure(f, k, years, chance) for f, k in pairs]
    return np.array(tied), np.array([model.excess(f, k, years) for f, k in pairs])


def reversal_amounts(plan: DeliveryPlan) -> Floats:
    """Return what one reversal costs in each year, present value in yuan.

    max(reversed share - buffer share, 0) x tonnes issued up to the year x price of the year: the
    contract price, or a whole replacement. A buffer stands ready for each reversal.
    """
    cover = plan.cover
    beyond = max((cover.reversed_share or 0.0) - cover.buffer_share, 0.0)
    prices = plan.forwards if plan.replaces else plan.prices
    return beyond * np.cumsum(plan.tonnes) * prices * plan.discounts


def year_losses(plan: DeliveryPlan) -> YearLosses:
    """Return the expected losses of the years; see `compute_delivery` for the formulas."""
    cover, shock = plan.cover, plan.cover.common_shock
    alive = plan.alive[:-1]
    kept = 1.0 - cover.recovery_share
    failed, shocked, per_tonne, missing = (np.zeros(plan.years) for _ in range(4))
    for place in range(plan.years):
        present = plan.present_tonnes[plan.lost_years(place)]
        tied, free = per_tonne_means(plan, place)
        chance = float(plan.failures[place])
        failed[place] = alive[place] * chance * (1.0 - shock) * kept * float(present @ tied)
        shocked[place] = alive[place] * shock * kept * float(present @ free)
        per_tonne[place] = tied[0]
        missing[place] = (free[0] - chance * tied[0]) / (1.0 - chance) if chance < 1 else 0.0
    short = cover.shortfall_share * plan.present_tonnes * missing
    rate = cover.reversals_per_year or 0.0
    return YearLosses(
        failed=failed,
        shocked=shocked,
        short=alive * (1.0 - plan.either) * short,
        reversed_=rate * reversal_amounts(plan),
        per_tonne=per_tonne,
        short_amount=short,
    )


def _failure_atoms(plan: DeliveryPlan, place: int) -> Atoms:
    """Return the losses when the sale fails in year `place`, with their chances that year."""
    lost = plan.lost_years(place)
    present, strikes = plan.present_tonnes[lost], plan.prices[lost]
    kept, shock = 1.0 - plan.cover.recovery_share, plan.cover.common_shock
    chance = float(plan.failures[place])
    model, forwards = plan.price_model, plan.forwards[lost]
    deviation = model.volatility * math.sqrt(place + 1.0)
    if not plan.replaces or deviation == 0:
        each = np.maximum(forwards - strikes, 0.0) if plan.replaces else strikes
        return np.array([kept * float(present @ each)]), plan.either[place : place + 1]
    priced = (forwards > 0) & (strikes > 0)
    kinks = np.log(strikes[priced] / forwards[priced]) / deviation + 0.5 * deviation
    scores, chances = model.states(kinks, chance, shock)
    moved = np.exp(deviation * scores - 0.5 * deviation**2)
    excess = np.maximum(np.outer(moved, forwards) - strikes, 0.0)
    return kept * (excess @ present), chances


def _discrete(atoms: list[Atoms]) -> YearLaw:
    """Return the law of losses with their probabilities; equal losses are put together."""
    losses = np.concatenate([one for one, _ in atoms])
    chances = np.concatenate([one for _, one in atoms])
    values, places = np.unique(losses, return_inverse=True)
    summed = np.bincount(places, weights=chances).astype(np.float64)
    p_zero = float(summed[0]) if values[0] == 0 else 0.0
    return YearLaw(values=values, probabilities=summed, step=0.0, tail=0.0, p_zero=p_zero)


def failure_events(plan: DeliveryPlan) -> list[Atoms]:
    """Return what a failure or shock costs, with its probability, for each event there can be.

    One event where it ends the contract, whatever its year; else one for each delivery.
    """
    if not plan.cover.all_left:
        return [
            _failure_atoms(plan, place) for place in range(plan.years) if plan.tonnes[place] > 0
        ]
    found = [_failure_atoms(plan, place) for place in range(plan.years)]
    weighed = [plan.alive[place] * chances for place, (_, chances) in enumerate(found)]
    return [(np.concatenate([lost for lost, _ in found]), np.concatenate(weighed))]


def sale_laws(plan: DeliveryPlan, losses: YearLosses) -> list[YearLaw]:
    """Return independent laws whose sum is the loss of the sales: failure, shock, shortfall.

    One law where a failure ends the contract: the year of the failure says all, but for the price.
    Else one for each policy year. The shortfall is in it with its mean.
    """
    short, either = losses.short_amount, plan.either
    if not plan.cover.all_left:
        kept = 1.0 - either
        return [
            _discrete([_failure_atoms(plan, t), (short[t : t + 1], kept[t : t + 1])])
            for t in range(plan.years)
            if plan.tonnes[t] > 0
        ]
    before = np.concatenate(([0.0], np.cumsum(short)))
    atoms = []
    for place in range(plan.years):
        lost, chances = _failure_atoms(plan, place)
        atoms.append((before[place] + lost, plan.alive[place] * chances))
    return [_discrete([*atoms, (before[-1:], plan.alive[-1:])])]


def reversal_law(plan: DeliveryPlan) -> YearLaw | None:
    """Return the law of what reversals cost; None without them.

    Their number in a year is Poisson; years are independent, so that of all years is Poisson too,
    each reversal falling into any year alike.
    """
    rate = plan.cover.reversals_per_year or 0.0
    amounts = reversal_amounts(plan)
    amounts, years = np.unique(amounts[amounts > 0], return_counts=True)
    if rate == 0 or not amounts.size:
        return None
    number = Frequency(FrequencyLaw.POISSON, rate * float(years.sum()))
    law = Points(amounts, years / years.sum())
    return year_law([EventSource(number, ((1.0, Payment.whole(), law),))])


def loss_variance(laws: list[YearLaw], plan: DeliveryPlan) -> float:
    """Return the variance of the present value of the loss, yuan^2: exact, without a grid."""
    spread = sum(
        float(law.probabilities @ law.values**2) - float(law.probabilities @ law.values) ** 2
        for law in laws
    )
    rate = plan.cover.reversals_per_year or 0.0
    return max(spread, 0.0) + rate * float(np.sum(reversal_amounts(plan) ** 2))
