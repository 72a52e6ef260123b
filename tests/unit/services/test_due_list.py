"""What is due of a stored loan: kept with its version, read back on a later day."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case
from app.i18n import translator
from app.reference.tables import load_reference
from app.reports.due_facts import due_cell
from app.services.case_file import validate
from app.services.due_list import OpenItem, due_text, open_items
from app.services.figures import key_figures
from app.services.loan_changes import moved_figures
from tests.loan_sheet_case import rich_case, rich_document

WATCHED = date(2027, 9, 30)
FAR = date(2035, 11, 12)


def case_of(document: dict[str, Any]) -> tuple[CaseFile, Results]:
    file = validate(document)
    return file, compute_case(file.case, load_reference().tables)


def text_of(document: dict[str, Any]) -> str:
    text = due_text(*case_of(document))
    assert text is not None
    return text


@pytest.fixture(scope="module")
def watched() -> str:
    text = due_text(*rich_case())
    assert text is not None
    return text


@pytest.fixture(scope="module")
def unwatched() -> str:
    document = rich_document()
    del document["loan"]["monitoring"]
    return text_of(document)


def codes(items: list[OpenItem], *wanted: str) -> list[OpenItem]:
    return [item for item in items if item.code in wanted]


def test_on_the_day_watched_the_list_says_what_the_calendar_of_the_case_says(watched: str) -> None:
    life = rich_case()[1].loan
    assert life is not None
    assert life.life is not None
    tr = translator("en")
    checks = ("inspection", "revaluation")
    expected = [
        (item.day, item.code, item.state, due_cell(item).said(tr))
        for item in life.life.due
        if item.state != "done" and item.code not in checks
    ]
    found = [
        (item.day, item.code, item.state, due_cell(item.item).said(tr))
        for item in open_items(watched, WATCHED, FAR)
        if item.code not in checks
    ]
    assert found == expected
    assert "Payment 8: 740,150.15 yuan, of it principal 540,540.54 yuan; 217,070.27 yuan of it" in (
        " ".join(said for *_rest, said in found)
    )


def test_a_payment_without_a_receipt_is_late_on_the_day_after(watched: str) -> None:
    due = date(2027, 12, 21)
    for day, state in ((due - timedelta(31), "ahead"), (due, "due"), (due + timedelta(1), "late")):
        states = {
            item.state for item in codes(open_items(watched, day, FAR), "payment")
            if item.day == due
        }  # fmt: skip
        assert states == {state}


def test_of_checks_that_were_missed_only_the_first_stays(watched: str) -> None:
    inspections = codes(open_items(watched, date(2028, 1, 1), FAR), "inspection")
    assert [item.day for item in inspections if item.state == "late"] == [date(2026, 2, 12)]
    assert len(inspections) > 10


def test_what_happens_by_itself_goes_when_its_day_has_come(watched: str) -> None:
    repricing = date(2028, 1, 1)
    before = codes(open_items(watched, repricing, FAR), "repricing")
    after = codes(open_items(watched, repricing + timedelta(1), FAR), "repricing")
    assert before[0].day == repricing
    assert repricing not in [item.day for item in after]


def test_an_alarm_gives_way_to_the_next_one_and_then_to_the_end(watched: str) -> None:
    end = date(2037, 12, 10)
    names = ("registration_90", "registration_30", "registration_7", "registration_end")

    def on(day: date) -> list[tuple[str, str]]:
        return [(item.code, item.state) for item in codes(open_items(watched, day, FAR), *names)]

    assert on(end - timedelta(100))[0] == ("registration_90", "ahead")
    assert on(end - timedelta(90))[0] == ("registration_90", "due")
    assert on(end - timedelta(30))[0] == ("registration_30", "due")
    assert on(end + timedelta(1)) == [("registration_end", "late")]


def test_of_an_unwatched_loan_payments_leave_when_their_day_has_passed(unwatched: str) -> None:
    day = date(2026, 4, 1)
    payments = codes(open_items(unwatched, day, FAR), "payment")
    assert payments[0].day == date(2026, 6, 22)
    assert {item.state for item in payments} == {"ahead"}
    assert not codes(open_items(unwatched, day, FAR), "inspection", "revaluation", "cure")
    assert codes(open_items(unwatched, date(2026, 7, 1), FAR), "appraisal_end")[0].state == "late"


def test_past_maturity_nothing_is_asked_of_a_loan_that_is_not_watched(unwatched: str) -> None:
    assert open_items(unwatched, FAR + timedelta(1), FAR) == []
    assert open_items(unwatched, FAR, FAR) != []


def test_the_list_ends_with_the_horizon_asked_for(watched: str) -> None:
    until = WATCHED + timedelta(90)
    near = open_items(watched, WATCHED, FAR, until)
    assert near == [item for item in open_items(watched, WATCHED, FAR) if item.day <= until]


def test_an_indicator_whose_figure_was_entered_is_not_due(unwatched: str) -> None:
    tests = codes(open_items(unwatched, date(2026, 1, 1), FAR), "kpi_test")
    assert [item.day for item in tests] == [date(2027, 12, 31)]


def test_names_with_the_signs_of_the_text_come_back_as_they_were() -> None:
    document = rich_document()
    name = "A|B = 50% %7C\nnext"
    document["loan"]["collaterals"][3]["name"] = name
    item = codes(open_items(text_of(document), WATCHED, FAR), "insurance_end")[0].item
    assert item.facts["name"] == name.replace("\n", " ")
    assert item.facts["position"] == 3


def test_a_case_without_a_loan_has_no_list(document: dict[str, Any]) -> None:
    del document["loan"]
    file, results = case_of(document)
    assert due_text(file, results) is None
    assert "due" not in key_figures(file, results)


def test_a_list_that_changes_with_the_program_moves_no_signed_figure() -> None:
    figures = key_figures(*rich_case())
    assert moved_figures({**figures, "due": "other"}, figures) == ()
