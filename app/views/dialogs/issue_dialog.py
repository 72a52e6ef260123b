"""Asks how a final document is issued: kind, language, and who signs with which certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.services.case_file import CaseRefused
from app.views.jobs import Jobs
from app.views.widgets.file_dialogs import ask_file, every_file
from app.views.widgets.language_box import language_box
from app.views.widgets.pdf_preview import Shown
from app.views.widgets.work_status import Progress, WorkStatus

if TYPE_CHECKING:
    from app.services.ports import DocumentEntry
    from app.services.signing import Signer
    from app.services.workbench import Workbench


class _By(StrEnum):
    """What a document is signed with."""

    NOTHING = "nothing"
    FILE = "file"
    TOKEN = "token"  # noqa: S105 - a card, not a password


@dataclass(slots=True)
class SigningPlaces:
    """Where certificates were found last in this run of the program; no secret is kept."""

    by: str = _By.FILE.value
    file: str = ""
    module: str = ""
    token: str = ""
    key: str = ""


PLACES = SigningPlaces()


class IssueDialog(QDialog):
    """Issues a document of an approved version; `entry` is what was kept, None until then."""

    def __init__(
        self,
        workbench: "Workbench",
        jobs: Jobs,
        version: tuple[str, int],
        documents: Sequence[Shown],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("issue")
        self.setWindowTitle(_("Issue a final document"))
        self.setMinimumWidth(560)
        self._workbench, self._version = workbench, version
        self.entry: DocumentEntry | None = None
        hint = QLabel(
            _(
                "A final document gets the next number, is kept in the book and cannot be changed "
                "any more. Issuing again gives another number."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.kind, self.language, self.by = QComboBox(), language_box(), QComboBox()
        self.kind.setMaxVisibleItems(20)
        for shown in documents:
            self.kind.addItem(shown.title, shown)
        for name, by in (
            (_("not at all"), _By.NOTHING),
            (_("a certificate file"), _By.FILE),
            (_("a card or token (PKCS#11)"), _By.TOKEN),
        ):
            self.by.addItem(name, by.value)
        self._form = form = QFormLayout()
        form.addRow(_("Document"), self.kind)
        form.addRow(_("Language"), self.language)
        form.addRow(_("Signed with"), self.by)
        self._rows: dict[str, Sequence[QWidget | QLayout]] = {
            _By.FILE.value: self._file_rows(),
            _By.TOKEN.value: self._token_rows(),
        }
        self.status = WorkStatus("issue", _("Issuing"), jobs)
        self.status.cut_short.connect(self._enter_again)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addLayout(form)
        layout.addWidget(self.status)
        layout.addStretch(1)
        layout.addLayout(self._foot())
        self.by.setCurrentIndex(self.by.findData(PLACES.by))
        self.by.currentIndexChanged.connect(lambda _place: self._show_rows())
        self._show_rows()

    def _show_rows(self) -> None:
        """Ask for what the chosen way of signing takes."""
        for by, rows in self._rows.items():
            for row in rows:
                self._form.setRowVisible(row, by == self.by.currentData())
        self.status.show_problem("")
        self.adjustSize()

    def _place_row(self, line: QLineEdit, title: str, pattern: str) -> QHBoxLayout:
        """A file to enter or to choose."""
        choose = QPushButton(_("Choose…"))
        choose.setAutoDefault(False)
        patterns = [pattern] if pattern == every_file() else [pattern, every_file()]
        choose.clicked.connect(lambda: ask_file(self, _("Choose a file"), patterns, line.setText))
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(choose)
        line.setAccessibleName(title)
        self._form.addRow(title, row)
        return row

    def _file_rows(self) -> Sequence[QWidget | QLayout]:
        self.file = QLineEdit(PLACES.file)
        self.file.setPlaceholderText(_("Certificate with its key (.p12, .pfx)"))
        place = self._place_row(self.file, _("Certificate file"), _("Certificates (*.p12 *.pfx)"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        make = QPushButton(_("Make one for demonstration…"))
        make.setAutoDefault(False)
        make.clicked.connect(self._make_certificate)
        self._form.addRow(_("Passphrase"), self.passphrase)
        making = QHBoxLayout()
        making.addWidget(make)
        making.addStretch(1)
        self._form.addRow("", making)
        return place, self.passphrase, making

    def _token_rows(self) -> Sequence[QWidget | QLayout]:
        self.module = QLineEdit(PLACES.module)
        self.module.setPlaceholderText(_("Driver of the maker (.so, .dll, .dylib)"))
        place = self._place_row(self.module, _("Driver"), _("All files (*)"))
        self.token, self.key, self.pin = QLineEdit(PLACES.token), QLineEdit(PLACES.key), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        lines = (
            (_("Name of the token"), self.token),
            (_("Name of the key"), self.key),
            (_("PIN"), self.pin),
        )
        for title, line in lines:
            self._form.addRow(title, line)
        return place, self.token, self.key, self.pin

    def _foot(self) -> QHBoxLayout:
        self.start = QPushButton(_("Issue"))
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self.issue)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.start)
        foot.addWidget(self._cancel)
        return foot

    def _make_certificate(self) -> None:
        from app.views.dialogs.certificate_dialog import CertificateDialog  # noqa: PLC0415

        dialog = CertificateDialog(self)
        dialog.made.connect(self._take_certificate)
        dialog.open()

    def _take_certificate(self, name: str) -> None:
        self.file.setText(name)
        self.passphrase.setFocus()

    def choose(self, shown: Shown, language: str) -> None:
        """Begin with a document and a language."""
        self.kind.setCurrentIndex(max(self.kind.findData(shown), 0))
        self.language.setCurrentIndex(max(self.language.findData(language), 0))

    def _signer(self) -> "Signer | None":
        from app.services.signing import FileSigner, TokenSigner  # noqa: PLC0415 - on demand

        by = self.by.currentData()
        if by == _By.NOTHING:
            return None
        if by == _By.FILE:
            return FileSigner(Path(self.file.text().strip()), self.passphrase.text())
        return TokenSigner(
            Path(self.module.text().strip()),
            self.token.text().strip(),
            self.key.text().strip(),
            self.pin.text(),
        )

    def _remember(self) -> None:
        PLACES.by, PLACES.file = self.by.currentData(), self.file.text().strip()
        PLACES.module, PLACES.token = self.module.text().strip(), self.token.text().strip()
        PLACES.key = self.key.text().strip()

    def _missing(self) -> str:
        by = self.by.currentData()
        if by == _By.FILE and not self.file.text().strip():
            return _("Choose the certificate file to sign with.")
        wanted = (self.module, self.token, self.key)
        if by == _By.TOKEN and not all(line.text().strip() for line in wanted):
            return _("Enter the driver, the name of the token and the name of the key.")
        return ""

    def issue(self) -> None:
        """Draw, number, sign and keep the document in the worker."""
        missing = self._missing()
        self.status.show_problem(missing)
        if missing:
            return
        self._remember()
        signer, language = self._signer(), self.language.currentData()
        choice: Any = self.kind.currentData().choice

        def work(_progress: Progress) -> "DocumentEntry":
            case_id, version = self._version
            return self._workbench.issue_final(
                case_id, version, language=language, choice=choice, signer=signer
            )

        def done(entry: "DocumentEntry") -> None:
            self.entry = entry
            self.accept()

        self._allow(entering=False)
        self.status.run(
            work,
            done,
            saying=_("The document is being issued…"),
            refused=_expected,
            stops=False,  # a number that is taken cannot be given back
        )

    def _allow(self, *, entering: bool) -> None:
        for widget in (self.start, self._cancel, self.kind, self.language, self.by):
            widget.setEnabled(entering)

    def _enter_again(self) -> None:
        """Let what was refused be entered anew."""
        self._allow(entering=True)
        secret = self.pin if self.by.currentData() == _By.TOKEN else self.passphrase
        if self.by.currentData() != _By.NOTHING:
            secret.setFocus()
            secret.selectAll()

    def reject(self) -> None:
        """Close, but not while a number is being given: the document would come unseen."""
        if not self.status.is_busy():
            super().reject()

    def done(self, result: int) -> None:
        """Forget the secrets."""
        self.passphrase.clear()
        self.pin.clear()
        self.status.leave()
        super().done(result)


def _expected(refused: CaseRefused) -> list[str]:
    tr = translator(active_language())
    return [
        _("Expected: {expected}").format(expected=expected_text(problem, tr))
        for problem in refused.problems
    ]
