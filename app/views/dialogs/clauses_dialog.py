"""The usual clauses of a term sheet: chosen with a tick, each with its source."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.formats import sentence
from app.i18n import _, active_language
from app.services.clause_proposals import SOURCE_STATES, TABLES, ProposedClause, load_clauses
from app.views.widgets.window_size import fit_screen

SIZE = (1080, 700)
_KEY = Qt.ItemDataRole.UserRole
_EDGE, _TICK = 4, 24
"""Pixels around a text, and for the box that is ticked."""


class _Wrapped(QStyledItemDelegate):
    """Makes a line as high as its longest text: a clause is read whole before it is ticked."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room the text takes in the width of its column."""
        indent = 2 * self._tree.indentation() + _TICK if index.column() == 0 else 0
        room = self._tree.columnWidth(index.column()) - indent - 2 * _EDGE
        if not index.parent().isValid():
            return super().sizeHint(option, index)
        text = str(index.data())
        flags = int(Qt.TextFlag.TextWordWrap)
        box = option.fontMetrics.boundingRect(QRect(0, 0, max(room, 60), 0), flags, text)
        return QSize(box.width(), box.height() + 2 * _EDGE)


class ClausesDialog(QDialog):
    """Offers the shipped clauses; `use` takes the keys of those that were ticked."""

    def __init__(
        self, use: Callable[[Sequence[str]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("clauses")
        self.setWindowTitle(_("Usual clauses"))
        self._use = use
        hint = QLabel(
            _(
                "Proposals, none of them a default. What you tick is entered into the case in "
                "Chinese and English, marked as assumed with its source, and can be changed there."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setObjectName("clauses.tree")
        self.tree.setAccessibleName(_("Usual clauses"))
        self.tree.setHeaderLabels([_("Clause"), _("Source"), _("State of the source")])
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setItemDelegate(_Wrapped(self.tree))
        self._fill()
        header = self.tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(1, 280)
        self.tree.setColumnWidth(2, 150)
        header.setStretchLastSection(False)
        header.sectionResized.connect(lambda *_sizes: self.tree.scheduleDelayedItemsLayout())
        self._chosen = QLabel()
        self.take = QPushButton(_("Enter into the case"))
        self.take.setProperty("primary", True)
        self.take.clicked.connect(self._take)
        close = QPushButton(_("Cancel"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._chosen, 1)
        foot.addWidget(self.take)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addWidget(self.tree, 1)
        layout.addLayout(foot)
        fit_screen(self, SIZE)
        self.tree.itemChanged.connect(lambda _item, _column: self._count())
        self._count()

    def _fill(self) -> None:
        for table, name in TABLES.items():
            group = QTreeWidgetItem(self.tree, [sentence(_(name))])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
                           | Qt.ItemFlag.ItemIsAutoTristate)  # fmt: skip
            group.setCheckState(0, Qt.CheckState.Unchecked)
            for clause in load_clauses():
                if clause.table == table:
                    self._add(group, clause)
            group.setExpanded(True)

    def _add(self, group: QTreeWidgetItem, clause: ProposedClause) -> None:
        language = active_language()
        texts = [
            clause.text(language),
            clause.source_in(language),
            _(SOURCE_STATES[clause.verified]),
        ]
        item = QTreeWidgetItem(group, texts)
        item.setData(0, _KEY, clause.key)
        item.setCheckState(0, Qt.CheckState.Unchecked)
        other = "en" if language == "zh" else "zh"
        item.setToolTip(0, clause.text(other))
        item.setToolTip(1, texts[1])

    def _items(self) -> list[QTreeWidgetItem]:
        tops = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        held = (top.child(row) for top in tops if top for row in range(top.childCount()))
        return [item for item in held if item is not None]

    def chosen(self) -> list[str]:
        """Return the keys of the clauses that are ticked."""
        ticked = Qt.CheckState.Checked
        return [item.data(0, _KEY) for item in self._items() if item.checkState(0) == ticked]

    def tick(self, key: str) -> None:
        """Tick a clause."""
        for item in self._items():
            if item.data(0, _KEY) == key:
                item.setCheckState(0, Qt.CheckState.Checked)

    def _count(self) -> None:
        count = len(self.chosen())
        self._chosen.setText(_("{count} clauses chosen.").format(count=count))
        self.take.setEnabled(bool(count))

    def _take(self) -> None:
        self._use(self.chosen())
        self.accept()
