"""The discount rate as a formula of its named parts, in the terms of the cash flow."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.rate import MoneyTerms, RateBasis

_PREMIUMS = ("industry", "operating", "delivery", "policy", "liquidity", "other")
_DEBT = "capital_cost_debt_to_equity"
_EQUITY = (
    "capital_cost_risk_free+capital_cost_beta_unlevered"
    f"*(1+(1-capital_cost_tax_rate)*{_DEBT})*capital_cost_equity_premium+capital_cost_specific"
)
_WEIGHTED = (
    f"({_EQUITY})/(1+{_DEBT})+capital_cost_cost_of_debt*(1-capital_cost_tax_rate)"
    f"*{_DEBT}/(1+{_DEBT})"
)
_BASES = {
    RateBasis.STATED: "discount_rate",
    RateBasis.BUILD_UP: "+".join(f"build_up_{name}" for name in ("risk_free", *_PREMIUMS)),
    RateBasis.CAPM: _EQUITY,
    RateBasis.WACC: _WEIGHTED,
}


def rate_formula(appraisal: Appraisal) -> str:
    """Return the formula of the rate, without the equals sign."""
    before = _BASES[appraisal.rate_basis]
    if appraisal.rate_terms is appraisal.flow_terms:
        return before
    if appraisal.flow_terms is MoneyTerms.NOMINAL:
        return f"(1+{before})*(1+inflation)-1"
    return f"(1+{before})/(1+inflation)-1"
