"""Inputs of the cost schedule of the Blue Carbon Cost Tool, in a currency of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN
from app.finance.fields import Field
from app.finance.text import N_


class IncomeMethod(StrEnum):
    CASH_FLOW = "cash_flow"
    COST_TOOL = "cost_tool"


INCOME_CHOICES = (
    ("cash_flow", N_("cash flow of the right")),
    ("cost_tool", N_("Blue Carbon Cost Tool: its years and its cost schedule")),
)
_MONEY = N_("Currency and price")
_ONCE = N_("Costs before the first credit")
_YEARLY = N_("Costs of operation")


def _money(label: str, group: str, unit: str = "") -> Field:
    return Field(label, unit, minimum=0, maximum=MAX_YUAN, group=group)


@dataclass(frozen=True, kw_only=True)
class CostTool:
    """Four years of start-up, then years 1 to N with credits; amounts in `currency`.

    The calendar year of the valuation date is year -4 of the tool, there is no year 0:
    calendar year v + 3 is year -1, v + 4 is year 1. Area and rate come from the project.
    """

    currency: Annotated[
        str,
        Field(N_("Currency"), min_length=3, max_length=3, group=_MONEY, suggestions="currencies"),
    ]
    yuan_per_unit: Annotated[
        float,
        Field(
            N_("Yuan for one unit"),
            above=0,
            maximum=10**6,
            group=_MONEY,
            help=N_("Exchange rate on the valuation date; 1 for yuan."),
        ),
    ]
    price_per_t: Annotated[
        float,
        Field(
            N_("Carbon price in that currency"),
            minimum=0,
            maximum=10**6,
            group=_MONEY,
            help=N_("Year 1 sells at this price grown once."),
        ),
    ]
    price_growth: Annotated[
        float,
        Field(N_("Price growth"), "1/yr", minimum=-0.5, maximum=0.5, percent=True, group=_MONEY),
    ]
    feasibility: Annotated[float, _money(N_("Feasibility analysis, year −4"), _ONCE)] = 0.0
    planning_admin_yr: Annotated[
        float, _money(N_("Conservation planning and administration, each start-up year"), _ONCE)
    ] = 0.0
    data_collection_yr: Annotated[
        float, _money(N_("Data collection and field cost, each of three years"), _ONCE)
    ] = 0.0
    community_yr: Annotated[
        float, _money(N_("Community representation, each start-up year"), _ONCE)
    ] = 0.0
    community_years: Annotated[
        int,
        Field(
            N_("Years of community representation"),
            "yr",
            minimum=0,
            maximum=4,
            group=_ONCE,
            help=N_(
                "The last ones before year 1; the tool has 3 in Australia, Bahamas and the USA."
            ),
            default_source=N_("Blue Carbon Cost Tool: all four start-up years"),
        ),
    ] = 4
    project_planning: Annotated[float, _money(N_("Blue carbon project planning, once"), _ONCE)] = (
        0.0
    )
    carbon_rights_yr: Annotated[
        float, _money(N_("Establishing carbon rights, each of three years"), _ONCE)
    ] = 0.0
    validation: Annotated[float, _money(N_("Validation, once"), _ONCE)] = 0.0
    implementation_per_ha: Annotated[
        float, _money(N_("Implementation labour, per hectare restored"), _ONCE)
    ] = 0.0
    financing_share: Annotated[
        float,
        Field(
            N_("Financing cost, share of capital expenditure"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_ONCE,
            help=N_("Shown; in no present value, as in the tool."),
        ),
    ] = 0.0
    monitoring_yr: Annotated[float, _money(N_("Monitoring, each year"), _YEARLY)] = 0.0
    maintenance_share: Annotated[
        float,
        Field(
            N_("Maintenance, share of implementation labour"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_YEARLY,
            help=N_("Each year, of the labour of the years before that are still maintained."),
        ),
    ] = 0.0
    maintenance_years: Annotated[
        int,
        Field(
            N_("Years of maintenance"),
            "yr",
            minimum=0,
            maximum=50,
            group=_YEARLY,
            default_source=N_("Blue Carbon Cost Tool: 3 years"),
        ),
    ] = 3
    standard_fee_per_credit: Annotated[
        float, _money(N_("Fee of the standard, per credit"), _YEARLY)
    ] = 0.0
    baseline_reassessment: Annotated[
        float, _money(N_("Baseline reassessment, each time"), _YEARLY)
    ] = 0.0
    baseline_interval_yr: Annotated[
        int,
        Field(
            N_("Years between baseline reassessments"),
            "yr",
            minimum=1,
            maximum=100,
            group=_YEARLY,
            default_source=N_("Blue Carbon Cost Tool: 10 years"),
        ),
    ] = 10
    mrv: Annotated[float, _money(N_("Verification, each time"), _YEARLY)] = 0.0
    mrv_interval_yr: Annotated[
        int,
        Field(
            N_("Years between verifications"),
            "yr",
            minimum=1,
            maximum=100,
            group=_YEARLY,
            default_source=N_("Blue Carbon Cost Tool: 5 years"),
        ),
    ] = 5
    long_term_operation_yr: Annotated[
        float, _money(N_("Long-term project operation, each year"), _YEARLY)
    ] = 0.0
    cost_growth: Annotated[
        float,
        Field(
            N_("Cost growth"),
            "1/yr",
            minimum=-0.5,
            maximum=0.5,
            percent=True,
            group=_YEARLY,
            help=N_("On verification and baseline reassessment, as in the tool."),
            default_source=N_("Blue Carbon Cost Tool: none"),
        ),
    ] = 0.0
