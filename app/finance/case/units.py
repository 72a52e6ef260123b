"""Bounds and typed-in units shared by the declarations of a case."""

MAX_YUAN = 10**12
MAX_TONNES = 10**10
MONEY_UNITS = (("10k yuan", 10_000.0),)
AREA_UNITS = (("mu", 1.0 / 15.0),)
