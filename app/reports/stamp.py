"""What a document says of itself: versions, hash, number, status, who and when."""

import re
from dataclasses import dataclass
from datetime import date

_CODE_DIGITS = 12
_FOUR = "([0-9A-Fa-f]{4})"
_CODE = re.compile(rf"{_FOUR}[-\s]?{_FOUR}[-\s]?{_FOUR}(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Identity of a printed document; `input_hash` is SHA-256 in hex.

    `final` documents are numbered, kept and never changed; they have an approval. `template` is
    the digest of the template of the house, "" for none.
    """

    program_version: str
    data_version: str
    input_hash: str
    case_version: int | None
    document_no: str
    issued_on: date
    approved: bool
    prepared_by: str
    approved_by: str
    approved_on: date | None
    final: bool = False
    template: str = ""

    @property
    def status(self) -> str:
        """ "final", "approved" (of an approved version, not issued) or "draft"."""
        if self.final:
            return "final"
        return "approved" if self.approved else "draft"

    @property
    def code(self) -> str:
        """The code by which the book finds the version of the case again."""
        return case_code(self.input_hash)


def case_code(input_hash: str) -> str:
    """Return the code of a version: the first 12 hex digits of its inputs, in groups of four."""
    digits = input_hash[:_CODE_DIGITS].upper()
    return "-".join(digits[start : start + 4] for start in range(0, _CODE_DIGITS, 4))


def code_digits(text: str) -> str:
    """Return the hex digits of a typed or scanned code in lower case, "" when it holds none.

    Takes what a QR code of a document says, the code with or without dashes, and a draft's number.
    """
    found = _CODE.search(text)
    return "".join(found.groups()).lower() if found else ""
