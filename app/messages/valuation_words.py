"""The words of the codes of a valuation: waterfall, approaches, exclusions, reasons, costs."""

from app.finance.valuation import cost_tool_schedule
from app.i18n import N_

COST_LABELS = {
    "registration": N_("Registration"),
    "validation": N_("Validation"),
    "monitoring": N_("Monitoring"),
    "operation": N_("Operation and maintenance"),
    "verification": N_("Verification"),
    "baseline": N_("Baseline reassessment"),
    "maintenance": N_("Maintenance after planting"),
    "insurance": N_("Premium of the carbon insurance"),
    "investment": N_("Investment"),
    "other": N_("Other costs"),
}
"""Costs of the cash flow, by code."""

TOOL_COST_LABELS = dict(cost_tool_schedule.COST_LABELS)
"""Costs of the Blue Carbon Cost Tool, by code."""

COST_OF_ANY_PLAN = {**TOOL_COST_LABELS, **COST_LABELS}
"""Costs of the cash flow and of the Cost Tool; where both have a code, the former names it."""

SHARE_LABELS = {
    "fee": N_("Transaction fees"),
    "community": N_("Community share"),
    "tax": N_("Taxes on the revenue"),
    "other": N_("Other costs that follow the revenue"),
}
"""What is taken off the revenue, by code."""

LEVEL_LABELS = {
    "gross": N_("Gross value"),
    "net": N_("Net value"),
    "prudent": N_("Prudent value"),
    "liquidation": N_("Liquidation value"),
}
"""Levels of value, by code."""

BRIDGE_LABELS = {
    **LEVEL_LABELS,
    "price_path": N_("Price path against today's price"),
    **{f"share_{code}": label for code, label in SHARE_LABELS.items()},
    "registry_fee": N_("Fee per credit"),
    **{f"cost_{code}": label for code, label in COST_OF_ANY_PLAN.items()},
    "receipts": N_("Grants and subsidies"),
    "income_tax": N_("Income tax"),
    "time_value": N_("Discounting over time"),
    "perpetuity": N_("Years beyond the horizon"),
    "prudent_price": N_("Prudent discount on the price"),
    "prudent_tonnes": N_("Prudent discount on the tonnes"),
    "over_gross": N_("Prudent value above gross value"),
    "no_buyer": N_("Nobody buys a right that earns less than it costs"),
    "forced_sale": N_("Forced-sale discount"),
    "disposal": N_("Cost of selling"),
    "time_to_sell": N_("Discounting over the time to sell"),
}
"""Bars of the waterfall, by code of `BridgeStep`."""

OPTION = {
    "black_scholes": N_("Black-Scholes, European"),
    "binomial": N_("Cox-Ross-Rubinstein binomial"),
    "black_76": N_("Black-76, on a forward"),
    "call": N_("call"),
    "put": N_("put"),
    "european": N_("European"),
    "american": N_("American"),
    "not_lent_on": N_("A lender must not lend on option value."),
}
"""Model, kind and exercise of `OptionResult`; and the sentence printed with every option."""

APPROACH = {
    "income": N_("Income approach"),
    "market": N_("Market approach"),
    "cost": N_("Cost approach"),
}
"""Approaches of the conclusion, by code."""

TYPE_OF_VALUE = {
    "market": N_("market value"),
    "pledge": N_("pledge value, prudent"),
    "liquidation": N_("liquidation value"),
    "investment": N_("investment value"),
}
"""Types of the concluded value, by code."""

EXCLUSION = {
    "by_hand": N_("Left out by the appraiser."),
    "court": N_("Court purchase: not a market price; upper bound only."),
    "public_benefit": N_("Public-benefit purchase: not a market price; upper bound only."),
    "forward": N_("Forward deal: not a spot price."),
    "unverified": N_("The source is not verified."),
    "outlier": N_("Outlier by the median absolute deviation."),
    "single_limit": N_("One adjustment exceeds the limit of a single factor."),
    "total_limit": N_("All adjustments together exceed their limit."),
    "after_valuation": N_("Dated after the valuation date."),
}
"""Why a comparable does not count, by code of `AdjustedComparable.excluded`."""

ROOT_REASONS = {
    "several": N_("There are several rates of return: the cash flow changes sign more than once."),
    "no_sign_change": N_("There is no rate of return: the cash flow never changes sign."),
    "no_root": N_("There is no rate of return above −100 %."),
    "too_few": N_("There are too few prices for a model."),
    "no_variation": N_("All prices are the same: there is nothing to model."),
    "not_converged": N_("The model found no stable solution."),
    "too_wide": N_(
        "The model's interval spans more than a factor of 1,000: these prices tell it too little."
    ),
}
"""Why a rate, a model price or a break-even is missing, by code."""
