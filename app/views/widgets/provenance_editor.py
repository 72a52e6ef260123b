"""The mark beside an input that says where it comes from, and the dialog to say it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.provenance import PROVENANCE_LABELS, ProvenanceKind
from app.i18n import N_, _

MARKS = {
    ProvenanceKind.DISCLOSED: N_("D"),
    ProvenanceKind.MEASURED: N_("M"),
    ProvenanceKind.ASSUMED: N_("A"),
    ProvenanceKind.DEFAULT: N_("Def"),
}
MEANINGS = {
    ProvenanceKind.DISCLOSED: N_("disclosed: a public or contractual document says so"),
    ProvenanceKind.MEASURED: N_("measured: a survey, a meter or a verifier found it"),
    ProvenanceKind.ASSUMED: N_("assumed: a person of this desk judged it"),
    ProvenanceKind.DEFAULT: N_("default: a published or house figure"),
}
KEY = "Ctrl+M"


class ProvenanceDialog(QDialog):
    """Asks for the kind and the source of one input.

    Signals:
        given(str, str): kind and source; both empty to take the mark away.
    """

    given = Signal(str, str)

    def __init__(self, label: str, kind: str, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("provenance")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Where it comes from: {field}").format(field=label))
        self.setMinimumWidth(430)
        layout = QVBoxLayout(self)
        self._kinds = QButtonGroup(self)
        for number, (member, meaning) in enumerate(MEANINGS.items()):
            button = QRadioButton(_(meaning))
            button.setObjectName(f"kind.{member.value}")
            button.setChecked(member.value == (kind or ProvenanceKind.DISCLOSED.value))
            self._kinds.addButton(button, number)
            layout.addWidget(button)
        caption = QLabel(_("Source or reason"))
        self.source = QLineEdit(source)
        self.source.setObjectName("source")
        self.source.setMaxLength(500)
        self.source.setAccessibleName(_("Source or reason"))
        self.source.setPlaceholderText(_("document, page, date – or the reason"))
        caption.setBuddy(self.source)
        layout.addWidget(caption)
        layout.addWidget(self.source)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        if kind:
            clear = buttons.addButton(_("Take away"), QDialogButtonBox.ButtonRole.ResetRole)
            clear.clicked.connect(lambda: self._give("", ""))
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.source.setFocus()

    def take(self) -> None:
        """Tell what was chosen."""
        kind = tuple(MEANINGS)[self._kinds.checkedId()]
        self._give(kind.value, self.source.text().strip())

    def _give(self, kind: str, source: str) -> None:
        self.given.emit(kind, source)
        self.accept()


class ProvenanceButton(QToolButton):
    """Shows kind and source; a click asks for them.

    Signals:
        chosen(str, str): kind and source.
    """

    chosen = Signal(str, str)

    def __init__(self, path: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"provenance.{path}")
        self.setFixedWidth(38)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._label = label
        self._shown: tuple[str, str] | None = None
        self.clicked.connect(self.ask)

    def show_provenance(self, kind: str, source: str) -> None:
        """Show a kind and its source; an empty kind asks for one."""
        if self._shown == (kind, source):
            return
        self._shown = (kind, source)
        member = ProvenanceKind(kind) if kind else None
        self.setText(_(MARKS[member]) if member else "…")
        name = _(PROVENANCE_LABELS[member]) if member else _("no source yet")
        text = _("Where it comes from: {kind}. {source}").format(kind=name, source=source)
        self.setToolTip(_("{text} ({key} to change)").format(text=text.strip(), key=KEY))
        self.setAccessibleName(_("{field}: {text}").format(field=self._label, text=text))
        self.setProperty("mark", kind or "none")
        self.style().unpolish(self)
        self.style().polish(self)

    def ask(self) -> ProvenanceDialog:
        """Open the dialog under the mark."""
        kind, source = self._shown or ("", "")
        dialog = ProvenanceDialog(self._label, kind, source, self.window())
        dialog.given.connect(self.chosen)
        dialog.open()
        corner = self.mapToGlobal(QPoint(self.width() - dialog.width(), self.height() + 4))
        dialog.move(max(corner.x(), 0), corner.y())
        return dialog
