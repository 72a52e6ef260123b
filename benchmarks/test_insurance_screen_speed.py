"""Speed of a keystroke in a quote, by page of results: computed and shown.

The plain quote is one site under a layer with an index cover on ten years beside it; the rich one
is the demonstration of Fujian: three sites, four heads under stages, an index of 47 years with a
fitted model, own history, claims. The bounds beside them compute the same without showing it.
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
from app.paths import resources
from app.reference.tables import load_reference
from app.services.workbench import Workbench
from app.views.jobs import Jobs
from app.views.pages.case_page import CasePage
from app.views.theme import apply_theme
from app.views.widgets.results_panel import ResultsPanel

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
GROUP = "a keystroke in a one-site quote with an index cover (goal: 50 ms)"
RICH_GROUP = "a keystroke in a quote with all it can hold"


def demo(name: str) -> dict[str, Any]:
    text = (resources() / "demo" / f"{name}.bcd.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def plain_document() -> dict[str, Any]:
    """One site under a layer, and the index cover of the other demonstration case."""
    document = demo("insurance/frequency-layer")
    document["insurance"]["index"] = demo("insurance/index-history")["insurance"]["index"]
    return document


def rich_document() -> dict[str, Any]:
    return demo("fujian-oyster-typhoon")


def typed(document: dict[str, Any], number: int) -> dict[str, Any]:
    """The document after one more sign: the first peril comes a little more often."""
    changed = json.loads(json.dumps(document))
    changed["insurance"]["perils"][0]["events_per_year"] = 0.3 + number / 10_000
    return dict(changed)


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(open_book(tmp_path / "b.db", now=NOW), load_reference(), lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    apply_theme(qapp, 10)
    made = Jobs()
    yield made
    made.close()


def show_each_sign(
    workbench: Workbench,
    jobs: Jobs,
    benchmark: BenchmarkFixture,
    document: dict[str, Any],
    code: str,
) -> None:
    page = CasePage(workbench, jobs, case_id=None, version=None, document=document)
    page.resize(1100, 740)
    page.show()
    panel = page.findChild(ResultsPanel)
    assert panel is not None
    panel.show_page(code)
    assert panel.page == code
    numbers = count()

    def type_one() -> None:
        page.document = typed(page.document, next(numbers))
        page.recalculate()

    benchmark(type_one)


@pytest.mark.benchmark(group=GROUP)
@pytest.mark.parametrize("code", ["overview", "quote", "loss", "perils", "index"])
def test_a_keystroke_of_a_plain_quote_is_computed_and_shown(
    workbench: Workbench, jobs: Jobs, benchmark: BenchmarkFixture, code: str
) -> None:
    show_each_sign(workbench, jobs, benchmark, plain_document(), code)


@pytest.mark.benchmark(group=GROUP)
def test_the_same_plain_quote_is_computed_and_not_shown(
    workbench: Workbench, benchmark: BenchmarkFixture
) -> None:
    document, numbers = plain_document(), count()
    benchmark(lambda: workbench.compute_document(typed(document, next(numbers)), draw=False))


@pytest.mark.benchmark(group=RICH_GROUP)
@pytest.mark.parametrize("code", ["quote", "loss", "perils", "index", "history", "claims"])
def test_a_keystroke_of_a_rich_quote_is_computed_and_shown(
    workbench: Workbench, jobs: Jobs, benchmark: BenchmarkFixture, code: str
) -> None:
    show_each_sign(workbench, jobs, benchmark, rich_document(), code)


@pytest.mark.benchmark(group=RICH_GROUP)
def test_the_same_rich_quote_is_computed_and_not_shown(
    workbench: Workbench, benchmark: BenchmarkFixture
) -> None:
    document, numbers = rich_document(), count()
    benchmark(lambda: workbench.compute_document(typed(document, next(numbers)), draw=False))
