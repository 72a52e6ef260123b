"""Imports lines of a table from a spreadsheet, or sites from a map file, after a preview."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.services.case_file import CaseRefused
from app.services.import_sites import MAP_SUFFIXES, SITES, read_sites
from app.services.import_table import TablePreview, convert, joined, read_table
from app.services.imported import Converted, Row
from app.services.sheet_cells import CSV_SUFFIXES, WORKBOOK_SUFFIXES
from app.services.table_headings import match_columns, unmatched
from app.views.jobs import Jobs
from app.views.widgets.file_dialogs import ask_file
from app.views.widgets.hidden_label import hidden_label
from app.views.widgets.import_parts import RefusedRows, SameValues
from app.views.widgets.import_preview import ImportPreview

SIZE = (900, 640)


def file_patterns(table: FieldSpec) -> list[str]:
    """Return the filters of the file dialog for a table."""
    tables = " ".join(f"*{suffix}" for suffix in (*WORKBOOK_SUFFIXES, *CSV_SUFFIXES))
    only_tables = _("Tables ({patterns})").format(patterns=tables)
    if table.path != SITES:
        return [only_tables]
    maps = " ".join(f"*{suffix}" for suffix in MAP_SUFFIXES)
    every = _("Tables and map files ({patterns})").format(patterns=f"{maps} {tables}")
    return [every, _("Map files ({patterns})").format(patterns=maps), only_tables]


def _ask_table(table: FieldSpec, parent: QWidget, use: Callable[[str], None]) -> None:
    """Open the file dialog of an import; `use` gets the file that is chosen."""
    ask_file(parent, _("Choose a file to import"), file_patterns(table), use)


class ImportTableDialog(QDialog):
    """Preview, matching of columns, what will be taken and what is refused.

    Files are read by the worker of `jobs`.

    Signals:
        taken(list): the lines of the table from now on; told once, when the import is confirmed.
    """

    taken = Signal(list)

    def __init__(
        self, table: FieldSpec, lines: list[Row], jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._lines = lines
        self._jobs = jobs
        self._path = Path()
        self._read_number = 0
        self._sheet_read: TablePreview | None = None
        self._converted = Converted()
        self.setObjectName("import")
        self.setWindowTitle(_("Import into “{table}”").format(table=_(table.field.label)))
        self.resize(*SIZE)
        self.preview = ImportPreview(table)
        self.preview.matched.connect(self._convert)
        self.same = SameValues()
        self.same.changed.connect(self._convert)
        self.refused = RefusedRows()
        self._hint = hidden_label("import.hint", "hint")
        self._problem = hidden_label("import.problem", "problem")
        self._count = hidden_label("import.count")
        layout = QVBoxLayout(self)
        layout.addLayout(self._head())
        layout.addWidget(self._hint)
        layout.addWidget(self.preview, 3)
        layout.addWidget(self.same)
        layout.addWidget(self._count)
        layout.addWidget(self._problem)
        layout.addWidget(self.refused, 2)
        layout.addStretch(0)
        layout.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        self._file = QLabel()
        self._file.setObjectName("import.file")
        self._file.setTextFormat(Qt.TextFormat.PlainText)
        self._sheet = QComboBox()
        self._sheet.setObjectName("import.sheet")
        self._sheet.setAccessibleName(_("Sheet"))
        self._sheet.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._sheet.activated.connect(lambda _index: self._read(self._sheet.currentText()))
        self._sheet_label = QLabel(_("&Sheet"))
        self._sheet_label.setBuddy(self._sheet)
        other = QPushButton(_("Another &file…"))
        other.setObjectName("import.other")
        other.setAutoDefault(False)
        other.clicked.connect(lambda: _ask_table(self._table, self, self.load))
        head = QHBoxLayout()
        head.addWidget(self._file, 1)
        head.addWidget(self._sheet_label)
        head.addWidget(self._sheet)
        head.addWidget(other)
        return head

    def _foot(self) -> QHBoxLayout:
        self._append = QRadioButton(_("&Add to the lines of the table"))
        self._append.setObjectName("import.append")
        self._replace = QRadioButton(_("&Replace the lines of the table"))
        self._replace.setObjectName("import.replace")
        group = QButtonGroup(self)
        foot = QHBoxLayout()
        for button in (self._append, self._replace):
            group.addButton(button)
            button.setVisible(bool(self._lines))
            foot.addWidget(button)
        (self._append if self._lines else self._replace).setChecked(True)
        group.buttonClicked.connect(lambda _button: self._show_state())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._take_button = buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._take_button.setObjectName("import.take")
        self._take_button.setProperty("primary", True)
        self._take_button.setDefault(True)
        self._take_button.setEnabled(False)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(buttons)
        return foot

    # ------------------------------------------------------------------------------- reading

    def load(self, name: str) -> None:
        """Read a file and show what is in it."""
        self._path = Path(name)
        self._file.setText(self._path.name)
        self._read()

    def _is_map(self) -> bool:
        tables = (*WORKBOOK_SUFFIXES, *CSV_SUFFIXES)
        return self._table.path == SITES and self._path.suffix.lower() not in tables

    def _read(self, sheet: str | None = None) -> None:
        path, table = self._path, self._table
        self._read_number += 1
        number = self._read_number
        self._converted = Converted()
        self._show_state(_("Reading {file}…").format(file=path.name))

        def read() -> TablePreview | Converted:
            return read_sites(path) if self._is_map() else read_table(path, table, sheet)

        def failed(error: Exception) -> None:
            if not isinstance(error, CaseRefused):
                raise error
            if number == self._read_number:
                self._show_nothing(error)

        def done(found: TablePreview | Converted) -> None:
            if number == self._read_number:
                self._show_found(found)

        self._jobs.run(read, owner=self, done=done, failed=failed)

    def _show_nothing(self, refused: CaseRefused) -> None:
        self._sheet_read = None
        self._converted = Converted()
        self.preview.hide()
        self.same.ask_for(())
        self._show_sheets((), "")
        self._show_hint("")
        self._show_state(problem=self._words(refused))

    def _show_found(self, found: TablePreview | Converted) -> None:
        self.preview.show()
        if isinstance(found, TablePreview):
            self._sheet_read = found
            self._show_sheets(found.sheets, found.sheet)
            self.preview.show_table(found, match_columns(found.headings, self._table))
            self._show_hint(self._table_hint())
            self._convert()
        else:
            self._sheet_read = None
            self._converted = found
            self._show_sheets((), "")
            self.same.ask_for(())
            self.preview.show_sites(found.rows)
            self._show_hint(self._map_hint())
            self._show_state()

    def _show_sheets(self, names: tuple[str, ...], shown: str) -> None:
        self._sheet.clear()
        self._sheet.addItems(names)
        self._sheet.setCurrentText(shown)
        for widget in (self._sheet, self._sheet_label):
            widget.setVisible(len(names) > 1)

    def _table_hint(self) -> str:
        said = [_("Choose above each column of the file what it holds.")]
        unit = self._sheet_read.unit if self._sheet_read is not None else ""
        if unit:
            said.append(_("Unit named above the headings: {unit}.").format(unit=unit))
        if any(column.field.percent for column in self.preview.columns()):
            said.append(_("Shares without a percent sign are fractions: 0.46 is 46%."))
        if self._table.path == SITES:
            said.append(self._coordinates_hint())
        return "\n".join(said)

    def _map_hint(self) -> str:
        area = _("Areas are measured on the ellipsoid of WGS 84, holes taken off.")
        return f"{area}\n{self._coordinates_hint()}"

    def _coordinates_hint(self) -> str:
        return _(
            "Coordinates in CGCS2000 are taken as WGS 84. Those of Chinese web maps (GCJ-02, "
            "BD-09) are displaced on purpose: convert them before they are imported."
        )

    def _show_hint(self, text: str) -> None:
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    # ------------------------------------------------------------------------- what is taken

    def _convert(self) -> None:
        sheet = self._sheet_read
        if sheet is None:
            return
        matches = self.preview.matches()
        self.same.ask_for(unmatched(sheet.headings, matches, self._table))
        problem = ""
        try:
            self._converted = convert(sheet, matches, self._table, self.same.texts())
        except CaseRefused as refused:
            self._converted = Converted()
            problem = self._words(refused)
        self._show_state(problem=problem)

    def _words(self, refused: CaseRefused) -> str:
        tr = translator(active_language())
        return "\n".join(
            _("Given: {value}. Expected: {expected}.").format(
                value="–" if problem.value is None else problem.value,
                expected=expected_text(problem, tr),
            )
            for problem in refused.problems
        )

    def _new_lines(self) -> list[Row]:
        old = self._lines if self._append.isChecked() else []
        return joined(self._table, old, self._converted.rows)

    def _show_state(self, waiting: str = "", problem: str = "") -> None:
        """Say what will be taken, and let it be taken when there is something."""
        good, bad = len(self._converted.rows), self._converted.refused_lines
        counts = _("Rows that will be taken: {good}; refused: {bad}.").format(good=good, bad=bad)
        try:
            self._new_lines()
        except CaseRefused as refused:
            problem = problem or self._words(refused)
        self._count.setText(waiting or counts)
        self._count.setVisible(bool(waiting) or not problem or bool(good))
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.refused.show_refused(self._converted.refused)
        self._take_button.setEnabled(good > 0 and not problem and not waiting)

    def _take(self) -> None:
        self.taken.emit(self._new_lines())
        self.accept()


def open_import(
    table: FieldSpec,
    lines: list[Row],
    jobs: Jobs,
    parent: QWidget,
    taken: Callable[[list[Any]], None],
) -> None:
    """Ask for a file, show its preview, and hand over the lines of the table when confirmed."""

    def show(name: str) -> None:
        dialog = ImportTableDialog(table, lines, jobs, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(taken)
        dialog.open()
        dialog.load(name)

    _ask_table(table, parent, show)
