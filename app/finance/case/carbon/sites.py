"""Where the project lies."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.units import AREA_UNITS
from app.finance.fields import Field
from app.finance.text import N_


@dataclass(frozen=True)
class Site:
    """One site by the coordinates of its middle, WGS 84, with its area."""

    name: Annotated[str, Field(N_("Site"), min_length=1, max_length=120)]
    latitude: Annotated[
        float,
        Field(
            N_("Latitude"),
            "deg",
            minimum=-90,
            maximum=90,
            help=N_(
                "Degrees, WGS 84 (CGCS2000 is taken as the same, GCJ-02 is not), north positive."
            ),
        ),
    ]
    longitude: Annotated[
        float,
        Field(
            N_("Longitude"),
            "deg",
            minimum=-180,
            maximum=180,
            help=N_(
                "Degrees, WGS 84 (CGCS2000 is taken as the same, GCJ-02 is not), east positive."
            ),
        ),
    ]
    area_ha: Annotated[
        float | None,
        Field(
            N_("Area"),
            "ha",
            above=0,
            maximum=10**8,
            other_units=AREA_UNITS,
            help=N_("From a map file it is the area on the ellipsoid."),
        ),
    ] = None
    boundary: Annotated[
        str,
        Field(
            N_("Boundary file"),
            max_length=200,
            help=N_("Name of the map file the area was taken from."),
        ),
    ] = ""
