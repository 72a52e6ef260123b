"""The words of sensitivity and scenarios: inputs, their steps, reasons without a break-even."""

from app.i18n import N_
from app.messages.valuation_words import COST_OF_ANY_PLAN

SENSITIVITY_LABELS = {
    "appraisal.price_yuan_t": N_("Carbon price"),
    "tonnes": N_("Tonnes"),
    "appraisal.discount_rate": N_("Discount rate"),
    "appraisal.price_growth": N_("Price growth"),
    "project.buffer_share": N_("Buffer or risk deduction"),
    "appraisal.benefit_share": N_("Community share"),
    "appraisal.horizon_years": N_("Horizon"),
    "costs": N_("All costs"),
    "delay": N_("Later issuance"),
    "cost.issuance_fee": N_("Fee of the registry, per credit issued"),
    **{f"cost.{code}": label for code, label in COST_OF_ANY_PLAN.items()},
}
"""Inputs of tornado, spider, grid, break-even and global indices, by path or code."""

SENSITIVITY_UNITS = {
    "appraisal.price_yuan_t": "yuan/t",
    "tonnes": "tCO2e",
    "appraisal.discount_rate": "1/yr",
    "appraisal.price_growth": "1/yr",
    "project.buffer_share": "share",
    "appraisal.benefit_share": "share",
    "appraisal.horizon_years": "yr",
    "costs": "yuan",
    "delay": "month",
    "cost.issuance_fee": "yuan/t",
}
"""Unit code of the values of each input; that of a single cost is yuan, summed over the years."""

STEP_WORDS = {
    "relative": N_("{size} of the figure down and up"),
    "points": N_("down and up, in percentage points: {size}"),
    "months_later": N_("later, in months: {size}"),
    "whole_years": N_("{size} of the years down and up, whole years"),
}
"""How an input is stepped, by the kind of its step; `size` is percent, points or months."""

BREAK_EVEN_REASONS = {
    "none": N_("No value of this input within its range brings the net value to zero."),
    "several": N_("More than one value of this input brings the net value to zero."),
}
"""Why there is no single break-even value, by code."""

SCENARIO_NOTES = {
    "delay": N_(
        "Credits sold later fetch the price of the later date; what would be sold after the "
        "horizon is lost."
    ),
    "delisting": N_("From the year of the delisting only the stated share of the price is paid."),
    "typhoon": N_("The storm takes tonnes of its year; the loss shrinks evenly to nothing."),
}
"""What a scenario takes as given, by its kind."""


def sensitivity_unit(path: str) -> str:
    """Return the unit code of an input's values."""
    return SENSITIVITY_UNITS.get(path, "yuan")
