"""Green classification of the loan and the step of a sustainability-linked rate.

Source: 绿色金融支持项目目录(2025年版), notice of 中国人民银行、金融监管总局、中国证监会: in force
from 2025-10-01; loans approved and not yet drawn when it was issued stay on the standard before.
"""

from collections.abc import Sequence
from datetime import date

from app.finance.case.lending.green import Green, GreenAnswer, KpiDirection, KpiLine
from app.finance.lending.life_results import GreenResult, KpiResult
from app.finance.lending.parts import LoanParts
from app.finance.lending.registration import day_watched
from app.finance.lending.schedule_results import Schedule
from app.finance.sink.credits import CarbonResult

UNIFIED_ISSUED = date(2025, 7, 14)
"""Day on which the edition of 2025 was issued."""

UNIFIED_IN_FORCE = date(2025, 10, 1)

_BASIS_POINT = 1e-4
_FEN = 0.01


def _met(line: KpiLine) -> bool | None:
    if line.actual is None:
        return None
    if line.direction is KpiDirection.AT_MOST:
        return line.actual <= line.target
    return line.actual >= line.target


def _kpi(line: KpiLine) -> KpiResult:
    return KpiResult(
        line.name, line.unit, line.test_day, line.target, line.actual, _met(line), line.verifier
    )


def rate_step(green: Green, kpis: Sequence[KpiResult], day: date) -> tuple[float, date] | None:
    """Return the change of the rate in basis points and the day from which it counts.

    The latest day up to `day` on which an indicator was tested decides: all met lowers the rate by
    the step, one missed raises it if the contract says so; one still untested brings no lower
    rate. None without a step or a test.
    """
    tested = [kpi.test_day for kpi in kpis if kpi.met is not None and kpi.test_day <= day]
    if green.step_bp is None or not tested:
        return None
    last = max(tested)
    found = [kpi.met for kpi in kpis if kpi.test_day == last]
    if any(met is False for met in found):
        return (green.step_bp if green.steps_up else 0.0), last
    return (-green.step_bp if all(found) else 0.0), last


def balance_on(schedule: Schedule, day: date) -> float:
    """Return the principal owed at the end of a day by the schedule, yuan."""
    drawn = sum(fen for drawn_on, fen in schedule.drawdowns if drawn_on <= day)
    repaid = sum(
        fen for due, fen in zip(schedule.dues, schedule.principal, strict=True) if due <= day
    )
    return (drawn - repaid) * _FEN


def mean_credits(carbon: CarbonResult) -> float | None:
    """Return the mean credits of a year of the plan, t CO2e; None for a plan without years."""
    if not carbon.years:
        return None
    return carbon.total_credits_tco2 / len(carbon.years)


def is_transitional(green: Green, drawdown: date) -> bool | None:
    """Whether a loan stays on the standard before the edition of 2025.

    It does when it was approved before that edition was issued and not yet drawn then.
    """
    if green.approved_on is None:
        return None
    return green.approved_on < UNIFIED_ISSUED <= drawdown


def _missing(green: Green) -> tuple[str, ...]:
    """Return the paths of what a decision lacks; before one, that it is not taken."""
    if green.answer is GreenAnswer.OPEN:
        return ("loan.green.answer",)
    names = ["evidence", "approved_on", "decided_by", "decided_on", "checked_by", "checked_on"]
    if green.answer is GreenAnswer.GREEN:
        names = ["item", "item_code", *names]
    return tuple(f"loan.green.{name}" for name in names if not getattr(green, name))


def _four_eyes(green: Green) -> bool | None:
    """Whether another one than who decided checked it; None while nobody decided."""
    if green.answer is GreenAnswer.OPEN:
        return None
    decided, checked = (
        " ".join(name.split()).casefold() for name in (green.decided_by, green.checked_by)
    )
    return bool(decided and checked) and decided != checked


def find_green(parts: LoanParts) -> GreenResult | None:
    """Return the classification; None when the case has none.

    The step of the rate stands beside the schedule, which keeps the rate of the contract: what it
    makes in a year is step x the principal owed by schedule on the day of the test.
    """
    loan, catalogue = parts.loan, parts.catalogue
    green = loan.green
    if green is None:
        return None
    kpis = tuple(_kpi(line) for line in green.kpis)
    step = rate_step(green, kpis, day_watched(loan))
    from_case = green.avoided_tco2e_yr is None
    return GreenResult(
        edition=green.edition,
        answer=green.answer.value,
        item=green.item,
        item_code=green.item_code,
        verified_code=catalogue.is_verified(green.edition, green.item_code),
        transitional=is_transitional(green, loan.drawdown_date),
        kpis=kpis,
        rate_step_bp=None if step is None else step[0],
        avoided_tco2e_yr=mean_credits(parts.carbon) if from_case else green.avoided_tco2e_yr,
        avoided_from_case=from_case,
        missing=_missing(green),
        four_eyes=_four_eyes(green),
        step_from=None if step is None else step[1],
        step_yuan_yr=None
        if step is None
        else step[0] * _BASIS_POINT * balance_on(parts.schedule, step[1]),
        in_force_from=catalogue.in_force_from(green.edition),
        own_catalogue=catalogue.own,
        refused=catalogue.refused,
    )
