"""The term sheet of a loan: its order, two pages, what nobody filled, clauses by language."""

from functools import cache
from typing import Any

import pytest

from app.reports.agreement_facts import TO_BE_AGREED
from app.reports.document import Document, Facts, Flags, Grid, Heading, Hero, Signatures
from app.reports.pdf import draw
from tests.pdf_text import page_texts
from tests.sheets import DRAFT
from tests.unit.reports.loan_documents import loan_document, sheet_of, term_sheet
from tests.unit.reports.read_document import facts, headings, part, rows, told

ZH_CLAUSE = "同一碳汇量不得在其他任何登记系统或交易平台重复登记、签发、出售或出质。"
EN_CLAUSE = (
    "The same tonnes are not registered, issued, sold or pledged on any other registry or platform."
)


@cache
def agreed(language: str = "en") -> Document:
    return term_sheet(loan_document("registration"), language)


@cache
def bare() -> Document:
    return term_sheet(loan_document("equal-instalment"))


@cache
def bounded() -> Document:
    return term_sheet(loan_document("all-bounds"))


def grid_in(found: Document, title: str, place: int = 0) -> Grid:
    return [block for block in part(found, title) if isinstance(block, Grid)][place]


def lines(found: Document, title: str) -> dict[str, str]:
    return {
        fact.label.leading: fact.value.leading
        for block in part(found, title)
        if isinstance(block, Facts)
        for fact in block.facts
    }


def test_the_annualised_rate_stands_before_every_other_figure() -> None:
    kinds = [type(block) for block in agreed().blocks]
    first = next(at for at, kind in enumerate(kinds) if kind in (Hero, Facts, Grid))
    assert kinds[first] is Hero


def test_the_parts_stand_in_the_order_of_a_term_sheet() -> None:
    titles = [block.text.leading for block in agreed().blocks if isinstance(block, Heading)]
    assert titles[:10] == [
        "Parties and facility",
        "Pricing",
        "Security",
        "Sizing",
        "Repayment in short",
        "Undertakings, conditions, events of default",
        "Conditions precedent",
        "Events of default and disposal",
        "Green class, costs, law",
        "Annex: repayment schedule",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_usual_loan_fits_two_pages_before_its_annex(language: str) -> None:
    texts = page_texts(draw(agreed(language), issued_on=DRAFT.issued_on))
    annex = {"zh": "附件：", "en": "Annex: "}[language]
    assert annex not in texts[0] + texts[1]
    assert annex in texts[2]
    assert {"zh": "签字", "en": "Signature"}[language] in texts[1]


def test_no_section_of_a_loan_with_nothing_entered_is_empty() -> None:
    found = list(bare().blocks)
    for here, after in zip(found, [*found[1:], None], strict=True):
        if isinstance(here, Heading) and here.level == 2:
            assert not isinstance(after, Heading)
    assert TO_BE_AGREED in told(part(bare(), "Undertakings, conditions, events of default"))
    law = lines(bare(), "Green class, costs, law")
    assert law["Green class"] == "not classified"
    assert law["Governing law"] == law["Court or arbitration"] == TO_BE_AGREED
    ends = lines(bare(), "Events of default and disposal")
    assert ends == {"Further events": TO_BE_AGREED, "Disposal of the security": TO_BE_AGREED}


@pytest.mark.parametrize(
    ("language", "printed"),
    [("zh", (ZH_CLAUSE,)), ("en", (EN_CLAUSE,)), ("both", (ZH_CLAUSE, EN_CLAUSE))],
)
def test_a_clause_is_printed_in_the_languages_of_the_sheet(
    language: str, printed: tuple[str, ...]
) -> None:
    texts = [
        cell.text.lines
        for block in agreed(language).blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    ]
    assert printed in texts


@pytest.mark.parametrize(("held", "language"), [("chinese", "en"), ("english", "zh")])
def test_a_clause_in_one_language_alone_is_printed_in_it(held: str, language: str) -> None:
    document = loan_document("registration", agreement={"covenants": [{held: "abc 一二三"}]})
    found = [
        row
        for block in term_sheet(document, language).blocks
        if isinstance(block, Grid)
        for row in rows(block)
    ]
    assert any("abc 一二三" in row for row in found)


def test_lines_and_ratios_of_the_loan_are_undertakings_by_themselves() -> None:
    title = "Undertakings, conditions, events of default"
    said = [row[1] for row in rows(grid_in(bounded(), title))]
    assert "DSCR at least 1.30×" in said
    assert "Loan over remaining value at most 70.00%" in said
    watched = rows(grid_in(agreed(), title))
    assert watched[0][1].startswith(
        "Value of all collaterals over what is owed: warning below 160%"
    )
    assert watched[1][1:] == ["Verified tonnes at least 80% of the plan", "at each verification"]


def test_the_binding_bound_is_marked_and_bounds_not_asked_for_are_named() -> None:
    grid = grid_in(agreed(), "Sizing")
    (binding,) = grid.bands
    assert rows(grid)[binding][0] == "Need of the purpose"
    assert not any("not entered" in cell for row in rows(grid) for cell in row)
    assert "Debt service cover (DSCR)" in told(part(agreed(), "Sizing"))
    assert len(grid_in(bounded(), "Sizing").rows) > len(grid.rows)


def test_the_short_schedule_keeps_the_last_payment_and_the_sums() -> None:
    document = loan_document("equal-instalment", term_months=120)
    results = sheet_of(document).results
    assert results.loan is not None
    found = rows(grid_in(term_sheet(document), "Repayment in short"))
    assert [row[0] for row in found] == ["1", "2", "…", "120", "Total"]
    assert found[3][1] == results.loan.maturity.isoformat()


def test_red_flags_stand_on_the_sheet_and_warnings_in_the_annex() -> None:
    panels = [block for block in bare().blocks if isinstance(block, Flags)]
    first, second = panels
    assert all(flag.red for flag in first.flags)
    assert first.flags
    assert not any(flag.red for flag in second.flags)
    assert f"Warnings in the annex: {len(second.flags)}." in first.note.leading


def test_conditions_precedent_leave_out_what_only_later_days_can_show() -> None:
    named = {cell for row in rows(grid_in(agreed(), "Conditions precedent")) for cell in row}
    assert "Pledge registered before drawdown" in named
    assert not {"Payments made when due", "Coverage stays above the lines"} & named


def test_own_conditions_say_until_when_and_by_what_they_were_met() -> None:
    own = rows(grid_in(agreed(), "Conditions precedent", 1))
    assert own[0][1:] == ["before signing", "2025-06-18 · resolution 1"]
    assert own[1][1:] == ["before drawdown", "still open"]


def test_an_event_of_default_has_its_cure_period() -> None:
    found = rows(grid_in(agreed(), "Events of default and disposal"))
    assert [row[2] for row in found] == ["10 working days", "none", "5 days", "none"]


def test_the_security_names_certificate_tonnes_report_and_search() -> None:
    found = {label: fact.value.leading for label, fact in facts(agreed()).items()}
    assert found["Sea-area use certificate"] == "certificate 3"
    assert found["Tonnes pledged"] == "20,000.00"
    assert found["Vintages pledged"] == "2025 – 2034"
    assert found["Appraisal firm and report"] == "report 1"
    assert found["Query certificate and day"] == "Q-1 (example) · 2025-06-24"
    assert found["Value the loan is sized on"] == "786,421.54"


def test_the_days_of_the_agreement_stand_in_head_and_facility() -> None:
    found = {label: fact.value.leading for label, fact in facts(agreed()).items()}
    assert found["Loan available until"] == "2025-09-30"
    drawn_at_once = {label: fact.value.leading for label, fact in facts(bare()).items()}
    assert drawn_at_once["Loan available until"] == "2025-07-01"
    text = page_texts(draw(agreed(), issued_on=DRAFT.issued_on))[0]
    assert "2025-06-30" in text
    assert "reference 1" in text


def test_the_borrower_takes_note_beside_those_who_sign_for_the_lender() -> None:
    (found,) = (block for block in agreed().blocks if isinstance(block, Signatures))
    last = found.signatures[-1]
    assert (last.role.leading, last.name) == ("Noted by the borrower", "Example Marsh Company")


def test_each_mark_leads_to_a_working_of_the_annex() -> None:
    found = bounded()
    numbers = set(found.step_numbers.values())
    assert numbers == set(range(1, len(numbers) + 1))
    marked = {
        cell.step
        for block in found.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        if cell.step
    }
    assert marked
    assert marked <= set(found.step_numbers)


def test_the_annex_lists_inputs_of_loan_price_and_rate_but_not_of_the_costs() -> None:
    found: list[Any] = [block for block in bare().blocks if isinstance(block, Grid)]
    named = {row[0] for grid in found for row in rows(grid)}
    assert {"Pledge ratio, at most", "Carbon price", "Discount rate"} <= named
    assert "Monitoring cost" not in named
    assert "Annex: workings" in headings(bare())
