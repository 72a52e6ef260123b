"""The last resort: a fault of the program is shown with a report that can be copied."""

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.version import VERSION

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox


def report(error: BaseException) -> str:
    """Return version, system and trace; nothing of a customer's data."""
    import platform  # noqa: PLC0415 - only when something went wrong
    import traceback  # noqa: PLC0415

    trace = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error).__name__
    return f"Blue Carbon Desk {VERSION}\n{platform.platform()}\n{sys.version}\n\n{trace}{kind}"


def show_error(parent: QWidget | None, error: BaseException) -> "QMessageBox":
    """Show the message; the report can be copied."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - only when something went wrong
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415

    box = QMessageBox(parent)
    box.setObjectName("fault")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("A fault of the program"))
    box.setText(
        _("Something went wrong inside the program. What was saved is safe. You can go on.")
    )
    text = report(error)
    box.setDetailedText(text)
    copy = box.addButton(_("Copy report"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box


def install_last_resort(parent: QWidget) -> None:
    """Show what nobody caught, from any thread, and print it as usual."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        sys.__excepthook__(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            QTimer.singleShot(0, parent, lambda: show_error(parent, error))

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            caught(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
