"""Bounds and typed-in units shared by the declarations of a case."""

from app.finance.quantity import CO2_PER_C, MU_PER_HA

MAX_YUAN = 10**12
MAX_TONNES = 10**10
MONEY_UNITS = (("10k yuan", 10_000.0),)
AREA_UNITS = (("mu", 1.0 / MU_PER_HA), ("km2", 100.0), ("m2", 1e-4))
MASS_UNITS = (("kg", 1e-3), ("10k t", 1e4))
YEARLY_MASS_UNITS = (("t", 1.0), *MASS_UNITS)
"""Typed-in units of a field in t/yr; the year is told by the field."""
CARBON_RATE_UNITS = (("tC/ha/yr", CO2_PER_C),)
CARBON_DENSITY_UNITS = (("gC/m2/yr", 1e-2),)
"""Typed-in units of a field in t C/ha/yr."""
