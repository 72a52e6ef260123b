"""The charts of the product, as matplotlib figures: the same on paper and on screen."""

import io
from functools import cache
from threading import RLock
from typing import Any

from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FuncFormatter, MaxNLocator
from reportlab.graphics.shapes import Drawing
from svglib.svglib import svg2rlg

from app.finance.engine import Results
from app.i18n import Translator
from app.paths import resources

INK = "#22333B"
SEA = "#0B6E75"
PALE = "#A9D3D1"
LOCK = RLock()
"""Held while matplotlib works: window and documents draw in different threads."""

_RC: Any = {"svg.fonttype": "path", "svg.hashsalt": "blue-carbon-desk", "axes.unicode_minus": False}


@cache
def _family() -> str:
    for name in ("BlueCarbonSansSC-E-Regular.ttf", "BlueCarbonSansSC-E-Bold.ttf"):
        fontManager.addfont(resources() / "fonts" / name)
    return "BlueCarbon Sans SC"


def _thousands(value: float, _position: int) -> str:
    return f"{value:,.6g}".replace("-", "−")


def cash_flow_figure(
    results: Results, trs: tuple[Translator, ...], *, width_inch: float, height_inch: float
) -> Figure:
    """Draw credits sold (bars) and net cash flow (line) of each year of the horizon.

    Labels are in the languages of `trs`, one under the other.
    """
    with LOCK:
        return _cash_flow_figure(results, trs, width_inch, height_inch)


def _cash_flow_figure(
    results: Results, trs: tuple[Translator, ...], width_inch: float, height_inch: float
) -> Figure:
    family = _family()
    rows = results.values.cash_flow
    figure = Figure(figsize=(width_inch, height_inch), layout="constrained")
    bars = figure.add_subplot()
    line = bars.twinx()
    years = [row.calendar_year for row in rows]
    credit_label = "\n".join(tr("Credits sold (tCO₂e)") for tr in trs)
    flow_label = "\n".join(tr("Net cash flow (10,000 yuan)") for tr in trs)
    bars.bar(
        years,
        [row.credits_sold_tco2e for row in rows],
        width=0.7 if len(rows) > 1 else 0.3,
        color=PALE,
        edgecolor=SEA,
        linewidth=0.6,
        label=credit_label,
    )
    line.plot(
        years,
        [row.net_yuan / 10_000 for row in rows],
        color=INK,
        marker="o",
        markersize=3,
        linewidth=1.2,
        label=flow_label,
    )
    line.axhline(0, color=INK, linewidth=0.4, linestyle=(0, (4, 3)))
    for axes, label in ((bars, credit_label), (line, flow_label)):
        axes.set_ylabel(label, fontfamily=family, fontsize=7.5, color=INK)
        axes.yaxis.set_major_formatter(FuncFormatter(_thousands))
        axes.tick_params(labelsize=7, labelfontfamily=family, colors=INK, width=0.5)
        axes.spines["top"].set_visible(False)
        for spine in axes.spines.values():
            spine.set_linewidth(0.5)
    if all(row.net_yuan >= 0 for row in rows):
        line.set_ylim(bottom=0)
    if not any(row.credits_sold_tco2e for row in rows):
        bars.set_ylim(0, 1)
    if years:
        bars.set_xlim(min(years) - 0.8, max(years) + 0.8)
    bars.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12, min_n_ticks=1))
    bars.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    return figure


def as_drawing(figure: Figure) -> Drawing:
    """Turn a figure into a vector drawing for the PDF; the same figure gives the same bytes."""
    from matplotlib import rc_context  # noqa: PLC0415 - only documents need it

    stream = io.BytesIO()
    with LOCK, rc_context(_RC):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    stream.seek(0)
    drawing = svg2rlg(stream)
    if drawing is None:
        raise RuntimeError("the chart could not be read back")
    return drawing


def as_png(figure: Figure, *, dots_per_inch: float) -> bytes:
    """Draw a figure for the screen."""
    stream = io.BytesIO()
    with LOCK:
        figure.savefig(stream, format="png", dpi=dots_per_inch)
    return stream.getvalue()


def inches(pixels: int) -> float:
    """Length of screen pixels at 96 to the inch."""
    return pixels / 96.0
