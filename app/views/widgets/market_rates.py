"""The tab of exchange rates: yuan for one unit of a currency, by date."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.formats import plain
from app.i18n import _
from app.views.widgets.market_deals import empty_label
from app.views.widgets.record_table import Column, RecordTable


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Currency"), lambda line: line.currency, width=110),
        Column(_("Date"), lambda line: line.day, str, width=120),
        Column(_("Yuan for one unit"), lambda line: float(line.yuan), plain, True, 160),
        Column(
            _("Kept in"),
            lambda line: bool(line.shipped),
            lambda shipped: _("shipped with the program") if shipped else _("this book"),
            width=190,
        ),
        Column(_("Source"), lambda line: line.source or None, width=320),
    )


class MarketRates(QWidget):
    """Exchange rates of the book.

    Signals:
        add_wanted(): a rate shall be entered.
        delete_wanted(list): ids of own rates.
    """

    add_wanted = Signal()
    delete_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RecordTable(_columns(), _("Exchange rates"))
        self.table.setObjectName("reference")
        self.table.selection_changed.connect(self._enable)
        self._count = QLabel(
            _("For a deal in another currency the last rate up to its date counts.")
        )
        self._count.setProperty("role", "hint")
        self._count.setWordWrap(True)
        add = QPushButton(_("Add a rate…"))
        add.setObjectName("rates.add")
        add.setProperty("compact", True)
        add.clicked.connect(self.add_wanted)
        self.delete = QPushButton(_("Delete"))
        self.delete.setObjectName("rates.delete")
        self.delete.setProperty("compact", True)
        self.delete.clicked.connect(lambda: self.delete_wanted.emit(self.own_ids()))
        line = QHBoxLayout()
        line.addWidget(self._count, 1)
        line.addWidget(add)
        line.addWidget(self.delete)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            empty_label(
                _(
                    "There are no exchange rates. Deals in other currencies cannot be compared "
                    "until a rate is added or imported."
                )
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)

    def show_rates(self, rates: Sequence[Any]) -> None:
        """Show the rates, newest first within each currency."""
        ordered = sorted(rates, key=lambda line: line.day, reverse=True)
        ordered.sort(key=lambda line: line.currency)
        self.table.records.set_records(ordered)
        self._stack.setCurrentIndex(0 if ordered else 1)
        self._enable()

    def own_ids(self) -> list[str]:
        """Return the ids of the selected rates that may be deleted."""
        return [line.rate_id for line in self.table.selected() if not line.shipped]

    def _enable(self) -> None:
        self.delete.setEnabled(bool(self.own_ids()))
