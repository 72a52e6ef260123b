"""Speed of a keystroke in a case that uses every part of valuation or lending, by page of results.

The bound beside it computes the same case without showing anything.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from app.models.database import open_book
from app.reference.tables import load_reference
from app.services.workbench import Workbench
from app.views.jobs import Jobs
from app.views.pages.case_page import CasePage
from app.views.theme import apply_theme
from app.views.widgets.results_panel import ResultsPanel
from tests.loan_sheet_case import rich_document as loan_document
from tests.value_case import rich_document

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
GROUP = "a keystroke in a whole valuation (goal: 50 ms)"
LOAN_GROUP = "a keystroke in a loan with all it can hold (goal: 50 ms)"


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(open_book(tmp_path / "b.db", now=NOW), load_reference(), lambda: NOW)
    yield made
    made.close()


def opened(workbench: Workbench, jobs: Jobs, document: dict[str, Any]) -> CasePage:
    document["appraisal"].pop("simulation", None)
    made = CasePage(workbench, jobs, case_id=None, version=None, document=document)
    made.resize(1100, 740)
    made.show()
    return made


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    apply_theme(qapp, 10)
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def page(workbench: Workbench, jobs: Jobs) -> CasePage:
    return opened(workbench, jobs, rich_document())


@pytest.fixture
def loan_page(workbench: Workbench, jobs: Jobs) -> CasePage:
    return opened(workbench, jobs, loan_document())


def typed(document: dict[str, Any], price: int) -> dict[str, Any]:
    changed = json.loads(json.dumps(document))
    changed["appraisal"]["curve_points"][0]["price_yuan_t"] = 90 + price / 100
    return dict(changed)


def asked(document: dict[str, Any], number: int) -> dict[str, Any]:
    changed = json.loads(json.dumps(document))
    changed["loan"]["single_customer_cap_yuan"] = 20_000_000 + number
    return dict(changed)


@pytest.mark.benchmark(group=GROUP)
@pytest.mark.parametrize("code", ["overview", "evidence", "valuation", "cash_flow", "scenarios"])
def test_a_keystroke_is_computed_and_shown(
    page: CasePage, benchmark: BenchmarkFixture, code: str
) -> None:
    panel = page.findChild(ResultsPanel)
    assert panel is not None
    panel.show_page(code)
    assert panel.page == code
    numbers = count()

    def type_one() -> None:
        page.document = typed(page.document, next(numbers))
        page.recalculate()

    benchmark(type_one)


@pytest.mark.benchmark(group=LOAN_GROUP)
@pytest.mark.parametrize(
    "code",
    [
        "overview", "facility", "cover", "stress", "schedule", "credit", "registration", "life",
        "green", "checklist",
    ],
)  # fmt: skip
def test_a_keystroke_of_a_loan_is_computed_and_shown(
    loan_page: CasePage, benchmark: BenchmarkFixture, code: str
) -> None:
    panel = loan_page.findChild(ResultsPanel)
    assert panel is not None
    panel.show_page(code)
    assert panel.page == code
    numbers = count()

    def type_one() -> None:
        loan_page.document = asked(loan_page.document, next(numbers))
        loan_page.recalculate()

    benchmark(type_one)


@pytest.mark.benchmark(group=LOAN_GROUP)
def test_the_same_loan_is_computed_and_not_shown(
    workbench: Workbench, benchmark: BenchmarkFixture
) -> None:
    document = loan_document()
    numbers = count()
    benchmark(lambda: workbench.compute_document(asked(document, next(numbers)), draw=False))


@pytest.mark.benchmark(group=GROUP)
def test_the_same_case_is_computed_and_not_shown(
    workbench: Workbench, benchmark: BenchmarkFixture
) -> None:
    document = rich_document()
    numbers = count()
    benchmark(lambda: workbench.compute_document(typed(document, next(numbers)), draw=False))
