"""Claims through the terms of the policy: what is paid, what is left."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.finance.case.cover.experience_inputs import LossLine
from app.finance.case.cover.settlement_inputs import ClaimLine
from app.finance.case.insurance import Insurance
from app.finance.dates import add_months
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.part_results import ClaimStep, SettlementResult
from app.finance.insurance.settlement_heads import (
    LIMIT_REACHED,
    LIMIT_USED,
    Claimed,
    HeadClaims,
    exact,
    policy_year_of,
)
from app.finance.insurance.settlement_index import IndexClaims
from app.finance.money import ZERO, round_to_fen
from app.finance.text import N_

_KEY = "insurance.settlement"


def settle(
    insurance: Insurance,
    exposures: Sequence[Exposure],
    *,
    gross_premium_yuan: Decimal,
    head_premiums_yuan: Sequence[Decimal],
) -> tuple[SettlementResult, tuple[Step, ...]]:
    """Take each claim through the terms, in the order of days; money to the fen.

    A loss of a head: value on risk of the day, salvage, deductible, limit, layer and share of the
    event; deductible, limit, reinstatements and share of the policy year with what earlier claims
    have left; limits of the policy for event and year. A reading of the index is paid by its
    triggers and what the season leaves. What was paid on account comes off. Claims outside the
    period, the waiting period or the season are kept with their reason and pay nothing.

    A reinstatement premium is rate x premium of the head x amount reinstated / limit.

    Args:
        insurance: with its claims.
        exposures: the heads on risk, from `exposures_of`.
        gross_premium_yuan: of the policy.
        head_premiums_yuan: of the heads in their order, for reinstatement premiums.

    Raises:
        DomainError: `unknown_head` or `index_missing` for a claim of what is not insured.
    """
    settlement = insurance.settlement
    claims = () if settlement is None else settlement.claims
    desk = _Desk(insurance, exposures, head_premiums_yuan)
    numbered = sorted(enumerate(claims), key=lambda pair: pair[1].day)
    steps = tuple(desk.step(number, claim) for number, claim in numbered)
    payable = sum((step.payable_yuan for step in steps), ZERO)
    result = SettlementResult(
        steps=steps,
        payable_yuan=payable,
        paid_before_yuan=sum((step.paid_before_yuan for step in steps), ZERO),
        due_yuan=sum((step.due_yuan for step in steps), ZERO),
        reinstatement_premium_yuan=sum((step.reinstatement_premium_yuan for step in steps), ZERO),
        loss_ratio=float(payable / gross_premium_yuan) if gross_premium_yuan > 0 else None,
    )
    return result, tuple(_working(result, gross_premium_yuan))


class _Desk:
    """Hands each claim to its head or to the index, then holds it against the policy's limits."""

    def __init__(
        self, insurance: Insurance, exposures: Sequence[Exposure], premiums: Sequence[Decimal]
    ) -> None:
        self._insurance = insurance
        self._heads = {
            exposure.head.name: (HeadClaims(insurance, exposure), exposure.head, premium)
            for exposure, premium in zip(exposures, premiums, strict=True)
        }
        self._index = None if insurance.index is None else IndexClaims(insurance, insurance.index)
        self._of_event: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
        self._of_year: dict[int, Decimal] = defaultdict(lambda: ZERO)

    def step(self, number: int, claim: ClaimLine) -> ClaimStep:
        """Return one claim line through all terms; `number` is its place among the claims."""
        premium = ZERO
        if not claim.head:
            if self._index is None:
                path = f"{_KEY}.claims.{number}.head"
                raise DomainError("index_missing", path=path, value=None)
            found = self._limited(claim, self._index.settle(claim))
        else:
            if claim.head not in self._heads:
                raise DomainError(
                    "unknown_head",
                    path=f"{_KEY}.claims.{number}.head",
                    value=claim.head,
                    known=list(self._heads),
                )
            desk, head, head_premium = self._heads[claim.head]
            found = self._limited(claim, desk.settle(claim))
            premium = exact(head.reinstatement_rate) * head_premium * found.reinstated_share
        taken = found.taken
        return ClaimStep(
            event=claim.event,
            day=claim.day,
            head=claim.head,
            ground_up_yuan=taken.ground_up,
            deductible_yuan=taken.deductible,
            over_limit_yuan=taken.over_limit,
            retained_share_yuan=taken.retained,
            year_terms_yuan=taken.year_terms,
            payable_yuan=taken.payable,
            paid_before_yuan=round_to_fen(claim.paid_yuan),
            due_yuan=taken.payable - round_to_fen(claim.paid_yuan),
            reinstatement_premium_yuan=round_to_fen(premium),
            left_of_year_yuan=found.left_of_year,
            covered=found.covered,
            reason=found.reason,
            salvage_yuan=taken.salvage,
        )

    def _limited(self, claim: ClaimLine, found: Claimed) -> Claimed:
        """Hold a claim against the limits of the policy: of the event over all heads, of the year.

        The limit of the year counts the index too, as the price does.
        """
        year = policy_year_of(self._insurance, claim.day)
        if year is None or not found.covered:
            return found
        paid = found.taken.payable
        event = year, claim.event
        limit = self._insurance.policy_event_limit_yuan if claim.head else None
        by_event = _left(limit, self._of_event[event])
        after_event = paid if by_event is None else min(paid, by_event)
        by_year = _left(self._insurance.policy_year_limit_yuan, self._of_year[year])
        payable = after_event if by_year is None else min(after_event, by_year)
        self._of_event[event] += payable if claim.head else ZERO
        self._of_year[year] += payable
        left = _least(found.left_of_year, None if by_year is None else by_year - payable)
        if payable == paid:
            return replace(found, left_of_year=left)
        taken = replace(
            found.taken,
            over_limit=found.taken.over_limit + paid - after_event,
            year_terms=found.taken.year_terms + after_event - payable,
        )
        reason = LIMIT_REACHED if payable else LIMIT_USED
        return replace(found, taken=taken, left_of_year=left, reason=reason)


def _left(limit: Decimal | None, used: Decimal) -> Decimal | None:
    return None if limit is None else max(limit - used, ZERO)


def _least(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    known = [amount for amount in (one, other) if amount is not None]
    return min(known, default=None)


def _working(found: SettlementResult, gross: Decimal) -> Iterator[Step]:
    for number, step in enumerate(found.steps):
        yield Step(
            f"{_KEY}.steps.{number}.payable",
            N_("Payable for a claim"),
            "Y = X − V − D − L − Q − J",
            (
                Term("X", N_("Loss before all terms"), step.ground_up_yuan, "yuan"),
                Term("V", N_("Salvage"), step.salvage_yuan, "yuan"),
                Term("D", N_("Deductible of the event"), step.deductible_yuan, "yuan"),
                Term("L", N_("Over value, limit or layer"), step.over_limit_yuan, "yuan"),
                Term("Q", N_("Share of the insured"), step.retained_share_yuan, "yuan"),
                Term("J", N_("Terms of the policy year"), step.year_terms_yuan, "yuan"),
                Term("t", N_("Day"), step.day),
            ),
            step.payable_yuan,
            "yuan",
            N_("terms of the policy in their order"),
        )
    yield Step(
        f"{_KEY}.due",
        N_("Due from the insurer"),
        "Σ Y − A",
        (
            Term("Σ Y", N_("Payable in all"), found.payable_yuan, "yuan"),
            Term("A", N_("Paid on account"), found.paid_before_yuan, "yuan"),
        ),
        found.due_yuan,
        "yuan",
        N_("claims of the policy less what was paid on account"),
    )
    if found.loss_ratio is not None:
        yield Step(
            f"{_KEY}.loss_ratio",
            N_("Claims over premium"),
            "Σ Y ÷ G",
            (
                Term("Σ Y", N_("Payable in all"), found.payable_yuan, "yuan"),
                Term("G", N_("Gross premium"), gross, "yuan"),
            ),
            found.loss_ratio,
            "share",
            N_("what is payable over the gross premium"),
        )


def loss_lines(
    insurance: Insurance,
    exposures: Sequence[Exposure],
    found: SettlementResult,
    *,
    head: str,
    as_of: date,
) -> tuple[LossLine, ...]:
    """Return settled claims of a head as lines of its history, for the burn of a renewal.

    One line for each event of a policy year that is over by `as_of`, with the loss before all
    terms and the sum insured of the year; a policy year without a covered claim gives a line
    without loss. The year of a line is that in which its policy year began.
    """
    exposure = next(one for one in exposures if one.head.name == head)
    lines: list[LossLine] = []
    start, months = insurance.period_start, insurance.period_months
    for policy_year, value in enumerate(exposure.values_yuan, start=1):
        began = add_months(start, 12 * (policy_year - 1))
        if add_months(start, min(12 * policy_year, months)) > as_of or value <= 0:
            continue
        events: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for step in found.steps:
            of_head = step.covered and step.head == head
            if of_head and policy_year_of(insurance, step.day) == policy_year:
                events[step.event] += step.ground_up_yuan
        lines += [
            LossLine(began.year, float(loss), value, event=event)
            for event, loss in (events or {"": ZERO}).items()
        ]
    return tuple(lines)
