"""Records a claim: a loss of a head, or a reading of the index."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.i18n import _
from app.services.case_file import Document
from app.services.documents import value_at
from app.services.draft import table_columns
from app.views.dialogs.line_dialog import LineDialog

CLAIMS = "insurance.settlement.claims"
SIZE = (760, 420)
_NAMES = {
    "event": (CLAIMS, "event"),
    "head": ("insurance.heads", "name"),
    "trigger": ("insurance.index.triggers", "name"),
    "station": ("insurance.index.readings", "station"),
}
"""Where names to choose from stand in the draft, by the column they are for."""


def _names(document: Document, path: str, column: str) -> tuple[str, ...]:
    held = value_at(document, path)
    lines = held if isinstance(held, list) else []
    found = (str(line.get(column) or "") for line in lines if isinstance(line, dict))
    return tuple(dict.fromkeys(filter(None, found)))


class ClaimDialog(LineDialog):
    """One line of the claims of a policy; names of the draft are offered while typing."""

    def __init__(
        self,
        document: Document,
        take: Callable[[dict[str, Any]], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            table_columns(specs_by_path(Case)[CLAIMS]),
            take,
            parent,
            name="claim.line",
            suggestions={name: _names(document, *where) for name, where in _NAMES.items()},
        )
        self.setWindowTitle(_("Record a claim"))
        self.resize(*SIZE)
        hint = QLabel(
            _(
                "A loss of a head: name the head, and enter the loss or the damage surveyed. A "
                "reading of the index: leave the head empty, and enter trigger and reading. Lines "
                "of one event bear the same name of event."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.column.insertWidget(0, hint)
        heads = _names(document, *_NAMES["head"])
        if len(heads) == 1 and not _names(document, *_NAMES["trigger"]):
            self.fill({"head": heads[0]})
