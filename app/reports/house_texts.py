"""What the house says on a document, in the languages of the document."""

from app.reports.document import NOTHING, Text, Words
from app.reports.fonts import checked
from app.reports.house import House

_LINES = ("name", "office", "address", "disclaimer", "confidentiality")


def house_text(house: House, words: Words, name: str) -> Text:
    """Return a text of the house by the name of its field; `NOTHING` where it has none.

    Where one language of the document has no text, the other one stands alone.
    """
    found = (getattr(house.texts(tr.language), name) for tr in words.translators)
    lines = tuple(dict.fromkeys(line.strip() for line in found if line.strip()))
    return Text(lines) if lines else NOTHING


def has_letterhead(house: House, words: Words) -> bool:
    """Whether the first page has a head of the house."""
    named = any(house_text(house, words, name) != NOTHING for name in ("name", "office", "address"))
    return named or bool(house.logo)


def check_house(house: House) -> None:
    """Check that every text of the template can be drawn, in both languages.

    Raises:
        DomainError: `missing_glyph`, with the path of the text.
    """
    for language in ("zh", "en"):
        texts = house.texts(language)
        for name in _LINES:
            checked(getattr(texts, name), f"house.{language}.{name}")
        for number, role in enumerate(texts.signers):
            checked(role, f"house.{language}.signers.{number}")
