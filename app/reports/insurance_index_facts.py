"""What window, paper and command line say of an index cover: payout, history, fit, basis risk."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import TriggerLine
from app.finance.fields import choice_label
from app.finance.insurance.part_results import IndexResult
from app.finance.insurance.results import InsuranceResult
from app.formats import money, percent, plain
from app.i18n import N_
from app.messages.insurance_words import choice_word
from app.reports.facility_facts import label_of
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    free_row,
    listed,
    share,
    without_empty,
    words,
    yuan,
)
from app.reports.insurance_facts import NO_LIMIT, known_step, quantity_cell
from app.reports.value_facts import FactRow

GAP = N_("no data; not a year without loss")
"""What stands in the line of a year that was not observed."""

_LOSS = 5


def _share_limit(label: str, limit: float | None) -> FactRow:
    if limit is None:
        return FactRow(label, words=NO_LIMIT)
    return FactRow(label, percent(limit))


def _chosen(cover: IndexCover, name: str) -> FactRow:
    message = choice_label(IndexCover, name, getattr(cover, name))
    return FactRow(label_of(f"insurance.index.{name}"), words=message)


def index_rows(case: Case, insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return what the index cover insures, in which season, and what it pays at most."""
    cover = case.insurance.index if case.insurance is not None else None
    if cover is None or insurance.index is None:
        return ()
    return tuple(_index_rows(cover, insurance, insurance.index))


def _index_rows(
    cover: IndexCover, insurance: InsuranceResult, found: IndexResult
) -> Iterator[FactRow]:
    path = "insurance.index"
    for name in ("product", "site"):
        if getattr(cover, name):
            yield free_row(label_of(f"{path}.{name}"), getattr(cover, name))
    quantity = quantity_cell(cover.quantity, cover.quantity_unit)
    yield FactRow(label_of(f"{path}.quantity"), words=quantity.words, facts=quantity.facts)
    yield FactRow(label_of(f"{path}.unit_value_yuan"), money(cover.unit_value_yuan), "yuan")
    yield FactRow(
        N_("Sum insured"),
        money(found.sum_insured_yuan),
        "yuan",
        known_step(insurance, "insurance.index.sum_insured"),
        strong=True,
    )
    yield FactRow(
        N_("Season"),
        words=N_("{start} to {end}"),
        facts={"start": cover.season_start.isoformat(), "end": cover.season_end.isoformat()},
    )
    yield _chosen(cover, "events_paid")
    if len(cover.triggers) > 1:
        yield _chosen(cover, "combined")
    yield _chosen(cover, "stations")
    yield _share_limit(label_of(f"{path}.event_cap_share"), cover.event_cap_share)
    if cover.event_minimum_share:
        label = label_of(f"{path}.event_minimum_share")
        yield FactRow(label, percent(cover.event_minimum_share))
    yield _share_limit(label_of(f"{path}.season_cap_share"), cover.season_cap_share)


def _index_of(line: TriggerLine) -> FactCell:
    """How readings become an index value."""
    parts = [words(choice_label(TriggerLine, "counting", line.counting))]
    if line.threshold is not None:
        parts.append(words(N_("threshold {figure}"), figure=plain(line.threshold)))
    if line.window_days is not None:
        parts.append(words(N_("{days} days"), days=str(line.window_days)))
    return listed(*parts)


def _averaging(line: TriggerLine) -> FactCell:
    """The averaging time of a wind as entered; one of the usual ones in the language asked for."""
    if not line.averaging:
        return EMPTY_CELL
    return FactCell(words="{text}", facts={"text": line.averaging})


def trigger_table(case: Case) -> FactTable | None:
    """Return each trigger: what is measured, averaged how, and how it pays; None without any."""
    cover = case.insurance.index if case.insurance is not None else None
    if cover is None or not cover.triggers:
        return None
    heads = (
        FactHead(N_("Trigger"), numeric=False),
        FactHead(N_("Measured"), numeric=False),
        FactHead(N_("Averaging time"), numeric=False),
        FactHead(N_("Index is"), numeric=False),
        FactHead(N_("Pays when"), numeric=False),
        FactHead(N_("Payout by"), numeric=False),
        FactHead(N_("Trigger value")),
        FactHead(N_("Exit")),
        FactHead(N_("For each unit"), "yuan"),
        FactHead(N_("At most")),
    )
    rows = tuple(
        (
            FactCell(line.name),
            words(choice_label(TriggerLine, "measure", line.measure)),
            _averaging(line),
            _index_of(line),
            words(choice_label(TriggerLine, "direction", line.direction)),
            words(choice_label(TriggerLine, "form", line.form)),
            EMPTY_CELL if line.trigger is None else FactCell(plain(line.trigger)),
            EMPTY_CELL if line.exit is None else FactCell(plain(line.exit)),
            EMPTY_CELL if line.tick_yuan is None else yuan(line.tick_yuan),
            share(line.limit_share),
        )
        for line in cover.triggers
    )
    return without_empty(FactTable(heads, rows), (2, 6, 7, 8))


def payout_table(insurance: InsuranceResult) -> FactTable | None:
    """Return from which value on a trigger pays what; None without an index cover."""
    if not insurance.payout_table:
        return None
    heads = (
        FactHead(N_("Trigger"), numeric=False),
        FactHead(N_("Index from")),
        FactHead(N_("Pays, of the sum insured")),
        FactHead(N_("Pays"), "yuan"),
    )
    rows = tuple(
        (
            FactCell(step.trigger),
            FactCell(plain(step.value)),
            share(step.payout_share),
            yuan(step.payout_yuan),
        )
        for step in insurance.payout_table
    )
    return FactTable(heads, rows)


def burn_rows(insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return what the index is priced on, and the burning cost of its history with its error."""
    found = insurance.index
    if found is None:
        return ()
    rows = [
        FactRow(N_("Priced on"), words=choice_word("pricing", found.pricing)),
        FactRow(
            N_("Pure premium of the index"),
            money(found.pure_premium_yuan),
            "yuan",
            known_step(insurance, "insurance.index.pure_premium"),
            note=N_("{share} of the sum insured"),
            facts={"share": percent(found.pure_share, 4)},
            strong=True,
        ),
    ]
    if found.burn_share is None:
        return tuple(rows)
    rows += [
        observed_row(found.observed_years, found.paying_years),
        FactRow(
            N_("Burning cost"),
            percent(found.burn_share, 4),
            "",
            known_step(insurance, "insurance.index.burn"),
        ),
        FactRow(
            N_("Standard error of the burning cost"),
            percent(found.burn_error, 4),
            "",
            known_step(insurance, "insurance.index.burn_error"),
        ),
    ]
    if found.burn_low is not None and found.burn_high is not None:
        rows.append(interval_row(found.burn_low, found.burn_high))
    return tuple(rows)


def observed_row(observed: int, paying: int) -> FactRow:
    """Return how many years a history has, and how many of them would have been paid."""
    return FactRow(
        N_("Years observed"),
        words=N_("{observed}, {paying} of them with a payment"),
        facts={"observed": str(observed), "paying": str(paying)},
    )


def interval_row(low: float, high: float) -> FactRow:
    """Return the interval of a burning cost."""
    return FactRow(
        N_("Bootstrap interval of 90%"),
        words=N_("{low} to {high}"),
        facts={"low": percent(low, 4), "high": percent(high, 4)},
    )


def history_rows(case: Case) -> tuple[FactRow, ...]:
    """Return source and gaps of the history of the index; () without one."""
    cover = case.insurance.index if case.insurance is not None else None
    if cover is None or not (cover.readings or cover.history_source):
        return ()
    gaps = ", ".join(str(gap.year) for gap in cover.gaps)
    return (
        free_row(label_of("insurance.index.history_source"), cover.history_source),
        free_row(label_of("insurance.index.gaps"), gaps),
    )


def history_table(insurance: InsuranceResult) -> FactTable | None:
    """Return what the index would have paid year by year; gaps say so; None without a history."""
    found = insurance.index
    if found is None or not found.history:
        return None
    heads = (
        FactHead(N_("Year"), numeric=False),
        FactHead(N_("Highest index value")),
        FactHead(N_("Events paid")),
        FactHead(N_("Payout, of the sum insured")),
        FactHead(N_("Payout"), "yuan"),
        FactHead(N_("Loss, of the sum insured")),
    )
    rows = tuple(
        (
            FactCell(str(year.year)),
            FactCell("–" if year.index_value is None else plain(year.index_value)),
            FactCell(str(year.events)),
            share(year.payout_share),
            yuan(year.payout_yuan),
            share(year.loss_share),
        )
        if year.observed
        else (FactCell(str(year.year)), *[FactCell("–")] * 3, words(GAP), share(year.loss_share))
        for year in found.history
    )
    return without_empty(FactTable(heads, rows), (_LOSS,))
