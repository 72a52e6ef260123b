"""Asking for a file that goes into the market book."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.sheet_cells import CSV_SUFFIXES, WORKBOOK_SUFFIXES
from app.views.widgets.file_dialogs import ask_file


def ask_market_file(parent: QWidget, use: Callable[[str], None]) -> None:
    """Open the file dialog of an import; `use` gets the file that is chosen."""
    patterns = " ".join(f"*{suffix}" for suffix in (*WORKBOOK_SUFFIXES, *CSV_SUFFIXES))
    named = _("Tables ({patterns})").format(patterns=patterns)
    ask_file(parent, _("Choose a file to import"), [named], use)
