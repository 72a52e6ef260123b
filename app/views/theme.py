"""Fonts, colours and icons of the window."""

import re
from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from app.paths import resources

ON_RAIL = "#BFD8DA"
_SIZES = re.compile(r"font-size: (\d+)px")
FAMILIES = ("BlueCarbon Sans SC", "BlueCarbon Sans")


@cache
def _load_fonts() -> None:
    for name in ("BlueCarbonSansSC-E-Regular.ttf", "BlueCarbonSansSC-E-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))


def apply_theme(application: QApplication, points: int) -> None:
    """Load the shipped fonts and the style sheet."""
    _load_fonts()
    set_text_size(application, points)


def set_text_size(application: QApplication, points: int) -> None:
    """Set the size of all text."""
    application.setFont(QFont(FAMILIES[0], points))
    sheet = _sheet("style.qss", points).replace("@icons@", (resources() / "icons").as_posix())
    application.setStyleSheet(sheet)


def page_css() -> str:
    """Return the style sheet of the results and workings."""
    return _sheet("results.css", QApplication.font().pointSize())


def _sheet(name: str, points: int) -> str:
    """Return a style sheet with its sizes, written for 10 points, in proportion to the text."""
    sheet = (resources() / name).read_text(encoding="utf-8")
    return _SIZES.sub(lambda found: f"font-size: {round(int(found[1]) * points / 10)}px", sheet)


@cache
def icon(name: str, colour: str = "#41565F") -> QIcon:
    """Return a shipped line icon in a colour, sharp on dense screens."""
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - not before the first paint

    source = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(48, 48)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return QIcon(pixmap)
