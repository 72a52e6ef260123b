"""What a document rests on, what of it was not verified, and where its models end."""

from collections.abc import Iterator

from app.i18n import N_
from app.reports.document import Block, Heading, Prose
from app.reports.sheet import Sheet


def reliance(sheet: Sheet) -> Iterator[Block]:
    """Versions, fingerprint, seeds, provenance, what nobody verified, limits of the models."""
    words = sheet.words
    yield Heading(words(N_("What this document rests on")))
    yield Prose(words(N_("The figures rest on the inputs of this version of the case.")))
