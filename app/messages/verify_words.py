"""The words of a verified file: the verdict, and everything that was found."""

from app.i18n import N_

VERDICTS = {
    "untouched": N_("Untouched"),
    "changed": N_("Changed since it was printed or signed"),
    "foreign": N_("Not a document of this program"),
    "damaged": N_("Damaged"),
    "not_trusted": N_("Untouched, but not signed by whom the certificate given names"),
}

FINDINGS = {
    "empty": N_("The file is empty."),
    "no_pdf": N_("The file is no PDF."),
    "too_large": N_(
        "The file is larger than {limit_mb} MB; no document of this program comes near that, so "
        "it was not read to its end."
    ),
    "grown": N_(
        "The file says that it is a document of this program, but is larger than {limit_mb} MB: "
        "something was added to it."
    ),
    "cut_off": N_("The end of the file is missing: it was cut off."),
    "broken": N_("The file cannot be opened as a PDF."),
    "bytes_changed": N_(
        "The file is not as it was printed: something in it was changed, or another program saved "
        "it again."
    ),
    "other_pdf": N_("The file is a PDF, but bears no seal of this program."),
    "as_printed": N_("The file is byte for byte as it was printed: its seal is whole."),
    "as_signed": N_(
        "The file is byte for byte as it was signed: the seal of the printed part is whole, and "
        "nothing but signatures was added."
    ),
    "not_signed": N_("The file is not signed."),
    "signer_not_trusted": N_(
        "The certificate of the signer {signer} does not lead to the certificate given, or could "
        "not be used at the time stated."
    ),
    "added": N_("After printing {bytes} bytes were added to the file, without a signature."),
    "added_unreadable": N_(
        "After printing something was added to the file that cannot be read: a signature that was "
        "damaged or cut off, or something else."
    ),
    "signature_broken": N_("What was signed is not what the file holds: a signature is broken."),
    "added_before_signature": N_(
        "Before the first signature more was put into the printed file than a signature."
    ),
    "added_after_signature": N_("After the last signature something was added to the file."),
    "book_same": N_("The book holds this document with the same bytes."),
    "book_unknown": N_("The book has no final document of this number."),
    "signature_removed": N_(
        "The book holds this document with a signature; in the file the signature is missing."
    ),
    "book_signed_further": N_(
        "The book holds this document; in the file more signatures were put to it."
    ),
    "book_differs": N_(
        "The book holds another document under this number: the file was not issued from it."
    ),
    "book_unreadable": N_("The book could not be asked: {reason}"),
    "seal_only": N_(
        "A seal shows accidental change, but is no proof of who made the file: whoever changes it "
        "on purpose can put a new seal to it. Only a signature is a proof, or the book that holds "
        "the document."
    ),
    "demonstration": N_(
        "The certificate of {signer} was made by this program for demonstration: it has no legal "
        "effect and proves no identity."
    ),
    "self_made": N_(
        "The certificate of {signer} is self-made: nobody but its holder stands for the name."
    ),
    "trust_unchecked": N_(
        "Whether {issuer}, who issued the certificate of {signer}, can be trusted was not checked. "
        "Give the issuer's certificate to have it checked."
    ),
    "not_valid_then": N_(
        "The certificate of {signer} was not valid at the time stated in the signature."
    ),
    "no_time_stamp": N_(
        "The time of a signature is that of the signer's machine: no time-stamp authority confirms "
        "it, and whether the certificate was revoked was not asked."
    ),
    "newer_version": N_("The case has a newer version: {newest}."),
}
