"""Text in English and 简体中文 by gettext, for screen, documents and command line alike."""

import gettext
import os
from functools import cache

from app.finance.text import N_
from app.paths import resources

__all__ = ["LANGUAGES", "N_", "Translator", "_", "active_language", "set_language", "translator"]

DOMAIN = "bluecarbon"
LANGUAGES = {"zh": "简体中文", "en": "English"}
_CATALOGUES = {"zh": "zh_CN", "en": "en"}


class Translator:
    """Translates message ids into one language; `language` is "zh" or "en"."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = gettext.translation(
            DOMAIN, resources() / "i18n", [_CATALOGUES[language]], fallback=True
        )

    def __call__(self, message: str) -> str:
        """Return the text of `message`; the empty message stays empty."""
        return self._catalogue.gettext(message) if message else ""


@cache
def translator(language: str) -> Translator:
    """Return the translator of "zh" or "en".

    Raises:
        KeyError: another language.
    """
    return Translator(language)


_active = "en"


def set_language(language: str) -> None:
    """Make "zh" or "en" the language of `_`."""
    global _active  # noqa: PLW0603 - gettext's one process-wide choice
    _active = translator(language).language


def active_language() -> str:
    """Return the language of `_`."""
    return _active


def _(message: str) -> str:
    """Translate into the active language."""
    return translator(_active)(message)


def system_language() -> str:
    """Return "zh" when the system speaks Chinese, otherwise "en"."""
    import locale  # noqa: PLC0415 - asked once, when no language was chosen

    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith(("zh", "chinese")) else "en"
