"""The page of assumptions: every driver of the value as a named cell with its provenance."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.rules import is_in_use
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind
from app.finance.case.valuation.flows import FlowLine
from app.finance.case.valuation.price_inputs import GrowthStart, PriceBasis
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.fields import FieldSpec, choice_label, fields_of, specs_by_path
from app.finance.valuation.price_curve import DAYS_OF_YEAR, growth_beyond
from app.finance.valuation.results import ValueResult
from app.formats import sentence, unit
from app.i18n import N_
from app.reports.document import Text, free
from app.reports.sheet import Sheet
from app.reports.workbook.book import Book, Page, cell
from app.reports.workbook.inputs import LABEL, SOURCE, UNIT, VALUE, Driver, InputTable
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.rate import rate_formula

_ELSEWHERE = ("evidence", "engagement", "simulation", "scenarios", "options")
"""Sections that no formula of the value uses: they are listed with the inputs."""

_FIXED = (
    "appraisal.horizon_years",
    "appraisal.conclusion.valid_months",
    "appraisal.cost_tool.maintenance_years",
)
_FIXED_BY_DAY = ("appraisal.verification_interval_years", "appraisal.baseline_interval_years")
"""Numbers that say how many columns there are, or on which days something falls."""

PRICE_FACTOR, TONNES_FACTOR = "price_factor", "tonnes_factor"
COST_FACTOR, RATE_SHIFT = "cost_factor", "rate_shift"
PRICE_TODAY, RATE = "price_today", "discount_rate_used"
MID_YEAR, GROWTH_STEP = "mid_year_shift", "growth_first_year"
PERPETUAL_GROWTH = "perpetual_growth"
CURVE = 7
"""Column beside the table of inputs: the place of a price on the curve, a year or years."""


@dataclass(slots=True)
class Assumptions:
    """The appraisal, and what the other pages use of its page beside names.

    `curve` has the addresses of moments and prices of a table or of forward quotes; `flows` the
    address of the amount of each dated line, in their order.
    """

    appraisal: Appraisal
    curve: tuple[str, str, int] | None = None
    flows: list[str] = field(default_factory=list)


def name_of(path: str) -> str:
    """Return the name of the cell of an input of the appraisal."""
    return path.removeprefix("appraisal.").replace(".", "_")


def write_assumptions(book: Book, sheet: Sheet, values: ValueResult) -> Assumptions:
    """Write the page; return what the formulas need that has no name."""
    words, appraisal = book.words, _appraisal(sheet)
    page = book.page("assumptions")
    page.line(
        1,
        words(
            N_(
                "Cells with blue figures on a yellow ground may be changed: the value moves at "
                "once. Grey cells say how the formulas were built and do not move anything."
            )
        ),
        Look.NOTE,
        last=SOURCE,
    )
    page.freeze(4, 1)
    table = InputTable(page, 3)
    found = Assumptions(appraisal)
    _what_if(table)
    _inputs(table, sheet, values)
    _curve(table, appraisal, found)
    _flows(table, appraisal, found)
    _derived(table, appraisal, values)
    table.done()
    return found


def _appraisal(sheet: Sheet) -> Appraisal:
    appraisal = sheet.case.appraisal
    if appraisal is None:
        raise ValueError("a case without an appraisal has no assumptions")
    return appraisal


def _what_if(table: InputTable) -> None:
    """Factors over everything: a reader's own scenario, neutral as the workbook comes."""
    words = table.page.book.words
    table.band(words(N_("What if: factors over the whole cash flow")))
    source = words(N_("neutral: 100 % and 0 leave the case as it is"))
    for name, label, value in (
        (PRICE_FACTOR, N_("Factor on all prices"), 1.0),
        (TONNES_FACTOR, N_("Factor on all tonnes"), 1.0),
        (COST_FACTOR, N_("Factor on all costs"), 1.0),
        (RATE_SHIFT, N_("Added to the discount rate"), 0.0),
    ):
        table.driver(Driver(name, words(label), value, Kind.PERCENT, source=source))


def _specs(case: Case) -> Iterator[FieldSpec]:
    for spec in fields_of(Case):
        names = spec.path.split(".")
        if names[0] != "appraisal" or len(names) < 2 or names[1] in _ELSEWHERE or spec.table:
            continue
        if not is_in_use(case, spec.path):
            continue
        if spec.section or spec.kind is not str or spec.name == "currency":
            yield spec


def _inputs(table: InputTable, sheet: Sheet, values: ValueResult) -> None:
    """Each input in use, in the order and under the groups of the form."""
    words, group = table.page.book.words, ""
    for spec in _specs(sheet.case):
        if spec.section:
            group = spec.field.label
            table.band(words(group))
            continue
        inside = spec.path.count(".") > 1
        if not inside and spec.field.group != group:
            group = spec.field.group
            table.band(words(group))
        _input(table, sheet, spec, values)


def _input(table: InputTable, sheet: Sheet, spec: FieldSpec, values: ValueResult) -> None:
    words, appraisal, name = table.page.book.words, _appraisal(sheet), name_of(spec.path)
    if spec.name == "price_basis" and appraisal.price_basis is PriceBasis.EVIDENCE:
        table.chosen(sheet.file, spec)
        table.driver(
            Driver(
                "price_yuan_t",
                words(N_("Carbon price")),
                values.price_yuan_t,
                Kind.PRICE,
                words.each(lambda tr: unit("yuan/t", tr)),
                source=words(N_("Conclusion of the price evidence")),
            )
        )
        return
    if sheet.file.value_at(spec.path) is None:
        return
    fixed: tuple[str, ...] = _FIXED
    if appraisal.timing is Timing.EXACT_DATES or sheet.case.project.verifications:
        fixed += _FIXED_BY_DAY[:1]
    if appraisal.timing is Timing.EXACT_DATES:
        fixed += _FIXED_BY_DAY[1:]
    table.field(sheet.file, spec, name, live=spec.path not in fixed)
    if spec.path == "appraisal.timing" and appraisal.timing is not Timing.EXACT_DATES:
        half = 0.5 if appraisal.timing is Timing.MID_YEAR else 0.0
        _step(
            table,
            MID_YEAR,
            N_("Half a year when income arrives in mid-year"),
            half,
            most=0.5,
            code="yr",
        )
    if spec.path == "appraisal.growth_start":
        first = 0.0 if appraisal.growth_start is GrowthStart.YEAR_1 else 1.0
        _step(table, GROWTH_STEP, N_("Last year of the right without growth"), first, most=1.0)


def _step(
    table: InputTable, name: str, label: str, value: float, *, most: float, code: str = ""
) -> None:
    """A choice as the number that formulas count with, from 0 to `most`."""
    words = table.page.book.words
    named = words.each(lambda tr: unit(code, tr))
    table.driver(Driver(name, words(label), value, Kind.PLAIN, named, lowest=0.0, highest=most))


def _curve(table: InputTable, appraisal: Appraisal, found: Assumptions) -> None:
    """Prices by year, or forward quotes by day with the price of the valuation date in front."""
    page, words = table.page, table.page.book.words
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return
    paid = words.each(lambda tr: unit("yuan/t", tr))
    if appraisal.price_curve is CurveKind.TABLE:
        table.band(words(specs_by_path(Case)["appraisal.curve_points"].field.label))
        first = table.row
        for point in appraisal.curve_points:
            page.value(table.row, CURVE, point.year, Kind.YEAR)
            table.line(point.year, point.price_yuan_t, Kind.PRICE, unit=paid)
    elif appraisal.price_curve is CurveKind.FORWARD:
        table.band(words(specs_by_path(Case)["appraisal.forward_quotes"].field.label))
        first = table.row
        _spot(table, appraisal, paid)
        for quote in appraisal.forward_quotes:
            days = (quote.day - appraisal.valuation_date).days
            _moment(page, table.row, days / DAYS_OF_YEAR)
            table.line(
                quote.day, quote.price_yuan_t, Kind.PRICE, unit=paid, source=free(quote.source)
            )
    else:
        return
    last = table.row - 1
    page.text(first - 1, CURVE, words(N_("Place on the curve")), Look.NOTE)
    found.curve = (
        page.span((first, CURVE), (last, CURVE)),
        page.span((first, VALUE), (last, VALUE)),
        last - first + 1,
    )


def _spot(table: InputTable, appraisal: Appraisal, paid: Text) -> None:
    """The price of the valuation date as the first point of the quotes."""
    page, row = table.page, table.row
    page.value(row, LABEL, appraisal.valuation_date, Kind.DATE)
    spot = float(appraisal.price_yuan_t or 0.0)
    page.formula(row, VALUE, "=price_yuan_t", spot, Kind.PRICE)
    page.text(row, UNIT, paid, Look.TEXT)
    _moment(page, row, 0.0)
    table.row += 1


def _moment(page: Page, row: int, years: float) -> None:
    formula = f"=({cell(row, LABEL)}-valuation_date)/{DAYS_OF_YEAR}"
    page.formula(row, CURVE, formula, years, Kind.YEARS)


def _flows(table: InputTable, appraisal: Appraisal, found: Assumptions) -> None:
    """Dated amounts; each falls into the column the program put it in."""
    if not appraisal.flows or appraisal.income_method is IncomeMethod.COST_TOOL:
        return
    words = table.page.book.words
    table.band(words(specs_by_path(Case)["appraisal.flows"].field.label))
    for line in appraisal.flows:
        kind = choice_label(FlowLine, "kind", line.kind.value)
        label = words.each(
            lambda tr, kind=kind, day=line.day: f"{sentence(tr(kind))} {day.isoformat()}"  # type: ignore[misc]
        )
        paid = words.each(lambda tr: unit("yuan", tr))
        found.flows.append(
            table.line(label, line.amount_yuan, Kind.MONEY, unit=paid, source=free(line.note))
        )


def _derived(table: InputTable, appraisal: Appraisal, values: ValueResult) -> None:
    """Price of the day, discount rate and lasting growth, as all pages use them."""
    words = table.page.book.words
    table.band(words(N_("What follows from them")))
    paid, yearly = (
        words.each(lambda tr, code=code: unit(code, tr))  # type: ignore[misc]
        for code in ("yuan/t", "1/yr")
    )
    price = "price_yuan_t"
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        price = "cost_tool_price_per_t*cost_tool_yuan_per_unit"
    table.derived(
        PRICE_TODAY,
        words(N_("Carbon price of the valuation date")),
        f"={price}*{PRICE_FACTOR}",
        values.price_yuan_t,
        Kind.PRICE,
        unit=paid,
    )
    table.derived(
        RATE,
        words(N_("Discount rate of the cash flow")),
        f"={rate_formula(appraisal)}+{RATE_SHIFT}",
        values.rate.rate,
        Kind.PERCENT,
        unit=yearly,
    )
    if values.plan.tail:
        table.derived(
            PERPETUAL_GROWTH,
            words(N_("Growth beyond the horizon")),
            _growth_formula(appraisal),
            growth_beyond(appraisal),
            Kind.PERCENT,
            unit=yearly,
        )


def _growth_formula(appraisal: Appraisal) -> str:
    if appraisal.price_curve is CurveKind.GROWTH:
        return "=price_growth"
    return "=EXP(carry_rate)-1" if appraisal.price_curve is CurveKind.CARRY else "=0"
