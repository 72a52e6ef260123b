"""The payment letter of a claim: what happened, what each term takes, what is paid to whom."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from app.finance.case.case import CaseFile
from app.finance.case.cover.policy import CoInsurer
from app.finance.case.cover.settlement_inputs import Settlement
from app.finance.case.insurance import Insurance
from app.finance.dates import add_months
from app.finance.insurance.part_results import ClaimStep, SettlementResult
from app.finance.insurance.premium_shares import by_insurer
from app.finance.money import ZERO
from app.formats import money
from app.i18n import N_
from app.messages.insurance_words import CLAIM_REASONS
from app.reports.document import (
    NOTHING,
    Address,
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Hero,
    Prose,
    Signatures,
    Words,
    free,
)
from app.reports.entries import capitals, day, entered, yuan
from app.reports.fact_tables import EMPTY_CELL, FactCell, FactHead, FactTable, free_row, share
from app.reports.fact_tables import words as said
from app.reports.fact_tables import yuan as cell_of_yuan
from app.reports.frame import framed, identity, sign_block, unsigned
from app.reports.loan_sections import named
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact

_TERMS = (
    (N_("Salvage"), "salvage_yuan"),
    (N_("Deductible of the event"), "deductible_yuan"),
    (N_("Over value, limit or layer"), "over_limit_yuan"),
    (N_("Share of the insured"), "retained_share_yuan"),
    (N_("Terms of the policy year"), "year_terms_yuan"),
)


_TITLE = N_("Payment letter")


def payment_letter(
    words: Words, file: CaseFile, found: SettlementResult, event: str = ""
) -> Iterator[Block]:
    """Yield the letter of one event, or of all claims of the policy without a name.

    Nothing is yielded for an event without a claim. Only what is due is promised: what was paid
    on account is shown and taken off.
    """
    insurance = file.case.insurance
    settlement = None if insurance is None else insurance.settlement
    steps = [step for step in found.steps if not event or step.event == event]
    if insurance is None or settlement is None or not steps:
        return
    due = sum((step.due_yuan for step in steps), ZERO)
    yield _due(words, steps, due)
    yield _policy(words, insurance, settlement)
    yield from _claims(words, settlement, steps)
    yield from _payment(words, insurance, settlement, due)
    yield _signed(words)


def build_payment_letter(sheet: Sheet) -> Document:
    """Say what the letter of one event, or of all claims, says; the case has such claims."""
    words, file, results, event = sheet.words, sheet.file, sheet.results, sheet.event
    found, policy = results.insurance, file.case.insurance
    assert found is not None and policy is not None  # noqa: S101, PT018 - checked by the caller
    assert found.settlement is not None  # noqa: S101 - checked by the caller
    blocks = (
        identity(sheet),
        _address(sheet, policy),
        *payment_letter(words, file, found.settlement, event),
    )
    title = words(N_("Payment letter: {event}"), event=event) if event else words(_TITLE)
    return framed(sheet, title, blocks, house=policy.insurer)


def _address(sheet: Sheet, policy: Insurance) -> Address:
    """To the payee, for whom it is paid, from whom and when."""
    words, settlement = sheet.words, policy.settlement
    to = [free(policy.first_beneficiary or policy.insured)]
    if policy.first_beneficiary and policy.insured:
        to.append(words(N_("for the insured: {name}"), name=policy.insured))
    if policy.insured_address and not policy.first_beneficiary:
        to.append(free(policy.insured_address))
    number = settlement.claim_no if settlement is not None else ""
    return Address(
        tuple(line for line in to if line.leading),
        free(sheet.stamp.issued_on.isoformat()),
        words(N_("Our reference: {number}"), number=number) if number else NOTHING,
    )


def _due(words: Words, steps: Sequence[ClaimStep], due: Decimal) -> Hero:
    payable = sum((step.payable_yuan for step in steps), ZERO)
    paid = sum((step.paid_before_yuan for step in steps), ZERO)
    return Hero(
        words(N_("Due (yuan)")),
        free(money(due)),
        "insurance.settlement.due",
        words(N_("Paid on account (yuan)")),
        free(money(paid)),
        words(N_("Payable in all {amount} yuan."), amount=money(payable)),
    )


def _policy(words: Words, insurance: Insurance, settlement: Settlement) -> Facts:
    ends = add_months(insurance.period_start, insurance.period_months) - timedelta(days=1)
    named_parties = (
        (N_("Claim number"), settlement.claim_no),
        (N_("Policy or quotation number"), insurance.policy_no),
        (N_("Insurer"), insurance.insurer),
        (N_("Insured"), insurance.insured),
        (N_("First beneficiary"), insurance.first_beneficiary),
    )
    return Facts(
        (
            *(fact(words, free_row(label, text)) for label, text in named_parties),
            day(words, N_("Cover starts"), insurance.period_start),
            day(words, N_("Cover ends"), ends),
        )
    )


def _claims(words: Words, settlement: Settlement, steps: Sequence[ClaimStep]) -> Iterator[Block]:
    """Each claim line with what each term takes of it."""
    papers = {(claim.event, claim.day, claim.head): claim.evidence for claim in settlement.claims}
    for step in steps:
        yield Heading(words(N_("{event}, {day}"), event=step.event, day=step.day), 2)
        evidence = papers.get((step.event, step.day, step.head), "")
        head = words(N_("reading of the index")) if not step.head else free(step.head)
        facts = [
            Fact(words(N_("Head")), head),
            fact(words, free_row(N_("Survey or bulletin"), evidence)),
            yuan(words, N_("Loss before all terms"), step.ground_up_yuan),
            *(
                yuan(words, label, amount)
                for label, name in _TERMS
                if (amount := getattr(step, name)) != 0
            ),
            yuan(words, N_("Payable"), step.payable_yuan, strong=True),
        ]
        if step.paid_before_yuan:
            facts.append(yuan(words, N_("Paid on account"), step.paid_before_yuan))
            facts.append(yuan(words, N_("Amount due"), step.due_yuan, strong=True))
        if step.reason:
            reason = words(CLAIM_REASONS[step.reason])
            facts.append(Fact(words(N_("Reason")), reason, alert=True))
        if step.reinstatement_premium_yuan:
            label = N_("Reinstatement premium owed")
            facts.append(yuan(words, label, step.reinstatement_premium_yuan))
        if step.left_of_year_yuan is not None:
            label = N_("Left of the limit of the year")
            facts.append(yuan(words, label, step.left_of_year_yuan))
        yield Facts(tuple(facts))


def _payment(
    words: Words, insurance: Insurance, settlement: Settlement, due: Decimal
) -> Iterator[Block]:
    """What is paid, in capitals too, and to whom; or that nothing is."""
    yield Heading(words(N_("Payment of the claim")), 2)
    if due < 0:
        yield Prose(
            words(
                N_("{amount} yuan more were paid on account than are payable. They are owed back."),
                amount=money(-due),
            )
        )
        return
    if due == 0:
        yield Prose(words(N_("Nothing is due by this letter.")))
        return
    payee = insurance.first_beneficiary or insurance.insured
    yield Facts(
        (
            yuan(words, N_("Amount due"), due, strong=True),
            *capitals(words, N_("Due in capitals"), due),
            entered(words, N_("Paid to"), payee, strong=True),
            entered(words, N_("Account paid to"), settlement.payee_account),
        )
    )
    if insurance.first_beneficiary:
        yield Prose(
            words(N_("The policy names a first beneficiary, who is paid before the insured.")),
            small=True,
        )
    yield from named(words, N_("Borne by the insurers"), _borne(insurance.coinsurers, due))


def _borne(insurers: Sequence[CoInsurer], due: Decimal) -> FactTable | None:
    """What each insurer pays of the sum that is due; None where one carries the whole."""
    if not insurers:
        return None
    heads = (
        FactHead(N_("Insurer"), numeric=False),
        FactHead(N_("Share underwritten")),
        FactHead(N_("Amount due"), "yuan"),
        FactHead(N_("Role"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(line.name),
            share(line.share),
            cell_of_yuan(amount),
            said(N_("leads") if line.leads else N_("follows")),
        )
        for line, amount in zip(insurers, by_insurer(due, insurers), strict=True)
    )
    totals = (said(N_("Total")), share(sum(line.share for line in insurers)), cell_of_yuan(due))
    return FactTable(heads, rows, (*totals, EMPTY_CELL))


def _signed(words: Words) -> Signatures:
    roles = (N_("Claims handler"), N_("Authorised by the insurer"), N_("Received by the payee"))
    text = N_(
        "This letter settles the losses named in it by the terms of the policy, on the surveys and "
        "bulletins named. It binds nobody before it is signed."
    )
    parties = ((role, "") for role in roles)
    return sign_block(words, unsigned(words, parties), words(text), seal=True)
