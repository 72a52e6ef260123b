"""Rules between the fields of the event part of an insurance."""

from collections.abc import Iterator

from app.finance.case.cover.model_inputs import EventModel, SetEventLine
from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem

_PATH = "insurance.events"
_LINES = f"{_PATH}.event_lines"


def event_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the event part; none without it."""
    model = insurance.events
    if model is None:
        return
    if not insurance.heads:
        yield Problem("insurance.heads", "events_without_heads")
    if not model.event_lines:
        yield Problem(_LINES, "too_short", None, {"length": 1})
    yield from _place_problems(insurance, model)
    yield from _rate_problems(model)
    for number, line in enumerate(model.event_lines):
        yield from _measure_problems(number, line)
    yield from _curve_problems(insurance, model)


def _place_problems(insurance: Insurance, model: EventModel) -> Iterator[Problem]:
    """Each site is one of the policy, and hit once by an event."""
    known = {site.name for site in insurance.sites} | {head.site for head in insurance.heads}
    first: dict[tuple[str, str], int] = {}
    sites: dict[str, set[str]] = {}
    for number, line in enumerate(model.event_lines):
        path = f"{_LINES}.{number}.site"
        if line.site and line.site not in known:
            facts = {"known": ", ".join(sorted(filter(None, known))) or "–"}
            yield Problem(path, "unknown_event_site", line.site, facts)
        key = line.event, line.site
        others = sites.setdefault(line.event, set())
        if key in first or (others and (not line.site or "" in others)):
            earlier = first.get(key, first.get((line.event, ""), 0))
            yield Problem(path, "event_site_twice", line.site, {"line": earlier + 1})
        first.setdefault(key, number)
        others.add(line.site)


def _rate_problems(model: EventModel) -> Iterator[Problem]:
    """An event has one rate."""
    rates: dict[str, float] = {}
    for number, line in enumerate(model.event_lines):
        rate = rates.setdefault(line.event, line.rate)
        if line.rate != rate:
            path = f"{_LINES}.{number}.rate"
            yield Problem(path, "event_rate_differs", line.rate, {"rate": rate})
    if rates and not any(rates.values()):
        yield Problem(_LINES, "events_never", 0)


def _measure_problems(number: int, line: SetEventLine) -> Iterator[Problem]:
    """Damage, loss or intensity: one of them."""
    given = [
        name
        for name in ("damage_share", "loss_yuan", "intensity")
        if getattr(line, name) is not None
    ]
    if not given:
        yield Problem(f"{_LINES}.{number}.damage_share", "event_without_damage")
    for name in given[1:]:
        yield Problem(f"{_LINES}.{number}.{name}", "event_damage_twice", getattr(line, name))


def _curve_problems(insurance: Insurance, model: EventModel) -> Iterator[Problem]:
    """An intensity needs a curve of the policy that gives shares."""
    path = f"{_PATH}.curve"
    needed = any(line.intensity is not None for line in model.event_lines)
    if not model.curve:
        if needed:
            yield Problem(path, "event_curve_missing")
        return
    own = [
        (number, point)
        for number, point in enumerate(insurance.damages)
        if point.curve == model.curve
    ]
    if not own:
        known = sorted({point.curve for point in insurance.damages})
        yield Problem(path, "unknown_event_curve", model.curve, {"known": ", ".join(known) or "–"})
    for number, point in own:
        if point.damage > 1:
            where = f"insurance.damages.{number}.damage"
            yield Problem(where, "event_curve_above_one", point.damage)
