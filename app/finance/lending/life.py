"""The life of the loan: ledger, coverage, events, disposal, release, and what is due.

Source of the five classes: 商业银行金融资产风险分类办法 (中国银保监会 中国人民银行令〔2023〕第1号)
as the regulators explained it when they issued it: what is overdue is at least special mention,
more than 90 days at least substandard, more than 270 at least doubtful, more than 360 loss.
"""

from datetime import date

from app.finance.case.lending.monitoring import Monitoring
from app.finance.lending.calendar import loan_calendar
from app.finance.lending.due import find_due
from app.finance.lending.due_context import DueContext
from app.finance.lending.ledger import Ledger, build_ledger
from app.finance.lending.life_results import LedgerDay, LifeResult, WaterfallLine
from app.finance.lending.life_working import life_steps
from app.finance.lending.loan_events import find_events
from app.finance.lending.parts import LoanParts
from app.finance.lending.rates import rate_path
from app.finance.lending.registration import CANCEL_WORKING_DAYS, day_watched
from app.finance.lending.watch import counted_on, watch_coverage
from app.finance.lending.waterfall import disposal_waterfall, forced_sale_yuan

_CLASSES = ((360, "loss"), (270, "doubtful"), (90, "substandard"), (0, "special_mention"))


def class_by_days(days: int) -> str:
    """Return the lowest of the five classes that days past due alone allow.

    "normal", "special_mention" from the first day, "substandard" beyond 90 days, "doubtful" beyond
    270 and "loss" beyond 360; other facts may put the loan into a worse one.
    """
    return next((code for limit, code in _CLASSES if days > limit), "normal")


def days_past_due(ledger: Ledger, parts: LoanParts, day: date) -> int:
    """Return the days since the oldest bill of the schedule fell due that is not paid in full."""
    if not ledger.unpaid:
        return 0
    return (day - min(parts.schedule.dues[line] for line in ledger.unpaid)).days


def find_life(parts: LoanParts) -> LifeResult | None:
    """Return the state of the loan on the day watched; None when the loan is not watched.

    Nothing that happened after that day counts; the calendar runs through the whole life.

    Raises:
        DomainError: `overdue_multiple_missing`, `diverted_multiple_missing` or
            `revaluation_without_price`.
    """
    loan, monitoring = parts.loan, parts.loan.monitoring
    if monitoring is None:
        return None
    day, calendar = day_watched(loan), loan_calendar(loan)
    ledger = build_ledger(parts.schedule, monitoring, loan.day_count, rate_path(loan), day)
    now = ledger.on(day)
    late = days_past_due(ledger, parts, day)
    events = find_events(monitoring, calendar, day)
    watch = watch_coverage(parts, monitoring, ledger, calendar, day)
    last_day = _last_day(parts, monitoring, day, now)
    context = DueContext(parts, monitoring, day, ledger, events, watch, last_day)
    discharged = monitoring.discharged_on
    counted = counted_on(parts, monitoring, day) if watch else ()
    return LifeResult(
        as_of=day,
        ledger=ledger.rows,
        now=now,
        days_past_due=late,
        five_class=class_by_days(late),
        watch=watch,
        events=events,
        waterfall=_waterfall(parts, monitoring, day, now),
        due=find_due(context),
        released=context.is_discharged and now is not None and now.owed_yuan <= 0,
        cancel_by=None
        if discharged is None
        else calendar.add_working_days(discharged, CANCEL_WORKING_DAYS),
        counted=counted,
        price_yuan_t=_price(parts, day),
        working=life_steps(monitoring, now, watch, counted),
    )


def _price(parts: LoanParts, day: date) -> float | None:
    """Return the carbon price in force on a day, yuan/t: trigger prices are held against it."""
    price = parts.values.price_yuan_t
    return price * float(parts.common.revaluations.on([day]).factors[0]) if price > 0 else None


def _last_day(parts: LoanParts, monitoring: Monitoring, day: date, now: LedgerDay | None) -> date:
    """Return the last day that asks for care: discharge, or maturity, or today while in debt."""
    discharged, maturity = monitoring.discharged_on, parts.schedule.dues[-1]
    if discharged is not None and discharged <= day:
        return discharged
    return max(maturity, day) if now is not None and now.owed_yuan > 0 else maturity


def _waterfall(
    parts: LoanParts, monitoring: Monitoring, day: date, now: LedgerDay | None
) -> tuple[WaterfallLine, ...]:
    """Return the disposal on the day watched; () when nothing is owed."""
    if now is None or now.owed_yuan <= 0:
        return ()
    proceeds = monitoring.proceeds_yuan
    if proceeds is None:
        proceeds = forced_sale_yuan(parts, day)
    return disposal_waterfall(proceeds, now)
