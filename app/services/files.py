"""Writing files so that nothing half-written stays."""

import os
import re
import tempfile
from pathlib import Path

_NEW_FILE_MODE = 0o644
_FORBIDDEN = re.compile(r'[\\/:*?"<>|：\x00-\x1f\x7f]+[\s-]*')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 180
"""Bytes of a name: file systems take 255, and a number and an ending follow."""


def write_atomically(target: Path, data: bytes) -> None:
    """Write `data` beside `target` and put it in place in one step.

    A link keeps pointing where it points, and an older file keeps who may read it. What is no
    file (a pipe, a device) is written to as it is.

    Raises:
        OSError: names `target`; nothing is left behind and an older file is untouched.
    """
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target.resolve(), data)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error


def _replace(place: Path, data: bytes) -> None:
    mode = place.stat().st_mode & 0o777 if place.exists() else _NEW_FILE_MODE
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    return one.resolve() == other.resolve()


def safe_name(text: str, longest: int = _LONGEST) -> str:
    """Return a text as the name of a file, without its ending, that every system takes.

    It is cut to `longest` bytes of UTF-8, between two signs.
    """
    name = _FORBIDDEN.sub("-", text).strip(" .-")
    name = name.encode()[:longest].decode(errors="ignore").rstrip(" .-")
    return f"_{name}" if not name or _RESERVED.match(name) else name


class FreeNames:
    """Gives each text a name of its own: Windows and macOS know no capital letters apart."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, text: str, suffix: str) -> str:
        """Return the safe name of a text with an ending, numbered from the second alike on."""
        name = wanted = safe_name(text)
        number = 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name.casefold())
        return f"{name}{suffix}"


def check_folder(folder: Path) -> None:
    """Check that files can be written into a folder.

    Raises:
        OSError: names the folder.
    """
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(folder)) from error
