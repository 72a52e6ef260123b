"""From net reductions to credits by VM0033 v2.1: uncertainty and buffer."""

from collections.abc import Iterable

import numpy as np

from app.finance.case.carbon.vm0033 import BufferPath, Confidence, Vm0033
from app.finance.sink.methods.inputs import given
from app.finance.sink.pools import Numbers, Quantity
from app.finance.sink.risk_table import natural_risk_share
from app.finance.sink.tables import SinkTables

_ROUNDING = 1e-12
"""An excess below this comes from the square root, not from the data."""


def combined_error(parts: Iterable[tuple[Quantity, Quantity]]) -> Quantity:
    """Uncertainty of a sum: sqrt(sum (U E)^2) / sum |E|, as a share; 0 when all E are 0.

    `parts` are pairs of uncertainty (share) and amount: pools of one stratum (87, 89), areas
    of strata (88, 90), or baseline and project (91). Denominators take absolute values.
    Source: VM0033 v2.1, 8.5.2.
    """
    squares: Quantity = 0.0
    amounts: Quantity = 0.0
    for uncertainty, amount in parts:
        squares = squares + (uncertainty * amount) ** 2
        amounts = amounts + np.abs(amount)
    nothing = np.asarray(amounts) == 0
    return np.where(nothing, 0.0, np.sqrt(squares) / np.where(nothing, 1.0, amounts))


def allowed_error(section: Vm0033, tables: SinkTables) -> float:
    """Error that costs nothing: 20% at 90% confidence, 30% at 95% (92)."""
    return tables.value(
        "vm0033.allowed_error_90"
        if section.confidence is Confidence.P90
        else "vm0033.allowed_error_95"
    )


def project_error(section: Vm0033, path: str) -> Quantity:
    """Uncertainty of the project: stated, or those of the strata by area (90)."""
    if section.project_uncertainty_share is not None:
        return section.project_uncertainty_share
    return combined_error(
        (given(row.uncertainty_share, f"{path}.strata.{number}.uncertainty_share"), row.area_ha)
        for number, row in enumerate(section.strata)
    )


def net_error(
    section: Vm0033, *, baseline: Numbers | None, project: Numbers, path: str
) -> Quantity:
    """NER_ERROR (91) of the whole plan, a share.

    `baseline` and `project` are GHG_BSL and GHG_WPS by year, t CO2e; their sums over the plan
    weigh the two uncertainties. Without a baseline it is the uncertainty of the project.
    """
    own = project_error(section, path)
    if baseline is None:
        return own
    before = given(section.baseline_uncertainty_share, f"{path}.baseline_uncertainty_share")
    error = combined_error(
        (
            (before, baseline.sum(axis=-1, keepdims=True)),
            (own, project.sum(axis=-1, keepdims=True)),
        )
    )
    return float(error[0]) if error.ndim == 1 else error  # type: ignore[union-attr,index]


def uncertainty_deduction(error: Quantity, allowed: float) -> Quantity:
    """Share taken off the net reductions: what the error has above the allowed one (92)."""
    excess = error - allowed
    return np.where(excess > _ROUNDING, np.minimum(excess, 1.0), 0.0)


def buffer_share(section: Vm0033, tables: SinkTables, path: str) -> Quantity:
    """Buffer rating, a share: stated, or internal + external + natural risks (94).

    Ratings add up; the sum is not below the tool's least rating. Natural risks come from the
    table of loss and return period of the AFOLU non-permanence risk tool.

    Raises:
        DomainError: `natural_risk_fails` when a risk is so large that the project fails.
    """
    if section.buffer_path is BufferPath.STATED:
        return given(section.buffer_share, f"{path}.buffer_share")
    total = given(section.internal_risk_share, f"{path}.internal_risk_share") + given(
        section.external_risk_share, f"{path}.external_risk_share"
    )
    for number, risk in enumerate(section.natural_risks):
        total = total + natural_risk_share(
            risk.loss_share,
            risk.return_period_years,
            risk.mitigation,
            tables.natural_risk,
            path=f"{path}.natural_risks.{number}.loss_share",
        )
    least = given(section.least_buffer_share, f"{path}.least_buffer_share")
    return np.minimum(np.maximum(total, least), 1.0)
