"""What window, paper and command line share of the life of a loan: ledger, watch, due, green."""

from dataclasses import replace

import pytest

from app.finance.lending.checklist import CONDITIONS
from app.i18n import translator
from app.messages import lending_words
from app.messages.loan_notices import CHECKLIST as CONDITION_WORDS
from app.reports.due_facts import checklist_table, due_cell, due_table
from app.reports.green_facts import green_missing, kpi_table
from app.reports.life_facts import (
    call_rows,
    event_table,
    ledger_table,
    state_rows,
    watch_table,
    waterfall_table,
)
from app.reports.registration_facts import history_table, registration_missing, registration_rows
from tests.loan_life_results import CHECKLIST, DUE, GREEN, LIFE, REGISTRATION
from tests.loan_tables import heads, row_of, said

EN = translator("en")


def test_the_ledger_leaves_out_what_was_never_booked() -> None:
    table = ledger_table(LIFE)
    assert "Drawn" not in heads(table)
    assert heads(table)[-1] == "Owed in all"
    assert said(table)[1][1] == "payment due; received"
    assert said(table)[1][-1] == "503.00"


def test_a_margin_call_says_what_cures_it_and_until_when() -> None:
    assert watch_table(LIFE) is not None
    rows = call_rows(LIFE)
    assert rows[0].note_said(EN) == "below the margin-call line"
    assert [row.text for row in rows[1:]] == ["54.20", "38.71", "2025-07-15"]
    assert call_rows(replace(LIFE, watch=())) == ()


def test_the_class_is_the_least_one_by_days_past_due() -> None:
    row = row_of(state_rows(LIFE), "Class of risk")
    assert row.said(EN) == "special mention"
    assert row.note_said(EN).startswith("at least")


def test_events_and_disposal_are_told_in_their_order() -> None:
    events = event_table(LIFE)
    assert events is not None
    assert events.marked == (0,)
    assert said(events)[0][1:3] == ["verified tonnes below plan", "to be cured"]
    assert said(waterfall_table(LIFE))[2] == ["Principal", "397.00", "103.00"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_that_is_due_is_a_sentence_without_gaps(language: str) -> None:
    tr = translator(language)
    for item in DUE:
        text = due_cell(item).said(tr)
        assert text
        assert "{" not in text
        assert "  " not in text


def test_what_is_due_names_amounts_and_days() -> None:
    rows = said(due_table(DUE))
    texts = [row[2] for row in rows]
    assert texts[0] == (
        "Payment 2: 812.50 yuan, of it principal 800.00 yuan; 12.50 yuan of it unpaid"
    )
    assert texts[1] == "Prepayment 2: 812.50 yuan, of it principal 800.00 yuan"
    assert texts[4] == "The rate is repriced; by the LPR entered it is 3.85% a year"
    assert texts[9] == "The registration without a number ends in 30 days, on 2025-07-15"
    assert texts[14] == "The insurance ends: that of the case; line 3 of the collaterals"
    assert texts[17].startswith("The appraisal expires: sea-area use right, mortgage")
    assert texts[18] == "Cure: verified tonnes below plan since 2025-01-15"
    assert texts[20] == "Indicator tested: Removals, target 1,000 t"
    assert {item.code for item in DUE} == {
        code.partition(".")[0] for code in lending_words.DUE_ITEMS
    }


def test_a_condition_that_is_not_met_is_marked_with_what_it_stops() -> None:
    table = checklist_table(CHECKLIST)
    assert table is not None
    assert table.marked == (0, 3)
    states = [row[1:] for row in said(table)]
    assert states[0] == ["not met: red flag, no print is final", ""]
    assert states[1] == ["met", "2028-01-15"]
    assert states[2] == ["met", "pledge of the income right"]
    assert states[3] == ["not met: warning", "600.00 yuan"]
    assert states[4] == ["met", "1.25×"]
    assert states[5][0] == "not asked of this loan"


def test_every_condition_of_the_checklist_has_words() -> None:
    assert set(CONDITIONS) == set(CONDITION_WORDS)


def test_a_registration_that_ends_too_early_stands_out() -> None:
    assert row_of(registration_rows(REGISTRATION), "Registration needed until").strong
    assert said(history_table(REGISTRATION))[1][1:3] == ["amendment", "–"]
    missing = registration_missing(REGISTRATION).said(EN)
    assert missing.startswith("Secured party: Unified social credit code")


def test_an_indicator_is_met_missed_or_not_tested_yet() -> None:
    rows = said(kpi_table(GREEN))
    assert rows[0][2:5] == ["1,000 t", "1,200 t", "target met"]
    assert rows[1][3:5] == ["–", "not tested yet"]
    assert green_missing(GREEN).said(EN) == "Checked on"
