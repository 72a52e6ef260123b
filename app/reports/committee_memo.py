"""Memo to the credit committee."""

from app.i18n import N_
from app.reports.document import Document
from app.reports.frame import NOT_BINDING, framed, identity, signed
from app.reports.sheet import Sheet


def build_committee_memo(sheet: Sheet) -> Document:
    """Say what the document says; nothing is drawn yet."""
    words = sheet.words
    blocks = (identity(sheet), signed(sheet, words(NOT_BINDING)))
    return framed(sheet, words(N_("Memo to the credit committee")), blocks, house="")
