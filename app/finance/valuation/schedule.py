"""When a right earns and pays, by whole years: the columns of its cash flow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.flows import FlowKind, FlowLine
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.dates import add_months
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.horizon import Horizon

RECEIPTS = (FlowKind.GRANT, FlowKind.SUBSIDY)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dates of a cash flow in order; arrays of shape (n,).

    `indices` are years of the right, 0 the valuation date; `tonnes` the credits sold;
    `year_share` the part of a year whose yearly costs are paid; `verifications` and
    `baselines` how many fall on the date; the last three are dated amounts, yuan.
    """

    indices: Numbers
    times: Numbers
    years: tuple[int, ...]
    days: tuple[date | None, ...]
    tonnes: Numbers
    year_share: Numbers
    verifications: Numbers
    baselines: Numbers
    receipts: Numbers
    investment: Numbers
    other: Numbers


def unsold_by_year(carbon: CarbonResult) -> dict[int, float]:
    """Return the credits of each calendar year less what the ledger says is sold or retired."""
    if not carbon.ledger:
        return {row.year: row.credits_tco2 for row in carbon.years}
    gone = {row.vintage: row.sold_tco2 + row.retired_tco2 for row in carbon.ledger}
    found = {}
    for row in carbon.years:
        taken = gone.get(row.year, 0.0)
        found[row.year] = max(row.credits_tco2 - taken, 0.0) if taken else row.credits_tco2
    return found


def year_of(start: date, day: date) -> int:
    """Return the year of the right that holds a day, from 1."""
    index = day.year - start.year
    return index + 1 if add_months(start, 12 * index) <= day else max(index, 1)


def has_start(appraisal: Appraisal) -> bool:
    """Whether anything is paid or received on the valuation date."""
    return (
        appraisal.initial_cost_yuan > 0
        or appraisal.validation_cost_yuan > 0
        or any(line.day == appraisal.valuation_date for line in appraisal.flows)
    )


def _listed(
    project: Project, carbon: CarbonResult, start: date, years: int
) -> tuple[Numbers, Numbers]:
    """Credits issued and verifications made in each year, when the project lists them."""
    edges = [add_months(start, 12 * index) for index in range(years + 1)]
    verified = {line.verified_on for line in project.verifications}
    spans = list(pairwise(edges))
    tonnes = [carbon.unsold_issued(opened, closed) for opened, closed in spans]
    made = [sum(opened <= day < closed for day in verified) for opened, closed in spans]
    return np.array(tonnes, dtype=np.float64), np.array(made, dtype=np.float64)


def _by_rhythm(appraisal: Appraisal, earned: Numbers) -> tuple[Numbers, Numbers]:
    """Credits sold at each verification: those earned since the one before."""
    due = np.arange(1, len(earned) + 1) % appraisal.verification_interval_years == 0
    due[-1:] = True
    sold = np.zeros(len(earned))
    ends = np.flatnonzero(due)
    if len(ends):
        sold[ends] = np.add.reduceat(earned, np.concatenate(([0], ends[:-1] + 1)))
    return sold, due.astype(np.float64)


def _dated(
    lines: Sequence[FlowLine], appraisal: Appraisal, horizon: Horizon, first: int, count: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Receipts, investments and other costs of each column; `first` is the index of column 0."""
    found = np.zeros((3, count))
    start = appraisal.valuation_date
    for line in lines:
        if line.day == start or start < line.day <= horizon.last_day:
            place = 0 if line.kind in RECEIPTS else 1 if line.kind is FlowKind.INVESTMENT else 2
            index = 0 if line.day == start else year_of(start, line.day)
            found[place, index - first] += line.amount_yuan
    return found[0], found[1], found[2]


def yearly_schedule(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, horizon: Horizon
) -> Schedule:
    """Return one column a year, at its end or in its middle; the start in front if it costs.

    Year k earns the credits of the calendar year that holds its middle; a calendar year that
    the crediting period touches counts in full. When the project lists verifications, credits
    are sold in the year of their issuance, and each verification costs in its own year, also
    one that brings no credits. Otherwise the credits since the last verification are sold in
    the year of the next one; the last year always has one. Dated amounts fall into the year
    that holds their day, those of the valuation date itself at time 0.
    """
    start, years = appraisal.valuation_date, horizon.years
    calendar = range(horizon.first_calendar_year, horizon.first_calendar_year + years)
    if project.verifications:
        tonnes, verifications = _listed(project, carbon, start, years)
    else:
        unsold = unsold_by_year(carbon)
        earned = np.array([unsold.get(year, 0.0) for year in calendar], dtype=np.float64)
        tonnes, verifications = _by_rhythm(appraisal, earned)
    first = 0 if has_start(appraisal) else 1
    indices = np.arange(first, years + 1, dtype=np.float64)
    shift = 0.5 if appraisal.timing is Timing.MID_YEAR else 0.0
    later = (indices > 0).astype(np.float64)
    if first == 0:
        tonnes, verifications = (np.concatenate(([0.0], v)) for v in (tonnes, verifications))
    receipts, investment, other = _dated(appraisal.flows, appraisal, horizon, first, len(indices))
    return Schedule(
        indices=indices,
        times=np.maximum(indices - shift, 0.0),
        years=(start.year, *calendar) if first == 0 else tuple(calendar),
        days=(None,) * len(indices),
        tonnes=tonnes,
        year_share=later,
        verifications=verifications,
        baselines=later * (indices % appraisal.baseline_interval_years == 0),
        receipts=receipts,
        investment=investment,
        other=other,
    )
