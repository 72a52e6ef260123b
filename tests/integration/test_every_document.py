"""What holds for a document of every kind, read back from its pages in both languages."""

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.finance.engine import compute_case
from app.paths import resources
from app.reference.tables import load_reference
from app.reports.document import Contents, Document, Words
from app.reports.documents import BUILDERS, document_pdf
from app.reports.kinds import DocumentKind
from app.reports.seal import SealState, check_seal
from app.reports.sheet import Sheet
from app.reports.styles import BOTTOM, HEIGHT, MARGIN, WIDTH
from app.services.case_file import read_file
from tests.document_texts import Box, boxes, headings_of, squeezed, texts_of
from tests.pdf_text import page_texts
from tests.sheets import FINAL

CASES = {
    DocumentKind.TERM_SHEET: "loans/committee",
    DocumentKind.COMMITTEE_MEMO: "loans/custom",
    DocumentKind.APPRAISAL_REPORT: "conventions/evidence-few",
    DocumentKind.REPAYMENT_SCHEDULE: "loans/floating",
    DocumentKind.PLEDGE_LIST: "loans/registration",
    DocumentKind.DRAWDOWN_CHECKLIST: "loans/collaterals",
    DocumentKind.MONITORING_REPORT: "loans/life",
    DocumentKind.MARGIN_CALL: "loans/margin-call",
    DocumentKind.RELEASE_LETTER: "loans/released",
    DocumentKind.QUOTATION: "insurance/trade-failure",
    DocumentKind.SLIP: "insurance/three-sites",
    DocumentKind.POLICY_SCHEDULE: "insurance/index-history",
    DocumentKind.PAYMENT_LETTER: "insurance/settlement",
    DocumentKind.CASE_RECORD: "methods/stated",
}
"""A shipped case for each kind."""

_LEAST = 20
"""Signs on a page, besides head and foot, below which it holds next to nothing."""

_TOLERANCE = 1.0
_COVERED = 0.12
"""Share of a run of text on which another one may stand: the ink of neighbours may touch."""

kinds = pytest.mark.parametrize("kind", list(DocumentKind))


@cache
def sheet(kind: DocumentKind) -> Sheet:
    file = read_file(resources() / "demo" / f"{CASES[kind]}.bcd.json")
    return Sheet(file, compute_case(file.case, load_reference().tables), FINAL, Words("both"))


@cache
def built(kind: DocumentKind) -> Document:
    return BUILDERS[kind](sheet(kind))


@cache
def printed(kind: DocumentKind) -> bytes:
    return document_pdf(kind, sheet(kind))


@cache
def bodies(kind: DocumentKind) -> tuple[str, ...]:
    """The pages as one run of signs each, without what stands at their head and foot."""
    document, found = built(kind), []
    pages = page_texts(printed(kind))
    for number, page in enumerate(pages, start=1):
        body = squeezed(page)
        labels = (label.format(page=number, pages=len(pages)) for label in document.page_label)
        for line in (*document.header, *document.footer, *labels):
            body = body.replace(squeezed(line), "", 1)
        found.append(body)
    return tuple(found)


@kinds
def test_every_text_of_a_document_is_read_back_from_its_pages(kind: DocumentKind) -> None:
    pages = "".join(bodies(kind))
    assert [text for text in texts_of(built(kind)) if text not in pages] == []


@kinds
def test_no_page_holds_next_to_nothing(kind: DocumentKind) -> None:
    assert [body for body in bodies(kind) if len(body) < _LEAST] == []


@kinds
def test_each_page_says_in_both_languages_which_of_how_many_it_is(kind: DocumentKind) -> None:
    pages = page_texts(printed(kind))
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
        assert f"Page {number} of {len(pages)}" in page


@kinds
def test_nothing_that_only_a_program_says_is_printed(kind: DocumentKind) -> None:
    said = "\n".join(page_texts(printed(kind)))
    assert re.findall(r"\bnan\b|\bNaN\b|Decimal\(|Text\(|\{[a-z_]+\}|\ufffd", said) == []


@kinds
def test_every_face_of_a_document_is_within_its_file(kind: DocumentKind) -> None:
    for page in PdfReader(io.BytesIO(printed(kind))).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()["/FontDescriptor"]
            assert "/FontFile2" in described
            assert re.fullmatch(r"/[A-Z]{6}\+.+", str(described["/FontName"]))


@kinds
@pytest.mark.skipif(shutil.which("qpdf") is None, reason="needs qpdf")
def test_another_program_finds_nothing_wrong_with_the_file(
    kind: DocumentKind, tmp_path: Path
) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(printed(kind))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)  # noqa: S603, S607 - fixed command
    assert (done.returncode, done.stderr) == (0, b"")


@kinds
def test_the_same_case_gives_the_same_bytes_and_an_untouched_seal(kind: DocumentKind) -> None:
    data = printed(kind)
    assert document_pdf(kind, sheet(kind)) == data
    assert check_seal(data).state is SealState.UNTOUCHED


@kinds
def test_no_heading_is_the_last_line_of_its_page(kind: DocumentKind) -> None:
    headings = headings_of(built(kind))
    listed = {
        squeezed("".join(b.title.lines)) for b in built(kind).blocks if isinstance(b, Contents)
    }
    for page, text in zip(boxes(printed(kind)), bodies(kind), strict=True):
        if any(title in text for title in listed):
            continue
        body = [box for box in page if box.bottom > BOTTOM]
        lowest = min(box.bottom for box in body)
        last = sorted(box for box in body if box.bottom < lowest + 5)
        assert squeezed("".join(box.text for box in last)) not in headings


@kinds
def test_no_text_stands_beyond_the_margins(kind: DocumentKind) -> None:
    beyond = [
        box
        for page in boxes(printed(kind))
        for box in page
        if box.left < MARGIN - _TOLERANCE
        or box.right > WIDTH - MARGIN + _TOLERANCE
        or not 0 < box.bottom < box.top < HEIGHT
    ]
    assert beyond == []


@kinds
def test_no_text_stands_on_another(kind: DocumentKind) -> None:
    for page in boxes(printed(kind)):
        ordered = sorted(page)
        clashes = [
            (one.text, other.text)
            for place, one in enumerate(ordered)
            for other in ordered[place + 1 :]
            if other.left < one.right and _clash(one, other)
        ]
        assert clashes == []


def _clash(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    smaller = min((box.right - box.left) * (box.top - box.bottom) for box in (one, other))
    return min(wide, high) > _TOLERANCE and wide * high > _COVERED * smaller
