"""Prints a PDF on a printer, page by page, as pictures of the printer's resolution."""

from collections.abc import Iterator

import pypdfium2
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.views.widgets.pdf_thumbnails import page_image

_KEEP = Qt.AspectRatioMode.KeepAspectRatio
DOTS = 300
"""Dots to the inch that are enough for text; a finer printer is given these."""


def printer_for(title: str) -> QPrinter:
    """Return a printer set for A4 pages with the document's own margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setResolution(min(printer.resolution(), DOTS))
    return printer


def print_dialog(printer: QPrinter, pages: int, parent: QWidget) -> QPrintDialog:
    """Return the dialog of the system, with the choice of pages."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print the document"))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    return dialog


def print_pages(document: pypdfium2.PdfDocument, printer: QPrinter) -> Iterator[int]:
    """Print the chosen pages one by one and yield how many are sent; none when it cannot begin."""
    chosen = printer.printRange() == QPrinter.PrintRange.PageRange
    first = printer.fromPage() if chosen else 1
    last = printer.toPage() if chosen else len(document)
    painter = QPainter()
    if not painter.begin(printer):
        return
    try:
        pages = range(max(first, 1), min(last, len(document)) + 1)
        for count, number in enumerate(pages, start=1):
            if count > 1 and not printer.newPage():
                return
            room = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
            image = page_image(document[number - 1], printer.resolution() / 72)
            size = image.size().toSizeF().scaled(room.size(), _KEEP)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
            yield count
    finally:
        painter.end()
