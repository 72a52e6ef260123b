"""The unit of a figure by its machine name: names carry their unit, the others are listed."""

_ENDINGS = (
    ("_tco2_ha_yr", "tCO2e/ha/yr"),
    ("_tco2e_yr", "tCO2e/yr"),
    ("_tco2e", "tCO2e"),
    ("_tco2", "tCO2e"),
    ("_yuan_t", "yuan/t"),
    ("_yuan_yr", "yuan/yr"),
    ("_yuan", "yuan"),
    ("_ha", "ha"),
    ("_yr", "yr"),
    ("_years", "yr"),
    ("_days", "day"),
    ("_months", "month"),
    ("_bp", "bp"),
    ("_share", "share"),
    ("_weight", "share"),
    ("_change", "share"),
    ("_rate", "1/yr"),
)
"""Ends of names and the unit code each stands for, the longer ones first."""

_STARTS = (
    ("costs_", "yuan"),
    ("shares_", "yuan"),
    ("pools_", "tCO2e"),
    ("trigger_prices_", "yuan/t"),
)
"""Starts of the names of columns that were a record inside a record."""

_MONEY = (
    "opening",
    "drawn",
    "principal",
    "interest",
    "fee",
    "payment",
    "closing",
    "asked",
    "supported",
    "uncovered",
    "amount",
    "pure_premium",
    "gross_premium",
    "technical_premium",
    "model_pure_premium",
    "risk_load",
    "sum_insured",
)
_SHARES = ("share", "weight", "probability", "pd", "lgd", "haircut", "discount", "change", "ltv")
_UNITS = {
    **dict.fromkeys(_MONEY, "yuan"),
    **dict.fromkeys(_SHARES, "share"),
    "rate": "1/yr",
    "time": "yr",
    "days": "day",
    "months_left_out": "month",
    "years": "yr",
}


def unit_of(name: str) -> str:
    """Return the unit code of a name; "" for what has none (ratios, codes, texts)."""
    if name in _UNITS:
        return _UNITS[name]
    for ending, unit in _ENDINGS:
        if name.endswith(ending):
            return unit
    for start, unit in _STARTS:
        if name.startswith(start):
            return unit
    return ""
