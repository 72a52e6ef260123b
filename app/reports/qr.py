"""The code on a first page that leads back to the version of the case."""

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.reports.fonts import CHINESE
from app.reports.strokes import Strokes
from app.reports.styles import GREY, INK

SIDE = 50.0
"""Points of the side of the code; its light border is the white of the page around it."""

_SIZE = 6.6
_BENEATH = 9.0
_MASK = 3
"""The pattern laid over the squares. Every reader knows all eight; to try which of them looks best
takes eight times as long."""


def scanned(number: str, code: str) -> str:
    """Return what a reader of the code gets: number of the document and code of the case."""
    return f"BLUECARBON:{number}:{code}"


class ScanCode(Flowable):
    """A QR code as squares of a path, the code of the case in letters beneath it."""

    def __init__(self, number: str, code: str) -> None:
        super().__init__()
        self._text, self._code = scanned(number, code), code
        self.width, self.height = SIDE, SIDE + _BENEATH
        self.hAlign = "RIGHT"

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the code with its line of letters."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the dark squares of each row, those beside each other as one."""
        page: Canvas = self.canv
        rows = _squares(self._text)
        drawn = Strokes()
        for number, row in enumerate(rows, start=1):
            for first, count in _runs(row):
                drawn.squares(first, -number, count)
        page.saveState()
        page.translate(0, self.height)
        page.scale(SIDE / len(rows), SIDE / len(rows))
        page.setFillColor(INK)
        page.drawPath(drawn, stroke=0, fill=1)
        page.restoreState()
        page.setFillColor(GREY)
        page.setFont(CHINESE, _SIZE)
        page.drawRightString(self.width, 0.8, self._code)


def _squares(text: str) -> list[list[bool]]:
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()  # type: ignore[no-untyped-call]
    code.makeImpl(False, _MASK)
    return [[bool(dark) for dark in row] for row in code.modules]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """First place and length of each run of dark squares."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
