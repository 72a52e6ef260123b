"""The right half of the case page: live results, the chart, and the working of each figure."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
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
    from app.finance.sink.simulation import CarbonRange
    from app.services.workbench import Computed


class ResultsPanel(QWidget):
    """Shows results; keeps the last complete ones while the input is incomplete.

    Signals:
        field_wanted(str): path of the field a notice is about.
        stop_wanted(): the drawing of the range is to stop.
    """

    field_wanted = Signal(str)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._computed: Computed | None = None
        self._stale = False
        self._drawing = True
        self._browser = QTextBrowser()
        self._browser.setObjectName("results")
        self._browser.setAccessibleName(_("Results"))
        self._browser.setOpenLinks(False)
        self._browser.setWordWrapMode(QTextOption.WrapMode.WordWrap)
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
        self._progress = self._progress_row()
        layout.addWidget(self._progress)

    def _progress_row(self) -> QWidget:
        row = QWidget()
        row.setObjectName("drawing")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("Draws of the range"))
        stop = QPushButton(_("Stop"))
        stop.setObjectName("stop-drawing")
        stop.clicked.connect(self._stop)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._bar, 1)
        layout.addWidget(stop)
        row.hide()
        return row

    def _stop(self) -> None:
        self._progress.hide()
        self._drawing = False
        self._show()
        self.stop_wanted.emit()

    def show_progress(self, done: int, draws: int) -> None:
        """Show how far the drawing of the range is; it goes when the last draw is done."""
        self._bar.setMaximum(draws)
        self._bar.setValue(done)
        text = _("Drawing the range: {done} of {draws} draws")
        self._bar.setFormat(text.format(done=f"{done:,}", draws=f"{draws:,}"))
        self._progress.setVisible(done < draws)

    def show_nothing(self, page: str) -> None:
        """Say in HTML what is still needed before there are results."""
        self._stale = True
        if self._computed is None:
            self._chart.hide()
            self._browser.setHtml(page)
        else:
            self._show()

    def show_results(self, computed: "Computed") -> None:
        """Show fresh results; their range may follow by `show_range`."""
        self._progress.hide()
        self._computed = computed
        self._stale = False
        self._drawing = True
        self._show()
        self._chart.show()
        self._chart.show_results(computed.results)

    def show_range(self, found: "CarbonRange") -> None:
        """Add the range of removals and credits to the results that are shown."""
        self._progress.hide()
        if self._computed is None:
            return
        results = replace(self._computed.results, range=found)
        self._computed = replace(self._computed, results=results)
        self._show()
        self._chart.show_results(results)

    def _show(self) -> None:
        if self._computed is None:
            return
        bar = self._browser.verticalScrollBar()
        place = bar.value()
        tr = translator(active_language())
        page = ResultsPage(self._computed, tr, drawing=self._drawing)
        self._browser.setHtml(page.html(stale=self._stale))
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
