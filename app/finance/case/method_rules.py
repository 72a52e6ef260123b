"""The rules of each method of accounting, applied to the section that is in use."""

from collections.abc import Callable, Mapping

from app.finance.case.carbon.ccer import check_ccer
from app.finance.case.carbon.cohort_rules import check_cohorts
from app.finance.case.carbon.harvest import check_harvest
from app.finance.case.carbon.ipcc_ws import check_ipcc_ws
from app.finance.case.carbon.j_blue import check_j_blue
from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.carbon.measured import check_phytoplankton, check_sediment_burial
from app.finance.case.carbon.vm0033_rules import check_vm0033
from app.finance.case.problems import Problem
from app.finance.case.project import Project


def _harvest(project: Project) -> list[Problem]:
    return check_harvest(project.harvest_net, project.samples)


def _cohorts(project: Project) -> list[Problem]:
    return check_cohorts(project.cohorts) if project.cohorts is not None else []


def _ccer(project: Project) -> list[Problem]:
    titles = check_ccer(project.ccer, project.cohorts) if project.ccer is not None else []
    return [*_cohorts(project), *titles]


def _vm0033(project: Project) -> list[Problem]:
    return check_vm0033(project.vm0033) if project.vm0033 is not None else []


def _ipcc_ws(project: Project) -> list[Problem]:
    section = project.ipcc_ws
    return check_ipcc_ws(section, project.ecosystem) if section is not None else []


def _j_blue(project: Project) -> list[Problem]:
    return check_j_blue(project.j_blue) if project.j_blue is not None else []


def _burial(project: Project) -> list[Problem]:
    section = project.sediment_burial
    return check_sediment_burial(section) if section is not None else []


def _phytoplankton(project: Project) -> list[Problem]:
    section = project.phytoplankton
    return check_phytoplankton(section) if section is not None else []


_RULES: Mapping[QuantityMethod, Callable[[Project], list[Problem]]] = {
    QuantityMethod.HARVEST: _harvest,
    QuantityMethod.AR_AM0014: _cohorts,
    QuantityMethod.CCER_14_002: _ccer,
    QuantityMethod.CCER_14_003: _ccer,
    QuantityMethod.CCER_14_004: _ccer,
    QuantityMethod.VM0033: _vm0033,
    QuantityMethod.IPCC_WS: _ipcc_ws,
    QuantityMethod.J_BLUE: _j_blue,
    QuantityMethod.SEDIMENT_BURIAL: _burial,
    QuantityMethod.PHYTOPLANKTON: _phytoplankton,
}


def method_problems(project: Project) -> list[Problem]:
    """Return the problems between the fields of the method in use; its section may be absent."""
    rules = _RULES.get(project.quantity_method)
    return rules(project) if rules is not None else []
