"""Unit conversions: carbon to CO2, mu to hectare."""

CO2_PER_C = 44.0 / 12.0
"""t CO2 per t C: molar masses 44 and 12, exactly as IPCC 2006 Guidelines, vol. 1, uses them."""

MU_PER_HA = 15.0
"""mu (亩) per hectare."""
