"""Basis risk: how well the payouts of the index follow the losses.

Source: hedge effectiveness 1 - Var(loss - payout) / Var(loss), Ederington, The Hedging
Performance of the New Futures Markets, Journal of Finance 34 (1979); shares of missed and
needless payouts counted over the years.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.insurance.part_results import BasisRisk, YearPayout

Floats = NDArray[np.float64]


def losses_of(index: IndexCover, modelled: Mapping[int, float]) -> dict[int, float]:
    """Return the losses by year, shares of the sum insured: those entered, else the modelled."""
    if index.losses:
        return {line.year: line.loss_share for line in index.losses}
    return dict(modelled)


def basis_risk(history: Sequence[YearPayout], floor: float, *, modelled: bool) -> BasisRisk | None:
    """Hold payouts against losses over the observed years that have both; None without one.

    A loss above `floor` should be paid: without a payout it is missed. A payout in a year whose
    loss is not above it is needless. What cannot be said is None: a correlation of figures that
    do not vary, a probability without a year to count.

    Args:
        history: years with `loss_share` where there is a loss.
        floor: share of the sum insured, 0 or more.
        modelled: whether the losses come from the perils of the case.
    """
    pairs = [
        (year.payout_share, year.loss_share)
        for year in history
        if year.observed and year.loss_share is not None
    ]
    if not pairs:
        return None
    payouts, losses = np.array(pairs, np.float64).T
    lost, paid = losses > floor, payouts > 0
    missed, needless = int((lost & ~paid).sum()), int((~lost & paid).sum())
    return BasisRisk(
        years=len(pairs),
        modelled=modelled,
        correlation=_correlation(payouts, losses),
        rmse=float(np.sqrt(np.mean((payouts - losses) ** 2))),
        p_unpaid_given_loss=_part(missed, int(lost.sum())),
        p_paid_without_loss=_part(needless, int((~lost).sum())),
        missed_years=missed,
        needless_years=needless,
        hedge_effectiveness=_effectiveness(payouts, losses),
    )


def _part(count: int, of: int) -> float | None:
    return count / of if of else None


def _varies(values: Floats) -> bool:
    return bool(np.ptp(values) > 0)


def _correlation(payouts: Floats, losses: Floats) -> float | None:
    if not (_varies(payouts) and _varies(losses)):
        return None
    return float(np.corrcoef(payouts, losses)[0, 1])


def _effectiveness(payouts: Floats, losses: Floats) -> float | None:
    if not _varies(losses):
        return None
    return float(1.0 - np.var(losses - payouts) / np.var(losses))
