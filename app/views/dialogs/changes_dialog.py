"""A dialog that compares any two stored versions of a case."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.services.changes import Changes, changes
from app.views.jobs import Jobs
from app.views.theme import page_css
from app.views.widgets.value_changes import ChangesPage, Compared

if TYPE_CHECKING:
    from app.services.workbench import Workbench


class ChangesDialog(QDialog):
    """Two versions to choose, and what changed from the first to the second."""

    def __init__(
        self, workbench: "Workbench", jobs: Jobs, case_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Compare versions"))
        self.resize(760, 620)
        self._workbench, self._jobs, self._case_id = workbench, jobs, case_id
        self._asked = 0
        self._before, self._after = QComboBox(), QComboBox()
        self._fill()
        self._page = QTextBrowser()
        self._page.setObjectName("changes")
        self._page.document().setDefaultStyleSheet(page_css())
        row = QHBoxLayout()
        for text, box in ((_("Before"), self._before), (_("After"), self._after)):
            label = QLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text)
            row.addWidget(label)
            row.addWidget(box, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self._page, 1)
        layout.addWidget(buttons)
        for box in (self._before, self._after):
            box.currentIndexChanged.connect(self._compare)
        self._compare()

    def _fill(self) -> None:
        """Offer every version, the last two chosen."""
        versions = self._workbench.versions(self._case_id)
        for version in versions:
            text = _("Version {number}, saved on {day}").format(
                number=version.number, day=version.saved_at.date().isoformat()
            )
            self._before.addItem(text, version.number)
            self._after.addItem(text, version.number)
        self._after.setCurrentIndex(len(versions) - 1)
        self._before.setCurrentIndex(max(len(versions) - 2, 0))

    def _compare(self) -> None:
        self._asked += 1
        asked, tr = self._asked, translator(active_language())
        before, now = self._before.currentData(), self._after.currentData()

        def compare() -> Changes:
            first, old = self._workbench.open(self._case_id, before)
            second, new = self._workbench.open(self._case_id, now)
            saved = (first.figures, second.figures)
            return changes(old, new, self._workbench.reference, saved=saved)

        def done(found: Changes) -> None:
            if asked == self._asked:
                page = ChangesPage(Compared(before, now, found), tr, linked=False)
                self._page.setHtml(page.html())

        self._page.setPlainText(_("The versions are being compared."))
        self._jobs.run(compare, owner=self, done=done)


def open_changes(
    workbench: "Workbench", jobs: Jobs, case_id: str, parent: QWidget | None
) -> ChangesDialog:
    """Show the dialog."""
    dialog = ChangesDialog(workbench, jobs, case_id, parent)
    dialog.open()
    return dialog
