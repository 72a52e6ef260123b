"""What window, paper and command line say of a hazard history: number, size, levels, trend, gaps.

Storms of a track file stand here; daily series of stations and bulletins of red tides, which share
the rows of a study, in `hazard_station_facts`. `unit` is the unit of the sizes.
"""

from collections.abc import Iterator, Sequence

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.hazard_levels import ReturnLevel
from app.finance.insurance.hazard_study import EventStudy, Refusal
from app.formats import UNITS, number, percent, plain
from app.i18n import N_
from app.messages.hazard_refusals import HAZARD_EXPECTED
from app.reports.fact_tables import FactCell, FactHead, FactTable, day, figure, free_row
from app.reports.value_facts import FactRow
from app.services.hazard_report import HazardReport, SiteHazard

WIND_UNIT = "m/s"

NOT_STATIONARY = N_(
    "The history is not stationary: number or size of the events change with time (5 % level). "
    "A mean of all years does not stand for the years to come."
)
_LAWS = {
    FrequencyLaw.POISSON: N_("Poisson"),
    FrequencyLaw.NEGATIVE_BINOMIAL: N_("negative binomial"),
    FrequencyLaw.BINOMIAL: N_("at most one a policy year"),
}
_INTERVAL = N_("95 %: {low} to {high}")
_ERROR = N_("standard error {error}")


def listed_years(years: Sequence[int]) -> str:
    """Return years with commas between them."""
    return ", ".join(map(str, years)) or "–"


def rest_rows(report: HazardReport) -> tuple[FactRow, ...]:
    """Return what storms near sites were looked for in, and what of it is missing."""
    gaps, choice = report.gaps, report.choice
    rows = [
        free_row(N_("File"), report.file),
        FactRow(
            N_("Years looked at"),
            words=N_("{first} to {last}, {count} years"),
            facts={
                "first": str(report.years[0]),
                "last": str(report.years[-1]),
                "count": str(len(report.years)),
            },
        ),
        FactRow(N_("Radius"), plain(choice.radius_km), "km"),
        FactRow(N_("Threshold"), plain(choice.threshold_ms), WIND_UNIT),
        FactRow(N_("Positions without a wind"), percent(gaps.missing_wind_share)),
    ]
    missing = sorted((*gaps.years_without_data, *gaps.years_without_wind))
    if missing:
        rows.append(FactRow(N_("Years without winds, left out"), listed_years(missing)))
    if gaps.year_left_out is not None:
        rows.append(FactRow(N_("Not a whole year, left out"), str(gaps.year_left_out)))
    return tuple(rows)


def site_rows(hazard: SiteHazard) -> tuple[FactRow, ...]:
    """Return place and number of the storms of a site."""
    site = hazard.site
    return (
        FactRow(
            N_("Site"),
            words=N_("{name}: {latitude}°, {longitude}° (latitude, longitude)"),
            facts={
                "name": site.name or "–",
                "latitude": plain(site.latitude),
                "longitude": plain(site.longitude),
            },
        ),
        FactRow(
            N_("Storms within the radius"),
            str(len(hazard.events)),
            note=N_("{without} of them without a wind"),
            facts={"without": str(hazard.without_wind)},
        ),
    )


def study_rows(study: EventStudy, unit: str) -> tuple[FactRow, ...]:
    """Return number, size and trend of the events of a history."""
    return (*_number(study, unit), *_size(study, unit), *_trends(study, unit))


def refusal_rows(label: str, refusal: Refusal | None) -> Iterator[FactRow]:
    """Yield what a law would need that is not fitted."""
    if refusal is not None:
        facts = {name: str(value) for name, value in refusal.facts.items()}
        yield FactRow(label, words=HAZARD_EXPECTED[refusal.code], facts=facts)


def _number(study: EventStudy, unit: str) -> Iterator[FactRow]:
    found = study.frequency
    yield from refusal_rows(N_("Number not fitted; expected"), study.frequency_refused)
    if found is None:
        return
    yield FactRow(
        N_("Events at or above the threshold"),
        str(found.events),
        note=N_("{threshold} {unit} and more"),
        facts={"threshold": plain(study.threshold), "unit": UNITS.get(unit, unit)},
    )
    yield FactRow(
        N_("Events a year"),
        number(found.mean, 3),
        note=_INTERVAL,
        facts={"low": number(found.low, 3), "high": number(found.high, 3)},
        strong=True,
    )
    spread = N_("p of more spread than Poisson {p}") if found.p_over is not None else ""
    yield FactRow(
        N_("Variance over mean of the number"),
        number(found.ratio),
        note=spread,
        facts={"p": number(found.p_over, 3)},
    )
    yield FactRow(N_("Law of the number"), words=_LAWS[found.law])


def _size(study: EventStudy, unit: str) -> Iterator[FactRow]:
    fit = study.severity
    yield from refusal_rows(N_("Size not fitted; expected"), study.severity_refused)
    if fit is None:
        return
    yield FactRow(
        N_("Law of the size"),
        words=N_("generalised Pareto above {threshold}, {count} events"),
        facts={"threshold": plain(fit.threshold), "count": str(fit.exceedances)},
    )
    for label, value, error, of_unit in (
        (N_("Scale β"), fit.scale, fit.scale_se, unit),
        (N_("Shape ξ"), fit.shape, fit.shape_se, ""),
    ):
        yield FactRow(
            label,
            number(value, 3),
            of_unit,
            note=_ERROR if error is not None else "",
            facts={"error": number(error, 3)},
        )
    if fit.shape < 0:
        yield FactRow(N_("Highest size by this law"), number(fit.highest, 1), unit)


def _trends(study: EventStudy, unit: str) -> Iterator[FactRow]:
    rate, size = study.rate_trend, study.size_trend
    if rate is not None:
        yield FactRow(
            N_("Number, change in ten years"),
            percent(rate.growth, 1),
            note=N_("95 %: {low} to {high}; p {p}"),
            facts={
                "low": percent(rate.growth_low, 1),
                "high": percent(rate.growth_high, 1),
                "p": number(rate.p_value, 3),
            },
        )
    if size is not None:
        yield FactRow(
            N_("Size, change a year (Sen)"),
            number(size.slope, 3),
            unit,
            note=N_("Mann-Kendall, p {p}"),
            facts={"p": number(size.p_value, 3)},
        )


def levels_table(levels: Sequence[ReturnLevel], unit: str) -> FactTable:
    """Return the return levels that lie above the threshold, with their intervals.

    An interval that goes on beyond what was looked at ends in "…".
    """
    heads = (
        FactHead(N_("Once in"), "yr"),
        FactHead(N_("Return level"), unit),
        FactHead(N_("95 % from"), unit),
        FactHead(N_("to"), unit),
    )
    rows = tuple(
        (
            FactCell(plain(one.years)),
            figure(one.level, 1),
            figure(one.low, 1),
            FactCell(f"{number(one.high, 1)}…") if one.open_above else figure(one.high, 1),
        )
        for one in levels
        if one.reached
    )
    return FactTable(heads, rows)


def years_table(study: EventStudy, unit: str) -> FactTable:
    """Return number of the events and highest size of each year."""
    heads = (FactHead(N_("Year")), FactHead(N_("Number of events")), FactHead(N_("Highest"), unit))
    rows = zip(study.years, study.counts, study.maxima, strict=True)
    return FactTable(
        heads,
        tuple(
            (FactCell(str(year)), FactCell(str(count)), figure(top, 1)) for year, count, top in rows
        ),
    )


def thresholds_table(study: EventStudy, unit: str) -> FactTable:
    """Return what other thresholds would give: mean excess, ξ and β − ξu, steady where it is high
    enough."""
    heads = (
        FactHead(N_("Threshold"), unit),
        FactHead(N_("Number of events")),
        FactHead(N_("Mean excess"), unit),
        FactHead(N_("Standard error")),
        FactHead(N_("Shape ξ")),
        FactHead(N_("Standard error of ξ")),
        FactHead(N_("β − ξu")),
    )
    rows = tuple(
        (
            figure(line.threshold, 1),
            FactCell(str(line.exceedances)),
            figure(line.mean_excess),
            figure(line.mean_excess_se),
            figure(line.shape, 3),
            figure(line.shape_se, 3),
            figure(line.modified_scale),
        )
        for line in study.thresholds
    )
    return FactTable(heads, rows)


def storms_table(hazard: SiteHazard, threshold_ms: float, strongest: int = 0) -> FactTable:
    """Return the storms of a site by day; those at or above the threshold are marked.

    `strongest` leaves so many, by their wind; 0 all.
    """
    events = list(hazard.events)
    if strongest:
        events = sorted(events, key=lambda event: -(event.wind_ms or 0.0))[:strongest]
    heads = (
        FactHead(N_("Storm"), numeric=False),
        FactHead(N_("Day"), numeric=False),
        FactHead(N_("Distance"), "km"),
        FactHead(N_("Wind"), WIND_UNIT),
        FactHead(N_("Storm number"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(event.name or event.storm),
            day(event.day),
            figure(event.distance_km, 0),
            figure(event.wind_ms, 1),
            FactCell(event.storm),
        )
        for event in events
    )
    counted = tuple(
        at
        for at, event in enumerate(events)
        if event.wind_ms is not None and event.wind_ms >= threshold_ms
    )
    return FactTable(heads, rows, marked=counted)
