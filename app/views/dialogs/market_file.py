"""Asking for a file that goes into the market book."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _
from app.services.sheet_cells import CSV_SUFFIXES, WORKBOOK_SUFFIXES


def ask_market_file(parent: QWidget, use: Callable[[str], None]) -> QFileDialog:
    """Open the file dialog of an import; `use` gets the file that is chosen."""
    dialog = QFileDialog(parent, _("Choose a file to import"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    patterns = " ".join(f"*{suffix}" for suffix in (*WORKBOOK_SUFFIXES, *CSV_SUFFIXES))
    dialog.setNameFilter(_("Tables ({patterns})").format(patterns=patterns))
    dialog.fileSelected.connect(use)
    dialog.open()
    return dialog
