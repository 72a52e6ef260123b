"""The page of the terms of the insurance: loadings, rounding, shares, the terms of an index."""

from collections.abc import Sequence

from app.finance.case.case import Case
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.premium_inputs import LOADINGS, PRICE
from app.finance.case.insurance import Insurance
from app.finance.case.rules import is_in_use
from app.finance.fields import fields_of, specs_by_path
from app.finance.insurance.results import PerilResult
from app.i18n import N_
from app.messages.insurance_words import choice_word
from app.reports.document import free
from app.reports.sheet import Sheet
from app.reports.workbook.book import Book, unit_text
from app.reports.workbook.inputs import SOURCE, Driver, InputTable
from app.reports.workbook.line_inputs import columns_of, line_input
from app.reports.workbook.loan_page import loan_name
from app.reports.workbook.looks import Kind, Look

_FIXED = (
    "insurance.seed",
    "insurance.simulated_years",
    "insurance.tvar_level",
    "insurance.discount_rate",
)
"""What the spread of the losses, a figure of the program, rests on as well."""
_LAWS = ("wang_lambda", "hazard_rho")
_INDEX = (
    "quantity",
    "unit_value_yuan",
    "event_minimum_share",
    "event_cap_share",
    "season_cap_share",
)
_TRIGGER = ("trigger", "exit", "tick_yuan", "limit_share")
_BAND = ("value", "payout_share")


def write_terms(
    book: Book, sheet: Sheet, insurance: Insurance, perils: Sequence[PerilResult]
) -> None:
    """Write the page; `perils` are those whose frequency moves the pure premium."""
    words = book.words
    page = book.page("premium_terms")
    page.line(
        1,
        words(
            N_(
                "Cells with blue figures on a yellow ground may be changed: the premium moves at "
                "once. What the laws of damage give (mean payments, standard deviation) is grey."
            )
        ),
        Look.NOTE,
        last=SOURCE,
    )
    page.freeze(4, 1)
    table = InputTable(page, 3)
    _loadings(table, sheet)
    _frequencies(table, perils)
    _rows(table, insurance, "subsidies", ("share",), "payer")
    _rows(table, insurance, "coinsurers", ("share",), "name")
    if insurance.index is not None:
        _index(table, sheet, insurance.index)
    table.done()


def _loadings(table: InputTable, sheet: Sheet) -> None:
    words, group = table.page.book.words, ""
    for spec in fields_of(Case):
        own = spec.path.startswith("insurance.") and spec.path.count(".") == 1
        if not own or spec.table or spec.kind is str or spec.field.group not in (LOADINGS, PRICE):
            continue
        if not is_in_use(sheet.case, spec.path) or sheet.file.value_at(spec.path) is None:
            continue
        if spec.field.group != group:
            group = spec.field.group
            table.band(words(group))
        live = spec.path not in _FIXED and spec.name not in _LAWS
        table.field(sheet.file, spec, loan_name(spec.path), live=live)


def _frequencies(table: InputTable, perils: Sequence[PerilResult]) -> None:
    words = table.page.book.words
    if not perils:
        return
    table.band(words(N_("Events a year")))
    for place, peril in enumerate(perils):
        label = words.each(
            lambda tr, p=peril: " · ".join(  # type: ignore[misc]
                part for part in (tr(choice_word("peril", p.peril)), p.head, p.site) if part
            )
        )
        table.driver(
            Driver(
                f"premium_frequency_{place}",
                label,
                peril.events_ground_up,
                Kind.PLAIN,
                unit_text(words, "events/yr"),
                source=free(peril.source),
                lowest=0.0,
            )
        )


def _rows(
    table: InputTable, owner: Insurance | IndexCover, name: str, figures: Sequence[str], key: str
) -> None:
    """The figures of each line of a table, each under a name of its own."""
    words, lines = table.page.book.words, getattr(owner, name)
    if not lines:
        return
    prefix = "insurance_index" if isinstance(owner, IndexCover) else "insurance"
    specs = columns_of(type(lines[0]))
    table.band(words(columns_of(type(owner))[name].field.label))
    choices = dict(specs[key].field.choices)
    for place, line in enumerate(lines):
        told = getattr(line, key)
        for figure in figures:
            value = getattr(line, figure)
            if value is None:
                continue
            label = words.each(
                lambda tr, told=told, what=specs[figure].field.label, n=place + 1: (  # type: ignore[misc]
                    f"{n} {tr(choices[told]) if told in choices else told}: {tr(what)}"
                )
            )
            line_input(
                table, f"{prefix}_{name}_{place}_{figure}", specs[figure], value, label=label
            )


def _index(table: InputTable, sheet: Sheet, index: IndexCover) -> None:
    words, specs = table.page.book.words, specs_by_path(Case)
    table.band(words(specs["insurance.index"].field.label))
    for name in _INDEX:
        path = f"insurance.index.{name}"
        if sheet.file.value_at(path) is not None:
            table.field(sheet.file, specs[path], loan_name(path))
    _rows(table, index, "triggers", _TRIGGER, "name")
    _rows(table, index, "bands", _BAND, "trigger")
