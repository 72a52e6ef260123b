"""Years and costs of the Blue Carbon Cost Tool, in the currency of the case.

Source: Blue Carbon Cost Tool (The Nature Conservancy, MIT licence), commit 97002fd8b7a5,
api/src/modules/calculations/calculators/cost.calculator.ts, each method by its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.finance.case.plan_years import PLAN_TABLES
from app.finance.case.project import Project
from app.finance.case.valuation.cost_tool import CostTool
from app.finance.sink.pools import Numbers
from app.finance.text import N_

START_UP_YEARS = 4
"""Years -4 to -1; the first of them is the calendar year of the valuation date."""

CAPEX: Mapping[str, str] = {
    "feasibility": N_("Feasibility analysis"),
    "planning_admin": N_("Conservation planning and administration"),
    "data_collection": N_("Data collection and field cost"),
    "community_representation": N_("Community representation"),
    "project_planning": N_("Blue carbon project planning"),
    "carbon_rights": N_("Establishing carbon rights"),
    "validation": N_("Validation"),
    "implementation": N_("Implementation labour"),
}
OPEX: Mapping[str, str] = {
    "monitoring": N_("Monitoring"),
    "maintenance": N_("Maintenance"),
    "community": N_("Community share"),
    "fee": N_("Fee of the standard"),
    "baseline": N_("Baseline reassessment"),
    "verification": N_("Verification"),
    "operation": N_("Long-term project operation"),
}
COST_LABELS: Mapping[str, str] = {**CAPEX, **OPEX}
"""Code and name of each cost, in the order of the tool."""


@dataclass(frozen=True)
class ToolAxis:
    """Years of the tool: -4 to -1, then 1 to `last`; there is no year 0.

    `credit_years` is N: credits and yearly costs end there, only maintenance may go on.
    `times` is y + 4 before the first credit and y + 3 after it, which is also the calendar
    year less that of the valuation date.
    """

    first_calendar_year: int
    credit_years: int
    last: int

    @cached_property
    def years(self) -> Numbers:
        """Years of the tool, shape (n,)."""
        before_credits = self.times < START_UP_YEARS
        return self.times - np.where(before_credits, START_UP_YEARS, START_UP_YEARS - 1)

    @cached_property
    def times(self) -> Numbers:
        """Exponents of the discount factor, shape (n,)."""
        return np.arange(START_UP_YEARS + self.last, dtype=np.float64)

    @cached_property
    def calendar_years(self) -> tuple[int, ...]:
        """Calendar year of each year."""
        return tuple(self.first_calendar_year + step for step in range(len(self.times)))

    @property
    def flow_years(self) -> int:
        """Number of years from -4 to N."""
        return START_UP_YEARS + self.credit_years

    def in_years(self, amount: float | Numbers, first: int, last: int) -> Numbers:
        """Return the amount in the years from `first` to `last`, 0 in the others, shape (n,)."""
        years = self.years
        return np.where((years >= first) & (years <= last), amount, 0.0)


def restored_areas(project: Project) -> dict[int, float]:
    """Return the hectares planted or restored in each calendar year of the plan.

    A plan of losses avoided restores none.
    """
    areas: dict[int, float] = {}
    for table in PLAN_TABLES[project.quantity_method]:
        if table.first != "year" or table.path == "ipcc_ws.lost":
            continue
        for _path, line in table.lines(project):
            areas[line.year] = areas.get(line.year, 0.0) + line.area_ha
    return areas


def _maintenance(tool: CostTool, axis: ToolAxis, labour: Numbers) -> Numbers:
    """Share of the labour of the years before, `maintenance_years` of them, from year 1 on.

    Source: maintenanceCosts(); what was restored in year -1 is maintained in years 1, 2, 3.
    """
    count = tool.maintenance_years
    kept = np.array([labour[max(i - count, 0) : i].sum() for i in range(len(labour))])
    return axis.in_years(tool.maintenance_share * kept, 1, axis.last)


def _start_up(tool: CostTool, axis: ToolAxis) -> dict[str, Numbers]:
    once = {
        "feasibility": (tool.feasibility, -4, -4),
        "planning_admin": (tool.planning_admin_yr, -4, -1),
        "data_collection": (tool.data_collection_yr, -4, -2),
        "community_representation": (tool.community_yr, -tool.community_years, -1),
        "project_planning": (tool.project_planning, -1, -1),
        "carbon_rights": (tool.carbon_rights_yr, -3, -1),
        "validation": (tool.validation, -1, -1),
    }
    return {code: axis.in_years(*line) for code, line in once.items()}


def _every(axis: ToolAxis, amount: float, interval: int, growth: float) -> Numbers:
    """Amount x (1 + growth)^y in each year of 1 to N that the interval divides."""
    due = np.where(axis.years % interval == 0, amount * (1 + growth) ** axis.years, 0.0)
    return axis.in_years(due, 1, axis.credit_years)


def schedule(
    tool: CostTool,
    axis: ToolAxis,
    *,
    labour: Numbers,
    sold: Numbers,
    revenue: Numbers,
    benefit_share: float,
) -> dict[str, Numbers]:
    """Return each cost by code, positive, in the currency of the tool, shape (n,).

    `sold` (credits, tCO2e) and `revenue` are 0 before year 1; `labour` is the implementation
    cost of each year. Only verification and baseline reassessment grow with the cost growth.
    """
    last, growth = axis.credit_years, tool.cost_growth
    baseline = _every(axis, tool.baseline_reassessment, tool.baseline_interval_yr, growth)
    return {
        **_start_up(tool, axis),
        "implementation": labour,
        "monitoring": axis.in_years(tool.monitoring_yr, 1, last),
        "maintenance": _maintenance(tool, axis, labour),
        "community": benefit_share * revenue,
        "fee": tool.standard_fee_per_credit * sold,
        "baseline": baseline + axis.in_years(tool.baseline_reassessment, -1, -1),
        "verification": _every(axis, tool.mrv, tool.mrv_interval_yr, growth),
        "operation": axis.in_years(tool.long_term_operation_yr, 1, last),
    }
