"""Writes a case for other programs: the workbook with its formulas, or its data as tables."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import N_, _, active_language
from app.services.case_export import Exported, ExportKind, export_case, write_export
from app.services.case_file import Document
from app.views.jobs import Jobs
from app.views.widgets.file_dialogs import ask_place, every_file
from app.views.widgets.language_box import offer_languages
from app.views.widgets.work_status import Progress, WorkStatus

if TYPE_CHECKING:
    from app.services.workbench import Workbench

_KINDS = {
    ExportKind.XLSX: N_("Workbook with live formulas (.xlsx)"),
    ExportKind.CSV: N_("Tables for spreadsheets, a folder (.csv)"),
    ExportKind.JSON: N_("All data in one file (.json)"),
    ExportKind.PARQUET: N_("Tables for data programs, a folder (.parquet)"),
}
_HINTS = {
    ExportKind.XLSX: N_(
        "Cash flow, schedule and premium are formulas: change an assumption and see the value move."
    ),
    ExportKind.CSV: N_("Plain figures, dates as year-month-day; a new or empty folder is written."),
    ExportKind.JSON: N_("Every table with its units, for programs."),
    ExportKind.PARQUET: N_("Typed columns with their units; a new or empty folder is written."),
}


class ExportDialog(QDialog):
    """Asks for format and language, then for the place."""

    def __init__(
        self,
        workbench: "Workbench",
        jobs: Jobs,
        document: Document,
        *,
        version: tuple[str, int] | None,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setWindowTitle(_("Export workbook or data"))
        self.setMinimumWidth(540)
        self._workbench, self._document, self._version = workbench, document, version
        self._name = name
        self._folder = QUrl()
        self.kind, self.language = QComboBox(), QComboBox()
        for kind, text in _KINDS.items():
            self.kind.addItem(_(text), kind.value)
        self._hint = QLabel()
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        self.kind.currentIndexChanged.connect(lambda _place: self._show_kind())
        form = QFormLayout()
        form.addRow(_("Format"), self.kind)
        form.addRow("", self._hint)
        form.addRow(_("Language"), self.language)
        self.status = WorkStatus("export", _("Exporting"), jobs)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.status)
        layout.addLayout(self._foot())
        self._show_kind()

    def _foot(self) -> QHBoxLayout:
        self._open = QPushButton(_("Open folder"))
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(self._folder))
        self._open.hide()
        save = QPushButton(_("Save as…"))
        save.setProperty("primary", True)
        save.clicked.connect(self._ask_where)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self._open, save, close):
            foot.addWidget(button)
        return foot

    def _chosen(self) -> ExportKind:
        return ExportKind(self.kind.currentData())

    def _show_kind(self) -> None:
        """Say what the format is, and offer the languages it takes."""
        kind = self._chosen()
        self._hint.setText(_(_HINTS[kind]))
        both = kind is ExportKind.XLSX
        offer_languages(self.language, "both" if both else active_language(), both=both)

    def _ask_where(self) -> None:
        kind = self._chosen()
        name, suffix = f"{self._name}.{kind.value}", kind.value
        pattern = f"{suffix.upper()} (*.{suffix})"
        if kind.is_folder:
            name, suffix, pattern = f"{self._name}-{kind.value}", "", every_file()
        ask_place(
            self,
            _("Export workbook or data"),
            [pattern],
            lambda chosen: self.write(Path(chosen)),
            name=name,
            suffix=suffix,
        )

    def write(self, target: Path) -> None:
        """Write the export in the worker; nothing half-written stays."""
        kind, language = self._chosen(), self.language.currentData()

        def work(_progress: Progress) -> Path:
            write_export(target, self._exported(kind, language))
            return target

        self._open.hide()
        self.status.run(work, self._told, saying=_("The case is being exported…"))

    def _exported(self, kind: ExportKind, language: Any) -> Exported:
        book, version = self._workbench, self._version
        return export_case(
            book.compute_document(self._document),
            kind,
            reference=book.reference,
            language=language,
            issued_on=book.today(),
            version=None if version is None else version[1],
            approval=None if version is None else book.approval(*version),
            house=book.house(),
        )

    def _told(self, target: Path) -> None:
        self.status.tell(_("Saved: {file}").format(file=target))
        folder = target if target.is_dir() else target.parent
        self._folder = QUrl.fromLocalFile(str(folder.resolve()))
        self._open.show()

    def done(self, result: int) -> None:
        """Let go of what is being written."""
        self.status.leave()
        super().done(result)
