"""From the pure premium to the gross premium: safety, risk load, expenses, rounding."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from app.finance.case.cover.premium_inputs import RiskLoad
from app.finance.case.insurance import Insurance
from app.finance.errors import DomainError
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.results import LoadLine
from app.finance.money import round_to_fen

SHARES = (
    ("variable", "variable_expense_share"),
    ("commission", "commission_share"),
    ("profit", "profit_share"),
    ("tax", "tax_share"),
)
"""Loadings that are shares of the gross premium: code of the line, input."""


@dataclass(frozen=True, slots=True)
class YearLoss:
    """The insurer's loss of one policy year as the price sees it.

    `discount` brings it to the start of the policy; `mean` and `variance` are exact where the
    law is on a grid.
    """

    law: YearLaw
    mean: float
    variance: float
    discount: float


@dataclass(frozen=True, slots=True)
class Build:
    """The steps of the premium, yuan; `lines` sum to `gross_yuan`."""

    pure_yuan: float
    reinstatement_yuan: float
    safety_yuan: float
    risk_yuan: float
    fixed_yuan: float
    technical_yuan: float
    gross_yuan: Decimal
    lines: tuple[LoadLine, ...]


def loading_share(insurance: Insurance) -> float:
    """Shares of the gross premium: variable expense, commission, profit and tax together."""
    return sum(float(getattr(insurance, name)) for _code, name in SHARES)


def gross_premium(*, pure: float, risk_load: float, fixed: float, shares: float) -> float:
    """(pure + risk load + fixed expense) / (1 - variable expense - commission - profit - tax)."""
    return (pure + risk_load + fixed) / (1 - shares)


def year_sd(years: Sequence[YearLoss]) -> float:
    """Return the standard deviation of the discounted loss of the period; years independent."""
    return math.sqrt(sum(year.discount**2 * year.variance for year in years))


def risk_load(insurance: Insurance, years: Sequence[YearLoss]) -> float:
    """Return the risk loading over the period, yuan, by the principle the case chooses.

    Standard deviation and variance are those of the discounted loss of the period; the others
    load each policy year and sum: cost of capital x (TVaR - E), Wang's transform
    integral of Phi(Phi^-1(S(x)) + lambda) dx less E, and the proportional hazard
    integral of S(x)^(1/rho) dx less E. Sources: Klugman, Panjer, Willmot, Loss Models; Wang,
    Insurance: Mathematics and Economics 17 (1995) and Journal of Risk and Insurance 67 (2000).
    """
    match insurance.risk_load:
        case RiskLoad.STANDARD_DEVIATION:
            return _known(insurance.risk_load_factor) * year_sd(years)
        case RiskLoad.VARIANCE:
            return _known(insurance.variance_factor) * year_sd(years) ** 2
    return sum(year.discount * _law_load(insurance, year.law) for year in years)


def _law_load(insurance: Insurance, law: YearLaw) -> float:
    """Return the load of one policy year that needs the whole law, never below zero."""
    match insurance.risk_load:
        case RiskLoad.TVAR:
            excess = law.tvar(_known(insurance.tvar_level)) - law.mean
            return max(_known(insurance.cost_of_capital) * excess, 0.0)
        case RiskLoad.WANG:
            return max(law.wang(_known(insurance.wang_lambda)) - law.mean, 0.0)
    return max(law.proportional_hazard(_known(insurance.hazard_rho)) - law.mean, 0.0)


def _known(value: float | None) -> float:
    """Return an input that the chosen principle makes necessary; the rules have seen to it."""
    assert value is not None  # noqa: S101 - `needed` of the field
    return value


def rounded_up(amount: Decimal, step: Decimal | None) -> Decimal:
    """Return the next multiple of `step` yuan not below an amount; the amount without a step."""
    if step is None:
        return amount
    return (amount / step).to_integral_value(rounding=ROUND_CEILING) * step


def build_premium(
    insurance: Insurance,
    *,
    pure_yuan: float,
    risk_yuan: float,
    reinstatement_yuan: float,
    sum_insured_yuan: Decimal,
) -> Build:
    """Build the gross premium.

    Pure premium, less what reinstatement premiums are expected to earn, safety loading, risk
    loading and fixed expense; over one less the shares of the gross premium: the technical
    premium. Then the rate coefficient, the minimum premium, rounding up.

    Raises:
        DomainError: `loadings_below_one` when the shares leave nothing, `amount_too_large`.
    """
    shares = loading_share(insurance)
    path = "insurance.variable_expense_share"
    if shares >= 1:
        raise DomainError("loadings_below_one", path=path, value=shares)
    safety = insurance.safety_share * pure_yuan
    fixed = insurance.fixed_expense_yuan
    technical = gross_premium(
        pure=pure_yuan - reinstatement_yuan + safety,
        risk_load=risk_yuan,
        fixed=fixed,
        shares=shares,
    )
    adjusted = technical * insurance.rate_coefficient
    booked = round_to_fen(adjusted, path=path)
    raised = max(booked, insurance.minimum_premium_yuan)
    gross = round_to_fen(rounded_up(raised, insurance.round_premium_to_yuan), path=path)
    amounts = [
        ("pure", pure_yuan),
        *([("reinstatement", -reinstatement_yuan)] if reinstatement_yuan else []),
        ("safety", safety),
        ("risk", risk_yuan),
        ("fixed", fixed),
        *((code, float(getattr(insurance, name)) * technical) for code, name in SHARES),
        ("coefficient", adjusted - technical),
        ("minimum", float(raised - booked)),
    ]
    amounts.append(("rounding", float(gross) - math.fsum(amount for _code, amount in amounts)))
    insured = float(sum_insured_yuan)
    return Build(
        pure_yuan=pure_yuan,
        reinstatement_yuan=reinstatement_yuan,
        safety_yuan=safety,
        risk_yuan=risk_yuan,
        fixed_yuan=fixed,
        technical_yuan=technical,
        gross_yuan=gross,
        lines=tuple(
            LoadLine(code, amount, amount / insured if insured else 0.0) for code, amount in amounts
        ),
    )
