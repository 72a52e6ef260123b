"""The right half of the case page: live results, the chart, and the working of each figure."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.views.theme import page_css
from app.views.widgets.chart_view import ChartView
from app.views.widgets.results_html import ResultsPage, working_html

if TYPE_CHECKING:
    from app.services.workbench import Computed


class ResultsPanel(QWidget):
    """Shows results; keeps the last complete ones while the input is incomplete.

    Signals:
        field_wanted(str): path of the field a notice is about.
    """

    field_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._computed: Computed | None = None
        self._browser = QTextBrowser()
        self._browser.setObjectName("results")
        self._browser.setAccessibleName(_("Results"))
        self._browser.setOpenLinks(False)
        self._browser.document().setDefaultStyleSheet(page_css())
        self._browser.anchorClicked.connect(self._follow)
        self._chart = ChartView()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._browser)
        splitter.addWidget(self._chart)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([520, 210])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_nothing(self, text: str) -> None:
        """Say what is still needed before there are results."""
        if self._computed is None:
            self._browser.setPlainText(text)
        else:
            self._show(stale=True)

    def show_results(self, computed: "Computed") -> None:
        """Show fresh results."""
        self._computed = computed
        self._show(stale=False)
        self._chart.show_results(computed.results)

    def _show(self, *, stale: bool) -> None:
        if self._computed is None:
            return
        bar = self._browser.verticalScrollBar()
        place = bar.value()
        page = ResultsPage(self._computed, translator(active_language()))
        self._browser.setHtml(page.html(stale=stale))
        bar.setValue(place)

    def text(self) -> str:
        """Return what is shown, as plain text."""
        return self._browser.toPlainText()

    def _follow(self, link: QUrl) -> None:
        kind, _colon, target = link.toString().partition(":")
        if kind == "field":
            self.field_wanted.emit(target)
        elif kind == "step":
            self.show_working(target)

    def show_working(self, key: str) -> QDialog | None:
        """Open the working of a figure; None when there is none of this key."""
        if self._computed is None:
            return None
        step = next((s for s in self._computed.results.working if s.key == key), None)
        if step is None:
            return None
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("How this is computed"))
        dialog.resize(560, 380)
        text = QTextBrowser()
        text.document().setDefaultStyleSheet(page_css())
        text.setHtml(working_html(step, translator(active_language())))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(dialog.close)
        layout = QVBoxLayout(dialog)
        layout.addWidget(text)
        layout.addWidget(buttons)
        dialog.open()
        return dialog
