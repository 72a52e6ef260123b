"""What every chart has to hold: the same page each time, and no text beyond the figure."""

import io

from matplotlib.figure import Figure
from matplotlib.text import Text
from reportlab.pdfgen.canvas import Canvas

from app.reports.chart_style import as_png
from app.reports.fonts import register_fonts
from app.reports.vector import FigureOnPage


def page_of(figure: Figure) -> bytes:
    """Return the operators of a page that holds the figure."""
    register_fonts()
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0, invariant=1)
    FigureOnPage(figure).drawOn(canvas, 50, 300)
    canvas.save()
    return stream.getvalue()


def assert_same_page(first: Figure, second: Figure) -> None:
    """Hold two drawings of a chart against each other; they have lines and text, no pixels."""
    page = page_of(first)
    assert page == page_of(second)
    assert b"/Subtype /Image" not in page


def assert_unclipped(figure: Figure) -> None:
    """Look for text beyond the figure."""
    as_png(figure, dots_per_inch=figure.dpi)
    size, unseen = figure.bbox, _off_scale(figure)
    for text in figure.findobj(Text):
        if not text.get_text() or not text.get_visible() or text in unseen:
            continue
        box = text.get_window_extent()
        assert box.x0 >= -2, text.get_text()
        assert box.x1 <= size.x1 + 2, text.get_text()
        assert box.y0 >= -2, text.get_text()
        assert box.y1 <= size.y1 + 2, text.get_text()


def _off_scale(figure: Figure) -> list[Text]:
    """Labels of ticks beyond the ends of a scale; matplotlib keeps them and draws none."""
    found = []
    for axes in figure.axes:
        for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if not min(low, high) <= tick.get_loc() <= max(low, high):
                    found += [tick.label1, tick.label2]
    return found
