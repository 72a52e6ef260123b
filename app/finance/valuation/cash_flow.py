"""Yearly cash flow of the income right over its horizon."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from app.finance.case.appraisal import Appraisal, GrowthStart, Timing
from app.finance.case.carbon.ccer import CCER_METHODS, earliest_title_end
from app.finance.case.project import Project
from app.finance.dates import add_months, middle_calendar_year, whole_years_between
from app.finance.explain import Step, Term
from app.finance.sink.credits import CarbonResult
from app.finance.text import N_


@dataclass(frozen=True, slots=True)
class Horizon:
    """Years valued, and what limits them: "horizon_years" or the name of a right's end date."""

    years: int
    limited_by: str
    first_calendar_year: int
    working: Step


@dataclass(frozen=True, slots=True)
class CashFlowYear:
    """One year of the right, yuan unless the name says otherwise.

    `factor` discounts to the valuation date; `present_value_yuan` is net times factor.
    """

    index: int
    calendar_year: int
    credits_sold_tco2e: float
    price_yuan_t: float
    revenue_yuan: float
    revenue_costs_yuan: float
    fixed_costs_yuan: float
    net_yuan: float
    factor: float
    present_value_yuan: float


RIGHT_ENDS = ("sea_area_right_end", "crediting_end", "contract_end")


def right_ends(project: Project) -> tuple[tuple[str, date], ...]:
    """Return field and date of each end that is given; one lost title of CCER owners ends all."""
    ends = [(name, getattr(project, name)) for name in RIGHT_ENDS]
    found = [(name, end) for name, end in ends if end is not None]
    by_ccer = project.quantity_method.value in CCER_METHODS
    title = earliest_title_end(project.ccer) if project.ccer is not None else None
    if by_ccer and title is not None:
        found.append((f"ccer.owners.{title[0]}.title_end", title[1]))
    return tuple(found)


def right_end(project: Project) -> tuple[str, date] | None:
    """Return the earliest end of a right as (field name, date); None when none is given."""
    known = right_ends(project)
    return min(known, key=lambda entry: entry[1]) if known else None


def find_horizon(project: Project, appraisal: Appraisal) -> Horizon:
    """N = min(horizon, whole years to the end of sea-area right, crediting, contract, title).

    A right holds through its last day; part years at its end are not valued. Year k covers
    the 12 months from the k-1th anniversary of the valuation date and earns the removals of
    the calendar year that holds their middle.
    """
    candidates = [("horizon_years", appraisal.horizon_years)]
    for name, end in right_ends(project):
        last_day_over = end + timedelta(days=1)
        candidates.append((name, whole_years_between(appraisal.valuation_date, last_day_over)))
    limited_by, years = min(candidates, key=lambda entry: entry[1])
    labels = {
        "horizon_years": N_("Horizon"),
        "sea_area_right_end": N_("Whole years of sea-area use right"),
        "crediting_end": N_("Whole years of crediting period"),
        "contract_end": N_("Whole years of sale contract"),
    }
    step = Step(
        key="value.horizon",
        label=N_("Years valued"),
        formula="N = min(" + ", ".join(f"n{i + 1}" for i in range(len(candidates))) + ")",
        terms=tuple(
            Term(f"n{i + 1}", labels.get(name, N_("Whole years of the first title")), count, "yr")
            for i, (name, count) in enumerate(candidates)
        ),
        value=years,
        unit="yr",
        source=N_("an income right is valued over its remaining period only"),
    )
    first = middle_calendar_year(appraisal.valuation_date, 1)
    return Horizon(years, limited_by, first, step)


def _price(appraisal: Appraisal, index: int) -> float:
    steps = index if appraisal.growth_start is GrowthStart.YEAR_1 else index - 1
    return appraisal.price_yuan_t * (1 + appraisal.price_growth) ** steps


def _is_verification(appraisal: Appraisal, index: int, last: int) -> bool:
    return index % appraisal.verification_interval_years == 0 or index == last


def revenue_cost_share(appraisal: Appraisal) -> float:
    """Share of the revenue that fees, community, taxes and other such costs take."""
    return (
        appraisal.transaction_fee_share
        + appraisal.benefit_share
        + appraisal.tax_share
        + appraisal.cost_share_of_revenue
    )


def build_cash_flow(
    appraisal: Appraisal,
    carbon: CarbonResult,
    horizon: Horizon,
    *,
    verified_on: Collection[date],
) -> tuple[CashFlowYear, ...]:
    """Cash flow of each year: NCF_t = Q_t P_t (1 - shares) - monitoring - operation - verification.

    When the project lists verifications, credits are sold in the year of their issuance and
    each verification (`verified_on`) costs in its own year, also one that brings no credits.
    Otherwise the credits of the years since the last
    verification are sold in the year of the next one; the last year always has one.
    The exponent of the discount factor is t at year end and t - 0.5 in mid-year. Costs at the
    start are year 0 and are not in these rows.
    """
    shift = 0.5 if appraisal.timing is Timing.MID_YEAR else 0.0
    share = revenue_cost_share(appraisal)
    rows = []
    waiting = 0.0
    planned = bool(verified_on)
    for index in range(1, horizon.years + 1):
        calendar_year = horizon.first_calendar_year + index - 1
        waiting += carbon.unsold_in(calendar_year)
        fixed = appraisal.monitoring_cost_yuan_yr + appraisal.operating_cost_yuan_yr
        sold = 0.0
        if planned:
            start = add_months(appraisal.valuation_date, 12 * (index - 1))
            end = add_months(appraisal.valuation_date, 12 * index)
            sold = carbon.unsold_issued(start, end)
            fixed += appraisal.verification_cost_yuan * sum(
                start <= day < end for day in set(verified_on)
            )
        elif _is_verification(appraisal, index, horizon.years):
            sold, waiting = waiting, 0.0
            fixed += appraisal.verification_cost_yuan
        price = _price(appraisal, index)
        revenue = sold * price
        net = revenue * (1 - share) - fixed
        factor = (1 + appraisal.discount_rate) ** -(index - shift)
        rows.append(
            CashFlowYear(
                index=index,
                calendar_year=calendar_year,
                credits_sold_tco2e=sold,
                price_yuan_t=price,
                revenue_yuan=revenue,
                revenue_costs_yuan=revenue * share,
                fixed_costs_yuan=fixed,
                net_yuan=net,
                factor=factor,
                present_value_yuan=net * factor,
            )
        )
    return tuple(rows)
