"""What the sheet says of the right: flags, project, ends of rights, three values, notes."""

from collections.abc import Iterator
from decimal import Decimal

from app.finance.case.case import CaseFile
from app.finance.case.project import Project
from app.finance.checks import APPRAISAL_VALID_MONTHS
from app.finance.dates import add_months
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.notices import Severity
from app.formats import money, number, percent
from app.i18n import N_
from app.messages import notice_source, notice_text
from app.reports import loan_sections
from app.reports.document import (
    NOTHING,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Facts,
    Flag,
    Flags,
    Grid,
    Heading,
    Prose,
    Words,
    free,
)
from app.reports.entries import cell, choice, day, entered, figure, number_cell


def flags(words: Words, results: Results) -> Iterator[Block]:
    """Red flags and warnings, on the first page."""
    yield Flags(
        title=words(N_("Red flags and warnings")),
        red_label=words(N_("Red flag")),
        warning_label=words(N_("Warning")),
        none=words(N_("The checks of the program found none.")),
        flags=tuple(
            Flag(
                notice.severity is Severity.RED_FLAG,
                words.each(lambda tr, n=notice: notice_text(n, tr)),  # type: ignore[misc]
                words.each(lambda tr, n=notice: notice_source(n, tr)),  # type: ignore[misc]
            )
            for notice in results.notices
        ),
    )


def project(words: Words, file: CaseFile) -> Iterator[Block]:
    """The pledged or insured right: project, method, market, ends of the rights; security."""
    found = file.case.project
    title = N_("Security") if file.case.loan is not None else N_("The right and its project")
    yield Heading(words(title))
    facts = [entered(words, N_("Project name"), found.name, strong=True)]
    for label, text in (
        (N_("Right holder"), found.holder),
        (N_("Place"), found.place),
        (N_("Methodology"), found.methodology),
        (N_("Standard"), found.standard),
        (N_("Market"), found.market),
        (N_("Registry number"), found.registry_id),
    ):
        if text:
            facts.append(entered(words, label, text))
    facts.append(
        choice(words, N_("Sink carrier"), choice_label(Project, "ecosystem", found.ecosystem))
    )
    for label, end in (
        (N_("Sea-area use right ends"), found.sea_area_right_end),
        (N_("Crediting period starts"), found.crediting_start),
        (N_("Crediting period ends"), found.crediting_end),
        (N_("Sale contract ends"), found.contract_end),
    ):
        if end is not None:
            facts.append(day(words, label, end))
    facts.extend(loan_sections.security(words, file))
    yield Facts(tuple(facts))


def values(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The three values side by side; the one the loan was sized on is marked."""
    found, loan, terms = results.values, results.loan, file.case.loan
    appraisal = file.case.appraisal
    if found is None or appraisal is None:
        return
    basis = terms.valuation_basis.value if terms is not None else ""
    lines: tuple[tuple[str, str, Decimal, float | None], ...] = (
        ("gross", N_("Gross value"), found.gross_yuan, loan.loan_to_gross if loan else None),
        ("net", N_("Net value"), found.net_yuan, loan.loan_to_net if loan else None),
        ("liquidation", N_("Liquidation value"), found.liquidation_yuan,
         loan.loan_to_liquidation if loan else None),
        ("one_year", N_("Value of one year's carbon"), found.one_year_yuan,
         loan.loan_to_one_year if loan else None),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for key, label, amount, ratio in lines:
        strong = key == basis
        row = [
            cell(words(label), strong=strong),
            number_cell(money(amount), f"value.{key}", strong=strong),
        ]
        if loan is not None:
            row.append(number_cell(percent(ratio), f"loan.to_{key}", strong=strong))
            row.append(cell(words(N_("sized on this value")) if strong else NOTHING))
        rows.append(tuple(row))
    first = 0.34 if loan else 0.6
    columns = [
        Column(words(N_("Value on {day}"), day=appraisal.valuation_date), first),
        Column(words(N_("yuan")), 0.24 if loan else 0.4, numeric=True),
    ]
    if loan is not None:
        columns.append(Column(words(N_("Loan over value")), 0.2, numeric=True))
        columns.append(Column(NOTHING, 0.22))
    yield Heading(words(N_("Value of the income right")))
    order = [key for key, *_ in lines]
    marked = order.index(basis) if basis in order else None
    yield Grid(tuple(columns), tuple(rows), marked=marked)
    price = number(found.break_even_price_yuan_t)
    valid = add_months(appraisal.valuation_date, APPRAISAL_VALID_MONTHS)
    yield Facts(
        (
            figure(words, N_("Carbon price"), number(appraisal.price_yuan_t), "yuan/t"),
            figure(words, N_("Discount rate"), percent(appraisal.discount_rate), "1/yr"),
            figure(words, N_("Break-even price"), price, "yuan/t", "value.break_even"),
            figure(words, N_("Years valued"), str(found.horizon_years), "yr", "value.horizon"),
            day(words, N_("Valid until"), valid),
        )
    )
    if found.cash_flow:
        caption = words(N_("Credits sold and net cash flow by year"))
        yield Chart(ChartKind.CASH_FLOW, results, caption)


def notes(words: Words, file: CaseFile) -> Iterator[Block]:
    """What the case says in words of its own."""
    if file.case.notes.strip():
        yield Heading(words(N_("Notes")))
        for line in filter(None, map(str.strip, file.case.notes.splitlines())):
            yield Prose(free(line))
