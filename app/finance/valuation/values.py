"""The three values of an income right: gross, net and liquidation, side by side."""

from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.explain import Step, Term
from app.finance.money import ZERO, round_to_fen
from app.finance.sink.credits import CarbonResult
from app.finance.text import N_
from app.finance.valuation.cash_flow import (
    CashFlowYear,
    Horizon,
    build_cash_flow,
    find_horizon,
    revenue_cost_share,
)


@dataclass(frozen=True, slots=True)
class ValueResult:
    """Values of the right on the valuation date, yuan to the fen; a negative net stays negative.

    `one_year_yuan` is the first year with credits at the price of the valuation date;
    `break_even_price_yuan_t` is None when no credits are sold or the shares take all revenue.
    """

    horizon_years: int
    horizon_limited_by: str
    credits_in_horizon_tco2e: float
    gross_yuan: Decimal
    one_year_yuan: Decimal
    net_yuan: Decimal
    liquidation_yuan: Decimal
    break_even_price_yuan_t: float | None
    cash_flow: tuple[CashFlowYear, ...]
    working: tuple[Step, ...]

    def by_basis(self, basis: str) -> Decimal:
        """Return the value named "gross", "net" or "liquidation"."""
        return {
            "gross": self.gross_yuan,
            "net": self.net_yuan,
            "liquidation": self.liquidation_yuan,
        }[basis]


def _gross(
    appraisal: Appraisal,
    carbon: CarbonResult,
    horizon: Horizon,
    rows: tuple[CashFlowYear, ...],
) -> tuple[Decimal, Decimal, float, tuple[Step, ...]]:
    """Gross value and one year's value: tonnes x price of the day, costs and time ignored.

    Listed verifications decide which tonnes come within the horizon; without them all credits
    of its calendar years do.
    """
    first = horizon.first_calendar_year
    tonnes = [carbon.unsold_in(first + offset) for offset in range(horizon.years)]
    total = sum(row.credits_sold_tco2e for row in rows)
    one_year = next((amount for amount in tonnes if amount), 0.0)
    price = Term("P", N_("Carbon price"), appraisal.price_yuan_t, "yuan/t")
    gross = round_to_fen(total * appraisal.price_yuan_t)
    single = round_to_fen(one_year * appraisal.price_yuan_t)
    source = N_("tonnes times price of the day, as banks print it; undiscounted, without costs")
    steps = (
        Step(
            "value.gross",
            N_("Gross value"),
            "V_gross = Q × P",
            (Term("Q", N_("Credits within the horizon"), total, "tCO2e"), price),
            gross,
            "yuan",
            source,
        ),
        Step(
            "value.one_year",
            N_("Value of one year's carbon"),
            "V_1 = Q_1 × P",
            (Term("Q_1", N_("Credits of the first year that has any"), one_year, "tCO2e"), price),
            single,
            "yuan",
            source,
        ),
    )
    return gross, single, total, steps


def _net(appraisal: Appraisal, rows: tuple[CashFlowYear, ...]) -> tuple[Decimal, Step]:
    present = sum(row.present_value_yuan for row in rows)
    net = round_to_fen(present - appraisal.initial_cost_yuan)
    mid = appraisal.timing == "mid_year"
    step = Step(
        "value.net",
        N_("Net value"),
        "V_net = Σ NCF_t / (1 + r)^(t − m) − C₀",
        (
            Term("ΣPV", N_("Present value of the yearly net cash flows"), present, "yuan"),
            Term("ΣNCF", N_("Sum of the net cash flows"), sum(r.net_yuan for r in rows), "yuan"),
            Term("N", N_("Years valued"), len(rows), "yr"),
            Term("r", N_("Discount rate"), appraisal.discount_rate, "1/yr"),
            Term("m", N_("Half a year when income arrives in mid-year"), 0.5 if mid else 0.0, "yr"),
            Term("g", N_("Price growth"), appraisal.price_growth, "1/yr"),
            Term(
                "s", N_("Shares of the revenue taken off"), revenue_cost_share(appraisal), "share"
            ),
            Term("C₀", N_("Cost at the start"), appraisal.initial_cost_yuan, "yuan"),
        ),
        net,
        "yuan",
        N_("income approach, discounted cash flow by year; the table of years is in the annex"),
    )
    return net, step


def _break_even(appraisal: Appraisal, rows: tuple[CashFlowYear, ...]) -> tuple[float | None, Step]:
    """Price of the valuation date at which the net value is zero.

    The net value is linear in the price, so P* = (C0 + PV(fixed costs)) /
    ((1 - shares) x PV(Q_t (1 + g)^k)); no iteration is needed.
    """
    costs = appraisal.initial_cost_yuan + sum(row.fixed_costs_yuan * row.factor for row in rows)
    kept = 1 - revenue_cost_share(appraisal)
    growth = 1 + appraisal.price_growth
    start = 0 if appraisal.growth_start == "year_1" else 1
    tonnes = sum(
        row.credits_sold_tco2e * growth ** (row.index - start) * row.factor for row in rows
    )
    price = costs / (kept * tonnes) if kept > 0 and tonnes > 0 else None
    step = Step(
        "value.break_even",
        N_("Break-even price"),
        "P* = (C₀ + PV(C)) / ((1 − s) × PV(Q))",
        (
            Term("C₀ + PV(C)", N_("Present value of the costs"), costs, "yuan"),
            Term("s", N_("Shares of the revenue taken off"), 1 - kept, "share"),
            Term("PV(Q)", N_("Discounted credits, with price growth"), tonnes, "tCO2e"),
        ),
        price,
        "yuan/t",
        N_("net value is linear in the price; solved in closed form"),
        "" if price is not None else N_("There is none: no revenue is left to cover the costs."),
    )
    return price, step


def _liquidation(appraisal: Appraisal, gross: Decimal, net: Decimal) -> tuple[Decimal, Step]:
    """What a forced sale leaves: the smaller of gross and net, less discount, cost and time.

    A right whose net value is not positive finds no buyer: its liquidation value is zero.
    """
    base = min(gross, net)
    years = appraisal.months_to_sell / 12
    factor = (
        (1 - appraisal.liquidation_discount)
        * (1 - appraisal.disposal_cost_share)
        * (1 + appraisal.discount_rate) ** -years
    )
    value = round_to_fen(float(base) * factor) if base > 0 else ZERO
    step = Step(
        "value.liquidation",
        N_("Liquidation value"),
        "V_liq = min(V_gross, V_net) × (1 − d) × (1 − c) / (1 + r)^(m/12)",
        (
            Term("V_gross", N_("Gross value"), gross, "yuan"),
            Term("V_net", N_("Net value"), net, "yuan"),
            Term("d", N_("Forced-sale discount"), appraisal.liquidation_discount, "share"),
            Term("c", N_("Cost of disposal"), appraisal.disposal_cost_share, "share"),
            Term("m", N_("Time to sell"), appraisal.months_to_sell, "month"),
            Term("r", N_("Discount rate"), appraisal.discount_rate, "1/yr"),
        ),
        value,
        "yuan",
        N_("net proceeds of a forced sale, discounted over the time to sell"),
        "" if base > 0 else N_("The right earns less than it costs: nobody buys it, so zero."),
    )
    return value, step


def compute_values(project: Project, appraisal: Appraisal, carbon: CarbonResult) -> ValueResult:
    """Compute gross, net and liquidation value of the right and its break-even price."""
    horizon = find_horizon(project, appraisal)
    rows = build_cash_flow(
        appraisal,
        carbon,
        horizon,
        verified_on=[line.verified_on for line in project.verifications],
    )
    gross, one_year, tonnes, gross_steps = _gross(appraisal, carbon, horizon, rows)
    net, net_step = _net(appraisal, rows)
    price, price_step = _break_even(appraisal, rows)
    liquidation, liquidation_step = _liquidation(appraisal, gross, net)
    return ValueResult(
        horizon_years=horizon.years,
        horizon_limited_by=horizon.limited_by,
        credits_in_horizon_tco2e=tonnes,
        gross_yuan=gross,
        one_year_yuan=one_year,
        net_yuan=net,
        liquidation_yuan=liquidation,
        break_even_price_yuan_t=price,
        cash_flow=rows,
        working=(horizon.working, *gross_steps, net_step, liquidation_step, price_step),
    )
