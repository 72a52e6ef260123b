"""Paths of a page whose numbers are written at once: reportlab's way takes a third of a chart."""

from collections.abc import Callable

from reportlab.pdfgen.pathobject import PDFPathObject


class Strokes(PDFPathObject):
    """A path in hundredths of a point, finer than any printer."""

    _code_append: Callable[[str], None]

    def moveTo(self, x: float, y: float) -> None:  # noqa: N802 - reportlab's name
        """Begin at a point."""
        self._code_append(f"{x:.2f} {y:.2f} m")

    def lineTo(self, x: float, y: float) -> None:  # noqa: N802 - reportlab's name
        """Go on straight to a point."""
        self._code_append(f"{x:.2f} {y:.2f} l")

    def curveTo(  # noqa: N802, PLR0917 - reportlab's name and signature
        self, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float
    ) -> None:
        """Go on in a curve to the third point."""
        self._code_append(f"{x1:.2f} {y1:.2f} {x2:.2f} {y2:.2f} {x3:.2f} {y3:.2f} c")

    def squares(self, x: int, y: int, count: int) -> None:
        """Add squares of side 1 beside each other."""
        self._code_append(f"{x} {y} {count} 1 re")
