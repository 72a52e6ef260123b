"""How large a dialog opens."""

from PySide6.QtWidgets import QDialog

EDGE = 40
"""Pixels that stay free of a small screen."""


def fit_screen(dialog: QDialog, size: tuple[int, int]) -> None:
    """Give a dialog its usual size, less on a small screen."""
    room = dialog.screen().availableSize()
    dialog.resize(min(size[0], room.width() - EDGE), min(size[1], room.height() - EDGE))
