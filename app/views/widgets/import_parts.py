"""Parts of the import dialog: values that count in every line, and the rows that were refused."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import _, active_language, translator
from app.messages import expected_text, field_label
from app.services.imported import RefusedRow
from app.views.widgets.row_cells import heading

MOST_REFUSED = 200
LONGEST_VALUE = 60
PAIRS_IN_A_LINE = 2


class SameValues(QWidget):
    """One value for all lines, for each required column that the file does not have.

    Signals:
        changed(): a value was chosen or typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("import.same")
        self._columns: tuple[FieldSpec, ...] | None = None
        self._kept: dict[str, str] = {}
        self._fields: dict[str, QComboBox | QLineEdit] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def texts(self) -> dict[str, str]:
        """Return what counts in every line, by column; empty fields are left out."""
        found = {}
        for name, field in self._fields.items():
            text = str(field.currentData() or "") if isinstance(field, QComboBox) else field.text()
            if text.strip():
                found[name] = text.strip()
        return found

    def ask_for(self, columns: tuple[FieldSpec, ...]) -> None:
        """Show a field for each column; what was entered before stays."""
        if columns == self._columns:
            return
        self._kept |= self.texts()
        self._columns, self._fields = columns, {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.setVisible(bool(columns))
        if columns:
            lead = QLabel(_("Not in the file; the same in every line:"))
            self._grid.addWidget(lead, 0, 0, 1, 2 * PAIRS_IN_A_LINE)
        for number, column in enumerate(columns):
            field = self._field(column)
            label = QLabel(heading(column))
            label.setBuddy(field)
            self._fields[column.name] = field
            line, pair = divmod(number, PAIRS_IN_A_LINE)
            self._grid.addWidget(label, line + 1, 2 * pair)
            self._grid.addWidget(field, line + 1, 2 * pair + 1)

    def focus_empty(self, name: str) -> None:
        """Take the focus in the field of a column that every line needs and nothing gives."""
        field = self._fields.get(name)
        if isinstance(field, QLineEdit) and not field.text().strip():
            field.setFocus()

    def _field(self, column: FieldSpec) -> QComboBox | QLineEdit:
        kept = self._kept.get(column.name, "")
        field: QComboBox | QLineEdit
        if column.field.choices:
            field = QComboBox()
            field.addItem(_("choose…"), None)
            for value, label in column.field.choices:
                field.addItem(_(label), value)
            field.setCurrentIndex(max(field.findData(kept), 0))
            field.activated.connect(lambda _index: self.changed.emit())
        else:
            field = QLineEdit(kept)
            field.textEdited.connect(lambda _text: self.changed.emit())
        field.setObjectName(f"import.same.{column.name}")
        field.setAccessibleName(heading(column))
        field.setToolTip(_(column.field.help))
        return field


class RefusedRows(QTableWidget):
    """The rows that are left out: line in the file, column, value, and what is expected."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setObjectName("import.refused")
        self.setAccessibleName(_("Refused rows"))
        heads = [_("Line in the file"), _("Column"), _("Value in the file"), _("Expected")]
        self.setHorizontalHeaderLabels(heads)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(90)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.hide()

    def show_refused(self, refused: Sequence[RefusedRow]) -> None:
        """List the reasons, the first ones when there are very many."""
        tr = translator(active_language())
        shown = refused[:MOST_REFUSED]
        more = len(refused) - len(shown)
        self.setRowCount(len(shown) + (1 if more else 0))
        for number, entry in enumerate(shown):
            problem = entry.problem
            value = "–" if problem.value is None else str(problem.value)
            short = value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"
            expected = expected_text(problem, tr)
            texts = (str(entry.line), field_label(problem.path, tr), short, expected)
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(value if place == 2 else text)
                self.setItem(number, place, item)
        if more:
            self.setItem(len(shown), 3, QTableWidgetItem(_("and {count} more").format(count=more)))
        self.resizeRowsToContents()
        self.setVisible(bool(refused))
