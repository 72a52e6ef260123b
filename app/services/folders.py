"""Writing folders so that nothing half-written stays."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

_FOLDER_MODE = 0o755


def is_free(folder: Path) -> bool:
    """Whether a folder of this name can be written: there is none, or an empty one."""
    if not os.path.lexists(folder):
        return True
    return folder.is_dir() and not any(folder.iterdir())


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder, or an empty one, and put it in place in one step.

    Raises:
        OSError: names the folder; nothing is left behind. FileExistsError when there is something
            of this name already.
    """
    try:
        if not is_free(folder):
            raise FileExistsError(17, os.strerror(17))
        _place(folder, files)
    except OSError as error:
        raise type(error)(error.errno, error.strerror or str(error), str(folder)) from error


def _place(folder: Path, files: Mapping[str, bytes]) -> None:
    place = folder.resolve()
    made = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        made.chmod(_FOLDER_MODE)
        for name, data in files.items():
            with (made / name).open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        if place.exists():
            place.rmdir()
        made.rename(place)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
