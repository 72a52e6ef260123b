"""What a signatory must know of the settlement part of a quote."""

from collections.abc import Iterator, Sequence

from app.finance.case.insurance import Insurance
from app.finance.insurance.part_results import ClaimStep
from app.finance.insurance.results import InsuranceResult
from app.finance.insurance.settlement_heads import LIMIT_REACHED, LIMIT_USED
from app.finance.notices import Notice, Severity

_PATH = "insurance.settlement"
_CUT = (LIMIT_REACHED, LIMIT_USED)


def settlement_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings and red flags."""
    settlement, found = insurance.settlement, result.settlement
    if settlement is None or found is None:
        return
    yield from _on(
        "claim_not_covered", [step for step in found.steps if not step.covered], Severity.WARNING
    )
    above = [
        step for step in found.steps
        if step.covered and (step.over_limit_yuan > 0 or step.reason in _CUT)
    ]  # fmt: skip
    yield from _on("claim_above_limit", above, Severity.WARNING)
    overpaid = [step for step in found.steps if step.due_yuan < 0]
    yield from _on("claim_overpaid", overpaid, Severity.RED_FLAG)
    if found.reinstatement_premium_yuan > 0:
        facts = {"amount": found.reinstatement_premium_yuan}
        yield Notice("reinstatement_open", Severity.WARNING, f"{_PATH}.claims", facts)
    claims = sorted(settlement.claims, key=lambda claim: claim.day)
    unproved = [
        step
        for claim, step in zip(claims, found.steps, strict=True)
        if step.payable_yuan > 0 and not claim.evidence
    ]
    yield from _on("claim_without_evidence", unproved, Severity.WARNING)
    if found.due_yuan > 0 and not settlement.payee_account:
        yield Notice("payee_missing", Severity.WARNING, f"{_PATH}.payee_account")


def _on(code: str, steps: Sequence[ClaimStep], severity: Severity) -> Iterator[Notice]:
    if steps:
        events = list(dict.fromkeys(step.event for step in steps))
        facts = {"count": len(steps), "events": events}
        yield Notice(code, severity, f"{_PATH}.claims", facts)
