"""What a study of hazards puts into a draft, sites and curves as its policy has them.

Each function gives one change of the draft, with its source.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.finance.case.cover.index_tables import MEASURE_CHOICES, Measure
from app.finance.insurance.accumulation_index import averaging_in
from app.finance.insurance.hazard_tracks import Averaging
from app.i18n import N_, Translator
from app.reference.damage import load_damage_curves
from app.services.accumulate_choices import curve_averaging
from app.services.documents import Document, value_at
from app.services.hazard_inputs import with_daily_readings, with_events, with_peril
from app.services.hazard_places import PlaceWinds, with_place_as_peril
from app.services.hazard_red_tides import RedTideFile
from app.services.hazard_report import HazardReport, SiteHazard
from app.services.hazard_source import refused
from app.services.hazard_station_report import StationSeries
from app.services.hazard_stations import StationFile
from app.services.insurance_proposals import DAMAGES, with_damage_curve

INDEX, TRIGGERS = "insurance.index", "insurance.index.triggers"
WIND_UNIT = "m/s"
WINDS = (Measure.WIND_SPEED, Measure.GUST)
"""Measures that the wind of a storm is."""

_SERIES_SOURCE = N_("{file}: {what}, {station}, {first} to {last}, {count} readings")
_TIDES_SOURCE = N_("{file}: bulletins of red tides, {first} to {last}, {count} red tides")


@dataclass(frozen=True, slots=True)
class CurveOffer:
    """A damage curve that may be taken: one of the draft, or a shipped one.

    `averaging` is of the winds it reads, "" where it is not told.
    """

    name: str
    title: str
    shipped: bool
    averaging: str = ""


def _lines(document: Document, path: str) -> list[dict[str, Any]]:
    held = value_at(document, path)
    return [line for line in held if isinstance(line, dict)] if isinstance(held, list) else []


def curve_offers(document: Document, tr: Translator) -> tuple[CurveOffer, ...]:
    """Return the curves of the draft, then the shipped ones that read a wind in m/s."""
    own = dict.fromkeys(
        str(line["curve"]) for line in _lines(document, DAMAGES) if line.get("curve")
    )
    shipped = {
        curve.curve_id: curve for curve in load_damage_curves() if curve.intensity_unit == WIND_UNIT
    }

    def averaging(name: str) -> str:
        found = curve_averaging(name) if name in shipped else None
        return "" if found is None else found.value

    titles = {name: curve.text("title", tr.language) for name, curve in shipped.items()}
    mine = [CurveOffer(name, titles.get(name, name), False, averaging(name)) for name in own]
    others = [
        CurveOffer(name, title, True, averaging(name))
        for name, title in titles.items()
        if name not in own
    ]
    return (*mine, *others)


@dataclass(frozen=True, slots=True)
class TriggerOffer:
    """A trigger that reads what was studied; `averaging` of its wind, "" where it is not told."""

    name: str
    averaging: str = ""


def trigger_offers(document: Document, measures: Collection[Measure]) -> tuple[TriggerOffer, ...]:
    """Return the triggers of the index cover that read one of these measures.

    A trigger in classes of wind force reads no m/s and is not among them.
    """

    def averaging(line: dict[str, Any]) -> str:
        if line.get("measure") == Measure.GUST.value:
            return Averaging.GUST.value
        found = averaging_in(str(line.get("averaging") or ""))
        return "" if found is None else found.value

    return tuple(
        TriggerOffer(str(line["name"]), averaging(line))
        for line in _lines(document, TRIGGERS)
        if line.get("name") and line.get("measure") in {one.value for one in measures}
    )


def _with_curve(document: Document, curve: CurveOffer, tr: Translator) -> Document:
    """Return a draft that holds the curve."""
    return with_damage_curve(document, curve.name, tr) if curve.shipped else document


def _insured_site(document: Document, name: str, *, alone: bool) -> str:
    """Return the name that perils of a site bear in the policy.

    A policy whose heads name no site is one place, "".

    Raises:
        CaseRefused: `hazard_site_not_insured`, the policy has other sites, or none while the
            event set has several.
    """
    heads = [str(line.get("site") or "") for line in _lines(document, "insurance.heads")]
    known = sorted({site for site in heads if site})
    if name in known:
        return name
    if known or not alone:
        raise refused(name, "hazard_site_not_insured", name, known=", ".join(known) or "–")
    return ""


def _renamed(document: Document, hazard: SiteHazard, *, alone: bool) -> SiteHazard:
    name = _insured_site(document, hazard.site.name, alone=alone)
    return replace(hazard, site=replace(hazard.site, name=name))


def with_storms_as_peril(
    document: Document, report: HazardReport, hazard: SiteHazard, curve: CurveOffer, tr: Translator
) -> Document:
    """Return a draft with typhoon wind at a site, and the curve where it is a shipped one.

    Raises:
        CaseRefused: no law of the wind, or a site the policy does not have.
    """
    named = _renamed(document, hazard, alone=True)
    return with_peril(_with_curve(document, curve, tr), report, named, curve.name, tr)


def with_table_as_peril(
    document: Document, found: PlaceWinds, curve: CurveOffer, tr: Translator
) -> Document:
    """Return a draft with typhoon wind by the shipped table, and the curve where it is shipped."""
    return with_place_as_peril(_with_curve(document, curve, tr), found, curve.name, tr)


def with_storms_as_events(
    document: Document, report: HazardReport, curve: CurveOffer, tr: Translator
) -> Document:
    """Return a draft whose event set is the storms of a report, and the curve.

    Raises:
        CaseRefused: no storm counts, or a site the policy does not have.
    """
    alone = len(report.sites) == 1
    sites = tuple(_renamed(document, hazard, alone=alone) for hazard in report.sites)
    named = replace(report, sites=sites)
    return with_events(_with_curve(document, curve, tr), named, curve.name, tr)


def with_series_as_history(
    document: Document,
    file: StationFile,
    series: StationSeries,
    *,
    trigger: str,
    station: str,
    tr: Translator,
) -> Document:
    """Return a draft whose index has the days of a station as readings of a trigger.

    The whole years become those of the history, the years with gaps years without data.

    Raises:
        CaseRefused: `hazard_few_years` without a whole year, or too many lines.
    """
    if not series.years:
        raise refused(series.station, "hazard_few_years", 0, minimum=1)
    days, values = file.series(series.station, series.measure)
    years = days.astype("datetime64[Y]").astype(int) + 1970
    inside = np.isin(years, series.years)
    readings = [
        (str(day), float(value)) for day, value in zip(days[inside], values[inside], strict=True)
    ]
    source = tr(_SERIES_SOURCE).format(
        file=file.file,
        what=tr(dict(MEASURE_CHOICES)[series.measure.value]),
        station=series.station or "–",
        first=series.first,
        last=series.last,
        count=f"{len(readings):,}",
    )
    first, last = min(series.years), max(series.years)
    reason = tr(N_("gaps in {file}")).format(file=file.file)[:200]
    gaps = [(year, reason) for year in series.years_left_out if first <= year <= last]
    return with_daily_readings(
        document,
        readings,
        trigger,
        station,
        years=range(first, last + 1),
        gaps=gaps,
        source=source,
    )


def with_tides_as_history(
    document: Document,
    file: RedTideFile,
    years: Sequence[int],
    *,
    trigger: str,
    station: str,
    tr: Translator,
) -> Document:
    """Return a draft whose index has the areas of red tides as readings, by the first day of each.

    Red tides without an area are left out; of two that begin on one day the larger counts.
    """
    tides: dict[str, float] = {}
    for tide in file.tides:
        if tide.area_km2 is not None and years[0] <= tide.first.year <= years[-1]:
            day = tide.first.isoformat()
            tides[day] = max(tide.area_km2, tides.get(day, 0.0))
    source = tr(_TIDES_SOURCE).format(
        file=file.file, first=years[0], last=years[-1], count=len(tides)
    )
    return with_daily_readings(
        document,
        sorted(tides.items()),
        trigger,
        station,
        years=years,
        gaps=(),
        source=source,
    )
