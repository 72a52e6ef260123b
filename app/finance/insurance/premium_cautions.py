"""What a signatory must know of the premium of a quote."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.cover.heads import HeadKind
from app.finance.case.insurance import Insurance
from app.finance.case.lending.security import CollateralKind
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.insurance.caution_parts import red_flag, warning
from app.finance.insurance.results import InsuranceResult
from app.finance.money import ZERO, round_to_fen
from app.finance.notices import Notice

SUBSIDISED_COEFFICIENT = (0.75, 1.25)
OTHER_COEFFICIENT = (0.5, 1.5)
"""Limits of the rate coefficient: 农业保险精算规定（试行）, 银保监规〔2023〕4号."""

COARSE = 0.01
"""Standard error over mean from which a simulated premium is told to be coarse."""
LEFT_OUT = 1e-6
"""Probability beyond the grid of a distribution from which it is told."""

CARBON_HEADS = (
    HeadKind.CARBON_VALUE,
    HeadKind.CARBON_STOCK,
    HeadKind.RESTORATION_COST,
    HeadKind.CARBON_AND_RESTORATION,
    HeadKind.SALE_FAILURE,
    HeadKind.REVERSAL,
    HeadKind.INVALIDATION,
)
"""Heads whose premium is a cost of the carbon right."""


def premium_cautions(case: Case, insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings and red flags of rate, premium asked, subsidy and parties."""
    yield from _rate_cautions(insurance, result)
    yield from _asked_cautions(result)
    yield from _subsidy_cautions(insurance)
    yield from _law_cautions(result)
    yield from _cash_flow_cautions(case, result)
    yield from _beneficiary_cautions(case, insurance)


def _rate_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """A rate that is no insurance, or far from those placed; a coefficient out of its range."""
    rate = result.rate_of_all_years
    if rate >= 1:
        yield red_flag("premium_over_sum", "insurance.heads", percent=100 * rate)
    low, high = SUBSIDISED_COEFFICIENT if insurance.subsidised else OTHER_COEFFICIENT
    coefficient = insurance.rate_coefficient
    if not low <= coefficient <= high:
        facts = {"coefficient": coefficient, "low": low, "high": high}
        yield red_flag("coefficient_out_of_range", "insurance.rate_coefficient", **facts)
    placed = result.placed
    if placed is None or placed.low is None or placed.high is None or not rate:
        return
    facts = {
        "percent": 100 * rate,
        "low": 100 * placed.low,
        "high": 100 * placed.high,
        "count": len(placed.covers),
    }
    if rate < placed.low:
        yield warning("rate_below_placed", "insurance.perils", **facts)
    if rate > placed.high:
        yield warning("rate_above_placed", "insurance.perils", **facts)


def _asked_cautions(result: InsuranceResult) -> Iterator[Notice]:
    """A premium asked that does not pay the expected losses, or differs without a reason."""
    asked = result.asked
    if asked is None:
        return
    path = "insurance.asked_premium_yuan"
    if float(asked.asked_yuan) < result.pure_premium_yuan:
        facts = {"asked": asked.asked_yuan, "pure": result.pure_premium_yuan}
        yield red_flag("asked_below_pure", path, **facts)
    elif asked.asked_yuan < asked.technical_yuan:
        facts = {"asked": asked.asked_yuan, "technical": asked.technical_yuan}
        yield warning("asked_below_technical", path, **facts)
    if asked.difference_yuan and not asked.reason.strip():
        yield warning("asked_without_reason", "insurance.asked_reason")


def _subsidy_cautions(insurance: Insurance) -> Iterator[Notice]:
    if insurance.subsidies and not insurance.subsidised:
        yield warning("subsidised_not_stated", "insurance.subsidised")


def _law_cautions(result: InsuranceResult) -> Iterator[Notice]:
    """A simulation with a large error, a grid that leaves too much out."""
    found = result.distribution
    if found is None:
        return
    error = found.standard_error
    if error is not None and found.mean_yuan > 0 and error > COARSE * found.mean_yuan:
        percent = 100 * error / found.mean_yuan
        yield warning("simulation_coarse", "insurance.simulated_years", percent=percent)
    if found.tail_mass > LEFT_OUT:
        yield warning("tail_left_out", "insurance.perils", millionth=1e6 * found.tail_mass)


def _cash_flow_cautions(case: Case, result: InsuranceResult) -> Iterator[Notice]:
    """A premium that the case computes and its cash flow does not pay."""
    appraisal, insurance = case.appraisal, case.insurance
    if appraisal is None or insurance is None or appraisal.insurance_cost_yuan_yr > 0:
        return
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return
    heads = [head.gross_premium_yuan for head in result.heads if head.kind in CARBON_HEADS]
    parts = [part.gross_premium_yuan for part in result.parts if part.part == "delivery"]
    premium = sum((*heads, *parts), ZERO) * 12 / max(insurance.period_months, 12)
    if premium > 0:
        path = "appraisal.insurance_cost_yuan_yr"
        yield warning("premium_not_in_cash_flow", path, premium=round_to_fen(premium))


def _beneficiary_cautions(case: Case, insurance: Insurance) -> Iterator[Notice]:
    """A lender that takes the policy as security is its first beneficiary."""
    loan = case.loan
    if loan is None or not any(
        line.kind is CollateralKind.INSURANCE_ASSIGNMENT for line in loan.collaterals
    ):
        return
    named = insurance.first_beneficiary.strip()
    if not named:
        yield red_flag("no_first_beneficiary", "insurance.first_beneficiary")
    elif loan.lender.strip() and loan.lender.strip() != named:
        facts = {"lender": loan.lender, "named": named}
        yield red_flag("lender_not_beneficiary", "insurance.first_beneficiary", **facts)
