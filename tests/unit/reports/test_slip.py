"""The slip: sections of the London market, what is left open, a line for each insurer."""

from dataclasses import replace
from functools import cache

from app.finance.insurance.results import InsuranceResult
from app.reports.document import Block, Document, Grid, Heading
from tests.insurance_results import BARE, RESULT, insured_case
from tests.sheets import DRAFT, build_slip

OPEN = "to be agreed"


@cache
def slip_of(found: InsuranceResult = RESULT) -> Document:
    file, results = insured_case()
    return build_slip(file, replace(results, insurance=found), DRAFT, "en")


def sections(found: Document) -> list[str]:
    return [b.text.leading for b in found.blocks if isinstance(b, Heading) and b.level == 1]


def two_columns(blocks: tuple[Block, ...]) -> dict[str, str]:
    grids = [block for block in blocks if isinstance(block, Grid) and len(block.columns) == 2]
    return {row[0].text.leading: row[1].text.leading for grid in grids for row in grid.rows}


def test_the_sections_follow_the_market_reform_contract() -> None:
    assert sections(slip_of()) == [
        "Risk details",
        "Information",
        "Security details",
        "Subscription agreement",
        "Fiscal and regulatory",
        "Broker remuneration and deductions",
    ]


def test_what_the_case_does_not_say_is_left_to_be_agreed() -> None:
    found = two_columns(slip_of().blocks)
    for heading in (
        "Address of the insured",
        "Choice of law and jurisdiction",
        "Premium payment terms",
        "Taxes payable by the insured",
        "Liability of the insurers",
        "Country of origin",
        "Fee payable by the client",
    ):
        assert found[heading] == OPEN
    assert found["Unique market reference"] == "to be filled in by the broker"


def test_parties_period_interest_and_premium_stand_as_entered_and_computed() -> None:
    found = two_columns(slip_of().blocks)
    assert found["Insured"] == "Kelp Co-operative"
    assert found["Loss payee"] == "Bank of the Bay"
    assert found["Period"] == "From 2026-04-01 to 2027-03-31, both days included; 12 months."
    assert "Kelp: Head of cover harvest value" in found["Interest insured"]
    assert found["Premium"].startswith("60,000.00 yuan for the period, 10.0000%")
    assert "10.00% of the value on risk" in found["Deductible"]


def test_no_limit_and_a_limit_of_nothing_are_told_apart() -> None:
    limits = two_columns(slip_of().blocks)["Sum insured and limits"]
    assert "Limit of the policy for an event: no limit" in limits
    assert "0.00: pays nothing" in limits


def test_brokerage_and_tax_are_shares_of_the_technical_premium() -> None:
    found = two_columns(slip_of().blocks)
    assert found["Total brokerage"].startswith("5.00% of the technical premium")
    assert found["Tax payable by the insurers"].startswith("6.00% of the technical premium")


def signing(found: Document) -> Grid:
    return next(b for b in found.blocks if isinstance(b, Grid) and len(b.columns) == 7)


def test_each_insurer_has_a_line_to_sign_with_its_share_in_yuan() -> None:
    grid = signing(slip_of())
    shares = [line.share for line in RESULT.coinsurers]
    assert [row[2].text.leading for row in grid.rows] == [f"{100 * one:.2f}%" for one in shares]
    assert [row[4].text.leading for row in grid.rows] == [
        f"{line.premium_yuan:,.2f}" for line in RESULT.coinsurers
    ]


def test_a_sole_insurer_signs_for_the_whole() -> None:
    (row,) = signing(slip_of(BARE)).rows
    assert [cell.text.leading for cell in row[:3]] == ["Insurer One", "leads", "100.00%"]


def test_what_was_never_computed_is_no_information() -> None:
    found = two_columns(slip_of(BARE).blocks)
    assert "Exceedance by return period" not in found
    assert "Own history" not in found
    assert "Once in 100 years" in two_columns(slip_of().blocks)["Exceedance by return period"]
