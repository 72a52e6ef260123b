"""A bar that says how far long work is, and a button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.i18n import _


class BusyRow(QWidget):
    """Hidden until work begins.

    Signals:
        stop_wanted(): the person asks to stop.
    """

    stop_wanted = Signal()

    def __init__(self, name: str, bar_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.busy")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}.bar")
        self._bar.setAccessibleName(bar_name)
        self._button = QPushButton(_("Stop"))
        self._button.setObjectName(f"{name}.stop")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.stop_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._button)
        self.hide()

    def begin(self, *, stops: bool) -> None:
        """Show work of unknown length; `stops` says whether it can be stopped."""
        self._bar.setRange(0, 0)
        self._button.setVisible(stops)
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done; `total` 0 is not known."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
