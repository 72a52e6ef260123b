"""The range of removals and credits when inputs carry distributions, by random draws."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, cast

import numpy as np

from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.carbon.uncertain import DistributionKind, DistributionLine
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.fields import FieldSpec, specs_by_path
from app.finance.sink.crediting import credit_flow
from app.finance.sink.distributions import check_against, correlated_normals, quantiles
from app.finance.sink.methods.samples import sample_errors
from app.finance.sink.pools import Numbers, Span
from app.finance.sink.removals import filled, plan_span, removals
from app.finance.sink.tables import SinkTables

CHUNK = 10_000
"""Draws computed at once; part of what makes a seed give the same numbers."""

PERCENTILES = (5, 10, 50, 90, 95)

QUANTILE_STEPS = np.linspace(0.0, 1.0, 1001)
"""Probabilities of the quantiles that stand for the distribution of the total credits."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, standard deviation and percentiles of draws; p5 is undercut by 5 % of them."""

    mean: float
    sd: float
    p5: float
    p10: float
    p50: float
    p90: float
    p95: float


@dataclass(frozen=True, slots=True)
class RangeYear:
    """Spread of one calendar year, t CO2e."""

    year: int
    removals_tco2: Spread
    credits_tco2: Spread


@dataclass(frozen=True, slots=True)
class DrawnInput:
    """What was drawn for one input; `clipped_share` of the draws lay outside its range."""

    path: str
    kind: str
    mean: float
    sd: float
    clipped_share: float


@dataclass(frozen=True, slots=True)
class CarbonRange:
    """Removals and credits, t CO2e, as a distribution over `draws` draws from `seed`.

    `standard_error_tco2` is that of the mean of the total credits; `credit_quantiles_tco2`
    are its quantiles at equal steps of probability from 0 to 1;
    `reach_estimate_share` is the share of draws whose total credits reach the single estimate.
    """

    draws: int
    seed: int
    total_removals_tco2: Spread
    total_credits_tco2: Spread
    standard_error_tco2: float
    reach_estimate_share: float
    years: tuple[RangeYear, ...]
    inputs: tuple[DrawnInput, ...]
    credit_quantiles_tco2: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One uncertain input: where it lies, its distribution, its present value, its range."""

    path: str
    line: DistributionLine
    base: float
    spec: FieldSpec


def value_in(project: Project, path: str) -> Any:
    """Return the input at a path below "project."; list positions are numbers in it.

    Raises:
        LookupError: there is no such input.
    """
    value: Any = project
    for name in path.split(".")[1:]:
        try:
            value = value[int(name)] if isinstance(value, tuple) else getattr(value, name)
        except (AttributeError, ValueError, IndexError) as error:
            raise LookupError(path) from error
    return value


def _put(owner: Any, names: list[str], value: Any) -> Any:
    """Return `owner` with `value` at the names below it; nothing is changed in place."""
    name, *rest = names
    if isinstance(owner, tuple):
        place = int(name)
        changed = value if not rest else _put(owner[place], rest, value)
        return (*owner[:place], changed, *owner[place + 1 :])
    inner = value if not rest else _put(getattr(owner, name), rest, value)
    return replace(owner, **{name: inner})


def _spec_of(path: str) -> FieldSpec | None:
    owner: type = Project
    spec: FieldSpec | None = None
    for name in path.split(".")[1:]:
        if name.isdigit():
            continue
        spec = specs_by_path(cast("Any", owner)).get(name)
        if spec is None:
            return None
        owner = spec.kind
    return spec


def numeric_inputs(project: Project) -> Iterator[str]:
    """Yield the paths of the inputs that may carry a distribution: those that hold a float."""

    def walk(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, tuple):
            for number, line in enumerate(value):
                yield from walk(line, f"{path}.{number}")
        elif is_dataclass(value):
            for entry in fields(value):
                if path == "project" and entry.name in _NOT_DRAWN:
                    continue
                yield from walk(getattr(value, entry.name), f"{path}.{entry.name}")
        elif isinstance(value, float):
            yield path

    yield from walk(project, "project")


_NOT_DRAWN = ("distributions", "ledger", "sites", "site_area_ha")


def _sample_lines(project: Project, named: set[str]) -> Iterator[DistributionLine]:
    """Measured means are uncertain by their standard error, unless a line says otherwise.

    Several lines of one coefficient are pooled (`sample_errors`). Each is drawn for itself, by
    an equal part of the variance of the pooled mean: e_i = e N / (n_i sqrt(k)).
    """
    if project.quantity_method is not QuantityMethod.HARVEST:
        return
    errors = sample_errors(project.samples)
    lines = Counter((sample.species, sample.quantity) for sample in project.samples)
    for number, sample in enumerate(project.samples):
        path = f"project.samples.{number}.mean"
        key = (sample.species, sample.quantity)
        error = errors[key].standard_error * errors[key].n / (sample.n * lines[key] ** 0.5)
        if error and path not in named:
            yield DistributionLine(path, DistributionKind.NORMAL, sd=error)


def uncertain_inputs(project: Project, tables: SinkTables) -> tuple[_Drawn, ...]:
    """Return what is to be drawn: the stated distributions, then the means of samples.

    Raises:
        DomainError: `not_uncertain` when a line names no numeric input of the project,
            `drawn_twice` when two lines name the same one.
    """
    lines = [
        (line, f"project.distributions.{number}")
        for number, line in enumerate(project.distributions)
    ]
    named = {line.parameter for line, _ in lines}
    lines += [(line, line.parameter) for line in _sample_lines(project, named)]
    if not lines:
        return ()
    whole = filled(project, tables)
    possible = set(numeric_inputs(whole))
    found: list[_Drawn] = []
    for line, place in lines:
        path, spec = line.parameter, _spec_of(line.parameter)
        if path not in possible or spec is None:
            raise DomainError("not_uncertain", path=f"{place}.parameter", value=path)
        if any(earlier.path == path for earlier in found):
            raise DomainError("drawn_twice", path=f"{place}.parameter", value=path)
        base = float(value_in(whole, path))
        check_against(line, base, place)
        found.append(_Drawn(path, line, base, spec))
    return tuple(found)


def _within(values: Numbers, spec: FieldSpec) -> tuple[Numbers, float]:
    """Keep draws in the declared range of the input; return them and the share that was not."""
    low, high = spec.field.minimum, spec.field.maximum
    if spec.field.above is not None:
        low = float(np.nextafter(spec.field.above, np.inf))
    kept = np.clip(values, low, high)
    return kept, float(np.mean(kept != values))


def _spread(draws: Numbers) -> Spread:
    cuts = np.percentile(draws, PERCENTILES)
    return Spread(float(draws.mean()), float(draws.std(ddof=1)), *(float(cut) for cut in cuts))


def _yearly(span: Span, removed: Numbers, credited: Numbers) -> tuple[RangeYear, ...]:
    columns = [(i, span.first + i) for i in range(len(span)) if removed[:, i].any()]
    cuts = [np.percentile(part, PERCENTILES, axis=0) for part in (removed, credited)]
    means = [part.mean(axis=0) for part in (removed, credited)]
    sds = [part.std(axis=0, ddof=1) for part in (removed, credited)]

    def spread(which: int, i: int) -> Spread:
        values = [means[which][i], sds[which][i], *cuts[which][:, i]]
        return Spread(*(float(value) for value in values))

    return tuple(RangeYear(year, spread(0, i), spread(1, i)) for i, year in columns)


def simulate_carbon(
    project: Project,
    *,
    last_year: int | None,
    tables: SinkTables,
    estimate_tco2: float,
    progress: Callable[[int, int], None] | None = None,
) -> CarbonRange | None:
    """Draw the uncertain inputs and return the range of the results; None without any.

    Each input has a stream of its own, from the seed and its place in the list. The methods
    are the same functions as for single numbers; they compute whole chunks of draws at once.
    `progress(done, draws)` is called after each chunk and may raise to stop.

    Raises:
        DomainError: a distribution that names no input or does not fit it.
    """
    drawn = uncertain_inputs(project, tables)
    if not drawn:
        return None
    quiet = replace(tables, explain=False)
    span = plan_span(project, last_year)
    whole = filled(project, tables)
    streams = [np.random.default_rng([project.seed, number]) for number in range(len(drawn))]
    removed = np.empty((project.draws, len(span)))
    credited = np.empty_like(removed)
    seen: list[list[Numbers]] = [[] for _ in drawn]
    clipped = np.zeros(len(drawn))
    for start in range(0, project.draws, CHUNK):
        count = min(CHUNK, project.draws - start)
        sampled = whole
        for number, item in enumerate(drawn):
            scores = correlated_normals(
                streams[number], count, len(span), item.line.year_correlation
            )
            values, outside = _within(quantiles(item.line, item.base, scores), item.spec)
            clipped[number] += outside * count
            seen[number].append(values[:, 0])
            sampled = _put(sampled, item.path.split(".")[1:], values)
        flow = credit_flow(sampled, removals(sampled, last_year=last_year, tables=quiet))
        removed[start : start + count] = flow.removals
        credited[start : start + count] = flow.credits
        if progress is not None:
            progress(start + count, project.draws)
    totals = credited.sum(axis=1)
    spread = _spread(totals)
    return CarbonRange(
        draws=project.draws,
        seed=project.seed,
        total_removals_tco2=_spread(removed.sum(axis=1)),
        total_credits_tco2=spread,
        standard_error_tco2=spread.sd / float(np.sqrt(project.draws)),
        reach_estimate_share=float(np.mean(totals >= estimate_tco2)),
        years=_yearly(span, removed, credited),
        credit_quantiles_tco2=tuple(map(float, np.quantile(totals, QUANTILE_STEPS))),
        inputs=tuple(
            DrawnInput(
                item.path,
                item.line.kind.value,
                float(np.concatenate(values).mean()),
                float(np.concatenate(values).std(ddof=1)),
                float(outside / project.draws),
            )
            for item, values, outside in zip(drawn, seen, clipped, strict=True)
        ),
    )
