"""The index cover: payouts, history, fitted model, basis risk."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from app.finance.case.cover.index_inputs import IndexCover, IndexPricing
from app.finance.explain import Step
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.index_basis import basis_risk, losses_of
from app.finance.insurance.index_burn import burn_of, year_payouts
from app.finance.insurance.index_curve import payout_curve, payout_table
from app.finance.insurance.index_events import index_events, season_values
from app.finance.insurance.index_fit import IndexFit, fit_index
from app.finance.insurance.index_payout import is_reached
from app.finance.insurance.index_values import Spell, counted_spells, reading_seasons
from app.finance.insurance.index_working import index_steps
from app.finance.insurance.part_results import IndexResult, YearPayout
from app.finance.money import round_to_fen


def compute_index(
    index: IndexCover, *, modelled: Mapping[int, float], seed: int
) -> tuple[IndexResult, YearLaw, tuple[Step, ...]]:
    """Price an index cover; the law is that of the yearly payout, yuan.

    Priced on the history the law is that of its observed years, each as likely as the other;
    priced on the fitted model it is that of the model. The model has one trigger with a value for
    each event.

    Args:
        index: the cover; its rules hold.
        modelled: losses of past years as shares of the sum insured where the case models them;
            they stand in for entered losses in the basis risk.
        seed: of bootstrap and simulation.

    Raises:
        DomainError: `index_few_exceedances`, `index_same_exceedances` or `index_infinite_mean` at
            the threshold of the fit, when the cover is priced on a fit that cannot be made.
    """
    insured = round_to_fen(
        Decimal(str(index.quantity)) * Decimal(str(index.unit_value_yuan)),
        path="insurance.index.quantity",
    )
    seasons = reading_seasons(index)
    counted = [counted_spells(index, trigger, seasons) for trigger in index.triggers]
    history = year_payouts(
        index,
        index_events(index, counted),
        season_values(index.triggers[0], counted[0]),
        losses_of(index, modelled),
        float(insured),
    )
    burn = burn_of(history, seed)
    observed = 0 if burn is None else burn.years
    fit = fit_index(index, counted[0], observed, seed)
    share, law = _priced(index, history, fit)
    result = IndexResult(
        sum_insured_yuan=insured,
        payout_table=payout_table(index),
        payout_curve=payout_curve(index),
        history=history,
        observed_years=observed,
        paying_years=0 if burn is None else burn.paying,
        burn_share=None if burn is None else burn.share,
        burn_error=None if burn is None else burn.error,
        burn_low=None if burn is None else burn.low,
        burn_high=None if burn is None else burn.high,
        fitted=fit.fitted,
        basis=basis_risk(history, index.basis_loss_share, modelled=not index.losses),
        pricing=index.pricing.value,
        pure_share=share,
        pure_premium_yuan=share * float(insured),
        exceedances=fit.exceedances,
        fit_refusal=fit.refusal,
        unreached=_unreached(index, counted) if observed else (),
        outside_season=sum(season is None for season in seasons),
    )
    return result, law.with_year_terms(share=float(insured)), index_steps(index, result, fit, seed)


def _priced(
    index: IndexCover, history: Sequence[YearPayout], fit: IndexFit
) -> tuple[float, YearLaw]:
    """Return the pure premium and the law of a season's payout, shares of the sum insured."""
    if index.pricing is IndexPricing.FITTED and fit.fitted is not None and fit.law is not None:
        return fit.fitted.pure_share, fit.law
    shares = np.array([year.payout_share for year in history if year.observed])
    if shares.size == 0:
        return 0.0, YearLaw.nothing()
    values, counts = np.unique(np.append(0.0, shares), return_counts=True)
    counts[0] -= 1
    chances = counts / shares.size
    return float(shares.mean()), YearLaw(values, chances, 0.0, 0.0, float(chances[0]))


def _unreached(index: IndexCover, counted: Sequence[Sequence[Spell]]) -> tuple[str, ...]:
    """Return the triggers that no index value of the history reached."""
    return tuple(
        trigger.name
        for trigger, spells in zip(index.triggers, counted, strict=True)
        if not any(is_reached(index, trigger, spell.value) for spell in spells)
    )
