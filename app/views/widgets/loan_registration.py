"""The page of the registration: the record to be typed into the system, its text, its history."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton

from app.finance.case.case import Case
from app.finance.case.lending.registration import Registration
from app.finance.fields import fields_of
from app.finance.lending.life_results import RegistrationResult
from app.i18n import N_, Translator, _, active_language, translator
from app.reports.registration_facts import (
    MISSING,
    attachment_table,
    history_table,
    record_rows,
    registration_rows,
)
from app.reports.value_facts import FactRow
from app.views.widgets.copied import tab_separated
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_missing import field_link, field_name, missing_html
from app.views.widgets.loan_page import LoanPage, page_browser
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

PAPERS = "papers"
"""What the page wants when the attachments of the case are asked for."""
_SECTION, _TEXT = "loan.registration", "loan.registration.description"
_PATHS = {(spec.field.group, spec.field.label): spec.path for spec in fields_of(Registration)}
"""Names of the fields of the record by heading and label."""


def _path(group: str, row: FactRow) -> str:
    return f"{_SECTION}.{_PATHS[group, row.label]}"


class RegistrationHtml:
    """Writes the page of one computed case in one language."""

    def __init__(
        self, case: Case, found: RegistrationResult, tr: Translator, room: int = NARROW
    ) -> None:
        self._case, self._found, self._tr = case, found, tr
        self._parts = PageParts(tr, room)
        self.rows = record_rows(case, found)

    def html(self) -> str:
        """Return state, what is missing, the record, its text, history and papers."""
        parts, found = self._parts, self._found
        shown = {_path(group, row) for group, row in self.rows}
        elsewhere = [path for path in found.missing if path not in shown]
        written = [
            parts.heading(N_("Registration of the pledge")),
            parts.facts(registration_rows(found)),
            missing_html(elsewhere, parts),
            parts.heading(N_("Record for the registration system")),
            self._record(),
            parts.heading(N_("Description of the collateral (Chinese, as it is registered)")),
            self._description(),
        ]
        for heading, table in (
            (N_("History"), history_table(found)),
            (N_("Attachments of the record"), attachment_table(self._case)),
        ):
            if table is not None:
                written.append(parts.heading(heading) + parts.fact_table(table))
        return "".join(written)

    def _record(self) -> str:
        groups: dict[str, str] = {}
        for place, (group, row) in enumerate(self.rows):
            groups[group] = groups.get(group, "") + self._field(place, group, row)
        lines = "".join(
            f'<tr><td class="group" colspan="3">{escape(self._tr(group))}</td></tr>{fields}'
            for group, fields in groups.items()
        )
        return f'<table width="99%" cellspacing="0">{lines}</table>'

    def _field(self, place: int, group: str, row: FactRow) -> str:
        label = f'<td class="label" width="34%">{self._parts.say(row.label)}</td>'
        if row.words == MISSING:
            link = field_link(_path(group, row), self._tr(N_("enter it")))
            missing = f'<span class="flag">{self._parts.say(MISSING)}</span>'
            return f"<tr>{label}<td>{missing}</td><td align='right'>{link}</td></tr>"
        note = escape(row.note_said(self._tr))
        beside = f' <span class="small">{note}</span>' if note else ""
        copy = self._copy(str(place))
        shown = escape(row.said(self._tr))
        return f"<tr>{label}<td>{shown}{beside}</td><td align='right'>{copy}</td></tr>"

    def _copy(self, what: str) -> str:
        text = self._parts.say(N_("copy"))
        return f'<a class="more" href="copy:{what}">{text}</a>'

    def _description(self) -> str:
        text = self._found.description_zh
        if not text:
            return f"<p>{field_link(_TEXT, field_name(_TEXT, self._tr))}</p>"
        return (
            f'<table width="99%"><tr><td class="card">{escape(text)}</td></tr></table>'
            f"<p>{self._copy('text')}</p>"
        )

    def lines(self) -> list[tuple[str, str]]:
        """Return label and value of what the record holds, for the clipboard."""
        return [
            (f"{self._tr(group)} · {self._tr(row.label)}", row.said(self._tr))
            for group, row in self.rows
            if row.words != MISSING
        ]


class RegistrationPage(LoanPage):
    """The record with what copies it, field by field or as a whole, and the papers of the case."""

    def __init__(self) -> None:
        self._page = page_browser("registration", _("Pledge registration"))
        super().__init__(self._page)
        self._written: RegistrationHtml | None = None
        self._text = ""
        self._page.anchorClicked.connect(self._follow)
        self._told = QLabel()
        self._told.setProperty("role", "hint")
        row = QHBoxLayout()
        self._all = self._button("registration.copy", _("Copy the record"), self._copy_record)
        self._words = self._button("registration.text", _("Copy the description"), self._copy_text)
        papers = self._button(
            "registration.papers", _("Attachments…"), lambda: self.wanted.emit(PAPERS)
        )
        for button in (self._all, self._words, papers):
            row.addWidget(button)
        row.addWidget(self._told, 1)
        self.column.addLayout(row)
        self.column.addWidget(self._page, 1)

    def _button(self, name: str, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("compact", True)
        button.clicked.connect(slot)
        return button

    def write(self, computed: "Computed") -> None:
        """Show the registration of a case, or what to enter."""
        loan, tr = computed.results.loan, translator(active_language())
        found = None if loan is None else loan.registration
        self._told.setText("")
        for button in (self._all, self._words):
            button.setEnabled(found is not None)
        place = self._page.verticalScrollBar().value()
        if found is None:
            self._written, self._text = None, ""
            self._page.setHtml(_empty(PageParts(tr)))
        else:
            self._written, self._text = (
                RegistrationHtml(computed.file.case, found, tr, self.room),
                found.description_zh,
            )
            self._words.setEnabled(bool(self._text))
            self._page.setHtml(self._written.html())
        self._page.verticalScrollBar().setValue(place)

    def _follow(self, link: QUrl) -> None:
        kind, _colon, target = link.toString().partition(":")
        if kind != "copy":
            self.followed.emit(link)
        elif target == "text":
            self._copy_text()
        elif self._written is not None:
            _group, row = self._written.rows[int(target)]
            tr = translator(active_language())
            self._put(row.said(tr), tr(row.label))

    def _copy_record(self) -> None:
        if self._written is not None:
            self._put(tab_separated(self._written.lines()), _("the record"))

    def _copy_text(self) -> None:
        self._put(self._text, _("the description"))

    def _put(self, text: str, what: str) -> None:
        QApplication.clipboard().setText(text)
        self._told.setText(_("Copied: {what}").format(what=what))

    def text(self) -> str:
        """Return what is shown, as plain text."""
        return self._page.toPlainText()


def _empty(parts: PageParts) -> str:
    return parts.heading(N_("Registration of the pledge")) + parts.empty(
        N_(
            "No record of the registration is kept. Enter it; the fields of the unified system "
            "(动产融资统一登记公示系统), the description of the collateral, the alarms "
            "before its end and the day by which to cancel it stand here."
        ),
        _SECTION,
        N_("Enter the registration"),
    )
