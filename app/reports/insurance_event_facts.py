"""What window, paper and command line say of common events: sites, events, correlation, worst."""

from app.finance.case.case import Case
from app.finance.insurance.part_results import EventLoss, EventResult
from app.formats import money, number, plain
from app.i18n import N_
from app.reports.facility_facts import label_of
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    figure,
    free_row,
    share,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

MOST_EVENTS = 20
"""Events that are listed, the dearest first; the rest are counted."""

MOST_CORRELATED = 12
"""Sites whose correlation is shown as a table."""


def event_rows(case: Case, found: EventResult | None) -> tuple[FactRow, ...]:
    """Return mean and spread of the event model, as is and if sites were independent."""
    model = case.insurance.events if case.insurance is not None else None
    if found is None or model is None:
        return ()
    rows = [
        FactRow(N_("Events in the set"), str(len(found.events))),
        FactRow(
            N_("Events a year in all"),
            number(sum(event.rate for event in found.events), 4),
            "events/yr",
        ),
        FactRow(
            N_("Mean loss of a year"),
            money(found.mean_yuan),
            "yuan",
            "insurance.events.mean",
            strong=True,
        ),
        FactRow(N_("Standard deviation"), money(found.sd_yuan), "yuan", "insurance.events.sd"),
        FactRow(
            N_("Standard deviation if sites were independent"),
            money(found.independent_sd_yuan),
            "yuan",
        ),
    ]
    if found.worst is not None:
        rows.append(
            FactRow(
                N_("Worst event"),
                money(found.worst.loss_yuan),
                "yuan",
                note="{name}",
                facts={"name": found.worst.event},
            )
        )
    if model.curve:
        rows.append(free_row(label_of("insurance.events.curve"), model.curve))
    if model.spread:
        rows.append(FactRow(label_of("insurance.events.spread"), plain(model.spread), "sd/mean"))
    rows.append(free_row(label_of("insurance.events.source"), model.source))
    return tuple(rows)


def site_table(found: EventResult | None) -> FactTable | None:
    """Return mean, spread and part of the TVaR of each site; None without an event model."""
    if found is None or not found.sites:
        return None
    heads = (
        FactHead(N_("Site"), numeric=False),
        FactHead(N_("Mean loss of a year"), "yuan"),
        FactHead(N_("Standard deviation"), "yuan"),
        FactHead(N_("Part of the TVaR at 99%"), "yuan"),
        FactHead(N_("Share of it")),
    )
    tail = sum(site.co_tvar_yuan for site in found.sites)
    rows = tuple(
        (
            FactCell(site.site),
            yuan(site.mean_yuan),
            yuan(site.sd_yuan),
            yuan(site.co_tvar_yuan),
            share(site.co_tvar_yuan / tail if tail else None),
        )
        for site in found.sites
    )
    mean = sum(site.mean_yuan for site in found.sites)
    totals = (
        words(N_("Total")),
        yuan(mean),
        EMPTY_CELL,
        yuan(tail, "insurance.events.tail"),
        EMPTY_CELL,
    )
    return FactTable(heads, rows, totals)


def _dearest(found: EventResult) -> list[EventLoss]:
    return sorted(found.events, key=lambda event: -event.loss_yuan)[:MOST_EVENTS]


def event_table(found: EventResult | None) -> FactTable | None:
    """Return the dearest events with rate, loss and the sites they hit; None without a model."""
    if found is None or not found.events:
        return None
    heads = (
        FactHead(N_("Event"), numeric=False),
        FactHead(N_("Frequency"), "events/yr"),
        FactHead(N_("Loss to the insurer"), "yuan"),
        FactHead(N_("Sites hit")),
    )
    rows = tuple(
        (
            FactCell(event.event),
            figure(event.rate, 4),
            yuan(event.loss_yuan),
            FactCell(str(sum(loss > 0 for loss in event.by_site))),
        )
        for event in _dearest(found)
    )
    return FactTable(heads, rows)


def events_left_out(found: EventResult | None) -> int:
    """Return how many events the table of events does not list."""
    return 0 if found is None else max(0, len(found.events) - MOST_EVENTS)


def correlation_table(found: EventResult | None) -> FactTable | None:
    """Return the correlation of the yearly losses of each two sites; None for one or very many."""
    if found is None or not 2 <= len(found.sites) <= MOST_CORRELATED:
        return None
    heads = (
        FactHead(N_("Site"), numeric=False),
        FactHead(N_("Other site"), numeric=False),
        FactHead(N_("Correlation of the losses of a year")),
    )
    rows = tuple(
        (FactCell(one.site), FactCell(other.site), figure(found.correlation[at][to]))
        for at, one in enumerate(found.sites)
        for to, other in enumerate(found.sites)
        if at < to
    )
    return FactTable(heads, rows, keys=2)


LEFT_OUT = N_("The {count} dearest events are listed; {others} more are in the set.")
"""Said below the events when not all are listed."""


def left_out_facts(found: EventResult) -> dict[str, str]:
    """Return what fills `LEFT_OUT`."""
    return {"count": str(MOST_EVENTS), "others": str(events_left_out(found))}
