"""What the case record says, before it is drawn."""

from typing import Any

import pytest

from app.reports.document import Document, Facts, Flags, Grid, Hero, Words
from tests.unit.reports.read_document import facts, grid_after, headings, record, rows


def test_the_annualised_rate_is_the_first_figure_of_a_loan(document: dict[str, Any]) -> None:
    document["loan"]["upfront_fee_yuan"] = 100000
    blocks = record(document).blocks
    kinds = [type(block) for block in blocks]
    assert kinds.index(Hero) < kinds.index(Flags) < kinds.index(Facts)
    hero = blocks[kinds.index(Hero)]
    assert isinstance(hero, Hero)
    assert hero.label.leading == "Annualised rate, fees included (compound)"
    assert hero.second_label.leading == "Annualised rate, fees included (simple)"
    assert "3.85%" in hero.note.leading
    assert float(hero.value.leading.rstrip("%")) > float(hero.second_value.leading.rstrip("%"))


def test_the_four_values_stand_side_by_side_and_the_basis_is_marked(
    document: dict[str, Any],
) -> None:
    grid = grid_after(record(document), "Value of the income right")
    assert [row[:3] for row in rows(grid)] == [
        ["Gross value", "1,250,414.00", "1,599.47%"],
        ["Net value", "1,010,729.47", "1,978.77%"],
        ["Prudent value", "1,010,729.47", "1,978.77%"],
        ["Liquidation value", "515,182.23", "3,882.12%"],
        ["Value of one year's carbon", "1,250,414.00", "1,599.47%"],
    ]
    notes = [row[3] for row in rows(grid)]
    assert notes[0].startswith("sized on this value; credits × price of the day")
    assert notes[0].endswith("not to be lent on")
    assert all(notes)
    assert grid.marked == 0


def warnings(found: Document) -> str:
    return " ".join(
        flag.text.leading for b in found.blocks if isinstance(b, Flags) for flag in b.flags
    )


def test_a_loan_sized_on_the_gross_value_is_a_warning_on_the_first_page(
    document: dict[str, Any],
) -> None:
    said = "The loan is sized on the gross value"
    found = warnings(record(document))
    assert said in found
    assert "The net value is 1,010,729.47 yuan." in found
    document["loan"]["valuation_basis"] = "net"
    assert said not in warnings(record(document))


def test_the_price_and_what_it_breaks_at_come_first_below_the_levels(
    document: dict[str, Any],
) -> None:
    labels = list(facts(record(document)))
    at = labels.index("Carbon price")
    assert labels[at + 1] == "Break-even price"
    assert at < labels.index("Discount rate") < labels.index("Payback")


def test_a_negative_net_value_is_printed_with_a_minus_and_has_no_ratio(
    document: dict[str, Any],
) -> None:
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    grid = grid_after(record(document), "Value of the income right")
    label, amount, ratio, _ = rows(grid)[1]
    assert (label, amount[0], ratio) == ("Net value", "−", "–")


def test_the_binding_bound_and_the_uncovered_amount_are_shown(document: dict[str, Any]) -> None:
    found = record(document)
    grid = grid_after(found, "Sizing")
    assert rows(grid)[0] == [
        "Pledge ratio times value",
        "625,207.00",
        "binding; lendable over value 50.00%",
    ]
    assert grid.bands == {0}
    assert facts(found)["Asked beyond the bounds"].value.leading == "19,374,793.00"


def test_the_amount_stands_in_figures_and_in_capitals(document: dict[str, Any]) -> None:
    found = facts(record(document))
    assert found["Amount asked"].value.leading == "20,000,000.00"
    assert found["Amount in capitals"].value.leading == "人民币贰仟万元整"


def test_red_flags_stand_before_warnings_and_say_that_carbon_is_too_small(
    document: dict[str, Any],
) -> None:
    block = next(b for b in record(document).blocks if isinstance(b, Flags))
    red = [flag.red for flag in block.flags]
    assert red == sorted(red, reverse=True)
    assert any("Carbon alone does not carry the loan" in f.text.leading for f in block.flags)


def test_the_schedule_adds_up_in_its_last_line(document: dict[str, Any]) -> None:
    grid = grid_after(record(document), "Annex: repayment schedule")
    assert len(grid.rows) == 12 + 1
    assert rows(grid)[-1] == [
        "Total", "", "365", "", "", "419,532.62", "20,000,000.00", "20,419,532.62", "",
    ]  # fmt: skip
    assert rows(grid)[-2][-1] == "0.00"


def test_the_record_says_first_what_decides(document: dict[str, Any]) -> None:
    assert headings(record(document)) == [
        "Value of the income right",
        "Parties and facility",
        "Pricing",
        "Security",
        "Collaterals",
        "Sizing",
        "Loan over remaining value",
        "Repayment in short",
        "Cover by cash",
        "Stress",
        "Checklist before signing",
        "What the value rests on",
        "From gross to liquidation value",
        "Carbon",
        "Annex: repayment schedule",
        "Annex: cash flow of the right by year",
        "Annex: removals and credits by year",
        "Annex: conventions",
        "Annex: inputs and where they come from",
        "Annex: workings",
    ]


def test_the_record_of_a_policy_alone_starts_with_the_premium(
    insured_document: dict[str, Any],
) -> None:
    del insured_document["loan"]
    found = record(insured_document)
    assert found.title.leading == "Case record: blue-carbon insurance"
    hero = next(block for block in found.blocks if isinstance(block, Hero))
    assert hero.label.leading == "Gross premium (yuan)"
    assert headings(found)[0] == "Insurance"
    assert "Sizing" not in headings(found)
    assert facts(found)["Sum insured in capitals"].value.leading == "人民币贰拾万元整"


def test_the_record_of_a_value_alone_has_no_first_figure(document: dict[str, Any]) -> None:
    del document["loan"]
    found = record(document)
    assert found.title.leading == "Case record: appraisal of a carbon-sink income right"
    assert not any(isinstance(block, Hero) for block in found.blocks)


def test_each_input_has_unit_mark_and_source(document: dict[str, Any]) -> None:
    document["provenance"] = {
        "appraisal.price_yuan_t": {"kind": "disclosed", "source": "10jqka, 2025-03-31"}
    }
    lines = rows(grid_after(record(document), "Annex: inputs and where they come from"))
    assert ["Carbon price", "100", "yuan/t", "D", "10jqka, 2025-03-31"] in lines
    assert ["Discount rate", "8%", "a year", "A", "assumed"] in lines
    assert ["Share of the right pledged", "100%", "", "Def", "the whole right"] in lines


def test_the_lines_of_a_plan_are_a_table_of_their_own(document: dict[str, Any]) -> None:
    grid = grid_after(record(document), "Removals of the report")
    assert [column.head.leading for column in grid.columns][-1] == "Removals a year (t/yr)"
    assert rows(grid) == [["2025", "2025", "12,504.14"]]


def test_every_mark_leads_to_a_working(insured_document: dict[str, Any]) -> None:
    found = record(insured_document)
    steps = {
        cell.step for b in found.blocks if isinstance(b, Grid) for row in b.rows for cell in row
    }
    steps |= {fact.step for fact in facts(found).values()}
    steps |= {block.step for block in found.blocks if isinstance(block, Hero)}
    assert steps - {""} <= set(found.step_numbers)
    assert len(steps) > 15


def test_no_capitals_are_printed_beyond_what_they_can_say(
    insured_document: dict[str, Any],
) -> None:
    (head,) = insured_document["insurance"]["heads"]
    head.update(quantity=10**9, unit_value_yuan=10**8)
    assert "Sum insured in capitals" not in facts(record(insured_document))


@pytest.mark.parametrize(("language", "lines"), [("zh", 1), ("en", 1), ("both", 2)])
def test_a_text_has_as_many_lines_as_the_document_has_languages(language: str, lines: int) -> None:
    assert len(Words(language)("Carbon price").lines) == lines


def test_free_text_is_printed_once(document: dict[str, Any]) -> None:
    found = facts(record(document, "both"))
    assert found["项目名称"].value.lines == ("Dongtai tidal flat",)
    assert found["项目名称"].label.lines == ("项目名称", "Project name")
