"""The expected credit loss of twelve months under a stress of the collaterals."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.finance.case.case import Case
from app.finance.case.lending.security import CollateralKind, CollateralLine
from app.finance.case.lending.stress import StressLine
from app.finance.case.loan import ValuationBasis
from app.finance.lending.collateral import secure
from app.finance.lending.credit import twelve_month_loss
from app.finance.lending.expected_loss import Outlook
from app.finance.lending.parts import LoanParts
from app.finance.lending.stress_set import issued_share, moves_right, price_share
from app.finance.money import round_to_fen
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.levels import net_value
from app.finance.valuation.results import ValueResult


def stressed_loss(
    parts: LoanParts,
    ahead: Outlook | None,
    line: StressLine,
    plan: FlowPlan,
    value_yuan: Decimal,
) -> float | None:
    """Return the loss expected within a year, yuan; None without credit inputs.

    Args:
        parts: the loan of the base with the schedule of the stress.
        ahead: the first year of that schedule.
        line: the stress.
        plan: the cash flow of the right under it.
        value_yuan: value of the right at the level the loan is sized on.
    """
    if ahead is None:
        return None
    if moves_right(line):
        values = _values(parts, line, plan, value_yuan)
        case = _case(parts, line, value_yuan)
        parts = replace(parts, case=case, values=values, security=secure(case, values))
    return twelve_month_loss(parts, ahead=ahead)


def _values(parts: LoanParts, line: StressLine, plan: FlowPlan, value_yuan: Decimal) -> ValueResult:
    """Return the values with what a loss reads: cash flow, price, level of the loan, credits."""
    values, level = parts.values, parts.loan.valuation_basis
    issued = values.issued
    if issued is not None:
        share = issued_share(line, parts.appraisal)
        worth = round_to_fen(float(issued.value_yuan) * share)
        issued = replace(issued, price_yuan_t=issued.price_yuan_t * share, value_yuan=worth)
    moved = replace(
        values,
        plan=plan,
        price_yuan_t=values.price_yuan_t * price_share(line, parts.appraisal),
        issued=issued,
    )
    if level is not ValuationBasis.CONCLUDED:
        changed: dict[str, Any] = {f"{level.value}_yuan": value_yuan}
        return replace(moved, **changed)
    net = round_to_fen(net_value(plan, values.rate.rate))
    concluded = values.conclusion
    if concluded is not None:
        concluded = replace(concluded, value_yuan=value_yuan)
    return replace(moved, net_yuan=net, conclusion=concluded)


def _case(parts: LoanParts, line: StressLine, value_yuan: Decimal) -> Case:
    """Return the case with the entered values of right and credits moved along."""
    loan = parts.loan
    if all(one.value_yuan is None for one in loan.collaterals):
        return parts.case
    before = float(parts.values.by_basis(loan.valuation_basis))
    right = max(float(value_yuan) / before, 0.0) if before > 0 else 1.0
    moves = {
        CollateralKind.CARBON_RIGHT: right,
        CollateralKind.ISSUED_CREDITS: issued_share(line, parts.appraisal),
    }
    collaterals = tuple(_moved(one, moves.get(one.kind, 1.0)) for one in loan.collaterals)
    return replace(parts.case, loan=replace(loan, collaterals=collaterals))


def _moved(line: CollateralLine, factor: float) -> CollateralLine:
    if line.value_yuan is None or factor == 1.0:
        return line
    return replace(line, value_yuan=round_to_fen(float(line.value_yuan) * factor))
