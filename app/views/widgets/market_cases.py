"""From the market book to a case: which of the open cases takes what was chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from app.i18n import _
from app.services.documents import value_at

if TYPE_CHECKING:
    from app.views.main_window import MainWindow
    from app.views.pages.case_page import CasePage


def choose_case(window: "MainWindow", use: Callable[["CasePage"], None]) -> None:
    """Go to the open case, or the one of several that is chosen, and call `use` with it."""
    cases = window.cases()

    def go(page: "CasePage") -> None:
        window.show_case(page)
        use(page)

    if not cases:
        window.tell(_("Open a case first: what is taken goes into a case that is open."))
    elif len(cases) == 1:
        go(cases[0])
    else:
        _ask_case(window, cases, go)


def _ask_case(
    window: "MainWindow", cases: list["CasePage"], go: Callable[["CasePage"], None]
) -> None:
    names = []
    for number, page in enumerate(cases, start=1):
        name = value_at(page.document, "project.name") or _("New case")
        names.append(_("{number}. {name}").format(number=number, name=name))
    dialog = QInputDialog(window)
    dialog.setObjectName("market.case")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Take to the case"))
    dialog.setLabelText(_("Which of the open cases takes it?"))
    dialog.setComboBoxItems(names)
    dialog.textValueSelected.connect(lambda name: go(cases[names.index(name)]))
    dialog.open()
