"""A document of many cases in a folder: names, what is left out, what cannot be written."""

import errno
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.paths import resources
from app.reference.tables import load_reference
from app.reports.house import House
from app.reports.kinds import Choice, DocumentKind, draft_number
from app.services.batch import Ended, Job, Opened, Outcome, Press, file_jobs, run_batch, stored_jobs
from app.services.case_file import read_file
from app.services.computing import Computed, compute
from app.services.files import FreeNames, safe_name, write_atomically
from app.services.fingerprint import input_hash
from app.services.printing import UNDRAWN, print_document
from app.services.workbench import Workbench
from tests.final_book import NOW, SHORT, approved, workbench_at
from tests.integration.test_signed_loan import TERMS
from tests.pdf_text import page_texts


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    opened = workbench_at(tmp_path / "book.db")
    yield opened
    opened.close()


def job(name: str) -> Job:
    return Job(name, lambda: Opened(name, lambda: b"%PDF"))


def outcomes(jobs: list[Job], folder: Path, **how: Any) -> list[Outcome]:
    told: list[Outcome] = []
    run_batch(jobs, folder, told=told.append, **how)
    return told


def test_stored_cases_are_printed_as_the_window_prints_them(
    workbench: Workbench, tmp_path: Path
) -> None:
    case_id = approved(workbench, name="红树林/一号: bay?")
    farm = {key: part for key, part in TERMS.items() if key != "loan"}
    workbench.save_new([{**farm, "project": {**TERMS["project"], "name": "farm"}}])
    jobs = stored_jobs(workbench, workbench.list_cases(), SHORT, "zh")
    told = {outcome.label: outcome for outcome in outcomes(jobs, tmp_path / "out")}
    skipped = told["farm"]
    assert (skipped.ended, skipped.problems[0].code) == (Ended.SKIPPED, "kind_without_loan")
    written = told["红树林/一号: bay?"]
    assert written.ended is Ended.WRITTEN
    assert written.file is not None
    assert written.file.name.startswith("红树林-一号-bay-PG-")
    assert list((tmp_path / "out").iterdir()) == [written.file]
    printed = workbench.version_pdf(case_id, 1, language="zh", choice=SHORT)
    assert written.file.read_bytes() == printed
    assert written.size == len(printed)


def test_case_files_are_printed_with_the_template_given(tmp_path: Path, case: Path) -> None:
    (tmp_path / "broken.bcd.json").write_text("{")
    press = Press(load_reference(), NOW.date(), House(number_pattern="{serial}"))
    jobs = file_jobs([case, tmp_path / "broken.bcd.json"], SHORT, "en", press)
    written, refused = outcomes(jobs, tmp_path / "out")
    assert (written.ended, refused.ended) == (Ended.WRITTEN, Ended.REFUSED)
    assert written.file is not None
    assert "DRAFT" in "".join(page_texts(written.file.read_bytes()))


def test_a_case_whose_name_cannot_be_drawn_is_refused_and_the_others_are_printed(
    workbench: Workbench, tmp_path: Path
) -> None:
    for name in ("good", "\U00020bb7"):
        workbench.save_new([{**TERMS, "project": {**TERMS["project"], "name": name}}])
    jobs = stored_jobs(workbench, workbench.list_cases(), SHORT, "en")
    told = {outcome.label: outcome for outcome in outcomes(jobs, tmp_path / "out")}
    assert told["good"].ended is Ended.WRITTEN
    assert told["\U00020bb7"].problems[0].code == "missing_glyph"
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_cases_of_one_name_get_files_of_their_own(tmp_path: Path) -> None:
    told = outcomes([job("case"), job("CASE"), job("case")], tmp_path)
    assert [outcome.file.name for outcome in told if outcome.file] == [
        "case.pdf",
        "CASE-2.pdf",
        "case-3.pdf",
    ]


def test_a_file_that_is_there_is_kept_unless_it_is_forced(tmp_path: Path) -> None:
    (tmp_path / "case.pdf").write_bytes(b"older")
    (outcome,) = outcomes([job("case")], tmp_path)
    assert outcome.ended is Ended.EXISTS
    assert (tmp_path / "case.pdf").read_bytes() == b"older"
    (outcome,) = outcomes([job("case")], tmp_path, overwrite=True)
    assert outcome.ended is Ended.WRITTEN
    assert (tmp_path / "case.pdf").read_bytes() == b"%PDF"


def test_it_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    outcomes([job("a"), job("b")], tmp_path, progress=lambda *at: seen.append(at))
    assert seen == [(0, 2), (1, 2), (2, 2)]

    def stop(done: int, of: int) -> None:
        if done == 1:
            raise InterruptedError(f"{done} of {of}")

    with pytest.raises(InterruptedError):
        outcomes([job("c"), job("d")], tmp_path, progress=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf", "c.pdf"]


def test_with_a_full_disk_nothing_more_is_tried_and_no_half_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def drawing(name: str) -> Job:
        def draw() -> bytes:
            drawn.append(name)
            return b"%PDF"

        return Job(name, lambda: Opened(name, draw))

    monkeypatch.setattr(os, "fsync", full)
    told: list[Outcome] = []
    with pytest.raises(OSError, match="No space left"):
        run_batch([drawing("a"), drawing("b")], tmp_path, told=told.append)
    assert drawn == ["a"]
    assert [outcome.ended for outcome in told] == [Ended.FAILED]
    assert list(tmp_path.iterdir()) == []


def test_a_file_open_elsewhere_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = write_atomically

    def held(target: Path, data: bytes) -> None:
        if target.name == "a.pdf":
            raise PermissionError(errno.EACCES, "Access is denied", str(target))
        write(target, data)

    monkeypatch.setattr("app.services.batch.write_atomically", held)
    first, second = outcomes([job("a"), job("b")], tmp_path)
    assert (first.ended, second.ended) == (Ended.FAILED, Ended.WRITTEN)
    assert isinstance(first.error, PermissionError)


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_drawn(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    drawn: list[str] = []

    def draw() -> bytes:
        drawn.append("x")
        return b"%PDF"

    with pytest.raises(OSError, match="file"):
        outcomes([Job("x", lambda: Opened("x", draw))], blocker)
    assert drawn == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("con", "_con"),
        ("LPT1.old", "_LPT1.old"),
        ("condition", "condition"),
        ("ends in dots. .", "ends in dots"),
        ("...", "_"),
        ("tab\tnew\nline", "tab-new-line"),
        ("东台：一期", "东台-一期"),
    ],
)
def test_a_name_is_taken_by_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_between_signs(tmp_path: Path) -> None:
    name = FreeNames().name("海" * 300, ".pdf")
    assert set(name.removesuffix(".pdf")) == {"海"}
    (tmp_path / name).write_bytes(b"")


LOANS = resources() / "demo" / "loans"


def test_a_long_name_of_a_case_file_leaves_room_for_the_number(tmp_path: Path) -> None:
    document = json.loads((LOANS / "committee.bcd.json").read_text(encoding="utf-8"))
    document["project"]["name"] = "海" * 100
    path = tmp_path / "long.bcd.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    press = Press(load_reference(), NOW.date(), House())
    (long,) = file_jobs([path], Choice(DocumentKind.PLEDGE_LIST), "zh", press)
    number = draft_number(
        Choice(DocumentKind.PLEDGE_LIST), read_file(path).case, input_hash(read_file(path)), None
    )
    assert FreeNames().name(long.open().name, ".pdf").endswith(f"海-{number}.pdf")


SHOWN = {
    DocumentKind.REPAYMENT_SCHEDULE: LOANS / "committee.bcd.json",
    DocumentKind.PLEDGE_LIST: LOANS / "committee.bcd.json",
    DocumentKind.DRAWDOWN_CHECKLIST: LOANS / "committee.bcd.json",
    DocumentKind.MARGIN_CALL: LOANS / "margin-call.bcd.json",
    DocumentKind.RELEASE_LETTER: LOANS / "released.bcd.json",
    DocumentKind.PAYMENT_LETTER: resources() / "demo" / "insurance" / "settlement.bcd.json",
}
"""A case for each document that is printed without drawing."""


@cache
def both_ways(path: Path) -> tuple[Computed, Computed]:
    file, reference = read_file(path), load_reference()
    return compute(file, reference), compute(file, reference, draw=False)


@pytest.mark.parametrize("kind", sorted(UNDRAWN))
def test_documents_printed_without_drawing_show_nothing_that_is_drawn(kind: DocumentKind) -> None:
    drawn, undrawn = (
        print_document(
            computed,
            reference=load_reference(),
            language="en",
            issued_on=NOW.date(),
            choice=Choice(kind),
        )
        for computed in both_ways(SHOWN[kind])
    )
    assert drawn == undrawn
