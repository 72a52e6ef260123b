"""Cash that serves a loan between days, as formulas of the cash flow of the right."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from app.finance.case.case import Case
from app.finance.case.lending.sizing_inputs import CashLevel
from app.finance.case.loan import Loan
from app.finance.lending.cash import find_cash
from app.finance.lending.remaining import ordinals
from app.finance.sink.pools import Numbers
from app.finance.valuation.results import ValueResult
from app.reports.workbook.streams import Streams


class LoanCash:
    """The cash of the right by column of its cash flow, and other cash as entered."""

    def __init__(self, case: Case, loan: Loan, values: ValueResult, streams: Streams) -> None:
        prudent = loan.cash_level is CashLevel.PRUDENT
        cells = streams.prudent_columns if prudent else streams.net_columns
        self._cells = cells[len(cells) - len(values.plan.times) :]
        self._cash = find_cash(case, values)

    def of_right(self, ends: Sequence[date]) -> tuple[list[str], Numbers]:
        """Return the cash of the right between each of `ends` and the next: formulas, yuan."""
        until = self._cash.flows_until(ordinals(ends)).tolist()
        found = []
        for first, last in pairwise(until):
            if first == last:
                found.append("0")
            else:
                begin, end = self._cells[first], self._cells[last - 1].rpartition("!")[2]
                found.append(f"SUM({begin}:{end})")
        return found, self._cash.of_right(ends)

    def of_others(self, ends: Sequence[date]) -> Numbers:
        """Return other cash of the borrower between each of `ends` and the next, yuan."""
        return self._cash.of_others(ends)
