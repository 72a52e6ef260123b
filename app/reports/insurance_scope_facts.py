"""What a policy insures against, where and when: one table of perils, index, events, sales."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.cover.delivery_inputs import DeliveryCover
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import TriggerLine
from app.finance.case.cover.perils import PerilLine
from app.finance.case.insurance import Insurance
from app.finance.fields import choice_label
from app.i18n import N_
from app.messages.insurance_words import choice_word
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    listed,
    without_empty,
    words,
)

_ALL = N_("all")
_ALL_YEAR = N_("all year")


def scope_table(case: Case) -> FactTable | None:
    """Return each peril, trigger and failure with head, site and season; None without any."""
    policy = case.insurance
    rows = tuple(_rows(policy)) if policy is not None else ()
    if not rows:
        return None
    heads = (
        FactHead(N_("Insured against"), numeric=False),
        FactHead(N_("Head"), numeric=False),
        FactHead(N_("Site"), numeric=False),
        FactHead(N_("Months or season"), numeric=False),
    )
    return without_empty(FactTable(heads, rows), (2,))


def _rows(policy: Insurance) -> Iterator[tuple[FactCell, ...]]:
    for line in policy.perils:
        yield _peril(line)
    if policy.events is not None:
        count = len({line.event for line in policy.events.event_lines})
        name = words(N_("common events of several sites: {count} events"), count=str(count))
        yield name, words(_ALL), words(_ALL), words(_ALL_YEAR)
    if policy.index is not None:
        yield from (_trigger(policy.index, line) for line in policy.index.triggers)
    if policy.delivery is not None:
        yield from _sales(policy.delivery)


def _peril(line: PerilLine) -> tuple[FactCell, ...]:
    first, last = line.first_month, line.last_month
    whole = (first - 2) % 12 + 1 == last
    season = words(_ALL_YEAR) if whole else words(
        N_("month {first} to month {last}"), first=str(first), last=str(last)
    )  # fmt: skip
    return (
        words(choice_word("peril", line.peril)),
        FactCell(line.head) if line.head else words(_ALL),
        FactCell(line.site) if line.site else words(_ALL),
        season,
    )


def _trigger(cover: IndexCover, line: TriggerLine) -> tuple[FactCell, ...]:
    measure = words(choice_label(TriggerLine, "measure", line.measure))
    return (
        listed(FactCell(line.name), measure),
        words(N_("Index cover")),
        FactCell(cover.site),
        words(
            N_("{start} to {end}"),
            start=cover.season_start.isoformat(),
            end=cover.season_end.isoformat(),
        ),
    )


def _sales(cover: DeliveryCover) -> Iterator[tuple[FactCell, ...]]:
    """The sale that fails, and the reversal where one is covered."""
    years = sorted(line.policy_year for line in cover.deliveries)
    when = EMPTY_CELL
    if years:
        when = words(N_("policy year {first} to {last}"), first=str(years[0]), last=str(years[-1]))
    sale = words(N_("failure of a sale"))
    if cover.counterparty:
        sale = words(N_("failure of a sale to {name}"), name=cover.counterparty)
    yield sale, words(N_("Failure of sales, reversal")), EMPTY_CELL, when
    if cover.reversed_share is not None:
        yield words(N_("reversal of credits")), EMPTY_CELL, EMPTY_CELL, when
