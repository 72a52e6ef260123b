"""Rules between the fields of a case; the range of each field alone is in its declaration."""

from dataclasses import dataclass, field
from typing import Any

from app.finance.case.case import Case
from app.finance.case.insurance import Insurance, InsuredUnit
from app.finance.case.project import Project
from app.finance.fields import fields_of


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that is refused: dotted path, the value given, a code and what it needs.

    `code` has its text in `app.services.messages`; `facts` fill the text.
    """

    path: str
    code: str
    value: Any = None
    facts: dict[str, Any] = field(default_factory=dict)


def _value_at(case: Case, path: str) -> Any:
    value: Any = case
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _missing(case: Case) -> list[Problem]:
    """Fields that another field makes necessary and that are empty."""
    found = []
    for spec in fields_of(Case):
        if spec.field.needed is None:
            continue
        other, values = spec.field.needed
        if _value_at(case, other) in values and _value_at(case, spec.path) in (None, (), ""):
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


def _loan_problems(case: Case) -> list[Problem]:
    loan = case.loan
    if loan is None:
        return []
    found = []
    if loan.upfront_fee_yuan >= loan.amount_yuan:
        found.append(
            Problem(
                "loan.upfront_fee_yuan",
                "not_below",
                loan.upfront_fee_yuan,
                {"limit": loan.amount_yuan, "other": "loan.amount_yuan"},
            )
        )
    for name in ("amount_yuan", "purpose_need_yuan", "upfront_fee_yuan"):
        amount = getattr(loan, name)
        if amount != round(amount, 2):
            found.append(Problem(f"loan.{name}", "whole_fen", amount))
    return found


def _insurance_problems(insurance: Insurance | None, case: Case) -> list[Problem]:
    if insurance is None:
        return []
    found = []
    if insurance.carbon_cover is None and insurance.harvest_cover is None:
        found.append(Problem("insurance.carbon_cover", "one_cover", None))
    loadings = (
        insurance.variable_expense_share
        + insurance.commission_share
        + insurance.profit_share
        + insurance.tax_share
    )
    if loadings >= 1:
        found.append(Problem("insurance.variable_expense_share", "loadings_below_one", loadings))
    for name, unit in (("carbon_cover", InsuredUnit.TCO2E), ("harvest_cover", InsuredUnit.TONNE)):
        cover = getattr(insurance, name)
        if cover is None:
            continue
        path = f"insurance.{name}"
        if cover.deductible_share >= 1:
            found.append(
                Problem(f"{path}.deductible_share", "deductible_below_one", cover.deductible_share)
            )
        if cover.quantity is None and cover.quantity_unit != unit:
            found.append(
                Problem(
                    f"{path}.quantity", "quantity_for_unit", None, {"unit": cover.quantity_unit}
                )
            )
        if name == "harvest_cover" and cover.quantity is None and not case.project.harvest:
            found.append(Problem(f"{path}.quantity", "no_harvest_plan", None))
    return found


def check(case: Case) -> list[Problem]:
    """Return the problems between the fields of `case`; an empty list when there are none."""
    return [
        *_missing(case),
        *_line_problems(case.project),
        *_date_problems(case.project),
        *_loan_problems(case),
        *_insurance_problems(case.insurance, case),
    ]
