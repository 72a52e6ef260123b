"""Real options on an income right, valued apart from it; a loan is never sized on them.

As in the appraisal literature on forest carbon, the underlying of an option on the project is
the present value of its carbon income, the strike that of the investment still to be made,
and the total value is static net value plus option value.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.approaches import Exercise, OptionLine, OptionModel
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.money import round_to_fen
from app.finance.text import N_
from app.finance.valuation.cost_tool_schedule import CAPEX
from app.finance.valuation.flows import FlowPlan, discount_factors, present_value
from app.finance.valuation.option_models import (
    OptionPrice,
    black_76,
    black_scholes,
    put_call_difference,
)
from app.finance.valuation.option_tree import binomial
from app.finance.valuation.results import OptionResult

__all__ = [
    "binomial",
    "black_76",
    "black_scholes",
    "carbon_income",
    "option_steps",
    "price_options",
    "put_call_difference",
    "remaining_investment",
]

INVESTMENT_CODES = frozenset({"investment", "registration", "validation", *CAPEX})
"""Costs of a plan that are still to be invested; they make the strike."""


def carbon_income(plan: FlowPlan, rate: float) -> float:
    """Present value of the revenue after shares and fees, before costs and tax, yuan."""
    income = plan.tonnes * (plan.prices * plan.kept_share - plan.fee_per_tonne)
    return float(present_value(plan, income, rate))


def remaining_investment(plan: FlowPlan, rate: float) -> float:
    """Present value of investment, registration and validation of the plan, yuan.

    With the cost schedule of the Blue Carbon Cost Tool: of its capital expenditure.
    """
    factors = discount_factors(plan.times, rate)
    return sum(
        float((cost * factors).sum())
        for code, cost in plan.costs.items()
        if code in INVESTMENT_CODES
    )


def _underlying(line: OptionLine, path: str, income: Callable[[], float]) -> float:
    if line.underlying is not None:
        return line.underlying
    found = income()
    if found < 0 or line.model is OptionModel.BLACK_76:
        raise DomainError("option_needs_underlying", path=f"{path}.underlying", value=None)
    return found


def _strike(line: OptionLine, path: str, investment: Callable[[], float]) -> float:
    if line.strike is not None:
        return line.strike
    found = investment()
    if found <= 0 or line.model is OptionModel.BLACK_76:
        raise DomainError("option_needs_strike", path=f"{path}.strike", value=None)
    return found


def _price(line: OptionLine, underlying: float, strike: float) -> OptionPrice:
    """Price one option, per unit of its underlying."""
    if line.model is OptionModel.BLACK_76:
        return black_76(
            forward=underlying,
            strike=strike,
            rate=line.rate,
            volatility=line.volatility,
            years=line.years,
            kind=line.kind,
        )
    if line.model is OptionModel.BLACK_SCHOLES:
        return black_scholes(
            spot=underlying,
            strike=strike,
            rate=line.rate,
            volatility=line.volatility,
            years=line.years,
            kind=line.kind,
            income_yield=line.income_yield,
        )
    return binomial(
        spot=underlying,
        strike=strike,
        rate=line.rate,
        volatility=line.volatility,
        years=line.years,
        kind=line.kind,
        income_yield=line.income_yield,
        american=line.exercise is Exercise.AMERICAN,
        steps=line.steps,
    )


def _times(price: OptionPrice, units: float) -> OptionPrice:
    return replace(
        price,
        value=units * price.value,
        european=units * price.european,
        delta=units * price.delta,
        gamma=units * price.gamma,
        vega=units * price.vega,
    )


def price_options(
    appraisal: Appraisal, plan: FlowPlan, *, rate: float, net_yuan: Decimal
) -> tuple[OptionResult, ...]:
    """Price the options of an appraisal, in their order.

    An empty underlying is `carbon_income`, an empty strike `remaining_investment`, both at
    `rate`, the discount rate of the plan. Total = static net value + option value.

    Raises:
        DomainError: `option_needs_underlying`, `option_needs_strike`, `tree_probability`,
            `tree_too_wide`; the path is the input "appraisal.options.N.*".
    """
    found = []
    for number, line in enumerate(appraisal.options):
        path = f"appraisal.options.{number}"
        underlying = _underlying(line, path, lambda: carbon_income(plan, rate))
        strike = _strike(line, path, lambda: remaining_investment(plan, rate))
        try:
            price = _times(_price(line, underlying, strike), line.tonnes or 1.0)
        except DomainError as error:
            raise DomainError(error.code, **{**error.facts, "path": f"{path}.steps"}) from error
        value = round_to_fen(price.value)
        found.append(
            OptionResult(
                name=line.name,
                model=line.model.value,
                kind=line.kind.value,
                exercise=line.exercise.value,
                underlying=underlying,
                underlying_from_case=line.underlying is None,
                strike=strike,
                strike_from_case=line.strike is None,
                volatility=line.volatility,
                years=line.years,
                rate=line.rate,
                income_yield=line.income_yield,
                steps=line.steps if line.model is OptionModel.BINOMIAL else None,
                tonnes=line.tonnes,
                value_yuan=price.value,
                european_yuan=price.european,
                delta=price.delta,
                gamma=price.gamma,
                vega=price.vega,
                d1=price.d1,
                d2=price.d2,
                static_net_yuan=net_yuan,
                total_yuan=net_yuan + value,
                uplift=price.value / float(net_yuan) if net_yuan > 0 else None,
            )
        )
    return tuple(found)


_FORMULAS = {
    ("black_scholes", "call"): "C = S e^(−qT) N(d₁) − K e^(−rT) N(d₂)",
    ("black_scholes", "put"): "P = K e^(−rT) N(−d₂) − S e^(−qT) N(−d₁)",
    ("black_76", "call"): "C = e^(−rT) (F N(d₁) − K N(d₂))",
    ("black_76", "put"): "P = e^(−rT) (K N(−d₂) − F N(−d₁))",
    ("binomial", "call"): "u = e^(σ√Δt), p = (e^((r−q)Δt) − 1/u) / (u − 1/u), max(S − K, 0)",
    ("binomial", "put"): "u = e^(σ√Δt), p = (e^((r−q)Δt) − 1/u) / (u − 1/u), max(K − S, 0)",
}
_SOURCES = {
    "black_scholes": N_("Black and Scholes 1973; income yield: Merton 1973"),
    "black_76": N_("Black 1976"),
    "binomial": N_("Cox, Ross and Rubinstein 1979"),
}
_NOT_LENT_ON = N_("A lender must not lend on option value.")
_PUBLISHED_UPLIFT = N_(
    "For comparison: a published binomial appraisal of an afforestation project found that the "
    "option raises the value by 71.5 % (Jiang Xinyi 2024)."
)


def _underlying_label(option: OptionResult) -> str:
    if option.underlying_from_case:
        return N_("Present value of the carbon income")
    return N_("Forward price") if option.model == "black_76" else N_("Value of the underlying")


def _value_step(key: str, option: OptionResult) -> Step:
    unit = "yuan/t" if option.tonnes is not None else "yuan"
    symbol = "F" if option.model == "black_76" else "S"
    strike = N_("Present value of the remaining investment") if option.strike_from_case else ""
    terms = [
        Term(symbol, _underlying_label(option), option.underlying, unit),
        Term("K", strike or N_("Strike"), option.strike, unit),
        Term("σ", N_("Volatility"), option.volatility, "1/√yr"),
        Term("T", N_("Time to expiry"), option.years, "yr"),
        Term("r", N_("Risk-free rate, continuous"), option.rate, "1/yr"),
    ]
    if option.model != "black_76":
        terms.append(Term("q", N_("Income yield, continuous"), option.income_yield, "1/yr"))
    if option.steps is not None:
        terms.append(Term("n", N_("Steps of the tree"), option.steps))
        terms.append(Term("E", N_("European value by the same tree"), option.european_yuan, "yuan"))
    if option.d1 is not None and option.d2 is not None:
        terms += [Term("d₁", N_("d₁ of the formula"), option.d1)]
        terms += [Term("d₂", N_("d₂ of the formula"), option.d2)]
    formula = _FORMULAS[option.model, option.kind]
    if option.tonnes is not None:
        terms.append(Term("Q", N_("Tonnes of the option"), option.tonnes, "tCO2e"))
        formula = f"{formula}, × Q"
    return Step(
        key=key,
        label=N_("Option value"),
        formula=formula,
        terms=tuple(terms),
        value=round_to_fen(option.value_yuan),
        unit="yuan",
        source=_SOURCES[option.model],
        note=_NOT_LENT_ON,
    )


def _total_step(key: str, option: OptionResult) -> Step:
    symbol = "C" if option.kind == "call" else "P"
    value = round_to_fen(option.value_yuan)
    return Step(
        key=f"{key}.total",
        label=N_("Net value with the option"),
        formula=f"V = V_net + {symbol}",
        terms=(
            Term("V_net", N_("Net value"), option.static_net_yuan, "yuan"),
            Term(symbol, N_("Option value"), value, "yuan"),
            Term(f"{symbol}/V_net", N_("Option value over net value"), option.uplift, "share"),
        ),
        value=option.total_yuan,
        unit="yuan",
        source=N_("appraisal practice: static net value plus option value, both shown"),
        note=_PUBLISHED_UPLIFT if option.underlying_from_case else "",
    )


def option_steps(options: tuple[OptionResult, ...]) -> tuple[Step, ...]:
    """Return the working of each option: its value, and static net value plus option value.

    Keys are "value.option.N" and "value.option.N.total".
    """
    found: list[Step] = []
    for number, option in enumerate(options):
        key = f"value.option.{number}"
        found += (_value_step(key, option), _total_step(key, option))
    return tuple(found)
