"""What a shown document is worth: a draft, approved, or final and by whom it is signed."""

from app.i18n import _
from app.services.ports import DocumentEntry


def version_state(version: int | None, *, approved: bool) -> str:
    """Return what a document of a version is before it is issued; None for inputs not saved."""
    if version is None:
        return _("Draft of inputs that are not saved.")
    if approved:
        return _("Version {version} is approved; this document is not issued.").format(
            version=version
        )
    return _("Draft: version {version} is not approved.").format(version=version)


def entry_state(entry: DocumentEntry) -> str:
    """Return what a document of the book is."""
    if entry.status != "final":
        return version_state(entry.version, approved=entry.status == "approved")
    if entry.signer:
        text = _("Final document {number}, signed by {signer}.")
        return text.format(number=entry.number, signer=entry.signer)
    return _("Final document {number}, not signed.").format(number=entry.number)
