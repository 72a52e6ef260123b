"""Whether a loan may be drawn: the checklist by stage, and the conditions of its agreement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.finance.case.lending.agreement import ConditionDue, ConditionLine
from app.finance.case.loan import Loan
from app.finance.lending.life_results import ChecklistItem

STAGES: dict[ConditionDue, tuple[str, ...]] = {
    ConditionDue.SIGNING: (
        "legal_form",
        "ledger_free",
        "appraisal_valid",
        "collateral_values",
        "right_buffer",
        "sizing",
        "cover",
        "coverage_lines",
        "guarantee",
        "days_and_rate",
        "green_decision",
    ),
    ConditionDue.DRAWDOWN: (
        "specified_account",
        "account_bank",
        "query_certificate",
        "registration_no",
        "registration_term",
        "registration_record",
        "first_registered",
        "secured_maximum",
        "insurance",
        "payments",
    ),
    ConditionDue.AFTER: ("extension",),
}
"""Conditions of the checklist by the stage they belong to; house convention."""


@dataclass(frozen=True, slots=True)
class DrawdownPoint:
    """One condition by its stage: an item of the checklist, or a line of the agreement.

    `state` is "met", "open", "failed" (a red flag, or met after the day it was to be met by) or
    "not_asked". `position` is the place of a line in the agreement, `code` that of the checklist.
    """

    stage: ConditionDue
    state: str
    code: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Drawdown:
    """The conditions in printed order, and whether the loan may be drawn."""

    points: tuple[DrawdownPoint, ...]

    @property
    def missing(self) -> tuple[DrawdownPoint, ...]:
        """What keeps the loan from being drawn, failed before open."""
        first = [
            point
            for point in self.points
            if point.stage is not ConditionDue.AFTER and point.state in ("failed", "open")
        ]
        return tuple(sorted(first, key=lambda point: point.state != "failed"))

    @property
    def may_be_drawn(self) -> bool:
        """Whether no condition to be met before drawdown is open or failed."""
        return not self.missing


def find_drawdown(loan: Loan, checklist: Sequence[ChecklistItem]) -> Drawdown:
    """Return the conditions of a loan by stage, those of the program before those agreed.

    Conditions after drawdown never keep the loan from being drawn.
    """
    agreed = () if loan.agreement is None else loan.agreement.conditions
    by_code = {item.code: item for item in checklist}
    points: list[DrawdownPoint] = []
    for stage, codes in STAGES.items():
        points += (
            DrawdownPoint(stage, _state_of(by_code[code]), code)
            for code in codes
            if code in by_code
        )
        points += _agreed(stage, agreed, loan.drawdown_date)
    return Drawdown(tuple(points))


def _state_of(item: ChecklistItem) -> str:
    if item.ok is None:
        return "not_asked"
    if item.ok:
        return "met"
    return "failed" if item.stops else "open"


def _agreed(
    stage: ConditionDue, lines: Sequence[ConditionLine], drawn: date
) -> Iterator[DrawdownPoint]:
    for position, line in enumerate(lines):
        if line.due is not stage:
            continue
        if line.met_on is None:
            state = "open"
        elif stage is not ConditionDue.AFTER and line.met_on > drawn:
            state = "failed"
        else:
            state = "met"
        yield DrawdownPoint(stage, state, position=position)
