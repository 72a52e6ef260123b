"""Natural risk of reversal: a share of the credits by loss and return period."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.errors import DomainError
from app.finance.sink.pools import Quantity

RETURN_PERIODS_YEARS = (10.0, 25.0, 50.0, 100.0)
"""Lower ends of the columns after the first one, which stands for events more often."""


@dataclass(frozen=True, slots=True)
class NaturalRiskRow:
    """Risk points of one class of loss.

    `loss_from` is the smallest share of the carbon stock lost per event; `points` are percent
    points by return period: below 10, from 10, 25, 50 and 100 years; None where a project fails.
    """

    loss_from: float
    points: tuple[float | None, ...]
    source: str


def natural_risk_share(
    loss_share: Quantity,
    return_period_years: Quantity,
    mitigation: Quantity,
    rows: Sequence[NaturalRiskRow],
    *,
    path: str = "",
) -> Quantity:
    """Share of the credits held back for one natural risk: L x M, as a share.

    L is the table's percent points for the loss (share of the stock lost per event, 0 to 1)
    and the return period (years); M is the mitigation factor: 1, 0.5 or 0.25. A value on the
    edge of two classes belongs to the larger loss and to the longer return period. Arrays
    broadcast. Source: Verra AFOLU Non-Permanence Risk Tool v4.2, Table 10.

    Raises:
        DomainError: `natural_risk_fails` when the table gives no points: the project fails.
    """
    ordered = sorted(rows, key=lambda row: row.loss_from)
    starts = np.array([row.loss_from for row in ordered])
    points = np.array(
        [[np.nan if one is None else one for one in row.points] for row in ordered],
        dtype=np.float64,
    )
    line = np.searchsorted(starts, np.asarray(loss_share), side="right") - 1
    column = np.searchsorted(RETURN_PERIODS_YEARS, np.asarray(return_period_years), side="right")
    found = points[line, column]
    if np.isnan(found).any():
        raise DomainError(
            "natural_risk_fails",
            path=path,
            value=loss_share if np.ndim(loss_share) == 0 else None,
            years=RETURN_PERIODS_YEARS[0],
        )
    share = found / 100 * mitigation
    return float(share) if np.ndim(share) == 0 else share
