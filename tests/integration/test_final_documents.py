"""Final documents: numbered, kept byte for byte, printed with the template of the house."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.reports.house import House, HouseTexts
from app.reports.kinds import Choice, DocumentKind
from app.reports.stamp import case_code
from app.services.case_file import CaseRefused
from app.services.issuing import series_of
from app.services.ports import Series
from app.services.signing import FileSigner, Signed
from app.services.workbench import Workbench
from tests.final_book import HOLDER, NOW, SHORT, approved, file_signer, workbench_at
from tests.integration.test_signed_loan import TERMS
from tests.pdf_text import page_texts


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    opened = workbench_at(tmp_path / "book.db")
    yield opened
    opened.close()


def codes(caught: pytest.ExceptionInfo[CaseRefused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_without_an_approval_there_is_no_final_document(workbench: Workbench) -> None:
    (version,) = workbench.save_new([TERMS])
    with pytest.raises(CaseRefused) as caught:
        workbench.issue_final(version.case_id, 1, language="en", choice=SHORT)
    assert codes(caught) == ["final_without_approval"]
    assert workbench.list_documents() == []


def test_each_issue_has_the_next_number_and_the_earlier_document_stays(
    workbench: Workbench,
) -> None:
    case_id = approved(workbench)
    first = workbench.issue_final(case_id, 1, language="en", choice=SHORT)
    kept = workbench.document_bytes(first.document_id)
    second = workbench.issue_final(case_id, 1, language="en", choice=SHORT)
    assert (first.number, second.number) == ("PG-2026-0001", "PG-2026-0002")
    assert workbench.document_bytes(first.document_id) == kept
    assert workbench.document_numbered("PG-2026-0001") == first
    text = "".join(page_texts(kept))
    assert "PG-2026-0001" in text
    assert "DRAFT" not in text
    assert (first.status, first.signer, first.signed_on) == ("final", "", None)
    assert first.sha256 == first.unsigned_sha256 == hashlib.sha256(kept).hexdigest()


def test_a_signed_document_begins_with_what_was_printed(
    workbench: Workbench, tmp_path: Path
) -> None:
    case_id = approved(workbench)
    entry = workbench.issue_final(
        case_id, 1, language="zh", choice=SHORT, signer=file_signer(tmp_path)
    )
    content = workbench.document_bytes(entry.document_id)
    assert (entry.signer, entry.signed_on) == (HOLDER, NOW.date())
    end = content.index(b"%%EOF") + len(b"%%EOF\n")
    printed = hashlib.sha256(content[:end]).hexdigest()
    assert printed == entry.unsigned_sha256 != entry.sha256


def test_a_wrong_passphrase_uses_up_no_number(workbench: Workbench, tmp_path: Path) -> None:
    case_id = approved(workbench)
    wrong = replace(file_signer(tmp_path), passphrase=HOLDER)
    with pytest.raises(CaseRefused) as caught:
        workbench.issue_final(case_id, 1, language="en", choice=SHORT, signer=wrong)
    assert codes(caught) == ["wrong_passphrase"]
    assert workbench.list_documents() == []
    entry = workbench.issue_final(case_id, 1, language="en", choice=SHORT)
    assert entry.number == "PG-2026-0001"


def test_a_sign_that_cannot_be_drawn_uses_up_no_number(workbench: Workbench) -> None:
    case_id = approved(workbench, name="\U00020bb7 farm")
    with pytest.raises(CaseRefused) as caught:
        workbench.issue_final(case_id, 1, language="en", choice=SHORT)
    assert codes(caught) == ["missing_glyph"]
    other = approved(workbench)
    entry = workbench.issue_final(other, 1, language="en", choice=SHORT)
    assert entry.number == "PG-2026-0001"


def test_a_number_that_somebody_else_takes_meanwhile_is_drawn_anew(
    workbench: Workbench, tmp_path: Path
) -> None:
    case_id = approved(workbench)
    other = workbench_at(tmp_path / "book.db")

    class Slow(FileSigner):
        """While it signs, another officer issues."""

        def sign(self, data: bytes, **stated: object) -> Signed:
            if not other.list_documents():
                other.issue_final(case_id, 1, language="en", choice=SHORT)
            return Signed(data, "token")

    entry = workbench.issue_final(
        case_id, 1, language="en", choice=SHORT, signer=Slow(tmp_path, "")
    )
    other.close()
    assert entry.number == "PG-2026-0002"
    assert "PG-2026-0002" in "".join(page_texts(workbench.document_bytes(entry.document_id)))


@pytest.mark.parametrize(
    ("pattern", "series"),
    [
        ("{kind}-{year}-{serial:04}", Series("PG", 2026)),
        ("{kind}{serial}", Series("PG", 0)),
        ("〔{year}〕{serial}号", Series("", 2026)),
        ("{case}-{serial}", Series("", 0)),
    ],
)
def test_a_pattern_counts_by_what_it_names(pattern: str, series: Series) -> None:
    assert series_of(pattern, "PG", NOW.date()) == series


def test_kinds_share_a_series_when_the_pattern_does_not_name_them(workbench: Workbench) -> None:
    case_id = approved(workbench)
    workbench.save_house(House(number_pattern="银贷〔{year}〕{serial}号"))
    checklist = Choice(DocumentKind.DRAWDOWN_CHECKLIST)
    numbers = [
        workbench.issue_final(case_id, 1, language="en", choice=choice).number
        for choice in (SHORT, checklist)
    ]
    assert numbers == ["银贷〔2026〕1号", "银贷〔2026〕2号"]


def test_a_new_pattern_never_gives_a_number_that_is_taken(workbench: Workbench) -> None:
    case_id = approved(workbench)
    workbench.save_house(House(number_pattern="PG-{serial}"))
    workbench.issue_final(case_id, 1, language="en", choice=SHORT)
    workbench.save_house(House(number_pattern="{kind}-{serial}"))
    assert workbench.issue_final(case_id, 1, language="en", choice=SHORT).number == "PG-2"


def test_documents_of_the_book_are_printed_with_its_template(workbench: Workbench) -> None:
    case_id = approved(workbench)
    plain = workbench.version_pdf(case_id, 1, language="en", choice=SHORT)
    house = House(en=HouseTexts(name="Coastal Bank", confidentiality="For the committee only"))
    workbench.save_house(house)
    assert workbench.house() == house
    text = "".join(page_texts(workbench.version_pdf(case_id, 1, language="en", choice=SHORT)))
    assert "Coastal Bank" in text
    entry = workbench.issue(case_id, 1, language="en", choice=SHORT)
    assert (entry.template, entry.number, entry.status) == (house.digest, "", "approved")
    workbench.save_house(House())
    assert workbench.version_pdf(case_id, 1, language="en", choice=SHORT) == plain


@pytest.mark.parametrize(
    ("house", "code"),
    [
        (House(colour="blue"), "not_a_colour"),
        (House(number_pattern="{kind}"), "bad_pattern"),
        (House(zh=HouseTexts(name="\U00020bb7")), "missing_glyph"),
        (House(logo=b"\x89PNG\r\n\x1a\n broken"), "no_picture"),
    ],
)
def test_a_template_that_cannot_be_printed_is_refused(
    workbench: Workbench, house: House, code: str
) -> None:
    with pytest.raises(CaseRefused) as caught:
        workbench.save_house(house)
    assert codes(caught) == [code]
    assert workbench.house() == House()


def test_a_version_is_found_by_number_code_and_qr_text(workbench: Workbench) -> None:
    case_id = approved(workbench)
    stored, _ = workbench.open(case_id)
    entry = workbench.issue_final(case_id, 1, language="en", choice=SHORT)
    code = case_code(stored.input_hash)
    (copy,) = workbench.save_new([TERMS])
    texts = (entry.number, entry.number.lower(), f" {entry.number} ")
    for text in (*texts, f"BLUECARBON:{entry.number}:{code}"):
        (found,) = workbench.find_version(text)
        assert (found.case_id, found.version, found.approved) == (case_id, 1, True)
    for text in (
        code,
        code.replace("-", "").lower(),
        f"PG-{code}",
        f"BLUECARBON:PG-{code}-v1:{code}",
    ):
        found_ids = {each.case_id for each in workbench.find_version(text)}
        assert found_ids == {case_id, copy.case_id}
    for text in ("", "0000-0000-0000", "PG-2026-0009", "no code"):
        assert workbench.find_version(text) == []


def test_the_number_of_a_draft_leads_to_its_version(workbench: Workbench) -> None:
    (first,) = workbench.save_new([TERMS])
    workbench.save(first.case_id, TERMS, after=1)
    code = case_code(first.input_hash)
    assert [found.version for found in workbench.find_version(code)] == [2, 1]
    (found,) = workbench.find_version(f"PG-{code}-v1")
    assert (found.version, found.newest) == (1, 2)
