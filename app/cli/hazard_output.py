"""Hazard reports on the command line: lines of text, and JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from app.cli.fact_lines import MARK, fact_lines, table_lines
from app.cli.refusal import translator_now
from app.i18n import N_
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.finance.insurance.hazard_levels import ReturnLevel
    from app.finance.insurance.hazard_study import EventStudy
    from app.reports.fact_tables import FactTable
    from app.reports.value_facts import FactRow
    from app.services.hazard_report import HazardReport, SiteHazard
    from app.services.hazard_station_report import RedTideStudy, StationSeries

_MOST_EVENTS = 12


def report_json(report: "HazardReport") -> dict[str, Any]:
    """Return a report as JSON holds it; assumptions are sentences."""
    tr = translator_now()
    found = asdict(report)
    found["assumptions"] = [said.said(tr) for said in report.assumptions]
    for site, hazard in zip(found["sites"], report.sites, strict=True):
        site["study"]["stationary"] = hazard.study.stationary
    return found


def _say_rows(rows: "Sequence[FactRow]") -> None:
    for line in fact_lines(rows, translator_now()):
        click.echo(line)


def _say_table(table: "FactTable") -> None:
    for line in table_lines(table, translator_now()):
        click.echo(f"  {line}")


def say_report(report: "HazardReport") -> None:
    """Print a report: what it rests on, then site by site."""
    from app.services.hazard_facts import rest_rows  # noqa: PLC0415

    tr = translator_now()
    _say_rows(rest_rows(report))
    for said in report.assumptions:
        click.echo(said.said(tr))
    for hazard in report.sites:
        click.echo("")
        _say_site(report, hazard)


def _say_site(report: "HazardReport", hazard: "SiteHazard") -> None:
    from app.services.hazard_facts import WIND_UNIT, site_rows, storms_table  # noqa: PLC0415

    _say_rows(site_rows(hazard))
    _say_study(hazard.study, WIND_UNIT)
    table = storms_table(hazard, report.choice.threshold_ms, _MOST_EVENTS)
    if table.rows:
        text = N_("The strongest storms; {mark} stands before those at or above the threshold:")
        click.echo(translate(text).format(mark=MARK))
    _say_table(table)


def _say_study(study: "EventStudy", unit: str) -> None:
    from app.services.hazard_facts import NOT_STATIONARY, study_rows  # noqa: PLC0415

    _say_rows(study_rows(study, unit))
    _say_levels(study.levels, unit)
    if study.stationary is False:
        click.echo(translate(NOT_STATIONARY))


def _say_levels(levels: "Sequence[ReturnLevel]", unit: str) -> None:
    from app.services.hazard_facts import levels_table  # noqa: PLC0415

    _say_table(levels_table(levels, unit))


def say_series(file: str, found: "Sequence[StationSeries]") -> None:
    """Print station series."""
    from app.services.hazard_station_facts import measure_unit, series_rows  # noqa: PLC0415

    click.echo(file)
    for series in found:
        click.echo("")
        unit = measure_unit(series.measure)
        _say_rows(series_rows(series))
        _say_levels(series.levels, unit)
        if series.study is not None:
            _say_study(series.study, unit)


def say_tides(file: str, found: "RedTideStudy") -> None:
    """Print what bulletins of red tides say."""
    from app.services.hazard_station_facts import AREA_UNIT, tide_rows  # noqa: PLC0415

    click.echo(file)
    _say_rows(tide_rows(found))
    _say_study(found.study, AREA_UNIT)


def say_places() -> None:
    """Print the shipped table of storms near coastal places."""
    from app.services.storm_facts import remark, storm_table  # noqa: PLC0415

    click.echo(remark(translator_now()))
    _say_table(storm_table())
