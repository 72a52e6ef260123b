"""The discount rate: stated, built up, CAPM or WACC, in the terms of the cash flow."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.rate import BuildUp, CapitalCost, MoneyTerms, RateBasis
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.text import N_
from app.finance.valuation.given import given
from app.finance.valuation.results import RateResult

_RATE = N_("Discount rate")
_TEXTBOOK = N_("income approach: the rate follows the risk of the cash flow")


def built_up_rate(parts: BuildUp) -> float:
    """Return r = risk-free rate + premiums, a year (累加法)."""
    return (
        parts.risk_free
        + parts.industry
        + parts.operating
        + parts.delivery
        + parts.policy
        + parts.liquidity
        + parts.other
    )


def levered_beta(cost: CapitalCost) -> float:
    """Return beta_L = beta_U (1 + (1 - T) D/E), Hamada's formula."""
    return cost.beta_unlevered * (1 + (1 - cost.tax_rate) * cost.debt_to_equity)


def cost_of_equity(cost: CapitalCost) -> float:
    """Return k_e = r_f + beta_L ERP + e, a year: CAPM with a premium for specific risk."""
    return cost.risk_free + levered_beta(cost) * cost.equity_premium + cost.specific


def weighted_cost(cost: CapitalCost) -> float:
    """Return WACC = E/(D+E) k_e + D/(D+E) k_d (1 - T), a year, after tax."""
    debt = cost.debt_to_equity / (1 + cost.debt_to_equity)
    return (1 - debt) * cost_of_equity(cost) + debt * cost.cost_of_debt * (1 - cost.tax_rate)


def to_nominal(real: float, inflation: float) -> float:
    """Return the nominal rate of a real one: (1 + real)(1 + inflation) - 1, Fisher."""
    return (1 + real) * (1 + inflation) - 1


def to_real(nominal: float, inflation: float) -> float:
    """Return the real rate of a nominal one: (1 + nominal)/(1 + inflation) - 1, Fisher."""
    return (1 + nominal) / (1 + inflation) - 1


def _built_up(parts: BuildUp) -> tuple[float, Step]:
    rate = built_up_rate(parts)
    terms = (
        Term("r_f", N_("Risk-free rate"), parts.risk_free, "1/yr"),
        Term("r_i", N_("Industry risk"), parts.industry, "1/yr"),
        Term("r_o", N_("Operating risk"), parts.operating, "1/yr"),
        Term("r_d", N_("Delivery risk: reversal, measurement"), parts.delivery, "1/yr"),
        Term("r_p", N_("Policy risk"), parts.policy, "1/yr"),
        Term("r_l", N_("Liquidity risk"), parts.liquidity, "1/yr"),
        Term("r_e", N_("Other risk"), parts.other, "1/yr"),
    )
    step = Step(
        "value.rate",
        _RATE,
        "r = r_f + r_i + r_o + r_d + r_p + r_l + r_e",
        terms,
        rate,
        "1/yr",
        N_("build-up method: risk-free rate and a premium for each risk"),
    )
    return rate, step


def _equity(cost: CapitalCost, key: str) -> tuple[float, Step]:
    rate = cost_of_equity(cost)
    step = Step(
        key,
        N_("Cost of equity"),
        "k_e = r_f + β_U × (1 + (1 − T) × D/E) × ERP + ε",
        (
            Term("r_f", N_("Risk-free rate"), cost.risk_free, "1/yr"),
            Term("β_U", N_("Beta without debt"), cost.beta_unlevered),
            Term("T", N_("Income tax rate"), cost.tax_rate, "share"),
            Term("D/E", N_("Debt over equity"), cost.debt_to_equity, "share"),
            Term("ERP", N_("Equity risk premium"), cost.equity_premium, "1/yr"),
            Term("ε", N_("Specific risk"), cost.specific, "1/yr"),
        ),
        rate,
        "1/yr",
        N_("CAPM with the beta levered by Hamada's formula"),
    )
    return rate, step


def _weighted(cost: CapitalCost) -> tuple[float, tuple[Step, ...]]:
    equity, equity_step = _equity(cost, "value.rate.equity")
    rate = weighted_cost(cost)
    step = Step(
        "value.rate",
        _RATE,
        "r = k_e / (1 + D/E) + k_d × (1 − T) × (D/E) / (1 + D/E)",
        (
            Term("k_e", N_("Cost of equity"), equity, "1/yr"),
            Term("k_d", N_("Cost of debt before tax"), cost.cost_of_debt, "1/yr"),
            Term("T", N_("Income tax rate"), cost.tax_rate, "share"),
            Term("D/E", N_("Debt over equity"), cost.debt_to_equity, "share"),
        ),
        rate,
        "1/yr",
        N_("weighted cost of capital, after tax"),
    )
    return rate, (equity_step, step)


def _chosen(appraisal: Appraisal) -> tuple[float, tuple[Step, ...]]:
    basis = appraisal.rate_basis
    if basis is RateBasis.STATED:
        rate = given(appraisal, "discount_rate")
        terms = (Term("r", N_("Discount rate, as stated"), rate, "1/yr"),)
        return rate, (Step("value.rate", _RATE, "r", terms, rate, "1/yr", _TEXTBOOK),)
    if basis is RateBasis.BUILD_UP:
        if appraisal.build_up is None:
            raise DomainError("missing", path="appraisal.build_up", value=None)
        rate, step = _built_up(appraisal.build_up)
        return rate, (step,)
    if appraisal.capital_cost is None:
        raise DomainError("missing", path="appraisal.capital_cost", value=None)
    if basis is RateBasis.WACC:
        return _weighted(appraisal.capital_cost)
    rate, step = _equity(appraisal.capital_cost, "value.rate")
    return rate, (step,)


def _converted(appraisal: Appraisal, rate: float) -> tuple[float, Step]:
    """Bring the rate to the terms of the cash flow by Fisher's equation."""
    inflation = appraisal.inflation
    if inflation is None:
        raise DomainError(
            "inflation_needed",
            path="appraisal.inflation",
            value=None,
            rate_terms=appraisal.rate_terms.value,
            flow_terms=appraisal.flow_terms.value,
        )
    nominal = appraisal.flow_terms is MoneyTerms.NOMINAL
    found = to_nominal(rate, inflation) if nominal else to_real(rate, inflation)
    label = N_("Discount rate, real") if nominal else N_("Discount rate, nominal")
    symbol = "r_real" if nominal else "r_nominal"
    step = Step(
        "value.rate",
        N_("Discount rate in the terms of the cash flow"),
        "r = (1 + r_real) × (1 + i) − 1" if nominal else "r = (1 + r_nominal) / (1 + i) − 1",
        (
            Term(symbol, label, rate, "1/yr"),
            Term("i", N_("Inflation"), inflation, "1/yr"),
        ),
        found,
        "1/yr",
        N_("Fisher's equation: a nominal cash flow is discounted at a nominal rate"),
    )
    return found, step


def discount_rate(appraisal: Appraisal) -> RateResult:
    """Return the rate that discounts the cash flow, a year, and its working.

    Raises:
        DomainError: `inflation_needed` when rate and cash flow are in different money and no
            inflation is given; `rate_too_low` at -50 % or below; `missing` without its inputs.
    """
    before, steps = _chosen(appraisal)
    rate = before
    converted = appraisal.rate_terms is not appraisal.flow_terms
    if converted:
        rate, last = _converted(appraisal, before)
        chosen = steps[-1]
        first = Step(
            "value.rate.before",
            chosen.label,
            chosen.formula,
            chosen.terms,
            chosen.value,
            chosen.unit,
            chosen.source,
        )
        steps = (*steps[:-1], first, last)
    if rate <= LOWEST_RATE:
        raise DomainError(
            "rate_too_low", path="appraisal.rate_basis", value=rate, limit_percent=100 * LOWEST_RATE
        )
    return RateResult(
        rate=rate,
        basis=appraisal.rate_basis.value,
        terms=appraisal.flow_terms.value,
        converted=converted,
        before_conversion=before,
        working=steps,
    )


LOWEST_RATE = -0.5
"""A rate at or below this is refused, as the range of a stated one is."""
