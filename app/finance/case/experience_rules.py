"""Rules between the fields of the experience part of an insurance."""

from collections import defaultdict
from collections.abc import Iterator

from app.finance.case.cover.experience_inputs import (
    Estimator,
    Experience,
    history_years,
    listed_years,
)
from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem

_PATH = "insurance.experience"
_LINES = f"{_PATH}.losses"
_CLASS = f"{_PATH}.class_lines"

LEAST_YEARS = 3
"""A history of fewer years with data is no history: it is flagged, whatever it shows."""


def experience_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the experience part; none without it."""
    experience = insurance.experience
    if experience is None:
        return
    if not insurance.heads:
        yield Problem("insurance.heads", "experience_without_heads")
    known = [head.name for head in insurance.heads]
    if experience.head and experience.head not in known:
        facts = {"known": known or "–"}
        yield Problem(f"{_PATH}.head", "unknown_head", experience.head, facts)
    yield from _span_problems(experience)
    yield from _exposure_problems(experience)
    yield from _class_problems(experience)


def _span_problems(experience: Experience) -> Iterator[Problem]:
    """Years from first to last, lines within them, and years without data without a line."""
    first, last = experience.first_year, experience.last_year
    if first is not None and last is not None and last < first:
        yield Problem(f"{_PATH}.last_year", "before_start", last, {"start": first})
        return
    years = [line.year for line in experience.losses]
    for number, year in enumerate(years):
        outside = (first is not None and year < first) or (last is not None and year > last)
        if outside:
            facts = {"first": first or min(years), "last": last or max(years)}
            yield Problem(f"{_LINES}.{number}.year", "year_outside_history", year, facts)
    path = f"{_PATH}.missing_years"
    try:
        missing = listed_years(experience.missing_years)
    except ValueError:
        yield Problem(path, "not_years", experience.missing_years)
        return
    both = sorted(set(missing) & set(years))
    if both:
        yield Problem(path, "missing_year_with_line", experience.missing_years, {"years": both})
    elif not set(history_years(experience)) - set(missing) and not experience.own_member:
        yield Problem(_LINES, "no_history")


def _exposure_problems(experience: Experience) -> Iterator[Problem]:
    """The lines of a year state one sum insured, where they state one."""
    first: dict[int, float] = {}
    for number, line in enumerate(experience.losses):
        exposure = line.exposure_yuan
        if exposure is None:
            continue
        known = first.setdefault(line.year, exposure)
        if exposure != known:
            path = f"{_LINES}.{number}.exposure_yuan"
            yield Problem(path, "exposure_of_year_differs", exposure, {"exposure": known})


def _class_problems(experience: Experience) -> Iterator[Problem]:
    """Members and years of the class: enough of them, each year of a member once."""
    years: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(experience.class_lines):
        if line.year in years[line.member]:
            facts = {"member": line.member}
            yield Problem(f"{_CLASS}.{number}.year", "class_year_twice", line.year, facts)
        years[line.member].add(line.year)
    if experience.own_member and experience.own_member not in years:
        known = list(years) or "–"
        path = f"{_PATH}.own_member"
        yield Problem(path, "unknown_member", experience.own_member, {"known": known})
    if experience.estimator in {Estimator.UNBIASED, Estimator.ITERATIVE}:
        own = 0 if experience.own_member else len({line.year for line in experience.losses})
        counts = [*map(len, years.values()), *([own] if own else [])]
        if not years or len(counts) < 2 or max(counts, default=0) < 2:
            yield Problem(_CLASS, "class_too_small", len(experience.class_lines))
