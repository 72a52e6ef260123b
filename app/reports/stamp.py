"""What a document says of itself: versions, hash, number, status, who and when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stamp:
    """Identity of a printed document; `input_hash` is SHA-256 in hex."""

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
