"""What the sheet says of an insurance: order of its parts, marks, what it is not."""

from dataclasses import replace
from functools import cache

import pytest

from app.finance.insurance.results import InsuranceResult
from app.reports.document import Chart, ChartKind, Document, Grid, Hero, Prose
from app.reports.insurance_facts import NOT_AN_OFFER
from tests.insurance_results import BARE, RESULT, insured_case
from tests.sheets import DRAFT, build_record, document_pdf
from tests.unit.reports.read_document import facts, headings


@cache
def sheet_of(found: InsuranceResult = RESULT, language: str = "en") -> Document:
    file, results = insured_case()
    return build_record(file, replace(results, insurance=found), DRAFT, language)


def charts(found: Document) -> list[ChartKind]:
    return [block.kind for block in found.blocks if isinstance(block, Chart)]


def test_a_quotation_goes_from_policy_over_premium_and_loss_to_claims_and_conditions() -> None:
    found = headings(sheet_of())
    assert found[: found.index("Conditions of the quotation") + 1] == [
        "Insurance",
        "Premium",
        "Loss of a policy year",
        "Index: payout, history and fit",
        "Common events of several sites",
        "Own history and class",
        "Failure of sales, reversal",
        "Options to compare",
        "Premium asked and placed",
        "Claims",
        "Conditions of the quotation",
    ]


def test_parts_a_policy_lacks_have_no_heading_and_no_chart() -> None:
    found = sheet_of(BARE)
    start = headings(found)
    assert start[: start.index("Conditions of the quotation") + 1] == [
        "Insurance",
        "Premium",
        "Conditions of the quotation",
    ]
    assert charts(found)[:1] == [ChartKind.PREMIUM_BUILD_UP]
    assert ChartKind.EXCEEDANCE not in charts(found)


def test_premium_exceedance_payout_and_history_are_drawn() -> None:
    assert charts(sheet_of())[:4] == [
        ChartKind.PREMIUM_BUILD_UP,
        ChartKind.EXCEEDANCE,
        ChartKind.PAYOUT_CURVE,
        ChartKind.HISTORY_BURN,
    ]


def test_the_premium_is_the_first_figure_with_rate_and_sum_insured_beside_it() -> None:
    hero = next(block for block in sheet_of().blocks if isinstance(block, Hero))
    assert (hero.label.leading, hero.value.leading) == ("Gross premium (yuan)", "60,000.00")
    assert hero.second_value.leading == "10.0000%"
    assert hero.note.leading == "Sum insured 600,000.00 yuan; pure premium 30,000.00 yuan."


def test_every_mark_of_a_figure_leads_to_a_working() -> None:
    found = sheet_of()
    steps = {fact.step for fact in facts(found).values()}
    steps |= {
        cell.step for b in found.blocks if isinstance(b, Grid) for row in b.rows for cell in row
    }
    assert "insurance.gross_premium" in steps
    assert steps - {""} <= set(found.step_numbers)


def test_validity_beneficiary_exclusions_and_capitals_are_printed() -> None:
    found = {label: fact.value.leading for label, fact in facts(sheet_of()).items()}
    assert found["Quotation valid for"] == "30"
    assert found["First beneficiary"] == "Bank of the Bay"
    assert found["Exclusions"] == "War and seizure."
    assert found["Subjectivities"] == "–"
    assert found["Sum insured in capitals"] == "人民币陆拾万元整"
    assert found["Gross premium in capitals"] == "人民币陆万元整"


def test_the_quotation_says_that_it_is_no_offer_and_that_rates_need_filing() -> None:
    said = [block.text.leading for block in sheet_of().blocks if isinstance(block, Prose)]
    assert NOT_AN_OFFER in said
    assert "need filing" in NOT_AN_OFFER


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_a_quotation_with_every_part_can_be_drawn(language: str) -> None:
    file, results = insured_case()
    assert document_pdf(file, results, DRAFT, language=language)[:4] == b"%PDF"
