"""Says of a PDF whether it is untouched and what it belongs to."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.views.jobs import Jobs
from app.views.theme import page_css
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.file_dialogs import ask_file, every_file
from app.views.widgets.window_size import fit_screen
from app.views.widgets.work_status import WorkStatus

if TYPE_CHECKING:
    from app.services.verifying import Verification
    from app.services.workbench import Workbench

SIZE = (760, 620)
_TONES = {"untouched": "#0B6E75", "foreign": "#8A6D1F"}
_WRONG = "#A3261C"


class VerifyDialog(QDialog):
    """Takes a file by choosing or dropping it.

    Signals:
        open_version(object): the version of a case that the file belongs to.
    """

    open_version = Signal(object)

    def __init__(self, workbench: "Workbench", jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verify")
        self.setWindowTitle(_("Check a document"))
        self.setAcceptDrops(True)
        self._workbench = workbench
        self._trusted: Path | None = None
        self._file: Path | None = None
        self._found: Verification | None = None
        self._name = ElidedLabel(_("Choose a PDF, or drop one here."))
        choose = QPushButton(_("Choose a PDF…"))
        choose.setProperty("primary", True)
        choose.clicked.connect(self._ask_file)
        head = QHBoxLayout()
        head.addWidget(choose)
        head.addWidget(self._name, 1)
        self.page = QTextBrowser()
        self.page.setObjectName("verify.page")
        self.page.setAccessibleName(_("What was found"))
        self.page.setAcceptDrops(False)  # the dialog takes them
        self.page.document().setDefaultStyleSheet(page_css())
        self.page.setHtml(f"<p>{escape(_hint())}</p>")
        self.status = WorkStatus("verify", _("Checking"), jobs)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.page, 1)
        layout.addWidget(self.status)
        layout.addLayout(self._foot())
        fit_screen(self, SIZE)

    def _foot(self) -> QHBoxLayout:
        self._trust = QPushButton(_("Trusted certificates…"))
        self._trust.setToolTip(
            _("Only signatures that lead to a certificate of this file (PEM or DER) count then.")
        )
        self._trust.clicked.connect(self._ask_trusted)
        self._trust_name = ElidedLabel("")
        self._trust_name.setProperty("role", "hint")
        self._trust_any = QPushButton(_("All certificates"))
        self._trust_any.setToolTip(_("Let the signatures of every certificate count again."))
        self._trust_any.clicked.connect(lambda: self.trust(None))
        self._trust_any.hide()
        self._open = QPushButton(_("Go to case"))
        self._open.setEnabled(False)
        self._open.clicked.connect(self._go)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._trust)
        foot.addWidget(self._trust_any)
        foot.addWidget(self._trust_name, 1)
        for button in (self._trust, self._trust_any, self._open, close):
            button.setAutoDefault(False)
        foot.addWidget(self._open)
        foot.addWidget(close)
        return foot

    def _ask_file(self) -> None:
        patterns = [_("PDF files (*.pdf)"), every_file()]
        ask_file(self, _("Check a document"), patterns, lambda name: self.check(Path(name)))

    def _ask_trusted(self) -> None:
        patterns = [_("Certificates (*.pem *.crt *.cer *.der)"), every_file()]
        ask_file(self, _("Trusted certificates"), patterns, lambda name: self.trust(Path(name)))

    def trust(self, path: Path | None) -> None:
        """Let only the certificates of a file count; None for those of anybody."""
        self._trusted = path
        self._trust_name.setText("" if path is None else path.name)
        self._trust_name.setToolTip("" if path is None else str(path))
        self._trust_any.setVisible(path is not None)
        if self._file is not None:
            self.check(self._file)

    def check(self, path: Path) -> None:
        """Check a file in the worker."""
        from app.services.signature_check import read_trusted  # noqa: PLC0415 - on demand
        from app.services.verifying import verify_file  # noqa: PLC0415 - on demand

        self._file, self._found = path, None
        self._name.setText(str(path))
        self._name.setToolTip(str(path))
        self.page.clear()  # what was said is of another file
        self._open.setEnabled(False)
        trusted = self._trusted

        def work(_progress: object) -> "Verification":
            known = () if trusted is None else read_trusted(trusted)
            return verify_file(path, book=self._workbench, trusted=known)

        self.status.run(work, self._show, saying=_("The file is being checked…"))

    def _show(self, found: "Verification") -> None:
        from app.services.verify_text import verification_text  # noqa: PLC0415 - on demand

        self._found = found
        text = verification_text(found, translator(active_language()))
        tone = _TONES.get(found.verdict, _WRONG)
        parts = [f'<h2 style="color:{tone}">{escape(text.verdict)}</h2>', _listed(text.findings)]
        if text.signatures or text.book:
            parts.append(_listed((*text.signatures, *text.book)))
        if text.says:
            rows = "".join(
                f"<tr><td>{escape(label)}&nbsp;&nbsp;</td><td>{escape(value)}</td></tr>"
                for label, value in text.says
            )
            parts.append(f"<h3>{escape(_('The file says of itself:'))}</h3><table>{rows}</table>")
        parts.append(f"<p>SHA-256 {found.sha256}</p>")
        self.page.setHtml("".join(parts))
        self._open.setEnabled(found.book is not None and bool(found.book.versions))

    def _go(self) -> None:
        found = self._found
        if found is not None and found.book is not None and found.book.versions:
            self.open_version.emit(found.book.versions[0])
            self.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take a file."""
        if any(place.isLocalFile() for place in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Check the file that was dropped."""
        for place in [url for url in event.mimeData().urls() if url.isLocalFile()][:1]:
            self.check(Path(place.toLocalFile()))

    def done(self, result: int) -> None:
        """Let go of what is being checked."""
        self.status.leave()
        super().done(result)


def _listed(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _hint() -> str:
    return _(
        "A document of this program bears a seal and, when it was signed, a signature. Here you "
        "see whether the file is still as it was printed, who signed it, and which version of "
        "which case it belongs to."
    )
