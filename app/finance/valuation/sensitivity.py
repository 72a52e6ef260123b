"""How the net value answers to its inputs: tornado, spider, grid, break-even, global indices."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.plan_years import is_open_ended
from app.finance.case.project import Project
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.cash_flow import build_plan
from app.finance.valuation.levels import net_value
from app.finance.valuation.plan_moves import basis_of, net_values
from app.finance.valuation.results import ValueResult
from app.finance.valuation.risk_results import (
    BreakEven,
    Sensitivity,
    SensitivityGrid,
    SobolIndex,
    SpiderLine,
    TornadoBar,
)
from app.finance.valuation.sensitivity_inputs import (
    COMMUNITY,
    COSTS,
    DELAY,
    GROWTH,
    HORIZON,
    PRICE,
    RATE,
    STEPS,
    TONNES,
    SensitiveInput,
    SensitiveModel,
    model_of,
)
from app.finance.valuation.sensitivity_roots import break_evens
from app.finance.valuation.sobol import Uncertain, rounded_samples, sobol_indices

CHANGES = (-0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
"""Relative changes of spider and grid."""
GRID = (PRICE, TONNES)
"""Row and column of the grid, unless another is asked for."""
_SPIDER = (PRICE, TONNES, RATE, GROWTH, COMMUNITY, COSTS)
_GLOBAL = (PRICE, TONNES, RATE, GROWTH, COMMUNITY, COSTS, DELAY)


def _elasticity(bar: TornadoBar, base_net: float) -> float | None:
    """Return the relative change of the net value over that of the input, from end to end."""
    width = bar.high_input - bar.low_input
    if bar.base == 0 or base_net == 0 or width == 0:
        return None
    return (bar.high_net_yuan - bar.low_net_yuan) / width * bar.base / base_net + 0.0


def _bar(entry: SensitiveInput, nets: Numbers, base_net: float) -> TornadoBar:
    low, high = entry.stepped()
    bar = TornadoBar(entry.path, entry.base, low, high, float(nets[0]), float(nets[1]), None)
    return replace(bar, elasticity=_elasticity(bar, base_net))


def _horizon_bar(
    project: Project,
    appraisal: Appraisal,
    values: ValueResult,
    carbon: CarbonResult,
    base_net: float,
) -> TornadoBar | None:
    """Return the bar of the years valued; the cash flow is built anew for each end.

    None when the years do not decide: a perpetuity, the schedule of the cost tool. A right that
    ends earlier is not made longer, nor a plan whose tonnes are known to the horizon only.
    """
    if appraisal.income_method is IncomeMethod.COST_TOOL or appraisal.perpetual:
        return None
    years = values.horizon_years
    step = max(round(years * STEPS[HORIZON].size), 1)
    bounded = values.horizon_limited_by != "horizon_years"
    unknown = project.crediting_end is None and is_open_ended(project)
    ends = max(years - step, 1), years if bounded or unknown else min(years + step, 100)
    nets = []
    for end in ends:
        if end == years:
            nets.append(base_net)
            continue
        moved = replace(appraisal, horizon_years=end)
        plan, _horizon = build_plan(project, moved, carbon, price_yuan_t=values.price_yuan_t)
        nets.append(net_value(plan, values.rate.rate))
    low, high = nets
    bar = TornadoBar(HORIZON, float(years), float(ends[0]), float(ends[1]), low, high, None)
    return replace(bar, elasticity=_elasticity(bar, base_net))


def _width(bar: TornadoBar, base_net: float) -> float:
    ends = (bar.low_net_yuan, bar.high_net_yuan, base_net)
    return max(ends) - min(ends)


def _grid(model: SensitiveModel, paths: tuple[str, str]) -> SensitivityGrid | None:
    """Return the net value over two inputs; None when the case has one of them not."""
    row, column = (model.input_of(path) for path in paths)
    if row is None or column is None:
        return None
    rows, columns = row.scaled(CHANGES), column.scaled(CHANGES)
    moves = model.moves(len(rows) * len(columns))
    row.put(moves, slice(None), np.repeat(rows, len(columns)))
    column.put(moves, slice(None), np.tile(columns, len(rows)))
    nets = net_values(model.basis, moves).reshape(len(rows), len(columns))
    if not np.isfinite(nets).all():
        return None
    return SensitivityGrid(
        row_path=row.path,
        column_path=column.path,
        rows=tuple(rows.tolist()),
        columns=tuple(columns.tolist()),
        net_yuan=tuple(tuple(line) for line in nets.tolist()),
    )


def _known(model: SensitiveModel, paths: tuple[str, ...]) -> list[SensitiveInput]:
    found = [model.input_of(path) for path in paths]
    return [entry for entry in found if entry is not None]


def _global(
    model: SensitiveModel,
    samples: int,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[SobolIndex, ...]:
    """Return the global indices, each input drawn evenly between the ends of its tornado bar.

    Costs move together, the buffer with the tonnes. Dated flows are late by whole months.
    """
    entries = _known(model, _GLOBAL)
    ends = [entry.stepped() for entry in entries]
    drawn = [(entry, low, high) for entry, (low, high) in zip(entries, ends, strict=True)]
    drawn = [line for line in drawn if line[2] > line[1]]

    def evaluate(rows: Numbers) -> Numbers:
        moves = model.moves(len(rows))
        for place, (entry, _low, _high) in enumerate(drawn):
            values = rows[:, place]
            late = entry.path == DELAY and model.basis.is_dated
            entry.put(moves, slice(None), np.round(values) if late else values)
        return net_values(model.basis, moves)

    # A perpetuity is largest at the lowest rate with the highest growth.
    largest = [low if entry.path == RATE else high for entry, low, high in drawn]
    if not np.isfinite(evaluate(np.array([largest]))).all():
        return ()
    uncertain = [Uncertain(entry.path, low, high) for entry, low, high in drawn]
    return sobol_indices(evaluate, uncertain, samples=samples, seed=seed, progress=progress)


def _price_from_nothing(model: SensitiveModel, values: ValueResult) -> tuple[BreakEven, ...]:
    """Return the break-even price of a price of zero, which no factor moves; else nothing."""
    if model.input_of(PRICE) is not None:
        return ()
    price = values.break_even_price_yuan_t
    return (BreakEven(PRICE, price, "none" if price is None else ""),)


def sensitivity(
    project: Project,
    appraisal: Appraisal,
    values: ValueResult,
    carbon: CarbonResult,
    *,
    sobol_samples: int = 0,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    grid: tuple[str, str] = GRID,
) -> Sensitivity:
    """Return how the net value of a computed case answers to its inputs.

    Inputs are field paths ("appraisal.price_yuan_t", "appraisal.discount_rate",
    "appraisal.price_growth", "project.buffer_share", "appraisal.benefit_share",
    "appraisal.horizon_years") or codes: "tonnes" (all credits sold), "cost.<code>" (one cost,
    the sum of its years), "costs" (all of them), "delay" (months). A price moves its whole
    curve in proportion. The tornado steps by `STEPS`, widest bar first; the spider and the grid
    go from -50 % to +50 %. An elasticity is the relative change of the net value over that
    of the input between the two ends of the bar; at a negative net value its sign turns. A
    bar whose end has no finite value (a perpetuity with the rate not above the growth) is
    left out. `sobol_samples` above 0 adds the global indices (first and total order).

    Raises:
        DomainError: `sobol_samples` outside 16..65,536.
    """
    basis = basis_of(
        values.plan, appraisal, price_today_yuan_t=values.price_yuan_t, rate=values.rate.rate
    )
    model = model_of(project, carbon, basis)
    base_net = float(net_values(basis, model.moves(1))[0])
    steps = [(entry, np.array(entry.stepped())) for entry in model.single]
    lines = [(entry, entry.scaled(CHANGES)) for entry in _known(model, _SPIDER) if entry.base != 0]
    nets = model.values([*steps, *lines])
    bars = [
        _bar(entry, found, base_net)
        for (entry, _values), found in zip(steps, nets[: len(steps)], strict=True)
    ]
    horizon = _horizon_bar(project, appraisal, values, carbon, base_net)
    if horizon is not None:
        bars.append(horizon)
    bars = [bar for bar in bars if math.isfinite(_width(bar, base_net))]
    spider = [
        SpiderLine(entry.path, CHANGES, tuple(found.tolist()))
        for (entry, _values), found in zip(lines, nets[len(steps) :], strict=True)
        if np.isfinite(found).all()
    ]
    return Sensitivity(
        base_net_yuan=base_net,
        tornado=tuple(sorted(bars, key=lambda bar: -_width(bar, base_net))),
        spider=tuple(spider),
        grid=_grid(model, grid),
        break_even=(
            *_price_from_nothing(model, values),
            *break_evens(model, [*model.single, *model.costs]),
        ),
        sobol=_global(model, sobol_samples, seed, progress) if sobol_samples else (),
        sobol_samples=rounded_samples(sobol_samples) if sobol_samples else 0,
        sobol_seed=seed if sobol_samples else 0,
    )
