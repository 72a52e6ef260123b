"""When a right earns and pays, by exact dates: each flow on its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.flows import FlowKind
from app.finance.dates import add_months
from app.finance.sink.credits import CarbonResult
from app.finance.sink.issuance import last_earning_day, share_of_year
from app.finance.sink.pools import Numbers
from app.finance.valuation.horizon import Horizon
from app.finance.valuation.price_curve import DAYS_OF_YEAR
from app.finance.valuation.schedule import RECEIPTS, Schedule, has_start, year_of


@dataclass(slots=True)
class _Column:
    """One date of the cash flow.

    The fields are those of `Schedule`.
    """

    index: int
    time: float
    day: date
    tonnes: float = 0.0
    year_share: float = 0.0
    verifications: int = 0
    baselines: int = 0
    receipts: float = 0.0
    investment: float = 0.0
    other: float = 0.0

    def add_flow(self, kind: FlowKind, amount: float) -> None:
        """Add a dated amount."""
        if kind in RECEIPTS:
            self.receipts += amount
        elif kind is FlowKind.INVESTMENT:
            self.investment += amount
        else:
            self.other += amount


@dataclass(frozen=True, slots=True)
class _Span:
    """Days whose credits are sold on one day; None when they are not sold by this right."""

    first: date
    last: date
    sold_on: date | None


def _spans(project: Project, appraisal: Appraisal, horizon: Horizon) -> list[_Span]:
    start, last = appraisal.valuation_date, horizon.last_day
    found = []
    if project.verifications:
        opened = date(1, 1, 1)
        for line in project.verifications:
            issued = add_months(line.verified_on, project.issuance_lag_months or 0)
            sold_on = issued if start <= issued <= last else None
            found.append(_Span(opened, line.monitored_to, sold_on))
            opened = line.monitored_to + timedelta(days=1)
        return found
    found.append(_Span(date(1, 1, 1), start - timedelta(days=1), None))
    opened = start
    for index, day in _anniversaries(start, last):
        due = index % appraisal.verification_interval_years == 0
        if due or day >= last:
            found.append(_Span(opened, min(day - timedelta(days=1), last), day))
            opened = day
    if found[-1].sold_on is not None and found[-1].sold_on == last:
        found[-1] = _Span(found[-1].first, last, last)
    return found


def _anniversaries(start: date, last: date) -> list[tuple[int, date]]:
    """Return each anniversary up to the day after `last`, and `last` itself if a part is left."""
    found = []
    index = 1
    over = last + timedelta(days=1)
    while add_months(start, 12 * index) <= over:
        found.append((index, add_months(start, 12 * index)))
        index += 1
    covered = found[-1][1] if found else start
    if covered < over:
        found.append((index, last))
    return found


def _days_share(year: int, span: _Span, project: Project) -> float:
    """Share of the days that earn a calendar year's credits in a span and the crediting period."""
    opened, closed = span.first, span.last
    if project.crediting_start is not None:
        opened = max(opened, project.crediting_start)
    if project.crediting_end is not None:
        closed = min(closed, project.crediting_end)
    if opened > closed or opened.year > year or closed.year < year:
        return 0.0
    after = opened - timedelta(days=1) if opened > date(1, 1, 1) else None
    return share_of_year(year, after, closed, last_earning_day(project))


def sales_by_day(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, horizon: Horizon
) -> Mapping[date, float]:
    """Return the credits sold on each day, tCO2e.

    The credits of a calendar year are spread evenly over its days. They are sold at the
    issuance of the verification that covers them, or, when none are listed, on each
    verification anniversary and at the end of the right; days before the valuation date, after
    the end of the right or outside the crediting period earn nothing. What the ledger
    says is sold or retired comes off the earliest days of its vintage.
    """
    gone = {row.vintage: row.sold_tco2 + row.retired_tco2 for row in carbon.ledger}
    sold: dict[date, float] = {}
    spans = _spans(project, appraisal, horizon)
    for row in carbon.years:
        for span in spans:
            tonnes = row.credits_tco2 * _days_share(row.year, span, project)
            taken = min(gone.get(row.year, 0.0), tonnes)
            if taken:
                gone[row.year] -= taken
            if span.sold_on is not None and tonnes > taken:
                sold[span.sold_on] = sold.get(span.sold_on, 0.0) + tonnes - taken
    return sold


def dated_schedule(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, horizon: Horizon
) -> Schedule:
    """Return one column a day on which something is earned or paid; time is days over 365.

    Yearly costs are paid on the anniversaries of the valuation date, those of a part year at
    the end of the right on its last day, by days. A listed verification costs on its day, an
    assumed one where its credits are sold.
    """
    start, last = appraisal.valuation_date, horizon.last_day
    columns = {start: _Column(0, 0.0, start)}
    for index, day in _anniversaries(start, last):
        column = _on(columns, day, index, start)
        opened = add_months(start, 12 * (index - 1))
        closed = add_months(start, 12 * index)
        paid = min(closed, last + timedelta(days=1))
        column.year_share += (paid - opened).days / (closed - opened).days
        if paid == closed and index % appraisal.baseline_interval_years == 0:
            column.baselines += 1
    for day, tonnes in sales_by_day(project, appraisal, carbon, horizon).items():
        _on(columns, day, _period(start, day), start).tonnes += tonnes
    for day in _verification_days(project, appraisal, horizon):
        _on(columns, day, _period(start, day), start).verifications += 1
    for line in appraisal.flows:
        if start <= line.day <= last:
            column = _on(columns, line.day, _period(start, line.day), start)
            column.add_flow(line.kind, line.amount_yuan)
    ordered = [columns[day] for day in sorted(columns)]
    kept = has_start(appraisal) or ordered[0].verifications or ordered[0].tonnes
    return _schedule(ordered if kept else ordered[1:])


def _schedule(columns: list[_Column]) -> Schedule:
    def numbers(name: str) -> Numbers:
        return np.array([getattr(column, name) for column in columns], dtype=np.float64)

    return Schedule(
        indices=numbers("index"),
        times=numbers("time"),
        years=tuple(column.day.year for column in columns),
        days=tuple(column.day for column in columns),
        tonnes=numbers("tonnes"),
        year_share=numbers("year_share"),
        verifications=numbers("verifications"),
        baselines=numbers("baselines"),
        receipts=numbers("receipts"),
        investment=numbers("investment"),
        other=numbers("other"),
    )


def _verification_days(project: Project, appraisal: Appraisal, horizon: Horizon) -> list[date]:
    start, last = appraisal.valuation_date, horizon.last_day
    if project.verifications:
        days = {line.verified_on for line in project.verifications}
        return sorted(day for day in days if start <= day <= last)
    spans = _spans(project, appraisal, horizon)
    return sorted({span.sold_on for span in spans if span.sold_on is not None})


def _period(start: date, day: date) -> int:
    """Return the year of the right a day belongs to; an anniversary closes its year."""
    return 0 if day == start else year_of(start, day - timedelta(days=1))


def _on(columns: dict[date, _Column], day: date, index: int, start: date) -> _Column:
    if day not in columns:
        columns[day] = _Column(index, (day - start).days / DAYS_OF_YEAR, day)
    return columns[day]
