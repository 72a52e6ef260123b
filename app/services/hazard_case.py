"""The sites of a case for which hazards are looked up."""

from app.finance.case.case import Case
from app.finance.insurance.hazard_sites import HazardSite
from app.services.hazard_source import refused


def sites_of(case: Case) -> list[HazardSite]:
    """Return the insured sites with a place; without any, those of the project.

    Raises:
        CaseRefused: `hazard_no_site`, the case has no site with latitude and longitude.
    """
    insured = case.insurance.sites if case.insurance is not None else ()
    for lines in (insured, case.project.sites):
        found = [
            HazardSite(line.name, line.latitude, line.longitude)
            for line in lines
            if line.latitude is not None and line.longitude is not None
        ]
        if found:
            return found
    raise refused("insurance.sites", "hazard_no_site")
