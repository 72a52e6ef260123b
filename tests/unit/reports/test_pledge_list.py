"""The pledge list: what is pledged, by whom, how it is registered, and what the record lacks."""

from functools import cache
from typing import Any

import pytest

from app.reports.document import Document, Grid, Heading, Prose, Signatures
from app.reports.documents import document_pdf
from app.reports.kinds import DocumentKind
from app.reports.pledge_list import build_pledge_list
from tests.pdf_text import page_texts
from tests.unit.reports.loan_documents import loan_document, sheet_of
from tests.unit.reports.loan_paper import (
    LONG_NAME,
    alerts_of,
    facts_of,
    flags_of,
    heads_of,
    hero_of,
    rows_of,
    signers,
    twelve,
)
from tests.unit.reports.read_document import part, told


@cache
def registered(language: str = "en") -> Document:
    return build_pledge_list(sheet_of(loan_document("registration"), language))


def record(**fields: Any) -> dict[str, Any]:
    """The registered loan with some fields of its record changed; None takes one away."""
    found = loan_document("registration")
    for name, value in fields.items():
        found["loan"]["registration"].pop(name)
        if value is not None:
            found["loan"]["registration"][name] = value
    return found


def test_each_collateral_stands_in_the_list_with_value_rank_and_registration() -> None:
    found = build_pledge_list(sheet_of(loan_document("collaterals")))
    listed = rows_of(part(found, "List of the collaterals"))
    assert listed[0][:5] == [
        "1",
        "sea-area use right, mortgage: sea-area use right, certificate 3",
        "100.00%",
        "2,600,000.00",
        "value as collateral",
    ]
    assert listed[1][2] == "80.00%"
    assert listed[-1][1] == "All together"
    ranked = rows_of(part(found, "Rank, secured part and registration"))
    assert ranked[0][2:7] == ["1", "400,000.00", "1,000,000.00", "1,000,000.00", "no"]
    assert ranked[-1][5] == "2,799,754.89"
    assert facts_of(found)["Unsecured"] == "200,245.11"


def test_the_secured_amount_stands_largest_and_in_capitals() -> None:
    found = build_pledge_list(sheet_of(loan_document("collaterals")))
    assert hero_of(found).value.leading == "3,600,000.00"
    assert facts_of(found)["In capitals"] == "人民币叁佰陆拾万元整"
    principal = hero_of(registered())
    assert principal.label.leading == "Principal secured (yuan)"
    assert principal.value.leading == "300,000.00"


def test_the_right_is_described_by_papers_vintages_tonnes_and_share() -> None:
    facts = facts_of(registered())
    assert facts["Carbon registry and project number"] == "registry 1"
    assert facts["Sea-area use certificate"] == "certificate 3"
    assert facts["Valuation report"] == "report 1"
    assert facts["Vintages pledged"] == "2025 – 2034"
    assert facts["Tonnes pledged"] == "20,000.00"
    assert facts["Share of the right pledged"] == "100.00%"
    assert facts["Pledge contract number"] == "pledge contract 1"


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_description_stays_chinese_in_every_language(language: str) -> None:
    found = registered(language)
    texts = [block.text for block in found.blocks if isinstance(block, Prose)]
    description = next(text for text in texts if text.leading.startswith("担保财产"))
    assert description.lines == (description.leading,)
    note = "copied as it stands"
    assert any(note in line for text in texts for line in text.lines) == (language != "zh")


def test_the_record_tells_state_alarms_last_days_history_and_papers() -> None:
    found = registered()
    facts = facts_of(found)
    assert facts["Registration ends"] == "2027-12-25"
    assert facts["Registration needed until"] == "2027-07-01"
    assert facts["Registration to be amended by"] == "2026-05-15"
    assert facts["Pledgor renamed on"] == "2026-01-15"
    assert [row[1] for row in rows_of(part(found, "History of the registration"))] == [
        "initial",
        "initial",
        "amendment",
        "extension",
    ]
    assert rows_of(part(found, "Attachments"))[0][0] == "pledge contract"
    assert flags_of(found, "Missing in the record") == []


def test_what_the_system_asks_for_and_nobody_entered_is_a_red_list() -> None:
    found = build_pledge_list(sheet_of(record(pledgor_code=None, secured_address=None)))
    assert flags_of(found, "Missing in the record") == ["Address", "Unified social credit code"]
    assert alerts_of(found) == {"Address", "Unified social credit code"}


def test_a_loan_without_a_record_names_the_parties_and_says_what_is_missing() -> None:
    found = build_pledge_list(sheet_of(loan_document("registration", registration=None)))
    assert facts_of(found)["Borrower"] == "Example Marsh Company"
    assert "holds no registration record" in told(list(found.blocks))
    titles = [block.text.leading for block in found.blocks if isinstance(block, Heading)]
    assert "Registration record" not in titles


def test_pledgor_and_pledgee_sign_and_seal_each_for_itself() -> None:
    found = registered()
    assert signers(found) == [("Pledgor", "Example Marsh Company"), ("Pledgee", "Example Bank")]
    blocks = [block for block in found.blocks if isinstance(block, Signatures)]
    assert [block.seal.leading for block in blocks] == ["Seal", "Seal"]


def test_a_borrower_who_is_not_the_pledgor_is_named_beside_the_parties() -> None:
    document = record()
    document["loan"]["registration"]["pledgor"] = "Marsh Holding"
    found = build_pledge_list(sheet_of(document))
    assert signers(found)[0] == ("Pledgor", "Marsh Holding")
    assert facts_of(found)["Borrower"] == "Example Marsh Company"


def test_only_flags_of_the_security_stand_on_the_list() -> None:
    found = build_pledge_list(sheet_of(loan_document("collaterals")))
    said = " ".join(flags_of(found, "Red flags and warnings"))
    assert "Others are registered before this lender" in said
    assert "DSCR" not in said
    assert "More is asked than the bounds allow" not in said


def test_twelve_collaterals_and_a_name_of_sixty_signs_are_printed_whole() -> None:
    document = twelve(loan_document("registration"))
    document["loan"]["borrower"] = document["project"]["holder"] = LONG_NAME
    sheet = sheet_of(document, "zh")
    found = build_pledge_list(sheet)
    grids = [block for block in found.blocks if isinstance(block, Grid)]
    assert [len(grid.rows) for grid in grids[:2]] == [13, 13]
    text = "".join("".join(page_texts(document_pdf(DocumentKind.PLEDGE_LIST, sheet))).split())
    assert LONG_NAME in text
    assert all(f"设备{number}号" in text for number in range(2, 13))
    assert "E-12" in text


def test_columns_nobody_filled_are_left_out() -> None:
    heads = heads_of(part(registered(), "Rank, secured part and registration"))
    assert "Prior claims (yuan)" not in heads
    assert "Secured at most (yuan)" not in heads
