"""Premium of a cover: frequency times severity after deductible and limit, then loadings."""

import math
from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.insurance import CarbonCover, HarvestCover, Insurance
from app.finance.explain import Step, Term
from app.finance.insurance.severity import Severity, layer_moments
from app.finance.money import ZERO, round_to_fen
from app.finance.text import N_


@dataclass(frozen=True, slots=True)
class CoverResult:
    """One cover: sum insured and premiums, yuan; `rate` is gross premium over sum insured.

    `expected_loss_yuan` and `loss_sd_yuan` are of the whole period after deductible and limit.
    """

    name: str
    head: str
    quantity: float
    quantity_unit: str
    sum_insured_yuan: Decimal
    deductible_yuan: Decimal
    event_limit_yuan: Decimal
    expected_loss_yuan: float
    loss_sd_yuan: float
    risk_load_yuan: float
    gross_premium_yuan: Decimal
    rate: float
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class InsuranceResult:
    covers: tuple[CoverResult, ...]
    sum_insured_yuan: Decimal
    gross_premium_yuan: Decimal
    rate: float
    working: tuple[Step, ...]


def loading_share(insurance: Insurance) -> float:
    """Shares of the gross premium: variable expense, commission, profit and tax together."""
    return (
        insurance.variable_expense_share
        + insurance.commission_share
        + insurance.profit_share
        + insurance.tax_share
    )


def gross_premium(*, pure: float, risk_load: float, fixed: float, shares: float) -> float:
    """(pure + risk load + fixed expense) / (1 - variable expense - commission - profit - tax)."""
    return (pure + risk_load + fixed) / (1 - shares)


def _price_cover(
    name: str, cover: CarbonCover | HarvestCover, insurance: Insurance, quantity: float
) -> CoverResult:
    insured = round_to_fen(quantity * cover.unit_value_yuan, path=f"insurance.{name}")
    amount = float(insured)
    deductible = amount * cover.deductible_share
    limit = amount - deductible
    if cover.event_limit_yuan is not None:
        limit = min(limit, cover.event_limit_yuan)
    severity = Severity(amount * cover.mean_damage_share, cover.damage_cv)
    first, second = layer_moments(severity, deductible, limit)
    events = cover.events_per_year * insurance.period_months / 12
    pure = events * first
    deviation = math.sqrt(events * second)
    risk = insurance.risk_load_factor * deviation
    shares = loading_share(insurance)
    gross = round_to_fen(
        gross_premium(pure=pure, risk_load=risk, fixed=insurance.fixed_expense_yuan, shares=shares),
        path=f"insurance.{name}",
    )
    key = f"insurance.{name}"
    working = (
        Step(
            f"{key}.sum_insured",
            N_("Sum insured"),
            "S = q × v",
            (
                Term("q", N_("Insured quantity"), quantity, cover.quantity_unit.value),
                Term("v", N_("Agreed value of a unit"), cover.unit_value_yuan, "yuan"),
            ),
            insured,
            "yuan",
            N_("inputs of the case"),
        ),
        Step(
            f"{key}.expected_loss",
            N_("Pure premium"),
            "P = λ × (E[X ∧ (D + L)] − E[X ∧ D])",
            (
                Term("λ", N_("Loss events in the period, before the deductible"), events, ""),
                Term("E[X]", N_("Mean loss of an event"), severity.mean, "yuan"),
                Term("cv", N_("Spread of the damage"), cover.damage_cv, "sd/mean"),
                Term("D", N_("Deductible of an event"), deductible, "yuan"),
                Term("L", N_("Limit of an event"), limit, "yuan"),
                Term("E[Y]", N_("Mean payment of an event"), first, "yuan"),
            ),
            pure,
            "yuan",
            "Klugman, Panjer, Willmot: Loss Models, limited expected value of the lognormal",
        ),
        Step(
            f"{key}.risk_load",
            N_("Risk loading"),
            "R = a × √(λ × E[Y²])",
            (
                Term("a", N_("Risk loading"), insurance.risk_load_factor, "x sd"),
                Term("σ", N_("Standard deviation of the period's loss"), deviation, "yuan"),
            ),
            risk,
            "yuan",
            N_("standard deviation principle; compound Poisson variance"),
        ),
        Step(
            f"{key}.gross_premium",
            N_("Gross premium"),
            "G = (P + R + F) / (1 − e − c − p − t)",
            (
                Term("P", N_("Pure premium"), pure, "yuan"),
                Term("R", N_("Risk loading"), risk, "yuan"),
                Term("F", N_("Fixed expense of a cover"), insurance.fixed_expense_yuan, "yuan"),
                Term("e", N_("Variable expense"), insurance.variable_expense_share, "share"),
                Term("c", N_("Commission"), insurance.commission_share, "share"),
                Term("p", N_("Profit margin"), insurance.profit_share, "share"),
                Term("t", N_("Tax on premium"), insurance.tax_share, "share"),
            ),
            gross,
            "yuan",
            N_("expense-loaded premium; shares are of the gross premium"),
        ),
        Step(
            f"{key}.rate",
            N_("Premium rate"),
            "G / S",
            (
                Term("G", N_("Gross premium"), gross, "yuan"),
                Term("S", N_("Sum insured"), insured, "yuan"),
            ),
            float(gross / insured) if insured else 0.0,
            "share",
            N_("gross premium over sum insured"),
        ),
    )
    return CoverResult(
        name=name,
        head=cover.head.value,
        quantity=quantity,
        quantity_unit=cover.quantity_unit.value,
        sum_insured_yuan=insured,
        deductible_yuan=round_to_fen(deductible),
        event_limit_yuan=round_to_fen(limit),
        expected_loss_yuan=pure,
        loss_sd_yuan=deviation,
        risk_load_yuan=risk,
        gross_premium_yuan=gross,
        rate=float(gross / insured) if insured else 0.0,
        working=working,
    )


def compute_insurance(
    insurance: Insurance, *, first_year_credits: float, first_year_harvest: float
) -> InsuranceResult:
    """Price the covers of the case.

    An empty quantity takes the credits (t CO2e) or the harvest (t) of the first year.
    """
    covers = []
    if insurance.carbon_cover is not None:
        quantity = insurance.carbon_cover.quantity
        covers.append(
            _price_cover(
                "carbon_cover",
                insurance.carbon_cover,
                insurance,
                first_year_credits if quantity is None else quantity,
            )
        )
    if insurance.harvest_cover is not None:
        quantity = insurance.harvest_cover.quantity
        covers.append(
            _price_cover(
                "harvest_cover",
                insurance.harvest_cover,
                insurance,
                first_year_harvest if quantity is None else quantity,
            )
        )
    insured = sum((cover.sum_insured_yuan for cover in covers), ZERO)
    premium = sum((cover.gross_premium_yuan for cover in covers), ZERO)
    return InsuranceResult(
        covers=tuple(covers),
        sum_insured_yuan=insured,
        gross_premium_yuan=premium,
        rate=float(premium / insured) if insured else 0.0,
        working=tuple(step for cover in covers for step in cover.working),
    )
