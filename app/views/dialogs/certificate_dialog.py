"""Makes a certificate for demonstration: a name, a passphrase typed twice, a file."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text
from app.services.case_file import CaseRefused
from app.views.widgets.file_dialogs import ask_place
from app.views.widgets.hidden_label import hidden_label


class CertificateDialog(QDialog):
    """Writes a self-made certificate.

    Signals:
        made(str): the file that was written.
    """

    made = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("certificate")
        self.setWindowTitle(_("Certificate for demonstration"))
        self.setMinimumWidth(460)
        hint = QLabel(
            _(
                "It shows how signing works and has no legal effect: anybody can make one with any "
                "name. For documents that count, use the certificate of your bank or insurer."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.name, self.first, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self.first, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._problem = hidden_label("certificate.problem", "problem")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", True)
        buttons.accepted.connect(self._ask_where)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(hint)
        form.addRow(_("Name of the signer"), self.name)
        form.addRow(_("Passphrase"), self.first)
        form.addRow(_("Passphrase again"), self.again)
        form.addRow(self._problem)
        form.addRow(buttons)

    def _say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.adjustSize()

    def _ask_where(self) -> None:
        if self.first.text() != self.again.text():
            self._say(_("The passphrases are not the same. Type them again."))
            return
        ask_place(
            self,
            _("Save the certificate"),
            [_("Certificates (*.p12 *.pfx)")],
            self.write,
            suffix="p12",
            overwrites=False,
        )

    def write(self, name: str) -> None:
        """Make the certificate and write it; a file that is there is never written over."""
        from app.services.certificates import (  # noqa: PLC0415 - cryptography on demand
            demonstration_pkcs12,
            write_private,
        )

        tr = translator(active_language())
        try:
            content = demonstration_pkcs12(self.name.text(), self.first.text(), datetime.now(UTC))
            write_private(Path(name), content)
        except CaseRefused as refused:
            self._say("\n".join(expected_text(problem, tr) for problem in refused.problems))
        except FileExistsError:
            self._say(_("There is a file of this name already. Choose another name."))
        except OSError as error:
            self._say(file_problem_text(error, tr))
        else:
            self.made.emit(name)
            self.accept()

    def done(self, result: int) -> None:
        """Forget the passphrase."""
        self.first.clear()
        self.again.clear()
        super().done(result)
