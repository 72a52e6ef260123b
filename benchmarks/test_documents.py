"""Speed of the documents: each kind drawn of a computed case, and a batch of schedules.

Goals: a term sheet 1 s, a memo to the committee with its charts 3 s, 500 repayment schedules of
60 payments 60 s on one core with a memory that stays. Beside them the lower bound: the same number
of lines as plain text of reportlab, which measures and breaks nothing. Times are those of the
processor: one core draws, whatever else the machine does.
"""

import gc
import io
import json
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from time import process_time
from typing import Any

import pypdfium2
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.paths import resources
from app.reference.tables import load_reference
from app.reports.document import Words
from app.reports.documents import document_pdf
from app.reports.fonts import CHINESE, register_fonts
from app.reports.kinds import Choice, DocumentKind, refusal
from app.reports.sheet import Sheet
from app.services.case_file import read_file, validate
from app.services.computing import compute
from tests.sheets import DRAFT

BATCH = 500
ROWS = 60
MOST_GROWTH_MB = 30.0
LINES_OF_A_PAGE = 60
ONE = "a document in both languages (goals: term sheet 1 s, memo 3 s)"
MANY = "500 repayment schedules of 60 payments (goal: 60 s on one core)"


def _demo_files() -> list[Path]:
    folder = resources() / "demo"
    rich = chain((folder / "loans").glob("*.json"), (folder / "insurance").glob("*.json"))
    return [*sorted(rich), *sorted(folder.glob("*.json"))]


@cache
def _sheets() -> dict[DocumentKind, Sheet]:
    """The first demonstration case that can print each kind."""
    found: dict[DocumentKind, Sheet] = {}
    for path in _demo_files():
        computed = compute(read_file(path), load_reference())
        for kind in DocumentKind:
            case, results = computed.file.case, computed.results
            if kind not in found and refusal(Choice(kind), case, results) is None:
                found[kind] = Sheet(computed.file, results, DRAFT, Words("both"))
        if len(found) == len(DocumentKind):
            break
    return found


def _lines(data: bytes) -> tuple[int, int]:
    """Pages of a file and lines of text on them."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return len(texts), sum(text.count("\n") + 1 for text in texts)


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.benchmark(timer=process_time, group=ONE)
def test_each_kind(benchmark: BenchmarkFixture, kind: DocumentKind) -> None:
    sheet = _sheets().get(kind)
    if sheet is None:
        pytest.skip(f"no demonstration case prints a {kind}")
    data = benchmark.pedantic(
        lambda: document_pdf(kind, sheet), rounds=3, iterations=1, warmup_rounds=1
    )
    pages, lines = _lines(data)
    benchmark.extra_info.update(pages=pages, lines=lines, bytes=len(data))


@pytest.mark.benchmark(timer=process_time, group=ONE)
def test_lower_bound_as_many_lines_of_plain_text_as_a_term_sheet(
    benchmark: BenchmarkFixture,
) -> None:
    data = document_pdf(DocumentKind.TERM_SHEET, _sheets()[DocumentKind.TERM_SHEET])
    _pages, lines = _lines(data)
    benchmark.pedantic(lambda: _plain_text(lines), rounds=5, warmup_rounds=1)


def _plain_text(lines: int) -> bytes:
    register_fonts()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, initialFontName=CHINESE)  # type: ignore[arg-type]
    for line in range(lines):
        if line and line % LINES_OF_A_PAGE == 0:
            canvas.showPage()
        canvas.setFont(CHINESE, 8)
        canvas.drawString(50, 800 - 12 * (line % LINES_OF_A_PAGE), f"第 {line} 期本金 1,234,567.89")
    canvas.save()
    return stream.getvalue()


@cache
def _schedule() -> Sheet:
    """A loan of 60 monthly payments."""
    path = resources() / "demo" / "dongtai.bcd.json"
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    document["loan"] |= {"term_months": ROWS, "repayment": "equal_instalment"}
    computed = compute(validate(document), load_reference())
    assert computed.results.loan is not None
    assert len(computed.results.loan.schedule) == ROWS
    return Sheet(computed.file, computed.results, DRAFT, Words("zh"))


def _memory_mb() -> float:
    held = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(held) * 4096 / 1e6


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.benchmark(timer=process_time, group=MANY)
def test_a_batch_of_schedules_in_a_memory_that_stays(benchmark: BenchmarkFixture) -> None:
    sheet, held = _schedule(), list[float]()

    def batch() -> int:
        size = 0
        for number in range(BATCH):
            stamp = replace(DRAFT, document_no=f"RS-{number}", input_hash=f"{number:064x}")
            size += len(document_pdf(DocumentKind.REPAYMENT_SCHEDULE, replace(sheet, stamp=stamp)))
            if number % 50 == 49:
                gc.collect()
                held.append(_memory_mb())
        return size

    size = benchmark.pedantic(batch, rounds=1, iterations=1)
    benchmark.extra_info.update(bytes=size, memory_mb=[round(mb) for mb in held])
    assert max(held[1:]) - held[0] < MOST_GROWTH_MB


@pytest.mark.benchmark(timer=process_time, group=MANY)
def test_lower_bound_as_many_lines_of_plain_text_as_500_schedules(
    benchmark: BenchmarkFixture,
) -> None:
    _pages, lines = _lines(document_pdf(DocumentKind.REPAYMENT_SCHEDULE, _schedule()))
    benchmark.pedantic(
        lambda: [_plain_text(lines) for _ in range(BATCH)], rounds=1, warmup_rounds=0
    )
