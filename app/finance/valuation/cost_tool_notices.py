"""What is special when a right is valued by the years and costs of the Blue Carbon Cost Tool."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.cost_tool import CostTool
from app.finance.notices import Notice, Severity
from app.finance.sink.credits import CarbonResult
from app.finance.valuation.cost_tool_schedule import START_UP_YEARS, restored_areas
from app.finance.valuation.results import ToolResult


def _warning(code: str, path: str, **facts: object) -> Notice:
    return Notice(code, Severity.WARNING, path, facts)


def _area_notices(
    project: Project, appraisal: Appraisal, tool: CostTool, result: ToolResult
) -> list[Notice]:
    """Hectares whose labour is outside the years, and labour without hectares."""
    first = result.years[0].calendar_year
    last = first + START_UP_YEARS - 1 + appraisal.horizon_years
    outside = sum(
        area for year, area in restored_areas(project).items() if not first <= year <= last
    )
    if not tool.implementation_per_ha:
        return []
    found = []
    if outside:
        facts = {"area": outside, "first": first, "last": last}
        found.append(_warning("tool_area_outside", "appraisal.valuation_date", **facts))
    if not any(row.area_restored_ha for row in result.years):
        path = "appraisal.cost_tool.implementation_per_ha"
        found.append(_warning("tool_no_area", path))
    return found


def _credit_notices(project: Project, carbon: CarbonResult, result: ToolResult) -> list[Notice]:
    """Credits before year 1, and credits after the end of a right."""
    start = result.years[0].calendar_year
    before = sum(carbon.unsold_in(start + step) for step in range(START_UP_YEARS))
    found = []
    if before > 0:
        facts = {"tonnes": before, "year": start + START_UP_YEARS}
        found.append(_warning("tool_credits_before", "appraisal.valuation_date", **facts))
    for name in ("sea_area_right_end", "contract_end"):
        end = getattr(project, name)
        if end is None:
            continue
        later = sum(row.credits_tco2e for row in result.years if row.calendar_year > end.year)
        if later > 0:
            facts = {"tonnes": later, "end": end}
            path = f"project.{name}"
            found.append(Notice("tool_beyond_right", Severity.RED_FLAG, path, facts))
    return found


def tool_notices(
    project: Project,
    appraisal: Appraisal,
    carbon: CarbonResult,
    tool: CostTool,
    result: ToolResult,
) -> tuple[Notice, ...]:
    """Return what a reader must know beside the common notices of a value.

    `tool_area_outside`, `tool_no_area`, `tool_credits_before`, and the red flag
    `tool_beyond_right`.
    """
    return (
        *_area_notices(project, appraisal, tool, result),
        *_credit_notices(project, carbon, result),
    )
