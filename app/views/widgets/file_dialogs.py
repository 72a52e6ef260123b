"""Asking for files to read and for places to write; a dialog is gone when it was answered.

`patterns` are names of kinds with their endings, as "PDF files (*.pdf)".
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _


def every_file() -> str:
    """Return the pattern that lets every file through."""
    return _("All files (*)")


def _dialog(parent: QWidget, title: str, patterns: Sequence[str]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if patterns:
        dialog.setNameFilters(patterns)
    return dialog


def ask_file(
    parent: QWidget, title: str, patterns: Sequence[str], use: Callable[[str], object]
) -> None:
    """Open the dialog for a file that is there; `use` gets its name."""
    dialog = _dialog(parent, title, patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(use)
    dialog.open()


def ask_files(
    parent: QWidget, title: str, patterns: Sequence[str], use: Callable[[list[Path]], object]
) -> None:
    """Open the dialog for one or more files that are there; `use` gets them all."""
    dialog = _dialog(parent, title, patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: use([Path(name) for name in names]))
    dialog.open()


def ask_folder(parent: QWidget, title: str, use: Callable[[str], object]) -> None:
    """Open the dialog for a folder; `use` gets its name."""
    dialog = _dialog(parent, title, ())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.fileSelected.connect(use)
    dialog.open()


def ask_place(
    parent: QWidget,
    title: str,
    patterns: Sequence[str],
    use: Callable[[str], object],
    *,
    name: str = "",
    suffix: str = "",
    overwrites: bool = True,
) -> None:
    """Open the dialog for a place to write; `use` gets the file.

    `name` is proposed, `suffix` (without a dot) is put to what has none. With `overwrites` the
    dialog asks before it takes a file that is there; else whoever writes refuses it.
    """
    dialog = _dialog(parent, title, patterns)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not overwrites)
    dialog.setDefaultSuffix(suffix)
    if name:
        dialog.selectFile(name)
    dialog.fileSelected.connect(use)
    dialog.open()
