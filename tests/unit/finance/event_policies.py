"""Policies with common events of several sites, for tests."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.finance.case.cover.heads import HeadKind, HeadLine, InsuredUnit
from app.finance.case.cover.model_inputs import EventModel, SetEventLine
from app.finance.case.cover.policy import InsuredSite
from app.finance.case.insurance import Insurance
from app.finance.insurance.exposure import Exposure, exposure_of

R43_RATES = (0.05, 0.10, 0.08, 0.02, 0.15)
R43_LOSSES = ((10, 8, 0), (4, 0, 0), (0, 6, 3), (20, 18, 9), (1, 1, 1))


def lines_of(rates: Sequence[float], losses: Sequence[Sequence[float]]) -> tuple[SetEventLine, ...]:
    """Return events with a loss in yuan at each of the sites s0, s1, ..."""
    return tuple(
        SetEventLine(event=f"e{number}", site=f"s{site}", rate=rate, loss_yuan=float(loss))
        for number, (rate, own) in enumerate(zip(rates, losses, strict=True))
        for site, loss in enumerate(own)
    )


def event_policy(
    lines: Sequence[SetEventLine],
    *,
    values: Sequence[float] = (100.0, 100.0, 100.0),
    terms: Mapping[str, Any] | Sequence[Mapping[str, Any]] = {},
    model: Mapping[str, Any] = {},
    **fields: Any,
) -> tuple[Insurance, tuple[Exposure, ...]]:
    """Return a policy with one head at each of the sites s0, s1, ..., and what is on risk."""
    own = [terms] * len(values) if isinstance(terms, Mapping) else terms
    heads = tuple(
        HeadLine(
            name=f"h{number}",
            kind=HeadKind.OTHER,
            quantity_unit=InsuredUnit.SHARE,
            unit_value_yuan=value,
            quantity=1.0,
            site=f"s{number}",
            **own[number],
        )
        for number, value in enumerate(values)
    )
    given: dict[str, Any] = {
        "period_start": date(2026, 1, 1),
        "period_months": 12,
        "fixed_expense_yuan": 0.0,
        "variable_expense_share": 0.0,
        "commission_share": 0.0,
        "profit_share": 0.0,
        "tax_share": 0.0,
        "sites": tuple(InsuredSite(name=head.site) for head in heads),
        "events": EventModel(event_lines=tuple(lines), **model),
    }
    insurance = Insurance(heads=heads, **(given | fields))
    exposures = tuple(
        exposure_of(insurance, place, [1.0], [value]) for place, value in enumerate(values)
    )
    return insurance, exposures


def r43(**fields: Any) -> tuple[Insurance, tuple[Exposure, ...]]:
    """Return the policy of reference case R43: three sites, five events."""
    return event_policy(lines_of(R43_RATES, R43_LOSSES), **fields)
