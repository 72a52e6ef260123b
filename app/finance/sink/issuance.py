"""When credits come: verifications, the time the registry takes, credits by vintage."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.finance.case.carbon.ccer import CCER_METHODS, earliest_title_end
from app.finance.case.project import Project
from app.finance.dates import add_months


@dataclass(frozen=True, slots=True)
class Issue:
    """Credits of one vintage (calendar year of removal) issued after one verification."""

    verified_on: date
    issued_on: date
    vintage: int
    credits_tco2: float


def last_earning_day(project: Project) -> date | None:
    """Return the day after which the method itself counts nothing; None without one.

    A method of the CCER cuts the year in which the first title ends by days: the credits of
    that year are those of the days up to it, not of the whole year.
    """
    if project.ccer is None or project.quantity_method.value not in CCER_METHODS:
        return None
    title = earliest_title_end(project.ccer)
    return None if title is None else title[1]


def share_of_year(year: int, after: date | None, to: date, until: date | None = None) -> float:
    """Share of the days of a calendar year that lie after `after` and not after `to`.

    Days are counted as they are, ACT/ACT within the year; `after` None counts from its start.
    `until` is the last day of the year that earns anything (`last_earning_day`); None, or a day
    of another year, for a year that earns to its end.
    """
    days = 366 if calendar.isleap(year) else 365
    first, last = date(year, 1, 1), date(year, 12, 31)
    if until is not None and until.year == year:
        last = until
        days = (last - first).days + 1
    start = first if after is None else max(first, after + timedelta(days=1))
    end = min(last, to)
    return max((end - start).days + 1, 0) / days


def issues_by_vintage(
    project: Project, credits_by_year: Mapping[int, float]
) -> tuple[tuple[Issue, ...], float]:
    """Spread yearly credits over the verifications.

    A verification covers the days after the one before it up to its last monitored day; the
    first reaches back to the start of the plan. Its credits are issued `issuance_lag_months`
    after it. Returns the issues and the tonnes after the last verification, which no
    verification covers yet.

    The credits of a year are taken as spread evenly over the days that earn them.
    """
    if not project.verifications:
        return (), 0.0
    issues: list[Issue] = []
    covered: dict[int, float] = dict.fromkeys(credits_by_year, 0.0)
    before: date | None = None
    until = last_earning_day(project)
    for line in project.verifications:
        issued_on = add_months(line.verified_on, project.issuance_lag_months or 0)
        for year in sorted(credits_by_year):
            share = share_of_year(year, before, line.monitored_to, until)
            tonnes = credits_by_year[year] * share
            if tonnes > 0:
                covered[year] += share
                issues.append(Issue(line.verified_on, issued_on, year, tonnes))
        before = line.monitored_to
    left = sum(credits_by_year[year] * (1 - share) for year, share in covered.items())
    return tuple(issues), left


def issued_between(issues: Sequence[Issue], start: date, end: date) -> float:
    """Credits issued on or after `start` and before `end`."""
    return sum(issue.credits_tco2 for issue in issues if start <= issue.issued_on < end)
