"""What window, paper and command line share of a premium: build-up, heads, payers, comparison."""

from dataclasses import replace

from app.finance.insurance.results import AskedResult
from app.i18n import translator
from app.reports.insurance_compare_facts import (
    asked_rows,
    option_table,
    placed_rows,
    placed_table,
)
from app.reports.insurance_premium_facts import (
    build_up_table,
    coinsurer_table,
    head_premium_table,
    part_table,
    premium_rows,
    subsidy_table,
)
from tests.insurance_results import RESULT, insured_case, yuan
from tests.loan_tables import EN, row_of, said

CASE = insured_case()[0].case


def test_the_premium_stands_first_with_its_rate_and_what_the_pure_premium_is_from() -> None:
    rows = premium_rows(RESULT)
    first_year = "Rate on the sum insured of the first policy year"
    assert [row.label for row in rows[:2]] == ["Gross premium", first_year]
    one = replace(RESULT, heads=RESULT.heads[1:])
    assert premium_rows(one)[1].label == "Rate on the sum insured"
    assert rows[0].strong
    assert rows[0].step == "insurance.gross_premium"
    assert row_of(rows, "Pure premium").note_said(EN) == "the model of events and damage"
    burned = premium_rows(replace(RESULT, basis="burn"))
    assert row_of(burned, "Pure premium of the model, for comparison").text == "30,000.00"


def test_a_policy_of_several_years_has_its_rate_on_all_of_them() -> None:
    label = "Rate on the sums insured of all policy years"
    assert row_of(premium_rows(RESULT), label).text == "6.0000%"
    one = replace(RESULT, heads=RESULT.heads[1:])
    assert label not in [row.label for row in premium_rows(one)]


def test_the_steps_of_the_premium_are_shares_of_sum_insured_and_of_the_premium() -> None:
    table = said(build_up_table(RESULT))
    assert table[0] == ["Pure premium", "30,000.00", "5.0000%", "50.00%"]
    assert table[-1] == ["Gross premium", "60,000.00", "10.0000%", "100.00%"]
    free = replace(RESULT, gross_premium_yuan=yuan("0.00"))
    assert said(build_up_table(free))[0][-1] == "–"


def test_each_head_has_its_rate_and_the_heads_sum_to_the_policy() -> None:
    table = said(head_premium_table(RESULT))
    assert table[0][-2:] == ["60,000.00", "12.0000%"]
    assert table[-1][-2:] == ["60,000.00", ""]


def test_who_pays_and_who_carries_are_named() -> None:
    assert said(subsidy_table(RESULT))[:2] == [
        ["province", "20.00%", "12,000.00"],
        ["insured", "80.00%", "48,000.00"],
    ]
    assert [line[-1] for line in said(coinsurer_table(RESULT))] == ["leads", "follows", ""]


def test_an_asked_premium_below_the_technical_one_stands_out_with_its_reason() -> None:
    rows = asked_rows(RESULT)
    below = row_of(rows, "Asked less technical")
    assert (below.text, below.strong) == ("−11,594.20", True)
    assert row_of(rows, "Reason for the difference").said(EN) == "neighbour"
    above = AskedResult(yuan("9.00"), yuan("8.00"), yuan("1.00"), 0.125, 0.1, 0.5, "")
    assert not row_of(asked_rows(replace(RESULT, asked=above)), "Asked less technical").strong


def test_options_stand_beside_the_policy_as_entered_with_what_differs() -> None:
    table = option_table(CASE, RESULT)
    assert table is not None
    assert table.marked == (0,)
    entered, option = said(table)
    assert entered[:4] == ["terms as entered", "30,000.00", "12,000.00", "60,000.00"]
    assert option[4] == "−15,000.00"
    assert option[-1] == ("deductible 20.00% of the value on risk; limit for an event 0.00 yuan")


def test_parts_of_a_policy_sum_to_its_premium() -> None:
    assert said(part_table(RESULT))[-1][-1] == "60,000.00"
    assert [line[0] for line in said(part_table(RESULT))[:2]] == ["Heads of cover", "Index cover"]


def test_published_covers_speak_the_language_of_the_reader() -> None:
    table = placed_table(RESULT.placed)
    assert said(table)[0][:5] == ["2022-06", "Fujian", "kelp", "weather index", "6.00%"]
    assert table is not None
    assert [cell.said(translator("zh")) for cell in table.rows[0][1:3]] == ["福建", "海带"]


def test_placed_rates_are_held_against_the_rate_of_all_policy_years() -> None:
    label = "Rate of this quotation, on the sums insured of all policy years"
    assert row_of(placed_rows(RESULT), label).text == "6.0000%"
    one = replace(RESULT, heads=RESULT.heads[1:], rate_of_all_years=0.1)
    assert row_of(placed_rows(one), "Rate of this quotation").text == "10.0000%"
