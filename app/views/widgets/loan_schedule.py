"""The page of the schedule: rate and sums on top, every payment in a table below."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from app.finance.case.loan import Loan
from app.finance.lending.results import LoanResult
from app.formats import unit
from app.i18n import Translator, _, active_language, translator
from app.reports.loan_facts import (
    annualised_rows,
    contract_rows,
    repayment_rows,
    schedule_table,
)
from app.reports.value_facts import FactRow
from app.views.widgets.loan_page import FittedText, LoanPage
from app.views.widgets.loan_table import COPY_TIP, FactTableView
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed


def rate_html(loan: LoanResult, tr: Translator) -> str:
    """Return the annualised rate, larger than anything else, compound and simple labelled."""
    parts = PageParts(tr)
    compound, simple = annualised_rows(loan)
    beside = f"{parts.say(simple.label)} {simple.said(tr)}"
    return (
        f'<p><span class="small">{parts.say(compound.label)}</span><br/>'
        f'<span class="hero">{parts.figure(compound.said(tr), compound.step)}</span>'
        f'&nbsp;&nbsp; <span class="small">{beside}</span></p>'
    )


def head_html(terms: Loan, loan: LoanResult, tr: Translator) -> str:
    """Return what stands above the payments: rate, sums, first and last payment, maturity."""
    parts = PageParts(tr)
    rows = (*repayment_rows(terms, loan), *contract_rows(loan))
    half = (len(rows) + 1) // 2
    lines = "".join(
        f"<tr>{_pair(left, parts)}{_pair(right, parts)}</tr>"
        for left, right in zip(rows[:half], (*rows[half:], None), strict=False)
    )
    return rate_html(loan, tr) + f'<table class="tight" width="99%" cellspacing="0">{lines}</table>'


def _pair(row: FactRow | None, parts: PageParts) -> str:
    if row is None:
        return "<td>&nbsp;</td>" * 3
    shown = parts.figure(row.said(parts.tr), row.step)
    name = escape(unit(row.unit, parts.tr)) or "&nbsp;"
    return (
        f'<td class="label">{parts.say(row.label)}</td><td align="right">{shown}</td>'
        f'<td class="small">{name}</td>'
    )


class SchedulePage(LoanPage):
    """Every line of the schedule, to be looked at and copied into a spreadsheet."""

    def __init__(self) -> None:
        super().__init__()
        self._head = FittedText("schedule.head", _("Repayment schedule"))
        self._head.anchorClicked.connect(self.followed)
        self._table = FactTableView("schedule", _("Repayment schedule"))
        self._copy = QPushButton(_("Copy"))
        self._copy.setObjectName("schedule.copy")
        self._copy.setProperty("compact", True)
        self._copy.setToolTip(_(COPY_TIP))
        self._copy.clicked.connect(self._copy_table)
        self._told = QLabel()
        self._told.setProperty("role", "hint")
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addWidget(self._told, 1)
        self.column.addWidget(self._head)
        self.column.addLayout(row)
        self.column.addWidget(self._table, 1)

    def _copy_table(self) -> None:
        self._told.setText(self._table.copy())

    def write(self, computed: "Computed") -> None:
        """Show the schedule of a case."""
        loan, terms = computed.results.loan, computed.file.case.loan
        if loan is None or terms is None:
            return
        self._head.write(head_html(terms, loan, translator(active_language())))
        self._table.show_table(schedule_table(loan))
        self._told.setText("")

    def text(self) -> str:
        """Return rate, sums and payments as plain text."""
        return f"{self._head.toPlainText()}\n{self._table.copied_text()}"
