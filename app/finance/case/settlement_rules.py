"""Rules between the fields of the settlement part of an insurance."""

from collections.abc import Iterator

from app.finance.case.cover.settlement_inputs import ClaimLine
from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem

_LINES = "insurance.settlement.claims"


def settlement_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the settlement part; none without it.

    A claim outside the period is no problem of the input: it is kept, with the reason why it is
    not covered.
    """
    if insurance.settlement is None:
        return
    for number, claim in enumerate(insurance.settlement.claims):
        path = f"{_LINES}.{number}"
        if claim.head:
            yield from _head_problems(insurance, claim, path)
        else:
            yield from _reading_problems(insurance, claim, path)


def _head_problems(insurance: Insurance, claim: ClaimLine, path: str) -> Iterator[Problem]:
    """A survey is of a head of the policy and states a loss or a damage."""
    heads = {head.name: head for head in insurance.heads}
    if claim.head not in heads:
        facts = {"known": list(heads) or "–"}
        yield Problem(f"{path}.head", "unknown_head", claim.head, facts)
    elif heads[claim.head].deductible_days > 0 and claim.duration_days is None:
        yield Problem(f"{path}.duration_days", "claim_duration_missing", None)
    if claim.reading is not None or claim.trigger:
        field = "reading" if claim.reading is not None else "trigger"
        yield Problem(f"{path}.{field}", "claim_of_head_and_index", getattr(claim, field))
    if claim.loss_yuan is None and claim.damage_share is None:
        yield Problem(f"{path}.loss_yuan", "claim_without_loss")
    if claim.loss_yuan is not None and claim.damage_share is not None:
        yield Problem(f"{path}.damage_share", "claim_loss_twice", claim.damage_share)


def _reading_problems(insurance: Insurance, claim: ClaimLine, path: str) -> Iterator[Problem]:
    """A reading belongs to a trigger of the index."""
    if claim.loss_yuan is not None or claim.damage_share is not None:
        yield Problem(f"{path}.head", "claim_without_head")
        return
    if claim.reading is None:
        yield Problem(f"{path}.reading", "claim_without_loss")
        return
    if insurance.index is None:
        yield Problem(f"{path}.reading", "index_missing", claim.reading)
        return
    known = [trigger.name for trigger in insurance.index.triggers]
    named = claim.trigger in known or (not claim.trigger and len(known) == 1)
    if not named:
        facts = {"known": known or "–"}
        yield Problem(f"{path}.trigger", "index_trigger_unknown", claim.trigger, facts)
