"""Speed of a keystroke in a case with a loan that uses every part of lending, with 360 payments.

The right lives 40 years; the loan has four collaterals, tranches, a floating rate, all bounds, a
watch of two years, credit risk, registration and green class. Beside it, as the bound below which
no loan brings it: the same case without its loan. The goal is that of all that is computed and
shown at a keystroke; the share of the loan is the difference.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.case import Case
from app.finance.engine import compute_case
from app.finance.lending.loan import compute_loan
from app.models.database import open_book
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.workbench import Workbench
from app.views.jobs import Jobs
from app.views.pages.case_page import CasePage
from app.views.theme import apply_theme
from app.views.widgets.results_panel import ResultsPanel
from tests.loan_sheet_case import rich_document

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PERIODS = 360
COMPUTED = "a case with a loan of 360 payments (goal of all that is shown: 50 ms)"
ALONE = "one loan of 360 payments with all its parts (goal: 8 ms, with income tax 15 ms)"
SHOWN = "a keystroke in a case with a loan of 360 payments (goal: 50 ms)"

taxed = pytest.mark.parametrize("tax", [0.0, 0.25], ids=["untaxed", "taxed"])


def long_document(tax: float = 0.0) -> dict[str, Any]:
    """The loan of the printed sheet by the month over 30 years, on a right of 40 years."""
    document = rich_document()
    document["project"]["sea_area_right_end"] = "2065-12-31"
    document["project"]["stated"][0]["last_year"] = 2065
    document["appraisal"] |= {"horizon_years": 40, "initial_cost_yuan": 6_000_000}
    if tax:
        document["appraisal"] |= {"income_tax_rate": tax, "loss_carry_years": 5}
    document["loan"] |= {"term_months": PERIODS, "payment_frequency": "monthly"}
    return document


def plain(case: Case) -> Case:
    """The same loan at a fixed rate, drawn at once, on the right alone and without credit risk."""
    assert case.loan is not None
    document = long_document()
    for name in ("collaterals", "credit", "tranches", "prepayments", "fees", "stresses"):
        del document["loan"][name]
    document["loan"] |= {"rate_kind": "fixed", "annual_rate": 0.0385}
    loan = validate(document).case.loan
    return replace(case, loan=loan)


@pytest.mark.benchmark(group=COMPUTED)
@taxed
def test_a_whole_case_with_its_loan(benchmark: BenchmarkFixture, tax: float) -> None:
    case, tables = validate(long_document(tax)).case, load_reference().tables
    found = benchmark(lambda: compute_case(case, tables)).loan
    assert found is not None
    assert len(found.schedule) > PERIODS - 24


@pytest.mark.benchmark(group=COMPUTED)
@taxed
def test_peer_the_same_case_without_its_loan(benchmark: BenchmarkFixture, tax: float) -> None:
    case, tables = validate(long_document(tax)).case, load_reference().tables
    benchmark(lambda: compute_case(replace(case, loan=None), tables))


@pytest.mark.benchmark(group=ALONE)
@taxed
@pytest.mark.parametrize("parts", ["every_part", "plain"])
def test_the_loan_alone(benchmark: BenchmarkFixture, tax: float, parts: str) -> None:
    """Its values are known, but nothing that is kept for a cash flow was found before."""
    case, tables = validate(long_document(tax)).case, load_reference().tables
    case = plain(case) if parts == "plain" else case
    known = compute_case(case, tables)
    values = known.values
    assert values is not None

    def lend() -> None:
        anew = replace(values, plan=replace(values.plan))
        compute_loan(case, known.carbon, anew, tables.green)

    benchmark(lend)


@pytest.fixture
def page(qapp: QApplication, tmp_path: Path) -> Iterator[CasePage]:
    apply_theme(qapp, 10)
    workbench = Workbench(open_book(tmp_path / "b.db", now=NOW), load_reference(), lambda: NOW)
    jobs = Jobs()
    made = CasePage(workbench, jobs, case_id=None, version=None, document=long_document())
    made.resize(1100, 740)
    made.show()
    yield made
    jobs.close()
    workbench.close()


def typed(document: dict[str, Any], price: int) -> dict[str, Any]:
    changed = json.loads(json.dumps(document))
    changed["appraisal"]["price_yuan_t"] = 80 + price / 100
    return dict(changed)


@pytest.mark.benchmark(group=SHOWN)
@pytest.mark.parametrize("code", ["overview", "facility", "cover", "stress", "schedule", "life"])
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
