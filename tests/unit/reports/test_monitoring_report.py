"""The monitoring report: state, measures by rule, course, what is due, and its workings."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from app.finance.lending.measures import Measure, propose
from app.i18n import translator
from app.reports.document import Chart, Document, Grid, Heading, Workings
from app.reports.monitoring_facts import measure_table
from app.reports.monitoring_report import build_monitoring_report
from tests.loan_life_results import LIFE, REGISTRATION
from tests.unit.reports.loan_documents import loan_document, sheet_of
from tests.unit.reports.loan_paper import (
    facts_of,
    heads_of,
    hero_of,
    rows_of,
    signers,
    twelve,
    watched,
)
from tests.unit.reports.read_document import part, told


@cache
def life() -> Document:
    return build_monitoring_report(sheet_of(loan_document("life")))


def report(document: dict[str, Any], language: str = "en") -> Document:
    return build_monitoring_report(sheet_of(document, language))


def measures(document: dict[str, Any]) -> dict[str, Measure]:
    """What is proposed, by code."""
    sheet = sheet_of(document)
    terms, loan = sheet.case.loan, sheet.results.loan
    assert terms is not None
    assert loan is not None
    assert loan.life is not None
    return {found.code: found for found in propose(terms, loan.life, loan.registration)}


def titles(found: Document) -> list[str]:
    return [block.text.leading for block in found.blocks if isinstance(block, Heading)]


def test_coverage_stands_largest_with_its_lines_and_what_is_owed() -> None:
    hero = hero_of(life())
    assert hero.label.leading == "Coverage on 2025-12-31"
    assert hero.value.leading == "135.82%"
    assert hero.second_value.leading == "409,145.13"
    assert "margin call 140%" in hero.note.leading


def test_the_state_holds_what_is_owed_the_class_the_call_and_the_prices_of_the_lines() -> None:
    facts = facts_of(life())
    assert facts["Of it overdue"] == "26,223.03"
    assert facts["Days past due"] == "77"
    assert facts["Security to add"] == "17,090.21"
    assert facts["Or to prepay"] == "12,207.29"
    assert facts["Carbon price as last revalued"] == "80.00"
    assert facts["Margin call at"] == "82.50"


def test_the_price_in_force_is_that_of_the_last_revaluation_by_price() -> None:
    facts = facts_of(report(watched("life", as_of="2025-08-01")))
    assert facts["Carbon price as last revalued"] == "62.00"


def test_measures_are_proposed_by_rule_and_the_late_ones_stand_out() -> None:
    found = part(life(), "Conclusion: measures by rule")
    rows = rows_of(found)
    assert rows[0][0].startswith("Send an overdue notice")
    assert rows[0][1:] == [
        "2025-12-04",
        "Coverage of 135.82% is below the margin-call line of 140.00%, and the days to cure have "
        "passed.",
    ]
    collect = next(row for row in rows if row[0].startswith("Collect"))
    assert collect[0] == (
        "Collect what is past due, 26,223.03 yuan, and classify the loan at least as special "
        "mention."
    )
    grid = next(block for block in found if isinstance(block, Grid))
    assert 0 in grid.failing


def test_everything_of_the_calendar_that_is_due_or_late_has_its_measure_in_words() -> None:
    sheet = sheet_of(loan_document("life"))
    assert sheet.case.loan is not None
    found = propose(sheet.case.loan, LIFE, REGISTRATION)
    codes = [measure.code for measure in found]
    assert codes[:2] == ["call", "event"]
    assert codes[-9:] == [
        "amend_registration",
        "cancel_registration",
        "insurance_end",
        "guarantee_end",
        "appraisal_end",
        "appraisal_end",
        "inspection",
        "revaluation",
        "verification",
    ]
    table = measure_table(found)
    assert table is not None
    texts = [cell.said(translator("en")) for row in table.rows for cell in row]
    assert "Have the guarantee renewed: Harbour Group." in texts
    assert not any("{" in text for text in texts)


@pytest.mark.parametrize(
    ("value", "code"),
    [(700_000, None), (600_000, "watch"), (500_000, "call"), (420_000, "enforce")],
)
def test_coverage_asks_for_a_measure_by_the_line_it_is_below(value: int, code: str | None) -> None:
    document = watched("margin-call", revaluations=[{"day": "2025-12-22", "value_yuan": value}])
    found = measures(document)
    codes = {"watch", "call", "call_overdue", "enforce"} & set(found)
    assert codes == (set() if code is None else {code})


def test_a_call_whose_days_have_passed_is_late() -> None:
    found = measures(watched("margin-call", cure_days=3))
    assert found["call_overdue"].by == date(2025, 12, 25)
    assert found["call_overdue"].late
    assert not measures(loan_document("margin-call"))["call"].late


def test_a_registration_that_ends_too_early_is_to_be_extended_in_its_last_90_days() -> None:
    document = loan_document("margin-call", registration_end="2027-05-01", registration=None)
    found = measures(document)["extend_registration"]
    assert found.by == date(2027, 5, 1)
    assert found.facts["from_day"] == date(2027, 1, 31)
    ended = loan_document("margin-call", registration_end="2025-12-01", registration=None)
    assert "register_anew" in measures(ended)
    none = loan_document(
        "margin-call", registration_no=None, registration_end=None, registration=None
    )
    assert "register" in measures(none)


def test_what_the_calendar_missed_is_one_measure_with_a_count() -> None:
    found = measures(loan_document("life"))
    assert found["inspection"].late
    assert found["inspection"].facts["count"] == 3
    assert found["inspection"].by == date(2025, 7, 15)


def test_a_loan_on_plan_needs_no_measure() -> None:
    quiet = watched("registration", as_of="2025-07-20")
    quiet["loan"]["registration"].pop("pledgor_renamed_on")
    quiet["loan"]["registration"]["history"][0]["months"] = 36
    assert measures(quiet) == {}
    assert "nothing is to be done beyond the plan" in told(list(report(quiet).blocks))


def test_the_course_says_what_changed_since_drawdown_and_the_last_revaluation() -> None:
    rows = rows_of(part(life(), "Course since drawdown"))
    assert [row[0] for row in rows] == [
        "At drawdown",
        "Last revalued before",
        "On the day watched",
        "Change since drawdown",
        "Change since that revaluation",
    ]
    assert rows[3][2:5] == ["−274,119.38", "−190,854.87", "−2.48 percentage points"]
    assert any(isinstance(block, Chart) for block in life().blocks)


def test_what_the_collaterals_count_for_now_sums_to_the_value_watched() -> None:
    sheet = sheet_of(twelve(loan_document("life")))
    loan = sheet.results.loan
    assert loan is not None
    assert loan.life is not None
    assert len(loan.life.counted) == 12
    total = sum(line.counted_yuan for line in loan.life.counted)
    assert total == pytest.approx(loan.life.watch[-1].value_yuan, abs=1e-6)
    alone = watched("life", count_all=False)
    rows = rows_of(part(report(alone), "Collaterals now"))
    assert [row[-1] for row in rows] == ["yes", "no"]
    assert "In the coverage" not in heads_of(part(life(), "Collaterals now"))


def test_the_ledger_begins_after_the_last_inspection_and_the_whole_is_in_the_annex() -> None:
    booked = rows_of(part(life(), "Payments booked"))
    assert booked[0][0] == "2025-04-15"
    assert rows_of(part(life(), "Annex: ledger of the loan"))[0][0] == "2025-01-15"
    receipts = rows_of(part(life(), "Receipts"))
    assert receipts[-1][:2] == ["Total", "216,300.00"]


def test_verified_tonnes_are_held_against_the_plan() -> None:
    found = part(life(), "Verified tonnes against the plan")
    assert rows_of(found) == [["2025-12-05", "2,000.00", "1,450.00", "72.50%", "80.00%"]]
    grid = next(block for block in found if isinstance(block, Grid))
    assert grid.failing == {0}


def test_what_is_late_or_due_within_90_days_is_listed() -> None:
    rows = rows_of(part(life(), "Late, and due in the 90 days to 2026-03-31"))
    assert {row[1] for row in rows} == {"late", "due"}
    assert max(row[0] for row in rows) <= "2026-03-31"


def test_a_policy_that_has_ended_stands_out() -> None:
    document = loan_document("life")
    policy = {"kind": "insurance_assignment", "name": "policy 7", "value_yuan": 1000,
              "value_kind": "sum_insured", "valid_until": "2025-06-30"}  # fmt: skip
    document["loan"]["collaterals"].append(policy)
    rows = rows_of(part(report(document), "Policies assigned"))
    assert rows == [["policy 7", "1,000.00", "2025-06-30", "has ended"]]
    assert "insurance_end" in measures(document)


def test_indicators_of_a_green_loan_are_reported() -> None:
    found = report(loan_document("green"))
    assert len(rows_of(part(found, "Indicators tested"))) == 3
    assert "Green classification" not in titles(life())


def test_the_report_ends_with_sign_off_and_its_workings() -> None:
    assert [role for role, _ in signers(life())] == ["Handled by", "Reviewed by", "Approved by"]
    workings = next(block for block in life().blocks if isinstance(block, Workings))
    assert [step.key for step in workings.steps] == [
        "loan.owed",
        "loan.security_watched",
        "loan.coverage",
        "loan.add_security",
        "loan.prepay",
    ]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_report_is_built_in_every_language(language: str) -> None:
    found = report(loan_document("margin-call"), language)
    assert hero_of(found).value.leading == "127.19%"
