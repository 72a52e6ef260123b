"""What a policy schedule says of an index cover: data, counting, every payout, the history's sum.

Rows and tables that other papers share are in `insurance_index_facts` and `insurance_facts`.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from app.finance.case.case import Case
from app.finance.case.cover.index_inputs import Combined, EventsPaid, IndexCover
from app.finance.case.cover.index_tables import Counting, Direction, PayoutForm, TriggerLine
from app.finance.case.index_terms import of_season, pays_above
from app.finance.case.insurance import Insurance
from app.finance.fields import choice_label
from app.finance.insurance.index_curve import payout_readings
from app.finance.insurance.part_results import IndexResult, PayoutStep
from app.finance.insurance.results import InsuranceResult
from app.finance.money import round_to_fen
from app.formats import money, percent, plain
from app.i18n import N_
from app.reports.facility_facts import label_of
from app.reports.fact_tables import (
    FactCell,
    FactHead,
    FactTable,
    free_row,
    share,
    words,
    yuan,
)
from app.reports.insurance_facts import CONDITIONS, NO_LIMIT, limit_row
from app.reports.insurance_index_facts import history_table
from app.reports.value_facts import FactRow

LATER = N_("to be agreed")
"""What stands for everything the case does not say."""

NO_OTHER_DEDUCTIBLE = N_("none: the trigger stands in its place")
NO_WAITING = N_("none: the index counts from the first day of the season within the period")
NO_REINSTATEMENT = N_("none: what is left of the limit of the season serves later events")

_COUNTED = {
    Counting.VALUE: N_("{trigger}: the index is the reading itself, of each event the one that "
                       "pays most."),
    Counting.WINDOW_SUM: N_("{trigger}: the index is the sum of the readings of {days} days in a "
                            "row."),
    Counting.RUN_DAYS: N_("{trigger}: the index is the number of days in a row with a reading "
                          "{beyond} {threshold}; a run shorter than {days} days does not count."),
    Counting.DAYS: N_("{trigger}: the index is the number of days of the season with a reading "
                      "{beyond} {threshold}."),
    Counting.EXCESS_SUM: N_("{trigger}: the index is the sum, over the days of the season, of what "
                            "lies above {threshold}."),
}  # fmt: skip
"""How readings become the value of the index, in a sentence."""

_WINDOW_FROM = N_(
    "{trigger}: the index is the sum of the readings {beyond} {threshold} of {days} days in a row."
)
_BEYOND = {Direction.ABOVE: N_("at or above"), Direction.BELOW: N_("at or below")}
_SHORT_OF = N_(
    "{trigger}: the index is the sum, over the days of the season, of what is missing to "
    "{threshold}."
)

_ONE_EVENT = N_(
    "Readings that bear the name of one event are one event. Others belong to one event when they "
    "reach the trigger on the same day or on days in a row."
)
_PAID = {
    EventsPaid.LARGEST: N_("Of the events of a season the one with the largest payout is paid."),
    EventsPaid.FIRST: N_("Of the events of a season the first that reaches a trigger is paid."),
    EventsPaid.EVERY: N_("Every event of a season is paid."),
}
_TOGETHER = {
    Combined.HIGHEST: N_("Where an event reaches several triggers the highest payout counts."),
    Combined.SUM: N_("Where an event reaches several triggers their payouts add up."),
}
_BESIDE = {
    Combined.HIGHEST: N_("A trigger that counts the whole season pays once, at its end, what it "
                         "pays more than the events."),
    Combined.SUM: N_("A trigger that counts the whole season pays once, at its end, beside the "
                     "events."),
}  # fmt: skip


def index_cover(case: Case) -> IndexCover:
    """Return the index cover of a case that has one."""
    cover = None if case.insurance is None else case.insurance.index
    assert cover is not None  # noqa: S101 - asked for cases with an index cover only
    return cover


def counting_lines(cover: IndexCover) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield how an index value, an event and a season are counted: sentences with their facts."""
    for line in cover.triggers:
        yield _counted(line)
    if not all(map(of_season, cover.triggers)):
        yield _ONE_EVENT, {}
        yield _PAID[cover.events_paid], {}
    if len(cover.triggers) > 1:
        yield _TOGETHER[cover.combined], {}
        if any(map(of_season, cover.triggers)):
            yield _BESIDE[cover.combined], {}


def _counted(line: TriggerLine) -> tuple[str, dict[str, str]]:
    message = _COUNTED[line.counting]
    if line.counting is Counting.WINDOW_SUM and line.threshold is not None:
        message = _WINDOW_FROM
    if line.counting is Counting.EXCESS_SUM and line.direction is Direction.BELOW:
        message = _SHORT_OF
    return message, {
        "trigger": line.name,
        "days": str(line.window_days or 1),
        "threshold": plain(line.threshold or 0.0),
        "beyond": _BEYOND[line.direction],
    }


def data_rows(case: Case) -> tuple[FactRow, ...]:
    """Return where the readings come from, who computes, and what is done when they fail."""
    cover, path = index_cover(case), "insurance.index"
    stations = dict.fromkeys(
        site.station
        for site in (() if case.insurance is None else case.insurance.sites)
        if site.station and cover.site in ("", site.name)
    )
    return (
        _entered(f"{path}.data_source", cover.data_source),
        agreed(N_("Weather station"), ", ".join(stations)),
        _entered(f"{path}.calculation_agent", cover.calculation_agent),
        _entered(f"{path}.data_dispute", cover.data_dispute),
    )


def agreed_rows(policy: Insurance) -> tuple[FactRow, ...]:
    """Return every condition of a policy; what was not entered is to be agreed."""
    return tuple(
        _entered(f"insurance.{name}", getattr(policy, name).strip()) for name in CONDITIONS
    )


def _entered(path: str, text: str) -> FactRow:
    return agreed(label_of(path), text)


def agreed(label: str, text: str) -> FactRow:
    """Return a text as it was entered, or that it is to be agreed."""
    return free_row(label, text) if text else FactRow(label, words=LATER)


def limit_labels() -> frozenset[str]:
    """Return the labels of the rows of `index_rows` that `limit_rows` has in yuan."""
    names = ("event_cap_share", "season_cap_share", "event_minimum_share")
    return frozenset(label_of(f"insurance.index.{name}") for name in names)


def limit_rows(case: Case, insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return what an event, a season and the policy pay at most, in yuan, and what is taken off."""
    cover, policy, found = index_cover(case), case.insurance, insurance.index
    if policy is None or found is None:
        return ()
    insured, path = found.sum_insured_yuan, "insurance.index"
    rows = [
        _of_sum(f"{path}.event_cap_share", cover.event_cap_share, insured),
        _of_sum(f"{path}.season_cap_share", cover.season_cap_share, insured),
    ]
    if cover.event_minimum_share:
        rows.append(_of_sum(f"{path}.event_minimum_share", cover.event_minimum_share, insured))
    return (
        *rows,
        *(
            limit_row(label_of(f"insurance.{name}"), getattr(policy, name))
            for name in ("policy_event_limit_yuan", "policy_year_limit_yuan")
        ),
        FactRow(N_("Deductible"), words=NO_OTHER_DEDUCTIBLE),
        FactRow(N_("Waiting period"), words=NO_WAITING),
        *(
            ()
            if cover.season_cap_share is None
            else (FactRow(N_("Reinstatements"), words=NO_REINSTATEMENT),)
        ),
    )


def _of_sum(path: str, limit: float | None, insured: Decimal) -> FactRow:
    if limit is None:
        return FactRow(label_of(path), words=NO_LIMIT)
    amount = round_to_fen(Decimal(str(limit)) * insured)
    note = N_("{share} of the sum insured")
    return FactRow(
        label_of(path), money(amount), "yuan", note=note, facts={"share": percent(limit)}
    )


def index_name(trigger: TriggerLine) -> str:
    """Return the message id of what a value of the index is: days, or what is measured."""
    if trigger.counting in (Counting.DAYS, Counting.RUN_DAYS):
        return N_("days")
    return choice_label(TriggerLine, "measure", trigger.measure)


def reading_table(cover: IndexCover, trigger: TriggerLine) -> FactTable | None:
    """Return what every value of the index pays; None for a trigger that never pays."""
    found = payout_readings(cover, trigger)
    if not found:
        return None
    heads = (
        FactHead(N_("Value of the index"), numeric=False),
        FactHead(N_("Pays, of the sum insured")),
        FactHead(N_("Pays"), "yuan"),
    )
    up = pays_above(trigger)
    first = N_("below {value}") if up else N_("above {value}")
    nothing = (words(first, value=_shown(found[0].value)), share(0.0), yuan(0.0))
    stepped = trigger.form is PayoutForm.STEP
    rows = tuple(
        (
            _span(found, place, up=up) if stepped else _point(found, place, up=up),
            share(step.payout_share),
            yuan(step.payout_yuan),
        )
        for place, step in enumerate(found)
    )
    return FactTable(heads, (nothing, *rows))


def _shown(value: float) -> str:
    return plain(round(value, 4))


def _span(found: tuple[PayoutStep, ...], place: int, *, up: bool) -> FactCell:
    """The values that a step holds for."""
    value = _shown(found[place].value)
    if place + 1 == len(found):
        return words(N_("{value} and more") if up else N_("{value} and less"), value=value)
    until = _shown(found[place + 1].value)
    message = N_("{value} to below {until}") if up else N_("{value} down to above {until}")
    return words(message, value=value, until=until)


def _point(found: tuple[PayoutStep, ...], place: int, *, up: bool) -> FactCell:
    if place + 1 == len(found):
        return _span(found, place, up=up)
    return FactCell(_shown(found[place].value))


def summed_history(insurance: InsuranceResult) -> FactTable | None:
    """Return what each year of the history would have been paid, with the sum; gaps stay marked."""
    table, found = history_table(insurance), insurance.index
    if table is None or found is None:
        return None
    events, shares, paid = _history_sums(found)
    blank = [FactCell()] * (len(table.heads) - 5)
    total = words(N_("{count} years observed"), count=str(found.observed_years))
    return replace(table, totals=(total, FactCell(), events, shares, paid, *blank))


def _history_sums(found: IndexResult) -> tuple[FactCell, FactCell, FactCell]:
    observed = [year for year in found.history if year.observed]
    return (
        FactCell(str(sum(year.events for year in observed))),
        share(sum(year.payout_share for year in observed)),
        yuan(sum((round_to_fen(y.payout_yuan) for y in observed), Decimal(0))),
    )
