"""What the valuation finds, as plain records; the modules that compute them fill them in.

Money of estimates is float yuan unless the name says otherwise; what is booked or concluded
is Decimal, to the fen. Codes are stable; their words are in `app.messages`.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.finance.explain import Step
from app.finance.notices import Notice
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.risk_results import BridgeStep, ScenarioResult


@dataclass(frozen=True, slots=True)
class Roots:
    """Rates of return: every root found, ascending, and what to say about them.

    `reason` is "" for one root, "several" for more, "no_sign_change" when the flow has only
    one sign, "no_root" when it changes sign but has no root above -100 %. `sign_changes`
    counts those of the flow in order of time. `modified` is the modified rate of return at
    the discount rate, None without it.
    """

    rates: tuple[float, ...]
    sign_changes: int
    reason: str = ""
    modified: float | None = None

    @property
    def rate(self) -> float | None:
        """Return the only root; None when there is none or there are several."""
        return self.rates[0] if len(self.rates) == 1 else None


@dataclass(frozen=True, slots=True)
class RateResult:
    """The discount rate used, in the terms of the cash flow, and how it came about."""

    rate: float
    basis: str
    terms: str
    converted: bool
    before_conversion: float
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CurvePrice:
    """Price of one flow date, yuan/t."""

    time_yr: float
    calendar_year: int
    price_yuan_t: float


@dataclass(frozen=True, slots=True)
class AdjustedComparable:
    """One comparable: in yuan, brought to the valuation date, adjusted; and whether it counts.

    `position` is its place in the case. `factors` holds k_time, k_place, k_type, k_volume,
    k_purpose, k_vintage as factors. `excluded` is "" when it counts in the centre, else a
    code: "by_hand", "court", "public_benefit", "forward", "unverified", "outlier",
    "single_limit", "total_limit", "after_valuation", "no_weight". `weight` is normalised over
    those that count, 0 for the others. `z_score` is the modified z-score of the log price, None
    where none was taken. `reason` is what a person wrote who left it out; `facts` are the
    figures of the exclusion ("share", "limit", "factor", "z"). `brought_to_date` is false when
    the series does not reach a line that does not count: its price is then of its own day.
    """

    position: int
    day: date
    price_original: float
    currency: str
    fx_yuan: float
    price_yuan_t: float
    price_at_date_yuan_t: float
    factors: dict[str, float]
    adjusted_yuan_t: float
    z_score: float | None
    excluded: str
    weight: float
    reason: str = ""
    facts: dict[str, float | str | date] = field(default_factory=dict)
    brought_to_date: bool = True


@dataclass(frozen=True, slots=True)
class PriceSpread:
    """Robust figures of prices, yuan/t; the centre is None below 5 prices."""

    count: int
    lowest: float | None
    highest: float | None
    median: float | None
    mean: float | None
    geometric_mean: float | None
    volume_weighted: float | None
    mad: float | None
    log_sd: float | None


@dataclass(frozen=True, slots=True)
class ShrunkenPrice:
    """Second opinion: a multilevel model of the log price, shrunken towards the mean.

    `price_yuan_t` with its interval is the model's price for the subject; `effects` are the
    shrunken deviations of the groups in log units, keyed "ecosystem:mangrove". `reason` is a
    code when there is no model: "too_few", "no_variation", "not_converged",
    "too_wide".
    """

    price_yuan_t: float | None
    low_yuan_t: float | None
    high_yuan_t: float | None
    count: int
    effects: dict[str, float] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceResult:
    """Price evidence: comparables, their spread, and the concluded price with its interval.

    `conclusion_yuan_t` is None when fewer than 5 prices count: then range and n are all there
    is. `weighted_yuan_t` is the sum of weight x adjusted price, given whatever n is, for the
    market approach with a few comparables. `upper_bound_yuan_t` is the highest court or
    public-benefit price left out of the centre. `confidence` is the one asked for, `coverage`
    the one that the interval between two of the prices really has.
    """

    comparables: tuple[AdjustedComparable, ...]
    spread: PriceSpread
    weighted_yuan_t: float | None
    conclusion_yuan_t: float | None
    low_yuan_t: float | None
    high_yuan_t: float | None
    confidence: float
    upper_bound_yuan_t: float | None
    model: ShrunkenPrice | None
    working: tuple[Step, ...]
    coverage: float | None = None


@dataclass(frozen=True, slots=True)
class IssuedValue:
    """Issued and unsold credits, valued apart from the right; `pledged` of them secure already."""

    tonnes_tco2e: float
    pledged_tco2e: float
    price_yuan_t: float
    liquidity_discount: float
    value_yuan: Decimal
    from_ledger: bool


@dataclass(frozen=True, slots=True)
class Approach:
    """One approach: its value, its weight in the conclusion."""

    code: str
    value_yuan: Decimal
    weight: float


@dataclass(frozen=True, slots=True)
class Concluded:
    """The conclusion: sum of weight x value, its type, until when it is valid."""

    type_of_value: str
    approaches: tuple[Approach, ...]
    value_yuan: Decimal
    valid_until: date
    reasons: str


@dataclass(frozen=True, slots=True)
class OptionResult:
    """An option: its value and derivatives by the spot or forward; never lent on.

    With `tonnes` underlying and strike are yuan/t, and values and derivatives are those of
    all tonnes; without, they are yuan. `steps` is None for the formulas. The `*_from_case`
    tell that a figure is a present value of the cash flow. `uplift` is value over static net
    value when that is positive, else None.
    """

    name: str
    model: str
    kind: str
    exercise: str
    underlying: float
    underlying_from_case: bool
    strike: float
    strike_from_case: bool
    volatility: float
    years: float
    rate: float
    income_yield: float
    steps: int | None
    tonnes: float | None
    value_yuan: float
    european_yuan: float
    delta: float
    gamma: float
    vega: float
    d1: float | None
    d2: float | None
    static_net_yuan: Decimal
    total_yuan: Decimal
    uplift: float | None


@dataclass(frozen=True, slots=True)
class ToolYear:
    """One year of the Blue Carbon Cost Tool, in its currency; costs are positive."""

    year: int
    calendar_year: int
    area_restored_ha: float
    credits_tco2e: float
    revenue: float
    capex: float
    opex: float
    costs: dict[str, float]
    net: float
    factor: float


@dataclass(frozen=True, slots=True)
class ToolResult:
    """Figures of the Blue Carbon Cost Tool, by its own names, in its currency.

    Present values at the start of year -4. `cost_per_t` is PV of the costs over undiscounted
    credits, as the tool prints it; `levelised_per_t` divides by discounted credits.
    `breakeven_price_opex` covers operating costs, `breakeven_price_total` all costs. The
    `irr_*` name what is set against the revenue; the second includes capital expenditure.
    """

    currency: str
    yuan_per_unit: float
    years: tuple[ToolYear, ...]
    capex_npv: float
    opex_npv: float
    total_npv: float
    capex_nominal: float
    opex_nominal: float
    financing_cost: float
    credits_tco2e: float
    revenue_npv: float
    revenue_nominal: float
    net_after_opex: float
    net_total: float
    cost_per_t: float | None
    levelised_per_t: float | None
    cost_per_ha: float | None
    breakeven_price_opex: float | None
    breakeven_price_total: float | None
    irr_opex: Roots
    irr_total: Roots
    costs_npv: dict[str, float]
    notices: tuple[Notice, ...] = ()
    working: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class CashFlowYear:
    """One flow of the right, yuan unless the name says otherwise.

    `index` counts years from 1, 0 is the valuation date. `costs` holds each cost, positive, by
    code, `shares` what is taken off the revenue, by code. `factor` discounts to the valuation
    date; `present_value_yuan` is net times factor; `cumulative_yuan` sums the net.
    """

    index: int
    calendar_year: int
    paid_on: date | None
    time_yr: float
    credits_sold_tco2e: float
    price_yuan_t: float
    revenue_yuan: float
    revenue_costs_yuan: float
    fixed_costs_yuan: float
    receipts_yuan: float
    income_tax_yuan: float
    net_yuan: float
    factor: float
    present_value_yuan: float
    cumulative_yuan: float
    shares: dict[str, float]
    costs: dict[str, float]


@dataclass(frozen=True, slots=True)
class ValueResult:
    """Values of the right on the valuation date, yuan to the fen; a negative net stays negative.

    `one_year_yuan` is the first year with credits at the price of the valuation date;
    `break_even_price_yuan_t` is None when no credits are sold or the shares take all revenue.
    `levelised_cost_yuan_t` is PV of the costs over discounted credits, `cost_per_credit_yuan_t`
    over undiscounted ones. `plan` is the cash flow as arrays. `horizon_end` is the last day
    valued, None by the years of the Cost Tool; `months_left_out` whole months of the right after
    it, which yearly timings do not value; `beyond_horizon_yuan` the part of the net value that
    a perpetuity makes.
    """

    horizon_years: int
    horizon_limited_by: str
    price_yuan_t: float
    rate: RateResult
    credits_in_horizon_tco2e: float
    gross_yuan: Decimal
    one_year_yuan: Decimal
    net_yuan: Decimal
    prudent_yuan: Decimal
    liquidation_yuan: Decimal
    break_even_price_yuan_t: float | None
    irr: Roots
    payback_years: float | None
    discounted_payback_years: float | None
    levelised_cost_yuan_t: float | None
    cost_per_credit_yuan_t: float | None
    value_per_tonne_yuan_t: float | None
    price_elasticity: float | None
    cash_flow: tuple[CashFlowYear, ...]
    curve: tuple[CurvePrice, ...]
    bridge: tuple[BridgeStep, ...]
    scenarios: tuple[ScenarioResult, ...]
    weighted_scenarios_yuan: Decimal | None
    evidence: EvidenceResult | None
    issued: IssuedValue | None
    market_yuan: Decimal | None
    cost_yuan: Decimal | None
    conclusion: Concluded | None
    options: tuple[OptionResult, ...]
    tool: ToolResult | None
    plan: FlowPlan
    working: tuple[Step, ...]
    horizon_end: date | None = None
    months_left_out: int = 0
    beyond_horizon_yuan: float = 0.0

    def by_basis(self, basis: str) -> Decimal:
        """Return the value named "gross", "net", "prudent", "liquidation" or "concluded".

        The concluded value is the net value when nothing is concluded.
        """
        concluded = self.net_yuan if self.conclusion is None else self.conclusion.value_yuan
        return {
            "concluded": concluded,
            "gross": self.gross_yuan,
            "net": self.net_yuan,
            "prudent": self.prudent_yuan,
            "liquidation": self.liquidation_yuan,
        }[basis]
