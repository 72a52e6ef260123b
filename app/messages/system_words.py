"""What the operating system says of a file, in words of the program."""

from app.i18n import N_, Translator

_REASONS = {
    "No such file or directory": N_("no such file or folder"),
    "Is a directory": N_("it is a folder"),
    "Not a directory": N_("part of its path is no folder"),
    "Permission denied": N_("no right to it"),
    "Read-only file system": N_("its disk is read-only"),
    "No space left on device": N_("the disk is full"),
    "File exists": N_("there is a file of this name already"),
    "File name too long": N_("its name is too long"),
}
"""By the English text that Python gives on every system."""


def reason_text(reason: str, tr: Translator) -> str:
    """Return the system's reason in words; one that is not known as it came."""
    return tr(_REASONS[reason]) if reason in _REASONS else reason


def file_problem_text(problem: OSError, tr: Translator) -> str:
    """Say that a file cannot be used, why, and which."""
    reason = reason_text(problem.strerror or str(problem), tr)
    if isinstance(problem, PermissionError):  # on Windows also a file that is open elsewhere
        reason = tr(N_("no right to it, or another program has it open"))
    if problem.filename is None:
        return tr(N_("The file cannot be read or written: {reason}")).format(reason=reason)
    text = tr(N_("The file {file} cannot be read or written: {reason}"))
    return text.format(file=problem.filename, reason=reason)
