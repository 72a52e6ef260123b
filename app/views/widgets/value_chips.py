"""The names of the pages of the results: buttons on as many lines as they need."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

GAP = 4
OPEN, CLOSED = "{title} ▾", "{title} ▸"
_NO_GROUPS: Mapping[str, str] = {}


class PageChips(QWidget):
    """One button for each page; the one shown is pressed.

    Pages may be in groups; then a group has a button of its own, and only the pages of the group
    that is looked at are there. The button of another group leads to the page of it that was
    looked at last, or to its first.

    Signals:
        chosen(str): code of the page that is wanted.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page-chips")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)
        self._buttons: dict[str, QPushButton] = {}
        self._heads: dict[str, QPushButton] = {}
        self._shown: tuple[Mapping[str, str], Mapping[str, str], str] = ({}, {}, "")
        self._open = ""
        self._last: dict[str, str] = {}
        self._order: list[QPushButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pages(
        self, pages: Mapping[str, str], current: str, groups: Mapping[str, str] = _NO_GROUPS
    ) -> None:
        """Show buttons for pages, titles by code; the ones that stay keep the focus.

        `groups` are the titles of the groups by code of the page; a page without one is always
        there.
        """
        group = groups.get(current, "")
        self._last[group] = current
        wanted = (dict(pages), dict(groups), group or self._open_one(groups))
        if wanted != self._shown:
            self._shown = wanted
            self._open = wanted[2]
            self._make()
        if current in self._buttons:
            self._buttons[current].setChecked(True)

    def _open_one(self, groups: Mapping[str, str]) -> str:
        """Return the group that stays open while a page outside all groups is looked at."""
        titles = list(dict.fromkeys(groups.values()))
        return self._open if self._open in titles else next(iter(titles), "")

    def _make(self) -> None:
        pages, groups, opened = self._shown
        self._drop(self._buttons, set(self._buttons) - set(pages))
        self._drop(self._heads, set(self._heads) - set(groups.values()))
        self._order, headed = [], set()
        for code, title in pages.items():
            group = groups.get(code, "")
            if group and group not in headed:
                headed.add(group)
                self._order.append(self._head(group, is_open=group == opened))
            button = self._button(code, title)
            button.setVisible(group in ("", opened))
            if group in ("", opened):
                self._order.append(button)
        self._arrange()

    def _drop(self, buttons: dict[str, QPushButton], gone: set[str]) -> None:
        for name in gone:
            button = buttons.pop(name)
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()

    def _button(self, code: str, title: str) -> QPushButton:
        button = self._buttons.get(code)
        if button is None:
            button = self._buttons[code] = QPushButton(self)
            button.setObjectName(f"page.{code}")
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
        button.setText(title)
        return button

    def _head(self, title: str, *, is_open: bool) -> QPushButton:
        head = self._heads.get(title)
        if head is None:
            head = self._heads[title] = QPushButton(self)
            head.setObjectName(f"group.{len(self._heads)}")
            head.setProperty("role", "chip-group")
            head.setAccessibleName(title)
            head.setCursor(Qt.CursorShape.PointingHandCursor)
            head.clicked.connect(lambda _checked=False, group=title: self._go_to(group))
            head.show()
        head.setText((OPEN if is_open else CLOSED).format(title=title))
        return head

    def _go_to(self, group: str) -> None:
        """Ask for the page of a group that was looked at last, or for its first."""
        pages, groups, _opened = self._shown
        inside = [code for code in pages if groups.get(code) == group]
        last = self._last.get(group, "")
        self.chosen.emit(last if last in inside else inside[0])

    def _clicked(self, button: QPushButton) -> None:
        self.chosen.emit(button.objectName().removeprefix("page."))

    def _places(self, width: int) -> tuple[list[QRect], int]:
        """Return where the buttons go in a width, and the height of it all."""
        x = y = line = 0
        places = []
        for button in self._order:
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + line + GAP
            places.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + GAP
            line = size.height()
        return places, y + line

    def _arrange(self) -> None:
        places, height = self._places(self.width())
        for button, place in zip(self._order, places, strict=True):
            button.setGeometry(place)
        for before, after in pairwise(self._order):
            QWidget.setTabOrder(before, after)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer the height that the present width asks for."""
        return QSize(200, self._places(max(self.width(), 200))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the buttons flow anew."""
        super().resizeEvent(event)
        self._arrange()
