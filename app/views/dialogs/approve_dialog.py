"""Asks who prepared a case and who approves it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.i18n import _


class ApproveDialog(QDialog):
    """Two names and a remark.

    Signals:
        given(str, str, str): prepared by, approved by, remark.
    """

    given = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Approve this version"))
        self.setMinimumWidth(420)
        form = QFormLayout(self)
        hint = QLabel(_("Two different persons. Open red flags prevent the approval."))
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        form.addRow(hint)
        self.prepared = QLineEdit()
        self.approved = QLineEdit()
        self.remark = QLineEdit()
        form.addRow(_("Prepared by"), self.prepared)
        form.addRow(_("Approved by"), self.approved)
        form.addRow(_("Remark"), self.remark)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _take(self) -> None:
        self.given.emit(self.prepared.text(), self.approved.text(), self.remark.text())
        self.accept()
