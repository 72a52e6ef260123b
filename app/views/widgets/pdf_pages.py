"""The pages of a PDF under each other, drawn by pdfium when they come into view."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import pypdfium2
from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.views.widgets.pdf_scale import Scale, bounding_area

FOUND = QColor(255, 196, 0, 110)
GAP = 10


class Fit(Enum):
    """What of a page fills the window."""

    WIDTH = "width"
    PAGE = "page"


@dataclass(frozen=True, order=True)
class Match:
    """A place where the searched text stands: page from 0, its first sign there, how many signs."""

    page: int
    first: int
    count: int


class _Page(QWidget):
    """One page; keeps its picture for the size it was last drawn at."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        super().__init__()
        self._page = page
        self._points = QSizeF(*page.get_size())
        self._image = QImage()
        self._words: pypdfium2.PdfTextPage | None = None
        self.match: QRectF | None = None

    @property
    def points(self) -> QSizeF:
        """Size of the page in points."""
        return self._points

    @property
    def words(self) -> pypdfium2.PdfTextPage:
        """The text of the page, read when it is first searched."""
        if self._words is None:
            self._words = self._page.get_textpage()
        return self._words

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where a text stands: its first sign and how many signs."""
        searcher = self.words.search(text)
        found = []
        while (place := searcher.get_next()) is not None:
            found.append(place)
        return found

    def area(self, match: Match) -> QRectF:
        """Return the rectangle of a place, in points from the top left."""
        signs = range(match.first, match.first + match.count)
        boxes = [self.words.get_charbox(sign) for sign in signs]
        return bounding_area(boxes, self._points.height())

    def set_scale(self, scale: Scale) -> None:
        """Take another size."""
        self._scale = scale
        self.setFixedSize(scale.page(self._points))
        self._image = QImage()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the page, and the match when it is on this page."""
        ratio = self.devicePixelRatioF()
        if self._image.isNull():
            drawn = self._page.render(scale=self._scale.factor * ratio, rev_byteorder=True)
            width, height, stride = drawn.width, drawn.height, drawn.stride
            format_ = QImage.Format.Format_RGB888
            raw = QImage(bytes(drawn.buffer), width, height, stride, format_)
            self._image = raw.copy()
            self._image.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.drawImage(0, 0, self._image)
        if self.match is not None:
            painter.fillRect(self._scale.area(self.match), FOUND)


class PdfPages(QScrollArea):
    """All pages of a document, scrolled, zoomed and searched.

    Signals:
        page_changed(int): the page at the top, from 1.
        scale_changed(float): pixels for a point.
    """

    page_changed = Signal(int)
    scale_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pdfPages")
        self._document: pypdfium2.PdfDocument | None = None
        self._pages: list[_Page] = []
        self._scale = Scale()
        self._fit: Fit | None = Fit.WIDTH
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def load(self, data: bytes) -> None:
        """Show a document."""
        self._document = pypdfium2.PdfDocument(data)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setSpacing(GAP)
        self._pages = []
        for number in range(len(self._document)):
            page = _Page(self._document[number])
            layout.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            self._pages.append(page)
        self.setWidget(body)
        self._resize_pages()
        self._tell_page()

    def page_count(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    def fit(self, kind: Fit) -> None:
        """Show pages as wide as the window, or whole."""
        self._keep_place(lambda: setattr(self, "_fit", kind))

    def zoom(self, factor: float) -> None:
        """Make the pages larger or smaller."""

        def scale() -> None:
            self._fit = None
            self._scale = self._scale.times(factor)

        self._keep_place(scale)

    def _keep_place(self, change: Callable[[], object]) -> None:
        """Change the size of the pages; what stands at the top stays there."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(self._height(), 1)
        change()
        self._resize_pages()
        bar.setValue(round(share * self._height()))
        self._tell_page()

    def _height(self) -> int:
        body = self.widget()
        return body.height() if body is not None else 0

    def _resize_pages(self) -> None:
        if not self._pages:
            return
        room, points = self.viewport().size(), self._pages[0].points
        if self._fit is Fit.WIDTH:
            self._scale = Scale.to_fit(room, points)
        elif self._fit is Fit.PAGE:
            self._scale = Scale.to_hold(room, points)
        for page in self._pages:
            page.set_scale(self._scale)
        body = self.widget()
        if body is not None:
            body.adjustSize()
        self.scale_changed.emit(self._scale.factor)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep fitting the width, at the place that is read."""
        if self._fit is None:
            super().resizeEvent(event)
        else:
            self._keep_place(lambda: super(PdfPages, self).resizeEvent(event))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer room for a page."""
        return QSize(760, 700)

    def go_to(self, page: int) -> None:
        """Bring a page, from 1, to the top."""
        if 1 <= page <= len(self._pages):
            self.verticalScrollBar().setValue(self._pages[page - 1].y())

    @property
    def document(self) -> pypdfium2.PdfDocument:
        """The document shown."""
        assert self._document is not None  # noqa: S101 - asked for once something is shown
        return self._document

    def current_page(self) -> int:
        """Return the page at the top, from 1."""
        top = self.verticalScrollBar().value()
        below = [n for n, page in enumerate(self._pages) if page.geometry().bottom() > top]
        return below[0] + 1 if below else 1

    @Slot(int)
    def _scrolled(self, _value: int) -> None:
        self._tell_page()

    def _tell_page(self) -> None:
        self.page_changed.emit(self.current_page())

    def matches_on(self, page: int, text: str) -> list[Match]:
        """Return the places of a page, from 0, where a text stands, whatever its case."""
        return [Match(page, first, count) for first, count in self._pages[page].places(text)]

    def show_match(self, match: Match | None) -> None:
        """Mark a place and bring it into view; None takes the mark away."""
        for number, page in enumerate(self._pages):
            here = match is not None and match.page == number
            page.match = page.area(match) if match is not None and here else None
            page.update()
        if match is not None:
            page = self._pages[match.page]
            if page.match is not None:
                centre = page.pos() + self._scale.area(page.match).center().toPoint()
                self.ensureVisible(centre.x(), centre.y(), 80, 120)
