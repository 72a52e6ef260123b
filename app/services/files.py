"""Writing files so that nothing half-written stays."""

import os
import tempfile
from pathlib import Path

_NEW_FILE_MODE = 0o644


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
