"""The payment letter in words and figures."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

from app.finance.case.case import CaseFile
from app.finance.case.cover.settlement_inputs import ClaimLine, Settlement
from app.reports.document import Block, Fact, Facts, Heading, Hero, Prose, Signatures, Words
from app.reports.settlement_letter import payment_letter
from tests.unit.finance.claim_policies import head_of, loss, policy_of, settled

HEAD = head_of(deductible_yuan=50_000.0, year_limit_yuan=300_000.0)
CLAIMS = (
    loss(date(2026, 7, 26), 250_000.5, event="Gaemi", evidence="survey 7"),
    loss(date(2026, 9, 1), 20_000.0, event="Bebinca"),
)


def letter(
    claims: tuple[ClaimLine, ...] = CLAIMS, event: str = "", language: str = "en", **fields: Any
) -> list[Block]:
    settlement = Settlement(claims=claims, payee_account="6222", claim_no="C-1")
    policy = policy_of([HEAD], settlement=settlement, insured="Kelp farm", **fields)
    file = cast(CaseFile, SimpleNamespace(case=SimpleNamespace(insurance=policy)))
    return list(payment_letter(Words(language), file, settled([HEAD], claims), event))


def facts_of(blocks: list[Block]) -> dict[str, str]:
    found: list[Fact] = [one for block in blocks if isinstance(block, Facts) for one in block.facts]
    return {one.label.leading: one.value.leading for one in found}


def test_the_letter_of_an_event_says_what_each_term_takes_and_what_is_paid_to_whom() -> None:
    blocks = letter(event="Gaemi", first_beneficiary="Bank of the Bay")
    facts = facts_of(blocks)
    assert facts["Loss before all terms"] == "250,000.50"
    assert facts["Deductible of the event"] == "50,000.00"
    assert facts["Payable"] == "200,000.50"
    assert facts["Due in capitals"] == "人民币贰拾万元零伍角整"
    assert facts["Paid to"] == "Bank of the Bay"
    assert facts["Account paid to"] == "6222"
    assert facts["Left of the limit of the year"] == "99,999.50"
    assert "Salvage" not in facts
    hero = next(block for block in blocks if isinstance(block, Hero))
    assert hero.value.leading == "200,000.50"
    assert isinstance(blocks[-1], Signatures)


def test_the_letter_of_the_policy_holds_every_claim_with_its_reason() -> None:
    blocks = letter()
    titles = [block.text.leading for block in blocks if isinstance(block, Heading)]
    assert titles == ["Gaemi, 2026-07-26", "Bebinca, 2026-09-01", "Payment of the claim"]
    assert facts_of(blocks)["Reason"] == "within the deductible"


def test_nothing_due_and_too_much_paid_are_said_in_a_sentence() -> None:
    prose = [one for one in letter(event="Bebinca") if isinstance(one, Prose)]
    assert prose[0].text.leading == "Nothing is due by this letter."
    overpaid = (loss(date(2026, 7, 26), 60_000.0, paid_yuan=Decimal(15_000)),)
    prose = [one for one in letter(overpaid) if isinstance(one, Prose)]
    assert prose[0].text.leading.startswith("5,000.00 yuan more were paid on account")


def test_without_a_claim_there_is_no_letter() -> None:
    assert letter(event="Doksuri") == []
