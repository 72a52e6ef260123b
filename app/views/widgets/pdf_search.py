"""Looks for a text in a PDF page by page, so that typing never waits for a long document."""

import time
from bisect import insort

from PySide6.QtCore import QObject, QTimer, Signal

from app.views.widgets.pdf_pages import Match, PdfPages

_SLICE = 0.02
"""Seconds of looking after which the window gets its turn."""


class PdfSearch(QObject):
    """The places of one text; the page that is read is looked at first, then those behind it.

    Signals:
        changed(): more places were found, or the last page was looked at.
    """

    changed = Signal()

    def __init__(self, view: PdfPages) -> None:
        super().__init__(view)
        self._view = view
        self._text = ""
        self._left: list[int] = []
        self._places: list[Match] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def begin(self, text: str) -> None:
        """Look for another text, "" for none; what was found before is forgotten."""
        first, count = self._view.current_page() - 1, self._view.page_count()
        self._text, self._places = text, []
        self._left = [*range(first, count), *range(first)] if text else []
        self._go_on()

    def _go_on(self) -> None:
        end = time.monotonic() + _SLICE
        while self._left:
            for match in self._view.matches_on(self._left.pop(0), self._text):
                insort(self._places, match)
            if time.monotonic() >= end:
                break
        if self._left:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()

    @property
    def places(self) -> list[Match]:
        """What was found until now, in the order of the pages."""
        return self._places

    def is_busy(self) -> bool:
        """Whether pages are still to be looked at."""
        return bool(self._left)
