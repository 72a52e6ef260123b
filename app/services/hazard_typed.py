"""Places a person types, or has in a draft, for which hazards are looked up."""

from typing import Any

import numpy as np

from app.finance.insurance.hazard_sites import HazardSite
from app.finance.insurance.hazard_tracks import great_circle_km
from app.reference.storms import load_storm_places
from app.services.case_file import CaseRefused
from app.services.documents import Document, value_at
from app.services.hazard_source import refused

_PARTS = 3


def nearest_place(text: str) -> str:
    """Return the place of the shipped table nearest to the first of some typed sites.

    "" where no site is typed.
    """
    places = load_storm_places()
    try:
        site = typed_sites(text)[0]
    except CaseRefused:
        return ""
    lat = np.array([place.latitude for place in places])
    lon = np.array([place.longitude for place in places])
    km = great_circle_km(site.latitude, site.longitude, lat, lon)
    return places[int(km.argmin())].place


def typed_sites(text: str) -> list[HazardSite]:
    """Return the sites of a text such as "Xiapu, 26.7, 120.1", one a line.

    Raises:
        CaseRefused: `hazard_site_line`, a line that is no such site, or no line at all.
    """
    found = []
    plain = text.replace("，", ",").replace("−", "-")
    for line in filter(None, (line.strip() for line in plain.splitlines())):
        parts = [part.strip() for part in line.rsplit(",", _PARTS - 1)]
        try:
            name, latitude, longitude = parts
            site = HazardSite(name, float(latitude), float(longitude))
        except ValueError as error:
            raise refused("question.0.sites", "hazard_site_line", line) from error
        if not (abs(site.latitude) <= 90 and abs(site.longitude) <= 180):
            raise refused("question.0.sites", "hazard_site_line", line)
        found.append(site)
    if not found:
        raise refused("question.0.sites", "hazard_site_line", text)
    return found


def sites_text(document: Document) -> str:
    """Return the insured sites of a draft that have a place, else those of the project, as lines.

    "" when there is none.
    """
    for path in ("insurance.sites", "project.sites"):
        held = value_at(document, path)
        lines = [
            f"{site.get('name') or '–'}, {float(site['latitude'])!r}, {float(site['longitude'])!r}"
            for site in (held if isinstance(held, list) else [])
            if _has_place(site)
        ]
        if lines:
            return "\n".join(lines)
    return ""


def _has_place(site: Any) -> bool:
    if not isinstance(site, dict):
        return False
    return all(
        isinstance(site.get(name), int | float) and not isinstance(site.get(name), bool)
        for name in ("latitude", "longitude")
    )
