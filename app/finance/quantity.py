"""Unit conversions: carbon to CO2, mu to hectare, yuan to ten thousand yuan."""

CO2_PER_C = 44.0 / 12.0
"""t CO2 per t C: molar masses 44 and 12, exactly as IPCC 2006 Guidelines, vol. 1, uses them."""

MU_PER_HA = 15.0
"""mu (亩) per hectare."""


def tco2_from_tc(tonnes_c: float) -> float:
    """t CO2 from t C."""
    return tonnes_c * CO2_PER_C


def ha_from_mu(mu: float) -> float:
    """Hectares from mu."""
    return mu / MU_PER_HA
