"""The seal of a printed document: a digest of the file inside the file itself.

It tells a changed, re-saved or broken copy of any document of the program, a draft included, and
takes no key. Whoever forges on purpose can make a new seal: against that stands the signature of
a final document.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

PREFIX = "BlueCarbon"
"""What the names of the facts begin with in the file."""

SEAL_NAME = f"{PREFIX}Seal"
OPEN_SEAL = "0" * 64
"""What stands in the place of the digest while the digest is made."""

FACT_NAMES = MappingProxyType(
    {
        "number": f"{PREFIX}Number",
        "kind": f"{PREFIX}Kind",
        "status": f"{PREFIX}Status",
        "code": f"{PREFIX}Code",
        "inputs": f"{PREFIX}Inputs",
        "version": f"{PREFIX}Version",
        "program": f"{PREFIX}Program",
        "data": f"{PREFIX}Data",
        "template": f"{PREFIX}Template",
        "language": f"{PREFIX}Language",
        "issued_on": f"{PREFIX}IssuedOn",
    }
)
"""Name of each fact in the file: `inputs` is the whole hash, `version` that of the case."""

_SEAL = re.compile(rb"/BlueCarbonSeal \(([0-9a-f]{64})\)")
_END = re.compile(rb"startxref\r?\n\d+\r?\n%%EOF\r?\n?")
_FACT = re.compile(
    rb"/(BlueCarbon[A-Za-z]+)\s*(?:<([0-9A-Fa-f\s]*)>|\(((?:\\.|[^\\()])*)\))", re.DOTALL
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_MOST_UNPACKED = 1_000_000
_LETTERS = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r\n": b"",
}


class SealState(StrEnum):
    """What the seal of a file says."""

    UNTOUCHED = "untouched"
    CHANGED = "changed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file says of itself and whether it is as it was printed.

    `facts` has the keys of `FACT_NAMES` that are in the file. `appended` counts the bytes after
    what the seal covers: a signature adds some, and so does anything else that was written into
    the file later without touching what was there. Only a valid signature speaks for them.
    """

    state: SealState
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    appended: int = 0


def sealed(data: bytes) -> bytes:
    """Return a file with its digest in the open place for it.

    Raises:
        ValueError: the file has no such place, or more than one.
    """
    places = [place for place in _SEAL.finditer(data) if place[1] == OPEN_SEAL.encode()]
    if len(places) != 1:
        raise ValueError("a file to seal has one place for its seal")
    digest = hashlib.sha256(data).hexdigest().encode()
    return data[: places[0].start(1)] + digest + data[places[0].end(1) :]


def check_seal(data: bytes) -> Seal:
    """Return what the seal of a file says; it covers the file as it was printed first.

    A file whose seal does not stand in its place, but which names itself a document of the
    program, was saved again by another program: it is changed.
    """
    end = _END.search(data)
    printed = data[: end.end()] if end else data
    place = _SEAL.search(printed)
    facts = _facts(printed)
    if place is None:
        facts = facts or _facts(data)
        return Seal(SealState.CHANGED if facts else SealState.NONE, facts)
    opened = printed[: place.start(1)] + OPEN_SEAL.encode() + printed[place.end(1) :]
    if end is None or hashlib.sha256(opened).hexdigest().encode() != place[1]:
        return Seal(SealState.CHANGED, facts)
    return Seal(SealState.UNTOUCHED, facts, len(data) - len(printed))


def _facts(data: bytes) -> Mapping[str, str]:
    """The facts in a file; they are read without the structure of the file, which may be broken."""
    found: dict[bytes, str] = {}
    for part in _plain_parts(data):
        for name, digits, letters in _FACT.findall(part):
            coded = _hexadecimal(digits) if digits else _ESCAPE.sub(_unescaped, letters)
            found.setdefault(name, _decoded(coded))
        if found:
            break
    named = {key: found.get(name.encode(), "") for key, name in FACT_NAMES.items()}
    return MappingProxyType({key: value for key, value in named.items() if value})


def _plain_parts(data: bytes) -> Iterator[bytes]:
    """The file itself, then what programs that save it again pack into streams of objects."""
    yield data
    for stream in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(stream[1], _MOST_UNPACKED)
        except zlib.error:
            continue


def _hexadecimal(digits: bytes) -> bytes:
    text = b"".join(digits.split()).decode()
    return bytes.fromhex(text + "0" * (len(text) % 2))


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, letter = found.groups()
    return bytes([int(octal, 8) & 0xFF]) if octal else _LETTERS.get(letter, letter)


def _decoded(coded: bytes) -> str:
    if coded.startswith(b"\xfe\xff"):
        return coded[2:].decode("utf-16-be", "replace")
    return coded.decode("latin-1")
