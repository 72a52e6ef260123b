"""What window and command line say of station series and of bulletins of red tides."""

from app.finance.case.cover.index_tables import MEASURE_CHOICES, Measure
from app.formats import number
from app.i18n import N_
from app.reports.fact_tables import FactCell, FactHead, FactTable, figure, free_row
from app.reports.value_facts import FactRow
from app.services.hazard_facts import WIND_UNIT, listed_years, refusal_rows
from app.services.hazard_station_report import RedTideStudy, StationSeries

AREA_UNIT = "km2"
MEASURE_UNITS = {
    Measure.WIND_SPEED: WIND_UNIT,
    Measure.GUST: WIND_UNIT,
    Measure.RAIN: "mm",
    Measure.SALINITY: "‰",
    Measure.WAVE_HEIGHT: "m",
    Measure.SUNSHINE: "h",
}
"""Unit of a measure of a station; of the others °C."""


def measure_unit(measure: Measure) -> str:
    """Return the unit of a measure."""
    return MEASURE_UNITS.get(measure, "°C")


def series_rows(series: StationSeries) -> tuple[FactRow, ...]:
    """Return what a daily series holds, and the law of its yearly extremes."""
    unit = measure_unit(series.measure)
    rows = [
        free_row(N_("Weather station"), series.station),
        FactRow(N_("Measured"), words=dict(MEASURE_CHOICES)[series.measure.value]),
        FactRow(
            N_("Readings"),
            f"{series.readings:,}",
            note=N_("{first} to {last}"),
            facts={"first": series.first, "last": series.last},
        ),
        FactRow(N_("Whole years"), str(len(series.years))),
    ]
    if series.years_left_out:
        rows.append(FactRow(N_("Years with gaps, left out"), listed_years(series.years_left_out)))
    rows += refusal_rows(N_("Yearly extremes not fitted; expected"), series.gev_refused)
    fit = series.gev
    if fit is not None:
        rows += [
            FactRow(N_("Generalised extreme value law, location"), number(fit.location), unit),
            FactRow(N_("Scale σ"), number(fit.scale, 3), unit),
            FactRow(N_("Shape ξ"), number(fit.shape, 3)),
        ]
    if series.trend is not None:
        rows.append(
            FactRow(
                N_("Yearly extremes, change a year (Sen)"),
                number(series.trend.slope, 3),
                unit,
                note=N_("Mann-Kendall, p {p}"),
                facts={"p": number(series.trend.p_value, 3)},
            )
        )
    return tuple(rows)


def extremes_table(series: StationSeries) -> FactTable:
    """Return the extreme of each whole year."""
    heads = (FactHead(N_("Year")), FactHead(N_("Extreme"), measure_unit(series.measure)))
    rows = zip(series.years, series.extremes, strict=True)
    return FactTable(heads, tuple((FactCell(str(year)), figure(top, 1)) for year, top in rows))


def tide_rows(found: RedTideStudy) -> tuple[FactRow, ...]:
    """Return number, kind and length of the red tides."""
    return (
        FactRow(N_("Red tides"), str(found.tides)),
        FactRow(N_("Toxic"), str(found.toxic)),
        FactRow(N_("Without an area"), str(found.without_area)),
        FactRow(N_("Mean length"), number(found.mean_days, 1), "day"),
    )


def months_table(found: RedTideStudy) -> FactTable:
    """Return the red tides by the month they began in."""
    heads = (FactHead(N_("Month")), FactHead(N_("Red tides")))
    months = enumerate(found.by_month, start=1)
    return FactTable(heads, tuple((FactCell(str(at)), FactCell(str(n))) for at, n in months))


def species_table(found: RedTideStudy) -> FactTable:
    """Return the species of the red tides, the most frequent first."""
    heads = (FactHead(N_("Red-tide species"), numeric=False), FactHead(N_("Red tides")))
    return FactTable(heads, tuple((FactCell(name), FactCell(str(n))) for name, n in found.species))
