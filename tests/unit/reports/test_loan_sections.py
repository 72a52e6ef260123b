"""What the sheet says of a loan with all that lending can hold, and of a plain one."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Document,
    Flags,
    Grid,
    Heading,
)
from tests.loan_sheet_case import rich_case
from tests.sheets import DRAFT, build_record
from tests.unit.reports.read_document import facts, grid_after, headings, record, rows, told


@cache
def rich(language: str = "en") -> Document:
    return build_record(*rich_case(), DRAFT, language)


def after(found: Document, title: str) -> list[Block]:
    """The blocks below a heading of the first level, up to the next one of it."""
    blocks = list(found.blocks)
    at = next(
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level == 1 and block.text.leading == title
    )
    part: list[Block] = []
    for block in blocks[at + 1 :]:
        if isinstance(block, Heading) and block.level == 1:
            break
        part.append(block)
    return part


def grids_in(found: Document, title: str) -> list[Grid]:
    return [block for block in after(found, title) if isinstance(block, Grid)]


def heads(grid: Grid) -> list[str]:
    return [column.head.leading for column in grid.columns]


def lines(found: Document) -> dict[str, str]:
    return {label: fact.value.leading for label, fact in facts(found).items()}


def test_the_loan_stands_in_the_order_in_which_a_committee_reads() -> None:
    found = headings(rich())
    start = found.index("Parties and facility")
    assert found[start : found.index("What the value rests on")] == [
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
        "Green classification",
        "Registration record",
        "Life of the loan",
    ]
    assert found[-1] == "For the lender only: credit risk and return"


def test_a_plain_loan_has_no_section_without_content(document: dict[str, Any]) -> None:
    found = headings(record(document))
    for absent in (
        "Green classification",
        "Registration record",
        "Life of the loan",
        "Annex: ledger of the loan",
        "For the lender only: credit risk and return",
    ):
        assert absent not in found  # fmt: skip
    under = [b.text.leading for b in record(document).blocks if isinstance(b, Heading)]
    for absent in ("Tranches", "Later fees", "Prepayments", "Extension"):
        assert absent not in under


def test_parties_name_pledgor_and_guarantor() -> None:
    found = lines(rich())
    assert found["Pledgor"] == "象山港海洋牧场有限公司"
    assert found["Guarantor"] == "象山县农业融资担保有限公司"
    assert found["Loan contract number"] == "甬象借字2025第118号"
    assert found["Amount in capitals"] == "人民币贰仟万元整"


def test_a_floating_rate_names_its_lpr_with_day_margin_and_all_in_rate() -> None:
    found = facts(rich())
    assert found["LPR at drawdown"].value.leading == "3.50%"
    assert found["LPR at drawdown"].note.leading == "published on 2025-10-20"
    assert found["Margin over the LPR"].value.leading == "+85"
    assert found["All-in rate at drawdown"].value.leading == "4.35%"
    assert found["First repriced on"].value.leading == "2026-01-01"
    assert found["Rate over the life, by the LPR entered"].value.leading == "4.25% – 4.35%"
    assert found["Overdue rate over the rate of the loan"].value.leading == "1.5×"
    assert found["Fees in all"].value.leading == "140,000.00"
    assert found["Step of the rate"].value.leading.startswith("10 bp down")


def test_a_multiple_nobody_entered_is_printed_with_the_band_of_the_rule(
    document: dict[str, Any],
) -> None:
    found = lines(record(document))
    assert found["Interest rate"] == "3.85%"
    assert "1.3 to 1.5 times" in found["Overdue rate over the rate of the loan"]
    assert "银发〔2003〕251号" in found["Rate of diverted use over the rate of the loan"]


def test_an_extension_is_printed_with_its_terms(document: dict[str, Any]) -> None:
    document["loan"]["extension"] = {"months": 6, "annual_rate": 0.045, "consent": "保证人同意"}
    found = lines(record(document))
    assert found["Extended by"] == "6"
    assert found["Principal extended"] == "all principal of the last payment"
    assert found["Interest rate of the extension"] == "4.50%"
    assert found["Consent of guarantors and pledgors"] == "保证人同意"


def test_collaterals_too_wide_for_the_page_repeat_their_names_and_sums() -> None:
    first, second = grids_in(rich(), "Collaterals")[:2]
    assert heads(first)[:4] == [
        "Collateral", "Type of value", "Value of the collateral (yuan)", "Haircut",
    ]  # fmt: skip
    assert heads(second)[0] == "Collateral"
    assert "Secured at most (yuan)" in heads(second)
    assert rows(first)[1][0].startswith("sea-area use right, mortgage: 国海证")
    assert rows(second)[1][1] == "12,000,000.00"
    assert rows(first)[-1][0] == rows(second)[-1][0] == "All together"
    assert rows(first)[-1][2] == "46,376,364.45"
    assert lines(rich())["Amount to be registered as secured"] == "24,000,000.00"


def test_a_right_that_secures_alone_has_no_columns_nobody_filled(
    document: dict[str, Any],
) -> None:
    (grid,) = grids_in(record(document), "Collaterals")
    assert not {"Haircut", "Prior claims (yuan)", "Secured at most (yuan)", "Registered first"} & (
        set(heads(grid))
    )
    assert facts(record(document))["Unsecured"].value.leading == "19,374,793.00"


def test_every_bound_is_printed_and_the_binding_one_stands_out() -> None:
    sizing, remedies = grids_in(rich(), "Sizing")
    assert len(sizing.rows) == 11
    (binding,) = sizing.bands
    assert rows(sizing)[binding][2].startswith("binding; ")
    named = [row[0] for row in rows(remedies)]
    assert [name for name in named if name] == ["DSCR under stress", "Share of the life income"]
    assert all(row[1].endswith(".") for row in rows(remedies))


def test_bars_of_the_bounds_are_drawn_where_there_are_some_to_compare(
    document: dict[str, Any],
) -> None:
    def kinds(found: Document) -> set[ChartKind]:
        return {block.kind for block in found.blocks if isinstance(block, Chart)}

    assert {ChartKind.SIZING, ChartKind.COVERAGE_PATH, ChartKind.DSCR, ChartKind.HEAT_COVERAGE,
            ChartKind.HEAT_DSCR} <= kinds(rich())  # fmt: skip
    plain = kinds(record(document))
    assert ChartKind.COVERAGE_PATH in plain
    assert not {ChartKind.SIZING, ChartKind.DSCR, ChartKind.HEAT_COVERAGE} & plain


def test_a_map_in_which_nothing_suffices_is_a_sentence(document: dict[str, Any]) -> None:
    text = told(after(record(document), "Stress"))
    assert "At no price and tonnes from −60% to +20% does the security cover the loan." in text
    assert (
        "At no price and tonnes from −60% to +20% does the cash pay the debt in every year." in text
    )


def test_the_path_is_printed_by_loan_year_with_its_worst_day() -> None:
    (grid,) = grids_in(rich(), "Loan over remaining value")
    days = [row[0] for row in rows(grid)]
    assert days[0] == "2025-11-12"
    assert days[-1] == "2035-11-12"
    assert len(days) == 12
    (worst,) = grid.bands
    assert rows(grid)[worst][4] == lines(rich())["Highest loan over remaining value"]
    assert heads(grid)[-1] == "Enforcement at (yuan/t)"


def test_years_and_stresses_that_fall_short_are_tinted(document: dict[str, Any]) -> None:
    (cover,) = grids_in(record(document), "Cover by cash")
    assert cover.failing == {0}
    stress = grids_in(rich(), "Stress")[0]
    short = {at for at, row in enumerate(rows(stress)) if row[7] != "–"}
    assert stress.failing == short
    assert "Tinted:" in told(after(rich(), "Stress"))


def test_the_checklist_says_what_stops_a_final_print_and_what_is_not_asked() -> None:
    (grid,) = grids_in(rich(), "Checklist before signing")
    states = {row[0]: row[1] for row in rows(grid)}
    assert states["Specified account named"] == "met"
    stopped = states["Assigned insurance in force to maturity"]
    assert stopped == "not met: red flag, no print is final"
    assert "not asked of this loan" not in states.values()
    assert told(after(rich(), "Checklist before signing")).startswith("Not asked of this loan: ")


@pytest.mark.parametrize(("flags", "words"), [(1, "While the red flag above"), (2, "While the 2")])
def test_open_red_flags_say_that_no_print_is_final(flags: int, words: str) -> None:
    file, results = rich_case()
    kept = replace(results, notices=(*results.red_flags[:flags],))
    (block,) = (b for b in build_record(file, kept, DRAFT, "en").blocks if isinstance(b, Flags))
    assert block.note.leading.startswith(words)
    approved = build_record(file, kept, replace(DRAFT, approved=True), "en")
    (block,) = (b for b in approved.blocks if isinstance(b, Flags))
    assert block.note.leading == ""


def test_the_description_for_the_registration_stays_chinese() -> None:
    text = told(after(rich(), "Registration record"))
    assert "担保财产：“象山港海洋牧场碳汇 Xiangshan Harbour sea ranch”项目的碳汇收益权" in text
    assert "Not entered yet: Secured party: Financial institution code" in text
    under = [b.text.leading for b in after(rich(), "Registration record") if isinstance(b, Heading)]
    assert len(under) == len(set(under))


def test_only_what_is_late_or_due_within_a_year_is_printed() -> None:
    grid = grid_after(rich(), "Due and late in the 12 months from 2027-09-30")
    states = {row[1] for row in rows(grid)}
    assert states == {"late", "ahead"}
    assert max(row[0] for row in rows(grid)) <= "2028-09-30"
    assert {at for at, row in enumerate(rows(grid)) if row[1] == "late"} == grid.failing
