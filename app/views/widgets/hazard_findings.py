"""What a study of hazards found, part by part, ready to be shown and copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app.finance.case.cover.index_tables import MEASURE_CHOICES
from app.finance.insurance.hazard_study import EventStudy
from app.formats import unit
from app.i18n import N_, Translator
from app.reports.fact_tables import FactTable
from app.reports.value_facts import FactRow
from app.services import hazard_facts as facts
from app.services import hazard_station_facts as stations
from app.services.hazard_places import PlaceWinds, place_rows
from app.services.hazard_report import HazardReport, SiteHazard
from app.services.hazard_station_report import RedTideStudy, StationSeries
from app.services.storm_facts import remark, storm_table
from app.views.widgets.value_parts import PageParts
from app.views.widgets.year_bars import YearBars

EVENTS, YEARS, THRESHOLDS = N_("Events"), N_("By year"), N_("Other thresholds")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one site, or of one measure of a station.

    Attributes:
        name: what it is of; html: all in words; tables: by the message id of their title.
        bars: what is drawn beside the table of the years, None for nothing.
    """

    name: str
    html: str
    tables: tuple[tuple[str, FactTable], ...]
    bars: YearBars | None = None


class FindingsWriter:
    """Writes findings in one language; `room` is how many signs stand beside each other."""

    def __init__(self, tr: Translator, room: int) -> None:
        self._tr = tr
        self._parts = PageParts(tr, room)

    def storms(self, report: HazardReport) -> tuple[Finding, ...]:
        """Return the findings of a track file, one a site."""
        return tuple(self._site(report, hazard) for hazard in report.sites)

    def _site(self, report: HazardReport, hazard: SiteHazard) -> Finding:
        said = [one.said(self._tr) for one in report.assumptions]
        study = hazard.study
        html = (
            self._facts(facts.site_rows(hazard))
            + self._study(study, facts.WIND_UNIT)
            + self._parts.heading(N_("What it rests on"))
            + self._facts(facts.rest_rows(report))
            + _listed(said)
        )
        storms = facts.storms_table(hazard, report.choice.threshold_ms)
        return Finding(
            hazard.site.name or "–",
            html,
            ((EVENTS, storms), *_study_tables(study, facts.WIND_UNIT)),
            self._bars(study, facts.WIND_UNIT),
        )

    def series(self, found: Sequence[StationSeries]) -> tuple[Finding, ...]:
        """Return the findings of a station file, one a station and measure."""
        return tuple(map(self._series, found))

    def _series(self, one: StationSeries) -> Finding:
        code = stations.measure_unit(one.measure)
        rows = stations.series_rows(one)
        html = self._facts(rows) + self._levels(facts.levels_table(one.levels, code))
        tables = [(YEARS, stations.extremes_table(one))]
        bars = None
        if one.study is not None:
            html += self._parts.heading(N_("Events at or above the threshold"))
            html += self._study(one.study, code)
            tables = list(_study_tables(one.study, code))
            bars = self._bars(one.study, code)
        measure = self._tr(dict(MEASURE_CHOICES)[one.measure.value])
        name = f"{one.station} · {measure}" if one.station else measure
        return Finding(name, html, tuple(tables), bars)

    def tides(self, file: str, found: RedTideStudy) -> tuple[Finding, ...]:
        """Return the one finding of bulletins of red tides."""
        html = self._facts(stations.tide_rows(found)) + self._study(found.study, stations.AREA_UNIT)
        tables = (
            *_study_tables(found.study, stations.AREA_UNIT),
            (N_("By month"), stations.months_table(found)),
            (N_("Species"), stations.species_table(found)),
        )
        return (Finding(file, html, tables, self._bars(found.study, stations.AREA_UNIT)),)

    def place(self, found: PlaceWinds) -> tuple[Finding, ...]:
        """Return the finding of a place of the shipped table, with all its places."""
        html = self._facts(place_rows(found, self._tr)) + self._parts.small(remark(self._tr))
        return (Finding("", html, ((N_("All places"), storm_table()),)),)

    def _study(self, study: EventStudy, code: str) -> str:
        rows: Sequence[FactRow] = facts.study_rows(study, code)
        moved = self._parts.note(facts.NOT_STATIONARY) if study.stationary is False else ""
        return moved + self._facts(rows) + self._levels(facts.levels_table(study.levels, code))

    def _bars(self, study: EventStudy, unit_code: str) -> YearBars:
        name = unit(unit_code, self._tr)
        return YearBars(study.years, study.counts, study.maxima, study.threshold, name)

    def _facts(self, rows: Sequence[FactRow]) -> str:
        """A table of facts; a minus is a direction here, no alarm."""
        return self._parts.facts(rows, steps=True)

    def _levels(self, table: FactTable) -> str:
        if not table.rows:
            return ""
        return self._parts.heading(N_("Return levels")) + self._parts.fact_table(table)


def _study_tables(study: EventStudy, code: str) -> tuple[tuple[str, FactTable], ...]:
    found = ((YEARS, facts.years_table(study, code)),)
    others = facts.thresholds_table(study, code)
    return (*found, (THRESHOLDS, others)) if others.rows else found


def _listed(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="small">{items}</ul>'
