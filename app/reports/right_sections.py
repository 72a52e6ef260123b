"""What the sheet says of the right: flags, project, ends of rights, levels of value, notes."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case, CaseFile
from app.finance.case.project import Project
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.case.valuation.rate import BuildUp, CapitalCost, RateBasis
from app.finance.engine import Results
from app.finance.fields import choice_label, fields_of
from app.finance.lending.legal_cautions import valid_until
from app.finance.notices import Notice, Severity
from app.finance.valuation.results import ValueResult
from app.formats import money, number, percent, plain
from app.i18n import N_, Translator
from app.messages import notice_source, notice_text
from app.reports import engagement_section, loan_sections
from app.reports.document import (
    NOTHING,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Fact,
    Facts,
    Flag,
    Flags,
    Grid,
    Heading,
    Place,
    Prose,
    Text,
    Words,
    free,
)
from app.reports.entries import cell, choice, day, entered, figure, number_cell
from app.reports.value_blocks import fact
from app.reports.value_facts import (
    LEVEL_NOTES,
    NEGATIVE_NET,
    FactRow,
    indicator_rows,
    level_rows,
    rate_rows,
)

_IN_THE_GRID = ("value.one_year", "loan.to_one_year")
"""Workings of the figures that the table of levels holds already."""

_PRICE_ROWS = 2
"""Rows of the indicators that say the price and the one the value breaks at."""


def flags(words: Words, results: Results, *, approved: bool) -> Iterator[Block]:
    """Red flags and warnings, on the first page, and what red flags keep from happening."""
    yield flag_panel(words, results.notices, approved=approved)


def lender_notices(results: Results) -> tuple[Notice, ...]:
    """Return the notices of value and loan; those of an insurance have their own papers."""
    return tuple(one for one in results.notices if not one.path.startswith("insurance"))


def flag_panel(words: Words, notices: Sequence[Notice], *, approved: bool) -> Flags:
    """Return a panel of notices, red flags first as they come."""
    red = sum(notice.severity is Severity.RED_FLAG for notice in notices)
    return Flags(
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
            for notice in notices
        ),
        note=NOTHING if approved else _stopped(words, red),
    )


def _stopped(words: Words, count: int) -> Text:
    """That no print is final while red flags are open."""
    if not count:
        return NOTHING
    if count == 1:
        return words(
            N_(
                "While the red flag above is open this version cannot be approved, and no print of "
                "it is final."
            )
        )
    return words(
        N_(
            "While the {count} red flags above are open this version cannot be approved, and no "
            "print of it is final."
        ),
        count=count,
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


def levels(
    words: Words, file: CaseFile, results: Results, *, pointed: bool = True
) -> Iterator[Block]:
    """The levels of value side by side, the one the loan was sized on marked: on page one.

    `pointed` leads on to what the engagement says of special matters and limits.
    """
    found, appraisal = results.values, file.case.appraisal
    if found is None or appraisal is None:
        return
    yield Heading(words(N_("Value of the income right")))
    yield _levels(words, file.case, results, found, appraisal.valuation_date)
    prices = (fact(words, row) for row in _indicators(results)[:_PRICE_ROWS])
    pointer = engagement_section.pointer(words, appraisal) if pointed else ()
    yield Facts((*_alerts(words, found), *prices, *pointer))


def basis(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """What the values rest on: price, rate, returns, years, and the cash flow by year."""
    found, appraisal = results.values, file.case.appraisal
    if found is None or appraisal is None:
        return
    yield Heading(words(N_("What the value rests on")))
    yield Facts(
        (
            *price_facts(words, appraisal, found),
            *_rate_facts(words, appraisal, found),
            *indicator_facts(words, results),
            day(words, N_("Valid until"), valid_until(appraisal)),
        )
    )
    yield from cash_flow_chart(words, results)


def cash_flow_chart(words: Words, results: Results) -> Iterator[Block]:
    """Credits sold and net cash flow by year, drawn."""
    if results.values is not None and results.values.cash_flow:
        caption = words(N_("Credits sold and net cash flow by year"))
        yield Chart(ChartKind.CASH_FLOW, results, caption)


def indicator_facts(words: Words, results: Results) -> Iterator[Fact]:
    """Returns, paybacks, costs and values a tonne, years: all but the price and its break-even."""
    yield from (fact(words, row) for row in _indicators(results)[_PRICE_ROWS:])


def _indicators(results: Results) -> tuple[FactRow, ...]:
    """The indicators that the table of levels does not hold, the price and its break-even first."""
    return tuple(row for row in indicator_rows(results) if row.step not in _IN_THE_GRID)


def _alerts(words: Words, found: ValueResult) -> Iterator[Fact]:
    """What a lender must see beside the levels: a value below zero."""
    if found.net_yuan < 0:
        label = words(N_("Negative net value"))
        yield Fact(label, words(NEGATIVE_NET), place=Place.LINE, alert=True)


def _levels(
    words: Words, case: Case, results: Results, found: ValueResult, valued_on: date
) -> Grid:
    """Gross, net, prudent, liquidation and one year's value, each with the loan over it."""
    loan = results.loan
    lines = [
        (row.label, row.amount_yuan, row.step, row.ratio, row.ratio_step, row.chosen, row.code)
        for row in level_rows(case, results)
    ]
    ratio = percent(loan.loan_to_one_year) if loan is not None else None
    one_year = N_("Value of one year's carbon")
    lines.append(
        (one_year, found.one_year_yuan, "value.one_year", ratio, "loan.to_one_year", False,
         "one_year")
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for label, amount, step, share, ratio_step, chosen, code in lines:
        row = [cell(words(label), strong=chosen), number_cell(money(amount), step, strong=chosen)]
        if share is not None:
            row.append(number_cell(share, ratio_step, strong=chosen))
        row.append(cell(_level_note(words, code, chosen=chosen)))
        rows.append(tuple(row))
    columns = [
        Column(words(N_("Value on {day}"), day=valued_on), 0.225 if loan else 0.24),
        Column(words(N_("yuan")), 0.17 if loan else 0.21, numeric=True),
    ]
    if loan is not None:
        columns.append(Column(words(N_("Loan over value")), 0.12, numeric=True))
    columns.append(Column(words(N_("What the value is")), 0.485 if loan else 0.55))
    marked = next((at for at, line in enumerate(lines) if line[5]), None)
    return Grid(tuple(columns), tuple(rows), marked=marked, whole=True)


def _level_note(words: Words, code: str, *, chosen: bool) -> Text:
    """What a level is; the one the loan was sized on says so first."""
    if not chosen:
        return words(LEVEL_NOTES[code])
    text = N_("{text}; {note}")
    return words.each(
        lambda tr: tr(text).format(text=tr(N_("sized on this value")), note=tr(LEVEL_NOTES[code]))
    )


def price_facts(words: Words, appraisal: Appraisal, found: ValueResult) -> Iterator[Fact]:
    """Where the price comes from and how it goes on."""
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        method = choice_label(Appraisal, "income_method", appraisal.income_method)
        yield Fact(words(N_("Income approach")), words(method), place=Place.LINE)
        return
    basis = choice_label(Appraisal, "price_basis", appraisal.price_basis)
    if appraisal.price_basis is PriceBasis.STATED:
        basis = N_("a stated price")
    yield choice(words, N_("Carbon price from"), basis)
    curve = choice_label(Appraisal, "price_curve", appraisal.price_curve)
    yield choice(words, N_("Price curve"), curve)
    if appraisal.price_curve is CurveKind.GROWTH and appraisal.price_growth is not None:
        yield figure(words, N_("Price growth"), percent(appraisal.price_growth), "1/yr")
    elif appraisal.price_curve is CurveKind.CARRY and appraisal.carry_rate is not None:
        yield figure(words, N_("Cost of carry"), percent(appraisal.carry_rate), "1/yr")
    elif appraisal.price_curve is not CurveKind.FLAT and found.curve:
        last = found.curve[-1]
        label = words(N_("Price of {year}"), year=last.calendar_year)
        unit_name = words(N_("yuan/t"))
        yield Fact(label, free(number(last.price_yuan_t)), unit_name, figure=True)


def rate_section(appraisal: Appraisal) -> str:
    """Return the path of the section the discount rate is built from; "" for a stated one."""
    if appraisal.rate_basis is RateBasis.BUILD_UP:
        return "appraisal.build_up"
    if appraisal.rate_basis in (RateBasis.CAPM, RateBasis.WACC):
        return "appraisal.capital_cost"
    return ""


def _rate_facts(words: Words, appraisal: Appraisal, found: ValueResult) -> Iterator[Fact]:
    """The discount rate, how it came about and what it was built from."""
    for row in rate_rows(found):
        yield fact(words, row)
    section = rate_section(appraisal).rpartition(".")[2]
    parts: BuildUp | CapitalCost | None = getattr(appraisal, section) if section else None
    if parts is not None:
        built = words.each(lambda tr: _parts_said(parts, tr))
        yield Fact(words(N_("The rate is built from")), built, place=Place.LINE)


def _parts_said(parts: BuildUp | CapitalCost, tr: Translator) -> str:
    """Name the parts of a rate that are not zero, each with its figure."""
    said = []
    kind: type = type(parts)
    for spec in fields_of(kind):
        value = getattr(parts, spec.name)
        if value:
            shown = percent(value) if spec.field.percent else plain(value)
            text = tr(N_("{label} {figure}"))
            said.append(text.format(label=tr(spec.field.label), figure=shown))
    return tr(N_("; ")).join(said)


def notes(words: Words, file: CaseFile) -> Iterator[Block]:
    """What the case says in words of its own."""
    if file.case.notes.strip():
        yield Heading(words(N_("Notes")))
        for line in filter(None, map(str.strip, file.case.notes.splitlines())):
            yield Prose(free(line))
