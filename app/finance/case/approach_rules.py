"""Rules between the inputs of the approaches, the conclusion and the options."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.case.valuation.approaches import (
    Conclusion,
    Exercise,
    MarketQuantity,
    OptionLine,
    OptionModel,
)

TOLERANCE = 1e-9


def _needed(path: str, other: str) -> Problem:
    return Problem(path, "needed", None, {"other": other})


def _conclusion_problems(appraisal: Appraisal, conclusion: Conclusion) -> list[Problem]:
    path = "appraisal.conclusion"
    weights = (conclusion.weight_income, conclusion.weight_market, conclusion.weight_cost)
    found = []
    total = round(sum(weights), 12)
    if abs(total - 1) > TOLERANCE:
        found.append(Problem(f"{path}.weight_income", "weights_add_up", total))
    if sum(weight > 0 for weight in weights) > 1 and not conclusion.reasons.strip():
        found.append(Problem(f"{path}.reasons", "weights_need_reasons"))
    if conclusion.weight_market > 0 and appraisal.market_approach is None:
        found.append(_needed("appraisal.market_approach", f"{path}.weight_market"))
    if conclusion.weight_cost > 0 and appraisal.cost_approach is None:
        found.append(_needed("appraisal.cost_approach", f"{path}.weight_cost"))
    return found


def _option_problems(number: int, line: OptionLine) -> list[Problem]:
    path = f"appraisal.options.{number}"
    found = []
    if line.exercise is Exercise.AMERICAN and line.model is not OptionModel.BINOMIAL:
        found.append(Problem(f"{path}.exercise", "american_needs_tree", line.exercise.value))
    forward = line.model is OptionModel.BLACK_76
    if forward or line.tonnes is not None:
        other = f"{path}.model" if forward else f"{path}.tonnes"
        found += [
            _needed(f"{path}.{name}", other)
            for name in ("underlying", "strike")
            if getattr(line, name) is None
        ]
    if forward and line.income_yield != 0:
        found.append(Problem(f"{path}.income_yield", "forward_has_no_yield", line.income_yield))
    return found


def approach_problems(case: Case) -> list[Problem]:
    """Return what is wrong between approaches, conclusion and options of a case.

    Weights sum to 1 within 1e-9 and need reasons when more than one approach has weight; a
    weighted approach needs its section, tonnes issued theirs; early exercise needs the tree;
    Black-76 and prices a tonne need underlying and strike.
    """
    appraisal = case.appraisal
    if appraisal is None:
        return []
    found = []
    if appraisal.conclusion is not None:
        found += _conclusion_problems(appraisal, appraisal.conclusion)
    market = appraisal.market_approach
    if market is not None and market.quantity is MarketQuantity.ISSUED and appraisal.issued is None:
        found.append(_needed("appraisal.issued", "appraisal.market_approach.quantity"))
    for number, line in enumerate(appraisal.options):
        found += _option_problems(number, line)
    return found
