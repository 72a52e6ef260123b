"""The choice of the languages of a document."""

from PySide6.QtWidgets import QComboBox

from app.formats import sentence
from app.i18n import LANGUAGES, _
from app.messages.document_words import LANGUAGE_NAMES


def language_box(chosen: str = "both") -> QComboBox:
    """Return the choice: both languages, then each by its own name."""
    box = QComboBox()
    offer_languages(box, chosen)
    return box


def offer_languages(box: QComboBox, chosen: str, *, both: bool = True) -> None:
    """Fill a choice anew; a program that takes one language only is not offered both."""
    box.clear()
    for code in (*(("both",) if both else ()), *LANGUAGES):
        box.addItem(sentence(_(LANGUAGE_NAMES[code])), code)
    box.setCurrentIndex(max(box.findData(chosen), 0))
