"""The shipped loan before a credit committee, for tests of its memo."""

import json
from functools import cache
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case, with_drawn
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.demo import loan_files


def shipped_document(name: str) -> dict[str, Any]:
    """A case file of the shipped loans, to be changed at will."""
    path = next(path for path in loan_files() if path.name == f"{name}.bcd.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def committee_document() -> dict[str, Any]:
    """The loan with a memo, accounts, exposure and votes."""
    return shipped_document("committee")


@cache
def committee_case() -> tuple[CaseFile, Results]:
    """The loan, computed with all that is drawn from fewer scenarios than it ships with."""
    document = committee_document()
    document["appraisal"]["simulation"]["scenarios"] = 1024
    tables = load_reference().tables
    file = validate(document)
    return file, with_drawn(file.case, compute_case(file.case, tables), tables)
