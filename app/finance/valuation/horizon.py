"""How long a right is valued: its horizon and the rights that end it earlier."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.finance.case.appraisal import Appraisal
from app.finance.case.carbon.ccer import CCER_METHODS, earliest_title_end
from app.finance.case.project import Project
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.dates import (
    add_months,
    middle_calendar_year,
    whole_months_between,
    whole_years_between,
)
from app.finance.explain import Step, Term
from app.finance.text import N_

RIGHT_ENDS = ("sea_area_right_end", "crediting_end", "contract_end")
_LIMITED = N_("an income right is valued over its remaining period only")


@dataclass(frozen=True, slots=True)
class Horizon:
    """Years valued, and what limits them: "horizon_years" or the name of a right's end date.

    `last_day` is the last day valued, the day before the valuation date when there is none.
    By exact dates the last of the `years` may be a part year; otherwise all are whole and
    `months_left_out` of the right come after them.
    """

    years: int
    limited_by: str
    first_calendar_year: int
    last_day: date
    months_left_out: int
    working: Step


def right_ends(project: Project) -> tuple[tuple[str, date], ...]:
    """Return field and date of each end that is given; one lost title of CCER owners ends all."""
    ends = [(name, getattr(project, name)) for name in RIGHT_ENDS]
    found = [(name, end) for name, end in ends if end is not None]
    by_ccer = project.quantity_method.value in CCER_METHODS
    title = earliest_title_end(project.ccer) if project.ccer is not None else None
    if by_ccer and title is not None:
        found.append((f"ccer.owners.{title[0]}.title_end", title[1]))
    return tuple(found)


def right_end(project: Project) -> tuple[str, date] | None:
    """Return the earliest end of a right as (field name, date); None when none is given."""
    known = right_ends(project)
    return min(known, key=lambda entry: entry[1]) if known else None


_WHOLE_YEARS = {
    "horizon_years": N_("Horizon"),
    "sea_area_right_end": N_("Whole years of sea-area use right"),
    "crediting_end": N_("Whole years of crediting period"),
    "contract_end": N_("Whole years of sale contract"),
}
_LAST_DAYS = {
    "horizon_years": N_("Last day of the horizon"),
    "sea_area_right_end": N_("End of the sea-area use right"),
    "crediting_end": N_("End of the crediting period"),
    "contract_end": N_("End of the sale contract"),
}


def _whole_years(project: Project, appraisal: Appraisal) -> Horizon:
    start = appraisal.valuation_date
    candidates = [("horizon_years", appraisal.horizon_years)]
    for name, end in right_ends(project):
        candidates.append((name, whole_years_between(start, end + timedelta(days=1))))
    limited_by, years = min(candidates, key=lambda entry: entry[1])
    over = add_months(start, 12 * years)
    left_out = 0
    end_of_right = right_end(project)
    if limited_by != "horizon_years" and end_of_right is not None:
        left_out = max(whole_months_between(over, end_of_right[1] + timedelta(days=1)), 0)
    step = Step(
        key="value.horizon",
        label=N_("Years valued"),
        formula="N = min(" + ", ".join(f"n{i + 1}" for i in range(len(candidates))) + ")",
        terms=tuple(
            Term(
                f"n{i + 1}",
                _WHOLE_YEARS.get(name, N_("Whole years of the first title")),
                count,
                "yr",
            )
            for i, (name, count) in enumerate(candidates)
        ),
        value=years,
        unit="yr",
        source=_LIMITED,
    )
    return Horizon(
        years=years,
        limited_by=limited_by,
        first_calendar_year=middle_calendar_year(start, 1),
        last_day=over - timedelta(days=1),
        months_left_out=left_out,
        working=step,
    )


def _to_the_day(project: Project, appraisal: Appraisal) -> Horizon:
    start = appraisal.valuation_date
    horizon_end = add_months(start, 12 * appraisal.horizon_years) - timedelta(days=1)
    candidates = [("horizon_years", horizon_end), *right_ends(project)]
    limited_by, last_day = min(candidates, key=lambda entry: entry[1])
    over = last_day + timedelta(days=1)
    years = whole_years_between(start, over)
    if add_months(start, 12 * years) < over:
        years += 1
    step = Step(
        key="value.horizon",
        label=N_("Last day valued"),
        formula="T = min(" + ", ".join(f"d{i + 1}" for i in range(len(candidates))) + ")",
        terms=tuple(
            Term(f"d{i + 1}", _LAST_DAYS.get(name, N_("End of the first title")), day)
            for i, (name, day) in enumerate(candidates)
        ),
        value=last_day,
        unit="",
        source=_LIMITED,
    )
    return Horizon(
        years=years,
        limited_by=limited_by,
        first_calendar_year=start.year,
        last_day=max(last_day, start - timedelta(days=1)),
        months_left_out=0,
        working=step,
    )


def find_horizon(project: Project, appraisal: Appraisal) -> Horizon:
    """Return the years valued: the earliest of horizon, sea-area right, crediting, contract, title.

    A right holds through its last day. By year, whole years are counted: year k covers the
    12 months from the k-1th anniversary of the valuation date, and a part year at the end of
    a right is left out. By exact dates the right is valued to its last day.
    """
    if appraisal.timing is Timing.EXACT_DATES:
        return _to_the_day(project, appraisal)
    return _whole_years(project, appraisal)
