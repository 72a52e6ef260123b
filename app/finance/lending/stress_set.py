"""The house set of stresses S1 to S8, and what a stress makes of the cash flow of the right.

The set is a proposal of the house; families of climate scenarios are those of the NGFS, whose sign
turns for a seller of carbon: a high carbon price is good, a reversal of policy is bad.
"""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.lending.pricing import RateKind
from app.finance.case.lending.stress import StressLine
from app.finance.case.loan import Loan
from app.finance.case.valuation.scenarios import ScenarioKind, ScenarioLine
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.plan_moves import Basis
from app.finance.valuation.scenarios import scenario_plan

FIXED_RATE = "fixed_rate"
"""Reason of a stress whose higher LPR does not move the loan."""

_SLIGHT, _DEEP = -0.3, -0.5
_FEWER, _LATE_MONTHS, _HIGHER_BP = -0.4, 24, 200.0


@dataclass(frozen=True, slots=True)
class Stress:
    """One stress by its code; own ones have the name a person gave them."""

    code: str
    line: StressLine


BASE = Stress("base", StressLine(name=""))
"""Nothing is changed."""


def _middle_year(drawn: date, maturity: date) -> int:
    return (drawn + (maturity - drawn) / 2).year


def stresses_of(loan: Loan, maturity: date) -> tuple[Stress, ...]:
    """Return the base, S1 to S8 and the own stresses, in the order they are shown.

    S1 price -30 %, S2 price -50 %, S3 everything is issued and sold 24 months later, S4 tonnes
    -40 %, S5 the methodology is no longer accepted: nothing is sold from the calendar year on
    that holds the middle of the loan, S6 is S1, S3 and S4 together, S7 LPR +200 bp, S8 the buyer
    defaults and all is sold at the price of the day less the forced-sale discount.
    """
    middle = _middle_year(loan.drawdown_date, maturity)
    house = (
        ("S1", StressLine(name="", price_change=_SLIGHT)),
        ("S2", StressLine(name="", price_change=_DEEP)),
        ("S3", StressLine(name="", delay_months=_LATE_MONTHS)),
        ("S4", StressLine(name="", tonnes_change=_FEWER)),
        ("S5", StressLine(name="", delisting_year=middle)),
        (
            "S6",
            StressLine(
                name="", price_change=_SLIGHT, delay_months=_LATE_MONTHS, tonnes_change=_FEWER
            ),
        ),
        ("S7", StressLine(name="", rate_bp=_HIGHER_BP)),
        ("S8", StressLine(name="", spot_sale=True)),
    )
    return (
        BASE,
        *(Stress(code, line) for code, line in house),
        *(Stress("own", line) for line in loan.stresses),
    )


def changes_of(line: StressLine, appraisal: Appraisal) -> dict[str, float]:
    """Return what a stress changes, by the names of its columns; what is neutral is left out.

    A spot sale is told by the forced-sale discount it takes; a year and months stay whole numbers.
    """
    found = {
        entry.name: getattr(line, entry.name)
        for entry in fields(line)
        if entry.name not in ("name", "spot_sale") and getattr(line, entry.name) not in (0, None)
    }
    return found | ({"spot_sale": appraisal.liquidation_discount} if line.spot_sale else {})


def reason_of(line: StressLine, loan: Loan) -> str:
    """Return "fixed_rate" when a higher LPR is asked of a loan whose rate is fixed."""
    return FIXED_RATE if line.rate_bp and loan.rate_kind is RateKind.FIXED else ""


def moves_right(line: StressLine) -> bool:
    """Whether a stress changes what the right earns."""
    return bool(
        line.price_change
        or line.tonnes_change
        or line.delay_months
        or line.delisting_year is not None
        or line.spot_sale
    )


def price_share(line: StressLine, appraisal: Appraisal) -> float:
    """Return the factor on the price of the valuation date; a spot sale takes its discount off."""
    kept = 1.0 - appraisal.liquidation_discount if line.spot_sale else 1.0
    return (1.0 + line.price_change) * kept


def issued_share(line: StressLine, appraisal: Appraisal) -> float:
    """Return the factor on the price of issued credits.

    They can be sold up to a delisting: nothing when it begins in the year of the valuation.
    """
    year = line.delisting_year
    gone = year is not None and year <= appraisal.valuation_date.year
    return 0.0 if gone else price_share(line, appraisal)


def stressed_plan(basis: Basis, line: StressLine) -> FlowPlan:
    """Return the cash flow of the right under a stress.

    Tonnes, delay and price move as in a scenario of the appraisal (`scenario_plan`). A spot sale
    fetches min(P_k, P_0) x (1 - d): the buyer's prices are gone, and the market pays no more
    than the price P_0 of the valuation date, less the forced-sale discount d. From the year of
    a delisting nothing is sold, and no fee a credit falls due.
    """
    if not moves_right(line):
        return basis.plan
    plan = scenario_plan(
        basis,
        ScenarioLine(
            kind=ScenarioKind.OWN,
            price_change=line.price_change,
            tonnes_change=line.tonnes_change,
            delay_months=line.delay_months,
        ),
    )
    prices, tonnes = plan.prices, plan.tonnes
    if line.spot_sale:
        today = basis.price_today_yuan_t * (1.0 + line.price_change)
        prices = np.minimum(prices, today) * (1.0 - basis.appraisal.liquidation_discount)
    if line.delisting_year is not None:
        tonnes = tonnes * (np.array(plan.years) < line.delisting_year)
    return replace(plan, prices=prices, tonnes=tonnes)
