"""Credit risk of the loan: default, loss, expected credit loss, capital, return."""

from dataclasses import dataclass, replace

import numpy as np

from app.finance.case.lending.credit import CapitalApproach, CreditRisk, EclScenario
from app.finance.lending.capital import RWA_OF_CAPITAL, effective_maturity, loan_capital
from app.finance.lending.credit_parts import CreditParts
from app.finance.lending.credit_working import credit_steps
from app.finance.lending.default_loss import (
    Pledge,
    Recovery,
    collateral_money,
    entered_loss,
    loss_given_default,
    pledges_on,
    probability_of_default,
    recovery_of,
)
from app.finance.lending.effective_rate import effective_rate
from app.finance.lending.expected_loss import (
    ExpectedLoss,
    Outlook,
    days_past_due,
    defaulted_loss,
    expected_loss,
    outlook_of,
    stage_of,
)
from app.finance.lending.parts import LoanParts
from app.finance.lending.raroc import Pricing, pricing_of
from app.finance.lending.risk_results import CreditResult, EclScenarioResult, EclYear
from app.finance.sink.pools import Numbers

_DEFAULTED = 3
_ONE = (EclScenario("", 1.0),)
"""The scenario of a case that names none: everything as entered."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What the losses are computed from; `pledges` is () when LGD is entered."""

    credit: CreditRisk
    outlook: Outlook
    stage: int
    reason: str
    pd: float | None
    pd_from: str
    recovery: Recovery
    pledges: tuple[Pledge, ...]
    scenarios: tuple[EclScenario, ...]

    @property
    def weights(self) -> Numbers:
        return np.array([scenario.weight for scenario in self.scenarios])

    @property
    def value_factors(self) -> Numbers:
        return np.array([scenario.value_factor for scenario in self.scenarios])


def _loss_of(parts: LoanParts, credit: CreditRisk, most: int | None = None) -> Loss:
    """Read stage, PD, exposures and recovery from a loan, for all its years or at most so many."""
    stage, reason = stage_of(credit, days_past_due(parts, credit))
    pd, pd_from = probability_of_default(credit)
    if stage == _DEFAULTED:
        pd, pd_from = 1.0, "default"
    rate = parts.effective or effective_rate(parts.schedule, parts.loan)
    defaulted = stage == _DEFAULTED
    outlook = outlook_of(parts, credit, most=1 if defaulted else most, defaulted=defaulted)
    recovery = recovery_of(parts, credit, rate.annual_compound)
    return Loss(
        credit=credit,
        outlook=outlook,
        stage=stage,
        reason=reason,
        pd=pd,
        pd_from=pd_from,
        recovery=recovery,
        pledges=() if credit.lgd is not None else pledges_on(parts, recovery, outlook.starts),
        scenarios=credit.scenarios or _ONE,
    )


def _lgd(loss: Loss, exposures: Numbers, value_factors: Numbers) -> Numbers:
    """Return LGD of each scenario and year ahead, shape (s, n)."""
    if loss.credit.lgd is not None:
        found = entered_loss(loss.credit.lgd, value_factors)
        return np.repeat(found[:, None], len(exposures), axis=1)
    money = collateral_money(loss.pledges, value_factors, len(exposures))
    return loss_given_default(money, exposures, loss.recovery.floor)


def _expected(loss: Loss, value_factor: float = 1.0) -> ExpectedLoss | None:
    """Return the losses of every scenario; None without PD or exposure."""
    exposures = loss.outlook.exposures
    if loss.pd is None or exposures is None:
        return None
    lgd = _lgd(loss, exposures, value_factor * loss.value_factors)
    if loss.stage == _DEFAULTED:
        return defaulted_loss(lgd, exposures)
    worse = np.array([scenario.pd_factor for scenario in loss.scenarios])
    return expected_loss(
        pds=np.minimum(loss.pd * worse, 1.0),
        lgd=lgd,
        exposures=exposures,
        from_yr=loss.outlook.from_yr,
        to_yr=loss.outlook.to_yr,
        rate=loss.recovery.rate,
    )


def first_year(parts: LoanParts) -> Loss | None:
    """Return what the loss of the first year ahead is computed from; None without credit inputs."""
    credit = parts.loan.credit
    return None if credit is None else _loss_of(parts, credit, most=1)


def within_a_year(loss: Loss, value_factor: float = 1.0) -> float | None:
    """Return the loss expected within a year, yuan, with the collaterals worth `value_factor`.

    Weighted over the scenarios, as `CreditResult.ecl_12_months_yuan`; None without PD or exposure.
    """
    found = _expected(loss, value_factor)
    return None if found is None else float(loss.weights @ found.twelve_months)


def _ecl_years(found: ExpectedLoss, weights: Numbers, *, first: int) -> tuple[EclYear, ...]:
    """Return the years weighted over the scenarios; LGD weighted by the defaults as well."""
    marginal = weights @ found.marginal
    losses = weights @ found.losses
    by_default = weights @ (found.marginal * found.lgd)
    some = marginal > 0
    lgd = np.where(some, by_default / np.where(some, marginal, 1.0), weights @ found.lgd)
    rows = np.column_stack((found.exposures, marginal, lgd, found.factors, losses)).tolist()
    return tuple(EclYear(year, *row) for year, row in enumerate(rows, start=first))


def _ecl_scenarios(loss: Loss, found: ExpectedLoss) -> tuple[EclScenarioResult, ...]:
    twelve, lifetime = found.twelve_months.tolist(), found.lifetime.tolist()
    return tuple(
        EclScenarioResult(scenario.name, scenario.weight, twelve[place], lifetime[place])
        for place, scenario in enumerate(loss.credit.scenarios)
    )


def _lgd_today(loss: Loss) -> tuple[float | None, str, float]:
    """Return LGD without a scenario, where it is from, and what the collaterals bring, yuan."""
    if loss.credit.lgd is not None:
        return loss.credit.lgd, "entered", 0.0
    exposures = loss.outlook.exposures
    money = collateral_money(loss.pledges, np.ones(1), len(loss.outlook.starts))[0]
    if exposures is None:
        return None, "", float(money[0])
    free = float(loss_given_default(money, exposures, 0.0)[0])
    floor = loss.recovery.floor
    return max(free, floor), "floor" if floor > free else "collaterals", float(money[0])


def _rate_on(parts: LoanParts, loss: Loss) -> float:
    """Return the rate of the contract on the day of the figures; the last one after maturity."""
    schedule = parts.schedule
    pairs = zip(schedule.ends, schedule.rates, strict=True)
    return next((rate for end, rate in pairs if end > loss.outlook.day), schedule.rates[-1])


def _pricing(
    parts: LoanParts, loss: Loss, el_yuan: float | None, capital_yuan: float | None
) -> Pricing | None:
    """Return what the loan earns and costs, by the principal owed; None for one in default."""
    owed = float(loss.outlook.balances[0])
    if loss.stage == _DEFAULTED or owed <= 0:
        return None
    return pricing_of(
        loss.credit,
        rate=_rate_on(parts, loss),
        expected_loss=None if el_yuan is None else el_yuan / owed,
        capital=None if capital_yuan is None else capital_yuan / owed,
    )


_FOR_RETURN = ("funds_rate", "operating_cost", "tax_rate", "capital_credit", "hurdle")
_FOR_STANDARDISED = ("risk_weight", "capital_ratio")


def _missing(loss: Loss) -> tuple[str, ...]:
    """Return the paths of inputs without which a figure is not found."""
    credit = loss.credit
    names = ["pd"] if loss.pd is None else []
    if loss.outlook.exposures is None:
        names.append("conversion_factor")
    asked = () if loss.stage == _DEFAULTED else _FOR_RETURN
    if credit.approach is CapitalApproach.STANDARDISED:
        asked = (*_FOR_STANDARDISED, *asked)
    names += [name for name in asked if getattr(credit, name) is None]
    return tuple(f"loan.credit.{name}" for name in names)


def find_credit(parts: LoanParts) -> CreditResult | None:
    """Return the credit risk; None when the case has no inputs for it.

    The figures stand for the day of drawdown, or for the day the loan is watched. The conventions
    are those of `expected_loss`, `default_loss`, `capital` and `raroc`.
    """
    credit = parts.loan.credit
    if credit is None:
        return None
    loss = _loss_of(parts, credit)
    exposures = loss.outlook.exposures
    exposure = None if exposures is None else float(exposures[0])
    lgd, lgd_from, money = _lgd_today(loss)
    el = None
    if loss.pd is not None and lgd is not None and exposure is not None:
        el = loss.pd * lgd * exposure
    found = _expected(loss)
    twelve = None if found is None else float(loss.weights @ found.twelve_months)
    lifetime = None if found is None else float(loss.weights @ found.lifetime)
    capital = loan_capital(
        credit,
        pd=loss.pd,
        lgd=lgd,
        exposure_yuan=exposure,
        maturity_yr=credit.effective_maturity
        or effective_maturity(parts.schedule, loss.outlook.day),
    )
    pricing = _pricing(parts, loss, el, capital.capital_yuan)
    first = 0 if loss.stage == _DEFAULTED else 1
    result = CreditResult(
        as_of=loss.outlook.day,
        pd=loss.pd,
        pd_from=loss.pd_from,
        ead_yuan=exposure,
        lgd=lgd,
        lgd_from=lgd_from,
        el_yuan=el,
        stage=loss.stage,
        stage_reason=loss.reason,
        ecl_12_months_yuan=twelve,
        ecl_lifetime_yuan=lifetime,
        ecl_yuan=twelve if loss.stage == 1 else lifetime,
        years=() if found is None else _ecl_years(found, loss.weights, first=first),
        scenarios=() if found is None else _ecl_scenarios(loss, found),
        irb_k=capital.k,
        irb_weight=None if capital.k is None else RWA_OF_CAPITAL * capital.k,
        maturity_yr=capital.maturity_yr,
        standard_weight=credit.risk_weight,
        rwa_yuan=capital.rwa_yuan,
        capital_yuan=capital.capital_yuan,
        raroc=None if pricing is None else pricing.raroc,
        min_rate=None
        if pricing is None or credit.hurdle is None
        else pricing.least_rate(credit.hurdle),
        missing=_missing(loss),
    )
    steps = credit_steps(
        CreditParts(credit, result, loss.outlook, loss.recovery, money, capital.lgd, pricing)
    )
    return replace(result, working=steps)
