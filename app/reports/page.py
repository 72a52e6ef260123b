"""What stands on every page: header, footer with page x of y, and the watermark of a draft."""

from collections.abc import Callable
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.reports.document import Document
from app.reports.fonts import CHINESE
from app.reports.styles import BOTTOM, GREY, LINE, MARGIN, SEA, TOP, WATERMARK

WIDTH, HEIGHT = A4


def _watermark(canvas: Canvas, lines: tuple[str, ...]) -> None:
    canvas.saveState()
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(WATERMARK)
    for index, line in enumerate(lines):
        canvas.setFont(f"{CHINESE}-Bold", 92 if index == 0 else 60)
        canvas.drawCentredString(0, 10 - 84 * index, line)
    canvas.restoreState()


def page_decoration(document: Document) -> Callable[[Canvas, Any], None]:
    """Return the function that draws header, footer and watermark beneath the text."""

    def decorate(canvas: Canvas, _template: Any) -> None:
        if document.watermark:
            _watermark(canvas, document.watermark)
        canvas.saveState()
        canvas.setFont(CHINESE, 7.2)
        canvas.setFillColor(GREY)
        top = HEIGHT - TOP + 16
        canvas.drawString(MARGIN, top, document.header[0])
        canvas.drawRightString(WIDTH - MARGIN, top, document.header[1])
        canvas.setStrokeColor(SEA)
        canvas.setLineWidth(0.9)
        canvas.line(MARGIN, top - 5, WIDTH - MARGIN, top - 5)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, BOTTOM - 6, WIDTH - MARGIN, BOTTOM - 6)
        for index, line in enumerate(document.footer):
            canvas.drawString(MARGIN, BOTTOM - 16 - 9 * index, line)
        canvas.restoreState()

    return decorate


def numbering(document: Document) -> type[Canvas]:
    """Return a canvas that writes page x of y once the number of pages is known."""

    class NumberedCanvas(Canvas):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            total = len(self._pages)
            for number, state in enumerate(self._pages, start=1):
                self.__dict__.update(state)
                self.setFont(CHINESE, 7.2)
                self.setFillColor(GREY)
                label = document.page_label.format(page=number, pages=total)
                self.drawRightString(WIDTH - MARGIN, BOTTOM - 16, label)
                super().showPage()
            super().save()

    return NumberedCanvas
