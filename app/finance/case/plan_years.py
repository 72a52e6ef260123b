"""The calendar years that the plan of a project names, by its method of accounting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.finance.case.carbon.ipcc_ws import ipcc_years
from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.carbon.vm0033_rules import vm0033_years
from app.finance.case.project import Project


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table of a method's plan: its path under the project and the columns with years.

    `first` is the column in which a line starts; `delay` is how many years later it counts;
    `last` is the column of the last year, empty for lines that run on to the end of the
    crediting period.
    """

    path: str
    first: str = "first_year"
    last: str = "last_year"
    delay: int = 0

    def lines(self, project: Project) -> Iterator[tuple[str, Any]]:
        """Yield path and line of each line that names a first year; a section is one line."""
        owner: Any = project
        for name in self.path.split("."):
            owner = getattr(owner, name, None)
        if isinstance(owner, tuple):
            for number, line in enumerate(owner):
                yield f"project.{self.path}.{number}", line
        elif owner is not None and getattr(owner, self.first) is not None:
            yield f"project.{self.path}", owner


_COHORTS = (PlanTable("cohorts.plantings", "year", "", 1),)
PLAN_TABLES: Mapping[QuantityMethod, tuple[PlanTable, ...]] = {
    QuantityMethod.HARVEST: (PlanTable("harvest"),),
    QuantityMethod.STATED: (PlanTable("stated"),),
    QuantityMethod.PLANTING: (PlanTable("planting", "year", "", 1),),
    QuantityMethod.AR_AM0014: _COHORTS,
    QuantityMethod.CCER_14_002: _COHORTS,
    QuantityMethod.CCER_14_003: _COHORTS,
    QuantityMethod.CCER_14_004: _COHORTS,
    QuantityMethod.VM0033: (PlanTable("vm0033.strata", "year", "", 1),),
    QuantityMethod.IPCC_WS: (
        PlanTable("ipcc_ws.restored", "year", "", 1),
        PlanTable("ipcc_ws.lost", "year", ""),
        PlanTable("ipcc_ws", "loss_first_year", ""),
    ),
    QuantityMethod.J_BLUE: (PlanTable("j_blue.lines"),),
    QuantityMethod.SEDIMENT_BURIAL: (PlanTable("sediment_burial.lines"),),
    QuantityMethod.PHYTOPLANKTON: (PlanTable("phytoplankton.lines"),),
}
"""The tables that say when the plan of each method begins."""


def is_open_ended(project: Project) -> bool:
    """Whether a line of the plan runs on to the end of the crediting period.

    Soil that would be lost or drained goes on losing carbon, so such plans run on too.
    """
    if project.quantity_method is QuantityMethod.IPCC_WS:
        return True
    return any(
        not table.last and any(True for _ in table.lines(project))
        for table in PLAN_TABLES[project.quantity_method]
    )


def starts(project: Project) -> Iterator[tuple[str, int]]:
    """Yield path and calendar year of each place where the plan begins (planting, harvest)."""
    for table in PLAN_TABLES[project.quantity_method]:
        for path, line in table.lines(project):
            yield f"{path}.{table.first}", getattr(line, table.first)


def named_years(project: Project) -> Iterator[int]:
    """Yield the calendar years from which, and to which, each line counts."""
    if project.quantity_method is QuantityMethod.VM0033 and project.vm0033 is not None:
        yield from vm0033_years(project.vm0033)
        return
    if project.quantity_method is QuantityMethod.IPCC_WS and project.ipcc_ws is not None:
        yield from ipcc_years(project.ipcc_ws)
        return
    for table in PLAN_TABLES[project.quantity_method]:
        for _path, line in table.lines(project):
            yield getattr(line, table.first) + table.delay
            if table.last:
                yield getattr(line, table.last)
