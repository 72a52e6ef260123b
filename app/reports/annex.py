"""The annexes that follow from the results: full schedule, workings."""

import re
from collections.abc import Iterator

from app.finance.engine import Results
from app.finance.explain import Step
from app.formats import money
from app.i18n import N_
from app.reports.document import (
    EMPTY,
    Block,
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


_OF_ONE_LINE = re.compile(r"value\.evidence\.\d+")


def printed_steps(results: Results) -> tuple[Step, ...]:
    """Return the workings that are printed one by one.

    Those of the single comparables are left to their table, which holds each of their factors.
    """
    return tuple(step for step in results.working if not _OF_ONE_LINE.fullmatch(step.key))


def workings(words: Words, results: Results) -> Iterator[Block]:
    """How each printed figure was computed."""
    yield Heading(words(N_("Annex: workings")))
    yield Prose(
        words(N_("The number beside a figure of this sheet is the number of its working here.")),
        small=True,
    )
    yield Workings(printed_steps(results))
