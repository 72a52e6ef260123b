"""Papers attached to a case: kept with their bytes, beside the versions."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.i18n import translator
from app.messages import problem_text
from app.models import database, upgrade
from app.models.database import check_book, open_book
from app.reference.tables import load_reference
from app.services import attachments
from app.services.case_file import CaseRefused
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.services.workbench import Workbench
from tests.integration.test_storage import NOW, new

SCAN = b"%PDF-1.7 certificate of registration"
REFERENCE = load_reference()


class Clock:
    """A clock that goes on by a minute at each look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "book.db"


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    opened = Workbench(open_book(path, now=NOW), REFERENCE, Clock())
    yield opened
    opened.close()


@pytest.fixture
def case_id(workbench: Workbench, document: dict[str, Any]) -> str:
    return workbench.save_new([document])[0].case_id


def written(folder: Path, name: str, content: bytes) -> Path:
    target = folder / name
    target.write_bytes(content)
    return target


def refusal(caught: pytest.ExceptionInfo[CaseRefused]) -> tuple[str, str]:
    (problem,) = caught.value.problems
    return problem.code, problem_text(problem, translator("en"))


def test_a_paper_comes_back_byte_for_byte_with_what_it_is(
    workbench: Workbench, case_id: str, tmp_path: Path
) -> None:
    entry = workbench.add_attachment(case_id, written(tmp_path, "登记证明.pdf", SCAN))
    assert workbench.attachment_bytes(entry.attachment_id) == SCAN
    assert (entry.name, entry.media_type, entry.size) == ("登记证明.pdf", "application/pdf", 36)
    assert entry.sha256 == hashlib.sha256(SCAN).hexdigest()
    assert entry.added_at.tzinfo is not None
    assert workbench.list_attachments(case_id) == [entry]


def test_papers_stand_in_the_order_they_came(
    workbench: Workbench, case_id: str, tmp_path: Path
) -> None:
    for name in ("b.png", "a.jpg", "b.png"):
        workbench.add_attachment(case_id, written(tmp_path, name, name.encode()))
    assert [entry.name for entry in workbench.list_attachments(case_id)] == [
        "b.png",
        "a.jpg",
        "b.png",
    ]


def test_a_paper_belongs_to_one_case_and_stays_through_its_versions(
    workbench: Workbench, case_id: str, document: dict[str, Any], tmp_path: Path
) -> None:
    other = workbench.save_new([document])[0].case_id
    entry = workbench.add_attachment(case_id, written(tmp_path, "query.pdf", SCAN))
    workbench.save(case_id, {**document, "notes": "second reading"}, after=1)
    assert workbench.list_attachments(case_id) == [entry]
    assert workbench.list_attachments(other) == []
    workbench.set_archived(case_id, archived=True)
    assert workbench.attachment_bytes(entry.attachment_id) == SCAN


def test_a_removed_paper_is_gone_and_the_others_stay(
    workbench: Workbench, case_id: str, path: Path, tmp_path: Path
) -> None:
    first = workbench.add_attachment(case_id, written(tmp_path, "one.pdf", b"1"))
    second = workbench.add_attachment(case_id, written(tmp_path, "two.pdf", b"2"))
    workbench.remove_attachment(first.attachment_id)
    assert workbench.list_attachments(case_id) == [second]
    for call in (workbench.attachment_bytes, workbench.remove_attachment):
        with pytest.raises(StorageProblem) as caught:
            call(first.attachment_id)
        assert caught.value.code == "no_attachment"
        said = storage_text(caught.value, translator("en"))
        assert said == "This attachment is not in the book."
    assert check_book(path) == []


def test_a_paper_of_a_case_that_is_not_there_is_refused(
    workbench: Workbench, tmp_path: Path
) -> None:
    with pytest.raises(StorageProblem) as caught:
        workbench.add_attachment("0", written(tmp_path, "one.pdf", b"1"))
    assert caught.value.code == "not_found"


def test_an_empty_file_is_refused(workbench: Workbench, case_id: str, tmp_path: Path) -> None:
    with pytest.raises(CaseRefused) as caught:
        workbench.add_attachment(case_id, written(tmp_path, "empty.pdf", b""))
    code, text = refusal(caught)
    assert code == "empty_attachment"
    assert "empty.pdf" in text
    assert workbench.list_attachments(case_id) == []


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_kept(
    workbench: Workbench, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attachments.MAX_BYTES == 20_000_000
    monkeypatch.setattr(attachments, "MAX_BYTES", 2_000_000)
    kept = workbench.add_attachment(case_id, written(tmp_path, "at.tif", bytes(2_000_000)))
    with pytest.raises(CaseRefused) as caught:
        workbench.add_attachment(case_id, written(tmp_path, "above.tif", bytes(2_000_001)))
    code, text = refusal(caught)
    assert code == "too_large"
    assert "above.tif" in text
    assert "at most 2 MB" in text
    assert workbench.list_attachments(case_id) == [kept]


def test_what_is_no_file_is_refused(workbench: Workbench, case_id: str, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "gone.pdf"):
        with pytest.raises(CaseRefused) as caught:
            workbench.add_attachment(case_id, target)
        assert refusal(caught)[0] == "not_readable"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("scan.PDF", "application/pdf"),
        ("photo.jpeg", "image/jpeg"),
        ("notes.txt", "text/plain"),
        ("without end", "application/octet-stream"),
        ("odd.zzz", "application/octet-stream"),
    ],
)
def test_the_end_of_the_name_says_what_a_paper_is(name: str, media_type: str) -> None:
    assert attachments.media_type_of(name) == media_type


def test_a_book_of_the_schema_before_keeps_its_cases_and_takes_papers(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as older:
        before = upgrade.upgrade
        older.setattr(database, "HEAD", "0002")
        older.setattr(upgrade, "upgrade", lambda engine: before(engine, "0002"))
        with closing(open_book(path, now=NOW)) as book:
            (stored,) = book.add_cases([new()])
    assert database.revision_of(path) == "0002"
    with closing(open_book(path, now=NOW)) as book:
        assert book.load(stored.case_id) == stored
        assert book.list_attachments(stored.case_id) == []
        entry = book.add_attachment(
            case_id=stored.case_id,
            name="a.pdf",
            media_type="application/pdf",
            added_at=NOW,
            content=SCAN,
        )
        assert book.attachment_bytes(entry.attachment_id) == SCAN
    (backup,) = (path.parent / "backups").iterdir()
    assert database.revision_of(backup) == "0002"
    assert check_book(path) == []
