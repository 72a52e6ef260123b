"""The annexes that follow from the results: full schedule, cash flow by year, workings."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.formats import money, number
from app.i18n import N_
from app.reports.document import (
    EMPTY,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Prose,
    Words,
    Workings,
    free,
)
from app.reports.entries import cell, number_cell


def schedule(words: Words, results: Results) -> Iterator[Block]:
    """Every line of the repayment schedule, and the totals."""
    loan = results.loan
    if loan is None:
        return
    yield Heading(words(N_("Annex: repayment schedule")))
    rows = [
        (
            number_cell(str(line.number)),
            cell(free(line.due.isoformat())),
            *map(number_cell, map(money, (line.principal_yuan, line.interest_yuan,
                                          line.payment_yuan, line.closing_yuan))),
        )
        for line in loan.schedule
    ]  # fmt: skip
    sums = (loan.amount_yuan, loan.total_interest_yuan, loan.total_payment_yuan)
    total = (
        cell(words(N_("Total")), strong=True, span=2),
        EMPTY,
        *(number_cell(money(amount), strong=True) for amount in sums),
        number_cell(""),
    )
    yield Grid(
        (
            Column(words(N_("No.")), 0.08, numeric=True),
            Column(words(N_("Due")), 0.16),
            Column(words(N_("Principal (yuan)")), 0.19, numeric=True),
            Column(words(N_("Interest (yuan)")), 0.19, numeric=True),
            Column(words(N_("Payment (yuan)")), 0.19, numeric=True),
            Column(words(N_("Balance (yuan)")), 0.19, numeric=True),
        ),
        (*rows, total),
        total=True,
    )
    yield Prose(
        words(N_("Each amount is rounded half-up to the fen; the last line takes the rest.")),
        small=True,
    )


def cash_flow(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The yearly cash flow behind the net value, with its sums."""
    values, appraisal = results.values, file.case.appraisal
    if values is None or appraisal is None or not values.cash_flow:
        return
    rows = values.cash_flow
    yield Heading(words(N_("Annex: cash flow of the right by year")))
    lines: list[tuple[Cell, ...]] = [
        (
            cell(free(f"{row.index} · {row.calendar_year}")),
            number_cell(number(row.credits_sold_tco2e)),
            number_cell(number(row.price_yuan_t)),
            number_cell(money(row.revenue_yuan)),
            number_cell(money(row.revenue_costs_yuan)),
            number_cell(money(row.fixed_costs_yuan)),
            number_cell(money(row.net_yuan)),
            number_cell(number(row.factor, 5)),
            number_cell(money(row.present_value_yuan)),
        )
        for row in rows
    ]
    sums = [
        number(values.credits_in_horizon_tco2e),
        "",
        *(
            money(sum(getattr(row, name) for row in rows))
            for name in ("revenue_yuan", "revenue_costs_yuan", "fixed_costs_yuan", "net_yuan")
        ),
        "",
        money(sum(row.present_value_yuan for row in rows)),
    ]
    total = (
        cell(words(N_("Total")), strong=True),
        *(number_cell(text, strong=True) for text in sums),
    )
    heads = (
        (N_("Credits (tCO₂e)"), 0.11),
        (N_("Price (yuan/t)"), 0.085),
        (N_("Revenue (yuan)"), 0.135),
        (N_("Shares of revenue (yuan)"), 0.12),
        (N_("Costs (yuan)"), 0.12),
        (N_("Net (yuan)"), 0.135),
        (N_("Factor"), 0.07),
        (N_("Present value (yuan)"), 0.135),
    )
    yield Grid(
        (
            Column(words(N_("Year")), 0.09),
            *(Column(words(label), share, numeric=True) for label, share in heads),
        ),
        (*lines, total),
        total=True,
    )
    yield Prose(
        words(
            N_("Net value {net} yuan = sum of the present values − cost at the start {cost} yuan."),
            net=money(values.net_yuan),
            cost=money(appraisal.initial_cost_yuan),
        ),
        small=True,
    )


def workings(words: Words, results: Results) -> Iterator[Block]:
    """How each printed figure was computed."""
    yield Heading(words(N_("Annex: workings")))
    yield Prose(
        words(N_("The number beside a figure of this sheet is the number of its working here.")),
        small=True,
    )
    yield Workings(results.working)
