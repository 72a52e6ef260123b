"""The names of the pages of the results: buttons on as many lines as they need."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

GAP = 4


class PageChips(QWidget):
    """One button for each page; the one shown is pressed.

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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pages(self, pages: dict[str, str], current: str) -> None:
        """Show buttons for pages, titles by code; the ones that stay keep the focus."""
        if list(pages.items()) != [(code, b.text()) for code, b in self._buttons.items()]:
            for code in set(self._buttons) - set(pages):
                gone = self._buttons[code]
                self._group.removeButton(gone)
                gone.hide()
                gone.deleteLater()
            self._buttons = {code: self._button(code, title) for code, title in pages.items()}
            self._arrange()
        if current in self._buttons:
            self._buttons[current].setChecked(True)

    def _button(self, code: str, title: str) -> QPushButton:
        button = self._buttons.get(code)
        if button is None:
            button = QPushButton(self)
            button.setObjectName(f"page.{code}")
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            button.show()
        button.setText(title)
        return button

    def _clicked(self, button: QPushButton) -> None:
        self.chosen.emit(button.objectName().removeprefix("page."))

    def _places(self, width: int) -> tuple[list[QRect], int]:
        """Return where the buttons go in a width, and the height of it all."""
        x = y = line = 0
        places = []
        for button in self._buttons.values():
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + line + GAP
            places.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + GAP
            line = size.height()
        return places, y + line

    def _arrange(self) -> None:
        places, height = self._places(self.width())
        for button, place in zip(self._buttons.values(), places, strict=True):
            button.setGeometry(place)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer the height that the present width asks for."""
        return QSize(200, self._places(max(self.width(), 200))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the buttons flow anew."""
        super().resizeEvent(event)
        self._arrange()
