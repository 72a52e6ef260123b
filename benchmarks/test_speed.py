"""Speed of what a person waits for, each with a peer or a lower bound in the same run.

Run with `pytest benchmarks --benchmark-only`. Figures are read, not asserted: see
docs/speed.md for the last ones.
"""

import copy
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.pdfgen.canvas import Canvas

from app.finance.engine import compute_case
from app.models.database import open_book
from app.reference.tables import load_reference
from app.services.case_file import read_document, to_document
from app.services.demo import demo_files
from app.services.printing import print_document
from app.services.workbench import Workbench, compute

LONG = next(path for path in demo_files() if path.name.startswith("ccer-xiapu"))
LOAN = next(path for path in demo_files() if path.name.startswith("dongtai"))

EMPTY_WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)
application = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""

OUR_WINDOW = """
from app.bootstrap import BookMaintenance
from app.settings import Settings
from app.views import application
from PySide6.QtWidgets import QApplication
application.open_book = lambda window, call: None
application.MainWindow.add_icons = lambda window: QApplication.quit()
application.run(lambda: None, Settings(), BookMaintenance())
"""


def _process(code: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)  # noqa: S603


@pytest.mark.benchmark(group="one case recalculated (goal: 50 ms)")
def test_recalculate_a_case_with_a_loan(benchmark: BenchmarkFixture) -> None:
    document = to_document(read_document(LOAN.read_bytes()))
    reference = load_reference()

    def recalculate() -> Any:
        return compute(read_document(LOAN.read_bytes()), reference)

    benchmark(recalculate)
    assert document["project"]["name"]


@pytest.mark.benchmark(group="one case recalculated (goal: 50 ms)")
def test_the_engine_alone_on_forty_years(benchmark: BenchmarkFixture) -> None:
    file = read_document(LONG.read_bytes())
    tables = load_reference().tables
    benchmark(lambda: compute_case(file.case, tables))


@pytest.mark.benchmark(group="one case recalculated (goal: 50 ms)")
def test_lower_bound_discounting_forty_years_in_numpy(benchmark: BenchmarkFixture) -> None:
    flows = np.linspace(1.0, 2.0, 40)
    benchmark(lambda: float((flows / 1.08 ** np.arange(1, 41)).sum()))


@pytest.mark.benchmark(group="one term sheet (goal: 1 s)")
def test_print_a_bilingual_term_sheet(benchmark: BenchmarkFixture) -> None:
    reference = load_reference()
    computed = compute(read_document(LOAN.read_bytes()), reference)
    today = datetime(2026, 1, 1, tzinfo=UTC).date()
    benchmark.pedantic(
        lambda: print_document(computed, reference=reference, language="both", issued_on=today),
        rounds=5,
        warmup_rounds=1,
    )


@pytest.mark.benchmark(group="one term sheet (goal: 1 s)")
def test_lower_bound_an_empty_page(benchmark: BenchmarkFixture) -> None:
    def page() -> None:
        canvas = Canvas(io.BytesIO())
        canvas.drawString(72, 720, "empty")
        canvas.save()

    benchmark.pedantic(page, rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group="window painted (goal: 1.5 times an empty one)")
def test_an_empty_window(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: _process(EMPTY_WINDOW), rounds=7, warmup_rounds=1)


@pytest.mark.benchmark(group="window painted (goal: 1.5 times an empty one)")
def test_our_window(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: _process(OUR_WINDOW), rounds=7, warmup_rounds=1)


@pytest.mark.benchmark(group="book filled (goal: 1 s)")
def test_list_a_book_of_a_thousand_cases(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    book = open_book(tmp_path / "book.db", now=now)
    workbench = Workbench(book, load_reference(), lambda: now)
    document = to_document(read_document(LOAN.read_bytes()))
    workbench.save_new([copy.deepcopy(document) for _ in range(1000)])
    entries = benchmark(workbench.list_cases)
    book.close()
    assert len(entries) == 1000
