"""Present value, rates of return and payback of dated flows."""

import math
from collections.abc import Sequence

import numpy as np

from app.finance.sink.pools import Numbers
from app.finance.valuation.price_curve import DAYS_OF_YEAR
from app.finance.valuation.results import Roots
from app.finance.valuation.roots import log_roots, merged, sign_changes

Flows = Sequence[float] | Numbers

_NOTHING = 1e-14
"""A rate below it is rounding of 0, and would be printed as a negative one."""


def npv(rate: float, flows: Flows, times: Flows) -> float:
    """Return the sum of flow x (1 + rate)^-time, in the unit of the flows.

    `times` are years from the day of the present value; `rate` a year, above -1.
    """
    factors = (1.0 + rate) ** -np.asarray(times, dtype=np.float64)
    return float(np.asarray(flows, dtype=np.float64) @ factors)


def xnpv(rate: float, flows: Flows, days: Flows) -> float:
    """Return the present value on day 0 of flows on `days`, by actual days over 365.

    Source: XNPV of the spreadsheet programs (ACT/365, from the first date).
    """
    return npv(rate, flows, np.asarray(days, dtype=np.float64) / DAYS_OF_YEAR)


def modified_rate(flows: Flows, times: Flows, rate: float) -> float | None:
    """Return the modified rate of return at one `rate` for financing and reinvestment.

    (value at the end of what comes in / value at the start of what is paid)^(1/T) - 1, T years
    from the first flow to the last. None without flows of both signs. Source: MIRR of the
    spreadsheet programs, with flows at any time.
    """
    amounts, moments = merged(flows, times)
    if sign_changes(amounts) == 0:
        return None
    first, last = float(moments[0]), float(moments[-1])
    inflow = npv(rate, np.maximum(amounts, 0.0), moments - first)
    paid = npv(rate, np.maximum(-amounts, 0.0), moments - first)
    years = last - first
    return float((1.0 + rate) * (inflow / paid) ** (1 / years) - 1.0)


def internal_rates(flows: Flows, times: Flows, *, discount_rate: float | None = None) -> Roots:
    """Return every rate above -100 % at which the present value of the flows is zero.

    `times` are years in any order; flows at the same time are added up. The flows may have
    any size: they are scaled first. `discount_rate` asks for the modified rate as well.
    """
    amounts, moments = merged(flows, times)
    changes = sign_changes(amounts)
    if changes == 0:
        return Roots((), 0, "no_sign_change")
    found = [math.expm1(root) for root in log_roots(amounts, moments)]
    rates = tuple(0.0 if abs(rate) < _NOTHING else rate for rate in found if rate > -1.0)
    reason = "" if len(rates) == 1 else ("several" if rates else "no_root")
    modified = None
    if discount_rate is not None:
        modified = modified_rate(amounts, moments, discount_rate)
    return Roots(rates, changes, reason, modified)


def payback(flows: Flows, times: Flows, *, rate: float = 0.0) -> float | None:
    """Return the years until the running sum of the discounted flows stays at zero or above.

    Between two flows the sum is taken as a straight line; `rate` 0 gives the plain payback.
    None when nothing has to be paid back, or when it never is.
    """
    amounts, moments = merged(flows, times)
    running = np.cumsum(amounts * (1.0 + rate) ** -moments)
    scale = float(np.abs(amounts).max()) if len(amounts) else 0.0
    short = np.flatnonzero(running < -1e-12 * scale)
    if not len(short):
        return None
    last = int(short[-1])
    if last == len(running) - 1:
        return None
    gained = float(running[last + 1] - running[last])
    part = float(-running[last]) / gained
    return float(moments[last] + part * (moments[last + 1] - moments[last]))


def levelised_cost(costs: Flows, tonnes: Flows, times: Flows, rate: float) -> float | None:
    """Return the present value of the costs over that of the tonnes, yuan/t; None without any."""
    discounted = npv(rate, tonnes, times)
    return npv(rate, costs, times) / discounted if discounted > 0 else None
