"""The payment letter of a claim: what happened, what each term takes, what is paid to whom."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.finance.case.case import CaseFile
from app.finance.case.cover.settlement_inputs import Settlement
from app.finance.case.insurance import Insurance
from app.finance.dates import add_months
from app.finance.insurance.results import ClaimStep, SettlementResult
from app.finance.money import ZERO
from app.formats import money
from app.i18n import N_
from app.messages.insurance_words import CLAIM_REASONS
from app.reports.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Hero,
    Place,
    Prose,
    Signature,
    Signatures,
    Words,
    free,
)
from app.reports.entries import capitals, day, entered, yuan

_TERMS = (
    (N_("Salvage"), "salvage_yuan"),
    (N_("Deductible of the event"), "deductible_yuan"),
    (N_("Over value, limit or layer"), "over_limit_yuan"),
    (N_("Share of the insured"), "retained_share_yuan"),
    (N_("Terms of the policy year"), "year_terms_yuan"),
)


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
    yield Heading(words(N_("Payment letter")))
    yield _due(words, steps, due)
    yield _policy(words, insurance, settlement)
    yield from _claims(words, settlement, steps)
    yield from _payment(words, insurance, settlement, due)
    yield _signed(words)


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
    end = add_months(insurance.period_start, insurance.period_months)
    return Facts(
        (
            entered(words, N_("Claim number"), settlement.claim_no),
            entered(words, N_("Policy or quotation number"), insurance.policy_no),
            entered(words, N_("Insurer"), insurance.insurer),
            entered(words, N_("Insured"), insurance.insured),
            entered(words, N_("First beneficiary"), insurance.first_beneficiary),
            day(words, N_("Cover starts"), insurance.period_start),
            day(words, N_("Cover ends before"), end),
        )
    )


def _claims(words: Words, settlement: Settlement, steps: Sequence[ClaimStep]) -> Iterator[Block]:
    """Each claim line with what each term takes of it."""
    evidence = {(claim.event, claim.day, claim.head): claim.evidence for claim in settlement.claims}
    for step in steps:
        yield Heading(words(N_("{event}, {day}"), event=step.event, day=step.day), 2)
        named = evidence.get((step.event, step.day, step.head), "")
        head = words(N_("reading of the index")) if not step.head else free(step.head)
        facts = [
            Fact(words(N_("Head")), head),
            entered(words, N_("Survey or bulletin"), named),
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
            facts.append(yuan(words, N_("Due"), step.due_yuan, strong=True))
        if step.reason:
            reason = words(CLAIM_REASONS[step.reason])
            facts.append(Fact(words(N_("Reason")), reason, place=Place.LINE, alert=True))
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
    yield Heading(words(N_("Payment")), 2)
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
            yuan(words, N_("Due"), due, strong=True),
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


def _signed(words: Words) -> Signatures:
    roles = (N_("Claims handler"), N_("Authorised by the insurer"), N_("Received by the payee"))
    return Signatures(
        tuple(Signature(words(role), "", "") for role in roles),
        words(N_("Signature")),
        words(N_("Date")),
        words(
            N_(
                "This letter settles the losses named in it by the terms of the policy, on the "
                "surveys and bulletins named. It binds nobody before it is signed."
            )
        ),
    )
