"""The whole book on one day: what is read of it, and what its report says."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.i18n import translator
from app.models.database import open_book
from app.reference.tables import load_reference
from app.reports.document import Document, Drawing, Grid, Heading, Prose, Words
from app.reports.house import House
from app.reports.portfolio_book import Portfolio
from app.reports.portfolio_facts import MOST_LINES, group_table
from app.reports.portfolio_loan_facts import (
    coverage_debt,
    five_class_table,
    herfindahl,
    ladder,
    move_table,
)
from app.reports.portfolio_report import build_portfolio_report
from app.services.case_file import CaseRefused
from app.services.portfolio import PRICE_CHANGES, PortfolioDesk
from app.services.portfolio_json import portfolio_json
from app.services.workbench import Workbench
from tests.pdf_text import page_texts
from tests.unit.finance.watched_loans import watched_document

NOW = datetime(2025, 3, 31, 9, 0, tzinfo=UTC)
DAY = date(2025, 3, 31)
EN = translator("en")
DEMO = Path(__file__).parents[3] / "resources" / "demo" / "insurance"


@pytest.fixture
def workbench(own_home: Path) -> Iterator[Workbench]:
    opened = Workbench(open_book(own_home / "book.db", now=NOW), load_reference(), lambda: NOW)
    for entry in opened.list_cases():
        opened.set_archived(entry.case_id, archived=True)
    yield opened
    opened.close()


def loan(document: dict[str, Any], name: str, amount: float = 3_000_000.1) -> dict[str, Any]:
    """A loan that is not watched, drawn on `DAY` against a right worth 10 million."""
    case = watched_document(document)
    del case["loan"]["monitoring"]
    case["project"].update(name=name, place=f"Bay of {name}")
    case["loan"].update(
        amount_yuan=amount, purpose_need_yuan=amount, borrower=f"{name} & Co.", lender="Bank A"
    )
    return case


def policy(kind: str = "three-sites", starts: str = "2024-06-01") -> dict[str, Any]:
    """A policy of the demonstration, in force on `DAY` for a year by default."""
    text = (DEMO / f"{kind}.bcd.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    found["insurance"].update(period_start=starts, insurer="Insurer A")
    return found


def read(workbench: Workbench, *documents: dict[str, Any]) -> Portfolio:
    if documents:
        workbench.save_new(list(documents))
    return PortfolioDesk(workbench).read(DAY)


def printed(workbench: Workbench, book: Portfolio, language: str = "en") -> Document:
    stamp = PortfolioDesk(workbench).stamp(book)
    return build_portfolio_report(book, stamp, Words(language), House())


def titles(found: Document) -> list[str]:
    return [block.text.leading for block in found.blocks if isinstance(block, Heading)]


def prose(found: Document) -> str:
    return "\n".join(block.text.leading for block in found.blocks if isinstance(block, Prose))


def test_sums_of_money_are_exact(workbench: Workbench, document: dict[str, Any]) -> None:
    book = read(workbench, *(loan(document, f"L{number}") for number in range(3)))
    assert book.owed_yuan == Decimal("9000000.30")
    assert sum(sums for _count, sums in ladder(book).values()) == Decimal("9000000.30")
    assert sum(coverage_debt(book)) == Decimal("9000000.30")


def test_an_empty_book_has_a_report(workbench: Workbench) -> None:
    book = read(workbench)
    found = printed(workbench, book)
    assert "The book holds no case." in prose(found)
    assert "No loan of the book is in debt" in prose(found)
    assert not [block for block in found.blocks if isinstance(block, Grid)]


def test_one_loan_is_the_whole_of_every_part(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    book = read(workbench, loan(document, "Only"))
    for by in ("carrier", "place", "lender"):
        table = group_table(book, by)
        assert table is not None
        assert len(table.rows) == 1
        assert table.rows[0][1:] == table.totals[1:]
    assert group_table(book, "insurer") is None
    assert herfindahl(book) == pytest.approx(10_000)


def test_two_equal_borrowers_halve_the_index_of_concentration(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    book = read(workbench, loan(document, "A"), loan(document, "B"))
    assert herfindahl(book) == pytest.approx(5_000)


def test_many_places_are_put_together_without_losing_money(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    count = MOST_LINES + 3
    book = read(workbench, *(loan(document, f"P{n:02}", 100_000 + n) for n in range(count)))
    table = group_table(book, "place")
    assert table is not None
    assert len(table.rows) == MOST_LINES + 1
    assert table.rows[-1][0].said(EN) == "3 others"
    owed = [Decimal(row[5].text.replace(",", "")) for row in table.rows]
    assert sum(owed) == book.owed_yuan
    assert table.totals[5].text == f"{book.owed_yuan:,.2f}"


def test_a_falling_price_moves_loans_below_their_lines(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    book = read(workbench, loan(document, "High", 6_000_000), loan(document, "Low", 1_000_000))
    assert [move.change for move in book.moves] == [0.0, *PRICE_CHANGES]
    called = [sum(move.loans[state] for state in ("margin_call", "enforcement")) for move in
              book.moves]  # fmt: skip
    assert called == [0, 0, 1, 1, 1]
    table = move_table(book)
    assert table is not None
    assert [row[0].said(EN) for row in table.rows] == ["now", "−10%", "−20%", "−30%", "−50%"]


def test_a_late_loan_is_classed_by_its_days_and_one_not_watched_apart(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    late = watched_document(document, as_of="2025-09-30", overdue_multiple=1.5)
    late["project"]["name"] = "Late"
    workbench.save_new([late, loan(document, "Unwatched")])
    book = PortfolioDesk(workbench).read(date(2025, 9, 30))
    found = {case.name: case.loan for case in book.cases}
    assert found["Late"] is not None
    assert found["Unwatched"] is not None
    assert found["Unwatched"].days_past_due is None
    table = five_class_table(book)
    assert table is not None
    loans = {row[0].said(EN): row[1].text for row in table.rows}
    assert loans["not watched"] == "1"
    assert sum(int(count) for count in loans.values()) == 2


def test_a_loan_that_cannot_be_computed_is_told_and_in_no_sum(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    late = watched_document(document, as_of="2025-06-30", overdue_multiple=None)
    late["project"]["name"] = "No rate of penalty"
    workbench.save_new([late, loan(document, "Fine")])
    book = PortfolioDesk(workbench).read(date(2025, 9, 30))
    (refused,) = [case for case in book.cases if not case.is_computed]
    assert refused.name == "No rate of penalty"
    assert [problem.code for problem in refused.problems] == ["overdue_multiple_missing"]
    assert len(book.loans) == 1
    assert "Cases that could not be computed: 1" in titles(printed(workbench, book))


def test_policies_in_force_are_summed_and_those_that_end_are_listed(workbench: Workbench) -> None:
    book = read(workbench, policy(), policy(starts="2023-01-01"))
    ((_case, held),) = book.policies
    assert (held.insurer, held.ends) == ("Insurer A", date(2025, 5, 31))
    assert "Policies that end soon" in titles(printed(workbench, book))


def test_what_lies_near_the_densest_place_is_the_accumulation(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    bare = read(workbench, loan(document, "Nowhere"))
    assert bare.zone is None
    assert bare.unplaced == 1
    assert "has coordinates" in prose(printed(workbench, bare))
    sites = policy()
    for number, site in enumerate(sites["insurance"]["sites"]):
        site.update(latitude=26.0 + 0.1 * number, longitude=120.0)
    book = read(workbench, sites)
    assert book.zone is not None
    assert book.zone.totals.policies_hit == 1
    assert book.zone.totals.insurer_yuan > 0


def test_the_fingerprint_is_of_all_cases_whatever_their_order(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    book = read(workbench, loan(document, "A"), loan(document, "B", 2_000_000))
    hashes = sorted(case.input_hash for case in book.cases)
    stamp = PortfolioDesk(workbench).stamp(book)
    assert stamp.input_hash == hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    assert stamp.case_version is None
    assert stamp.document_no.startswith("PF-20250331-")


def test_progress_is_told_and_may_stop_the_reading(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    workbench.save_new([loan(document, "A"), loan(document, "B")])
    told: list[tuple[int, int]] = []
    PortfolioDesk(workbench).read(DAY, lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]

    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        PortfolioDesk(workbench).read(DAY, stop)


def test_a_day_outside_the_calendar_is_refused(workbench: Workbench) -> None:
    with pytest.raises(CaseRefused):
        PortfolioDesk(workbench).read(date(1500, 1, 1))


def test_an_approved_version_is_no_draft_of_the_book(workbench: Workbench) -> None:
    (stored,) = workbench.save_new([policy("mangrove-typhoon")])
    workbench.approve(stored.case_id, 1, prepared_by="A", approved_by="B", remark="")
    book = PortfolioDesk(workbench).read(DAY)
    assert [case.approved for case in book.cases] == [True]
    assert "Every case is approved" in prose(printed(workbench, book))


def test_the_report_is_drawn_with_its_charts_and_the_same_bytes(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    book = read(workbench, loan(document, "A", 6_500_000), policy())
    drawings = [b for b in printed(workbench, book).blocks if isinstance(b, Drawing)]
    assert len(drawings) == 3
    desk = PortfolioDesk(workbench)
    content = desk.pdf(book, language="both")
    assert content == desk.pdf(book, language="both")
    text = " ".join(" ".join(page_texts(content)).split())
    assert "6,500,000.00" in text
    assert "DRAFT" not in text


def test_the_json_has_every_case_and_the_sums_of_the_report(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    book = read(workbench, loan(document, "A"), policy())
    found = portfolio_json(book, PortfolioDesk(workbench).stamp(book), EN)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["owed_yuan"] == 3_000_000.1
    assert {case["name"] for case in found["cases"]} == {case.name for case in book.cases}
    assert [move["change"] for move in found["price_moves"]] == [0.0, *PRICE_CHANGES]
