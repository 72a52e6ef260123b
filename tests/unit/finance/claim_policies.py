"""Policies with a history, with deliveries or with claims, for tests."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.cover.delivery_inputs import DeliveryCover, DeliveryLine
from app.finance.case.cover.heads import HeadKind, HeadLine, InsuredUnit
from app.finance.case.cover.settlement_inputs import ClaimLine, Settlement
from app.finance.case.insurance import Insurance
from app.finance.insurance.exposure import Exposure, exposure_of
from app.finance.insurance.part_results import ClaimStep, SettlementResult
from app.finance.insurance.settlement import settle

NO_LOADS: dict[str, float] = {
    "fixed_expense_yuan": 0.0,
    "variable_expense_share": 0.0,
    "commission_share": 0.0,
    "profit_share": 0.0,
    "tax_share": 0.0,
}
PREMIUM = Decimal("10000.00")


def head_of(name: str = "kelp", value: float = 1_000_000.0, **terms: Any) -> HeadLine:
    """Return a head of one unit of this value."""
    return HeadLine(name, HeadKind.HARVEST_VALUE, InsuredUnit.SHARE, value, quantity=1.0, **terms)


def policy_of(heads: Sequence[HeadLine] = (), **fields: Any) -> Insurance:
    """Return a policy of the year 2026 without loadings."""
    given: dict[str, Any] = {"period_start": date(2026, 1, 1), "period_months": 12, **NO_LOADS}
    return Insurance(heads=tuple(heads), **(given | fields))


def on_risk(policy: Insurance, years: Sequence[float] = (1.0,)) -> tuple[Exposure, ...]:
    """Return the heads of a policy; `years` multiplies their value in its policy years."""
    return tuple(
        exposure_of(policy, place, list(years), [head.unit_value_yuan * one for one in years])
        for place, head in enumerate(policy.heads)
    )


def settled(
    heads: Sequence[HeadLine],
    claims: Sequence[ClaimLine],
    *,
    years: Sequence[float] = (1.0,),
    **fields: Any,
) -> SettlementResult:
    """Return the claims of a policy through its terms."""
    policy = policy_of(heads, settlement=Settlement(claims=tuple(claims)), **fields)
    found, _ = settle(
        policy,
        on_risk(policy, years),
        gross_premium_yuan=PREMIUM,
        head_premiums_yuan=[PREMIUM / len(heads)] * len(heads),
    )
    return found


def paid(steps: Sequence[ClaimStep]) -> list[str]:
    """Return what each claim line is paid."""
    return [str(step.payable_yuan) for step in steps]


def loss(day: date, yuan: float, *, event: str = "", head: str = "kelp", **more: Any) -> ClaimLine:
    """Return a surveyed loss of a head; without a name each day is an event."""
    return ClaimLine(event or day.isoformat(), day, head=head, loss_yuan=yuan, **more)


def deliveries(
    lines: Sequence[tuple[float, float]], more: Mapping[str, Any] = {}, **fields: Any
) -> DeliveryCover:
    """Return a cover of yearly deliveries of tonnes at prices; `more` goes to each line."""
    return DeliveryCover(
        deliveries=tuple(
            DeliveryLine(year, tonnes, price, **more)
            for year, (tonnes, price) in enumerate(lines, start=1)
        ),
        **fields,
    )


R41_LINES = [(400.0, 60.0 * 1.04**year) for year in range(1, 6)]
"""Case R41: 400 t a year, 60 yuan growing by 4 % a year."""
