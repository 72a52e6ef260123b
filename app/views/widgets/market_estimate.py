"""What a price series says about the price models, in words."""

from typing import TYPE_CHECKING

from app.formats import percent, plain
from app.i18n import _, active_language, translator
from app.messages import expected_text, notice_text
from app.services.case_file import CaseRefused

if TYPE_CHECKING:
    from app.finance.valuation.estimation import Estimated, JumpEstimate, SeriesEstimate

DIGITS = 4


def _with_error(found: "Estimated") -> str:
    """Write a yearly rate with its standard error."""
    if found.standard_error is None:
        return percent(found.value, 1)
    return _("{value} ± {error}").format(
        value=percent(found.value, 1), error=percent(found.standard_error, 1)
    )


def _figure(value: float) -> str:
    """Write a figure with four significant digits."""
    return plain(float(f"{value:.{DIGITS}g}"))


def _reversion_said(found: "SeriesEstimate", currency: str) -> str:
    model = found.reversion
    if model is None:
        return _("Mean reversion: none that the series shows.")
    return _(
        "Mean reversion: speed {speed} a year (half-life {half_life} years), long-run price "
        "{price} {currency}/t, volatility {volatility} a year."
    ).format(
        speed=_figure(model.speed.value),
        half_life=_figure(model.half_life_yr),
        price=_figure(model.long_run_price.value),
        currency=currency,
        volatility=_with_error(model.volatility),
    )


def _jumps_said(found: "JumpEstimate") -> str:
    if not found.count:
        return _("Jumps: no change stands out from the others.")
    return _(
        "Jumps: {count}, {per_year} a year; volatility of the other changes {volatility} a year."
    ).format(
        count=found.count,
        per_year=_figure(found.per_year.value),
        volatility=_with_error(found.volatility),
    )


def estimate_lines(found: "SeriesEstimate", currency: str) -> list[str]:
    """Say volatility, drift, mean reversion and jumps, a sentence each."""
    return [
        _(
            "Volatility {volatility} a year, drift {drift} a year (± one standard error), from "
            "{count} changes between {first} and {last}."
        ).format(
            volatility=_with_error(found.volatility),
            drift=_with_error(found.drift),
            count=found.observations,
            first=found.first_day,
            last=found.last_day,
        ),
        _reversion_said(found, currency),
        _jumps_said(found.jumps),
    ]


def warning_lines(found: "SeriesEstimate") -> list[str]:
    """Return the warnings of an estimate."""
    tr = translator(active_language())
    return [notice_text(notice, tr) for notice in found.notices]


def refused_line(refused: CaseRefused) -> str:
    """Say why a series gives no estimate."""
    tr = translator(active_language())
    expected = "; ".join(expected_text(problem, tr) for problem in refused.problems)
    return _("No estimate from this series. Expected: {expected}").format(expected=expected)
