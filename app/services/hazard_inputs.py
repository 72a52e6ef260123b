"""What a hazard history puts into the draft of a case; each function is one step of undo."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.finance.case.cover.perils import DamageLaw, FrequencyLaw, Peril
from app.finance.insurance.hazard_sites import SITE_WIND_LABELS
from app.finance.insurance.hazard_tracks import AVERAGING_LABELS
from app.i18n import N_, Translator
from app.services.documents import Document, value_at, with_value
from app.services.draft import provenance_at, with_provenance
from app.services.hazard_report import HazardReport, SiteHazard, StormEvent
from app.services.hazard_source import refused

PERILS = "insurance.perils"
INDEX = "insurance.index"
EVENTS = "insurance.events"
SOURCE = N_(
    "{file}: storms within {radius} km, {threshold} m/s or more ({averaging}; {wind}), "
    "{first} to {last}, {count} events"
)
_LONGEST_LINE, _LONGEST = 300, 500
_MOST_LINES = 20_000
_DIGITS = 6


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def source_of(report: HazardReport, count: int, tr: Translator) -> str:
    """Return in words where figures of a report come from."""
    return tr(SOURCE).format(
        file=report.file,
        radius=f"{report.choice.radius_km:g}",
        threshold=f"{report.choice.threshold_ms:g}",
        averaging=tr(AVERAGING_LABELS[report.averaging]),
        wind=tr(SITE_WIND_LABELS[report.choice.wind]),
        first=report.years[0],
        last=report.years[-1],
        count=count,
    )


def _lines(document: Document, path: str) -> list[dict[str, Any]]:
    held = value_at(document, path)
    return [line for line in held if isinstance(line, dict)] if isinstance(held, list) else []


def _merged(
    document: Document,
    path: str,
    fresh: Iterable[dict[str, Any]],
    is_replaced: Callable[[dict[str, Any]], bool],
) -> Document:
    kept = [line for line in _lines(document, path) if not is_replaced(line)]
    lines = [*kept, *fresh]
    if len(lines) > _MOST_LINES:
        raise refused(path, "too_many_lines", len(lines), limit=_MOST_LINES)
    return with_value(document, path, lines)


def _sourced(document: Document, path: str, source: str) -> Document:
    """Mark a table as measured; a source it has already stays before the new one."""
    held = provenance_at(document, path)[1]
    joined = source if not held or source in held else f"{held}; {source}"
    return with_provenance(
        document, path, "measured", joined if len(joined) <= _LONGEST else source[:_LONGEST]
    )


def peril_line(
    report: HazardReport, hazard: SiteHazard, curve: str, tr: Translator
) -> dict[str, Any]:
    """Return typhoon wind at a site as a peril: number and intensity of the storms, by a curve.

    The intensity is the generalised Pareto law above the threshold; its season runs from the
    first to the last month in which such a storm was seen.

    Raises:
        CaseRefused: no law of the wind (`hazard_no_fit`), or one without a mean
            (`hazard_no_mean`).
    """
    study = hazard.study
    fit, frequency = study.severity, study.frequency
    if fit is None or frequency is None:
        count = sum(study.counts)
        raise refused(hazard.site.name, "hazard_no_fit", count, threshold=study.threshold)
    if fit.shape >= 1.0:
        raise refused(hazard.site.name, "hazard_no_mean", round(fit.shape, 3))
    months = [event.day.month for event in _counted(report, hazard)]
    line: dict[str, Any] = {
        "peril": Peril.TYPHOON_WIND.value,
        "site": hazard.site.name,
        "events_per_year": _rounded(frequency.mean),
        "frequency_law": frequency.law.value,
        "first_month": min(months),
        "last_month": max(months),
        "damage_law": DamageLaw.CURVE.value,
        "curve": curve,
        "threshold": _rounded(fit.threshold),
        "scale": _rounded(fit.scale),
        "shape": _rounded(fit.shape),
        "source": source_of(report, frequency.events, tr)[:_LONGEST_LINE],
    }
    if frequency.law is FrequencyLaw.NEGATIVE_BINOMIAL and frequency.ratio is not None:
        line["variance_to_mean"] = _rounded(frequency.ratio)
    return line


def with_peril(
    document: Document, report: HazardReport, hazard: SiteHazard, curve: str, tr: Translator
) -> Document:
    """Return a draft with typhoon wind at a site; a line of that peril and site is replaced.

    Raises:
        CaseRefused: as `peril_line`.
    """
    line = peril_line(report, hazard, curve, tr)
    changed = _merged(
        document,
        PERILS,
        [line],
        lambda held: (held.get("peril"), held.get("site", "")) == (line["peril"], line["site"]),
    )
    return _sourced(changed, PERILS, source_of(report, sum(hazard.study.counts), tr))


def _counted(report: HazardReport, hazard: SiteHazard) -> list[StormEvent]:
    least = report.choice.threshold_ms
    return [e for e in hazard.events if e.wind_ms is not None and e.wind_ms >= least]


def event_name(event: StormEvent) -> str:
    """Return the name of a storm with the day it was nearest, such as "WINNIE 1997-08-18"."""
    return f"{event.name or event.storm} {event.day.isoformat()}"


def reading_lines(
    report: HazardReport, hazard: SiteHazard, trigger: str, station: str
) -> list[dict[str, Any]]:
    """Return the winds of the storms at a site as readings of an index: one for each storm."""
    return [
        {
            "trigger": trigger,
            "day": event.day.isoformat(),
            "value": _rounded(event.wind_ms),
            "station": station,
            "event": event_name(event),
        }
        for event in hazard.events
        if event.wind_ms is not None
    ]


def with_readings(
    document: Document,
    report: HazardReport,
    hazard: SiteHazard,
    *,
    trigger: str,
    station: str,
    tr: Translator,
) -> Document:
    """Return a draft whose index has the winds of a site as readings of a trigger.

    Readings of that trigger and station are replaced; the years looked at, and those without
    data, become those of the history.
    """
    lines = reading_lines(report, hazard, trigger, station)
    source = source_of(report, len(lines), tr)
    changed = _with_index_lines(document, lines, trigger, station, source)
    gaps = (*report.gaps.years_without_data, *report.gaps.years_without_wind)
    reason = tr(N_("no winds in {file}")).format(file=report.file)[:200]
    return _with_history(changed, report.years, [(year, reason) for year in sorted(gaps)])


def _with_index_lines(
    document: Document, lines: list[dict[str, Any]], trigger: str, station: str, source: str
) -> Document:
    changed = _merged(
        document,
        f"{INDEX}.readings",
        lines,
        lambda held: (held.get("trigger", ""), held.get("station", "")) == (trigger, station),
    )
    changed = with_value(changed, f"{INDEX}.history_source", source[:_LONGEST_LINE])
    return _sourced(changed, f"{INDEX}.readings", source)


def _with_history(
    document: Document, years: Sequence[int], gaps: Sequence[tuple[int, str]]
) -> Document:
    changed = with_value(document, f"{INDEX}.first_year", years[0])
    changed = with_value(changed, f"{INDEX}.last_year", years[-1])
    found = {year for year, _ in gaps}
    lines = [{"year": year, "reason": reason} for year, reason in gaps]
    return _merged(changed, f"{INDEX}.gaps", lines, lambda held: held.get("year") in found)


def with_daily_readings(
    document: Document,
    readings: Sequence[tuple[str, float]],
    trigger: str,
    station: str,
    *,
    years: Sequence[int],
    gaps: Sequence[tuple[int, str]],
    source: str,
) -> Document:
    """Return a draft with daily readings (ISO day, value) of a station, or bulletins of a place.

    Readings of that trigger and station are replaced.
    """
    lines = [
        {"trigger": trigger, "day": day, "value": _rounded(value), "station": station}
        for day, value in readings
    ]
    changed = _with_index_lines(document, lines, trigger, station, source)
    return _with_history(changed, years, gaps)


def event_lines(report: HazardReport) -> list[dict[str, Any]]:
    """Return all storms that count at a site as an event set: one line for each storm and site.

    Each storm has the rate of one in the years looked at. Storms that count at no site are left
    out; at the other sites their winds stand below the threshold too.
    """
    rate = 1.0 / len(report.years)
    counted = {e.storm for hazard in report.sites for e in _counted(report, hazard)}
    days: dict[str, StormEvent] = {}
    for hazard in report.sites:
        for event in hazard.events:
            first = days.get(event.storm)
            days[event.storm] = event if first is None or event.day < first.day else first
    lines = [
        {
            "event": event_name(days[event.storm]),
            "site": hazard.site.name,
            "rate": rate,
            "intensity": _rounded(event.wind_ms),
        }
        for hazard in report.sites
        for event in hazard.events
        if event.storm in counted and event.wind_ms is not None
    ]
    return sorted(lines, key=lambda line: (str(line["event"])[-10:], str(line["event"])))


def with_events(document: Document, report: HazardReport, curve: str, tr: Translator) -> Document:
    """Return a draft whose event set is the storms of a report, with a curve of damage.

    The whole set is replaced.

    Raises:
        CaseRefused: `hazard_no_events_found`, no storm counts at any site.
    """
    lines = event_lines(report)
    if not lines:
        raise refused(EVENTS, "hazard_no_events_found", 0, threshold=report.choice.threshold_ms)
    count = len({line["event"] for line in lines})
    source = source_of(report, count, tr)
    changed = _merged(document, f"{EVENTS}.event_lines", lines, lambda _held: True)
    changed = with_value(changed, f"{EVENTS}.curve", curve)
    changed = with_value(changed, f"{EVENTS}.source", source[:_LONGEST_LINE])
    return with_provenance(changed, f"{EVENTS}.event_lines", "measured", source[:_LONGEST])
