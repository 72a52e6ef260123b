"""Rules between the fields of a case; the range of each field alone is in its declaration."""

from datetime import date
from typing import Any

from app.finance.case.appraisal_rules import appraisal_problems
from app.finance.case.carbon.uncertain import DistributionLine, observed_values
from app.finance.case.case import Case
from app.finance.case.insurance_rules import insurance_problems
from app.finance.case.loan_rules import loan_problems
from app.finance.case.method_rules import method_problems
from app.finance.case.plan_years import is_open_ended, starts
from app.finance.case.problems import Problem
from app.finance.case.project import Project
from app.finance.fields import fields_of, specs_by_path


def value_at(case: Case, path: str) -> Any:
    """Return the input at a dotted path; None under a section the case does not have."""
    value: Any = case
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
    return value


def is_in_use(case: Case, path: str) -> bool:
    """Whether an input has a meaning in this case: its sections are there, its choice is made."""
    specs = specs_by_path(Case)
    names = path.split(".")
    for end in range(1, len(names) + 1):
        spec = specs[".".join(names[:end])]
        if spec.section and value_at(case, spec.path) is None:
            return False
        condition = spec.field.needed or spec.field.offered
        if condition is not None and not _holds(case, condition):
            return False
    return True


def _holds(case: Case, condition: tuple[str, tuple[str, ...]]) -> bool:
    """Whether a choice that makes a field necessary or meaningful is made, and is in use."""
    path, values = condition
    return value_at(case, path) in values and is_in_use(case, path)


def _missing(case: Case) -> list[Problem]:
    """Fields that another field makes necessary and that are empty."""
    found = []
    for spec in fields_of(Case):
        if spec.field.needed is None:
            continue
        other, values = spec.field.needed
        parent = spec.path.rpartition(".")[0]
        if parent and (value_at(case, parent) is None or not is_in_use(case, parent)):
            continue
        if _holds(case, (other, values)) and value_at(case, spec.path) in (None, (), ""):
            found.append(
                Problem(spec.path, "needed", None, {"other": other, "other_values": list(values)})
            )
    return found


def _line_problems(project: Project) -> list[Problem]:
    found = []
    for name in ("harvest", "stated"):
        for number, line in enumerate(getattr(project, name)):
            if line.last_year < line.first_year:
                found.append(
                    Problem(
                        f"project.{name}.{number}.last_year",
                        "before_start",
                        line.last_year,
                        {"start": line.first_year},
                    )
                )
    return found


def _date_problems(project: Project) -> list[Problem]:
    start = project.crediting_start
    found = []
    for name in ("crediting_end",):
        end = getattr(project, name)
        if start is not None and end is not None and end < start:
            found.append(Problem(f"project.{name}", "before_start", end, {"start": start}))
    return found


def _plan_problems(project: Project) -> list[Problem]:
    """Lines of a plan that runs on to the crediting period's end must begin before it."""
    end = project.crediting_end
    if end is None or not is_open_ended(project):
        return []
    return [
        Problem(path, "planted_after_end", year, {"end": end})
        for path, year in starts(project)
        if year > end.year
    ]


_NEEDED_BY_KIND = {
    "normal": ("sd",),
    "lognormal": ("sd",),
    "triangular": ("low", "high"),
    "pert": ("low", "high"),
    "uniform": ("low", "high"),
    "empirical": ("values",),
}


def _distribution_problems(project: Project) -> list[Problem]:
    """What each kind of distribution needs, and the order of its numbers."""
    found = []
    for number, line in enumerate(project.distributions):
        path = f"project.distributions.{number}"
        missing = [n for n in _NEEDED_BY_KIND[line.kind] if getattr(line, n) in (None, "")]
        found += [Problem(f"{path}.{name}", "needed_for_distribution") for name in missing]
        if missing:
            continue
        if "low" in _NEEDED_BY_KIND[line.kind] and not _in_order(line):
            facts = {"low": line.low, "high": line.high}
            found.append(Problem(f"{path}.high", "distribution_order", line.high, facts))
        if line.kind == "lognormal" and line.mean is not None and line.mean <= 0:
            found.append(Problem(f"{path}.mean", "lognormal_mean", line.mean))
        if line.kind == "empirical" and len(observed_values(line)) < 2:
            found.append(Problem(f"{path}.values", "not_numbers", line.values))
    return found


def _in_order(line: DistributionLine) -> bool:
    low, high = line.low or 0.0, line.high or 0.0
    mode = low if line.mode is None or line.kind == "uniform" else line.mode
    return low < high and low <= mode <= high


def _verification_problems(project: Project) -> list[Problem]:
    """Verifications in order, each after its monitoring period and after the plan has begun."""
    found = []
    before: date | None = None
    start = min((year for _path, year in starts(project)), default=None)
    for number, line in enumerate(project.verifications):
        path = f"project.verifications.{number}"
        if line.verified_on < line.monitored_to:
            found.append(
                Problem(
                    f"{path}.verified_on",
                    "before_start",
                    line.verified_on,
                    {"start": line.monitored_to},
                )
            )
        if start is not None and line.verified_on.year < start:
            found.append(
                Problem(
                    f"{path}.verified_on",
                    "verified_before_planting",
                    line.verified_on,
                    {"start": start},
                )
            )
        if before is not None and line.monitored_to <= before:
            found.append(
                Problem(
                    f"{path}.monitored_to",
                    "not_after_line_before",
                    line.monitored_to,
                    {"before": before},
                )
            )
        before = line.monitored_to
    if project.verifications and project.issuance_lag_months is None:
        found.append(
            Problem(
                "project.issuance_lag_months", "needed", None, {"other": "project.verifications"}
            )
        )
    return found


def check(case: Case) -> list[Problem]:
    """Return the problems between the fields of `case`; an empty list when there are none."""
    return [
        *_missing(case),
        *_line_problems(case.project),
        *_date_problems(case.project),
        *_plan_problems(case.project),
        *method_problems(case.project),
        *_verification_problems(case.project),
        *_distribution_problems(case.project),
        *appraisal_problems(case),
        *loan_problems(case),
        *insurance_problems(case),
    ]
