"""The loans of the stored cases on a day, and at other prices of carbon."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.finance.engine import compute_case
from app.i18n import translator
from app.models.database import open_book
from app.reference.tables import load_reference
from app.services import case_file
from app.services.case_file import CaseRefused
from app.services.loan_book import (
    MOST_CHANGES,
    LoanBook,
    MovedBook,
    changes_in_percent,
    typed_day,
)
from app.services.loan_book_facts import book_json, left_out_text, totals_table
from app.services.loan_desk import LoanDesk, loan_parts
from app.services.workbench import Workbench
from tests.unit.finance.watched_loans import watched_document

NOW = datetime(2025, 3, 31, 9, 0, tzinfo=UTC)
DAY = date(2025, 3, 31)
DEMO = Path(__file__).parents[3] / "resources" / "demo" / "loans"
EN = translator("en")


@pytest.fixture
def workbench(own_home: Path) -> Iterator[Workbench]:
    opened = Workbench(open_book(own_home / "book.db", now=NOW), load_reference(), lambda: NOW)
    yield opened
    opened.close()


def named(document: dict[str, Any], name: str, amount: float = 3_000_000) -> dict[str, Any]:
    """Return a loan that is not watched, drawn on `DAY` against a right worth 10 million."""
    case = watched_document(document)
    del case["loan"]["monitoring"]
    case["project"]["name"] = name
    case["loan"].update(amount_yuan=amount, purpose_need_yuan=amount, borrower=f"{name} & Co.")
    return case


def read(workbench: Workbench, day: date | None = None) -> LoanBook:
    return LoanDesk(workbench).read(day)


def states(found: MovedBook) -> dict[str, list[str]]:
    return {
        loan.name: [one.state for one in row]
        for loan, row in zip(found.loans, found.rows, strict=True)
    }


def test_every_stored_loan_stands_in_the_book_at_each_price(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    without = named(document, "no loan")
    del without["loan"]
    workbench.save_new([named(document, "small", 6e6), named(document, "large", 9e6), without])
    found = read(workbench).moved([-0.1, -0.3])
    assert found.day == DAY
    assert found.changes == (0.0, -0.1, -0.3)
    assert [loan.name for loan in found.loans] == ["large", "small"]
    assert [loan.owed_yuan for loan in found.loans] == [9_000_000, 6_000_000]
    moved = found.rows[0][1]
    assert moved.value_yuan == pytest.approx(9_000_000)
    assert (moved.coverage, moved.loan_to_value) == pytest.approx((1.0, 1.0))
    assert states(found) == {
        "large": ["enforcement", "enforcement", "enforcement"],
        "small": ["above", "warning", "enforcement"],
    }


def test_the_price_at_each_line_is_told_as_price_and_as_change(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    workbench.save_new([named(document, "one", 5e6)])
    (loan,) = read(workbench).loans
    # line x 5,000,000 / 100,000 t
    assert loan.line_prices == pytest.approx((80.0, 70.0, 60.0))
    assert loan.line_changes() == pytest.approx((-0.2, -0.3, -0.4))


def test_totals_hold_every_loan_once(workbench: Workbench, document: dict[str, Any]) -> None:
    amounts = (1e7, 6e6, 5e6, 2e6)
    workbench.save_new([named(document, f"of {amount}", amount) for amount in amounts])
    found = read(workbench, DAY).moved([-0.3, -0.6])
    for place in range(3):
        every = found.total(place)
        parts = [found.total(place, state) for state in {one[place].state for one in found.rows}]
        assert every.loans == 4
        assert every.owed_yuan == 23_000_000
        assert sum(part.loans for part in parts) == 4
        assert sum(part.owed_yuan for part in parts) == 23_000_000
        assert sum(part.value_yuan for part in parts) == pytest.approx(every.value_yuan)
    # security of 4 million each against 10, 6, 5 and 2 million
    assert found.total(2).beyond_value_yuan == pytest.approx(6e6 + 2e6 + 1e6)
    assert totals_table(found, EN).rows[-1][2].said(EN) == "4"


def test_a_loan_of_another_day_is_not_drawn_yet_or_owes_nothing(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    workbench.save_new([named(document, "one")])
    for day, state in ((date(2025, 1, 1), "not_drawn"), (date(2031, 1, 1), "discharged")):
        found = read(workbench, day).moved([-0.9])
        assert states(found) == {"one": [state, state]}
        assert found.rows[0][0].coverage is None
        assert found.total(0).value_yuan == 0


def test_a_loan_that_cannot_be_computed_is_named_with_its_reason(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    late = watched_document(document, as_of="2025-06-30", overdue_multiple=None)
    late["project"]["name"] = "late"
    lost = named(document, "lost")
    lost["appraisal"] |= {
        "operating_cost_yuan_yr": 5_000_000,
        "conclusion": {"type_of_value": "pledge"},
    }
    lost["loan"]["valuation_basis"] = "concluded"
    workbench.save_new([late, lost, named(document, "fine")])
    found = read(workbench, date(2025, 9, 30))
    reasons = {one.name: left_out_text(one, EN) for one in found.left_out}
    assert [loan.name for loan in found.loans] == ["fine"]
    assert "loan.monitoring.overdue_multiple" in reasons["late"]
    assert "cannot be carried forward" in reasons["lost"]
    codes = {one["name"]: one["codes"] for one in book_json(found.moved([]), EN)["left_out"]}
    assert codes == {"late": ["overdue_multiple_missing"], "lost": ["not_followed"]}


def test_the_newest_version_counts_and_a_deleted_case_does_not(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    desk = LoanDesk(workbench)
    first, second = workbench.save_new([named(document, "first"), named(document, "second")])
    assert len(desk.read().loans) == 2
    workbench.save(first.case_id, named(document, "first", 1e6), after=1)
    workbench.set_archived(second.case_id, archived=True)
    (loan,) = desk.read().loans
    assert (loan.name, loan.version) == ("first", 2)
    assert loan.owed_yuan == 1_000_000


def test_what_was_read_is_not_read_again_until_the_day_changes(
    workbench: Workbench, document: dict[str, Any]
) -> None:
    desk = LoanDesk(workbench)
    workbench.save_new([named(document, name) for name in "abc"])
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        desk.read(DAY, stop)
    assert told == [(0, 3), (1, 3), (2, 3)]
    told.clear()
    assert len(desk.read(DAY, lambda *step: told.append(step)).loans) == 3
    assert told == [(0, 1), (1, 1)]
    told.clear()
    desk.read(date(2026, 1, 1), lambda *step: told.append(step))
    assert told[-1] == (3, 3)


@pytest.mark.parametrize("name", ["collaterals", "sculpted", "floating", "extension", "life"])
def test_the_parts_of_a_loan_are_those_of_its_case(name: str) -> None:
    tables = load_reference().tables
    case = case_file.read_file(DEMO / f"{name}.bcd.json").case
    whole = compute_case(case, tables)
    parts = loan_parts(case, replace(tables, explain=False))
    assert whole.loan is not None
    assert whole.values is not None
    assert parts.schedule == whole.loan.plan
    assert parts.security == whole.loan.security
    for level in ("gross", "net", "prudent", "liquidation"):
        assert parts.values.by_basis(level) == whole.values.by_basis(level)


def test_an_empty_book_has_totals_of_nothing(workbench: Workbench) -> None:
    found = read(workbench).moved([-0.5])
    assert (found.loans, found.left_out, found.total(1).loans) == ((), (), 0)
    json.dumps(book_json(found, EN), allow_nan=False)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("-10; -30; -50", (-0.1, -0.3, -0.5)),
        ("−10%，－30％、 25", (-0.1, -0.3, 0.25)),
        ("", ()),
        ("-100 1000", (-1.0, 10.0)),
    ],
)
def test_changes_are_typed_in_percent(text: str, changes: tuple[float, ...]) -> None:
    assert changes_in_percent(text) == changes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-10 abc", "not_a_number"),
        ("nan", "not_finite"),
        ("1e999", "not_finite"),
        ("-100.1", "minimum"),
        ("1001", "maximum"),
        (" ".join(["-1"] * (MOST_CHANGES + 1)), "too_long"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(text: str, code: str) -> None:
    with pytest.raises(CaseRefused) as refused:
        changes_in_percent(text)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize("change", [float("nan"), float("-inf"), -1.5, 11.0])
def test_prices_move_within_their_limits_only(workbench: Workbench, change: float) -> None:
    with pytest.raises(CaseRefused):
        read(workbench).moved([change])


def test_the_same_change_stands_once(workbench: Workbench) -> None:
    assert read(workbench).moved([-0.3, 0.0, -0.3]).changes == (0.0, -0.3)


def test_a_day_is_typed_in_any_usual_way_and_lies_in_the_calendar(workbench: Workbench) -> None:
    assert typed_day("2026年6月30日") == typed_day("2026/6/30") == date(2026, 6, 30)
    for text in ("", "2026-02-30", "soon"):
        with pytest.raises(CaseRefused):
            typed_day(text)
    with pytest.raises(CaseRefused):
        read(workbench, date(9999, 1, 1))
