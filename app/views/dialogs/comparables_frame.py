"""The frame of the dialogs that take lines of the price evidence from the market book."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.services.documents import Document
from app.views.widgets import market_choice as choice

if TYPE_CHECKING:
    from app.services.market_desk import MarketDesk

SMALL_SIZE = (720, 480)


class EvidenceDialog(QDialog):
    """Frame of the three dialogs: what is chosen, what it comes to, and the way to a file.

    Signals:
        taken(object): the draft with the lines that were chosen; told once.
        file_wanted(): lines shall be taken from a file instead.
    """

    taken = Signal(object)
    file_wanted = Signal()

    def __init__(
        self, desk: "MarketDesk", document: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.document = document
        self.until = choice.valuation_day(document)
        self.setObjectName("evidence")
        self.body = QVBoxLayout(self)

    def text(self, name: str, role: str = "") -> QLabel:
        """Return a label that wraps."""
        label = QLabel()
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def add_foot(self, take: str) -> None:
        """Put the buttons below everything else."""
        file = QPushButton(_("From a file…"))
        file.setObjectName("evidence.file")
        file.setAutoDefault(False)
        file.clicked.connect(self._ask_file)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setObjectName("evidence.take")
        self.take.setProperty("primary", True)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(file)
        foot.addStretch(1)
        foot.addWidget(buttons)
        self.body.addLayout(foot)

    def _ask_file(self) -> None:
        self.reject()
        self.file_wanted.emit()

    def _give(self) -> None:
        self.taken.emit(self.changed_document())
        self.accept()

    def changed_document(self) -> Document:
        """Return the draft with what was chosen."""
        return self.document

    def day_said(self) -> str:
        """Say what the valuation date leaves out."""
        if self.until is None:
            return _("The case has no valuation date yet: nothing is left out by its date.")
        return _("Only what was known on the valuation date, {day}, is offered.").format(
            day=self.until
        )
