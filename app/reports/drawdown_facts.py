"""What paper says of the conditions before drawdown: stage, state, what each rests on."""

from collections.abc import Sequence

from app.finance.case.lending.agreement import CONDITION_CHOICES, ConditionDue
from app.finance.case.loan import Loan
from app.finance.lending.drawdown import Drawdown, DrawdownPoint
from app.finance.lending.life_results import ChecklistItem
from app.i18n import N_
from app.messages.loan_notices import CHECKLIST
from app.messages.measure_words import POINT_STATES
from app.reports.agreement_facts import clause_cell
from app.reports.due_facts import check_fact
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    listed,
    words,
)

STAGE_NAMES: dict[ConditionDue, str] = {
    ConditionDue.SIGNING: N_("Conditions before signing"),
    ConditionDue.DRAWDOWN: N_("Conditions before drawdown"),
    ConditionDue.AFTER: N_("Conditions after drawdown"),
}
BOX = "□"
"""What a person ticks by hand."""

_NOT_ENTERED, _BY_CHECKS = N_("not entered"), N_("the checks of the program")
_MET_LATE = N_("met only on {day}, after the day of drawdown")
_MET_ON = N_("met on {day}")


def point_name(loan: Loan, point: DrawdownPoint) -> FactCell:
    """Return a condition in words: of the checklist, or as it was agreed."""
    if point.position is not None and loan.agreement is not None:
        return clause_cell(loan.agreement.conditions[point.position])
    return words(CHECKLIST[point.code])


def _rests_on(loan: Loan, point: DrawdownPoint, items: dict[str, ChecklistItem]) -> FactCell:
    if point.position is None or loan.agreement is None:
        found = check_fact(items[point.code])
        if not found.empty:
            return found
        return words(_NOT_ENTERED if items[point.code].fact == "" else _BY_CHECKS)
    line = loan.agreement.conditions[point.position]
    if line.met_on is None:
        return FactCell(line.proof)
    message = _MET_LATE if point.state == "failed" else _MET_ON
    proof = FactCell(line.proof) if line.proof else EMPTY_CELL
    return listed(words(message, day=line.met_on.isoformat()), proof)


def stage_table(
    loan: Loan, found: Drawdown, stage: ConditionDue, checklist: Sequence[ChecklistItem]
) -> FactTable | None:
    """Return the conditions of a stage that are asked of the loan; those not met are marked.

    The last two columns are boxes for who handles the loan and for who reviews it.
    """
    items = {item.code: item for item in checklist}
    points = [
        (number, point)
        for number, point in enumerate(asked(found), start=1)
        if point.stage is stage
    ]
    if not points:
        return None
    heads = (
        FactHead(N_("Number"), numeric=False),
        FactHead(N_("Condition"), numeric=False),
        FactHead(N_("State"), numeric=False),
        FactHead(N_("What it rests on"), numeric=False),
        FactHead(N_("Handled by"), numeric=False),
        FactHead(N_("Reviewed by"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(str(number)),
            point_name(loan, point),
            words(POINT_STATES[point.state]),
            _rests_on(loan, point, items),
            FactCell(BOX),
            FactCell(BOX),
        )
        for number, point in points
    )
    marked = tuple(
        place for place, (_, point) in enumerate(points) if point.state in ("open", "failed")
    )
    return FactTable(heads, rows, marked=marked, keys=2)


def asked(found: Drawdown) -> tuple[DrawdownPoint, ...]:
    """Return the conditions that are asked of the loan, in printed order."""
    return tuple(point for point in found.points if point.state != "not_asked")


def not_asked(found: Drawdown) -> FactCell:
    """Return the names of the conditions that are not asked of the loan."""
    return listed(
        *(words(CHECKLIST[point.code]) for point in found.points if point.state == "not_asked")
    )


def missing_table(loan: Loan, found: Drawdown) -> FactTable | None:
    """Return what keeps the loan from being drawn, what failed first; None when nothing does."""
    if found.may_be_drawn:
        return None
    numbers = {id(point): number for number, point in enumerate(asked(found), start=1)}
    stages = dict(CONDITION_CHOICES)
    heads = (
        FactHead(N_("Number"), numeric=False),
        FactHead(N_("Condition"), numeric=False),
        FactHead(N_("State"), numeric=False),
        FactHead(N_("To be met"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(str(numbers[id(point)])),
            point_name(loan, point),
            words(POINT_STATES[point.state]),
            words(stages[point.stage.value]),
        )
        for point in found.missing
    )
    marked = tuple(place for place, point in enumerate(found.missing) if point.state == "failed")
    return FactTable(heads, rows, marked=marked, keys=2)
