"""Hazard reports on the command line: lines of text, and JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from app.cli.columns import columns
from app.cli.refusal import translator_now
from app.formats import number, percent
from app.i18n import N_
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.finance.insurance.hazard_levels import ReturnLevel
    from app.finance.insurance.hazard_study import EventStudy, Refusal
    from app.services.hazard_report import HazardReport, SiteHazard
    from app.services.hazard_station_report import RedTideStudy, StationSeries

_MOST_EVENTS = 12
_UNITS = {
    "wind_speed": "m/s",
    "gust": "m/s",
    "rain": "mm",
    "salinity": "‰",
    "wave_height": "m",
    "sunshine": "h",
}
"""Unit of a measure; of the others °C."""


def report_json(report: "HazardReport") -> dict[str, Any]:
    """Return a report as JSON holds it; assumptions are sentences."""
    tr = translator_now()
    found = asdict(report)
    found["assumptions"] = [said.said(tr) for said in report.assumptions]
    for site, hazard in zip(found["sites"], report.sites, strict=True):
        site["study"]["stationary"] = hazard.study.stationary
    return found


def _say(text: str, **facts: Any) -> None:
    click.echo(translate(text).format(**facts))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> None:
    if rows:
        for line in columns([[translate(head) for head in heads], *rows], texts=texts):
            click.echo(f"  {line}")


def say_report(report: "HazardReport") -> None:
    """Print a report: what it rests on, then site by site."""
    tr = translator_now()
    _say(
        N_("{file}: {first} to {last}, {years} years, within {radius} km."),
        file=report.file,
        first=report.years[0],
        last=report.years[-1],
        years=len(report.years),
        radius=f"{report.choice.radius_km:g}",
    )
    for said in report.assumptions:
        click.echo(said.said(tr))
    _say_gaps(report)
    for hazard in report.sites:
        click.echo("")
        _say_site(report, hazard)


def _say_gaps(report: "HazardReport") -> None:
    gaps = report.gaps
    _say(N_("Positions without a wind: {share}."), share=percent(gaps.missing_wind_share))
    missing = sorted((*gaps.years_without_data, *gaps.years_without_wind))
    if missing:
        _say(N_("Years without winds, left out: {years}."), years=", ".join(map(str, missing)))
    if gaps.year_left_out is not None:
        _say(N_("The year {year} is not whole and is left out."), year=gaps.year_left_out)


def _say_site(report: "HazardReport", hazard: "SiteHazard") -> None:
    site = hazard.site
    _say(
        N_("{name} ({latitude}, {longitude}): {count} storms, {without} of them without a wind."),
        name=site.name,
        latitude=f"{site.latitude:g}",
        longitude=f"{site.longitude:g}",
        count=len(hazard.events),
        without=hazard.without_wind,
    )
    _say_study(hazard.study, "m/s")
    strongest = sorted(hazard.events, key=lambda event: -(event.wind_ms or 0.0))[:_MOST_EVENTS]
    rows = [
        (
            event.name or event.storm,
            event.day.isoformat(),
            number(event.distance_km, 0),
            "–" if event.wind_ms is None else number(event.wind_ms, 1),
        )
        for event in strongest
    ]
    _table((N_("Storm"), N_("Day"), "km", "m/s"), rows, texts=2)


def _say_study(study: "EventStudy", unit: str) -> None:
    found = study.frequency
    if found is not None:
        law = N_("Poisson") if found.law.value == "poisson" else N_("negative binomial")
        _say(
            N_(
                "{threshold} {unit} or more: {events} events, {mean} a year (95 %: {low} to "
                "{high}); variance over mean {ratio}; {law}."
            ),
            threshold=f"{study.threshold:g}",
            unit=unit,
            events=found.events,
            mean=number(found.mean, 3),
            low=number(found.low, 3),
            high=number(found.high, 3),
            ratio="–" if found.ratio is None else number(found.ratio, 2),
            law=translate(law),
        )
    if study.severity is not None:
        fit = study.severity
        _say(
            N_("Generalised Pareto law above {threshold} {unit}: scale {scale}, shape {shape}."),
            threshold=f"{fit.threshold:g}",
            unit=unit,
            scale=number(fit.scale, 3),
            shape=number(fit.shape, 3),
        )
    _say_refusal(study.severity_refused)
    _say_levels(study.levels, unit)
    if study.stationary is False:
        _say(
            N_(
                "The history is not stationary: number or size of the events change with time "
                "(5 % level). A mean of all years does not stand for the years to come."
            )
        )


def _say_refusal(refusal: "Refusal | None") -> None:
    if refusal is None:
        return
    from app.finance.errors import DomainError  # noqa: PLC0415
    from app.messages import domain_problem, expected_text  # noqa: PLC0415

    problem = domain_problem(DomainError(refusal.code, **refusal.facts))
    _say(
        N_("No law is fitted: expected {expected}."),
        expected=expected_text(problem, translator_now()),
    )


def _say_levels(levels: "Sequence[ReturnLevel]", unit: str) -> None:
    rows = [
        (number(one.years, 0), number(one.level, 1), number(one.low, 1), number(one.high, 1))
        for one in levels
        if one.reached
    ]
    _table((N_("Return period, years"), unit, N_("95 % from"), N_("to")), rows)


def say_series(file: str, found: "Sequence[StationSeries]") -> None:
    """Print station series."""
    from app.finance.case.cover.index_inputs import MEASURE_CHOICES  # noqa: PLC0415

    names = dict(MEASURE_CHOICES)
    for series in found:
        _say(
            N_("{file}, {station}: {measure}, {readings} readings, {first} to {last}."),
            file=file,
            station=series.station or "–",
            measure=translate(names[series.measure.value]),
            readings=series.readings,
            first=series.first,
            last=series.last,
        )
        if series.years_left_out:
            _say(
                N_("Years with gaps, left out: {years}."),
                years=", ".join(map(str, series.years_left_out)),
            )
        _say_refusal(series.gev_refused)
        unit = _UNITS.get(series.measure.value, "°C")
        _say_levels(series.levels, unit)
        if series.trend is not None and series.trend.found:
            _say(
                N_("The yearly extremes have a trend: {slope} a year (Mann-Kendall, p {p})."),
                slope=number(series.trend.slope, 3),
                p=number(series.trend.p_value, 3),
            )
        if series.study is not None:
            _say_study(series.study, unit)
        click.echo("")


def say_tides(file: str, found: "RedTideStudy") -> None:
    """Print what bulletins of red tides say."""
    _say(
        N_(
            "{file}: {count} red tides, {toxic} toxic, {without} without an area, {days} days on "
            "average."
        ),
        file=file,
        count=found.tides,
        toxic=found.toxic,
        without=found.without_area,
        days=number(found.mean_days, 1),
    )
    _say_study(found.study, "km²")
