"""Values of an income right on the valuation date: all levels, approaches and returns."""

from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.explain import Step
from app.finance.money import round_to_fen
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation import value_steps as steps
from app.finance.valuation.approaches import conclude, cost_value, issued_value, market_value
from app.finance.valuation.break_even import (
    break_even_price,
    discounted_costs,
    discounted_credits,
    price_elasticity,
)
from app.finance.valuation.bridge import bridge
from app.finance.valuation.cash_flow import cash_flow_rows
from app.finance.valuation.evidence import price_evidence
from app.finance.valuation.flows import net_flows
from app.finance.valuation.income import (
    Income,
    beyond_horizon,
    curve_of,
    find_income,
    one_year_tonnes,
    price_of_valuation_date,
    relative_prices,
    still_to_come,
)
from app.finance.valuation.levels import Levels, levels
from app.finance.valuation.options import option_steps, price_options
from app.finance.valuation.results import (
    CashFlowYear,
    Concluded,
    EvidenceResult,
    IssuedValue,
    Roots,
    ValueResult,
)
from app.finance.valuation.returns import internal_rates, levelised_cost, npv, payback
from app.finance.valuation.scenarios import scenario_results, weighted_value

__all__ = ["ValueResult", "compute_values"]


@dataclass(frozen=True, slots=True)
class _ReadOff:
    """What the cash flow says beside its values."""

    rows: tuple[CashFlowYear, ...]
    one_year_tonnes: float
    one_year_yuan: Decimal
    relative: Numbers
    break_even: float | None
    beyond_yuan: float
    roots: Roots
    levelised: float | None


def _read_off(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, income: Income
) -> _ReadOff:
    plan, rate = income.plan, income.rate.rate
    one_year = one_year_tonnes(carbon, income)
    relative = relative_prices(project, appraisal, carbon, income)
    return _ReadOff(
        rows=cash_flow_rows(plan, rate),
        one_year_tonnes=one_year,
        one_year_yuan=round_to_fen(one_year * income.price),
        relative=relative,
        break_even=break_even_price(plan, relative, rate),
        beyond_yuan=beyond_horizon(plan, rate),
        roots=internal_rates(net_flows(plan), plan.times, discount_rate=rate),
        levelised=levelised_cost(income.costs, plan.tonnes, plan.times, rate),
    )


def _income_steps(
    appraisal: Appraisal, income: Income, found: Levels, read: _ReadOff
) -> tuple[Step, ...]:
    plan, rate = income.plan, income.rate.rate
    return (
        *(() if income.horizon is None else (income.horizon.working,)),
        *income.rate.working,
        *(() if income.tool is None else income.tool.working),
        *steps.gross_steps(
            found,
            income.tonnes,
            income.price,
            one_year_tonnes=read.one_year_tonnes,
            one_year=read.one_year_yuan,
        ),
        steps.net_step(
            appraisal,
            plan,
            read.rows,
            found,
            years=income.years,
            rate=rate,
            beyond_yuan=read.beyond_yuan,
        ),
        steps.prudent_step(appraisal, found),
        steps.liquidation_step(appraisal, found, rate),
        steps.break_even_step(
            plan,
            read.break_even,
            discounted_costs(plan, rate),
            discounted_credits(plan, read.relative, rate),
        ),
        steps.return_step(read.roots, rate),
        steps.levelised_step(plan, rate, read.levelised),
    )


@dataclass(frozen=True, slots=True)
class _Approaches:
    """The approaches beside the income approach, and the conclusion."""

    issued: IssuedValue | None
    market_yuan: Decimal | None
    cost_yuan: Decimal | None
    conclusion: Concluded | None
    working: tuple[Step, ...]


def _approaches(
    appraisal: Appraisal,
    carbon: CarbonResult,
    income: Income,
    found: Levels,
    *,
    evidence: EvidenceResult | None,
    one_year: float,
) -> _Approaches:
    issued, issued_steps = issued_value(appraisal, carbon, price_yuan_t=income.price)
    market, market_steps = market_value(
        appraisal,
        price_yuan_t=income.price,
        evidence=evidence,
        horizon_tonnes=income.tonnes,
        one_year_tonnes=one_year,
        issued=issued,
    )
    cost, cost_steps = cost_value(appraisal)
    concluded, conclusion_steps = conclude(
        appraisal,
        income_yuan=found.net_yuan,
        market_yuan=market,
        cost_yuan=cost,
        prudent_yuan=found.prudent_yuan,
        liquidation_yuan=found.liquidation_yuan,
        rate=income.rate.rate,
    )
    working = (*issued_steps, *market_steps, *cost_steps, *conclusion_steps)
    return _Approaches(issued, market, cost, concluded, working)


def compute_values(project: Project, appraisal: Appraisal, carbon: CarbonResult) -> ValueResult:
    """Compute every value of the right: levels, approaches, returns, options and their working.

    The cash flow of a calendar year touched by the crediting period counts in full when flows
    stand for whole years, and by days by exact dates (`cash_flow.build_plan`). Issued and
    unsold credits and options stand apart; they are in no level.

    Raises:
        DomainError: an input is missing, or does not fit the others.
    """
    evidence = None if appraisal.evidence is None else price_evidence(appraisal, project)
    price = price_of_valuation_date(appraisal, evidence)
    future = still_to_come(appraisal, carbon)
    income = find_income(project, appraisal, future, price_yuan_t=price)
    plan, rate, tonnes = income.plan, income.rate.rate, income.tonnes
    found = levels(plan, appraisal, price_today_yuan_t=price, rate=rate)
    read = _read_off(project, appraisal, future, income)
    beside = _approaches(
        appraisal, carbon, income, found, evidence=evidence, one_year=read.one_year_tonnes
    )
    options = price_options(appraisal, plan, rate=rate, net_yuan=found.net_yuan)
    scenarios = scenario_results(plan, appraisal, price_today_yuan_t=price, rate=rate, base=found)
    net = net_flows(plan)
    return ValueResult(
        horizon_years=income.years,
        horizon_limited_by=income.limited_by,
        price_yuan_t=price,
        rate=income.rate,
        credits_in_horizon_tco2e=tonnes,
        gross_yuan=found.gross_yuan,
        one_year_yuan=read.one_year_yuan,
        net_yuan=found.net_yuan,
        prudent_yuan=found.prudent_yuan,
        liquidation_yuan=found.liquidation_yuan,
        break_even_price_yuan_t=read.break_even,
        irr=read.roots,
        payback_years=payback(net, plan.times),
        discounted_payback_years=payback(net, plan.times, rate=rate),
        levelised_cost_yuan_t=read.levelised,
        cost_per_credit_yuan_t=_present_costs(income) / tonnes if tonnes else None,
        value_per_tonne_yuan_t=float(found.net_yuan) / tonnes if tonnes else None,
        price_elasticity=price_elasticity(plan, rate),
        cash_flow=read.rows,
        curve=curve_of(plan),
        bridge=bridge(plan, appraisal, found, price_today_yuan_t=price, rate=rate),
        scenarios=scenarios,
        weighted_scenarios_yuan=weighted_value(scenarios),
        evidence=evidence,
        issued=beside.issued,
        market_yuan=beside.market_yuan,
        cost_yuan=beside.cost_yuan,
        conclusion=beside.conclusion,
        options=options,
        tool=income.tool,
        plan=plan,
        working=(
            *(() if evidence is None else evidence.working),
            *_income_steps(appraisal, income, found, read),
            *beside.working,
            *option_steps(options),
        ),
        horizon_end=income.last_day,
        months_left_out=income.months_left_out,
        beyond_horizon_yuan=read.beyond_yuan,
    )


def _present_costs(income: Income) -> float:
    return npv(income.rate.rate, income.costs, income.plan.times)
