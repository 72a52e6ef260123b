"""The pages of the loan beside facility, cover and stress: which there are, what each says."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWidgets import QStackedWidget

from app.i18n import N_, Translator
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_checklist import ChecklistPage
from app.views.widgets.loan_credit import credit_html
from app.views.widgets.loan_green import green_html
from app.views.widgets.loan_life import LifePage
from app.views.widgets.loan_page import LoanPage
from app.views.widgets.loan_registration import RegistrationPage
from app.views.widgets.loan_schedule import SchedulePage
from app.views.widgets.result_page import ResultPage

if TYPE_CHECKING:
    from app.services.workbench import Computed

SCHEDULE, CREDIT, REGISTRATION = "schedule", "credit", "registration"
LIFE, GREEN, CHECKLIST = "life", "green", "checklist"


def _lent(computed: "Computed") -> bool:
    return computed.results.loan is not None


LOAN_PAGES: tuple[ResultPage, ...] = (
    ResultPage(SCHEDULE, N_("Repayment schedule"), _lent, "schedule"),
    ResultPage(CREDIT, N_("Credit risk"), _lent, ""),
    ResultPage(REGISTRATION, N_("Pledge registration"), _lent, ""),
    ResultPage(LIFE, N_("Life of the loan"), _lent, ""),
    ResultPage(GREEN, N_("Green class"), _lent, ""),
    ResultPage(CHECKLIST, N_("Checklist"), _lent, ""),
)
"""The pages in their order, behind those of sizing, cover and stress."""

TEXTS: dict[str, Callable[["Computed", Translator, int], str]] = {
    CREDIT: credit_html,
    GREEN: green_html,
    CHECKLIST: lambda computed, tr, _room: ChecklistPage(computed, tr).html(),
}
_WIDGETS: dict[str, Callable[[], LoanPage]] = {
    SCHEDULE: SchedulePage,
    REGISTRATION: RegistrationPage,
    LIFE: LifePage,
}


def loan_page_html(code: str, computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page of a code, "" where it is no text or the case has nothing for it.

    `room` is how many signs stand beside each other.
    """
    return TEXTS[code](computed, tr, room) if code in TEXTS else ""


class LoanWidgets(QObject):
    """The pages that are more than a text, each made when it is first looked at.

    Signals:
        followed(QUrl), wanted(str): those of the pages.
    """

    followed = Signal(QUrl)
    wanted = Signal(str)

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        self._made: dict[str, LoanPage] = {}

    def page(self, code: str) -> LoanPage | None:
        """Return the widget of a page; None for a page that is a text."""
        if code not in _WIDGETS:
            return None
        if code not in self._made:
            made = self._made[code] = _WIDGETS[code]()
            made.followed.connect(self.followed)
            made.wanted.connect(self.wanted)
            self._stack.addWidget(made)
        return self._made[code]
