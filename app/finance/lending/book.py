"""A book of loans revalued against a move of the price of carbon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import inf, isnan

import numpy as np

from app.finance.lending.collateral import CARBON_RIGHT, ISSUED_CREDITS
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import left_of
from app.finance.lending.price_roots import reaching_factors
from app.finance.lending.remaining import RemainingRight, RightOnDays
from app.finance.money import ZERO
from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.results import Concluded, RateResult

STATES = ("above", "warning", "margin_call", "enforcement")
"""State of a loan by the number of lines its coverage is below; `DISCHARGED` owes nothing."""
DISCHARGED = len(STATES)


@dataclass(frozen=True, slots=True)
class ValuedPlan:
    """A right known by its cash flow, for positions without the rest of a `ValueResult`.

    `price_yuan_t` is that of the valuation date; `net_yuan` and `conclusion` are needed for a
    concluded value alone.
    """

    plan: FlowPlan
    rate: RateResult
    price_yuan_t: float
    net_yuan: Decimal = ZERO
    conclusion: Concluded | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Security that moves with the price.

    `kept` is what counts of it after haircut: a share of the income right, or yuan of issued
    credits. `prior_yuan` is what others are paid first, `most_yuan` the secured maximum.
    """

    kept: float
    prior_yuan: float = 0.0
    most_yuan: float = inf

    def counts(self, moved: Numbers) -> Numbers:
        """Return what it counts for, yuan, with what it moves by."""
        return np.clip(self.kept * moved - self.prior_yuan, 0.0, self.most_yuan)


@dataclass(frozen=True, slots=True)
class Position:
    """One loan on one day.

    Attributes:
        right: the right on the one day of the revaluation, at its level of value
            (`RemainingRight.on`); None when none is pledged or the level cannot be followed,
            and it then counts nothing.
        owed_yuan: what is owed at the end of the day; not negative.
        lines: coverage below which it is watched, called and enforced.
        rights: shares of the right that are pledged.
        issued: issued credits that are pledged, yuan.
        fixed_yuan: all other security, after haircut and prior claims, at most secured maxima.
        price_factor: on every price of the case by the last revaluation; the factors asked for
            come on top of it.
        scale, held_yuan: what the last revaluation multiplies the value of the right with, and
            adds to it; see `Revalued`.
    """

    right: RightOnDays | None
    owed_yuan: float
    lines: tuple[float, float, float]
    rights: tuple[Claim, ...] = (Claim(1.0),)
    issued: tuple[Claim, ...] = ()
    fixed_yuan: float = 0.0
    price_factor: float = 1.0
    scale: float = 1.0
    held_yuan: float = 0.0

    def secured(self, factors: Numbers) -> Numbers:
        """Return what all security counts for with every price times each factor, yuan (m,)."""
        moved = factors * self.price_factor
        total = np.full(len(moved), self.fixed_yuan)
        if self.right is not None:
            worth = self.right.for_all(moved)[:, 0] * self.scale + self.held_yuan
            worth = np.maximum(worth, 0.0)
            for claim in self.rights:
                total += claim.counts(worth)
        for claim in self.issued:
            total += claim.counts(moved)
        return total

    def line_factors(self) -> tuple[float | None, ...]:
        """Return the least factor on the prices at which coverage is at each line.

        None where nothing is owed, and for a line that coverage is above at any price, or below.
        """
        if self.owed_yuan <= 0:
            return (None,) * len(self.lines)

        def secured(factors: Numbers) -> Numbers:
            return self.secured(factors.ravel()).reshape(factors.shape)

        found = reaching_factors(secured, np.array(self.lines) * self.owed_yuan)
        return tuple(None if isnan(factor) else factor for factor in found.tolist())


def position_of(
    parts: LoanParts, day: date, owed_yuan: float, lines: tuple[float, float, float]
) -> Position:
    """Return the position of a loan, its collaterals moved to the day as on its path.

    The right that secures it follows its own value; a value of it that was entered follows in
    proportion, and counts nothing when the case has no positive one. The last revaluation before
    or on the day is in force. A watch that counts the right alone leaves out all other security.

    Raises:
        DomainError: `revaluation_without_price`, see `Revaluations`.
    """
    level = parts.loan.valuation_basis
    basis = float(parts.values.by_basis(level))
    watch = parts.loan.monitoring
    alone = watch is not None and not watch.count_all
    rights, issued, fixed = [], [], 0.0
    for line in parts.security.lines:
        if line.value_yuan is None or (alone and line.kind != CARBON_RIGHT):
            continue
        kept, prior = 1.0 - line.haircut, float(line.prior_claims_yuan)
        most = inf if line.secured_maximum_yuan is None else float(line.secured_maximum_yuan)
        entered = None if line.position is None else parts.loan.collaterals[line.position]
        if line.kind == CARBON_RIGHT:
            share = 1.0 if entered is None else entered.pledged_share
            if not line.from_case:
                share = float(line.value_yuan) / basis if basis > 0 else 0.0
            rights.append(Claim(kept * share, prior, most))
            continue
        value = kept * float(line.value_yuan)
        if entered is not None:
            value *= float(left_of(entered, parts.loan.drawdown_date, [day])[0])
        if line.kind == ISSUED_CREDITS:
            issued.append(Claim(value, prior, most))
        else:
            fixed += min(max(value - prior, 0.0), most)
    right = RemainingRight(parts.appraisal, parts.values, level)
    held = right.on([day]) if rights and right.is_known else None
    moved = parts.common.revaluations.on([day])
    return Position(
        held, owed_yuan, lines, tuple(rights), tuple(issued), fixed,
        price_factor=float(moved.factors[0]),
        scale=float(moved.scale[0]),
        held_yuan=float(moved.held[0]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Revaluation:
    """A book at m price moves, arrays of shape (positions, m).

    Attributes:
        factors: on every price, shape (m,).
        value_yuan: what the security counts for.
        coverage: value over what is owed; infinite where nothing is.
        loan_to_value: what is owed over value; infinite where something is owed against nothing.
        state: place in `STATES`, or `DISCHARGED`.
    """

    factors: Numbers
    value_yuan: Numbers
    coverage: Numbers
    loan_to_value: Numbers
    state: Numbers

    def count(self, state: str) -> Numbers:
        """Return how many positions are in a state at each move, shape (m,)."""
        return np.asarray((self.state == STATES.index(state)).sum(axis=0))


def revalue(positions: Sequence[Position], factors: Numbers) -> Revaluation:
    """Return value, coverage and state of every position with all prices times each factor.

    The value of the right is that of `RemainingRight`, coverage and states are those of the watch
    of a single loan; interest and receipts since the day are in what is owed, not here.

    Args:
        positions: the book; () gives arrays without rows.
        factors: on the prices, shape (m,), not negative.
    """
    shape = (len(positions), len(factors))
    value = np.array([position.secured(factors) for position in positions]).reshape(shape)
    owed = np.array([position.owed_yuan for position in positions]).reshape(-1, 1)
    lines = np.array([position.lines for position in positions]).reshape(-1, 3)
    owing, positive = owed > 0, value > 0
    with np.errstate(over="ignore"):
        coverage = np.where(owing, value / np.where(owing, owed, 1.0), np.inf)
        ratio = owed / np.where(positive, value, 1.0)
    ratio = np.where(positive, ratio, np.where(owing, np.inf, 0.0))
    below = (coverage[:, :, None] < lines[:, None, :]).sum(axis=2)
    state = np.where(owing, below, DISCHARGED)
    return Revaluation(factors, value, coverage, ratio, state)
