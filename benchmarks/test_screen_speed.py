"""Speed of the case page: a keystroke shown in all forms, the map of the sites painted."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from app.models.database import open_book
from app.reference.tables import load_reference
from app.services.case_file import read_document, to_document
from app.services.demo import demo_files
from app.services.workbench import Workbench
from app.views.jobs import Jobs
from app.views.pages.case_page import CasePage
from app.views.theme import apply_theme
from app.views.widgets.site_map import SiteMap

LOAN = next(path for path in demo_files() if path.name.startswith("dongtai"))
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LINE = {"species": "oyster", "first_year": 2025, "last_year": 2025, "basis": "wet"}


@pytest.fixture
def page(qapp: QApplication, tmp_path: Path) -> Iterator[CasePage]:
    """A case with a loan and a harvest plan of 150 lines."""
    apply_theme(qapp, 10)
    workbench = Workbench(open_book(tmp_path / "b.db", now=NOW), load_reference(), lambda: NOW)
    document: dict[str, Any] = to_document(read_document(LOAN.read_bytes()))
    document["project"] |= {
        "quantity_method": "harvest",
        "accounting_mode": "shell_only",
        "harvest": [{**LINE, "tonnes_per_year": float(n)} for n in range(1, 151)],
    }
    jobs = Jobs()
    made = CasePage(workbench, jobs, case_id=None, version=None, document=document)
    made.resize(1100, 740)
    made.show()
    yield made
    jobs.close()
    workbench.close()


@pytest.mark.benchmark(group="a keystroke in a case with 150 lines (goal: 50 ms)")
def test_a_keystroke_is_shown_in_all_forms(page: CasePage, benchmark: BenchmarkFixture) -> None:
    price = iter(range(60, 10**6))

    def type_one() -> None:
        changed = json.loads(json.dumps(page.document))
        changed["appraisal"]["price_yuan_t"] = float(next(price))
        for form in page.forms.values():
            form.show_document(changed)

    benchmark(type_one)


@pytest.mark.benchmark(group="a keystroke in a case with 150 lines (goal: 50 ms)")
def test_the_case_is_computed_and_its_results_are_shown(
    page: CasePage, benchmark: BenchmarkFixture
) -> None:
    benchmark(page.recalculate)


@pytest.mark.benchmark(group="map of 200 sites painted (goal: 10 ms)")
def test_the_map_is_painted(qapp: QApplication, benchmark: BenchmarkFixture) -> None:
    apply_theme(qapp, 10)
    widget = SiteMap()
    widget.resize(520, 240)
    widget.show_sites(
        [
            {"name": f"Site {n}", "latitude": 20 + n * 0.1, "longitude": 110 + n * 0.05}
            for n in range(200)
        ]
    )
    widget.show()
    qapp.processEvents()
    target = QPixmap(widget.size())
    benchmark(lambda: widget.render(target))
