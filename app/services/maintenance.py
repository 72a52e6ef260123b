"""What looks after the file of the book, for settings page and command line."""

from pathlib import Path
from typing import Protocol


class Maintenance(Protocol):
    """Check, backup and restore of the user's book."""

    def check(self) -> list[str]:
        """Return what is wrong with the book; an empty list when it is whole."""

    def backup(self, target: Path) -> None:
        """Copy the book to `target` while it may be in use."""

    def restore(self, source: Path) -> None:
        """Put `source` in the place of the book; the present one is kept as a backup."""

    def has_book(self) -> bool:
        """Return whether there is a book; opening one that is not there makes it."""

    def folder(self) -> Path:
        """Return the folder of the book."""
