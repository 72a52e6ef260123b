"""Draws a matplotlib figure straight onto a page: paths and text, never pixels."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Transform
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.reports.chart_style import LOCK
from app.reports.fonts import CHINESE, checked
from app.reports.strokes import Strokes

POINTS_PER_INCH = 72

_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_OPAQUE = 1.0
_HEIGHT, _DEPTH = 1.0, 0.2
"""Height of a line of text and its part below the baseline, in sizes of the face."""


class _PageRenderer(RendererBase):
    """Writes what matplotlib draws as operators of a page; lengths are points."""

    def __init__(self, width: float, height: float, page: Canvas) -> None:
        super().__init__()
        self._size = (width, height)
        self._page = page

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the figure."""
        return self._size

    def flipy(self) -> bool:
        """Say that heights grow upwards."""
        return False

    def points_to_pixels(self, points: Any) -> Any:
        """Return points as they are."""
        return points

    def get_text_width_height_descent(
        self,
        s: str,
        prop: FontProperties,
        ismath: Any,
    ) -> tuple[float, float, float]:
        """Measure a line of text in the face it is drawn in."""
        size = prop.get_size_in_points()
        return stringWidth(s, CHINESE, size), _HEIGHT * size, _DEPTH * size

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Fill and stroke a path."""
        page = self._page
        stroke = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        fill = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0)
        if not stroke and not fill:
            return
        page.saveState()
        self._clip(page, gc)
        if stroke:
            self._pen(page, gc)
        if fill:
            alpha = gc.get_alpha() if gc.get_forced_alpha() else (*rgbFace, _OPAQUE)[3]
            page.setFillColorRGB(*_on_paper(rgbFace, alpha))
        drawn = Strokes()
        for name, points in _operators(path, transform):
            getattr(drawn, name)(*points)
        page.drawPath(drawn, stroke=int(stroke), fill=int(fill))
        page.restoreState()

    def _pen(self, page: Canvas, gc: GraphicsContextBase) -> None:
        page.setLineWidth(gc.get_linewidth())
        page.setLineCap(_CAPS[gc.get_capstyle()])
        page.setLineJoin(_JOINS[gc.get_joinstyle()])
        page.setStrokeColorRGB(*_on_paper(gc.get_rgb(), gc.get_rgb()[3]))
        dashing: Any = gc.get_dashes()
        offset, dashes = dashing
        if dashes is not None:
            page.setDash([float(length) for length in dashes], float(offset or 0.0))

    def _clip(self, page: Canvas, gc: GraphicsContextBase) -> None:
        frame = gc.get_clip_rectangle()
        if frame is not None:
            left, low, wide, high = frame.bounds
            clip = page.beginPath()
            clip.rect(left, low, wide, high)
            page.clipPath(clip, stroke=0, fill=0)

    def draw_text(  # noqa: PLR0917 - matplotlib's signature
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Write a line of text in the face of the documents."""
        page = self._page
        page.saveState()
        page.translate(x, y)
        page.rotate(angle)
        page.setFillColorRGB(*gc.get_rgb()[:3])
        page.setFont(CHINESE, prop.get_size_in_points())
        page.drawString(0, 0, checked(s))
        page.restoreState()

    def draw_image(self, *_args: Any) -> None:
        """Refuse pixels: a chart of a document is made of lines.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("charts of documents hold no pixels")


def _on_paper(colour: Sequence[float], alpha: float) -> tuple[float, ...]:
    """A colour as it looks on white paper: a page to keep and to print has nothing see-through."""
    return tuple(_OPAQUE - alpha * (_OPAQUE - part) for part in colour[:3])


def _operators(path: Path, transform: Transform) -> Iterator[tuple[str, Sequence[float]]]:
    """Yield the segments of a path as names and numbers of reportlab."""
    x, y = 0.0, 0.0
    for points, code in path.iter_segments(transform, simplify=False):
        ends = [float(value) for value in points]
        if code == Path.MOVETO:
            yield "moveTo", ends
        elif code == Path.LINETO:
            yield "lineTo", ends
        elif code == Path.CURVE3:
            one, two, end_x, end_y = ends
            yield "curveTo", (x + (one - x) * 2 / 3, y + (two - y) * 2 / 3,
                              end_x + (one - end_x) * 2 / 3, end_y + (two - end_y) * 2 / 3,
                              end_x, end_y)  # fmt: skip
        elif code == Path.CURVE4:
            yield "curveTo", ends
        elif code == Path.CLOSEPOLY:
            yield "close", ()
            continue
        x, y = ends[-2:]


class _PageCanvas(FigureCanvasBase):
    """Lets the layout of a figure measure with the renderer that draws it."""

    def __init__(self, figure: Figure, renderer: RendererBase) -> None:
        super().__init__(figure)
        self._renderer = renderer

    def get_renderer(self) -> RendererBase:
        """Return the one renderer, so that what was measured is remembered."""
        return self._renderer


class FigureOnPage(Flowable):
    """A figure as a drawing on the page, in the size it was made for."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._figure = figure
        wide, high = figure.get_size_inches() * POINTS_PER_INCH
        self.width, self.height = math.floor(float(wide) * 1000) / 1000, float(high)
        self.hAlign = "LEFT"

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the figure."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the figure with its lower left corner at the origin."""
        with LOCK:
            self._figure.set_dpi(POINTS_PER_INCH)
            self._figure.patch.set_visible(False)
            for axes in self._figure.axes:
                axes.patch.set_visible(False)
            renderer = _PageRenderer(self.width, self.height, self.canv)
            _PageCanvas(self._figure, renderer)
            self._figure.draw(renderer)
