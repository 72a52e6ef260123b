"""What the disposal of the security leaves for each claim of the lender, and for the pledgor."""

from datetime import date
from decimal import Decimal

from app.finance.case.loan import ValuationBasis
from app.finance.lending.collateral import CARBON_RIGHT
from app.finance.lending.life_results import LedgerDay, WaterfallLine
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.remaining import RemainingRight
from app.finance.lending.results import CollateralResult
from app.finance.lending.revalued import Revalued
from app.finance.money import ZERO, round_to_fen


def forced_sale_yuan(parts: LoanParts, day: date) -> Decimal:
    """Return what a forced sale of all collaterals would leave on a day, yuan to the fen.

    The income right brings the liquidation value of what is left of it, which has the discount,
    the cost and the time of a sale taken off; its haircut does not come off again. The other
    collaterals bring what they count for after haircut. Prior claims are paid first, and no
    collateral brings the lender more than its secured maximum. A right whose value was entered
    counts as the other collaterals do.
    """
    level, moved = parts.loan.valuation_basis, parts.common.revaluations.on([day])
    counted: dict[int | None, float] = {}
    if RemainingRight(parts.appraisal, parts.values, level).is_known:
        pledged = PledgedOnDays(parts, [day], (moved.scale, moved.held))
        counted = {line.position: float(one[0]) for line, one in pledged.each(moved.factors)}
    found = ZERO
    for line in parts.security.lines:
        if line.kind == CARBON_RIGHT and line.from_case:
            brings = round_to_fen(_sold_right(parts, line, day, moved))
        else:
            brings = round_to_fen(counted.get(line.position, 0.0))
        most = line.secured_maximum_yuan
        found += brings if most is None else min(brings, most)
    return found


def _sold_right(parts: LoanParts, line: CollateralResult, day: date, moved: Revalued) -> float:
    """Return what the liquidation value of the pledged share leaves after prior claims."""
    right = RemainingRight(parts.appraisal, parts.values, ValuationBasis.LIQUIDATION)
    left = right.on([day]).each(moved.factors) * moved.scale + moved.held
    position = line.position
    share = 1.0 if position is None else parts.loan.collaterals[position].pledged_share
    return max(share * float(left[0]) - float(line.prior_claims_yuan), 0.0)


def disposal_waterfall(proceeds: Decimal, owed: LedgerDay) -> tuple[WaterfallLine, ...]:
    """Let proceeds pay what is owed at the end of a day, yuan.

    In the order of receipts (民法典 art. 561): costs, penalty and compound interest, interest
    billed and accrued, principal; what is left goes to the pledgor (art. 413 and 438). Credit of
    the borrower is laid on the claims first, in the same order. Each line says what it takes and
    what stays short of it; the line of the proceeds what stays short of all claims together.
    """
    claims = [
        ("costs", owed.costs_yuan),
        ("penalty", owed.penalty_yuan),
        ("interest", owed.interest_due_yuan + owed.interest_accrued_yuan),
        ("principal", owed.principal_yuan),
    ]
    credit, left = owed.credit_yuan, max(proceeds, ZERO)
    lines, short = [], ZERO
    for code, claim in claims:
        offset = min(credit, claim)
        credit -= offset
        paid = min(left, claim - offset)
        left -= paid
        lines.append(WaterfallLine(code, paid, claim - offset - paid))
        short += claim - offset - paid
    return (
        WaterfallLine("proceeds", max(proceeds, ZERO), short),
        *lines,
        WaterfallLine("surplus", left + credit, ZERO),
    )
