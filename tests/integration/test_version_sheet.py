"""The sheet of a stored version says what changed since the one before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models.database import open_book
from app.reference.tables import load_reference
from app.reports.kinds import Choice, DocumentKind
from app.services.workbench import Workbench
from tests.pdf_text import page_texts

RECORD = Choice(DocumentKind.CASE_RECORD)
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    opened = Workbench(open_book(tmp_path / "book.db", now=NOW), load_reference(), lambda: NOW)
    yield opened
    opened.close()


def _text(pdf: bytes) -> str:
    return "\n".join(page_texts(pdf))


def test_the_second_version_prints_what_moved_the_value_and_the_first_does_not(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    first = workbench.save_new([document])[0]
    document["appraisal"].update(benefit_share=0.2, change_reason="The contract of 2025.")
    workbench.save(first.case_id, document, after=1)
    changed = workbench.changes_of(first.case_id, 2)
    assert changed is not None
    assert changed.after is not None
    pdf = workbench.version_pdf(first.case_id, 2, language="en", choice=RECORD)
    text = _text(pdf)
    assert "What changed since the version before" in text
    assert "The contract of 2025." in text
    (step,) = changed.steps
    for amount in (step.effect.net_yuan, changed.after.net_yuan):
        assert f"{amount:,.2f}".replace("-", "−") in text
    assert pdf == workbench.version_pdf(first.case_id, 2, language="en", choice=RECORD)
    earlier = workbench.version_pdf(first.case_id, 1, language="en", choice=RECORD)
    assert "What changed" not in _text(earlier)
