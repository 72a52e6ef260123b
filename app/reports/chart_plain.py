"""Bars and a line drawn without the axes of matplotlib, which take most of the time of a chart.

A batch prints hundreds of schedules; here the scales are a few lines and words at places worked
out beforehand, in inches. The look is that of the other charts.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from app.reports.chart_parts import key_height
from app.reports.chart_style import Palette, key_columns, thousands, width_of, words

_SCALE_SIZE = 7.0
_ROOM = 1.08
"""The scales end at so many times the highest amount."""

_KEY_INDENT, _HANDLE, _HALF_HANDLE, _ENTRY = 0.04, 0.17, 0.035, 0.36
_LINE_INCH = 0.145
_BELOW, _ABOVE, _NAME, _TICK, _GAP = 0.38, 0.11, 0.17, 0.035, 0.05
"""Inches: below the field its scale and its name, above it nothing but air, the name of the scale
at the left, the length of a tick, the gap between a tick and its word."""


class PlainField:
    """A field of bars with a scale at the left and a stepped line with one at the right.

    Places across are numbers of one scale; amounts upwards begin at zero.
    """

    def __init__(
        self,
        size_inch: tuple[float, float],
        colours: Palette,
        *,
        key: Sequence[str],
        across: tuple[float, float],
        tops: tuple[float, float],
    ) -> None:
        self.figure = Figure(figsize=size_inch, facecolor=colours.paper)
        self._colours = colours
        self._across = across
        self._tops = tuple((top or 1.0) * _ROOM for top in tops)
        self._ticks = [_ticks(top) for top in self._tops]
        widths = [max(width_of(word) for _tick, word in ticks) for ticks in self._ticks]
        wide, high = size_inch
        self._left = _NAME + widths[0] + _TICK + _GAP
        self._right = wide - widths[1] - _TICK - 2 * _GAP
        self._low = _BELOW
        self._high = high - key_height(key, wide) - _ABOVE
        self._faces: list[str] = []
        self._key = list(key)

    def _x(self, place: float) -> float:
        first, last = self._across
        return self._left + (self._right - self._left) * (place - first) / (last - first)

    def _y(self, amount: float, side: int) -> float:
        return self._low + (self._high - self._low) * amount / self._tops[side]

    def bars(
        self, heights: Sequence[float], starts: Sequence[float], *, width: float, face: str
    ) -> None:
        """Draw a bar at 1, 2, 3 and so on, all of a series as one shape."""
        corners: list[tuple[float, float]] = []
        for place, (height, start) in enumerate(zip(heights, starts, strict=True), start=1):
            if height:
                left, right = self._x(place - width / 2), self._x(place + width / 2)
                low, high = self._y(start, 0), self._y(start + height, 0)
                corners += [(left, low), (left, high), (right, high), (right, low), (left, low)]
        codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * (len(corners) // 5)
        self._faces.append(face)
        if corners:
            self._shape(Path(corners, codes), face=face, edge=self._colours.edge, line=0.5)

    def steps(self, amounts: Sequence[float]) -> None:
        """Draw a line that keeps each amount up to the next place, from place 0 on."""
        spots = [(self._x(place), self._y(amount, 1)) for place, amount in enumerate(amounts)]
        line = [spots[0]]
        for spot in spots[1:]:
            line += [(spot[0], line[-1][1]), spot]
        self._line(line, 1.2)
        self._line(spots, 0.0, marker=True)

    def scales(self, names: Sequence[tuple[int, str]], *, below: str, beside: str) -> None:
        """Draw frame, ticks and words of the scales, and the key above the field."""
        strokes = [
            [(self._left, self._high), (self._left, self._low), (self._right, self._low),
             (self._right, self._high)],
        ]  # fmt: skip
        for side, (edge, out) in enumerate(((self._left, -1), (self._right, 1))):
            for tick, word in self._ticks[side]:
                y = self._y(tick, side)
                strokes.append([(edge, y), (edge + out * _TICK, y)])
                self._word(edge + out * (_TICK + _GAP), y, word, "right" if out < 0 else "left")
        for place, word in names:
            x = self._x(place)
            strokes.append([(x, self._low), (x, self._low - _TICK)])
            self._word(x, self._low - 0.11, word, "center")
        path = Path.make_compound_path(*(Path(stroke) for stroke in strokes))
        self._shape(path, face="none", edge=self._colours.ink, line=0.5)
        middle = (self._left + self._right) / 2
        self._word(middle, 0.1, below, "center", size=None)
        self._word(0.09, (self._low + self._high) / 2, beside, "center", size=None, turned=True)
        self._put_key()

    def _put_key(self) -> None:
        """Write what each series is, in columns that entries run down; the line comes last."""
        wide, high = (float(length) for length in self.figure.get_size_inches())
        columns = key_columns(self._key, wide)
        lines = -(-len(self._key) // columns)
        x = _KEY_INDENT
        for first in range(0, len(self._key), lines):
            labels = self._key[first : first + lines]
            for row, label in enumerate(labels):
                self._entry(first + row, (x, high - (row + 0.5) * _LINE_INCH), label)
            x += max(map(width_of, labels)) + _ENTRY

    def _entry(self, number: int, place: tuple[float, float], label: str) -> None:
        x, y = place
        if number < len(self._faces):
            box = [
                (x, y - 0.035),
                (x, y + 0.035),
                (x + _HANDLE, y + 0.035),
                (x + _HANDLE, y - 0.035),
            ]
            path = Path([*box, box[0]], [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY])
            self._shape(path, face=self._faces[number], edge=self._colours.edge, line=0.5)
        else:
            self._line([(x, y), (x + _HANDLE, y)], 1.2)
            self._line([(x + _HANDLE / 2, y)], 0.0, marker=True)
        self._word(x + _HANDLE + _GAP, y, label, "left", size=None)

    def _shape(self, path: Path, *, face: str, edge: str, line: float) -> None:
        patch = PathPatch(path, facecolor=face, edgecolor=edge, linewidth=line)
        patch.set_transform(self.figure.dpi_scale_trans)
        self.figure.add_artist(patch)

    def _line(
        self, spots: Sequence[tuple[float, float]], width: float, *, marker: bool = False
    ) -> None:
        line = Line2D(
            [x for x, _y in spots],
            [y for _x, y in spots],
            color=self._colours.ink,
            linewidth=width,
            linestyle="none" if marker else "solid",
            marker="o" if marker else "none",
            markersize=2.6,
            transform=self.figure.dpi_scale_trans,
        )
        self.figure.add_artist(line)

    def _word(
        self,
        x: float,
        y: float,
        word: str,
        to: str,
        *,
        size: float | None = _SCALE_SIZE,
        turned: bool = False,
    ) -> None:
        face = words() if size is None else words(size)
        text = Text(
            x, y, word,
            fontproperties=face, color=self._colours.ink, ha=to, va="center",
            rotation=90 if turned else 0, transform=self.figure.dpi_scale_trans,
        )  # fmt: skip
        self.figure.add_artist(text)


def _ticks(top: float) -> list[tuple[float, str]]:
    """Return the places of a scale from zero to `top`, with their words."""
    found = MaxNLocator(nbins=5).tick_values(0.0, top)
    return [(tick, thousands(tick, 0)) for tick in map(float, found) if 0 <= tick <= top]
