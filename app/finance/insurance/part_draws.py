"""Drawn policy years of the parts without heads: index cover and deliveries."""

import numpy as np
from scipy.special import ndtri

from app.finance.case.cover.delivery_inputs import DeliveryCover
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.insurance.delivery_loss import reversal_amounts, year_losses
from app.finance.insurance.delivery_plan import DeliveryPlan, plan_of
from app.finance.insurance.index_fit import season_of
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.part_results import IndexResult
from app.finance.insurance.policy_largest import is_fitted


def index_years(
    index: IndexCover, found: IndexResult, rng: np.random.Generator, years: int
) -> Floats:
    """Return payouts of so many seasons, yuan: observed years drawn again, or drawn events."""
    insured = float(found.sum_insured_yuan)
    if is_fitted(index, found) and found.fitted is not None:
        return season_of(index, found.fitted).drawn(rng, years) * insured
    shares = np.array([year.payout_share for year in found.history if year.observed])
    if shares.size == 0:
        return np.zeros(years)
    return np.asarray(rng.choice(shares, years) * insured)


def delivery_years(cover: DeliveryCover, rng: np.random.Generator, years: int) -> Floats:
    """Return present values of the loss of deliveries in so many runs of the contract, yuan.

    Failure, shock and price of each year are drawn from their latent normal variables. The
    shortfall comes with its mean, as in the law.
    """
    plan = plan_of(cover)
    lost = np.zeros(years)
    runs = np.ones(years, dtype=np.bool_)
    short = year_losses(plan).short_amount
    for place in range(plan.years):
        failed, loss = _failures(plan, place, rng, years)
        ended = runs & failed
        lost += np.where(ended, loss, 0.0)
        lost += np.where(runs & ~failed, short[place], 0.0)
        if cover.all_left:
            runs &= ~failed
    rate = cover.reversals_per_year or 0.0
    for amount in reversal_amounts(plan):
        if rate and amount > 0:
            lost += amount * rng.poisson(rate, years)
    return lost


def _failures(
    plan: DeliveryPlan, place: int, rng: np.random.Generator, years: int
) -> tuple[np.ndarray, Floats]:
    """Return where the sale fails in year `place` (from 0), and what each failure would cost."""
    cover, chance = plan.cover, float(plan.failures[place])
    shocked = rng.random(years) < cover.common_shock
    latent, own = rng.standard_normal(years), rng.standard_normal(years)
    failed = latent > -ndtri(chance)
    left = plan.lost_years(place)
    present, strikes = plan.present_tonnes[left], plan.prices[left]
    kept = 1.0 - cover.recovery_share
    if not plan.replaces:
        return shocked | failed, np.full(years, kept * float(present @ strikes))
    model = plan.price_model
    # After a shock the price is not tied to the counterparty.
    rho = np.where(shocked, 0.0, model.dependence)
    deviation = model.volatility * np.sqrt(place + 1.0)
    score = rho * latent + np.sqrt(1.0 - rho * rho) * own
    moved = np.exp(deviation * score - 0.5 * deviation**2)
    loss = np.zeros(years)
    for tonnes, forward, strike in zip(present, plan.forwards[left], strikes, strict=True):
        loss += tonnes * np.maximum(moved * forward - strike, 0.0)
    return shocked | failed, kept * loss
