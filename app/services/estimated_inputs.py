"""From a price series of the market book to the price model of a draft's simulation."""

from typing import TYPE_CHECKING, Any

from app.finance.case.valuation.simulation import PriceModel
from app.i18n import N_, Translator
from app.services.documents import Document, value_at, with_value
from app.services.draft import with_provenance

if TYPE_CHECKING:
    from app.finance.valuation.estimation import SeriesEstimate

SIMULATION = "appraisal.simulation"
SOURCE = N_(
    "estimated from series {series} of the market book, {count} changes between {first} and {last}"
)
HOME = "CNY"
_DIGITS = 6


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def estimated_inputs(
    found: "SeriesEstimate", model: PriceModel, currency: str
) -> dict[str, float | None]:
    """Return inputs of the simulation that an estimate gives, by name.

    Beside jumps stands the volatility of the other changes. A long-run price in another
    currency than yuan is left out. Six significant digits.

    Raises:
        ValueError: mean reversion is asked for and the series shows none.
    """
    if model is PriceModel.GBM:
        return {"volatility": _rounded(found.volatility.value)}
    if found.reversion is None:
        raise ValueError(model.value)
    jumps = found.jumps
    beside = jumps.volatility if jumps.count else found.reversion.volatility
    given: dict[str, float | None] = {
        "volatility": _rounded(beside.value),
        "reversion_speed": _rounded(found.reversion.speed.value),
        "jumps_per_year": _rounded(jumps.per_year.value) if jumps.count else None,
        "jump_mean": _rounded(jumps.mean.value) if jumps.mean is not None else None,
        "jump_sd": _rounded(jumps.sd.value) if jumps.sd is not None else None,
    }
    if currency == HOME:
        given["long_run_price_yuan_t"] = _rounded(found.reversion.long_run_price.value)
    return given


def with_estimate(
    document: Document,
    found: "SeriesEstimate",
    model: PriceModel,
    *,
    series: str,
    currency: str,
    kept: dict[str, Any],
    tr: Translator,
) -> Document:
    """Return a draft whose simulation draws prices by an estimated model, marked as measured.

    `kept` are the inputs of the simulation when it is switched off in the draft. What the
    estimate does not give is the default again (no jumps), but a long-run price stays.
    """
    source = tr(SOURCE).format(
        series=series, count=found.observations, first=found.first_day, last=found.last_day
    )
    held = value_at(document, SIMULATION)
    changed = with_value(document, SIMULATION, dict(held) if isinstance(held, dict) else kept)
    changed = with_value(changed, f"{SIMULATION}.price_model", model.value)
    for name, value in estimated_inputs(found, model, currency).items():
        path = f"{SIMULATION}.{name}"
        changed = with_value(changed, path, value)
        changed = with_provenance(changed, path, "" if value is None else "measured", source)
    return changed
