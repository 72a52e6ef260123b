"""The inputs a net value is sensitive to: their base, steps and bounds, and how each moves it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from app.finance.case.project import Project
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.plan_moves import Basis, Moves, net_values, still

PRICE = "appraisal.price_yuan_t"
RATE = "appraisal.discount_rate"
GROWTH = "appraisal.price_growth"
COMMUNITY = "appraisal.benefit_share"
HORIZON = "appraisal.horizon_years"
BUFFER = "project.buffer_share"
TONNES, COSTS, DELAY, FEE = "tonnes", "costs", "delay", "cost.issuance_fee"

_MOST_TIMES = 1000.0
"""Break-even amounts are looked for up to so many times the base."""


class StepKind(StrEnum):
    """How an input is stepped down and up."""

    RELATIVE = "relative"
    POINTS = "points"
    MONTHS_LATER = "months_later"
    WHOLE_YEARS = "whole_years"


@dataclass(frozen=True, slots=True)
class InputStep:
    """The step of an input: `size` as a share of the base, in the input's unit, or in months.

    `whole_years` is a share of the base rounded to whole years, at least one; `months_later`
    steps up only.
    """

    kind: StepKind
    size: float


AMOUNT_STEP = InputStep(StepKind.RELATIVE, 0.2)
STEPS: Mapping[str, InputStep] = {
    PRICE: AMOUNT_STEP,
    TONNES: AMOUNT_STEP,
    RATE: InputStep(StepKind.POINTS, 0.01),
    GROWTH: InputStep(StepKind.POINTS, 0.01),
    BUFFER: InputStep(StepKind.POINTS, 0.05),
    COMMUNITY: InputStep(StepKind.POINTS, 0.05),
    COSTS: AMOUNT_STEP,
    DELAY: InputStep(StepKind.MONTHS_LATER, 12.0),
    HORIZON: InputStep(StepKind.WHOLE_YEARS, 0.2),
}
"""Step of each input; a single cost ("cost.monitoring") steps as an amount."""


def step_of(path: str) -> InputStep:
    """Return the step of an input of the tornado."""
    return STEPS.get(path, AMOUNT_STEP)


@dataclass(frozen=True, slots=True)
class SensitiveInput:
    """An input: base, bounds in its own unit, and what a value of it does to the plan.

    `put(moves, rows, values)` writes the move of `values` into those rows of the moves.
    """

    path: str
    base: float
    lowest: float
    highest: float
    put: Callable[[Moves, slice, Numbers], None]

    def stepped(self) -> tuple[float, float]:
        """Return the input stepped down and up, within its bounds."""
        step = step_of(self.path)
        if step.kind is StepKind.MONTHS_LATER:
            return self.base, self.base + step.size
        size = abs(self.base) * step.size if step.kind is StepKind.RELATIVE else step.size
        return max(self.base - size, self.lowest), min(self.base + size, self.highest)

    def scaled(self, changes: Sequence[float]) -> Numbers:
        """Return the input by relative changes, within its bounds."""
        values = self.base * (1.0 + np.asarray(changes, dtype=np.float64))
        return np.clip(values, self.lowest, self.highest)


def _factor(name: str, base: float) -> Callable[[Moves, slice, Numbers], None]:
    def put(moves: Moves, rows: slice, values: Numbers) -> None:
        getattr(moves, name)[rows] *= values / base

    return put


def _added(name: str, base: float) -> Callable[[Moves, slice, Numbers], None]:
    def put(moves: Moves, rows: slice, values: Numbers) -> None:
        getattr(moves, name)[rows] += values - base

    return put


def _put_rate(moves: Moves, rows: slice, values: Numbers) -> None:
    moves.rate[rows] = values


def _put_buffer(base: float) -> Callable[[Moves, slice, Numbers], None]:
    def put(moves: Moves, rows: slice, values: Numbers) -> None:
        moves.tonnes[rows] *= (1.0 - values) / (1.0 - base)

    return put


def _put_costs(codes: tuple[str, ...], base: float) -> Callable[[Moves, slice, Numbers], None]:
    def put(moves: Moves, rows: slice, values: Numbers) -> None:
        for code in codes:
            moves.costs[code][rows] *= values / base

    return put


def _amount(path: str, base: float, put: Callable[[Moves, slice, Numbers], None]) -> SensitiveInput:
    return SensitiveInput(path, base, 0.0, base * _MOST_TIMES, put)


def _price_and_tonnes(basis: Basis) -> list[SensitiveInput]:
    found = []
    price, tonnes = basis.price_today_yuan_t, float(basis.plan.tonnes.sum())
    if price > 0 and np.any(basis.plan.prices):
        highest = max(price * _MOST_TIMES, 10.0**6)
        put = _factor("price", price)
        found.append(SensitiveInput(PRICE, price, 0.0, highest, put))
    if tonnes > 0:
        found.append(_amount(TONNES, tonnes, _factor("tonnes", tonnes)))
    return found


def _rates(basis: Basis) -> list[SensitiveInput]:
    growth = basis.growth or 0.0
    return [
        SensitiveInput(RATE, basis.rate, min(-0.49, basis.rate), max(1.0, basis.rate), _put_rate),
        SensitiveInput(GROWTH, growth, -0.5, 0.5, _added("growth", growth)),
    ]


def _buffer(project: Project, carbon: CarbonResult) -> list[SensitiveInput]:
    """The buffer as stated, or as the method of accounting sets it: withheld over withheld + left.

    Credits follow 1 - buffer.
    """
    share = project.buffer_share
    if share is None:
        whole = carbon.total_credits_tco2 / project.own_share + carbon.withheld_tco2
        share = carbon.withheld_tco2 / whole if whole > 0 else 0.0
        if share <= 0:
            return []
    if share >= 1:
        return []
    return [SensitiveInput(BUFFER, share, 0.0, 1.0, _put_buffer(share))]


def _shares_and_fees(basis: Basis) -> list[SensitiveInput]:
    share, fee = basis.plan.revenue_shares.get("community", 0.0), basis.plan.fee_per_tonne
    highest = 1.0 - sum(basis.plan.revenue_shares.values()) + share
    found = [
        SensitiveInput(COMMUNITY, share, 0.0, max(highest, share), _added("taken", share)),
    ]
    if fee > 0:
        found.append(_amount(FEE, fee, _added("fee", fee)))
    return found


def _costs(basis: Basis) -> tuple[list[SensitiveInput], list[SensitiveInput]]:
    """Each cost, and all of them together; bases are sums over the years, not discounted."""
    sums = {code: float(cost.sum()) for code, cost in basis.plan.costs.items()}
    sums = {code: total for code, total in sums.items() if total > 0}
    each = [
        _amount(f"cost.{code}", total, _put_costs((code,), total)) for code, total in sums.items()
    ]
    together = sum(sums.values())
    if not sums:
        return [], []
    return each, [_amount(COSTS, together, _put_costs(tuple(sums), together))]


@dataclass(frozen=True, slots=True)
class SensitiveModel:
    """The kernel with its inputs: `single` for the tornado, `costs` all costs together."""

    basis: Basis
    single: tuple[SensitiveInput, ...]
    costs: tuple[SensitiveInput, ...]

    def input_of(self, path: str) -> SensitiveInput | None:
        """Return an input by its path, None when this case has none such."""
        known = (*self.single, *self.costs)
        return next((entry for entry in known if entry.path == path), None)

    def moves(self, count: int) -> Moves:
        """Return moves that change nothing, with a factor for each cost."""
        ones = {code: np.ones(count) for code in self.basis.plan.costs}
        return replace(still(count, self.basis.rate), costs=ones)

    def values(self, entries: Sequence[tuple[SensitiveInput, Numbers]]) -> list[Numbers]:
        """Return the net value for each value of each input, the others held; one kernel call."""
        moves = self.moves(sum(len(values) for _entry, values in entries))
        ends = np.cumsum([len(values) for _entry, values in entries])
        for (entry, values), end in zip(entries, ends, strict=True):
            entry.put(moves, slice(end - len(values), end), values)
        found = net_values(self.basis, moves)
        return np.split(found, ends[:-1]) if entries else []


def model_of(project: Project, carbon: CarbonResult, basis: Basis) -> SensitiveModel:
    """Return the inputs that a net value is sensitive to, in the order of the form."""
    each, together = _costs(basis)
    delay = SensitiveInput(DELAY, 0.0, 0.0, 240.0, _added("delay", 0.0))
    single = [*_price_and_tonnes(basis), *_rates(basis), *_buffer(project, carbon)]
    single += [*_shares_and_fees(basis), *each]
    if basis.plan.tonnes.any():
        single.append(delay)
    return SensitiveModel(basis, tuple(single), tuple(together))
