"""Records what happened to a loan: a receipt, a revaluation, an event, an inspection."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.i18n import N_, _
from app.services.draft import table_columns
from app.views.dialogs.line_dialog import LineDialog

WATCH = "loan.monitoring"
TITLES = {
    "receipts": N_("Record a receipt"),
    "revaluations": N_("Record a revaluation"),
    "events": N_("Record an event"),
    "inspections": N_("Record an inspection"),
}
"""Titles by the table of the watch that takes the line."""

SIZES = {
    "receipts": (460, 290),
    "revaluations": (480, 300),
    "events": (480, 430),
    "inspections": (460, 260),
}

Take = Callable[[dict[str, Any], bool], str]
"""Takes the line, and whether the loan is to be shown as of its day; returns its number."""


class RecordDialog(LineDialog):
    """One line of a table of the watch; its day may become the day watched.

    Nothing that lies behind the day watched counts, so a later line would not be seen.
    """

    def __init__(self, table: str, take: Take, parent: QWidget | None = None) -> None:
        super().__init__(
            table_columns(specs_by_path(Case)[f"{WATCH}.{table}"]),
            lambda row: take(row, self.follow.isChecked()),
            parent,
            name="record.line",
            pairs=1,
        )
        self.setWindowTitle(_(TITLES[table]))
        self.resize(*SIZES[table])
        self.follow = QCheckBox(_("Show the state of the loan on this day if it is later"))
        self.follow.setObjectName("record.line.follow")
        self.follow.setToolTip(
            _("What happened after the day watched does not count yet; this moves that day.")
        )
        self.follow.setChecked(True)
        self.column.insertWidget(1, self.follow)
