"""The printed term sheet, read back from its bytes."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from app.finance.engine import compute_case
from app.finance.errors import DomainError
from app.finance.sink.tables import SinkTables
from app.reports.fonts import checked, missing_glyphs
from app.reports.stamp import Stamp
from app.services.case_file import validate
from tests.pdf_text import page_texts
from tests.sheets import document_pdf

DRAFT = Stamp(
    program_version="0.1.0",
    data_version="2026-11-abc",
    input_hash="0123456789abcdef" * 4,
    case_version=3,
    document_no="TS-0123",
    issued_on=date(2026, 3, 1),
    approved=False,
    prepared_by="",
    approved_by="",
    approved_on=None,
)


def sheet(document: dict[str, Any], language: Any = "both", stamp: Stamp = DRAFT) -> bytes:
    file = validate(document)
    return document_pdf(file, compute_case(file.case, SinkTables({})), stamp, language=language)


def pages_of(data: bytes) -> tuple[str, ...]:
    return page_texts(data)


def text_of(data: bytes) -> str:
    return "\n".join(pages_of(data))


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_figures_of_dongtai_are_printed(language: str, document: dict[str, Any]) -> None:
    text = text_of(sheet(document, language))
    assert "1,250,414.00" in text
    assert "1,599.47%" in text
    assert "贰仟万元整" in text


def test_the_warning_that_carbon_does_not_carry_the_loan_is_on_page_one(
    document: dict[str, Any],
) -> None:
    first = pages_of(sheet(document, "en"))[0]
    assert "Carbon alone does not carry the loan" in " ".join(first.split())


def test_the_annualised_rate_comes_before_the_rate_of_the_contract(
    document: dict[str, Any],
) -> None:
    text = text_of(sheet(document, "en"))
    assert text.index("3.92%") < text.index("3.85%")


def test_both_languages_stand_on_the_bilingual_sheet(document: dict[str, Any]) -> None:
    text = text_of(sheet(document))
    assert "毛值" in text
    assert "Gross value" in text


def test_pages_are_numbered_and_the_hash_is_printed(document: dict[str, Any]) -> None:
    pages = pages_of(sheet(document, "en"))
    assert f"Page 1 of {len(pages)}" in pages[0]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert "0123456789abcdef" in pages[0]


def test_a_draft_says_so_and_a_final_sheet_does_not(document: dict[str, Any]) -> None:
    approved = replace(
        DRAFT,
        approved=True,
        prepared_by="officer",
        approved_by="head of credit",
        approved_on=date(2026, 3, 2),
        final=True,
    )
    assert "DRAFT" in text_of(sheet(document, "en"))
    final = text_of(sheet(document, "en", approved))
    assert "DRAFT" not in final
    assert "head of credit" in final


def test_rare_characters_of_names_are_drawn_and_can_be_copied(document: dict[str, Any]) -> None:
    document["project"]["holder"] = "堃喆𬭸养殖有限公司"
    text = text_of(sheet(document, "zh"))
    assert "堃喆𬭸养殖有限公司" in text
    assert "CO₂" in text


def test_a_character_no_face_has_is_refused() -> None:
    assert missing_glyphs("吉\U00020bb7") == "\U00020bb7"
    with pytest.raises(DomainError) as refused:
        checked("\U00020bb7野家", "project.holder")
    assert refused.value.code == "missing_glyph"


def test_the_same_case_gives_the_same_bytes(document: dict[str, Any]) -> None:
    assert sheet(document) == sheet(document)


def test_all_fonts_are_embedded_and_the_chart_is_no_picture(document: dict[str, Any]) -> None:
    for page in PdfReader(io.BytesIO(sheet(document))).pages:
        assert not page.images
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            face = font.get_object()
            assert "BlueCarbon" in face["/BaseFont"]
            assert "/FontFile2" in face["/FontDescriptor"]


def test_every_input_is_listed_with_its_provenance(document: dict[str, Any]) -> None:
    document["provenance"] = {
        "appraisal.price_yuan_t": {"kind": "disclosed", "source": "exchange notice 2025-03"}
    }
    text = text_of(sheet(document, "en"))
    assert "exchange notice 2025-03" in text
    assert "D disclosed · M measured · A assumed · Def default" in text


def test_a_policy_alone_is_recorded_without_a_loan(insured_document: dict[str, Any]) -> None:
    del insured_document["loan"]
    text = text_of(sheet(insured_document, "en"))
    assert "Case record: blue-carbon insurance" in text
    assert "贰拾万元整" in text
    assert "Annualised rate" not in text


def test_a_long_schedule_repeats_its_head_on_each_page(document: dict[str, Any]) -> None:
    document["loan"]["term_months"] = 120
    assert sum("Balance (yuan)" in text for text in pages_of(sheet(document, "en"))) >= 2
