"""The binomial tree of Cox, J., Ross, S., Rubinstein, M. (1979), European and American.

"Option pricing: a simplified approach", J. Financial Economics 7, p. 229-263.
"""

import math
from dataclasses import dataclass

import numpy as np

from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation.option_models import OptionPrice, payoff_sign

_LARGEST_EXPONENT = 600.0
_VEGA_BUMP = 0.05


@dataclass(frozen=True, slots=True)
class TreeSteps:
    """One step of a recombining tree, each array of shape (rows,).

    `up` is the factor of an upward step, its inverse that of a downward one; `probability`
    that of going up; `discount` the discount factor of one step.
    """

    up: Numbers
    probability: Numbers
    discount: Numbers


def crr_steps(
    volatility: Numbers, *, rate: float, income_yield: float, years: float, steps: int
) -> TreeSteps:
    """Cox-Ross-Rubinstein: u = e^{s sqrt(dt)}, d = 1/u, p = (e^{(r-q) dt} - d) / (u - d)."""
    step = years / steps
    up = np.exp(volatility * math.sqrt(step))
    growth = math.exp((rate - income_yield) * step)
    return TreeSteps(
        up=up,
        probability=(growth - 1.0 / up) / (up - 1.0 / up),
        discount=np.full_like(up, math.exp(-rate * step)),
    )


def roll_back(
    tree: TreeSteps, *, spot: float, strike: float, sign: float, american: Numbers, steps: int
) -> Numbers:
    """Return the values at today's nodes S/u^2, S, S u^2, shape (rows, 3).

    The tree starts two steps back, so that today has three nodes for delta and gamma
    (Pelsser, A., Vorst, T. 1994, J. Derivatives 1); the middle one is the value of the tree
    of `steps` steps. `american`, shape (rows,): 1 where early exercise is allowed, else 0.
    `sign`: 1 for a call, -1 for a put.
    """
    last = steps + 2
    rows = len(tree.up)
    nodes = spot * tree.up ** np.arange(-last, last + 1)[:, None]
    paid = np.maximum(sign * (nodes - strike), 0.0)
    exercised = paid * american
    floors = [exercised[parity::2].ravel() for parity in (0, 1)]
    early = bool(american.any())
    weight_up = np.tile(tree.discount * tree.probability, last + 1)
    weight_down = np.tile(tree.discount * (1.0 - tree.probability), last + 1)
    values = paid[::2].ravel()
    spare = np.empty_like(values)
    for done in range(1, steps + 1):
        count = rows * (last + 1 - done)
        left, right = values[:count], spare[:count]
        np.multiply(values[rows : rows + count], weight_up[:count], out=right)
        np.multiply(left, weight_down[:count], out=left)
        np.add(left, right, out=left)
        if early:
            start = rows * (done // 2)
            np.maximum(left, floors[done % 2][start : start + count], out=left)
    return np.asarray(values[: 3 * rows].reshape(3, rows).T)


def _check(spot: float, drift: float, volatility: float, years: float, steps: int) -> None:
    """Refuse trees whose probability leaves 0..1 and trees too wide for floating point."""
    if abs(drift) * math.sqrt(years / steps) >= volatility:
        least = math.floor(drift**2 * years / volatility**2) + 1
        raise DomainError("tree_probability", path="steps", value=steps, at_least=least)
    room = _LARGEST_EXPONENT - abs(math.log(spot))
    wide = volatility * (1.0 + _VEGA_BUMP) * math.sqrt(years)
    if wide * (steps + 2) / math.sqrt(steps) > room:
        most = max(math.floor((room / wide) ** 2) - 4, 1)
        raise DomainError("tree_too_wide", path="steps", value=steps, at_most=most)


def _worthless(
    strike: float, rate: float, income_yield: float, years: float, *, put: bool, american: bool
) -> OptionPrice:
    """Option on an underlying that is worth nothing and stays so."""
    if not put:
        return OptionPrice(0.0, 0.0, 0.0, 0.0, 0.0)
    european = strike * math.exp(-rate * years)
    if american and strike > european:
        return OptionPrice(strike, european, -1.0, 0.0, 0.0)
    return OptionPrice(european, european, -math.exp(-income_yield * years), 0.0, 0.0)


def binomial(
    *,
    spot: float,
    strike: float,
    rate: float,
    volatility: float,
    years: float,
    kind: str = "call",
    income_yield: float = 0.0,
    american: bool = False,
    steps: int = 1000,
) -> OptionPrice:
    """Option by the Cox-Ross-Rubinstein tree; early exercise by the larger at each node.

    `european` is the same tree without early exercise, so that the difference is what early
    exercise is worth. Delta and gamma come from the nodes of today. `vega` is a difference
    quotient over a volatility 5 % lower and higher: the value of a tree moves in small waves
    with the volatility, and a narrower one would measure those. Arguments as in
    `option_models.black_76`; `income_yield` continuous, 1/yr; `steps` 1 or more.

    Raises:
        DomainError: `tree_probability` when the probability of going up leaves 0..1, which
            takes steps > ((r-q)/s)^2 T; `tree_too_wide` when the outermost nodes exceed what
            floating point holds. Facts: `at_least` or `at_most` steps.
    """
    sign = payoff_sign(kind)
    if spot == 0:
        return _worthless(strike, rate, income_yield, years, put=sign < 0, american=american)
    drift = rate - income_yield
    _check(spot, drift, volatility, years, steps)
    low, high = volatility * (1.0 - _VEGA_BUMP), volatility * (1.0 + _VEGA_BUMP)
    if abs(drift) * math.sqrt(years / steps) >= low:
        low = volatility
    tree = crr_steps(
        np.array([volatility, volatility, low, high]),
        rate=rate,
        income_yield=income_yield,
        years=years,
        steps=steps,
    )
    early = float(american)
    nodes = roll_back(
        tree,
        spot=spot,
        strike=strike,
        sign=sign,
        american=np.array([early, 0.0, early, early]),
        steps=steps,
    )
    below, value, above = nodes[0]
    down, up = spot / tree.up[0] ** 2, spot * tree.up[0] ** 2
    rising, falling = (above - value) / (up - spot), (value - below) / (spot - down)
    return OptionPrice(
        value=float(value),
        european=float(nodes[1, 1]),
        delta=float((above - below) / (up - down)),
        gamma=float((rising - falling) / (0.5 * (up - down))),
        vega=float((nodes[3, 1] - nodes[2, 1]) / (high - low)),
    )
