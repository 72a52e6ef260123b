"""Bounds by the price risk of carbon: value at risk, and a loan that is riskless less a put."""

import math
from collections.abc import Callable

from app.finance.case.lending.sizing_inputs import MarketRisk
from app.finance.explain import Term
from app.finance.lending.bound_parts import NOT_ENTERED, Found, Sizing, bound_step
from app.finance.lending.bound_security import (
    Ratios,
    carried_at,
    more_security,
    price_to_carry,
    value_remedy,
)
from app.finance.lending.collateral import CARBON_RIGHT, ISSUED_CREDITS, free_of
from app.finance.lending.ratio_models import (
    TRADING_DAYS,
    normal_quantile,
    option_ratio,
    option_volatility,
    var_ratio,
    var_volatility,
)
from app.finance.lending.results import Remedy
from app.finance.money import ZERO
from app.finance.text import N_
from app.finance.valuation.price_curve import DAYS_OF_YEAR

_CARBON = (CARBON_RIGHT, ISSUED_CREDITS)
_NO_VALUE = N_("The value of the carbon is not positive: it carries no loan.")
_NO_SPREAD = N_("The loan pays no more than the riskless rate: nothing pays for the risk.")
_RATIO = N_("Ratio that the price risk allows")


def _has_carbon(sizing: Sizing) -> bool:
    return any(line.kind in _CARBON for line in sizing.parts.security.lines)


def _ratios(sizing: Sizing, ratio: float) -> Ratios:
    """Return the ratio for what follows the price of carbon; the others keep their own."""
    lines = sizing.parts.security.lines
    return {line.position: ratio if line.kind in _CARBON else line.ratio_cap for line in lines}


def _ratio_needed(sizing: Sizing) -> float | None:
    """Return the ratio of the carbon at which the amount asked for is carried."""
    lines = [line for line in sizing.parts.security.lines if line.kind in _CARBON]
    free = float(sum(map(free_of, lines), ZERO))
    others = carried_at(sizing, _ratios(sizing, 0.0))
    limited = any(line.secured_maximum_yuan is not None for line in lines)
    if free <= 0 or limited:
        return None
    return float(sizing.asked - others) / free


def _found(
    sizing: Sizing,
    code: str,
    ratio: float,
    *,
    terms: tuple[Term, ...],
    formula: str,
    source: str,
    volatility_for: Callable[[float], float | None],
) -> Found:
    """Return the bound of a ratio on the carbon, beside what the other collaterals carry."""
    ratios = _ratios(sizing, ratio)
    amount = carried_at(sizing, ratios)
    others = carried_at(sizing, _ratios(sizing, 0.0))
    carbon = [line for line in sizing.parts.security.lines if line.kind in _CARBON]
    free = sum(map(free_of, carbon), ZERO)
    remedies: tuple[Remedy, ...] = ()
    if sizing.is_short(amount):
        needed = _ratio_needed(sizing)
        volatility = None if needed is None else volatility_for(needed)
        remedies = (
            Remedy("volatility", volatility, "1/yr"),
            *value_remedy(sizing, ratios),
            *price_to_carry(sizing, ratios),
            more_security(sizing, amount),
        )
    reason = note = ""
    if free <= 0:
        reason, note = "no_value", _NO_VALUE
    elif ratio <= 0:
        reason, note = "no_spread", _NO_SPREAD
    terms = (
        *terms,
        Term("LTV", _RATIO, ratio, "share"),
        Term("V", N_("Value of the carbon after haircut and prior claims"), free, "yuan"),
        Term("O", N_("All others carry"), others, "yuan"),
    )
    step = bound_step(code, formula, terms, amount=amount, source=source, note=note)
    return Found(amount, reason, ratio, "share", remedies, step)


def var_bound(sizing: Sizing) -> Found:
    """Return what the ratio by value at risk carries, with the other collaterals at their own.

    See `var_ratio`. The loan grows by its rate over the days to dispose when interest is counted;
    the cost of disposal is that of the appraisal when none is entered here.
    """
    risk = sizing.loan.market_risk
    if risk is None:
        return NOT_ENTERED
    if not _has_carbon(sizing):
        return Found(None, "no_carbon_security")
    rate = sizing.parts.schedule.rates[0] if risk.count_interest else 0.0
    cost = risk.disposal_cost_share
    cost = sizing.parts.appraisal.disposal_cost_share if cost is None else cost

    def ratio_at(volatility: float) -> float:
        return var_ratio(
            volatility=volatility,
            disposal_days=risk.disposal_days,
            confidence=risk.confidence,
            disposal_cost_share=cost,
            drift=risk.drift,
            loan_rate=rate,
        )

    def volatility_for(ratio: float) -> float | None:
        return var_volatility(
            ratio,
            disposal_days=risk.disposal_days,
            confidence=risk.confidence,
            disposal_cost_share=cost,
            drift=risk.drift,
            loan_rate=rate,
        )

    years = risk.disposal_days / TRADING_DAYS
    return _found(
        sizing,
        "var",
        ratio_at(risk.volatility),
        terms=(
            Term("σ", N_("Volatility of the price"), risk.volatility, "1/yr"),
            Term("h", N_("Time to dispose"), years, "yr"),
            Term("z", N_("Quantile of the confidence"), normal_quantile(risk.confidence)),
            Term("c", N_("Cost of disposal"), cost, "share"),
            Term("μ", N_("Drift of the price"), risk.drift, "1/yr"),
            Term("R", N_("Interest that runs while it is sold"), rate, "1/yr"),
        ),
        formula="LTV × V + O;  LTV = (1 − c) × exp(μ × h − z × σ × √h) / (1 + R × h)",
        source=N_("value at risk of a log-normal price over the time to dispose"),
        volatility_for=volatility_for,
    )


def _spread_of(sizing: Sizing, risk: MarketRisk, riskless: float) -> float:
    if risk.credit_spread is not None:
        return risk.credit_spread
    return sizing.parts.schedule.rates[0] - riskless


def option_bound(sizing: Sizing) -> Found:
    """Return what the ratio by the option carries, with the other collaterals at their own.

    See `option_ratio`; the tenor runs from drawdown to the last payment, days over 365. Without a
    spread the ratio is 0.
    """
    risk, schedule = sizing.loan.market_risk, sizing.parts.schedule
    if risk is None:
        return NOT_ENTERED
    if risk.risk_free_rate is None:
        return Found(None, "no_risk_free_rate")
    if not _has_carbon(sizing):
        return Found(None, "no_carbon_security")
    riskless = risk.risk_free_rate
    spread = _spread_of(sizing, risk, riskless)
    years = (schedule.dues[-1] - sizing.loan.drawdown_date).days / DAYS_OF_YEAR
    ratio = option_ratio(volatility=risk.volatility, years=years, rate=riskless, spread=spread)
    due = ratio * math.exp((riskless + spread) * years)
    return _found(
        sizing,
        "option",
        ratio,
        terms=(
            Term("σ", N_("Volatility of the price"), risk.volatility, "1/yr"),
            Term("T", N_("Tenor"), years, "yr"),
            Term("r", N_("Riskless rate"), riskless, "1/yr"),
            Term("s", N_("Spread over the riskless rate"), spread, "1/yr"),
            Term("F", N_("Due at maturity for each yuan of value"), due),
        ),
        formula="LTV × V + O;  LTV = F × e^(−r T) − Put(1, F, T),  F = LTV × e^((r + s) T)",
        source="Financial Innovation 2015, doi 10.1186/s40854-015-0015-4",
        volatility_for=lambda needed: option_volatility(
            needed, years=years, rate=riskless, spread=spread
        ),
    )
