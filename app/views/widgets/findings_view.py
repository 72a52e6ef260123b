"""Findings beside each other: a summary in words, and a tab for each table."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.views.theme import page_css
from app.views.widgets.fact_html import signs_beside
from app.views.widgets.hazard_findings import YEARS, Finding
from app.views.widgets.loan_table import COPY_TIP, FactTableView
from app.views.widgets.year_bars import YearBars, YearChart

TABLE_WIDTH, WIDEST = 300, 270
"""Pixels of a table beside a chart, and of the widest column of a table."""


class FindingsView(QWidget):
    """Shows the findings of a study, one at a time; says what to do while there are none.

    Signals:
        turned(int): the finding of this number is shown.
        copied(str): a table is in the clipboard; what is to be told of it.
        opened(str, int): title and line of a table that was double-clicked, or Enter pressed.
    """

    turned = Signal(int)
    copied = Signal(str)
    opened = Signal(str, int)

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._findings: tuple[Finding, ...] = ()
        self._tables: list[FactTableView] = []
        self._choose = QComboBox()
        self._choose.setObjectName(f"{name}.of")
        self._choose.setAccessibleName(_("Results of"))
        self._choose.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._choose.currentIndexChanged.connect(self._show)
        self._label = QLabel(_("&Results of"))
        self._label.setBuddy(self._choose)
        self._copy = QPushButton(_("Copy the table"))
        self._copy.setObjectName(f"{name}.copy")
        self._copy.setToolTip(_(COPY_TIP))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._copy_table)
        self.page = QTextBrowser()
        self.page.setObjectName(f"{name}.page")
        self.page.setAccessibleName(_("Summary"))
        self.page.document().setDefaultStyleSheet(page_css())
        self.tabs = QTabWidget()
        self.tabs.setObjectName(f"{name}.tabs")
        self.tabs.addTab(self.page, _("Summary"))
        self.tabs.setCornerWidget(self._copy)
        self.tabs.currentChanged.connect(lambda _index: self._enable())
        self._empty = QLabel(empty)
        self._empty.setObjectName(f"{name}.empty")
        self._empty.setProperty("role", "empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addWidget(self._choose, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)

    def show_empty(self, text: str) -> None:
        """Forget the findings and say what to do."""
        self._findings = ()
        self._empty.setText(text)
        self._stack.setCurrentIndex(0)

    def room(self) -> int:
        """Return how many signs stand beside each other in the summary."""
        return signs_beside(self.page)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings, the first one in front."""
        self._findings = tuple(findings)
        self._stack.setCurrentIndex(1)
        self._choose.blockSignals(True)
        self._choose.clear()
        self._choose.addItems([one.name for one in findings])
        self._choose.blockSignals(False)
        for widget in (self._choose, self._label):
            widget.setVisible(len(findings) > 1)
        self._show(0)

    def _show(self, number: int) -> None:
        if not 0 <= number < len(self._findings):
            return
        found = self._findings[number]
        title = self.tabs.tabText(self.tabs.currentIndex())
        self.page.setHtml(found.html)
        self._clear()
        for label, table in found.tables:
            view = FactTableView(f"{self._name}.table", _(label), widest=WIDEST)
            view.show_table(table)
            view.activated.connect(lambda index, title=label: self.opened.emit(title, index.row()))
            drawn = found.bars is not None and label == YEARS
            self.tabs.addTab(self._beside(view, found.bars) if drawn else view, _(label))
            self._tables.append(view)
            if _(label) == title:
                self.tabs.setCurrentIndex(self.tabs.count() - 1)
        self._enable()
        self.turned.emit(number)

    def _clear(self) -> None:
        """Take the tables away."""
        self._tables.clear()
        while self.tabs.count() > 1:
            old = self.tabs.widget(1)
            self.tabs.removeTab(1)
            if old is not None:
                old.deleteLater()

    def _beside(self, view: FactTableView, bars: YearBars | None) -> QWidget:
        """Return a table with the chart of its years."""
        if bars is None:
            return view
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(view)
        both.addWidget(YearChart(bars))
        both.setStretchFactor(1, 1)
        both.setSizes([TABLE_WIDTH, 2 * TABLE_WIDTH])
        return both

    def _enable(self) -> None:
        self._copy.setEnabled(self.tabs.currentIndex() > 0)

    def _copy_table(self) -> None:
        at = self.tabs.currentIndex() - 1
        if 0 <= at < len(self._tables):
            self.copied.emit(self._tables[at].copy())
