"""The working of the levels of value and of what is read off the cash flow."""

from decimal import Decimal

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.explain import Step, Term
from app.finance.text import N_
from app.finance.valuation.flows import FlowPlan, discount_factors
from app.finance.valuation.levels import Levels
from app.finance.valuation.results import CashFlowYear, Roots

_PRINTED = N_("tonnes times price of the day, as banks print it; undiscounted, without costs")


def gross_steps(
    levels: Levels, tonnes: float, price: float, *, one_year_tonnes: float, one_year: Decimal
) -> tuple[Step, ...]:
    """Working of the gross value and of one year's carbon."""
    paid = Term("P", N_("Carbon price"), price, "yuan/t")
    return (
        Step(
            "value.gross",
            N_("Gross value"),
            "V_gross = Q × P",
            (Term("Q", N_("Credits within the horizon"), tonnes, "tCO2e"), paid),
            levels.gross_yuan,
            "yuan",
            _PRINTED,
        ),
        Step(
            "value.one_year",
            N_("Value of one year's carbon"),
            "V_1 = Q_1 × P",
            (
                Term("Q_1", N_("Credits of the first year that has any"), one_year_tonnes, "tCO2e"),
                paid,
            ),
            one_year,
            "yuan",
            _PRINTED,
        ),
    )


def _exponent(appraisal: Appraisal) -> tuple[str, tuple[Term, ...]]:
    """Return the exponent of the discount factor as written, and its terms."""
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return "τ_t", ()
    if appraisal.timing is Timing.EXACT_DATES:
        return "(d_t / 365)", ()
    half = 0.5 if appraisal.timing is Timing.MID_YEAR else 0.0
    label = N_("Half a year when income arrives in mid-year")
    return "(t − m)", (Term("m", label, half, "yr"),)


def _net_source(appraisal: Appraisal) -> str:
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return N_("income approach over the years of the Blue Carbon Cost Tool; start is year −4")
    if appraisal.timing is Timing.EXACT_DATES:
        return N_("income approach, discounted cash flow by actual days over 365, as XNPV")
    return N_("income approach, discounted cash flow by year; the table of years is in the annex")


def net_step(
    appraisal: Appraisal,
    plan: FlowPlan,
    rows: tuple[CashFlowYear, ...],
    levels: Levels,
    *,
    years: int,
    rate: float,
    beyond_yuan: float,
) -> Step:
    """Working of the net value; what falls on the valuation date is its cost at the start."""
    later = [row for row in rows if row.time_yr > 0]
    present = sum(row.present_value_yuan for row in later)
    start = -sum(row.net_yuan for row in rows if row.time_yr == 0)
    exponent, terms = _exponent(appraisal)
    formula = f"V_net = Σ NCF_t / (1 + r)^{exponent} − C₀"
    grown = appraisal.price_curve is CurveKind.GROWTH and appraisal.price_growth is not None
    growth = (Term("g", N_("Price growth"), appraisal.price_growth, "1/yr"),) if grown else ()
    beyond: tuple[Term, ...] = ()
    if plan.tail:
        formula += " + V_∞"
        beyond = (Term("V_∞", N_("Value of what comes after the horizon"), beyond_yuan, "yuan"),)
    return Step(
        "value.net",
        N_("Net value"),
        formula,
        (
            Term("ΣPV", N_("Present value of the yearly net cash flows"), present, "yuan"),
            Term("ΣNCF", N_("Sum of the net cash flows"), sum(r.net_yuan for r in later), "yuan"),
            Term("N", N_("Years valued"), years, "yr"),
            Term("r", N_("Discount rate"), rate, "1/yr"),
            *terms,
            *growth,
            Term("s", N_("Shares of the revenue taken off"), 1 - plan.kept_share, "share"),
            Term("C₀", N_("Cost at the start"), start, "yuan"),
            *beyond,
        ),
        levels.net_yuan,
        "yuan",
        _net_source(appraisal),
    )


def prudent_step(appraisal: Appraisal, levels: Levels) -> Step:
    """Working of the prudent value."""
    none = not appraisal.prudent_price_discount and not appraisal.prudent_tonnes_discount
    return Step(
        "value.prudent",
        N_("Prudent value"),
        "V_prudent = V_net(P × (1 − h_P), Q × (1 − h_Q))",
        (
            Term("V_net", N_("Net value"), levels.net_yuan, "yuan"),
            Term(
                "h_P",
                N_("Prudent discount on the price"),
                appraisal.prudent_price_discount,
                "share",
            ),
            Term(
                "h_Q",
                N_("Prudent discount on the tonnes"),
                appraisal.prudent_tonnes_discount,
                "share",
            ),
        ),
        levels.prudent_yuan,
        "yuan",
        N_("net value with less of the price and of the tonnes; the costs stay as they are"),
        N_("No prudent discount is entered: it is the net value.") if none else "",
    )


def liquidation_step(appraisal: Appraisal, levels: Levels, rate: float) -> Step:
    """Working of the liquidation value."""
    positive = min(levels.gross_yuan, levels.prudent_yuan) > 0
    return Step(
        "value.liquidation",
        N_("Liquidation value"),
        "V_liq = min(V_gross, V_prudent) × (1 − d) × (1 − c) / (1 + r)^(m/12)",
        (
            Term("V_gross", N_("Gross value"), levels.gross_yuan, "yuan"),
            Term("V_prudent", N_("Prudent value"), levels.prudent_yuan, "yuan"),
            Term("d", N_("Forced-sale discount"), appraisal.liquidation_discount, "share"),
            Term("c", N_("Cost of disposal"), appraisal.disposal_cost_share, "share"),
            Term("m", N_("Time to sell"), appraisal.months_to_sell, "month"),
            Term("r", N_("Discount rate"), rate, "1/yr"),
        ),
        levels.liquidation_yuan,
        "yuan",
        N_("net proceeds of a forced sale, discounted over the time to sell"),
        "" if positive else N_("The right earns less than it costs: nobody buys it, so zero."),
    )


def break_even_step(plan: FlowPlan, price: float | None, costs: float, tonnes: float) -> Step:
    """Working of the break-even price."""
    source = N_("net value is linear in the price; solved in closed form")
    if plan.tax_rate:
        source = N_("net value rises with the price; solved by bracketing, income tax included")
    note = ""
    if price is None:
        note = N_("There is none: no revenue is left to cover the costs.")
    elif price == 0 and costs < 0:
        note = N_("Grants and subsidies cover the costs at any price.")
    return Step(
        "value.break_even",
        N_("Break-even price"),
        "V_net(P*) = 0" if plan.tax_rate else "P* = (C₀ + PV(C)) / ((1 − s) × PV(Q))",
        (
            Term("C₀ + PV(C)", N_("Present value of the costs"), costs, "yuan"),
            Term("s", N_("Shares of the revenue taken off"), 1 - plan.kept_share, "share"),
            Term(
                "PV(Q)",
                N_("Discounted credits, each with the growth of its price"),
                tonnes,
                "tCO2e",
            ),
        ),
        price,
        "yuan/t",
        source,
        note,
    )


_NO_RATE = {
    "no_sign_change": N_("There is none: the cash flow has one sign only."),
    "no_root": N_("There is none: at no rate is the value of the cash flow zero."),
    "several": N_("Several rates make the value zero: none of them is the return."),
}


def return_step(roots: Roots, rate: float) -> Step:
    """Working of the internal rate of return; all of them where there are several."""
    several = roots.rates if len(roots.rates) > 1 else ()
    terms = [Term("n", N_("Changes of sign of the cash flow"), roots.sign_changes)]
    terms += [
        Term(f"r{i + 1}", N_("Rate that makes the value zero"), root, "1/yr")
        for i, root in enumerate(several)
    ]
    if roots.modified is not None:
        terms.append(Term("r", N_("Discount rate"), rate, "1/yr"))
        terms.append(Term("MIRR", N_("Modified rate of return"), roots.modified, "1/yr"))
    return Step(
        "value.irr",
        N_("Internal rate of return"),
        "0 = Σ NCF_t / (1 + IRR)^τ_t",
        tuple(terms),
        roots.rate,
        "1/yr",
        N_("all real rates above −100 % are searched; MIRR finances and reinvests at r"),
        _NO_RATE.get(roots.reason, ""),
    )


def levelised_step(plan: FlowPlan, rate: float, cost: float | None) -> Step:
    """Working of the levelised cost a tonne."""
    factors = discount_factors(plan.times, rate)
    paid = float(((plan.all_costs + plan.fee_per_tonne * plan.tonnes) * factors).sum())
    return Step(
        "value.levelised",
        N_("Levelised cost per tonne"),
        "c = PV(C) / PV(Q)",
        (
            Term("PV(C)", N_("Discounted costs and fees, without shares of revenue"), paid, "yuan"),
            Term("PV(Q)", N_("Discounted credits"), float(plan.tonnes @ factors), "tCO2e"),
        ),
        cost,
        "yuan/t",
        N_("discounted costs over discounted credits; shares of the revenue follow the price"),
        "" if cost is not None else N_("There is none: no credits are sold."),
    )
