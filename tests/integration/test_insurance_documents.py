"""Quotation, slip and payment letter of a case, from the command line and from the book."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app.models.database import open_book
from app.reference.tables import load_reference
from app.reports.kinds import Choice, DocumentKind, choices, draft_number, refusal
from app.services.case_file import read_file, to_document, validate
from app.services.demo import insurance_files
from app.services.printing import print_document
from app.services.workbench import Computed, Workbench, compute
from tests.pdf_text import page_texts

Run = Callable[..., Result]

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
CLAIMS = next(path for path in insurance_files() if path.name.startswith("settlement"))


@cache
def computed() -> Computed:
    """The case of four claims, with an offer of the market and a day the quotation ends."""
    document = to_document(read_file(CLAIMS))
    document["insurance"].update(
        asked_premium_yuan="100000.00", asked_reason="offer", quote_valid_days=30
    )
    return compute(validate(document), load_reference(), draw=False)


def printed_anew(kind: str, event: str = "", language: Any = "en") -> bytes:
    return print_document(
        computed(),
        choice=Choice(DocumentKind(kind), event),
        reference=load_reference(),
        language=language,
        issued_on=date(2026, 3, 1),
    )


@cache
def pages(kind: str, event: str = "") -> list[str]:
    return [" ".join(page.split()) for page in page_texts(printed_anew(kind, event))]


def text(kind: str, event: str = "") -> str:
    return " ".join(pages(kind, event))


def test_a_quotation_begins_with_premium_and_rate_and_says_that_it_is_no_offer() -> None:
    first = pages("quotation")[0]
    assert first.index("Gross premium (yuan)") < first.index("Insured object")
    assert "rates of an insurance need filing" in first
    assert "QT-" in first
    assert "Quotation valid until 2026-03-31" in first


def test_a_quotation_keeps_the_premium_asked_and_claims_to_the_insurer() -> None:
    assert computed().results.insurance.asked is not None  # type: ignore[union-attr]
    found = text("quotation")
    assert "asked" not in found
    assert "Published covers of the like" not in found
    assert "survey 1" not in found


def test_a_quotation_has_inputs_and_workings_of_the_insurance_alone() -> None:
    found = text("quotation")
    assert "Annex: workings" in found
    assert "Annex: removals and credits by year" not in found
    assert "Project name" not in found


@pytest.mark.parametrize("kind", ["quotation", "slip", "payment-letter"])
def test_each_kind_is_a_numbered_draft_until_it_is_approved(kind: str) -> None:
    found = pages(kind)
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "DRAFT" in page


@pytest.mark.parametrize("kind", ["slip", "payment-letter"])
def test_the_same_case_gives_the_same_bytes(kind: str) -> None:
    assert printed_anew(kind, language="both") == printed_anew(kind, language="both")


def test_a_letter_of_one_event_promises_what_that_event_is_due() -> None:
    whole, one = text("payment-letter"), text("payment-letter", "typhoon of July")
    assert "Payment letter: typhoon of July" in one
    assert "300,000.00" in one
    assert "人民币叁拾万元整" in one
    assert "typhoon of September" not in one
    assert "人民币玖拾万元整" in whole


def test_every_document_of_a_case_has_a_number_of_its_own() -> None:
    done = computed()
    case = done.file.case
    found = [draft_number(one, case, "0123456789abcdef", 3) for one in choices(case, done.results)]
    code = "0123-4567-89AB-v3"
    assert [one for one in found if not one.startswith("PL")][:2] == [f"QT-{code}", f"SL-{code}"]
    letters = [one for one in found if one.startswith("PL")]
    assert letters == [f"PL-{code}", *[f"PL-{code}-e{place}" for place in (1, 2, 3, 4)]]


def test_the_command_prints_a_kind_and_an_event(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    done = run(
        "report", CLAIMS, "--kind", "payment-letter", "--event", "typhoon of July", "--lang", "en",
        "-o", target,
    )  # fmt: skip
    assert done.exit_code == 0
    assert "payment letter" in done.stdout
    assert target.read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--kind", "slip"), "an insurance: this document is printed of a case that has one"),
        (("--event", "Gaemi"), "no event: only a payment letter is of one event"),
    ],
)
def test_a_kind_the_case_has_not_is_refused_by_name(
    run: Run, case: Path, tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    done = run("report", case, *more, "-o", tmp_path / "x.pdf")
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_letter_of_an_event_that_is_none_is_refused_with_those_that_are(
    run: Run, tmp_path: Path
) -> None:
    letter = ("--kind", "payment-letter", "--event", "Gaemi", "-o", tmp_path / "x.pdf")
    done = run("report", CLAIMS, *letter)
    assert done.exit_code == 2
    assert "an event of the claims: typhoon of July, gale of August" in done.stderr


def test_a_policy_without_claims_has_no_payment_letter() -> None:
    done = computed()
    case, results = done.file.case, done.results
    assert case.insurance is not None
    bare = replace(case, insurance=replace(case.insurance, settlement=None))
    problem = refusal(Choice(DocumentKind.PAYMENT_LETTER), bare, results)
    assert problem is not None
    assert (problem.path, problem.code) == ("insurance.settlement", "kind_without_claims")
    assert DocumentKind.PAYMENT_LETTER not in {one.kind for one in choices(bare, results)}


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    opened = Workbench(open_book(tmp_path / "book.db", now=NOW), load_reference(), lambda: NOW)
    yield opened
    opened.close()


def test_the_book_files_the_kind_that_was_issued(workbench: Workbench) -> None:
    (stored,) = workbench.save_new([to_document(read_file(CLAIMS))])
    entry = workbench.issue(
        stored.case_id, 1, language="en", choice=Choice(DocumentKind.PAYMENT_LETTER)
    )
    assert (entry.kind, entry.language, entry.status) == ("payment-letter", "en", "draft")
    content = workbench.document_bytes(entry.document_id)
    assert "PL-" in page_texts(content)[0]
