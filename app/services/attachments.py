"""Papers attached to a case: what is read of a file before the book keeps it."""

from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path

from app.services.imported import file_refused, read_bounded

MAX_BYTES = 20 * 10**6
"""Largest paper; scans of contracts and certificates stay well below."""

_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as the book will keep it; `media_type` goes by the end of its name."""

    name: str
    media_type: str
    content: bytes


def media_type_of(name: str) -> str:
    """Return the media type that the end of a file's name stands for.

    By the list Python ships, not by that of the system: the same file has one type everywhere.
    """
    return MimeTypes().guess_type(name)[0] or _UNKNOWN_TYPE


def read_paper(path: Path) -> Paper:
    """Read a file that shall be attached; no more than the limit is ever read.

    Raises:
        CaseRefused: "too_large" above 20 MB, "empty_attachment", "not_readable".
    """
    try:
        content = read_bounded(path, MAX_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise file_refused("not_readable", path.name, reason=reason) from error
    if not content:
        raise file_refused("empty_attachment", path.name)
    return Paper(path.name, media_type_of(path.name), content)
