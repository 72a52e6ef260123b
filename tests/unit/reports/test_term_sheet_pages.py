"""A term sheet is two pages and its annex."""

import pytest

from app.reports.document import Facts, Grid, NewPage, Place
from app.reports.documents import document_pdf
from app.reports.kinds import DocumentKind
from tests.pdf_text import page_texts
from tests.unit.reports.loan_documents import loan_document, sheet_of, term_sheet

_SIGNED = {"zh": "本件为意向性文件", "en": "Indicative and not binding."}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", ["committee", "all-bounds"])
def test_a_rich_case_is_signed_on_the_second_page(case: str, language: str) -> None:
    data = document_pdf(DocumentKind.TERM_SHEET, sheet_of(loan_document(case), language))
    signed = [at for at, page in enumerate(page_texts(data), start=1) if _SIGNED[language] in page]
    assert signed == [2]


def test_only_the_two_pages_are_set_close() -> None:
    blocks = term_sheet(loan_document("committee")).blocks
    annex = next(at for at, block in enumerate(blocks) if isinstance(block, NewPage))
    tables = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Facts | Grid)]
    assert {at < annex for at, block in tables if block.tight} == {True}
    assert {at < annex for at, block in tables if not block.tight} == {False}


def test_no_half_line_is_left_empty_where_a_short_fact_follows() -> None:
    for block in term_sheet(loan_document("committee")).blocks:
        if isinstance(block, Facts) and block.tight:
            places = [fact.place for fact in block.facts]
            halves = "".join("h" if place is Place.HALF else "L" for place in places)
            assert halves.replace("hh", "").count("h") <= 1
