"""The price of a case against the deals of the market book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.case.valuation.evidence import Purpose
from app.finance.errors import DomainError
from app.finance.valuation.evidence import price_evidence
from app.finance.valuation.income import price_of_valuation_date
from app.finance.valuation.monitor import MonitoredDeal, MonitorLimits, deal_band
from app.formats import number
from app.i18n import N_, Translator
from app.messages import domain_problem
from app.reference.market_data import FxRate, MarketRecord
from app.services.case_file import CaseRefused
from app.services.market_alerts import CLASSES, deals_in_yuan

INSIDE, ABOVE, BELOW, TOO_FEW = "inside", "above", "below", "too_few"

VERDICTS = {
    INSIDE: N_(
        "The price of {day}, {price} yuan/t, lies inside the band of {count} deals of {of_class} "
        "known by then, {low} to {high} yuan/t."
    ),
    ABOVE: N_(
        "The price of {day}, {price} yuan/t, lies outside: above the band of {count} deals of "
        "{of_class} known by then, {low} to {high} yuan/t."
    ),
    BELOW: N_(
        "The price of {day}, {price} yuan/t, lies outside: below the band of {count} deals of "
        "{of_class} known by then, {low} to {high} yuan/t."
    ),
    TOO_FEW: N_(
        "The price of {day}, {price} yuan/t, cannot be held against a band: it takes {least} "
        "deals, and the number known by then is {count}."
    ),
}
"""Message id of what a check found by its verdict."""


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """A price of a case held against a band of deals, all in yuan a tonne.

    Attributes:
        verdict: key of `VERDICTS`; "above" and "below" are outside the band.
        day: valuation date.
        price_yuan_t: price of that day.
        low, high: the band, None when the verdict is "too_few".
        count: deals that set the band; without one, all that are known by that day.
        least: deals that a band needs.
        of_class: class of the deals, a key of `market_alerts.CLASSES`; "" without a band.
    """

    verdict: str
    day: date
    price_yuan_t: float
    low: float | None
    high: float | None
    count: int
    least: int
    of_class: str


def _price(case: Case) -> tuple[date, float]:
    appraisal = case.appraisal
    if appraisal is None:
        raise CaseRefused([Problem("appraisal", "missing", None)])
    try:
        evidence = None
        if appraisal.evidence is not None:
            evidence = price_evidence(appraisal, case.project)
        price = price_of_valuation_date(appraisal, evidence)
    except DomainError as error:
        raise CaseRefused([domain_problem(error)]) from error
    return appraisal.valuation_date, price


def check_price(case: Case, records: Sequence[MarketRecord], rates: Sequence[FxRate]) -> PriceCheck:
    """Hold the price of the valuation date against the band of the deals of its class.

    The class is that of a sale on the market of credits of the ecosystem of the project, made
    wider as `monitor.deal_band` does until it has enough deals. Deals of the valuation date
    itself are known on it.

    Raises:
        CaseRefused: the case has no appraisal, or no price on its valuation date.
    """
    day, price = _price(case)
    known = [deal for deal in deals_in_yuan(records, rates) if deal.day <= day]
    limits = MonitorLimits()
    subject = MonitoredDeal(
        key="",
        day=day + timedelta(days=1),
        price_yuan_t=price,
        ecosystem=case.project.ecosystem.value,
        purpose=Purpose.UNKNOWN.value,
    )
    band = deal_band(subject, known, limits)
    least = limits.least_deals
    if band is None:
        return PriceCheck(TOO_FEW, day, price, None, None, len(known), least, "")
    verdict = INSIDE
    if not band.low <= price <= band.high:
        verdict = ABOVE if price > band.high else BELOW
    return PriceCheck(verdict, day, price, band.low, band.high, band.count, least, band.of_class)


def check_text(check: PriceCheck, tr: Translator) -> str:
    """Return what a check found, in one sentence with its figures."""
    return tr(VERDICTS[check.verdict]).format(
        day=check.day.isoformat(),
        price=number(check.price_yuan_t),
        count=check.count,
        least=check.least,
        of_class=tr(CLASSES[check.of_class]) if check.of_class else "",
        low=number(check.low),
        high=number(check.high),
    )
