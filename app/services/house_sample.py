"""A sample of a template: a document of a demonstration case as the template would print it."""

import json
from datetime import date
from functools import cache

from app.paths import resources
from app.reference.tables import Reference, load_reference
from app.reports.house import House
from app.reports.kinds import Choice, DocumentKind
from app.services.case_file import read_file
from app.services.printing import Language, print_document
from app.services.workbench import Computed, compute

_CASES = {
    DocumentKind.TERM_SHEET: "demo/ccer-xiapu.bcd.json",
    DocumentKind.REPAYMENT_SCHEDULE: "demo/ccer-xiapu.bcd.json",
    DocumentKind.QUOTATION: "demo/fujian-oyster-typhoon.bcd.json",
}
SAMPLES = tuple(_CASES)
"""The kinds a sample is shown of."""


@cache
def _computed(name: str) -> tuple[Computed, Reference]:
    reference = load_reference()
    return compute(read_file(resources() / name), reference, draw=False), reference


def sample_pdf(house: House, kind: DocumentKind, language: Language, day: date) -> bytes:
    """Return a document of a demonstration case as PDF in a template.

    Raises:
        CaseRefused: a text of the template holds a character that cannot be drawn.
    """
    computed, reference = _computed(_CASES[kind])
    return print_document(
        computed,
        reference=reference,
        language=language,
        issued_on=day,
        choice=Choice(kind),
        house=house,
    )


def to_json(document: object) -> str:
    """Return a template as the text of a file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
