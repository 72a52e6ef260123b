"""The words of a storage problem, with the remedy."""

from app.i18n import N_, Translator
from app.services.ports import StorageProblem

STORAGE = {
    "locked": N_("The book is in use by another program. Close it there and try again."),
    "full": N_("The disk is full. Make room and try again; nothing was lost."),
    "damaged": N_("This file is not a book or is damaged. Restore a backup of the book."),
    "too_new": N_("The book was written by a later version of the program. Update the program."),
    "stale": N_("The case was saved elsewhere since it was opened. Open it again."),
    "not_found": N_("This case is not in the book."),
    "no_attachment": N_("This attachment is not in the book."),
    "unreadable": N_("The book cannot be read or written. Check the rights on its folder."),
    "exists": N_("There is a file of this name already. Choose another name."),
}


def storage_text(problem: StorageProblem, tr: Translator) -> str:
    """Return the words of a storage problem, with the remedy."""
    return tr(STORAGE[problem.code])
