"""The loans of the book against moves of the price, on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_workbench
from tests.integration.conftest import Run
from tests.unit.finance.watched_loans import watched_document


def stored(run: Run, folder: Path, *documents: dict[str, Any]) -> None:
    paths = []
    for number, document in enumerate(documents):
        path = folder / f"{number}.bcd.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        paths.append(path)
    assert run("import", *paths).exit_code == 0


@pytest.fixture
def emptied() -> None:
    """A book whose demonstration cases are deleted."""
    workbench = open_workbench()
    for entry in workbench.list_cases():
        workbench.set_archived(entry.case_id, archived=True)
    workbench.close()


@pytest.fixture
def book(emptied: None, run: Run, tmp_path: Path, document: dict[str, Any]) -> None:
    """A loan of 6 million against a right of 10 million, and one whose penalty has no rate."""
    plain = watched_document(document, as_of="2025-03-31")
    plain["project"]["name"] = "Plain"
    plain["loan"].update(amount_yuan=6_000_000, lender="Bank A", borrower="Company B")
    late = watched_document(document, as_of="2025-06-30", overdue_multiple=None)
    late["project"]["name"] = "Late"
    stored(run, tmp_path, plain, late)


def answered(run: Run, *arguments: object) -> Any:
    result = run("loans", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.usefixtures("book")
def test_each_loan_has_its_figures_at_each_price(run: Run) -> None:
    found = answered(run, "--price-change", "-0.1", "--price-change", "-0.3", "--day", "2025-03-31")
    assert found["day"] == "2025-03-31"
    assert found["price_changes"] == [0, -0.1, -0.3]
    loan = next(loan for loan in found["loans"] if loan["name"] == "Plain")
    assert (loan["lender"], loan["borrower"], loan["level"]) == ("Bank A", "Company B", "gross")
    assert (loan["owed_yuan"], loan["price_yuan_t"]) == (6_000_000, 100)
    assert loan["known_until"] == "2025-03-31"
    assert [one["state"] for one in loan["at"]] == ["above", "warning", "enforcement"]
    assert [one["value_yuan"] for one in loan["at"]] == pytest.approx([10e6, 9e6, 7e6])
    assert [one["coverage"] for one in loan["at"]] == pytest.approx([10 / 6, 9 / 6, 7 / 6])
    assert [one["loan_to_value"] for one in loan["at"]] == pytest.approx([6 / 10, 6 / 9, 6 / 7])
    assert loan["lines"] == {"warning": 1.6, "margin_call": 1.4, "enforcement": 1.2}
    prices = {"warning": 96, "margin_call": 84, "enforcement": 72}
    assert loan["line_prices"] == pytest.approx(prices)
    totals = found["totals"][1]
    assert totals["price_change"] == -0.1
    assert totals["all"]["loans"] == 2
    assert totals["states"]["warning"]["owed_yuan"] == 6_000_000


@pytest.mark.usefixtures("book")
def test_a_loan_that_cannot_be_computed_is_told_with_its_reason(run: Run) -> None:
    (left,) = answered(run, "--day", "2025-09-30")["left_out"]
    assert (left["name"], left["codes"]) == ("Late", ["overdue_multiple_missing"])
    said = run("loans", "--day", "2025-09-30")
    assert said.exit_code == 0
    assert "Not computed: Late: loan.monitoring.overdue_multiple" in said.stderr


@pytest.mark.usefixtures("book")
def test_in_words_the_lowest_coverage_comes_first_and_calls_are_marked(run: Run) -> None:
    said = run("loans", "--price-change", "-0.3", "--day", "2025-03-31").stdout
    now, moved = said.split("Prices −30%")
    assert now.index("Plain") < now.index("Late")
    assert not any(line.startswith("* 6,0") for line in now.splitlines())
    assert "* 6,000,000.00" in moved
    assert "enforcement" in moved
    assert "96.00" in said
    assert "Loans by state" in said


@pytest.mark.usefixtures("emptied")
def test_an_empty_book_says_so(run: Run) -> None:
    assert "No case of the book asks for a loan." in run("loans").stdout
    assert answered(run)["loans"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--price-change", "-1.5"), "minimum"),
        (("--price-change", "nan"), "not_finite"),
        (("--day", "3500-01-01"), "date_too_far"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    run: Run, arguments: tuple[str, ...], code: str
) -> None:
    result = run("loans", *arguments, "--json")
    assert result.exit_code == 2
    (problem,) = json.loads(result.stderr)["refused"]
    assert problem["code"] == code


def test_a_day_that_is_none_is_refused(run: Run) -> None:
    assert run("loans", "--day", "2025-02-30").exit_code == 2
