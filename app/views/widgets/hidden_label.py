"""A label that is hidden until there is something to say."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def hidden_label(name: str, role: str = "") -> QLabel:
    """Return a label for plain text of several lines; `role` says how it looks."""
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label
