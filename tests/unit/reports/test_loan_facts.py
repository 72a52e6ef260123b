"""What window, paper and command line share of a loan: words for every code, tables, sums."""

from dataclasses import replace
from datetime import date

import pytest

from app.finance.lending.results import Remedy
from app.formats import UNITS
from app.i18n import translator
from app.messages.lending_words import BOUND_DETAILS, BOUND_REASONS, NO_REMEDY, REMEDIES
from app.reports.cover_facts import cover_rows, cover_table, path_rows, path_table
from app.reports.credit_facts import credit_missing, ecl_scenario_table, ecl_table
from app.reports.life_facts import (
    ledger_table,
    watch_table,
)
from app.reports.loan_facts import (
    amount_rows,
    annualised_rows,
    contract_rows,
    remedy_cell,
    remedy_table,
    schedule_table,
    sizing_table,
)
from app.reports.registration_facts import history_table
from app.reports.security_facts import collateral_table, security_rows
from app.reports.stress_facts import heat_tables, stress_table
from tests.loan_life_results import DRAWN, FIRST, LIFE, REGISTRATION
from tests.loan_results import BOUNDS, COVER, CREDIT, PATH, SECURITY, STRESS, loan_result
from tests.loan_tables import heads, row_of, said

EN = translator("en")


def test_the_annualised_rate_says_which_is_compound_and_which_is_simple() -> None:
    compound, simple = annualised_rows(loan_result())
    assert (compound.text, compound.strong) == ("4.91%", True)
    assert "compound" in compound.label
    assert (simple.text, simple.strong) == ("4.80%", False)
    assert "simple" in simple.label


def test_a_floating_rate_is_shown_from_its_lowest_to_its_highest() -> None:
    assert contract_rows(loan_result())[0].text == "4.00% – 4.20%"
    assert contract_rows(loan_result())[1].text == "12.50"


def test_the_binding_bound_is_marked_and_a_bound_without_amount_says_why() -> None:
    table = sizing_table(loan_result())
    assert table.marked == (0,)
    rows = said(table)
    assert rows[0] == [
        "Pledge ratio times value", "600.00", "binding; lendable over value 50.00%",
    ]  # fmt: skip
    assert rows[1][1:] == [
        "0.00",
        "no cash falls into the life of the loan; lowest DSCR of the schedule 0.00",
    ]
    assert rows[2][1:] == ["–", "the riskless rate is not entered"]
    assert amount_rows(loan_result())[2].text == "400.00"


def test_what_would_have_to_change_is_said_in_whole_sentences() -> None:
    sentences = [row[1] for row in said(remedy_table(loan_result()))]
    assert sentences == [
        "A pledge ratio of 83.33% would carry the amount asked.",
        "Further security that carries 400.00 yuan would suffice.",
        "No carbon price, all else the same, would carry the amount asked.",
        "A loan of up to 90.00% of the remaining value would have to be allowed.",
    ]
    enough = replace(loan_result(), bounds=BOUNDS[-1:])
    assert remedy_table(enough) is None


@pytest.mark.parametrize("code", sorted(NO_REMEDY))
def test_each_remedy_has_words_with_and_without_a_figure(code: str) -> None:
    assert remedy_cell(Remedy(code, 1.5, "x"), "dscr").said(EN).endswith(".")
    assert remedy_cell(Remedy(code, None, "x"), "dscr").said(EN).startswith("No ")
    assert code in REMEDIES


def test_a_pledge_ratio_above_the_whole_value_is_named_as_such() -> None:
    over = remedy_cell(Remedy("ratio", 1.2, "share"), "pledge_ratio").said(EN)
    assert over == "The pledge ratio would have to be 120.00%, more than the whole value."


def test_the_first_line_of_a_schedule_opens_with_what_was_drawn_that_day() -> None:
    table = schedule_table(loan_result())
    assert heads(table) == [
        "No.", "Due", "Days", "Rate", "Opening", "Drawn", "Interest", "Principal", "Fee",
        "Payment", "Balance", "Kind",
    ]  # fmt: skip
    first, second, total = said(table)
    assert first == [
        "1", "2025-04-15", "90", "4.0000%", "500.00", "0.00", "5.00", "200.00", "0.00", "205.00",
        "300.00", "",
    ]  # fmt: skip
    assert second[4:6] == ["300.00", "500.00"]
    assert second[-1] == "prepayment"
    assert total[6:10] == ["15.00", "1,000.00", "2.50", "1,017.50"]


def test_columns_of_a_schedule_in_which_nothing_stands_are_left_out() -> None:
    plan = replace(
        loan_result().plan,
        drawn=(100000, 0),
        drawdowns=((DRAWN, 100000),),
        principal=(20000, 80000),
        closing=(80000, 0),
        fees=(0, 0),
        kinds=("payment", "payment"),
    )
    shown = heads(schedule_table(replace(loan_result(), plan=plan)))
    assert "Opening" in shown
    assert not {"Drawn", "Fee", "Kind"} & set(shown)


def test_each_collateral_says_what_kind_of_value_it_has() -> None:
    right, sea, credits_, together = said(collateral_table(SECURITY))
    assert right[:3] == ["carbon-sink income right", "net value", "1,200.00"]
    assert sea[0] == "sea-area use right, mortgage: Certificate 12"
    assert sea[1] == "value as collateral"
    assert sea[-1] == "yes"
    assert credits_[1:3] == ["value not entered", "–"]
    assert together[2] == "1,700.00"
    assert together[-2] == "150.00%"
    assert row_of(security_rows(SECURITY), "Unsecured").strong


def test_a_year_that_does_not_pay_its_debt_service_is_marked() -> None:
    table = cover_table(COVER)
    assert table.marked == (0,)
    assert said(table)[0][-1] == "0.79×"
    shortfall = row_of(cover_rows(COVER), "Cash first falls short")
    assert shortfall.text == "2026-01-14"
    enough = replace(COVER, shortfall_on=None)
    assert row_of(cover_rows(enough), "Cash first falls short").said(EN) == (
        "in no year of the loan"
    )


def test_a_watched_loan_has_the_price_of_each_line_on_each_day() -> None:
    table = path_table(PATH)
    assert len(heads(table)) == 10
    first, second = said(table)
    assert first[-3:] == ["40.00", "35.00", "–"]
    assert second[0] == "2025-04-15 before the payment"
    assert second[2] == "−5.00"
    assert heads(path_table(replace(PATH, lines=())))[-1] == "Coverage by the right alone"


def test_a_balance_that_nothing_covers_has_no_ratio_but_a_day() -> None:
    lost = replace(PATH, max_loan_to_value=None, uncovered_from=FIRST)
    row = row_of(path_rows(lost), "Highest loan over remaining value")
    assert row.said(EN) == "no bound: nothing covers the balance from 2025-04-15 on"
    highest = row_of(path_rows(PATH), "Highest loan over remaining value")
    assert (highest.text, highest.note_said(EN)) == ("100.00%", "on 2025-04-15")


def test_a_value_that_cannot_be_carried_forward_says_so() -> None:
    none = replace(PATH, points=(), reason="not_followed")
    assert path_table(none) is None
    assert "cannot be carried forward" in path_rows(none)[-1].said(EN)


def test_a_stress_says_its_name_and_what_it_changes() -> None:
    rows = said(stress_table(STRESS))
    assert rows[0][0] == "S1 Price −30 %"
    assert rows[0][-1] == "Price −30%"
    assert rows[1][-1] == "Price −30%; Tonnes −40%; Delay 24 months"
    assert rows[2][-1] == "Buyer defaults: 35.00% off the price"
    assert rows[3][0] == "Red tide"
    assert rows[3][-1] == "Delisted from 2031; LPR +200 bp; Other cash +12.5%"


def test_the_heat_tables_show_price_by_rows_and_tonnes_by_columns() -> None:
    assert STRESS.heat is not None
    (_, coverage), (_, dscr) = heat_tables(STRESS.heat)
    assert heads(coverage)[1:] == ["−20%", "0%", "+20%"]
    assert said(coverage)[0] == ["−30%", "50.00%", "60.00%", "–"]
    assert said(dscr)[1] == ["0%", "–", "1.20×", "1.40×"]


def test_expected_credit_loss_adds_up_over_the_years() -> None:
    now, _, total = said(ecl_table(CREDIT))
    assert now[0] == "now"
    assert total[-1] == "15.50"
    assert said(ecl_scenario_table(CREDIT))[0][0] == "Base"
    assert credit_missing(CREDIT).said(EN) == "Hurdle rate; Funds transfer price"


def test_every_bound_of_the_core_has_words() -> None:
    assert {"pledge_ratio", "var", "option", "dscr", "llcr", "plcr", "stressed_dscr", "ltv_path",
            "life_income"} == set(BOUND_DETAILS)  # fmt: skip
    assert all(text and text[0].islower() for text in BOUND_REASONS.values())


def test_every_unit_of_a_table_has_a_name() -> None:
    tables = (
        schedule_table(loan_result()), sizing_table(loan_result()), collateral_table(SECURITY),
        stress_table(STRESS), watch_table(LIFE), ledger_table(LIFE), history_table(REGISTRATION),
    )  # fmt: skip
    for table in tables:
        assert table is not None
        assert all(head.unit in UNITS for head in table.heads)


def test_a_day_that_is_not_known_is_a_dash() -> None:
    late = replace(COVER, shortfall_on=date(2027, 1, 14))
    assert row_of(cover_rows(late), "Cash first falls short").text == "2027-01-14"
    assert said(stress_table(replace(STRESS, cases=STRESS.cases[:1])))[0][4] == "–"
