"""What stands on every page: header, footer with page x of y, and the watermark of a draft."""

from collections.abc import Callable
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.reports.document import Document
from app.reports.fonts import CHINESE
from app.reports.styles import (
    BOTTOM,
    GREY,
    HEIGHT,
    LINE,
    LINE_WIDTH,
    MARGIN,
    SEA,
    TOP,
    WATERMARK,
    WIDTH,
)

_SIZE = 7.0
_STEP = 9.0


def _watermark(canvas: Canvas, lines: tuple[str, ...]) -> None:
    canvas.saveState()
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(WATERMARK)
    for index, line in enumerate(lines):
        canvas.setFont(f"{CHINESE}-Bold", 92 if index == 0 else 60)
        canvas.drawCentredString(0, 10 - 84 * index, line)
    canvas.restoreState()


def fitted(text: str, width: float) -> str:
    """Return `text`, cut with an ellipsis when it is wider than `width` points."""
    if stringWidth(text, CHINESE, _SIZE) <= width:
        return text
    while text and stringWidth(f"{text}…", CHINESE, _SIZE) > width:
        text = text[:-1]
    return f"{text}…"


def page_decoration(document: Document) -> Callable[[Canvas, Any], None]:
    """Return the function that draws header, footer and watermark beneath the text."""
    left = fitted(document.header[0], LINE_WIDTH * 0.7)

    def decorate(canvas: Canvas, _template: Any) -> None:
        if document.watermark:
            _watermark(canvas, document.watermark)
        canvas.saveState()
        canvas.setFont(CHINESE, _SIZE)
        canvas.setFillColor(GREY)
        top = HEIGHT - TOP + 14
        canvas.drawString(MARGIN, top, left)
        canvas.drawRightString(WIDTH - MARGIN, top, document.header[1])
        canvas.setStrokeColor(SEA)
        canvas.setLineWidth(0.9)
        canvas.line(MARGIN, top - 5, WIDTH - MARGIN, top - 5)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, BOTTOM - 6, WIDTH - MARGIN, BOTTOM - 6)
        for index, line in enumerate(document.footer):
            canvas.drawString(MARGIN, BOTTOM - 16 - _STEP * index, line)
        canvas.restoreState()

    return decorate


def numbering(document: Document) -> type[Canvas]:
    """Return a canvas that writes page x of y once the number of pages is known.

    The label of each page is a form that is filled at the end. Replaying the pages instead
    would send every link and every entry of the outline to the first page.
    """

    class NumberedCanvas(Canvas):
        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self.doForm(_label_form(self.getPageNumber()))
            super().showPage()

        def save(self) -> None:
            total = self.getPageNumber() - 1
            for number in range(1, total + 1):
                self.beginForm(_label_form(number), 0, 0, WIDTH, HEIGHT)
                self.setFont(CHINESE, _SIZE)
                self.setFillColor(GREY)
                for index, line in enumerate(document.page_label):
                    label = line.format(page=number, pages=total)
                    self.drawRightString(WIDTH - MARGIN, BOTTOM - 16 - _STEP * index, label)
                self.endForm()
            super().save()

    return NumberedCanvas


def _label_form(number: int) -> str:
    return f"page-{number}"
