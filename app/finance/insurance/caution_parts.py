"""How the cautions of a quote are raised."""

from app.finance.notices import Notice, Severity


def warning(code: str, path: str = "", /, **facts: object) -> Notice:
    """Return a warning."""
    return Notice(code, Severity.WARNING, path, facts)


def red_flag(code: str, path: str = "", /, **facts: object) -> Notice:
    """Return a red flag; it keeps a document from being final."""
    return Notice(code, Severity.RED_FLAG, path, facts)
