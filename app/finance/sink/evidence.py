"""Removal rates seen elsewhere, to hold a project against."""

from dataclasses import dataclass

ANY = "any"
"""`ecosystem` of the band that bounds every carrier."""


@dataclass(frozen=True, slots=True)
class Band:
    """Range of mean removal rates seen for a carrier, t CO2e/ha/yr; None where none was seen.

    `activity` narrows the band to one activity, "" holds for the others; `basis` and
    `basis_zh` say what the ends stand on.
    """

    ecosystem: str
    activity: str
    low: float | None
    high: float | None
    basis: str
    basis_zh: str
    source: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A named project and its mean removal rate, t CO2e/ha/yr."""

    key: str
    name: str
    name_zh: str
    ecosystem: str
    activity: str
    tco2e_ha_yr: float
    basis: str
    basis_zh: str
    source: str
