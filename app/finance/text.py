"""Marks the words of the core for translation; the shell translates them when it shows them."""


def N_(message: str) -> str:  # noqa: N802 - the gettext convention
    """Return `message` unchanged; the extractor of message catalogues looks for this name."""
    return message
