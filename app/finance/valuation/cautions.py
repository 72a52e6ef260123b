"""What a reader of the value must be told of its evidence, its approaches and its range."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.approaches import MarketQuantity, TypeOfValue
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.evidence import TimeAdjustment
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.case.valuation.rate import RateBasis
from app.finance.case.valuation.simulation import FactorKind
from app.finance.notices import Notice, Severity
from app.finance.valuation.results import ValueResult

OLD_YEARS = 3
"""A comparable older than this says little of today's price unless it is brought to date."""

_DAYS = 365.25


def _warning(code: str, path: str, **facts: object) -> Notice:
    return Notice(code, Severity.WARNING, path, facts)


def value_cautions(project: Project, appraisal: Appraisal, values: ValueResult) -> list[Notice]:
    """Return the warnings on price, evidence, approaches, taxes and range of a value."""
    return [
        *_price_cautions(appraisal, values),
        *_old_evidence(appraisal, values),
        *_approach_cautions(appraisal, values),
        *_tax_cautions(appraisal),
        *_range_cautions(project, appraisal),
    ]


def _price_cautions(appraisal: Appraisal, values: ValueResult) -> list[Notice]:
    """A stated price outside the interval of the evidence that stands beside it."""
    evidence = values.evidence
    stated = (
        appraisal.income_method is IncomeMethod.CASH_FLOW
        and appraisal.price_basis is PriceBasis.STATED
    )
    if evidence is None or not stated:
        return []
    low, high = evidence.low_yuan_t, evidence.high_yuan_t
    if low is None or high is None or low <= values.price_yuan_t <= high:
        return []
    return [
        _warning(
            "price_outside_evidence",
            "appraisal.price_yuan_t",
            price=values.price_yuan_t,
            low=low,
            high=high,
            count=evidence.spread.count,
        )
    ]


def _old_evidence(appraisal: Appraisal, values: ValueResult) -> list[Notice]:
    section = appraisal.evidence
    brought = section is not None and section.time_adjustment is not TimeAdjustment.NONE
    if values.evidence is None or brought:
        return []
    ages = [
        (appraisal.valuation_date - line.day).days / _DAYS
        for line in values.evidence.comparables
        if not line.excluded
    ]
    old = [age for age in ages if age > OLD_YEARS]
    if not old:
        return []
    facts = {"count": len(old), "years": OLD_YEARS, "oldest": f"{max(old):.1f}"}
    return [_warning("evidence_old", "appraisal.evidence.time_adjustment", **facts)]


def _approach_cautions(appraisal: Appraisal, values: ValueResult) -> list[Notice]:
    found = []
    approach, market = appraisal.market_approach, values.market_yuan
    if (
        approach is not None
        and market is not None
        and approach.quantity is MarketQuantity.HORIZON
        and approach.discount == 0
        and market > values.net_yuan
        and values.horizon_years > 1
    ):
        found.append(
            _warning(
                "market_not_discounted",
                "appraisal.market_approach.discount",
                market=market,
                net=values.net_yuan,
                years=values.horizon_years,
            )
        )
    concluded = values.conclusion
    if concluded is not None:
        level = {
            TypeOfValue.PLEDGE.value: values.prudent_yuan,
            TypeOfValue.LIQUIDATION.value: values.liquidation_yuan,
        }.get(concluded.type_of_value)
        if level is not None and concluded.value_yuan > level:
            found.append(
                _warning(
                    "conclusion_above_level",
                    "appraisal.conclusion.weight_income",
                    concluded=concluded.value_yuan,
                    level=level,
                )
            )
    return found


def _tax_cautions(appraisal: Appraisal) -> list[Notice]:
    """An after-tax cost of capital on a cash flow that pays no tax."""
    capital = appraisal.capital_cost
    taxed = (appraisal.tax_share or 0) > 0 or appraisal.income_tax_rate > 0
    if appraisal.rate_basis is not RateBasis.WACC or capital is None or taxed:
        return []
    if capital.tax_rate == 0 or appraisal.income_method is IncomeMethod.COST_TOOL:
        return []
    return [_warning("tax_not_alike", "appraisal.income_tax_rate", rate=capital.tax_rate)]


def _range_cautions(project: Project, appraisal: Appraisal) -> list[Notice]:
    drawn = appraisal.simulation
    if drawn is None or not project.distributions or drawn.yield_kind is not FactorKind.FIXED:
        return []
    return [_warning("tonnes_range_not_in_value", "appraisal.simulation.yield_kind")]
