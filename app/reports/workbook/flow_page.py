"""The page of the cash flow of a right: each line a formula of the assumptions."""

import numpy as np

from app.finance.valuation.flows import net_flows
from app.i18n import N_
from app.messages.valuation_words import SHARE_LABELS
from app.reports.workbook.assumptions import RATE, TONNES_FACTOR, Assumptions
from app.reports.workbook.axis import Axis
from app.reports.workbook.book import Book, Page
from app.reports.workbook.cost_lines import cost_lines
from app.reports.workbook.credit_page import CreditPlaces
from app.reports.workbook.curve_lines import price_line
from app.reports.workbook.lines import FIRST, LABEL, UNIT, Formula, Line, Lines
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.loss_page import LossPage

HEADS = 3
"""Row of the heads of the columns."""

SHARES = {
    "fee": "transaction_fee_share",
    "community": "benefit_share",
    "tax": "tax_share",
    "other": "cost_share_of_revenue",
}


def begin_page(book: Book, code: str, count: int) -> tuple[Page, Lines]:
    """Add a page of lines over periods, with its title; return it and its lines."""
    words = book.words
    page = book.page(code)
    page.heads(HEADS, [words(N_("Item")), words(N_("Unit")), words(N_("Sum"))])
    page.freeze(HEADS + 1, FIRST)
    page.sheet.fit_to_pages(max(1, -(-count // 12)), 0)
    page.widths.fixed |= {LABEL: 36.0, UNIT: 11.0}
    return page, Lines(page, HEADS + 1, count)


def note(page: Page, text: str, count: int) -> None:
    """Say below the title what the page is."""
    page.line(1, page.book.words(text), Look.NOTE, last=FIRST - 1 + min(count, 8))


def write_flow(
    book: Book, axis: Axis, known: Assumptions, credited: CreditPlaces, taxes: LossPage
) -> Lines:
    """Write the page, and on the page of income tax what its tax needs; return its lines."""
    page, lines = begin_page(book, "flow", axis.count)
    note(
        page,
        N_(
            "What the right earns and pays, by year of the right; what reduces the net is "
            "negative. Year 0 is the valuation date."
        ),
        axis.count,
    )
    _times(lines, axis)
    _tonnes(lines, axis, credited)
    _prices(lines, axis, known)
    _shares(lines, axis)
    cost_lines(lines, axis, known)
    _net(lines, axis, taxes)
    return lines


def _times(lines: Lines, axis: Axis) -> None:
    """Heads: year of the right, calendar year or day, time."""
    page, words = lines.page, lines.page.book.words
    lines.heads(HEADS, axis.indices)
    lines.given(Line("year", N_("Calendar year"), "", Kind.YEAR), axis.plan.years)
    if axis.dated:
        row = lines.row
        page.text(row, LABEL, words(N_("Day")))
        for column, day in enumerate(axis.plan.days):
            if day is not None:
                page.value(row, FIRST + column, day, Kind.DATE)
        lines.rows["day"] = row
        lines.row += 1
    lines.live(
        Line("time", N_("Years from the valuation date"), "yr", Kind.YEARS),
        (lambda k: f"=({lines.at('day', k)}-valuation_date)/365")
        if axis.dated
        else (lambda k: f"=MAX({lines.at('index', k)}-mid_year_shift,0)"),
        axis.plan.times,
        summed=False,
    )


def _tonnes(lines: Lines, axis: Axis, credited: CreditPlaces) -> None:
    """Credits sold: by the rhythm of verifications, or as the program found them by day."""
    lines.band(N_("Credits"))
    verified = Line("verified", N_("Verifications"), "", Kind.COUNT)
    if axis.rhythm:
        lines.live(
            Line("earned", N_("Credits earned"), "tCO2e", Kind.TONNES),
            lambda k: f"={credited.at(axis.plan.years[k])}" if axis.indices[k] else "=0",
            axis.earned,
        )
        lines.live(verified, lambda k: _verified(lines, axis, k), axis.schedule.verifications)
    else:
        due = Line("earned", N_("Credits that fall due to be sold"), "tCO2e", Kind.TONNES)
        lines.given(due, axis.plan.tonnes, look=Look.INPUT, summed=True)
        credited.watch(lines, "earned", axis.plan.tonnes)
        lines.given(verified, axis.schedule.verifications, summed=True)
    lines.live(
        Line("sold", N_("Credits sold"), "tCO2e", Kind.TONNES),
        (lambda k: _sold(lines, k))
        if axis.rhythm
        else (lambda k: f"={lines.at('earned', k)}*{TONNES_FACTOR}"),
        axis.plan.tonnes,
        strong=True,
    )


def _verified(lines: Lines, axis: Axis, k: int) -> str:
    """Whether credits are verified in a year: by the interval, and in the last one."""
    if axis.indices[k] == 0:
        return "=0"
    if k == axis.count - 1:
        return "=1"
    return f"=IF(MOD({lines.at('index', k)},verification_interval_years)=0,1,0)"


def _sold(lines: Lines, k: int) -> str:
    """What was earned up to a verification less what was sold before it."""
    earned = f"SUM({lines.over('earned', 0, k)})*{TONNES_FACTOR}"
    before = f"-SUM({lines.over('sold', 0, k - 1)})" if k else ""
    return f"=IF({lines.at('verified', k)}=1,{earned}{before},0)"


def _prices(lines: Lines, axis: Axis, known: Assumptions) -> None:
    lines.band(N_("Revenue"))
    price_line(lines, axis, known)
    lines.live(
        Line("revenue", N_("Revenue"), "yuan"),
        lambda k: f"={lines.at('sold', k)}*{lines.at('price', k)}",
        axis.plan.tonnes * axis.plan.prices,
        strong=True,
    )


def _shares(lines: Lines, axis: Axis) -> None:
    revenue = axis.plan.tonnes * axis.plan.prices
    for code, name in SHARES.items():
        lines.live(
            Line(f"share_{code}", SHARE_LABELS[code], "yuan"),
            _share(lines, name),
            0.0 - revenue * axis.plan.revenue_shares[code],
        )
    lines.live(
        Line("registry_fee", N_("Fee per credit"), "yuan"),
        lambda k: f"=-{lines.at('sold', k)}*issuance_fee_yuan_t",
        0.0 - axis.plan.tonnes * axis.plan.fee_per_tonne,
    )


def _share(lines: Lines, name: str) -> Formula:
    return lambda k: f"=-{lines.at('revenue', k)}*{name}"


def _net(lines: Lines, axis: Axis, taxes: LossPage) -> None:
    words = lines.page.book.words
    lines.band(N_("Net"))
    parts = ("revenue", "receipts", "registry_fee")
    lines.live(
        Line("before", N_("Net before income tax"), "yuan"),
        lambda k: (
            "="
            + "+".join(lines.at(code, k) for code in parts)
            + f"+SUM({lines.at('share_fee', k)}:{lines.at('share_other', k)})"
            + f"+SUM({lines.at('cost_registration', k)}:{lines.at('cost_other', k)})"
        ),
        net_flows(axis.plan.without_tax()),
    )
    taxes.block(words(N_("Cash flow")), "net", lines, axis.losses(axis.plan))
    taxes.tax_line("net", lines, np.array([row.income_tax_yuan for row in axis.rows]))
    net = net_flows(axis.plan)
    lines.live(
        Line("net", N_("Net cash flow"), "yuan"),
        lambda k: f"={lines.at('before', k)}+{lines.at('income_tax', k)}",
        net,
        strong=True,
    )
    _discounted(lines, axis)


def _discounted(lines: Lines, axis: Axis) -> None:
    lines.live(
        Line("running", N_("Net cash flow, running sum"), "yuan"),
        lambda k: f"=SUM({lines.over('net', 0, k)})",
        [row.cumulative_yuan for row in axis.rows],
        summed=False,
    )
    lines.live(
        Line("factor", N_("Discount factor"), "", Kind.FACTOR),
        lambda k: f"=(1+{RATE})^-{lines.at('time', k)}",
        [row.factor for row in axis.rows],
        summed=False,
    )
    lines.live(
        Line("present", N_("Present value"), "yuan"),
        lambda k: f"={lines.at('net', k)}*{lines.at('factor', k)}",
        [row.present_value_yuan for row in axis.rows],
        strong=True,
    )
