"""What a person asks of the book of loans: changes of the price, the day, and a filter."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.i18n import _
from app.services.loan_book import changes_in_percent, typed_day

FIRST_CHANGES = "-10; -30; -50"
LONGEST = 200


class PriceMoveForm(QWidget):
    """Two lines, a button and a filter.

    Signals:
        asked(): compute with what is typed.
        filtered(str): show the loans that hold these words only.
    """

    asked = Signal()
    filtered = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes = self._line("book.changes", FIRST_CHANGES)
        self._changes.setToolTip(_("Up to 12 changes of all prices, side by side: -10; -30; -50"))
        self._changes.setMinimumWidth(220)
        self._day = self._line("book.day", today.isoformat())
        self._day.setToolTip(_("Day on which debt and security are looked at (YYYY-MM-DD)"))
        self._day.setFixedWidth(120)
        prices, days = QLabel(_("&Price change in percent")), QLabel(_("&Day"))
        prices.setBuddy(self._changes)
        days.setBuddy(self._day)
        compute = QPushButton(_("Compute"))
        compute.setObjectName("book.compute")
        compute.setProperty("primary", True)
        compute.setDefault(True)
        compute.clicked.connect(self.asked)
        self._filter = self._line("filter", "")
        self._filter.setPlaceholderText(_("Filter by any word"))
        self._filter.setAccessibleName(_("Filter by any word"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setFixedWidth(220)
        self._filter.textChanged.connect(self.filtered)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (prices, self._changes, days, self._day, compute):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._filter)

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setObjectName(name)
        line.setMaxLength(LONGEST)
        return line

    def changes(self) -> tuple[float, ...]:
        """Return the changes that are typed, fractions; raises as `changes_in_percent`."""
        return changes_in_percent(self._changes.text())

    def day(self) -> date:
        """Return the day that is typed; raises as `typed_day`."""
        return typed_day(self._day.text())

    def filter(self) -> str:
        """Return the words that are filtered by."""
        return self._filter.text()
