"""The printed sheet of a loan, read back from the PDF."""

import io
import re
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from tests.loan_sheet_case import rich_case
from tests.pdf_text import page_texts
from tests.printed_record import Language, printed
from tests.sheets import DRAFT, FINAL, document_pdf


@cache
def rich(language: Language) -> tuple[tuple[str, ...], int]:
    """The pages of the rich case as text, and how many pictures they hold."""
    data = document_pdf(*rich_case(), DRAFT, language=language)
    pictures = sum(len(page.images) for page in PdfReader(io.BytesIO(data)).pages)
    return page_texts(data), pictures


@pytest.mark.parametrize("language", ["en", "both"])
def test_a_rich_loan_is_printed_in_each_language(language: Language) -> None:
    read, pictures = rich(language)
    found = "\n".join(read)
    for figure in ("21,830,545.78", "13,624,886.90", "18,074,206.77", "贰仟万元整", "156.51%"):
        assert figure in found
    assert not re.search(r"\bNone\b(?!: no compliance)", found)
    assert pictures == 0


def test_credit_risk_stands_on_the_last_pages_and_nowhere_else() -> None:
    found, _pictures = rich("en")
    first = next(n for n, page in enumerate(found) if "For the lender only" in page)
    inner, own = "\n".join(found[:first]), "\n".join(found[first:])
    for words in ("Probability of default", "RAROC", "Hurdle rate", "Funds transfer price"):
        assert words not in inner
        assert words in own


def test_a_schedule_of_thirty_years_repeats_its_head_and_ends_in_its_sums(
    document: dict[str, Any],
) -> None:
    document["loan"].update(term_months=360, upfront_fee_yuan=0)
    document["project"]["sea_area_right_end"] = "2060-12-31"
    found = page_texts(printed(document, "en"))
    on = [page for page in found if "Balance (yuan)" in page and "Principal (yuan)" in page]
    assert len(on) >= 6
    assert re.search(r"360 2055-03-31 .* 0\.00 Total", " ".join(on[-1].split()))


def test_open_red_flags_are_named_on_the_first_page_with_what_they_stop(
    document: dict[str, Any],
) -> None:
    first = " ".join(page_texts(printed(document, "en"))[0].split())
    assert "No specified account" in first
    assert re.search(r"While the \d red flags above are open this version cannot be", first)
    final = " ".join(page_texts(printed(document, "en", FINAL))[0].split())
    assert "cannot be approved" not in final
