"""The printed case record, read back from the PDF."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination, DictionaryObject

from app.finance.engine import compute_case
from app.finance.errors import DomainError
from app.reference.tables import load_reference
from app.services.case_file import read_document
from app.services.demo import demo_files
from tests.pdf_text import page_texts
from tests.printed_record import LANGUAGES, Language, printed, printed_anew, text_of
from tests.sheets import DRAFT, FINAL, document_pdf


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_key_figures_are_printed_in_each_language(
    document: dict[str, Any], language: Language
) -> None:
    found = text_of(printed(document, language))
    for figure in ("1,250,414.00", "1,599.47%", "20,000,000.00", "贰仟万元整", "19,374,793.00"):
        assert figure in found


@pytest.mark.parametrize(
    ("language", "annualised", "nominal"),
    [("zh", "年化利率", "贷款利率"), ("en", "Annualised rate", "Interest rate")],
)
def test_the_annualised_rate_comes_before_the_nominal_one(
    document: dict[str, Any], language: Language, annualised: str, nominal: str
) -> None:
    document["loan"]["upfront_fee_yuan"] = 100000
    first = page_texts(printed(document, language))[0]
    assert first.index(annualised) < first.index(nominal)
    assert first.index("4.8") < first.index("3.85%")


def test_both_languages_stand_beside_each_figure_once(document: dict[str, Any]) -> None:
    found = text_of(printed(document, "both"))
    assert "毛值" in found
    assert "Gross value" in found
    row = re.search(r"毛值[^\n]*Gross value[^\n]*\s+1,250,414\.00", found)
    assert row is not None


def test_names_and_units_can_be_read_back(document: dict[str, Any]) -> None:
    document["loan"]["borrower"] = "陈堃、王喆"
    document["project"]["place"] = "𬭸镇"
    for language in LANGUAGES:
        found = text_of(printed(document, language))
        assert "陈堃、王喆" in found
        assert "tCO₂e" in found or "吨CO₂e" in found
        assert "𬭸镇" in found


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_another_reader_reads_the_same(document: dict[str, Any], tmp_path: Path) -> None:
    document["loan"]["borrower"] = "陈堃、王喆"
    document["project"]["place"] = "𬭸镇"
    path = tmp_path / "sheet.pdf"
    path.write_bytes(printed(document, "en"))
    command = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - fixed command
    found = done.stdout.decode()
    for words in ("陈堃、王喆", "𬭸镇", "tCO₂e", "1,599.47%", "贰仟万元整"):
        assert words in found


def test_every_page_has_number_versions_hash_and_document_number(
    document: dict[str, Any],
) -> None:
    found = page_texts(printed(document, "en"))
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "Program 0.1.0 · data 2026-10 · inputs 0123456789abcdef" in page
        assert "TS-01234567-v3" in page


@pytest.mark.parametrize(("language", "word"), [("en", "DRAFT"), ("zh", "草\n?稿")])
def test_only_a_draft_has_the_watermark(
    document: dict[str, Any], language: Language, word: str
) -> None:
    assert all(re.search(word, page) for page in page_texts(printed(document, language)))
    assert not any(re.search(word, page) for page in page_texts(printed(document, language, FINAL)))


def test_an_approved_sheet_names_who_prepared_and_approved_it(document: dict[str, Any]) -> None:
    found = text_of(printed(document, "zh", FINAL))
    assert "陈堃" in found
    assert "王喆" in found
    assert "2026-11-20" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_case_gives_the_same_bytes(document: dict[str, Any], language: Language) -> None:
    assert printed_anew(document, language) == printed_anew(document, language)


def _fonts(data: bytes) -> list[DictionaryObject]:
    found = {}
    for page in PdfReader(io.BytesIO(data)).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        for name, reference in resources.get("/Font", DictionaryObject()).items():
            found[name] = reference.get_object()
    return list(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_embedded(insured_document: dict[str, Any], language: Language) -> None:
    fonts = _fonts(printed(insured_document, language))
    assert fonts
    for font in fonts:
        assert "Helvetica" not in str(font["/BaseFont"])
        descriptor = font["/FontDescriptor"].get_object()
        assert isinstance(descriptor, DictionaryObject)
        assert "/FontFile2" in descriptor


def test_the_chart_is_drawn_and_not_pasted(document: dict[str, Any]) -> None:
    reader = PdfReader(io.BytesIO(printed(document, "both")))
    assert all(not page.images for page in reader.pages)


def test_the_file_says_what_it_is(document: dict[str, Any]) -> None:
    reader = PdfReader(io.BytesIO(printed(document, "zh")))
    assert reader.metadata is not None
    assert reader.metadata.author == "Blue Carbon Desk"
    assert "Dongtai tidal flat" in str(reader.metadata.title)
    assert str(reader.metadata.get("/CreationDate")).startswith("D:20261121")
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert len(reader.outline) >= 9


def test_a_mark_beside_a_figure_is_a_link_to_its_working(document: dict[str, Any]) -> None:
    data = printed(document, "en")
    reader = PdfReader(io.BytesIO(data))
    assert "[4]" in text_of(data)
    found = page_texts(data)
    workings = next(n for n, page in enumerate(found) if "Annex: workings" in page)
    targets = [
        reader.get_page_number(link.get_object()["/Dest"][0].get_object())
        for page in reader.pages
        for link in page.get("/Annots", ())
    ]
    assert len(targets) >= 12
    assert min(target for target in targets if target is not None) >= workings
    assert len(set(targets)) > 1


def test_the_outline_leads_to_the_page_of_each_heading(document: dict[str, Any]) -> None:
    data = printed(document, "en")
    reader = PdfReader(io.BytesIO(data))
    found = page_texts(data)
    first, *headings = reader.outline
    assert isinstance(first, Destination)
    assert str(first.title) == "TS-01234567-v3 · 0123-4567-89AB"
    assert reader.get_destination_page_number(first) == 0
    for entry in headings:
        assert isinstance(entry, Destination)
        number = reader.get_destination_page_number(entry)
        assert number is not None
        assert str(entry.title) in found[number]


def test_a_monthly_rate_is_printed_to_the_places_a_second_sum_needs(
    document: dict[str, Any],
) -> None:
    assert "0.320833%" in text_of(printed(document, "en"))


def test_a_character_without_a_sign_is_refused_with_the_field(document: dict[str, Any]) -> None:
    document["loan"]["borrower"] = "𠮷田"
    with pytest.raises(DomainError) as caught:
        printed(document, "zh")
    assert caught.value.code == "missing_glyph"
    assert caught.value.facts["path"] == "loan.borrower"


def test_a_source_without_a_sign_is_refused_with_its_input(document: dict[str, Any]) -> None:
    document["provenance"] = {"appraisal.price_yuan_t": {"kind": "disclosed", "source": "𠮷"}}
    with pytest.raises(DomainError) as caught:
        printed(document, "zh")
    assert caught.value.facts["path"] == "appraisal.price_yuan_t"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_texts_a_case_may_hold_are_printed(
    document: dict[str, Any], language: Language
) -> None:
    document["project"].update(name="龘" * 200, registry_id="A" * 120, holder="x" * 200)
    document["loan"].update(other_security="甲\n" * 249, purpose="n" * 500, lender="L" * 200)
    document["notes"] = "备" * 3990 + "\r\n<b>&\tend"
    found = text_of(printed(document, language))
    assert "<b>&" in found
    assert found.count("甲") >= 2 * 249


@pytest.mark.parametrize("path", demo_files()[::3], ids=lambda path: path.name.split(".")[0])
def test_a_demonstration_case_prints_in_both_languages(path: Path) -> None:
    file = read_document(path.read_bytes())
    results = compute_case(file.case, load_reference().tables)
    data = document_pdf(file, results, DRAFT, language="both")
    assert len(page_texts(data)) >= 4


def test_a_right_that_has_ended_prints_without_a_chart_of_its_cash_flow(
    document: dict[str, Any],
) -> None:
    document["project"]["sea_area_right_end"] = "2020-12-31"
    found = text_of(printed(document, "en"))
    assert "The right has ended on the valuation date" in found
    assert "Credits sold and net cash flow by year" not in found


def test_a_long_engagement_runs_over_pages_and_loses_nothing(document: dict[str, Any]) -> None:
    lines = [f"第{number}项特别事项" for number in range(150)]
    document["appraisal"]["engagement"] = {"special_matters": "\n".join(lines)}
    found = text_of(printed(document, "zh"))
    assert [line for line in lines if line not in found] == []


def test_no_line_of_chinese_begins_with_a_closing_sign(document: dict[str, Any]) -> None:
    words = "新闻报道，2023-09-26；香港商报，2023-09-14，深圳；须向交易所复核。"
    for padding in range(0, 12, 3):
        document["notes"] = "碳" * padding + words * 12
        found = text_of(printed(document, "zh"))
        assert [line for line in found.splitlines() if line[:1] in ("，", "；")] == []


def test_the_warning_that_carbon_does_not_carry_the_loan_is_on_page_one(
    document: dict[str, Any],
) -> None:
    first = page_texts(printed(document, "en"))[0]
    assert "Carbon alone does not carry the loan" in " ".join(first.split())


def test_the_list_of_inputs_says_what_its_marks_mean(document: dict[str, Any]) -> None:
    found = text_of(printed(document, "en"))
    assert "D disclosed · M measured · A assumed · Def default" in found
