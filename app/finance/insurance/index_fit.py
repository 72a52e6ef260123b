"""The fitted index: events above a threshold in a season, and the law of what lies above it.

Source: peaks over threshold, Coles, An Introduction to Statistical Modeling of Extreme Values
(2001), chapter 4. The mean excess is the exponential law of the greatest likelihood; the
generalised Pareto is fitted by `hazard_extremes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.case.cover.index_inputs import Excess as ExcessForm
from app.finance.case.cover.index_inputs import IndexCover, IndexPricing
from app.finance.case.index_terms import of_season
from app.finance.errors import DomainError
from app.finance.insurance.index_curve import event_payment, turned
from app.finance.insurance.index_events import joined_spells
from app.finance.insurance.index_season import IndexSeason
from app.finance.insurance.index_values import Spell
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.part_results import FittedIndex
from app.finance.insurance.tail_laws import Excess
from app.finance.insurance.year_law import YearLaw

FEWEST = 10
"""House convention: fewer values above the threshold carry no fit."""
_PATH = "insurance.index.fit_threshold"


@dataclass(frozen=True, slots=True)
class IndexFit:
    """What came of the fit: result and law, or the code why there is none.

    `refusal` is "" when nothing was asked for, `index_few_exceedances`, `index_same_exceedances`
    or `index_infinite_mean`; `exceedances` counts the values above the threshold.
    """

    fitted: FittedIndex | None = None
    law: YearLaw | None = None
    exceedances: int = 0
    refusal: str = ""
    simulated_years: int = 0


def fit_index(index: IndexCover, spells: Sequence[Spell], observed: int, seed: int) -> IndexFit:
    """Return the fitted model of an index with one trigger.

    Args:
        index: the cover.
        spells: index values of its trigger.
        observed: years with data, 0 without a history.
        seed: of the simulation.

    Raises:
        DomainError: the code of the refusal, when the cover is priced on the fitted model.
    """
    threshold, trigger = index.fit_threshold, index.triggers[0]
    if threshold is None or len(index.triggers) > 1 or of_season(trigger):
        return IndexFit()
    sign = turned(trigger)
    values = [sign * spell.value for spell in joined_spells(trigger, spells, threshold)]
    above = np.array([value - sign * threshold for value in values if value > sign * threshold])
    entered = _entered(index)
    rate = index.events_per_year
    if (entered is None or rate is None) and observed == 0:
        return IndexFit()
    refusal = "" if entered is not None else _refusal(above)
    if not refusal and entered is None:
        entered = _fitted(index, above)
        refusal = "index_infinite_mean" if entered.shape >= 1 else ""
    if refusal or entered is None:
        if index.pricing is IndexPricing.FITTED:
            raise DomainError(refusal, path=_PATH, value=threshold, count=above.size, least=FEWEST)
        return IndexFit(exceedances=above.size, refusal=refusal)
    season = _season(index, above.size / observed if rate is None else rate, entered, threshold)
    return _priced(index, season, threshold, above.size, seed)


def season_of(index: IndexCover, found: FittedIndex) -> IndexSeason:
    """Return the season of a fitted model."""
    excess = Excess(0.0, found.scale, found.shape)
    return _season(index, found.events_per_year, excess, found.threshold)


def _season(index: IndexCover, rate: float, excess: Excess, threshold: float) -> IndexSeason:
    trigger, cap = index.triggers[0], index.season_cap_share
    return IndexSeason(
        rate=rate,
        excess=excess,
        payment=event_payment(index, trigger, turned(trigger) * threshold, cap=cap),
        paid=index.events_paid,
        cap=cap,
    )


def _entered(index: IndexCover) -> Excess | None:
    """Return the law of the excess that is entered, None where it is to be fitted."""
    if index.excess_scale is None:
        return None
    gpd = index.excess_law is ExcessForm.GPD
    return Excess(0.0, index.excess_scale, (index.excess_shape or 0.0) if gpd else 0.0)


def _refusal(above: Floats) -> str:
    if above.size < FEWEST:
        return "index_few_exceedances"
    return "index_same_exceedances" if float(np.ptp(above)) == 0 else ""


def _fitted(index: IndexCover, above: Floats) -> Excess:
    """Return the law of the greatest likelihood; `above` holds what lies above the threshold."""
    if index.excess_law is ExcessForm.EXPONENTIAL:
        return Excess(0.0, float(above.mean()), 0.0)
    # It loads the optimiser, which only a fit needs.
    from app.finance.insurance.hazard_extremes import fit_pareto  # noqa: PLC0415

    found = fit_pareto(above, 0.0)
    return Excess(0.0, found.scale, found.shape)


def _priced(
    index: IndexCover, season: IndexSeason, threshold: float, count: int, seed: int
) -> IndexFit:
    law = season.law()
    mean, error, years = season.simulated(seed)
    fitted = FittedIndex(
        events_per_year=season.rate,
        threshold=threshold,
        law=index.excess_law.value,
        scale=season.excess.scale,
        shape=season.excess.shape,
        exceedances=count if index.excess_scale is None else 0,
        pure_share=season.pure_share(law),
        simulated_share=mean,
        standard_error=error,
    )
    return IndexFit(fitted, law, count, "", years)
