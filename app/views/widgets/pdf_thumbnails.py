"""Small pictures of the pages of a PDF, drawn when they come into sight."""

from typing import Any

import pypdfium2
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView, QWidget

from app.i18n import _

WIDTH = 96
_ROOM = 28
"""Pixels for the number of the page and the gap."""

Index = QModelIndex | QPersistentModelIndex


def page_image(page: pypdfium2.PdfPage, scale: float) -> QImage:
    """Return the picture of a page, `scale` pixels to a point."""
    drawn = page.render(scale=scale, rev_byteorder=True)
    raw = QImage(
        bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888
    )
    return raw.copy()


class _Pages(QAbstractListModel):
    """One line a page; its picture is drawn when the view asks for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._document: pypdfium2.PdfDocument | None = None
        self._pictures: dict[int, QIcon] = {}

    def show(self, document: pypdfium2.PdfDocument) -> None:
        self.beginResetModel()
        self._document = document
        self._pictures = {}
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        return 0 if self._document is None else len(self._document)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return str(number + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Page {page}").format(page=number + 1)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(number)
        return None

    def _picture(self, number: int) -> QIcon:
        found = self._pictures.get(number)
        if found is None:
            assert self._document is not None  # noqa: S101 - only then are there lines
            page = self._document[number]
            drawn = QPixmap.fromImage(page_image(page, WIDTH / page.get_width()))
            found = QIcon(drawn)
            found.addPixmap(drawn, QIcon.Mode.Selected)  # as it is, not tinted
            self._pictures[number] = found
        return found


class PdfThumbnails(QListView):
    """The pages of a document at the side; a click goes to one.

    Signals:
        page_wanted(int): the page clicked or moved to, from 1.
    """

    page_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pdf.thumbnails")
        self.setAccessibleName(_("Pages of the document"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setIconSize(QSize(WIDTH, round(WIDTH * 297 / 210)))
        self.setGridSize(QSize(WIDTH + 24, round(WIDTH * 297 / 210) + _ROOM))
        self.setFixedWidth(WIDTH + 52)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Pages(self)
        self.setModel(self._model)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_document(self, document: pypdfium2.PdfDocument) -> None:
        """Show the pages of a document."""
        self._model.show(document)

    def mark(self, page: int) -> None:
        """Mark the page that is read, from 1, without going there."""
        index = self._model.index(page - 1)
        if index.isValid() and index != self.currentIndex():
            with QSignalBlocker(self.selectionModel()):
                self.setCurrentIndex(index)
            self.scrollTo(index)
            self.viewport().update()

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.page_wanted.emit(index.row() + 1)
