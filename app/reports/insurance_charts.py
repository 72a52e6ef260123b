"""The charts of the insurance: one door for screen and paper, and how high each of them is."""

from app.reports.insurance_index_charts import (
    history_burn_figure,
    history_burn_height,
    payout_curve_figure,
    payout_curve_height,
)
from app.reports.insurance_loss_charts import (
    exceedance_figure,
    exceedance_height,
    premium_build_up_figure,
    premium_build_up_height,
)

__all__ = [
    "exceedance_figure",
    "exceedance_height",
    "history_burn_figure",
    "history_burn_height",
    "payout_curve_figure",
    "payout_curve_height",
    "premium_build_up_figure",
    "premium_build_up_height",
]
