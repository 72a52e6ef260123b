"""Ratios that the price risk allows: by value at risk, and by the option, in Newton's steps."""

import math

from app.finance.case.lending.sizing_inputs import MarketRisk
from app.finance.lending.ratio_models import TRADING_DAYS, normal_quantile
from app.finance.lending.results import Bound
from app.finance.valuation.price_curve import DAYS_OF_YEAR
from app.i18n import N_
from app.reports.workbook.book import cell
from app.reports.workbook.collateral_rows import Collaterals
from app.reports.workbook.loan_course import Course
from app.reports.workbook.looks import Kind
from app.reports.workbook.schedule_columns import FIRST, RATE
from app.reports.workbook.value_rows import ValueRows

_RISK = "loan_market_risk"
_STEPS = 16


def _normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


class PriceRisk:
    """Writes both ratios where they are there; `var` and `option` are their addresses."""

    def __init__(self, rows: ValueRows, course: Course, carried: Collaterals) -> None:
        self._rows, self._course = rows, course
        self.var = self.option = "0"

    def write(self, var: Bound, option: Bound) -> None:
        """Write the ratios of bounds that have an amount."""
        risk = self._course.loan.market_risk
        if risk is None or (var.amount_yuan is None and option.amount_yuan is None):
            return
        self._rows.band(N_("Ratio that the price risk allows"))
        schedule = self._rows.page.book.page("schedule")
        self._contract = schedule.at(FIRST, RATE)
        if var.amount_yuan is not None:
            self._var(risk, var)
        if option.amount_yuan is not None:
            self._option(risk, option)

    def _var(self, risk: MarketRisk, bound: Bound) -> None:
        rows = self._rows
        years = rows.live(
            N_("Time to dispose"),
            f"{_RISK}_disposal_days/{TRADING_DAYS}",
            risk.disposal_days / TRADING_DAYS,
            kind=Kind.YEARS,
            unit="yr",
        )
        quantile = rows.live(
            N_("Quantile of the confidence"),
            f"NORMSINV({_RISK}_confidence)",
            normal_quantile(risk.confidence),
            kind=Kind.PLAIN,
            unit="",
        )
        cost = f"{_RISK}_disposal_cost_share"
        if risk.disposal_cost_share is None:
            cost = "disposal_cost_share"
        grown = f"/(1+{self._contract}*{years})" if risk.count_interest else ""
        worst = f"{_RISK}_drift*{years}-{quantile}*{_RISK}_volatility*SQRT({years})"
        self.var = rows.live(
            N_("Ratio by value at risk"),
            f"(1-{cost})*EXP({worst}){grown}",
            bound.detail or 0.0,
            kind=Kind.PERCENT,
            unit="",
        )

    def _option(self, risk: MarketRisk, bound: Bound) -> None:
        """Newton's steps from a ratio of 1: the shortfall is convex in it and falls to its root."""
        rows, course = self._rows, self._course
        riskless = risk.risk_free_rate or 0.0
        days = (course.schedule.dues[-1] - course.loan.drawdown_date).days
        years, time = days / DAYS_OF_YEAR, f"({days}/{int(DAYS_OF_YEAR)})"
        spread, formula = risk.credit_spread, f"{_RISK}_credit_spread"
        if spread is None:
            spread = course.schedule.rates[0] - riskless
            formula = f"{self._contract}-{_RISK}_risk_free_rate"
        held = rows.live(
            N_("Spread over the riskless rate"), formula, spread, kind=Kind.PERCENT, unit="1/yr"
        )
        rate, sigma = f"{_RISK}_risk_free_rate", f"{_RISK}_volatility"
        ratio, address = 1.0, "1"
        for number in range(1, _STEPS + 1):
            ratio = _step(ratio, risk.volatility, years, riskless, spread)
            due = f"({address}*EXP(({rate}+{held})*{time}))"
            scale = f"({sigma}*SQRT({time}))"
            far = f"((LN(1/{due})+({rate}-{sigma}^2/2)*{time})/{scale})"
            put = f"{due}*EXP(-{rate}*{time})*NORMSDIST(-{far})-NORMSDIST(-{far}-{scale})"
            gain = f"(EXP({held}*{time})-1)"
            slope = f"(EXP({held}*{time})*NORMSDIST(-{far})-{gain})"
            step = f"MAX({address}-({put}-{address}*{gain})/{slope},0.000000001)"
            if address == "1":
                step = f"IF({put}-{gain}<=0,1,{step})"
            else:
                step = f"IF({address}=1,1,{step})"
            address = rows.live(
                rows.page.book.words(N_("Step {number}"), number=number),
                f"IF({held}<=0,0,{step})",
                ratio,
                kind=Kind.PERCENT,
                unit="",
            )
            address = cell(rows.row - 1, 1)
        self.option = rows.live(
            N_("Ratio by the option model"), address, bound.detail or 0.0,
            kind=Kind.PERCENT, unit="",
        )  # fmt: skip


def _step(ratio: float, volatility: float, years: float, riskless: float, spread: float) -> float:
    """One of Newton's steps on put - ratio x (e^(s T) - 1), its strike ratio x e^((r + s) T)."""
    if spread <= 0:
        return 0.0
    due, scale = ratio * math.exp((riskless + spread) * years), volatility * math.sqrt(years)
    far = (math.log(1 / due) + (riskless - volatility**2 / 2) * years) / scale
    put = due * math.exp(-riskless * years) * _normal(-far) - _normal(-far - scale)
    gain = math.expm1(spread * years)
    excess = put - ratio * gain
    if ratio == 1.0 and excess <= 0:
        return 1.0
    return max(ratio - excess / (math.exp(spread * years) * _normal(-far) - gain), 1e-9)
