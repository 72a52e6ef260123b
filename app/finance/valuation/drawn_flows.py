"""From standard normal scores to drawn values of a cash flow, block by block."""

import numpy as np
from scipy.special import ndtri

from app.finance.case.valuation.simulation import FactorKind, Sampling, ValueSimulation
from app.finance.sink.pools import Numbers
from app.finance.valuation.control_variates import GeometricControls
from app.finance.valuation.drawn_factors import make_factor
from app.finance.valuation.drawn_prices import DrawnPrices, product
from app.finance.valuation.flows import FlowPlan, discount_factors, net_flows, present_value
from app.finance.valuation.price_models import Array, log_moments, stationary_loading
from app.finance.valuation.sampling import Block, blocks, bridge, plan_draws, streams

DRAWN = ("price_yuan_t", "yield_factor", "delivered_share", "cost_factor")
"""What the means are kept of; all but the cost factor weighted by the planned tonnes."""

_FAN_PATHS = 16_384
_ONE = np.ones((1, 1))


class DrawnFlows:
    """A plan and what is uncertain about it; read only, so threads may share it.

    Only the dates that sell tonnes are drawn; flows at equal times share a price, a yield and
    a delivery. `times` are these dates, years from the valuation date, shape (m,).

    Scores of a scenario, in this order: yield factor (when one draw serves all years), cost
    factor, number of jumps; then in turn the first bridge score of each price and of the
    yearly yields, the second of each, and so on; at last the deliveries.
    """

    def __init__(
        self,
        plan: FlowPlan,
        inputs: ValueSimulation,
        *,
        rate: float,
        price_today_yuan_t: float,
        carbon_factors: Numbers | None = None,
    ) -> None:
        self.plan, self.rate = plan, rate
        self._selling = np.flatnonzero(plan.tonnes)
        flow_times = plan.times[self._selling]
        self.times, self._date = np.unique(flow_times, return_inverse=True)
        self._yield = make_factor(
            inputs.yield_kind,
            observed=carbon_factors,
            low=inputs.yield_low,
            mode=inputs.yield_mode,
            high=inputs.yield_high,
            sd=inputs.yield_sd,
        )
        self._cost = make_factor(
            inputs.cost_kind,
            low=inputs.cost_low,
            mode=inputs.cost_mode,
            high=inputs.cost_high,
            sd=inputs.cost_sd,
        )
        self._delivery = inputs.delivery_probability
        curve = plan.prices[self._selling]
        self.prices = DrawnPrices(inputs, self.times, flow_times, curve, price_today_yuan_t)
        together = inputs.yield_kind is FactorKind.CARBON
        self._lay_out(1.0 if together else inputs.yield_correlation)
        self._weigh()

    def _lay_out(self, yield_correlation: float) -> None:
        """Give each uncertain part its scores."""
        prices, m = self.prices, len(self.times)
        yearly = self._yield is not None and yield_correlation < 1
        one_yield = self._yield is not None and not yearly
        self._cost_column = int(one_yield)
        self._jump_column = self._cost_column + int(self._cost is not None)
        start = self._jump_column + int(prices.jumps is not None)
        paths = len(prices.drawn) + int(yearly)
        end = start + paths * m
        self._places = {n: slice(start + k, end, paths) for k, n in enumerate(prices.drawn)}
        self._yield_place = slice(end - m * paths + paths - 1, end, paths) if yearly else None
        self._delivery_place = slice(end, end + m)
        self.dimensions = end + (m if self._delivery < 1 else 0)
        turn = bridge(_clock(self.times))
        self._transfers = prices.transfers(turn)
        self._yield_transfer = turn @ stationary_loading(self.times, yield_correlation)

    @property
    def sums(self) -> int:
        """Number of sums that `draw` returns."""
        return len(DRAWN) + self._controls.count

    @property
    def rounding_yuan(self) -> float:
        """What single precision may shift the mean by, yuan: 1e-7 of the discounted revenue."""
        drawn = self.prices.single_precision and self._transfers
        return 1e-7 * float(sum(abs(w[:, 0]).sum() for w in self._weights)) if drawn else 0.0

    @property
    def width(self) -> float:
        """Numbers that a scenario takes beyond its scores, on average."""
        jumps = self.prices.jumps
        drawn = 0.0 if jumps is None else 4 * jumps.rate * float(self.times[-1])
        return max(drawn, float(len(self.plan.times) * (4 if self.plan.tax_rate else 1)))

    def _weigh(self) -> None:
        """Weights of each date in the value (column 0) and in the mean price (column 1)."""
        plan, sold = self.plan, self._selling
        factors = discount_factors(plan.times, self.rate)
        if plan.tail:
            factors[-1] *= 1.0 + plan.tail
        tonnes = plan.tonnes[sold]
        part = tonnes / (tonnes.sum() or 1.0)
        self._part = self._by_date(part)
        self._fees = self._by_date(tonnes * factors[sold]) * plan.fee_per_tonne
        self._weights = [
            np.stack(
                (
                    self._by_date(tonnes * series.scale * factors[sold])
                    * (series.share * plan.kept_share),
                    self._by_date(part * series.scale) * series.share,
                ),
                axis=1,
            )
            for series in self.prices.series
        ]
        self._controls = GeometricControls(
            self._transfers, {n: self._weights[n][:, 0] for n in self._transfers}
        )
        self._costs = float((plan.all_costs * factors).sum())
        self._receipts = float((plan.receipts * factors).sum())

    def _by_date(self, amounts: Numbers) -> Numbers:
        return np.asarray(
            np.bincount(self._date, weights=amounts, minlength=len(self.times)), dtype=np.float64
        )

    def logs(self, block: Block) -> dict[int, Array]:
        """Return log of price over its median, (rows, m), without jumps, by moving series."""
        scores = {n: block.scores[:, place] for n, place in self._places.items()}
        return self.prices.logs(scores, self._transfers)

    def _deviations(self, block: Block, logs: dict[int, Array]) -> list[Array | None]:
        """Price over scale of each series by date, (rows, m); None where it is 1."""
        jumps = None
        if self.prices.jumps is not None:
            column = block.scores[:, self._jump_column]
            jumps = self.prices.draw_jumps(column, block.generator)
        return self.prices.deviations(logs, jumps)

    def price_fan(
        self, percents: tuple[int, ...]
    ) -> tuple[tuple[float, ...], dict[str, tuple[float, ...]]]:
        """Return the dates, years from the valuation date, and percentiles of the price there.

        Of the first price, yuan/t: exact by the lognormal law, or, with jumps, which have no
        closed form, from 16,384 scenarios of their own (seed 0).
        """
        first = self.prices.series[0]
        scale = first.scale[np.unique(self._date, return_index=True)[1]]
        shares = np.array(percents) / 100
        if self.prices.jumps is None:
            mean, variance = log_moments(first.law, self.times)
            prices = scale * np.exp(mean + np.sqrt(variance) * ndtri(shares)[:, None])
        else:
            draws = plan_draws(Sampling.PLAIN, _FAN_PATHS, self.dimensions, 0, self.width)
            drawn = [
                self._deviations(block, self.logs(block))[0]
                for stream in streams(draws)
                for block in blocks(draws, stream)
            ]
            paths = np.concatenate([part for part in drawn if part is not None])
            prices = scale * np.quantile(paths, shares, axis=0)
        return tuple(map(float, self.times)), {
            str(percent): tuple(map(float, row))
            for percent, row in zip(percents, prices, strict=True)
        }

    def _yield_factor(self, scores: Array) -> Numbers:
        """Yield factor: (rows, m) with a draw each date, (rows, 1) with one, else (1, 1)."""
        if self._yield is None:
            return _ONE
        if self._yield_place is None:
            return self._yield.at(scores[:, :1])
        own = product(scores[:, self._yield_place].astype(np.float64), self._yield_transfer)
        return self._yield.at(own)

    def _delivered(self, scores: Array) -> Numbers:
        """1 where a date delivers, else 0, (rows, m); (1, 1) when every date does."""
        if self._delivery >= 1:
            return _ONE
        return (scores[:, self._delivery_place] < ndtri(self._delivery)).astype(np.float64)

    def _cost_factor(self, scores: Array) -> Numbers:
        """Cost factor of each scenario, (rows,); (1,) as planned."""
        if self._cost is None:
            return np.ones(1)
        return self._cost.at(scores[:, self._cost_column])

    def draw(self, block: Block) -> tuple[Numbers, Numbers]:
        """Return the values of a block, yuan, (rows,), and sums: of `DRAWN`, then of controls.

        A value is the present value of the net flows of its scenario, income tax included.
        """
        scores = block.scores
        rows = len(scores)
        logs = self.logs(block)
        controls = self._controls.means(logs)
        deviations = self._deviations(block, logs)
        factor, delivered = self._yield_factor(scores), self._delivered(scores)
        cost, quantity = self._cost_factor(scores), factor * delivered
        if self.plan.tax_rate:
            values = self._taxed(deviations, quantity, cost)
            price = self._totals(deviations, _ONE, 1)
        else:
            values, price = self._untaxed(deviations, quantity, cost)
        means = (
            price.mean(),
            (factor * self._part).sum(axis=1).mean(),
            (delivered * self._part).sum(axis=1).mean(),
            cost.mean(),
            *controls,
        )
        return np.broadcast_to(values, (rows,)), rows * np.array(means)

    def _totals(self, deviations: list[Array | None], quantity: Numbers, column: int) -> Numbers:
        """Sum of weight x deviation x quantity over dates and series, (rows,) or (1,)."""
        total = np.zeros(1)
        for deviation, weights in zip(deviations, self._weights, strict=True):
            amount = quantity if deviation is None else deviation * quantity
            total = total + (amount * weights[:, column]).sum(axis=1)
        return total

    def _untaxed(
        self, deviations: list[Array | None], quantity: Numbers, cost: Numbers
    ) -> tuple[Numbers, Numbers]:
        """Values and mean prices by weights of the dates: net flows without income tax."""
        value, price = np.zeros(1), np.zeros(1)
        by_date = quantity.shape[1] != 1
        for deviation, weights in zip(deviations, self._weights, strict=True):
            if deviation is None:
                both = weights.sum(axis=0)[None, :]
            else:
                both = product(deviation, weights.astype(deviation.dtype))
            price = price + both[:, 1].astype(np.float64)
            if by_date:
                amount = quantity if deviation is None else deviation * quantity
                value = value + product(amount, weights[:, :1])[:, 0]
            else:
                value = value + both[:, 0].astype(np.float64) * quantity[:, 0]
        fees = (quantity * self._fees).sum(axis=1)
        return value - fees - cost * self._costs + self._receipts, price

    def _taxed(self, deviations: list[Array | None], quantity: Numbers, cost: Numbers) -> Numbers:
        """Values by `net_flows` and `present_value` of the drawn tonnes, prices and costs."""
        plan, sold = self.plan, self._selling
        price = np.zeros((1, len(sold)))
        for deviation, series in zip(deviations, self.prices.series, strict=True):
            moved = _ONE if deviation is None else deviation[:, self._date]
            price = price + series.share * series.scale * moved
        prices = np.tile(plan.prices, (len(price), 1))
        prices[:, sold] = price
        factor = quantity if quantity.shape[1] == 1 else quantity[:, self._date]
        tonnes = np.tile(plan.tonnes, (len(factor), 1))
        tonnes[:, sold] *= factor
        net = net_flows(plan, tonnes=tonnes, prices=prices, cost_factor=cost[:, None])
        return present_value(plan, net, self.rate)


def _clock(times: Numbers) -> Numbers:
    """Return times above 0 with the same steps, for the bridge."""
    if len(times) == 0 or times[0] > 0:
        return times
    return times + (times[1] if len(times) > 1 else 1.0)
