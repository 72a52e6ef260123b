"""Whether the loan can be served and stays covered, and what its days and rate rest on."""

from datetime import date

import numpy as np

from app.finance.case.lending.days import BusinessDays
from app.finance.case.lending.pricing import RateKind
from app.finance.dates import add_months
from app.finance.lending.calendar import loan_calendar
from app.finance.lending.caution_parts import Watched, warning
from app.finance.lending.life_results import LifeResult
from app.finance.lending.remaining import flow_days
from app.finance.notices import Notice

OLD_LPR_MONTHS = 3
"""The LPR is published every month; a table that stops this long before drawdown is out of date."""

CALLED = ("margin_call", "enforcement")
"""States of coverage in which the borrower owes security or money."""


def course_cautions(seen: Watched) -> list[Notice]:
    """Return what stands against debt service, coverage, days and rate of the loan."""
    found = [*_service(seen), *_path(seen), *_days(seen), *_lpr(seen)]
    life = seen.result.life
    return found if life is None else [*found, *_payments(seen, life), *_calls(life)]


def _service(seen: Watched) -> list[Notice]:
    """Years whose cash does not pay the debt, and a loan that ends before a tonne is sold."""
    found = []
    short = [year for year in seen.result.cover.years if year.dscr is not None and year.dscr < 1]
    if short:
        facts = {"year": short[0].index, "end": short[0].last_day, "dscr": short[0].dscr}
        found.append(warning("dscr_below_one", "loan.amount_yuan", **facts, count=len(short)))
    appraisal, values = seen.case.appraisal, seen.values
    if values is not None and appraisal is not None:
        days = flow_days(values.plan, appraisal.valuation_date)
        start, end = seen.loan.drawdown_date.toordinal(), seen.maturity.toordinal()
        within = (days > start) & (days <= end)
        if not np.any(values.plan.tonnes[..., within] > 0):
            path = "loan.term_months"
            found.append(warning("no_sale_before_maturity", path, maturity=seen.maturity))
    return found


def _path(seen: Watched) -> list[Notice]:
    """First days on which coverage falls below the two lower lines, or the value is gone."""
    path, found = seen.result.path, []
    if path.uncovered_from is not None:
        found.append(warning("value_gone", "loan.term_months", day=path.uncovered_from))
    named = zip(("path_below_margin", "path_below_enforcement"), path.lines[1:], strict=False)
    for code, line in named:
        below = [p for p in path.points if p.coverage is not None and p.coverage < line]
        if below:
            facts = {
                "day": below[0].day,
                "coverage": _percent(below[0].coverage),
                "line": _percent(line),
            }
            found.append(warning(code, "loan.monitoring", **facts))
    return found


def _days(seen: Watched) -> list[Notice]:
    """Payment days that rest on weekends alone, or on a calendar that is not in the case."""
    loan = seen.loan
    if loan.business_days is BusinessDays.UNADJUSTED:
        return []
    dues = [line.due for line in seen.result.schedule]
    found = []
    guessed = loan_calendar(loan).years_guessed(dues)
    if guessed:
        found.append(warning("calendar_by_weekends", "loan.unknown_years", years=list(guessed)))
    own = {line.day.year for line in loan.calendar}
    without = sorted({day.year for day in dues} - own - set(guessed))
    if without:
        found.append(warning("calendar_not_in_case", "loan.calendar", years=without))
    return found


def _lpr(seen: Watched) -> list[Notice]:
    loan = seen.loan
    days = [line.day for line in loan.lpr if line.day <= loan.drawdown_date]
    if loan.rate_kind is not RateKind.FLOATING or not days:
        return []
    if add_months(max(days), OLD_LPR_MONTHS) >= loan.drawdown_date:
        return []
    facts = {"day": max(days), "drawdown": loan.drawdown_date}
    return [warning("lpr_old", "loan.lpr", **facts)]


def _payments(seen: Watched, life: LifeResult) -> list[Notice]:
    """Bills that are not paid on the day watched, and a debt said to be over that is still owed."""
    now, path = life.now, "loan.monitoring.receipts"
    if now is None:
        return []
    if not seen.is_owed:
        path = "loan.monitoring.discharged_on"
        facts = {"day": life.as_of, "amount": now.owed_yuan}
        return [warning("discharged_while_owed", path, **facts)] if now.owed_yuan > 0 else []
    if life.days_past_due <= 0:
        return []
    facts = {"day": life.as_of, "amount": now.past_due_yuan, "days": life.days_past_due}
    return [warning("payments_overdue", path, **facts)]


def _calls(life: LifeResult) -> list[Notice]:
    """The last coverage watched, and the events that are not cured."""
    found = []
    seen = [point for point in life.watch if point.day <= life.as_of]
    if seen and seen[-1].state in CALLED:
        point = seen[-1]
        facts = {"day": point.day, "coverage": _percent(point.coverage), "by": point.cure_by}
        code = _late("margin_call", point.cure_by, life.as_of)
        found.append(warning(code, "loan.monitoring.revaluations", **facts))
    for event in life.events:
        if event.triggers and event.state in ("open", "overdue"):
            code = _late("event", event.cure_by, life.as_of)
            path = f"loan.monitoring.events.{event.position}.kind"
            found.append(
                warning(code, path, line=event.position + 1, day=event.day, by=event.cure_by)
            )
    return found


def _percent(coverage: float | None) -> str:
    return "–" if coverage is None else f"{100 * coverage:,.2f}%"


def _late(code: str, by: date | None, day: date) -> str:
    return f"{code}_overdue" if by is not None and by < day else f"{code}_open"
