"""Documents of the shipped loans, built once for the tests that read them."""

import copy
from functools import cache
from typing import Any

from app.finance.engine import compute_case
from app.reference.tables import load_reference
from app.reports.document import Document, Words
from app.reports.repayment_schedule import build_repayment_schedule
from app.reports.sheet import Sheet
from app.reports.term_sheet import build_term_sheet
from app.services.case_file import parse_json, validate
from app.services.demo import loan_files
from tests.sheets import DRAFT

_FILES = {path.name.partition(".")[0]: path for path in loan_files()}


@cache
def _shipped(name: str) -> dict[str, Any]:
    return parse_json(_FILES[name].read_bytes())


def loan_document(name: str, **terms: Any) -> dict[str, Any]:
    """Return a shipped case with some terms of its loan changed; None takes one away."""
    found = copy.deepcopy(_shipped(name))
    for term, value in terms.items():
        found["loan"].pop(term, None)
        if value is not None:
            found["loan"][term] = value
    return found


def sheet_of(document: dict[str, Any], language: str = "en") -> Sheet:
    file = validate(copy.deepcopy(document))
    results = compute_case(file.case, load_reference().tables)
    return Sheet(file, results, DRAFT, Words(language))


def term_sheet(document: dict[str, Any], language: str = "en") -> Document:
    return build_term_sheet(sheet_of(document, language))


def repayment_schedule(document: dict[str, Any]) -> Document:
    return build_repayment_schedule(sheet_of(document))
