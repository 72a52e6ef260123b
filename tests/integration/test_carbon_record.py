"""The printed case record of a case of carbon alone: the account of removals and credits."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from app.finance.engine import compute_case
from app.reference.tables import load_reference
from app.services.case_file import validate
from tests.carbon_case import MARKETS, RANGE, account, computed, planted
from tests.pdf_text import page_texts
from tests.printed_record import LANGUAGES, Language, text_of
from tests.sheets import DRAFT, document_pdf


def account_of_carbon(language: Language, **more: Any) -> bytes:
    file, results = computed(account(), **more)
    return document_pdf(file, results, DRAFT, language=language)


@pytest.mark.parametrize(
    ("language", "title", "none"),
    [
        ("en", "Account of removals and credits", "no compliance market takes these credits"),
        ("zh", "碳汇量", "■"),
        ("both", "Account of removals and credits", "no compliance market takes these credits"),
    ],
)
def test_an_account_says_on_its_first_pages_that_there_is_no_compliance_exit(
    language: Language, title: str, none: str
) -> None:
    markets = tuple(answer for answer in MARKETS if answer.market != "National")
    found = page_texts(account_of_carbon(language, markets=markets))
    assert title in found[0]
    assert none in " ".join((found[0] + found[1]).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_of_carbon_never_prints_none(language: Language) -> None:
    found = text_of(account_of_carbon(language, found=RANGE))
    assert "547.20" in found
    assert not re.search(r"\bNone\b(?!: no compliance)", found)


def test_an_account_holds_years_exits_ledger_and_range() -> None:
    found = " ".join(text_of(account_of_carbon("en", found=RANGE)).split())
    for words in (
        "Annex: removals and credits by year",
        "Annex: credits by vintage",
        "Annex: ledger of the credits",
        "Only after a field visit.",
        "10,000 draws from seed 7",
        "It is no report of a verifier",
    ):
        assert words in found
    assert "Value of the income right" not in found
    assert "signed after approval" not in found


def test_a_map_and_a_chart_in_the_account_hold_no_pixels_and_give_the_same_bytes() -> None:
    data = account_of_carbon("both", found=RANGE)
    assert all(not page.images for page in PdfReader(io.BytesIO(data)).pages)
    assert data == account_of_carbon("both", found=RANGE)


def test_a_published_default_is_printed_with_value_mark_and_source() -> None:
    file = validate(planted())
    results = compute_case(file.case, load_reference().tables)
    found = " ".join(text_of(document_pdf(file, results, DRAFT, language="en")).split())
    assert re.search(r"Years of soil carbon 20 yr Def CDM AR-AM0014", found)
