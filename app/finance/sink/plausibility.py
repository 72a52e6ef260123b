"""Are the tonnes per hectare believable: against a ceiling, a band and a possible harvest."""

from collections.abc import Sequence

from app.finance.case.carbon.harvest import AccountingMode, HarvestLine, WeightBasis
from app.finance.case.carbon.kinds import Ecosystem
from app.finance.case.project import Project
from app.finance.notices import Notice, Severity
from app.finance.sink.coefficients import SpeciesCoefficients
from app.finance.sink.evidence import ANY, Band
from app.finance.sink.tables import SinkTables

AREA_PATH = "project.site_area_ha"
COMPARED = ("futian", "zhanjiang", "lianjiang")
"""Keys of the comparisons that the warning of an implausible rate names."""

REFERENCE_SPECIES = {Ecosystem.SHELLFISH: "oyster", Ecosystem.MACROALGAE: "kelp"}
"""Species whose coefficient stands for a farm that names none."""

_PARTS = (AccountingMode.SHELL_ONLY, AccountingMode.SOFT_ONLY)

_SLACK = 1 + 1e-9
"""A rate that equals a limit but for rounding is within it."""


def band_for(project: Project, tables: SinkTables) -> Band | None:
    """Return the band of the project's carrier, the one of its activity when there is one."""
    activity = project.activity.value if project.activity is not None else ""
    rows = [row for row in tables.bands if row.ecosystem == project.ecosystem.value]
    for wanted in (activity, ""):
        for row in rows:
            if row.activity == wanted:
                return row
    return None


def rate_ceiling(tables: SinkTables) -> float | None:
    """Return the rate no carrier is believed above, t CO2e/ha/yr; None without that table."""
    return next((row.high for row in tables.bands if row.ecosystem == ANY), None)


def _largest_known(lines: Sequence[HarvestLine], tables: SinkTables) -> SpeciesCoefficients | None:
    known = [line for line in lines if line.species in tables.species]
    if not known:
        return None
    return tables.species[max(known, key=lambda line: line.tonnes_per_year).species]


def harvest_species(project: Project, tables: SinkTables) -> SpeciesCoefficients | None:
    """Return the species a rate per hectare is turned into: the largest line, else a usual one.

    None for carriers that are not harvested.
    """
    usual = REFERENCE_SPECIES.get(project.ecosystem)
    if usual is None:
        return None
    return _largest_known(project.harvest, tables) or tables.species.get(usual)


def needed_harvest_t_ha(
    rate_tco2e_ha_yr: float,
    species: SpeciesCoefficients,
    mode: AccountingMode = AccountingMode.SOFT_AND_SHELL,
) -> float:
    """Wet harvest, t/ha/yr, whose carbon equals a removal rate: r / coefficient."""
    return rate_tco2e_ha_yr / float(species.tco2_per_t(WeightBasis.WET, mode))


def _harvest_notice(
    project: Project, rate: float, ceiling: float, tables: SinkTables
) -> Notice | None:
    species = harvest_species(project, tables)
    usual = tables.species.get(REFERENCE_SPECIES.get(project.ecosystem, ""))
    if species is None or usual is None:
        return None
    mode = AccountingMode.SOFT_AND_SHELL
    if project.ecosystem is Ecosystem.SHELLFISH and project.accounting_mode in _PARTS:
        mode = project.accounting_mode
    needed = needed_harvest_t_ha(rate, species, mode)
    possible = needed_harvest_t_ha(ceiling, usual)
    if rate <= ceiling * _SLACK and needed <= possible * _SLACK:
        return None
    return Notice(
        "needs_harvest",
        Severity.WARNING,
        AREA_PATH,
        {
            "rate": rate,
            "species": f"{species.key} ({species.name_zh})",
            "tonnes": needed,
            "possible": possible,
            "ceiling": ceiling,
        },
    )


def _band_notice(
    project: Project, mean: float, ceiling: float, tables: SinkTables
) -> Notice | None:
    band = band_for(project, tables)
    if band is None:
        return None
    low = 0.0 if band.low is None else band.low
    high = ceiling if band.high is None else band.high
    if low <= mean * _SLACK and mean <= high * _SLACK:
        return None
    facts = {"rate": mean, "low": low, "high": high}
    return Notice("unusual_rate", Severity.WARNING, AREA_PATH, facts)


def plausibility_notices(
    project: Project,
    years: Sequence[int],
    removals_tco2e: Sequence[float],
    area_ha: float | None,
    tables: SinkTables,
) -> list[Notice]:
    """Warn of tonnes per hectare that no sink of the kind is known to give.

    `removals_tco2e` holds the net removals of each of `years`. The fullest year is held against
    the ceiling (`implausible_rate`) and, for farms, turned into the wet harvest it would need
    (`needs_harvest`); the mean from the first to the last year that is not empty is held
    against the band of the carrier (`unusual_rate`). Without an area nothing can be said.
    """
    filled = [year for year, tonnes in zip(years, removals_tco2e, strict=True) if tonnes]
    ceiling = rate_ceiling(tables)
    if not area_ha or not filled or ceiling is None:
        return []
    peak = max(removals_tco2e) / area_ha
    found = []
    if peak > ceiling * _SLACK:
        compared = {row.key: row.tco2e_ha_yr for row in tables.comparisons}
        facts = {"rate": peak, "limit": ceiling, **{key: compared[key] for key in COMPARED}}
        found.append(Notice("implausible_rate", Severity.WARNING, AREA_PATH, facts))
    else:
        mean = sum(removals_tco2e) / (max(filled) - min(filled) + 1) / area_ha
        band = _band_notice(project, mean, ceiling, tables)
        found += [band] if band is not None else []
    harvest = _harvest_notice(project, peak, ceiling, tables)
    return found + ([harvest] if harvest is not None else [])
