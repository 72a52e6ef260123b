"""Drawn prices: from standard normal scores to the prices of one or several markets."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, pdtr

from app.finance.case.valuation.simulation import PriceModel, ValueSimulation
from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation.price_models import (
    Array,
    JumpLaw,
    PriceLaw,
    brownian_law,
    jump_sums,
    log_moments,
    reverting_centre,
    reverting_law,
)

_SINGLE_EXPONENT = 80.0
_DOUBLE_EXPONENT = 600.0
_REACH = 8.0
"""Standard deviations up to which the exponents must stay in range."""


def product(scores: Array, matrix: Array) -> Array:
    """Return scores @ matrix, computed in slabs.

    The slabs are small enough for OpenBLAS to compute each in the calling thread; larger
    products wait for its pool of threads, in which two workers would block each other.
    """
    rows, inner = scores.shape
    columns = max(matrix.shape[1], 1)
    room = min(262_144 // (inner * columns), 8_192 // inner) if inner else 0
    slab = 1 << max(room.bit_length() - 1, 0)
    if not inner or rows % slab:
        return np.asarray(scores @ matrix)
    slabs = np.ascontiguousarray(scores).reshape(-1, slab, inner)
    return np.asarray(np.matmul(slabs, matrix)).reshape(rows, -1)


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """One price: its law, its scale at each selling flow, its share; whether it is drawn."""

    law: PriceLaw
    scale: Numbers
    share: float
    moves: bool


def jump_law(inputs: ValueSimulation) -> JumpLaw | None:
    """Return the jumps of the first price; None without any."""
    if inputs.price_model is not PriceModel.MEAN_REVERTING or inputs.jumps_per_year == 0:
        return None
    speed = inputs.reversion_speed or 0.0
    return JumpLaw(inputs.jumps_per_year, inputs.jump_mean, inputs.jump_sd, speed)


def first_law(inputs: ValueSimulation, times: Numbers) -> PriceLaw:
    """Return the law of the first price; `times` ascending, years from the valuation date."""
    volatility = inputs.volatility or 0.0
    if inputs.price_model is PriceModel.GBM:
        return brownian_law(times, volatility)
    if inputs.price_model is PriceModel.MEAN_REVERTING:
        return reverting_law(times, inputs.reversion_speed or 0.0, volatility, jump_law(inputs))
    return brownian_law(times, 0.0)


def first_scale(
    inputs: ValueSimulation, times: Numbers, curve: Numbers, price_today_yuan_t: float
) -> Numbers:
    """Return the scale of the first price at `times`: the curve, or the reverting median.

    Raises:
        DomainError: `price_today_needed` when a mean-reverting price starts from zero.
    """
    if inputs.price_model is not PriceModel.MEAN_REVERTING:
        return curve
    if price_today_yuan_t <= 0:
        raise DomainError(
            "price_today_needed", path="appraisal.price_yuan_t", value=price_today_yuan_t
        )
    return reverting_centre(
        times,
        price_today_yuan_t,
        inputs.long_run_price_yuan_t or 0.0,
        inputs.reversion_speed or 0.0,
    )


class DrawnPrices:
    """The prices at the selling dates; read only, so threads may share it.

    The first price is that of the appraisal; further series follow geometric Brownian motion
    around their own growth. The innovations of series k are c_k e_1 + sqrt(1 - c_k^2) e_k: one
    common factor, the innovations of the first price.
    """

    def __init__(
        self,
        inputs: ValueSimulation,
        times: Numbers,
        flow_times: Numbers,
        curve: Numbers,
        price_today_yuan_t: float,
    ) -> None:
        """Take the selling dates (m,) and, by selling flow, times and curve (flows,)."""
        self.times = times
        self.jumps = jump_law(inputs) if len(times) and times[-1] > 0 else None
        rest = 1.0 - sum(line.share for line in inputs.series)
        scale = first_scale(inputs, flow_times, curve, price_today_yuan_t)
        moves = inputs.price_model is not PriceModel.FIXED and len(times) > 0
        first = PriceSeries(first_law(inputs, times), scale, rest, moves)
        further = (
            PriceSeries(
                brownian_law(times, line.volatility, line.correlation),
                line.price_yuan_t * (1.0 + line.growth) ** flow_times,
                line.share,
                line.volatility > 0 and len(times) > 0,
            )
            for line in inputs.series
        )
        self.series = (first, *further)
        self.single_precision = self._fits_single_precision()

    def _fits_single_precision(self) -> bool:
        """Whether no exponent leaves the range of single precision.

        Raises:
            DomainError: `price_model_overflow` when one could leave that of double precision.
        """
        largest = 0.0
        for series in self.series:
            mean, variance = log_moments(series.law, self.times)
            reach = np.maximum(mean, 0.0) + _REACH * np.sqrt(variance)
            largest = max(largest, float(np.max(reach, initial=0.0)))
        if self.jumps is not None:
            largest += 5 * (abs(self.jumps.mean) + _REACH * self.jumps.sd)
        if largest > _DOUBLE_EXPONENT:
            raise DomainError("price_model_overflow", path="appraisal.simulation.volatility")
        return largest <= _SINGLE_EXPONENT and self.jumps is None

    @property
    def drawn(self) -> tuple[int, ...]:
        """Numbers of the series that need scores; the first also as the factor of others."""
        tied = any(series.moves and series.law.correlation for series in self.series[1:])
        return tuple(n for n, series in enumerate(self.series) if series.moves or (n == 0 and tied))

    def transfers(self, turn: Numbers) -> dict[int, Array]:
        """Return by series the matrix that takes bridge scores to log prices, (m, m)."""
        kind = np.float32 if self.single_precision else np.float64
        return {
            n: np.asarray(turn @ series.law.loading, dtype=kind)
            for n, series in enumerate(self.series)
            if series.moves
        }

    def logs(self, scores: Mapping[int, Array], transfers: Mapping[int, Array]) -> dict[int, Array]:
        """Return log of price over its median, (rows, m), without jumps, by moving series.

        `scores` holds the bridge scores (rows, m) of the series that are drawn.
        """
        found: dict[int, Array] = {}
        for n, transfer in transfers.items():
            own, tie = scores[n], self.series[n].law.correlation
            if n and tie:
                own = np.float32(tie) * scores[0] + np.float32(np.sqrt(1 - tie * tie)) * own
            found[n] = product(own.astype(transfer.dtype, copy=False), transfer)
        return found

    def deviations(self, logs: Mapping[int, Array], jumps: Numbers | None) -> list[Array | None]:
        """Return price over scale of each series, (rows, m); None where it is 1 throughout.

        `jumps` is what jumps add to the log of the first price; `logs` are overwritten.
        """
        found: list[Array | None] = []
        for n, series in enumerate(self.series):
            if not series.moves:
                found.append(None)
                continue
            log = logs[n]
            log += series.law.shift.astype(log.dtype)
            if n == 0 and jumps is not None:
                log += jumps
            found.append(np.exp(log, out=log))
        return found

    def draw_jumps(self, scores: Array, generator: np.random.Generator) -> Numbers | None:
        """Return what jumps add to the log price, (rows, m); None without jumps.

        `scores` (rows,) give the number of jumps up to the last date, by the inverse of the
        Poisson distribution; days and sizes come from `generator`.
        """
        if self.jumps is None:
            return None
        mean = self.jumps.rate * float(self.times[-1])
        steps = ndtri(pdtr(np.arange(int(mean + 12 * np.sqrt(mean) + 40)), mean))
        counts = np.searchsorted(steps, scores)
        return jump_sums(generator, counts, self.times, self.jumps)
