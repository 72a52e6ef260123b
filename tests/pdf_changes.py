"""What can be done to a PDF: bytes changed, pages swapped, saved again, revisions appended."""

import io
import re

from pypdf import PdfReader, PdfWriter

from app.reports.seal import OPEN_SEAL, sealed


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def pages_swapped(content: bytes) -> bytes:
    reader, writer = PdfReader(io.BytesIO(content)), PdfWriter()
    for page in reversed(reader.pages):
        writer.add_page(page)
    return written(writer)


def page_of_another(content: bytes, other: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.insert_page(PdfReader(io.BytesIO(other)).pages[0], 1)
    return written(writer)


def saved_again(content: bytes) -> bytes:
    return written(PdfWriter(clone_from=io.BytesIO(content)))


def with_a_note_appended(content: bytes) -> bytes:
    stream = io.BytesIO(content)
    writer = PdfWriter(stream, incremental=True)
    writer.pages[0].rotate(90)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def forged(content: bytes) -> bytes:
    """Change a document and put a new seal to it, as somebody does who knows the program."""
    place = re.search(rb"/BlueCarbonSeal \(([0-9a-f]{64})\)", content)
    assert place is not None
    opened = content[: place.start(1)] + OPEN_SEAL.encode() + content[place.end(1) :]
    changed = opened.replace(b"D:20260301", b"D:20250301")
    assert changed != opened
    return sealed(changed)


def blank() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return written(writer)
