"""Inputs of the costs of the right, and of what comes in beside the credits."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.case.valuation.cost_tool import CostTool
from app.finance.case.valuation.flows import FlowLine
from app.finance.fields import Field
from app.finance.text import N_

_COSTS = N_("Costs")


@dataclass(frozen=True, kw_only=True)
class CostInputs:
    """Shares of the revenue, yearly and single costs, taxes, dated amounts."""

    transaction_fee_share: Annotated[
        float | None,
        Field(
            N_("Transaction fee"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            needed=("appraisal.income_method", ("cash_flow",)),
            help=N_("Share of the revenue kept by exchange and registry."),
        ),
    ] = None
    monitoring_cost_yuan_yr: Annotated[
        float | None,
        Field(
            N_("Monitoring"),
            "yuan/yr",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            needed=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
        ),
    ] = None
    verification_cost_yuan: Annotated[
        float | None,
        Field(
            N_("Verification, each time"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            needed=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
        ),
    ] = None
    operating_cost_yuan_yr: Annotated[
        float | None,
        Field(
            N_("Operation and maintenance"),
            "yuan/yr",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            needed=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
        ),
    ] = None
    benefit_share: Annotated[
        float,
        Field(
            N_("Community share"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            help=N_("Share of the revenue paid to landowners or the community."),
        ),
    ]
    tax_share: Annotated[
        float | None,
        Field(
            N_("Taxes on revenue"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            needed=("appraisal.income_method", ("cash_flow",)),
            help=N_("Value-added tax, surcharges and income tax, as a share of the revenue."),
        ),
    ] = None
    verification_interval_years: Annotated[
        int,
        Field(
            N_("Years between verifications"),
            "yr",
            minimum=1,
            maximum=20,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            help=N_("Credits are issued and sold in the year of a verification."),
            default_source=N_("house convention: yearly verification"),
        ),
    ] = 1
    cost_share_of_revenue: Annotated[
        float,
        Field(
            N_("Other costs, share of revenue"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    initial_cost_yuan: Annotated[
        float,
        Field(
            N_("Registration and other cost at the start"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    issuance_fee_yuan_t: Annotated[
        float,
        Field(
            N_("Fee of the registry, per credit issued"),
            "yuan/t",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    validation_cost_yuan: Annotated[
        float,
        Field(
            N_("Validation, once at the start"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    baseline_cost_yuan: Annotated[
        float,
        Field(
            N_("Baseline reassessment, each time"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    baseline_interval_years: Annotated[
        int,
        Field(
            N_("Years between baseline reassessments"),
            "yr",
            minimum=1,
            maximum=100,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            default_source=N_("house convention: every 10 years"),
        ),
    ] = 10
    maintenance_cost_yuan_yr: Annotated[
        float,
        Field(
            N_("Maintenance after planting"),
            "yuan/yr",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    maintenance_years: Annotated[
        int,
        Field(
            N_("Years of maintenance"),
            "yr",
            minimum=0,
            maximum=100,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            help=N_("From the valuation date."),
            default_source=N_("no such cost"),
        ),
    ] = 0
    insurance_cost_yuan_yr: Annotated[
        float,
        Field(
            N_("Premium of the carbon insurance"),
            "yuan/yr",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            other_units=MONEY_UNITS,
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    cost_growth: Annotated[
        float,
        Field(
            N_("Growth of the costs"),
            "1/yr",
            minimum=-0.5,
            maximum=0.5,
            percent=True,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            help=N_("Costs of the first year are as entered; later ones have grown."),
            default_source=N_("house convention: costs stay as they are"),
        ),
    ] = 0.0
    income_tax_rate: Annotated[
        float,
        Field(
            N_("Income tax on the profit"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            help=N_("On the positive net of a year, after losses of earlier years."),
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    loss_carry_years: Annotated[
        int,
        Field(
            N_("Losses carried forward"),
            "yr",
            minimum=0,
            maximum=100,
            group=_COSTS,
            offered=("appraisal.income_method", ("cash_flow",)),
            default_source=N_("house convention: none"),
        ),
    ] = 0
    flows: Annotated[
        tuple[FlowLine, ...],
        Field(
            N_("Grants, subsidies, investments and other dated amounts"),
            group=_COSTS,
            max_length=200,
            offered=("appraisal.income_method", ("cash_flow",)),
        ),
    ] = ()
    cost_tool: Annotated[
        CostTool | None,
        Field(
            N_("Blue Carbon Cost Tool"),
            needed=("appraisal.income_method", ("cost_tool",)),
            help=N_("Costs and years of the tool, so that its projects can be compared."),
        ),
    ] = None
