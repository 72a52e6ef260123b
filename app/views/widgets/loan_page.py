"""What the pages of the loan that are more than a text have in common."""

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QTextBrowser, QVBoxLayout, QWidget

from app.i18n import _
from app.views.theme import page_css
from app.views.widgets.fact_html import NARROW, signs_beside

if TYPE_CHECKING:
    from app.services.workbench import Computed

FIT_MS = 120
"""Milliseconds after which a page is set anew for another width."""


def page_browser(name: str, title: str) -> QTextBrowser:
    """Return a browser for a page; its links are followed by the panel of the results."""
    browser = QTextBrowser()
    browser.setObjectName(name)
    browser.setAccessibleName(title)
    browser.setOpenLinks(False)
    browser.setWordWrapMode(QTextOption.WrapMode.WordWrap)
    browser.document().setDefaultStyleSheet(page_css())
    return browser


class FittedText(QTextBrowser):
    """A text of a page that is as high as it needs to be."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("flat", True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDefaultStyleSheet(page_css())
        self.document().setDocumentMargin(2)

    def write(self, html: str) -> None:
        """Show a text and take the height of it."""
        self.setHtml(html)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(ceil(self.document().size().height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the height that the new width asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()


class LoanPage(QWidget):
    """A page of the loan with widgets of its own.

    `room` is how many signs stand beside each other in its browser, where it has one.

    Signals:
        followed(QUrl): a link that leads elsewhere: a field, a working.
        wanted(str): something to do with the loan; see `loan_actions`.
    """

    followed = Signal(QUrl)
    wanted = Signal(str)

    def __init__(self, browser: QTextBrowser | None = None) -> None:
        super().__init__()
        self._browser = browser
        self._computed: Computed | None = None
        self.room = NARROW
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(FIT_MS)
        self._fitting.timeout.connect(self._fit)
        self._stale = QLabel(_("These are the results of the last complete input."))
        self._stale.setProperty("role", "stale")
        self._stale.setWordWrap(True)
        self._stale.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self._stale)

    def show_loan(self, computed: "Computed", *, stale: bool) -> None:
        """Show a computed case; `stale` says that the input has changed since."""
        self._computed = computed
        self._stale.setVisible(stale)
        self.write(computed)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the tables of a text anew soon, when there is more or less room for them."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fitting.start()

    def _fit(self) -> None:
        if self._browser is None or self._computed is None or not self.isVisible():
            return
        room = signs_beside(self._browser)
        if room != self.room:
            self.room = room
            self.write(self._computed)

    def write(self, computed: "Computed") -> None:
        """Show a computed case that has a loan."""
        raise NotImplementedError

    def text(self) -> str:
        """Return what is shown, as plain text."""
        raise NotImplementedError
