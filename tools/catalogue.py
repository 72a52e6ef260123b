"""Keeps the message catalogues true: extract texts, update the .po files, compile the .mo files.

Run `python tools/catalogue.py` after changing any text, translate what it lists, run it again.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "tr": None, "translate": None, "_tr": None}
LANGUAGES = ("zh_CN",)
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)


def extract() -> dict[str, list[tuple[str, int]]]:
    """Return each message id of `app` with the places it stands at."""
    found: dict[str, list[tuple[str, int]]] = {}
    texts = extract_from_dir(ROOT / "app", keywords=KEYWORDS, strip_comment_tags=True)
    for filename, line, message, _comments, _context in texts:
        if isinstance(message, str) and message:
            found.setdefault(message, []).append((f"app/{filename}", line))
    return found


def po_path(language: str) -> Path:
    """Return the catalogue of a language."""
    return ROOT / "resources" / "i18n" / language / "LC_MESSAGES" / "bluecarbon.po"


def load(language: str) -> Catalog:
    """Return the catalogue of a language; an empty one when there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Blue Carbon Desk", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def untranslated(language: str) -> list[str]:
    """Return the message ids of `app` that have no text in a language."""
    catalogue = load(language)
    return [text for text in extract() if not (catalogue.get(text) and catalogue[text].string)]


def update(language: str) -> None:
    """Rewrite the .po of a language with today's texts, in stable order, and compile it."""
    old = load(language)
    new = Catalog(
        locale=language,
        project="Blue Carbon Desk",
        charset="utf-8",
        creation_date=_FIXED,
        revision_date=_FIXED,
        last_translator="",
        language_team="",
        copyright_holder="",
        fuzzy=False,
    )
    for text in sorted(extract()):
        known = old.get(text)
        new.add(text, known.string if known else "")
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, new, width=100, sort_output=True, omit_header=False)
    with path.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, new)


def main() -> int:
    """Update all catalogues; list what is not translated."""
    missing = 0
    for language in LANGUAGES:
        update(language)
        for text in untranslated(language):
            missing += 1
            sys.stdout.write(f"{language}: {text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
