"""What the memo to the credit committee says, chapter by chapter, and what it leaves out."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case
from app.finance.sink.tables import SinkTables
from app.reports.committee_memo import build_committee_memo
from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Document,
    Facts,
    Flags,
    Grid,
    Heading,
    Hero,
    NewPage,
    Prose,
    Signatures,
    Words,
    Workings,
)
from app.reports.house import House, HouseTexts
from app.reports.pdf import draw
from app.reports.sheet import Sheet
from app.services.case_file import validate
from tests.committee_case import committee_case, shipped_document
from tests.pdf_text import page_texts
from tests.sheets import DRAFT
from tests.unit.reports.read_document import headings

_OLD = date(2026, 11, 21)


def built(file: CaseFile, results: Results, language: str = "en", **more: Any) -> Document:
    return build_committee_memo(Sheet(file, results, DRAFT, Words(language), **more))


@cache
def full(language: str = "en") -> Document:
    return built(*committee_case(), language)


@cache
def plain() -> Document:
    file = validate(shipped_document("equal-instalment"))
    return built(file, compute_case(file.case, SinkTables({})))


def under(found: Document, title: str) -> list[Block]:
    """The blocks below a heading, up to the next one that is not deeper."""
    blocks = list(found.blocks)
    at = next(
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and block.text.leading.endswith(title)
    )
    head, part = blocks[at], []
    assert isinstance(head, Heading)
    for block in blocks[at + 1 :]:
        if isinstance(block, Heading) and block.level <= head.level:
            break
        part.append(block)
    return part


def rows(blocks: list[Block]) -> list[list[str]]:
    grid = next(block for block in blocks if isinstance(block, Grid))
    return [[cell.text.leading for cell in row] for row in grid.rows]


def facts(blocks: list[Block]) -> dict[str, str]:
    return {
        fact.label.leading: fact.value.leading
        for block in blocks
        if isinstance(block, Facts)
        for fact in block.facts
    }


def said(blocks: list[Block]) -> list[str]:
    return [block.text.leading for block in blocks if isinstance(block, Prose)]


def first_page(found: Document) -> list[Block]:
    blocks = list(found.blocks)
    return blocks[: next(at for at, block in enumerate(blocks) if isinstance(block, NewPage))]


def test_the_chapters_stand_in_the_order_of_a_committee_paper() -> None:
    found = [title.partition(". ")[2] for title in headings(full()) if title[0].isdigit()]
    assert found == [
        "Transaction",
        "Borrower and group",
        "Market and policy",
        "Project and chain of rights",
        "Valuation of the income right",
        "Sources of repayment",
        "Security and sizing",
        "Repayment, cover and remaining value",
        "Stress",
        "Credit risk and return",
        "Legal view and registration",
        "Environment and society",
        "Further risks",
        "Warnings of the program",
        "Conditions and undertakings",
        "Monitoring of the loan",
        "Notes",
        "Vote of the committee",
    ]


def test_the_first_page_asks_for_a_decision() -> None:
    page = first_page(full())
    hero = next(block for block in page if isinstance(block, Hero))
    assert (hero.value.leading, hero.second_value.leading) == ("450,000.00", "542,653.73")
    assert hero.note.leading.startswith("Binding bound: DSCR under stress.")
    entries = facts(page)
    assert entries["Amount in capitals"] == "人民币肆拾伍万元整"
    assert entries["Tenor"].startswith("60 months, 2025-12-15 to 2030-12-15;")
    assert entries["Interest rate of the contract"] == "4.50%"
    assert entries["Annualised rate"] == "4.72%, fees included, compound"
    assert entries["Grade"] == "B"
    assert entries["Recommendation"] == "approve with conditions"


def test_key_figures_are_held_against_their_limits_and_stand_with_their_workings() -> None:
    grid = next(block for block in first_page(full()) if isinstance(block, Grid))
    lines = {row[0].text.leading: row for row in grid.rows}
    assert lines["Highest loan over remaining value"][3].text.leading == "at most 70.00%"
    assert lines["Lowest DSCR"][3].text.leading == "at least 1.20×"
    assert lines["RAROC"][3].text.leading == "at least 10.00%"
    assert lines["Loan over net value"][1].step == "loan.to_net"
    numbers = full().step_numbers
    assert {cell.step for row in grid.rows for cell in row if cell.step} <= set(numbers)
    failing = {grid.rows[place][0].text.leading for place in grid.failing}
    assert failing == {"Lowest DSCR under stress"}


def test_three_risks_stand_on_the_first_page_and_the_rest_in_a_chapter() -> None:
    assert len(rows(under(full(), "Main risks and what is done against them"))) == 3
    assert len(rows(under(full(), "Further risks"))) == 1
    assert rows(under(full(), "Exceptions from policy"))[0][3] == "有权审批人 approver"


def test_red_flags_are_on_the_first_page_and_lead_to_the_warnings() -> None:
    flags = next(block for block in first_page(plain()) if isinstance(block, Flags))
    assert flags.flags
    assert all(flag.red for flag in flags.flags)
    assert "Warnings:" in flags.note.leading
    assert "cannot be approved" in flags.note.leading
    none = next(block for block in first_page(full()) if isinstance(block, Flags))
    assert none.flags == ()
    assert "None was found." in none.none.leading
    panel = under(full(), "Warnings of the program")[0]
    assert isinstance(panel, Flags)
    assert not any(flag.red for flag in panel.flags)


def test_what_a_committee_looks_for_is_said_to_be_missing_and_the_rest_left_out() -> None:
    assert said(under(plain(), "Borrower and group"))[0].startswith("Nothing was entered")
    assert "No accounts of the borrower were entered." in said(under(plain(), "Accounts by year"))
    assert said(under(plain(), "Second source of repayment"))[0].startswith("Nothing was entered")
    assert said(under(plain(), "Credit risk and return"))[0].startswith("Credit risk was not")
    titles = " ".join(headings(plain()))
    assert "Environment" not in titles
    assert "Further risks" not in titles
    assert "Market and policy" not in titles


def test_this_loan_is_added_to_what_the_group_owes() -> None:
    part = under(full(), "Related exposure")
    table = rows(part)
    assert [row[2] for row in table] == ["300,000.00", "80,000.00", "450,000.00", "830,000.00"]
    assert facts(part)["Left of it after this loan"] == "1,050,000.00"


def test_accounts_stand_by_year_with_their_ratios() -> None:
    table = {row[0]: row[1:] for row in rows(under(full(), "Accounts by year"))}
    assert table["Net profit"] == ["120,000.00", "141,000.00", "−26,000.00"]
    assert table["Liabilities over assets"] == ["46.88%", "45.80%", "49.58%"]
    assert table["Liabilities over EBITDA"] == ["4.84×", "4.49×", "6.01×"]
    assert table["Audited"] == ["yes", "yes", "no"]


def test_the_chain_of_rights_marks_the_links_that_do_not_hold() -> None:
    grid = next(b for b in under(plain(), "Chain of rights") if isinstance(b, Grid))
    broken = {grid.rows[place][0].text.leading for place in grid.failing}
    assert {"Search for earlier registrations", "Registration of the pledge"} <= broken
    links = {row[0]: row[2] for row in rows(under(full(), "Chain of rights"))}
    assert links["Registration of the pledge"] == "met"
    assert links["Double counting: tonnes neither pledged nor sold before"] == "not entered"


def test_the_memo_has_ten_charts_or_more_and_the_loan_in_the_distribution() -> None:
    kinds = [block.kind for block in full().blocks if isinstance(block, Chart)]
    assert len(set(kinds)) >= 10
    assert {ChartKind.DISTRIBUTION, ChartKind.SCHEDULE, ChartKind.TORNADO} <= set(kinds)
    drawn = committee_case()[1].value_range
    assert drawn is not None
    assert drawn.loan_yuan == 450_000


def test_the_vote_is_ticked_counted_and_held_against_the_votes_it_takes() -> None:
    part = under(full(), "Vote of the committee")
    table = rows(part)
    assert len(table) == 7
    assert table[0][2].replace("\u00a0", " ") == "■ for  □ against  □ abstain"
    assert table[6][2].replace("\u00a0", " ") == "□ for  ■ against  □ abstain"
    counted = facts(part)
    assert (counted["Votes for"], counted["Votes needed"]) == ("5", "5")
    assert counted["Outcome"] == "carried"


def test_without_members_there_are_free_lines_for_as_many_as_it_takes() -> None:
    assert len(rows(under(plain(), "Vote of the committee"))) == 7
    document = shipped_document("committee")
    document["loan"]["memo"] |= {"members": [], "quorum": 9}
    asked = built(validate(document), committee_case()[1])
    part = under(asked, "Vote of the committee")
    assert len(rows(part)) == 9
    assert "Votes for the loan that it takes: 9" in said(part)


def test_seven_roles_sign_and_those_of_the_house_take_their_place() -> None:
    block = next(b for b in full("zh").blocks if isinstance(b, Signatures))
    roles = [signature.role.leading for signature in block.signatures]
    assert len(roles) == 7
    file, results = committee_case()
    house = House(en=HouseTexts(signers=("Drafter", "Chair")))
    own = built(file, results, house=house)
    block = next(b for b in own.blocks if isinstance(b, Signatures))
    assert [signature.role.leading for signature in block.signatures] == ["Drafter", "Chair"]


def test_names_of_an_approval_stand_with_the_first_and_the_last_role() -> None:
    file, results = committee_case()
    stamp = replace(
        DRAFT, approved=True, prepared_by="maker", approved_by="checker", approved_on=_OLD
    )
    found = build_committee_memo(Sheet(file, results, stamp, Words("en")))
    block = next(b for b in found.blocks if isinstance(b, Signatures))
    assert (block.signatures[0].name, block.signatures[-1].name) == ("maker", "checker")
    assert block.signatures[-1].day == "2026-11-21"


def test_conditions_undertakings_and_defaults_of_the_agreement_are_in_their_language() -> None:
    english = rows(under(full(), "Further conditions"))
    assert english[0][0] == "Resolution of the shareholders that approves the pledge"
    chinese = [row for block in full("zh").blocks if isinstance(block, Grid) for row in block.rows]
    assert "股东会同意出质的决议" in {cell.text.leading for row in chinese for cell in row}


def test_a_loan_that_is_not_watched_says_so_and_lists_what_its_first_year_asks_for() -> None:
    part = under(plain(), "Monitoring of the loan")
    assert any(line.startswith("The watch of the loan was not entered") for line in said(part))
    due = rows(part)
    assert due
    assert all(row[0] for row in due)
    watched = under(full(), "Monitoring of the loan")
    assert facts(watched)["Margin-call line"] == "140.00%"


def test_texts_of_the_memo_are_not_repeated_among_the_inputs() -> None:
    part = under(full(), "Annex: inputs and where they come from")
    found = {
        cell.text.leading
        for block in part
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    }
    assert "Borrower and its business" not in found
    assert "Pledge ratio, at most" in found


def test_only_workings_whose_figures_stand_in_the_memo_are_in_its_annex() -> None:
    block = next(b for b in full().blocks if isinstance(b, Workings))
    keys = {step.key for step in block.steps}
    assert keys == set(full().step_numbers)
    assert {"loan.annual_rate", "credit.raroc", "value.net"} <= keys


def test_the_printed_memo_has_its_first_page_to_itself() -> None:
    pages = page_texts(draw(full("both"), issued_on=_OLD))
    assert "450,000.00" in pages[0]
    assert "肆拾伍万元整" in pages[0]
    assert "有权审批人 approver" in pages[0]
    assert any("■" in page and "□" in page for page in pages)
