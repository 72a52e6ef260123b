"""The bar above a PDF: zoom, page, search."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.i18n import _
from app.views.widgets.pdf_pages import Fit, Match, PdfPages
from app.views.widgets.pdf_search import PdfSearch

_ZOOM = 1.25


class PdfBar(QWidget):
    """Moves and searches a view of pages.

    Signals:
        thumbnails_wanted(bool): show or hide the small pages.
    """

    thumbnails_wanted = Signal(bool)

    def __init__(self, view: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._search = PdfSearch(view)
        self._search.changed.connect(self._show_found)
        self._shown: Match | None = None
        self._scale = QLabel()
        self._scale.setMinimumWidth(48)
        self._scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._page = QLineEdit()
        self._page.setAccessibleName(_("Page"))
        self._page.setToolTip(_("Go to a page"))
        self._page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._page.setFixedWidth(52)
        self._page.editingFinished.connect(self._go)
        self._of = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (*self._zooming(), self._page, self._of):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in self._searching():
            layout.addWidget(widget)
        view.page_changed.connect(self._show_page)
        view.scale_changed.connect(lambda scale: self._scale.setText(f"{scale * 72 / 96:.0%}"))

    def _button(self, text: str, tip: str, *keys: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setAccessibleName(tip)
        button.setToolTip(" ".join(filter(None, (tip, f"({keys[0]})" if keys else ""))))
        for key in keys:
            QShortcut(QKeySequence(key), self.window(), button.click)
        return button

    def _zooming(self) -> list[QWidget]:
        small = self._button(_("Pages"), _("Show or hide the small pages"))
        small.setCheckable(True)
        small.setChecked(True)
        small.toggled.connect(self.thumbnails_wanted)
        out = self._button("−", _("Zoom out"), "Ctrl+-")
        out.clicked.connect(lambda: self._view.zoom(1 / _ZOOM))
        into = self._button("+", _("Zoom in"), "Ctrl++", "Ctrl+=")
        into.clicked.connect(lambda: self._view.zoom(_ZOOM))
        for button in (out, into):
            button.setFixedWidth(34)
        width = self._button(_("Fit width"), _("Pages as wide as the window"), "Ctrl+0")
        width.clicked.connect(lambda: self._view.fit(Fit.WIDTH))
        whole = self._button(_("Whole page"), _("One page at a time"), "Ctrl+9")
        whole.clicked.connect(lambda: self._view.fit(Fit.PAGE))
        return [small, out, self._scale, into, width, whole]

    def _searching(self) -> list[QWidget]:
        self._text = QLineEdit()
        self._text.setPlaceholderText(_("Search in the document"))
        self._text.setAccessibleName(_("Search in the document"))
        self._text.setClearButtonEnabled(True)
        self._text.setMinimumWidth(180)
        self._text.textChanged.connect(self.search_for)
        self._text.returnPressed.connect(lambda: self.step(1))
        self._count = QLabel()
        self._count.setMinimumWidth(52)
        before = self._button("▲", _("Previous match"), "Shift+F3")
        before.clicked.connect(lambda: self.step(-1))
        after = self._button("▼", _("Next match"), "F3")
        after.clicked.connect(lambda: self.step(1))
        for button in (before, after):
            button.setFixedWidth(34)
        QShortcut(QKeySequence.StandardKey.Find, self.window(), self._text.setFocus)
        return [self._text, self._count, before, after]

    def show_pages(self, count: int) -> None:
        """Take the number of pages of another document and search it again."""
        self._page.setValidator(QIntValidator(1, max(count, 1), self._page))
        self._of.setText(_("of {pages}").format(pages=count))
        self.search_for(self._text.text())

    def _show_page(self, page: int) -> None:
        self._page.setText(str(page))

    def _go(self) -> None:
        """Go to the page entered, unless it is the one that is read."""
        page = int(self._page.text())
        if page != self._view.current_page():
            self._view.go_to(page)

    def search_for(self, text: str) -> None:
        """Look for a text; the first place at or behind the page that is read is shown."""
        self._shown = None
        self._view.show_match(None)
        self._search.begin(text.strip())

    def _show_found(self) -> None:
        """Show the first place as soon as there is one; count them as they are found."""
        if self._shown is None and self._search.places:
            here = self._view.current_page() - 1
            behind = (place for place in self._search.places if place.page >= here)
            self._show(next(behind, self._search.places[0]))
            return
        self._count_places()

    def _show(self, place: Match) -> None:
        self._shown = place
        self._view.show_match(place)
        self._count_places()

    def _count_places(self) -> None:
        places, more = self._search.places, "…" if self._search.is_busy() else ""
        if self._shown is not None:
            self._count.setText(f"{places.index(self._shown) + 1}/{len(places)}{more}")
        elif not self._text.text().strip():
            self._count.clear()
        else:
            self._count.setText(more or _("not found"))

    def step(self, by: int) -> None:
        """Show the next place, or the one before."""
        places = self._search.places
        if self._shown is not None:
            self._show(places[(places.index(self._shown) + by) % len(places)])

    def matches(self) -> int:
        """Return how often the searched text was found until now."""
        return len(self._search.places)
