"""Puts the pages of a workbook together: what the case has, the rest is left out."""

from collections.abc import Callable, Sequence
from typing import Protocol

from app.finance.case.appraisal import Appraisal
from app.finance.valuation.income import still_to_come
from app.finance.valuation.results import ValueResult
from app.i18n import N_
from app.messages.valuation_words import COST_LABELS, SHARE_LABELS, TOOL_COST_LABELS
from app.reports.sheet import Sheet
from app.reports.workbook.approach_rows import write_approaches
from app.reports.workbook.assumptions import TONNES_FACTOR, write_assumptions
from app.reports.workbook.axis import Axis, find_axis
from app.reports.workbook.book import Book
from app.reports.workbook.check_page import write_checks
from app.reports.workbook.cover import TITLE, write_cover
from app.reports.workbook.credit_page import CreditPlaces, write_credits
from app.reports.workbook.flow_page import write_flow
from app.reports.workbook.lines import Lines
from app.reports.workbook.loan_pages import loan_pages
from app.reports.workbook.loss_page import LossPage
from app.reports.workbook.premium_pages import premium_pages
from app.reports.workbook.prudent_page import write_prudent
from app.reports.workbook.still_pages import write_still
from app.reports.workbook.streams import Last, Part, Streams, columns, total
from app.reports.workbook.tool_page import YUAN, write_tool
from app.reports.workbook.value_page import write_values

_ALWAYS = ("cover", "credits", "workings", "inputs")
_OF_VALUE = ("values", "assumptions", "flow", "checks", "figures")
_OF_CASH_FLOW = ("prudent", "tax")


class Extra(Protocol):
    """Further live pages of a case; `write` is given the cash flow where there is one."""

    @property
    def codes(self) -> Sequence[str]: ...

    def write(self, book: Book, streams: Streams | None) -> None: ...


EXTRAS: tuple[Callable[[Sheet], Extra | None], ...] = (loan_pages, premium_pages)
"""What makes them: None for a case that has no such part."""


def case_workbook(sheet: Sheet) -> bytes:
    """Return the workbook of a case as XLSX; the same input gives the same bytes."""
    book = Book(sheet.words, sheet.house, issued_on=sheet.stamp.issued_on)
    extras = [extra for make in EXTRAS if (extra := make(sheet)) is not None]
    appraisal, values = sheet.case.appraisal, sheet.results.values
    axis = find_axis(sheet.case, sheet.results)
    codes = {*_ALWAYS, *(code for extra in extras for code in extra.codes)}
    codes.update(_OF_VALUE if values is not None else ())
    codes.update(_OF_CASH_FLOW if axis is not None else ())
    codes.update(("checks",) if extras else ())
    book.reserve(codes)
    streams = None
    if appraisal is not None and values is not None:
        streams = _value_pages(book, sheet, axis, appraisal, values)
    else:
        write_credits(book, sheet.results.carbon, future=sheet.results.carbon)
    for extra in extras:
        extra.write(book, streams)
    differing = write_checks(book) if book.checks else ""
    write_still(book, sheet)
    write_cover(book, sheet, differing)
    return book.finish(
        title=" · ".join(sheet.words(TITLE).lines),
        subject=sheet.case.project.name,
        comments=f"{sheet.stamp.code} · {sheet.stamp.input_hash}",
    )


def _value_pages(
    book: Book, sheet: Sheet, axis: Axis | None, appraisal: Appraisal, values: ValueResult
) -> Streams:
    """Assumptions, credits, cash flow, values: the live part of the appraisal."""
    carbon = sheet.results.carbon
    known = write_assumptions(book, sheet, values)
    if axis is None:
        credited = write_credits(
            book,
            carbon,
            future=still_to_come(appraisal, carbon),
            years=values.plan.years,
            live=True,
        )
        streams = _tool_streams(book, appraisal, values, credited)
    else:
        credited = write_credits(
            book, carbon, future=axis.future, years=axis.plan.years, live=axis.rhythm
        )
        taxes = LossPage(book, axis)
        flow = write_flow(book, axis, known, credited, taxes)
        prudent = write_prudent(book, axis, known, flow, taxes, rate=values.rate.rate)
        untaxed = taxes.untaxed_at_last("net")
        lasts = _last(flow, flow, axis, untaxed), _last(prudent, flow, axis, untaxed)
        streams = _streams(flow, prudent, lasts, _one_year(values, credited, _valued(axis)))
    rows = write_values(book, appraisal, values, streams)
    write_approaches(rows, appraisal, values, streams)
    return streams


def _one_year(values: ValueResult, credited: CreditPlaces, years: tuple[int, ...]) -> Part:
    """The credits of the first year that has any, as the core takes it."""
    tonnes = float(values.one_year_yuan) / values.price_yuan_t if values.price_yuan_t else 0.0
    year = next((year for year in years if credited.left.get(year)), None)
    formula = "0" if year is None else f"{credited.at(year)}*{TONNES_FACTOR}"
    return Part(N_("Credits of the first year that has any"), formula, tonnes)


def _valued(axis: Axis) -> tuple[int, ...]:
    """The calendar years valued."""
    first = axis.horizon.first_calendar_year
    return tuple(range(first, first + axis.horizon.years))


def _last(lines: Lines, flow: Lines, axis: Axis, untaxed: str) -> Last:
    last = axis.count - 1
    return Last(lines.everywhere("net", last), flow.everywhere("factor", last), untaxed)


def _streams(flow: Lines, prudent: Lines, lasts: tuple[Last, Last], one_year: Part) -> Streams:
    deductions = (
        *(total(flow, f"share_{code}") for code in SHARE_LABELS),
        total(flow, "registry_fee"),
        *(total(flow, f"cost_{code}") for code in COST_LABELS),
        total(flow, "receipts"),
        total(flow, "income_tax"),
    )
    return Streams(
        sold=total(flow, "sold"),
        revenue=total(flow, "revenue"),
        deductions=deductions,
        net=total(flow, "net"),
        present=total(flow, "present"),
        prudent=total(prudent, "present"),
        last=lasts[0],
        prudent_last=lasts[1],
        one_year=one_year,
        net_columns=columns(flow, "net"),
        prudent_columns=columns(prudent, "net"),
    )


def _tool_streams(
    book: Book, appraisal: Appraisal, values: ValueResult, credited: CreditPlaces
) -> Streams:
    tool = values.tool
    if tool is None:
        raise ValueError("the income method is that of the Cost Tool, its figures are missing")
    lines = write_tool(book, appraisal, values, tool, credited)
    yuan, last = tool.yuan_per_unit, len(tool.years) - 1
    ending = Last(lines.everywhere("net", last), lines.everywhere("factor", last))
    valued = tuple(year.calendar_year for year in tool.years if year.credits_tco2e)
    return Streams(
        sold=total(lines, "sold"),
        revenue=total(lines, "revenue", factor=YUAN, times=yuan),
        deductions=tuple(
            total(lines, f"cost_{code}", label, factor=YUAN, times=yuan)
            for code, label in TOOL_COST_LABELS.items()
        ),
        net=total(lines, "net"),
        present=total(lines, "present"),
        prudent=total(lines, "prudent_present"),
        last=ending,
        prudent_last=ending,
        one_year=_one_year(values, credited, valued),
        net_columns=columns(lines, "net"),
        prudent_columns=columns(lines, "prudent_net"),
    )
