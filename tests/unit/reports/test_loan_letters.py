"""The letters of a loan: the call for security, and the release; each on one page."""

from functools import cache
from typing import Any

import pytest

from app.reports.document import (
    Address,
    Block,
    Document,
    Heading,
    NewPage,
    Prose,
    Signatures,
    Workings,
)
from app.reports.documents import document_pdf
from app.reports.kinds import DocumentKind
from app.reports.margin_call import build_margin_call
from app.reports.release_letter import build_release_letter
from tests.pdf_text import page_texts
from tests.unit.reports.loan_documents import loan_document, sheet_of
from tests.unit.reports.loan_paper import (
    LONG_NAME,
    facts_of,
    flags_of,
    hero_of,
    rows_of,
    signers,
    twelve,
    watched,
)
from tests.unit.reports.read_document import part, told


@cache
def called(language: str = "en") -> Document:
    return build_margin_call(sheet_of(loan_document("margin-call"), language))


def released(**terms: Any) -> dict[str, Any]:
    """The discharged loan with names, and with some of its terms changed."""
    names = {"lender": "Example Bank", "borrower": "王小明", "contract_no": "contract 1"}
    return loan_document("released", **names, **terms)


def letter_of(found: Document) -> list[Block]:
    """The blocks before the annex."""
    blocks = list(found.blocks)
    return blocks[: next(at for at, block in enumerate(blocks) if isinstance(block, NewPage))]


def address_of(found: Document) -> Address:
    return next(block for block in found.blocks if isinstance(block, Address))


def test_the_call_says_what_is_missing_in_figures_and_capitals_and_by_which_day() -> None:
    hero = hero_of(called())
    assert hero.value.leading == "50,413.84"
    assert hero.second_value.leading == "36,009.89"
    assert "by 2026-01-06" in hero.note.leading
    facts = facts_of(called())
    assert facts["Security to add, in capitals"] == "人民币伍万零肆佰壹拾叁元捌角肆分"
    assert facts["To prepay, in capitals"] == "人民币叁万陆仟零玖元捌角玖分"
    assert facts["Owed in all"] == "393,670.33"
    assert facts["Coverage"] == "127.19%"
    assert facts["Prepayment into account"] == "A-1 (example)"


def test_the_call_is_for_what_brings_coverage_back_to_the_line() -> None:
    facts = facts_of(called())
    value, owed = (
        float(facts[name].replace(",", "")) for name in ("Value of the security", "Owed in all")
    )
    assert (value + 50_413.84) / owed == pytest.approx(1.4, abs=1e-6)
    assert value / (owed - 36_009.89) == pytest.approx(1.4, abs=1e-6)


def test_the_letter_goes_to_borrower_and_pledgor_with_contract_and_reference() -> None:
    found = address_of(called())
    assert [line.leading for line in found.to] == [
        "Borrower and pledgor: Example Marsh Company",
        "address of the company",
    ]
    assert found.place_and_day.leading == "Example Bank · branch 1, 2026-11-21"
    assert found.reference.leading == "Loan contract loan contract 1; our reference reference 1"


def test_a_pledgor_who_is_not_the_borrower_is_addressed_and_receives_it_as_well() -> None:
    document = loan_document("margin-call")
    document["project"]["holder"] = "Marsh Holding"
    found = build_margin_call(sheet_of(document))
    assert [line.leading for line in address_of(found).to][:2] == [
        "Borrower: Example Marsh Company",
        "Pledgor: Marsh Holding",
    ]
    assert signers(found) == [
        ("Lender", "Example Bank"),
        ("Borrower", "Example Marsh Company"),
        ("Pledgor", "Marsh Holding"),
    ]


def test_the_lender_seals_and_the_slip_comes_back() -> None:
    blocks = [block for block in called().blocks if isinstance(block, Signatures)]
    assert [block.seal.leading for block in blocks] == ["Seal", ""]
    said = told(letter_of(called()))
    assert "The letter TS-01234567-v3 of 2026-11-21 was received." in said
    assert "□ we add security   □ we prepay" in said


def test_a_call_is_an_overdue_notice_once_the_day_to_cure_has_passed() -> None:
    assert called().title.leading == "Notice to add security"
    late = build_margin_call(sheet_of(loan_document("life")))
    assert late.title.leading == "Overdue notice to add security"
    assert flags_of(late, "Days to cure") == [
        "The day to cure, 2025-09-08, has passed, and on 2025-12-31 this is still open."
    ]
    assert "was to be done by 2025-12-04" in hero_of(late).note.leading


def test_open_events_are_listed_with_their_days_and_cured_ones_are_not() -> None:
    late = build_margin_call(sheet_of(loan_document("life")))
    assert [row[0] for row in rows_of(part(late, "Events to be cured"))] == [
        "2025-08-25",
        "2025-12-05",
    ]
    assert "□ we have cured the event; proof enclosed" in told(letter_of(late))


def test_an_event_alone_calls_without_amounts_or_account() -> None:
    event = [{"day": "2025-12-15", "kind": "insurance_lapse"}]
    found = build_margin_call(sheet_of(watched("margin-call", revaluations=None, events=event)))
    facts = facts_of(found)
    assert "Prepayment into account" not in facts
    assert "Security to add, in capitals" not in facts
    assert rows_of(part(found, "Events to be cured"))[0][1] == "insurance lapsed"
    assert not any(isinstance(block, Workings) for block in found.blocks)


def test_what_follows_is_what_the_contract_says() -> None:
    clauses = rows_of(part(called(), "Annex: clauses of the contract"))
    assert [row[0] for row in clauses] == [
        "Coverage below the margin-call line of 140% and not restored in time",
        "Coverage below the enforcement line of 120%",
        "The borrower disposes of the income right without consent",
    ]
    route = told(part(called(), "Disposal of the security"))
    assert route == "transfer by agreement, else auction on the trading platform"


def test_every_amount_of_the_call_leads_to_its_working() -> None:
    workings = next(block for block in called().blocks if isinstance(block, Workings))
    assert [step.key for step in workings.steps] == [
        "loan.owed",
        "loan.security_watched",
        "loan.coverage",
        "loan.add_security",
        "loan.prepay",
    ]
    assert set(called().step_numbers) == {step.key for step in workings.steps}


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_call_is_one_page_before_its_annex(language: str) -> None:
    document = loan_document("life")
    document["loan"]["borrower"] = LONG_NAME
    pages = page_texts(document_pdf(DocumentKind.MARGIN_CALL, sheet_of(document, language)))
    clauses, word = ("Annex: clauses" if language == "en" else "140%"), LONG_NAME[:20]
    assert word in pages[0].replace("\n", "")
    assert clauses in pages[1]
    assert clauses not in pages[0]
    assert "17,090.21" in pages[0]


def test_the_release_names_debt_day_number_and_the_day_to_cancel() -> None:
    found = build_release_letter(sheet_of(released(registration=None)))
    facts = facts_of(found)
    assert facts["Debt extinguished on"] == "2026-07-01"
    assert facts["Owed in all"] == "0.00"
    assert facts["Registration number"] == "R-1 (example)"
    assert facts["Registration to be cancelled by"] == "2026-07-15"
    assert "300,000.00 yuan drawn on 2025-07-01" in told(letter_of(found))


def test_a_registration_that_is_cancelled_says_when() -> None:
    facts = facts_of(build_release_letter(sheet_of(released())))
    assert facts["Registration cancelled on"] == "2026-07-09"
    assert "Registration to be cancelled by" not in facts


def test_all_that_secured_the_loan_is_released_and_its_papers_come_back() -> None:
    document = released()
    document["loan"]["registration"] |= {
        "sea_area_certificate": "certificate 3",
        "attachments": [{"name": "pledge contract", "number": "P-1"}],
    }
    found = build_release_letter(sheet_of(document))
    assert rows_of(part(found, "Released")) == [
        ["1", "carbon-sink income right", "100.00%", "R-1 (example)"]
    ]
    assert rows_of(part(found, "Papers returned"))[0][:2] == ["pledge contract", "P-1"]
    assert facts_of(found)["Sea-area use certificate"] == "certificate 3"
    assert signers(found) == [("Lender", "Example Bank"), ("Borrower and pledgor", "王小明")]


@pytest.mark.parametrize(("language", "on_first"), [("zh", True), ("en", True), ("both", False)])
def test_the_release_of_twelve_collaterals_is_one_page_before_its_annex(
    language: str, on_first: bool
) -> None:
    document = twelve(released())
    document["loan"]["borrower"] = LONG_NAME
    sheet = sheet_of(document, language)
    pages = page_texts(document_pdf(DocumentKind.RELEASE_LETTER, sheet))
    assert ("E-12" in pages[0]) is on_first
    assert "E-12" in pages[0] + pages[1]
    assert "311,550.00" in pages[1]
    assert "311,550.00" not in pages[0]


def test_a_release_without_names_leaves_room_to_write_them() -> None:
    found = build_release_letter(sheet_of(loan_document("released")))
    assert address_of(found).to[0].leading.startswith("Borrower: 　")
    assert [name for _, name in signers(found)] == ["", ""]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_letters_are_told_in_each_language_without_gaps(language: str) -> None:
    for found in (
        called(language),
        build_release_letter(sheet_of(released(), language)),
    ):
        texts = [b.text for b in found.blocks if isinstance(b, Prose | Heading)]
        assert not any("{" in line or "}" in line for text in texts for line in text.lines)
