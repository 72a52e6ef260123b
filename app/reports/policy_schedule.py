"""Policy schedule: index cover."""

from app.i18n import N_
from app.reports.document import Document
from app.reports.frame import NOT_BINDING, framed, identity, signed
from app.reports.sheet import Sheet


def build_policy_schedule(sheet: Sheet) -> Document:
    """Say what the document says; nothing is drawn yet."""
    words = sheet.words
    blocks = (identity(sheet), signed(sheet, words(NOT_BINDING)))
    return framed(sheet, words(N_("Policy schedule: index cover")), blocks, house="")
