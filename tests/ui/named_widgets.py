"""What a person does with the parts of a dialog, found by their names."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget


def press(dialog: QWidget, name: str) -> None:
    """Press a button."""
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def words(dialog: QWidget, name: str) -> str:
    """Return what a label says, "" while it is hidden."""
    label = dialog.findChild(QLabel, name)
    assert label is not None
    return "" if label.isHidden() else label.text()
