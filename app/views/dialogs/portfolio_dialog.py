"""Asks for the day and language of the portfolio report, reads the book, shows the report."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language
from app.views.jobs import Jobs
from app.views.widgets.language_box import language_box
from app.views.widgets.work_status import Progress, WorkStatus

if TYPE_CHECKING:
    from app.services.workbench import Workbench


class PortfolioDialog(QDialog):
    """One report of the whole book.

    Signals:
        drawn(bytes, str): the report and the name of its file.
    """

    drawn = Signal(bytes, str)

    def __init__(self, workbench: "Workbench", jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("portfolio")
        self.setWindowTitle(_("Portfolio report"))
        self.setMinimumWidth(460)
        self._workbench = workbench
        today = workbench.today()
        hint = QLabel(
            _("Rights, loans and policies of all cases that are not deleted, on one day.")
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.language = language_box(active_language())
        form = QFormLayout()
        form.addRow(_("Day of the report"), self.day)
        form.addRow(_("Language"), self.language)
        self.status = WorkStatus("portfolio", _("Reading the book"), jobs)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.start = buttons.addButton(_("Show report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self.draw)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addLayout(form)
        layout.addWidget(self.status)
        layout.addWidget(buttons)

    def draw(self) -> None:
        """Read the book and draw its report in the worker."""
        from app.services.portfolio import PortfolioDesk  # noqa: PLC0415 - on demand

        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        language: Any = self.language.currentData()

        def work(progress: Progress) -> bytes:
            desk = PortfolioDesk(self._workbench)
            return desk.pdf(desk.read(day, progress), language=language)

        def done(data: bytes) -> None:
            name = _("portfolio report")
            self.drawn.emit(data, f"{name}-{day.isoformat()}.pdf")
            self.accept()

        self.status.run(work, done, saying=_("The book is being read…"))

    def done(self, result: int) -> None:
        """Let go of what is being read."""
        self.status.leave()
        super().done(result)
