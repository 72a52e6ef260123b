"""The page of the loan: its terms as named cells, what a reader may change and what is fixed."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.lending.pricing import LprTenor, RateKind
from app.finance.case.loan import Loan
from app.finance.case.rules import is_in_use
from app.finance.fields import FieldSpec, fields_of, specs_by_path
from app.i18n import N_
from app.reports.document import Text, free
from app.reports.sheet import Sheet
from app.reports.workbook.book import Book, unit_text
from app.reports.workbook.inputs import SOURCE, Driver, InputTable
from app.reports.workbook.line_inputs import columns_of, line_input
from app.reports.workbook.loan_course import Course
from app.reports.workbook.looks import Kind, Look

SHIFT = "loan_rate_shift_bp"
"""Basis points added to the LPR from the first repricing on; 0 as the workbook comes."""

_FIXED = frozenset(
    f"loan.{name}"
    for name in (
        "term_months",
        "grace_months",
        "settlement_day",
        "right_buffer_months",
        "registration_tail_months",
        "extension.months",
        "stressed_price_change",
        "stressed_tonnes_change",
        "stressed_delay_months",
        "secured_margin",
    )
)
"""Numbers that decide on days, or on what the program alone computes."""

_SECTIONS = ("loan.extension", "loan.market_risk")
_LATER = {
    "tranches": ("day", ("amount_yuan",)),
    "prepayments": ("day", ("amount_yuan", "fee_share")),
    "fees": ("day", ("amount_yuan",)),
    "steps": ("first_payment", ("principal_share",)),
    "principal_table": ("day", ("principal_yuan",)),
}
"""Tables of the terms: what names a line, and its figures."""

_OF_COLLATERAL = (
    "value_yuan",
    "pledged_share",
    "haircut",
    "ratio_cap",
    "prior_claims_yuan",
    "secured_maximum_yuan",
)


def loan_name(path: str) -> str:
    """Return the name of the cell of an input: its path with lines between its parts."""
    return path.replace(".", "_")


def write_loan(book: Book, sheet: Sheet, loan: Loan, course: Course) -> None:
    """Write the page."""
    words = book.words
    page = book.page("loan")
    page.line(
        1,
        words(
            N_(
                "Cells with blue figures on a yellow ground may be changed: schedule, annualised "
                "rate and bounds move at once. Days, number of payments and ways of counting are "
                "grey."
            )
        ),
        Look.NOTE,
        last=SOURCE,
    )
    page.freeze(4, 1)
    table = InputTable(page, 3)
    _terms(table, sheet)
    for name, (key, figures) in _LATER.items():
        if is_in_use(sheet.case, f"loan.{name}"):
            _lines(table, loan, name, key, figures)
    if loan.rate_kind is RateKind.FLOATING:
        _lpr(table, loan, course)
    _collaterals(table, loan)
    table.done()


def _specs(case: Case) -> Iterator[FieldSpec]:
    for spec in fields_of(Case):
        path = spec.path
        own = path.startswith("loan.") and (path.count(".") == 1 or path.startswith(_SECTIONS))
        if not own or spec.table or spec.kind is str or not is_in_use(case, path):
            continue
        if spec.section and path not in _SECTIONS:
            continue
        yield spec


def _terms(table: InputTable, sheet: Sheet) -> None:
    """Each input of the terms, of pricing, days and sizing, under the groups of the form."""
    words, group = table.page.book.words, ""
    for spec in _specs(sheet.case):
        if spec.section or spec.field.group not in ("", group):
            group = spec.field.label if spec.section else spec.field.group
            table.band(words(group))
        if spec.section or sheet.file.value_at(spec.path) is None:
            continue
        table.field(sheet.file, spec, loan_name(spec.path), live=spec.path not in _FIXED)


def _lines(table: InputTable, loan: Loan, name: str, key: str, figures: tuple[str, ...]) -> None:
    """The figures of each line of a table, each under a name of its own."""
    words = table.page.book.words
    lines = getattr(loan, name)
    if not lines:
        return
    specs = columns_of(type(lines[0]))
    table.band(words(specs_by_path(Loan)[name].field.label))
    for place, line in enumerate(lines):
        told = str(getattr(line, key))
        for figure in figures:
            spec = specs[figure]
            label = words(spec.field.label)
            beside = free(getattr(line, "name", ""))
            line_input(
                table,
                f"loan_{name}_{place}_{figure}",
                spec,
                getattr(line, figure),
                label=_with(label, told),
                source=beside,
            )


def _with(label: Text, told: str) -> Text:
    return Text(tuple(f"{line} {told}" for line in label.lines))


def _lpr(table: InputTable, loan: Loan, course: Course) -> None:
    """The published rates that the loan takes, and a shift of all of them."""
    words = table.page.book.words
    one_year = loan.lpr_tenor is LprTenor.ONE_YEAR
    column = "one_year" if one_year else "five_years"
    table.band(words(specs_by_path(Loan)["lpr"].field.label))
    specs = columns_of(type(loan.lpr[0]))
    used = sorted({stretch.line for stretch in course.stretches if stretch.line is not None})
    for place in used:
        line = loan.lpr[place]
        label = _with(words(specs["day"].field.label), line.day.isoformat())
        line_input(table, lpr_name(loan, place), specs[column], getattr(line, column), label=label)
    table.driver(
        Driver(
            SHIFT,
            words(N_("Added to the LPR from the first repricing on")),
            0.0,
            Kind.PLAIN,
            unit_text(words, "bp"),
            source=words(N_("neutral: 0 leaves the case as it is")),
        )
    )


def lpr_name(loan: Loan, place: int) -> str:
    """Return the name of the cell of a published rate of the loan's tenor."""
    one_year = loan.lpr_tenor is LprTenor.ONE_YEAR
    return f"loan_lpr_{place}_{'one_year' if one_year else 'five_years'}"


def _collaterals(table: InputTable, loan: Loan) -> None:
    """What each collateral is worth and how much of it counts."""
    words = table.page.book.words
    if not loan.collaterals:
        return
    table.band(words(specs_by_path(Loan)["collaterals"].field.label))
    specs = columns_of(type(loan.collaterals[0]))
    kinds = dict(specs["kind"].field.choices)
    for place, line in enumerate(loan.collaterals):
        for figure in _OF_COLLATERAL:
            value = getattr(line, figure)
            if value is None:
                continue
            label = words.each(
                lambda tr, n=place + 1, kind=kinds[line.kind.value], what=specs[figure]: (  # type: ignore[misc]
                    f"{n} {tr(kind)}: {tr(what.field.label)}"
                )
            )
            line_input(
                table,
                f"loan_collaterals_{place}_{figure}",
                specs[figure],
                value,
                label=label,
                source=free(line.name),
            )
