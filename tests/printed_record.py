"""The printed case record as the tests read it: in each language, each print made once."""

import json
from functools import cache
from typing import Any, Literal

from app.finance.engine import compute_case
from app.finance.sink.tables import SinkTables
from app.reports.stamp import Stamp
from app.services.case_file import validate
from tests.pdf_text import page_texts
from tests.sheets import DRAFT, document_pdf

Language = Literal["zh", "en", "both"]
LANGUAGES: tuple[Language, ...] = ("zh", "en", "both")


def printed_anew(document: dict[str, Any], language: Language, stamp: Stamp = DRAFT) -> bytes:
    file = validate(document)
    return document_pdf(file, compute_case(file.case, SinkTables({})), stamp, language=language)


@cache
def _sheet(document: str, language: Language, stamp: Stamp) -> bytes:
    return printed_anew(json.loads(document), language, stamp)


def printed(document: dict[str, Any], language: Language, stamp: Stamp = DRAFT) -> bytes:
    """Print a case; the tests that look at one sheet share it."""
    return _sheet(json.dumps(document, sort_keys=True), language, stamp)


def text_of(data: bytes) -> str:
    return "\n".join(page_texts(data))
