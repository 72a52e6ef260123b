"""The small mark beside an input that says where it comes from, and lets one say it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from app.finance.case.provenance import PROVENANCE_LABELS
from app.i18n import N_, _

_SHORT = {
    "disclosed": N_("D"),
    "measured": N_("M"),
    "assumed": N_("A"),
    "default": N_("Def"),
}


class ProvenanceButton(QToolButton):
    """Shows kind and source; a click opens a small form.

    Signals:
        chosen(str, str): kind and source.
    """

    chosen = Signal(str, str)

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"provenance.{path}")
        self.setFixedWidth(38)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._kind = ""
        self._source = ""
        menu = QMenu(self)
        self.setMenu(menu)
        menu.aboutToShow.connect(self._fill)

    def show_provenance(self, kind: str, source: str) -> None:
        """Show a kind and its source; an empty kind asks for one."""
        self._kind, self._source = kind, source
        self.setText(_(_SHORT[kind]) if kind else "…")
        name = _(dict(PROVENANCE_LABELS)[kind]) if kind else _("no source yet")  # type: ignore[index]
        text = _("Where it comes from: {kind}. {source}").format(kind=name, source=source)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setProperty("mark", kind or "none")
        self.style().unpolish(self)
        self.style().polish(self)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        box = QWidget()
        form = QFormLayout(box)
        kinds = QComboBox()
        for kind, label in PROVENANCE_LABELS.items():
            kinds.addItem(_(label), kind.value)
        kinds.setCurrentIndex(max(kinds.findData(self._kind), 0))
        source = QLineEdit(self._source)
        source.setMinimumWidth(320)
        source.setMaxLength(500)
        apply = QPushButton(_("Apply"))
        apply.setProperty("primary", True)

        def take() -> None:
            menu.hide()
            self.chosen.emit(kinds.currentData(), source.text().strip())

        apply.clicked.connect(take)
        source.returnPressed.connect(take)
        form.addRow(_("Provenance"), kinds)
        form.addRow(_("Source or reason"), source)
        form.addRow(apply)
        action = QWidgetAction(menu)
        action.setDefaultWidget(box)
        menu.addAction(action)
        source.setFocus()
