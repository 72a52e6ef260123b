"""The pages of a PDF under each other, drawn by pdfium when they come into view."""

from dataclasses import dataclass

import pypdfium2
from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.views.widgets.pdf_scale import Scale, bounding_area

FOUND = QColor(255, 196, 0, 110)
GAP = 10


@dataclass(frozen=True)
class Match:
    """A place where the searched text stands: page from 0, and its rectangle in points."""

    page: int
    area: QRectF


class _Page(QWidget):
    """One page; keeps its picture for the size it was last drawn at."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        super().__init__()
        self._page = page
        self._points = QSizeF(*page.get_size())
        self._image = QImage()
        self.match: QRectF | None = None

    @property
    def points(self) -> QSizeF:
        """Size of the page in points."""
        return self._points

    def places(self, text: str) -> list[QRectF]:
        """Return the rectangles, in points from the top left, where a text stands."""
        words = self._page.get_textpage()
        searcher = words.search(text)
        found = []
        while (place := searcher.get_next()) is not None:
            index, count = place
            boxes = [words.get_charbox(at) for at in range(index, index + count)]
            found.append(bounding_area(boxes, self._points.height()))
        return found

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
    """

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: pypdfium2.PdfDocument | None = None
        self._pages: list[_Page] = []
        self._scale = Scale()
        self._fit = True
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

    def fit_width(self) -> None:
        """Show pages as wide as the window."""
        self._fit = True
        self._resize_pages()

    def zoom(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        self._fit = False
        self._scale = self._scale.times(factor)
        self._resize_pages()

    def _resize_pages(self) -> None:
        if not self._pages:
            return
        if self._fit:
            self._scale = Scale.to_fit(self.viewport().size(), self._pages[0].points)
        for page in self._pages:
            page.set_scale(self._scale)
        body = self.widget()
        if body is not None:
            body.adjustSize()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep fitting the width."""
        super().resizeEvent(event)
        if self._fit:
            self._resize_pages()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer room for a page."""
        return QSize(760, 700)

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

    def matches(self, text: str) -> list[Match]:
        """Return the places where a text stands, whatever its case."""
        return [
            Match(number, area)
            for number, page in enumerate(self._pages)
            for area in (page.places(text) if text else [])
        ]

    def show_match(self, match: Match | None) -> None:
        """Mark a place and bring it into view; None takes the mark away."""
        for number, page in enumerate(self._pages):
            page.match = match.area if match is not None and match.page == number else None
            page.update()
        if match is not None:
            page = self._pages[match.page]
            centre = page.pos() + self._scale.area(match.area).center().toPoint()
            self.ensureVisible(centre.x(), centre.y(), 80, 120)
