"""Choosing deals by words and by tags."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from app.i18n import N_, _
from app.views.widgets.market_words import CHOICES, spoken, tag, tag_label

FILTERS = (
    ("ecosystem", N_("Ecosystem")),
    ("method", N_("Trade method")),
    ("purpose", N_("Buyer's purpose")),
    ("currency", N_("Currency")),
    ("verified", N_("Seen in the source")),
)


class _StayingMenu(QMenu):
    """Stays open while its entries are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tick an entry without closing."""
        action = cast("QAction | None", self.activeAction())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
            return
        super().mouseReleaseEvent(event)


class TagFilter(QToolButton):
    """One tag: its values with their counts, any number of them ticked; none ticked means all.

    Signals:
        changed(): other values are ticked.
    """

    changed = Signal()

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._label = label
        self._quiet = False
        self.setObjectName(f"tag.{name}")
        self.setProperty("tag", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenu(_StayingMenu(self))
        self._show_state()

    def offer(self, counts: dict[str, int]) -> None:
        """Offer the values that occur, in the order of their declaration; ticks stay."""
        kept = self.chosen()
        order = [code for code, _label in CHOICES.get(self.name, ())]
        codes = sorted(counts, key=lambda c: (order.index(c) if c in order else len(order), c))
        self.menu().clear()
        for code in codes:
            text = _("{name} ({count})").format(name=tag_label(self.name, code), count=counts[code])
            action = self.menu().addAction(text)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code in kept)
            action.toggled.connect(self._toggled)
        self.setEnabled(bool(codes))
        self._show_state()

    def chosen(self) -> set[str]:
        """Return the ticked values; empty when all count."""
        return {action.data() for action in self.menu().actions() if action.isChecked()}

    def choose(self, codes: Sequence[str]) -> None:
        """Tick these values and no others."""
        self._quiet = True
        for action in self.menu().actions():
            action.setChecked(action.data() in codes)
        self._quiet = False
        self._toggled()

    def _toggled(self, _checked: bool = False) -> None:
        if not self._quiet:
            self._show_state()
            self.changed.emit()

    def _show_state(self) -> None:
        names = [tag_label(self.name, action.data()) for action in self.menu().actions()
                 if action.isChecked()]  # fmt: skip
        if not names:
            text = _("{tag}: all").format(tag=self._label)
        elif len(names) == 1:
            text = _("{tag}: {value}").format(tag=self._label, value=names[0])
        else:
            text = _("{tag}: {count} chosen").format(tag=self._label, count=len(names))
        self.setText(f"{text} ▾")
        self.setToolTip(_(", ").join(names))
        self.setAccessibleName(text)


class DealFilter(QWidget):
    """Words and tags over one list of deals.

    Signals:
        changed(): other deals pass.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spoken: dict[str, str] = {}
        self.words = QLineEdit()
        self.words.setObjectName("filter")
        self.words.setPlaceholderText(_("Filter by any word"))
        self.words.setToolTip(_("Searches all that is said of a deal, note and source included."))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(150)
        self.words.setMaximumWidth(280)
        self.words.textChanged.connect(lambda _text: self.changed.emit())
        self.tags = [TagFilter(name, _(label)) for name, label in FILTERS]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.words, 1)
        for box in self.tags:
            box.changed.connect(self.changed)
            layout.addWidget(box)
        self._all = QPushButton(_("Show all"))
        self._all.setObjectName("filter.all")
        self._all.setProperty("compact", True)
        self._all.setAutoDefault(False)
        self._all.clicked.connect(self.show_all)
        layout.addWidget(self._all)
        layout.addStretch(0)

    def offer(self, records: Sequence[Any]) -> None:
        """Offer the tags of these records."""
        self._spoken = {record.record_id: spoken(record) for record in records}
        for box in self.tags:
            counts: dict[str, int] = {}
            for record in records:
                code = tag(record, box.name)
                if code:
                    counts[code] = counts.get(code, 0) + 1
            box.offer(counts)

    def tag(self, name: str) -> TagFilter:
        """Return the filter of a tag."""
        return next(box for box in self.tags if box.name == name)

    def passing(self, records: Sequence[Any]) -> list[Any]:
        """Return the records that hold every word and one of the ticked values of each tag."""
        words = self.words.text().lower().split()
        ticked = [(box.name, chosen) for box in self.tags if (chosen := box.chosen())]
        return [
            record
            for record in records
            if all(word in self._spoken.get(record.record_id, "") for word in words)
            and all(tag(record, name) in chosen for name, chosen in ticked)
        ]

    def is_open(self) -> bool:
        """Whether everything passes."""
        return not self.words.text().strip() and not any(box.chosen() for box in self.tags)

    def show_all(self) -> None:
        """Take all words and ticks away."""
        self.blockSignals(True)
        self.words.clear()
        for box in self.tags:
            box.choose(())
        self.blockSignals(False)
        self.changed.emit()
