"""Inputs of the discount rate: stated, built up, or cost of capital; real or nominal."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


class RateBasis(StrEnum):
    STATED = "stated"
    BUILD_UP = "build_up"
    CAPM = "capm"
    WACC = "wacc"


class MoneyTerms(StrEnum):
    NOMINAL = "nominal"
    REAL = "real"


RATE_CHOICES = (
    ("stated", N_("stated")),
    ("build_up", N_("built up from premiums")),
    ("capm", N_("CAPM, cost of equity")),
    ("wacc", N_("WACC, weighted cost of capital")),
)
TERMS_CHOICES = (("nominal", N_("nominal")), ("real", N_("real")))


def _rate(label: str, minimum: float = 0) -> Field:
    return Field(label, "1/yr", minimum=minimum, maximum=1, percent=True)


@dataclass(frozen=True, kw_only=True)
class BuildUp:
    """r = risk-free + premiums (累加法)."""

    risk_free: Annotated[float, _rate(N_("Risk-free rate"), -0.1)]
    industry: Annotated[float, _rate(N_("Industry risk"))] = 0.0
    operating: Annotated[float, _rate(N_("Operating risk"))] = 0.0
    delivery: Annotated[float, _rate(N_("Delivery risk: reversal, measurement"))] = 0.0
    policy: Annotated[float, _rate(N_("Policy risk"))] = 0.0
    liquidity: Annotated[float, _rate(N_("Liquidity risk"))] = 0.0
    other: Annotated[float, _rate(N_("Other risk"))] = 0.0


@dataclass(frozen=True, kw_only=True)
class CapitalCost:
    """k_e = r_f + beta_L ERP + e; WACC = E/(D+E) k_e + D/(D+E) k_d (1 - T)."""

    risk_free: Annotated[float, _rate(N_("Risk-free rate"), -0.1)]
    beta_unlevered: Annotated[float, Field(N_("Beta without debt"), minimum=-5, maximum=10)]
    equity_premium: Annotated[float, _rate(N_("Equity risk premium"))]
    specific: Annotated[float, _rate(N_("Specific risk"))] = 0.0
    debt_to_equity: Annotated[
        float, Field(N_("Debt over equity"), "share", minimum=0, maximum=100)
    ] = 0.0
    tax_rate: Annotated[
        float, Field(N_("Income tax rate"), "share", minimum=0, maximum=1, percent=True)
    ] = 0.0
    cost_of_debt: Annotated[float, _rate(N_("Cost of debt before tax"))] = 0.0
