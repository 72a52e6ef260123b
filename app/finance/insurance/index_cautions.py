"""What a signatory of an index cover must know."""

from collections.abc import Iterator
from datetime import timedelta

from app.finance.case.cover.index_inputs import Combined, IndexCover, IndexPricing
from app.finance.case.cover.index_tables import Measure
from app.finance.case.insurance import Insurance
from app.finance.dates import add_months
from app.finance.insurance.part_results import FittedIndex, IndexResult
from app.finance.notices import Notice, Severity

_PATH = "insurance.index"
_WINDS = (Measure.WIND_SPEED, Measure.GUST, Measure.WIND_FORCE)
FEW_YEARS, TWO_YEARS, FEW_PAYING = 20, 2, 3
"""House convention, after the checks an underwriter expects of a short history."""
_CLOSE = (0.5, 2.0)
"""Fitted over burn outside of this is told."""
_UNPAID = 0.3
_IRREGULAR_SHAPE = -0.5
"""At or below it estimates by maximum likelihood are not regular: Smith, Biometrika 72 (1985)."""
_ERRORS = 4.0
_ROUNDING = 1e-9
_YEAR = 12


def index_cautions(index: IndexCover, result: IndexResult) -> Iterator[Notice]:
    """Yield warnings and red flags of an index cover."""
    yield from _trigger_cautions(index, result)
    yield from _history_cautions(index, result)
    if result.fit_refusal:
        facts = {"count": result.exceedances, "threshold": index.fit_threshold}
        yield _warning(result.fit_refusal, "fit_threshold", **facts)
    if result.fitted is not None:
        yield from _fit_cautions(result.fitted, result.burn_share)
    yield from _basis_cautions(result)


def index_period_cautions(insurance: Insurance) -> Iterator[Notice]:
    """Yield what does not fit between the season of an index cover and the period."""
    index = insurance.index
    if index is None:
        return
    start, months = insurance.period_start, insurance.period_months
    last = add_months(start, months) - timedelta(days=1)
    if index.season_end < start or index.season_start > last:
        yield _red_flag("index_season_outside_period", "season_start", start=start, last=last)
    elif index.season_start < start or index.season_end > last:
        yield _warning("index_season_beyond_period", "season_start", start=start, last=last)
    if months > _YEAR:
        yield _warning("index_one_season", "season_start", months=months)


def _warning(code: str, field: str, **facts: object) -> Notice:
    return Notice(code, Severity.WARNING, f"{_PATH}.{field}", dict(facts))


def _red_flag(code: str, field: str, **facts: object) -> Notice:
    return Notice(code, Severity.RED_FLAG, f"{_PATH}.{field}", dict(facts))


def _trigger_cautions(index: IndexCover, result: IndexResult) -> Iterator[Notice]:
    """Winds without averaging time; payouts short of the sum insured, or above it."""
    for number, trigger in enumerate(index.triggers):
        if trigger.measure in _WINDS and not trigger.averaging.strip():
            field = f"triggers.{number}.averaging"
            yield _warning("index_averaging_missing", field, name=trigger.name)
    most = _most_paid(index, result)
    if most < 1 - _ROUNDING:
        yield _warning("index_payout_not_whole", "triggers", percent=100 * most)
    cap = index.season_cap_share
    if cap is None:
        yield _warning("index_season_without_cap", "season_cap_share")
    elif cap > 1:
        yield _warning("index_season_over_sum", "season_cap_share", percent=100 * cap)


def _most_paid(index: IndexCover, result: IndexResult) -> float:
    """Return the most a season of one event can pay, share of the sum insured."""
    tops = [
        max(step.payout_share for step in result.payout_table if step.trigger == one.name)
        for one in index.triggers
    ]
    together = sum(tops) if index.combined is Combined.SUM else max(tops)
    limits = (index.event_cap_share, index.season_cap_share)
    return min([together, *(limit for limit in limits if limit is not None)])


def _history_cautions(index: IndexCover, result: IndexResult) -> Iterator[Notice]:
    """A history that is short, seldom paid, has gaps, or no source."""
    if not result.observed_years:
        return
    on_burn = index.pricing is IndexPricing.BURN
    stands_on_it = on_burn or (result.fitted is not None and result.fitted.exceedances > 0)
    years = result.observed_years
    if years <= TWO_YEARS and stands_on_it:
        yield _red_flag("index_history_of_two_years", "first_year", years=years)
    elif years < FEW_YEARS:
        yield _warning("index_history_short", "first_year", years=years, least=FEW_YEARS)
    if result.paying_years < FEW_PAYING:
        raise_it = _red_flag if on_burn else _warning
        count = result.paying_years
        yield raise_it("index_few_paying_years", "readings", count=count, least=FEW_PAYING)
    if result.unreached:
        yield _warning("index_trigger_not_reached", "triggers", names=result.unreached)
    gaps = [year.year for year in result.history if not year.observed]
    if gaps:
        yield _warning("index_gap_years", "gaps", count=len(gaps), years=gaps)
    if result.outside_season:
        facts = {"count": result.outside_season, "all": len(index.readings)}
        yield _warning("index_readings_outside_season", "readings", **facts)
    if not index.history_source.strip():
        yield _warning("index_history_without_source", "history_source")


def _fit_cautions(fitted: FittedIndex, burn: float | None) -> Iterator[Notice]:
    """A fit far from the history, one that is not regular, a simulation that does not agree."""
    if burn:
        ratio = fitted.pure_share / burn
        if not _CLOSE[0] <= ratio <= _CLOSE[1]:
            facts = {"fitted": 100 * fitted.pure_share, "burn": 100 * burn}
            yield _warning("index_fit_far_from_burn", "fit_threshold", **facts)
    if fitted.exceedances and fitted.shape <= _IRREGULAR_SHAPE:
        end = fitted.scale / -fitted.shape
        facts = {"shape": fitted.shape, "beyond": end, "threshold": fitted.threshold}
        yield _warning("index_fit_irregular", "excess_law", **facts)
    if fitted.simulated_share is not None and fitted.standard_error is not None:
        apart = abs(fitted.simulated_share - fitted.pure_share)
        if apart > max(_ERRORS * fitted.standard_error, 1e-6):
            facts = {
                "simulated": 100 * fitted.simulated_share,
                "exact": 100 * fitted.pure_share,
            }
            yield _warning("index_simulation_apart", "fit_threshold", **facts)


def _basis_cautions(result: IndexResult) -> Iterator[Notice]:
    basis = result.basis
    if basis is None or basis.p_unpaid_given_loss is None:
        return
    if basis.p_unpaid_given_loss > _UNPAID:
        facts = {"percent": 100 * basis.p_unpaid_given_loss, "years": basis.missed_years}
        yield _warning("index_losses_unpaid", "basis_loss_share", **facts)
