"""What stands on every page: header, footer with page x of y, and the watermark of a draft."""

from collections.abc import Callable
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.reports.archive import FileInfo, archived
from app.reports.contents import fill_pages, heading_key
from app.reports.document import Document
from app.reports.fonts import CHINESE, register_fonts
from app.reports.styles import (
    BOTTOM,
    GREY,
    HEIGHT,
    LINE,
    LINE_WIDTH,
    MARGIN,
    TOP,
    WATERMARK,
    WIDTH,
    Styles,
)

_SIZE = 7.0
_BOLD = f"{CHINESE}-Bold"
_STEP = 9.0
_GAP = 12.0
_FIRST = "first-page"
_PRINTED = 4
"""Flag of an annotation that is printed (ISO 32000-1, 12.5.3)."""


def _watermark(canvas: Canvas, lines: tuple[str, ...]) -> None:
    canvas.saveState()
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(WATERMARK)
    for index, line in enumerate(lines):
        canvas.setFont(_BOLD, 92 if index == 0 else 60)
        canvas.drawCentredString(0, 10 - 84 * index, line)
    canvas.restoreState()


def fitted(text: str, width: float, face: str = CHINESE) -> str:
    """Return `text`, cut with an ellipsis when it is wider than `width` points."""
    if stringWidth(text, face, _SIZE) <= width:
        return text
    while text and stringWidth(f"{text}…", face, _SIZE) > width:
        text = text[:-1]
    return f"{text}…"


def cut(text: str) -> bool:
    """Whether a line above the header does not hold the whole of a text."""
    register_fonts()
    return fitted(text, LINE_WIDTH, _BOLD) != text


def page_decoration(
    document: Document, styles: Styles, *, letterhead: bool
) -> Callable[[Canvas, Any], None]:
    """Return the function that draws header, footer and watermark beneath the text.

    The outline begins with number and code of the case at the first page. The first page does not
    name the house in its header when it has a letterhead.
    """
    number = fitted(document.header[1], LINE_WIDTH * 0.6)
    left = fitted(document.header[0], LINE_WIDTH - _GAP - stringWidth(number, CHINESE, _SIZE))
    secret = [fitted(line, LINE_WIDTH, _BOLD) for line in document.confidentiality.lines if line]
    labels = (line.format(page=999, pages=999) for line in document.page_label)
    room = LINE_WIDTH - _GAP - max(stringWidth(line, CHINESE, _SIZE) for line in labels)
    foot = [fitted(line, room) for line in document.footer]

    code = document.facts.get("code", "")

    def decorate(canvas: Canvas, _template: Any) -> None:
        if code and canvas.getPageNumber() == 1:
            canvas.bookmarkPage(_FIRST)
            canvas.addOutlineEntry(f"{document.header[1]} · {code}", _FIRST, level=0)
        if document.watermark:
            _watermark(canvas, document.watermark)
        canvas.saveState()
        canvas.setFillColor(GREY)
        top = HEIGHT - TOP + 14
        canvas.setFont(_BOLD, _SIZE)
        for index, line in enumerate(reversed(secret)):
            canvas.drawString(MARGIN, top + 10 + _STEP * index, line)
        canvas.setFont(CHINESE, _SIZE)
        if not (letterhead and canvas.getPageNumber() == 1):
            canvas.drawString(MARGIN, top, left)
        canvas.drawRightString(WIDTH - MARGIN, top, number)
        canvas.setStrokeColor(styles.colour)
        canvas.setLineWidth(0.9)
        canvas.line(MARGIN, top - 5, WIDTH - MARGIN, top - 5)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, BOTTOM - 6, WIDTH - MARGIN, BOTTOM - 6)
        for index, line in enumerate(foot):
            canvas.drawString(MARGIN, BOTTOM - 16 - _STEP * index, line)
        canvas.restoreState()

    return decorate


def numbering(document: Document, info: FileInfo) -> type[Canvas]:
    """Return a canvas that writes page x of y once the number of pages is known.

    It makes a file to keep, which says of itself what is in `info`.

    The label of each page is a form that is filled at the end. Replaying the pages instead
    would send every link and every entry of the outline to the first page.
    """

    class NumberedCanvas(Canvas):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            archived(self._doc, info)  # type: ignore[attr-defined]
            self._heading_pages: list[int] = []

        def headed(self) -> str:
            """Note the page of a heading and return the key of its place."""
            self._heading_pages.append(self.getPageNumber())
            return heading_key(len(self._heading_pages) - 1)

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
            fill_pages(self, document, self._heading_pages)
            super().save()

        def _addAnnotation(self, annotation: Any, name: Any = None, addtopage: int = 1) -> None:  # noqa: N802 - reportlab's name
            """Links belong to the printed page too: PDF/A wants the flag that says so."""
            annotation.otherkw["F"] = _PRINTED
            super()._addAnnotation(annotation, name, addtopage)  # type: ignore[misc]

    return NumberedCanvas


def _label_form(number: int) -> str:
    return f"page-{number}"
