"""What screen and paper say of the cash flow: one column for each thing that is ever paid."""

from dataclasses import dataclass

from app.finance.valuation.results import CashFlowYear
from app.formats import number
from app.i18n import N_
from app.messages.valuation_words import COST_OF_ANY_PLAN, SHARE_LABELS


@dataclass(frozen=True, slots=True)
class CashFlowColumn:
    """One column of the yearly table: message id of its head, its unit, its figures."""

    label: str
    unit: str
    texts: tuple[str, ...]
    total: str
    strong: bool = False


def cash_flow_columns(rows: tuple[CashFlowYear, ...]) -> tuple[CashFlowColumn, ...]:
    """Return the columns of the cash flow; costs and shares that are never paid are left out.

    What reduces the net is negative. `total` is the sum over the years, "" where a sum means
    nothing.
    """

    def column(
        label: str,
        unit: str,
        amounts: list[float],
        *,
        summed: bool = True,
        strong: bool = False,
        digits: int = 2,
    ) -> CashFlowColumn:
        texts = tuple(number(amount, digits) for amount in amounts)
        total = number(sum(amounts), digits) if summed else ""
        return CashFlowColumn(label, unit, texts, total, strong)

    def taken_off(label: str, amounts: list[float]) -> list[CashFlowColumn]:
        return [column(label, "yuan", [0.0 - a for a in amounts])] if any(amounts) else []

    shares = {code for row in rows for code in row.shares}
    costs = {code for row in rows for code in row.costs}
    found = [
        column(N_("Credits sold"), "tCO2e", [row.credits_sold_tco2e for row in rows]),
        column(N_("Price"), "yuan/t", [row.price_yuan_t for row in rows], summed=False),
        column(N_("Revenue"), "yuan", [row.revenue_yuan for row in rows]),
    ]
    for code, label in SHARE_LABELS.items():
        if code in shares:
            found += taken_off(label, [row.shares.get(code, 0.0) for row in rows])
    fees = [row.costs.get("issuance_fee", 0.0) for row in rows]
    found += taken_off(N_("Fee per credit"), fees)
    for code, label in COST_OF_ANY_PLAN.items():
        if code in costs:
            found += taken_off(label, [row.costs.get(code, 0.0) for row in rows])
    receipts = [row.receipts_yuan for row in rows]
    if any(receipts):
        found.append(column(N_("Grants and subsidies"), "yuan", receipts))
    found += taken_off(N_("Income tax"), [row.income_tax_yuan for row in rows])
    found += [
        column(N_("Net cash flow"), "yuan", [row.net_yuan for row in rows], strong=True),
        column(N_("Discount factor"), "", [row.factor for row in rows], summed=False, digits=6),
        column(N_("Present value"), "yuan", [row.present_value_yuan for row in rows], strong=True),
    ]
    return tuple(found)


def flow_date(row: CashFlowYear) -> str:
    """Return the day a flow falls on, or its calendar year."""
    return row.paid_on.isoformat() if row.paid_on is not None else str(row.calendar_year)
