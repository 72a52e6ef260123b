"""The table of contents: the headings of a document, each with its page and a link to it.

The page of a heading is known only after it is drawn. So its place in the table is a form that
the canvas fills at the end, as it does with the number of pages: the document is built once.
"""

from collections.abc import Iterator, Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from app.reports.document import Contents, Document, Heading, Text
from app.reports.fonts import CHINESE
from app.reports.pen import Pen
from app.reports.styles import LINE, LINE_WIDTH

PAGE_ROOM = 30
"""Points kept free for the number of a page."""

_SIZE = 7.4
_BELOW = 2.4


def headings(document: Document) -> tuple[Text, ...]:
    """Return the headings of the first level, in the order in which they are drawn."""
    return tuple(b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1)


def heading_key(number: int) -> str:
    """Return the name of the place of a heading, counted from 0."""
    return f"heading-{number}"


def page_form(number: int) -> str:
    """Return the name of the form that holds the page of a heading, counted from 0."""
    return f"heading-page-{number}"


class _Entry(Flowable):
    """One heading, its page at the right of a hairline."""

    def __init__(self, number: int, text: Paragraph) -> None:
        super().__init__()
        self._number, self._text = number, text

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Return the size: the text beside the room for the number."""
        _width, height = self._text.wrap(LINE_WIDTH - PAGE_ROOM, availHeight)
        self.width, self.height = availWidth, height + _BELOW
        return self.width, self.height

    def draw(self) -> None:
        """Draw text, hairline and the form of the page; all of it is a link."""
        canvas = self.canv
        self._text.drawOn(canvas, 0, _BELOW)
        canvas.saveState()
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.25)
        canvas.line(0, 0, LINE_WIDTH, 0)
        canvas.translate(LINE_WIDTH - PAGE_ROOM, _BELOW + 2)
        canvas.doForm(page_form(self._number))
        canvas.restoreState()
        box = (0, 0, LINE_WIDTH, self.height)
        canvas.linkRect("", heading_key(self._number), box, relative=1, thickness=0)


def fill_pages(canvas: Canvas, document: Document, pages: Sequence[int]) -> None:
    """Write the page of each heading into the table of contents, where there is one."""
    if not any(isinstance(block, Contents) for block in document.blocks):
        return
    for number, page in enumerate(pages):
        canvas.beginForm(page_form(number), 0, -10, PAGE_ROOM, 20)
        canvas.setFont(CHINESE, _SIZE)
        canvas.drawRightString(PAGE_ROOM, 0, str(page))
        canvas.endForm()


def entries(pen: Pen) -> Iterator[Flowable]:
    """One line for each heading of the document."""
    for number, text in enumerate(headings(pen.document)):
        yield _Entry(number, pen.paragraph(pen.beside(text), pen.styles.cell))
