"""Release of the security."""

from app.i18n import N_
from app.reports.document import Document
from app.reports.frame import NOT_BINDING, framed, identity, signed
from app.reports.sheet import Sheet


def build_release_letter(sheet: Sheet) -> Document:
    """Say what the document says; nothing is drawn yet."""
    words = sheet.words
    blocks = (identity(sheet), signed(sheet, words(NOT_BINDING)))
    return framed(sheet, words(N_("Release of the security")), blocks, house="")
