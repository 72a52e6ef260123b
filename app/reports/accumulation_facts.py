"""What window, paper and command line say of one event on the book: its facts and its tables."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from app.finance.insurance.accumulation import CaseHit
from app.finance.insurance.accumulation_results import Accumulation, StormLine
from app.finance.insurance.hazard_sites import SITE_WIND_LABELS, SiteWind
from app.finance.insurance.hazard_tracks import AVERAGING_LABELS, Averaging
from app.finance.insurance.hazard_wind import EXPOSURE_LABELS, Exposure
from app.formats import money, number, percent, plain
from app.i18n import N_
from app.messages.accumulation_words import CONVENTIONS, EVENT_KINDS
from app.reference.damage import load_damage_curves
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    empty_columns,
    figure,
    free_row,
    share,
    without,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

_MONTHS_NOTE = N_("value on risk of this month")


def event_rows(found: Accumulation) -> tuple[FactRow, ...]:
    """Return what is put on the book, and by what conventions."""
    return (
        FactRow(N_("Event"), words=EVENT_KINDS[found.kind]),
        *_named(found.event),
        *_storm_rows(found.event),
        FactRow(N_("Book of"), found.day.isoformat()),
        *(
            ()
            if found.kind == "reported"
            else (FactRow(N_("Month of the event"), str(found.month), note=_MONTHS_NOTE),)
        ),
        FactRow(
            N_("How it is counted"),
            words=CONVENTIONS["reported" if found.kind == "reported" else "first_event"],
        ),
    )


def _named(event: Mapping[str, Any]) -> Iterator[FactRow]:
    """Yield rows of a footprint, or of what was reported."""
    if "damage" in event:
        yield FactRow(
            N_("Place"),
            words=N_("{latitude}°, {longitude}° (latitude, longitude)"),
            facts={
                "latitude": plain(event["latitude"]),
                "longitude": plain(event["longitude"]),
            },
        )
        yield FactRow(N_("Radius"), plain(event["radius_km"]), "km")
        yield FactRow(N_("Damage"), percent(event["damage"]))
    if "paid_share" in event:
        yield _shipped(N_("Reported event"), event["name"], event["name_zh"])
        yield FactRow(N_("Insured that were hit"), percent(event["hit_share"], 1))
        yield FactRow(N_("Paid, share of the cover"), percent(event["paid_share"]))
        yield FactRow(N_("Paid, share of the premium of the year"), percent(event["premium_share"]))
        yield _shipped(N_("Source"), event["source"], event["source_zh"])


def _shipped(label: str, name: str, chinese: str) -> FactRow:
    """A row of a shipped name that has its own Chinese."""
    return FactRow(label, words="{text}", facts={"text": name}, chinese=chinese)


def _storm_rows(event: Mapping[str, Any]) -> Iterator[FactRow]:
    """Yield rows of a storm of a track file."""
    if "storm" not in event:
        return
    yield free_row(
        N_("Storm"),
        " ".join(filter(None, (event["name"], str(event["year"]), f"({event['storm']})"))),
    )
    if "worst_at" in event:
        yield FactRow(
            N_("Strongest wind at"),
            words=N_("{latitude}°, {longitude}° (latitude, longitude): {wind} m/s"),
            facts={
                "latitude": plain(event["worst_at"]["latitude"]),
                "longitude": plain(event["worst_at"]["longitude"]),
                "wind": number(event["wind_ms_there"], 1),
            },
        )
    yield free_row(N_("Nearest to the book on"), event["nearest_day"] or "")
    yield free_row(N_("Track file"), event["tracks"])
    yield FactRow(N_("Wind at a place"), words=SITE_WIND_LABELS[SiteWind(event["wind"])])
    yield FactRow(N_("Radius"), plain(event["radius_km"]), "km")
    recorded = AVERAGING_LABELS[Averaging(event["recorded_averaging"])]
    yield FactRow(N_("Winds are averaged as"), words=recorded)
    yield FactRow(N_("Surroundings"), words=EXPOSURE_LABELS[Exposure(event["exposure"])])
    if event["curve_averaging"] is None:
        yield FactRow(
            N_("Damage curve"), words=N_("none: only index covers that read the wind are paid")
        )
        return
    yield _curve(event["curve"])
    read = AVERAGING_LABELS[Averaging(event["curve_averaging"])]
    yield FactRow(N_("Wind the curve reads"), words=read)


def _curve(key: str) -> FactRow:
    """A row of the title of a shipped curve, or of the name somebody gave one."""
    shipped = {curve.curve_id: curve for curve in load_damage_curves()}.get(key)
    if shipped is None:
        return free_row(N_("Damage curve"), key)
    return _shipped(N_("Damage curve"), shipped.title, shipped.title_zh)


def total_rows(found: Accumulation) -> tuple[FactRow, ...]:
    """Return both views at once: what insurers pay, what lenders lose of their security."""
    sums = found.totals
    rows = [
        FactRow(N_("Policies in force"), f"{sums.policies:,}"),
        FactRow(N_("Policies that are paid"), f"{sums.policies_hit:,}"),
        FactRow(N_("Sum insured of the book"), money(sums.sum_insured_yuan), "yuan"),
        FactRow(
            N_("Loss to insurers"),
            money(sums.insurer_yuan),
            "yuan",
            note=N_("{share} of the sum insured"),
            facts={"share": percent(sums.insurer_share)},
            strong=True,
        ),
        FactRow(N_("Loans with debt"), f"{sums.loans:,}"),
        FactRow(N_("Loans whose security loses value"), f"{sums.loans_hit:,}"),
        FactRow(N_("Owed in all"), money(sums.owed_yuan), "yuan"),
        FactRow(
            N_("Loss of pledged value to lenders"),
            money(sums.lender_yuan),
            "yuan",
            note=N_("{share} of the value pledged"),
            facts={"share": percent(sums.lender_share)},
            strong=True,
        ),
        FactRow(
            N_("Owed beyond the security"),
            money(sums.beyond_yuan),
            "yuan",
            note=N_("before the event {before}"),
            facts={"before": money(sums.beyond_before_yuan)},
        ),
        FactRow(N_("Insurance that goes to lenders"), money(sums.beneficiary_yuan), "yuan"),
        FactRow(N_("Cases hit on both sides"), f"{sums.both_hit:,}"),
    ]
    return tuple(rows)


_CASES = (
    FactHead(N_("Case"), numeric=False),
    FactHead(N_("Distance"), "km"),
    FactHead(N_("Wind"), "m/s"),
    FactHead(N_("Damage")),
    FactHead(N_("Value on risk"), "yuan"),
    FactHead(N_("Loss before terms"), "yuan"),
    FactHead(N_("Loss to insurers"), "yuan"),
    FactHead(N_("of it by index"), "yuan"),
    FactHead(N_("Owed in all"), "yuan"),
    FactHead(N_("Pledged value before"), "yuan"),
    FactHead(N_("Pledged value lost"), "yuan"),
    FactHead(N_("Coverage before")),
    FactHead(N_("Coverage after")),
    FactHead(N_("Insurance to the lender"), "yuan"),
    FactHead(N_("Index cover"), numeric=False),
)
_OPTIONAL = (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)
_OF_POLICIES, _OF_LOANS = frozenset(range(4, 8)) | {14}, frozenset(range(8, 13))
"""Columns that policies, and that loans have alone."""


def shown_hits(found: Accumulation, *, hit_only: bool = False) -> list[CaseHit]:
    """Return the cases of the table, line by line."""
    return [hit for hit in found.hits if hit.is_hit or hit.unread or not hit_only]


def policy_hits(found: Accumulation) -> list[CaseHit]:
    """Return the cases whose policy is hit or cannot be read, the largest payment first."""
    hits = [hit for hit in found.hits if hit.case.policy is not None]
    kept = [hit for hit in hits if hit.insurer_yuan > 0 or hit.ground_up_yuan > 0 or hit.unread]
    return sorted(kept, key=lambda hit: -hit.insurer_yuan)


def loan_hits(found: Accumulation) -> list[CaseHit]:
    """Return the cases whose pledged right loses value, the largest loss first."""
    hits = [hit for hit in found.hits if hit.case.loan is not None and hit.lender_yuan > 0]
    return sorted(hits, key=lambda hit: -hit.lender_yuan)


def policies_table(found: Accumulation) -> FactTable:
    """Return the policies that are hit, as an insurer looks at them."""
    return _hits_table(found, policy_hits(found), _OF_LOANS)


def loans_table(found: Accumulation) -> FactTable:
    """Return the loans whose security loses value, as a lender looks at them."""
    return _hits_table(found, loan_hits(found), _OF_POLICIES)


def cases_table(found: Accumulation, *, hit_only: bool = False) -> FactTable:
    """Return the cases, the costliest first."""
    return _hits_table(found, shown_hits(found, hit_only=hit_only), frozenset())


def _hits_table(
    found: Accumulation, hits: Sequence[CaseHit], left_out: Collection[int]
) -> FactTable:
    """Return some cases with the sums of all; those whose loan is no longer covered are marked.

    Columns in which nothing stands are left out.
    """
    sums = found.totals
    table = FactTable(
        _CASES,
        tuple(_case_row(hit) for hit in hits),
        totals=(
            words(N_("all cases")),
            *(EMPTY_CELL,) * 3,
            yuan(sums.on_risk_yuan),
            yuan(sums.ground_up_yuan),
            yuan(sums.insurer_yuan),
            yuan(sum(hit.index_yuan for hit in found.hits)),
            yuan(sums.owed_yuan),
            yuan(sums.value_yuan),
            yuan(sums.lender_yuan),
            *(EMPTY_CELL,) * 2,
            yuan(sums.beneficiary_yuan),
            EMPTY_CELL,
        ),
        marked=tuple(
            place
            for place, hit in enumerate(hits)
            if hit.coverage_after is not None and hit.coverage_after < 1 and hit.lender_yuan > 0
        ),
    )
    empty = empty_columns(table, _OPTIONAL)
    return without(table, {*empty, *left_out})


def _case_row(hit: CaseHit) -> tuple[FactCell, ...]:
    return (
        FactCell(hit.case.name),
        figure(hit.distance_km, 0),
        figure(hit.wind_ms, 1),
        share(hit.damage),
        yuan(hit.on_risk_yuan),
        yuan(hit.ground_up_yuan),
        yuan(hit.insurer_yuan),
        yuan(hit.index_yuan),
        yuan(hit.owed_yuan),
        yuan(hit.value_yuan),
        yuan(hit.lender_yuan),
        share(hit.coverage),
        share(hit.coverage_after),
        yuan(hit.beneficiary_yuan),
        words(N_("not read by this event")) if hit.unread else EMPTY_CELL,
    )


_STORMS = (
    FactHead(N_("Storm"), numeric=False),
    FactHead(N_("Day")),
    FactHead(N_("Loss to insurers"), "yuan"),
    FactHead(N_("Loss of pledged value to lenders"), "yuan"),
    FactHead(N_("Cases hit")),
)


def storms_table(found: Accumulation) -> FactTable:
    """Return the storms of the record that would cost this book most."""

    def row(line: StormLine) -> tuple[FactCell, ...]:
        return (
            FactCell(line.name or line.storm),
            day(line.day),
            yuan(line.insurer_yuan),
            yuan(line.lender_yuan),
            FactCell(f"{line.cases:,}"),
        )

    return FactTable(_STORMS, tuple(map(row, found.storms)))


_PML = (
    FactHead(N_("Once in"), "yr"),
    FactHead(N_("Loss to insurers"), "yuan"),
    FactHead(N_("Loss of pledged value to lenders"), "yuan"),
)


def pml_table(found: Accumulation) -> FactTable:
    """Return the costliest storm of a year that is exceeded once in so many years."""
    return FactTable(
        _PML,
        tuple(
            (FactCell(f"{line.years}"), yuan(line.insurer_yuan), yuan(line.lender_yuan))
            for line in found.pml
        ),
    )


_UNPLACED = (
    FactHead(N_("Case"), numeric=False),
    FactHead(N_("Sum insured without coordinates"), "yuan"),
    FactHead(N_("Debt without coordinates"), "yuan"),
)


def unplaced_table(found: Accumulation) -> FactTable:
    """Return what of the book has no coordinates and is in no other figure."""
    return FactTable(
        _UNPLACED,
        tuple(
            (FactCell(one.name), yuan(one.sum_insured_yuan), yuan(one.owed_yuan))
            for one in found.unplaced
        ),
    )


_NOT_IN_FORCE = (
    FactHead(N_("Case"), numeric=False),
    FactHead(N_("From")),
    FactHead(N_("To")),
)


def not_in_force_table(found: Accumulation) -> FactTable:
    """Return the policies whose period does not hold the day of the book."""
    return FactTable(
        _NOT_IN_FORCE,
        tuple(
            (FactCell(one.name), day(one.period_start), day(one.period_end))
            for one in found.not_in_force
        ),
    )
