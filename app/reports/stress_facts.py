"""What window, paper and command line say of the stresses of the loan, and of the heat table."""

from collections.abc import Iterable

from app.finance.case.lending.stress import StressLine
from app.finance.fields import fields_of
from app.finance.lending.risk_results import HeatTable, StressCase, StressResult
from app.formats import UNITS, percent, plain
from app.i18n import N_
from app.messages.lending_words import STRESS_NAMES, STRESS_REASONS
from app.reports.cover_facts import times
from app.reports.fact_tables import (
    FactCell,
    FactHead,
    FactTable,
    day,
    figure,
    listed,
    share,
    words,
    yuan,
)

_HEADS = (
    FactHead(N_("Stress"), numeric=False),
    FactHead(N_("Value of the right"), "yuan"),
    FactHead(N_("Change of the value")),
    FactHead(N_("Lowest DSCR")),
    FactHead(N_("Highest loan over value")),
    FactHead(N_("Coverage")),
    FactHead(N_("Nothing covers it from")),
    FactHead(N_("Cash first falls short")),
    FactHead(N_("Shortfall of that year"), "yuan"),
    FactHead(N_("Expected credit loss, 12 months"), "yuan"),
    FactHead(N_("Price at a DSCR of 1"), "yuan/t"),
    FactHead(N_("What it changes"), numeric=False),
)
HEAT_CORNER = N_("Price by rows, tonnes by columns")
"""Head of the names of the rows of a heat table."""

_AS_SIGNED = ("price_change", "tonnes_change", "other_cash_change")


def stress_name(found: StressCase) -> FactCell:
    """Return the name of a stress with its code, or what a person called an own one."""
    if found.code == "own":
        return FactCell(found.name)
    name = STRESS_NAMES[found.code]
    return (
        words(name)
        if found.code == "base"
        else words(N_("{code} {name}"), code=found.code, name=name)
    )


def _change(name: str, value: float) -> FactCell:
    """One thing a stress changes, by its column of the own stresses."""
    specs = {spec.name: spec.field for spec in fields_of(StressLine)}
    field = specs[name]
    if name == "spot_sale":
        return words(N_("{label}: {figure} off the price"), label=field.label,
                     figure=percent(value))  # fmt: skip
    if name == "delisting_year":
        return words(N_("{label} {figure}"), label=field.label, figure=str(int(value)))
    if name in _AS_SIGNED:
        return words(N_("{label} {figure}"), label=field.label, figure=signed(value))
    shown = f"{value:+g}".replace("-", "−") if field.unit == "bp" else plain(value)
    return words(N_("{label} {figure} {unit}"), label=field.label, figure=shown,
                 unit=UNITS[field.unit])  # fmt: skip


def signed(change: float) -> str:
    """Return a relative change in percent with its sign."""
    return f"{'+' if change > 0 else ''}{plain(change * 100)}%"


def changes_cell(found: StressCase) -> FactCell:
    """Return what a stress changes, and what must be said beside it."""
    parts = [_change(name, value) for name, value in found.changes.items()]
    if found.reason:
        parts.append(words(STRESS_REASONS[found.reason]))
    return listed(*parts)


def _row(found: StressCase) -> tuple[FactCell, ...]:
    return (
        stress_name(found),
        yuan(found.value_yuan),
        share(found.value_change),
        FactCell(times(found.min_dscr)),
        share(found.max_loan_to_value),
        share(found.coverage),
        day(found.uncovered_from),
        day(found.shortfall_on),
        yuan(found.shortfall_yuan),
        yuan(found.ecl_yuan),
        figure(found.break_even_price_yuan_t),
        changes_cell(found),
    )


def stress_table(stress: StressResult) -> FactTable | None:
    """Return the base and each stress; those in which cash or value do not suffice are marked."""
    if not stress.cases:
        return None
    return FactTable(
        _HEADS,
        tuple(_row(found) for found in stress.cases),
        marked=tuple(
            place
            for place, found in enumerate(stress.cases)
            if found.uncovered_from is not None or found.shortfall_on is not None
        ),
    )


def _heat(heat: HeatTable, cells: Iterable[tuple[FactCell, ...]]) -> FactTable:
    heads = (
        FactHead(HEAT_CORNER, numeric=False),
        *(FactHead(signed(change)) for change in heat.tonnes_changes),
    )
    rows = tuple(
        (FactCell(signed(change)), *line)
        for change, line in zip(heat.price_changes, cells, strict=True)
    )
    return FactTable(heads, rows)


def heat_tables(heat: HeatTable) -> tuple[tuple[str, FactTable], ...]:
    """Return coverage and lowest DSCR by price and tonnes, each with the message id of its name."""
    coverage = [tuple(map(share, line)) for line in heat.coverage]
    dscr = [tuple(FactCell(times(value)) for value in line) for line in heat.min_dscr]
    return (
        (N_("Coverage by price and tonnes"), _heat(heat, coverage)),
        (N_("Lowest DSCR by price and tonnes"), _heat(heat, dscr)),
    )
