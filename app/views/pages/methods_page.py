"""The register of methods: what each accepts, counts, deducts and asks for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.reference.methods import EQUATION_LABELS, SCOPE_LABELS
from app.services.method_register import SCOPE_ORDER, MethodPage, matching, method_pages
from app.services.method_text import method_text
from app.views.theme import page_css
from app.views.widgets.method_html import method_html
from app.views.widgets.record_table import Column, Index, RecordTable

if TYPE_CHECKING:
    from app.reference.tables import Reference

LEAST_ROW = 34
PADDING, AIR = 14, 8
_EQUATIONS = list(EQUATION_LABELS)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Method"), lambda page: page.name, width=210),
        Column(_("Issuer"), lambda page: page.issuer, width=132),
        Column(
            _("Scope"),
            lambda page: SCOPE_ORDER.index(page.method.scope),
            lambda place: _(SCOPE_LABELS[SCOPE_ORDER[place]]),
            width=96,
        ),
        Column(
            _("Equations"),
            lambda page: _EQUATIONS.index(page.method.equations),
            lambda place: _(EQUATION_LABELS[_EQUATIONS[place]]),
            width=84,
        ),
    )


class _Roomy(QStyledItemDelegate):
    """Lines of a cell are counted with the padding that the style sheet gives it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the room of the wrapped text, with some air above and below."""
        narrow = QStyleOptionViewItem(option)
        narrow.rect.setWidth(max(narrow.rect.width() - PADDING, PADDING))
        return super().sizeHint(narrow, index) + QSize(0, AIR)


class MethodsPage(QWidget):
    """The list of methods on the left, the chosen one on the right.

    Signals:
        new_case(str): a case under the method of this key is wanted.
        told(str): something was done that the status bar should say.
    """

    new_case = Signal(str)
    told = Signal(str)

    def __init__(self, reference: "Reference", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._tr = translator(active_language())
        self._pages = method_pages(reference, self._tr)
        self._shown: MethodPage | None = None
        head = self._make_head()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._make_list())
        splitter.addWidget(self._make_details())
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([560, 500])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._focus_filter)
        self.show_matching("")

    def _make_head(self) -> QHBoxLayout:
        title = QLabel(_("Methods"))
        title.setProperty("role", "title")
        self._count = QLabel()
        self._count.setProperty("role", "hint")
        self.filter = QLineEdit()
        self.filter.setObjectName("filter")
        self.filter.setPlaceholderText(_("Filter by any word"))
        self.filter.setToolTip(_("Searches all that is said of a method (Ctrl+F)."))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(280)
        self.filter.textChanged.connect(self.show_matching)
        self.filter.installEventFilter(self)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.filter)
        return head

    def _make_list(self) -> QWidget:
        self.table = RecordTable(_columns(), _("Methods"))
        self.table.setObjectName("reference")
        self.table.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        self.table.setWordWrap(True)
        self.table.setItemDelegate(_Roomy(self.table))
        rows = self.table.verticalHeader()
        rows.setMinimumSectionSize(LEAST_ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.selection_changed.connect(self._selected)
        self.table.records.modelReset.connect(self._select_again)
        empty = QLabel(_("No method holds all of these words."))
        empty.setProperty("role", "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        self.list = QStackedWidget()
        self.list.addWidget(self.table)
        self.list.addWidget(empty)
        return self.list

    def _make_details(self) -> QWidget:
        self.start = QPushButton(_("New case with this method"))
        self.start.setObjectName("start")
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self._ask_new_case)
        self.copy = QPushButton(_("Copy as text"))
        self.copy.setObjectName("copy")
        self.copy.clicked.connect(self._copy_text)
        self.details = QTextBrowser()
        self.details.setObjectName("details")
        self.details.setAccessibleName(_("Method"))
        self.details.setOpenLinks(False)
        self.details.document().setDefaultStyleSheet(page_css())
        self.details.document().setDocumentMargin(12)
        bar = QHBoxLayout()
        bar.addWidget(self.start)
        bar.addWidget(self.copy)
        bar.addStretch(1)
        panel = QWidget()
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self.details, 1)
        return panel

    def show_matching(self, words: str) -> None:
        """Show the methods that hold every word somewhere; keep the chosen one if it is there."""
        found = matching(self._pages, words)
        self.table.records.set_records(found)
        self.list.setCurrentIndex(0 if found else 1)
        if words.strip():
            text = _("{count} of {total} methods").format(count=len(found), total=len(self._pages))
        else:
            text = _("{count} methods").format(count=len(found))
        self._count.setText(text)

    def show_method(self, key: str) -> None:
        """Choose a method."""
        for row in range(self.table.records.rowCount()):
            if self.table.records.record(row).key == key:
                self.table.selectRow(row)
                return

    def _select_again(self) -> None:
        """Choose the method shown before, else the first: a reset drops the selection."""
        records = self.table.records
        keys = [records.record(row).key for row in range(records.rowCount())]
        if not keys:
            self._show(None)
            return
        shown = self._shown.key if self._shown is not None else ""
        self.table.selectRow(keys.index(shown) if shown in keys else 0)

    def _selected(self) -> None:
        chosen = self.table.selected()
        if chosen:
            self._show(chosen[0])

    def _show(self, page: MethodPage | None) -> None:
        self.start.setEnabled(page is not None)
        self.copy.setEnabled(page is not None)
        if page is None:
            self.details.clear()
        elif page is not self._shown:
            self.details.setHtml(method_html(page, self._tr))
        self._shown = page

    def _ask_new_case(self) -> None:
        if self._shown is not None:
            self.new_case.emit(self._shown.key)

    def _copy_text(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(method_text(self._shown, self._tr))
            self.told.emit(_("Copied."))

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Go from the filter into the list with the arrow; empty the filter with Escape."""
        if watched is self.filter and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if pressed and event.key() == Qt.Key.Key_Escape:
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)
