"""Margin call."""

from app.i18n import N_
from app.reports.document import Document
from app.reports.frame import NOT_BINDING, framed, identity, signed
from app.reports.sheet import Sheet


def build_margin_call(sheet: Sheet) -> Document:
    """Say what the document says; nothing is drawn yet."""
    words = sheet.words
    blocks = (identity(sheet), signed(sheet, words(NOT_BINDING)))
    return framed(sheet, words(N_("Margin call")), blocks, house="")
