"""The distribution of the net value: price, tonnes, delivery and costs drawn together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event

import numpy as np

from app.finance.case.valuation.simulation import Sampling, ValueSimulation
from app.finance.sink.pools import Numbers
from app.finance.valuation.drawn_flows import DRAWN, DrawnFlows
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.risk_results import ValueRange
from app.finance.valuation.sampling import (
    Draws,
    Stream,
    blocks,
    mean_and_error,
    plan_draws,
    streams,
)

Progress = Callable[[int, int], None]

PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
BINS = 60
_HISTOGRAM_REACH = (0.005, 0.99)
_THREADS = 2


def run(
    flows: DrawnFlows, draws: Draws, *, threads: int = _THREADS, progress: Progress | None = None
) -> tuple[Numbers, Numbers]:
    """Return the values in the order drawn, yuan, (scenarios,), and sums by stream.

    The sums, shape (streams, flows.sums), are those of `DRAWN` and then of the controls.

    The numbers do not depend on `threads`. `progress(done, total)` is called in this thread
    after each part; what it raises ends the run: no thread goes on, nothing is kept.
    """
    values = np.empty(draws.scenarios)
    parts = streams(draws)
    sums = np.zeros((len(parts), flows.sums))
    stop = Event()

    def work(stream: Stream) -> int:
        for block in blocks(draws, stream):
            if stop.is_set():
                break
            found, drawn = flows.draw(block)
            values[block.first : block.first + len(found)] = found
            sums[stream.number] += drawn
        return stream.count

    with ThreadPoolExecutor(threads) as pool:
        jobs = [pool.submit(work, stream) for stream in parts]
        done = 0
        try:
            for job in as_completed(jobs):
                done += job.result()
                if progress is not None:
                    progress(done, draws.scenarios)
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
    return values, sums


def quantiles_of(ordered: Numbers, shares: Numbers) -> Numbers:
    """Return quantiles of ascending values, linear between them (numpy's default, type 7)."""
    place = shares * (len(ordered) - 1)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, len(ordered) - 1)
    return np.asarray(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def expected_shortfall(ordered: Numbers, level: float) -> float:
    """Return the mean of the worst share `level` (0 to 1) of ascending values.

    The scenario on the border counts with the part of it that belongs to the share.

    Source: Acerbi and Tasche, J. Banking & Finance 26 (2002), as a value, not as a loss.
    """
    worst = level * len(ordered)
    whole = min(int(worst), len(ordered) - 1)
    total = float(ordered[:whole].sum()) + (worst - whole) * float(ordered[whole])
    return total / worst


def histogram(ordered: Numbers) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Return edges and counts of bins of equal width from the 0.5 to the 99 percentile.

    What lies beyond counts in the outer bins, so the counts add up to all values. Values that
    are all the same give one bin.
    """
    low, high = quantiles_of(ordered, np.array(_HISTOGRAM_REACH))
    if not high > low:
        half = max(abs(float(low)) * 1e-6, 0.5)
        return (float(low) - half, float(low) + half), (len(ordered),)
    edges = np.linspace(low, high, BINS + 1)
    inner = np.searchsorted(ordered, edges[1:-1])
    counts = np.diff(inner, prepend=0, append=len(ordered))
    return tuple(map(float, edges)), tuple(map(int, counts))


def simulate_value(
    plan: FlowPlan,
    simulation: ValueSimulation,
    *,
    rate: float,
    loan_yuan: float | None,
    progress: Progress | None = None,
    price_today_yuan_t: float | None = None,
    carbon_factors: Numbers | None = None,
) -> ValueRange:
    """Return the distribution of the net value of `plan`, yuan.

    Args:
        plan: flows of the right; its prices are the mean of a price that follows geometric
            Brownian motion, and the price itself where the model is fixed.
        simulation: what is drawn, how often, from which seed; the same inputs give the same
            numbers.
        rate: discount rate a year.
        loan_yuan: loan the value is compared with, or None.
        progress: called with scenarios done and in all; may raise to cancel.
        price_today_yuan_t: start of a mean-reverting price; the first price of the plan
            without it.
        carbon_factors: quantiles of the total credits over their single estimate, at equal
            steps of probability; the tonnes of a scenario take one of them in all years
            when the yield is that of the carbon.

    Raises:
        DomainError: `price_today_needed`, `price_model_overflow`.
    """
    if price_today_yuan_t is None:
        price_today_yuan_t = float(plan.prices[0]) if len(plan.prices) else 0.0
    flows = DrawnFlows(
        plan,
        simulation,
        rate=rate,
        price_today_yuan_t=price_today_yuan_t,
        carbon_factors=carbon_factors,
    )
    draws = plan_draws(
        simulation.sampling,
        simulation.scenarios,
        flows.dimensions,
        simulation.seed,
        width=flows.width,
    )
    values, sums = run(flows, draws, progress=progress)
    mean, error = _mean(flows, draws, values, sums)
    sd = float(values.std(ddof=1))
    values.sort()
    level = simulation.shortfall_level
    shares = np.array(PERCENTILES) / 100
    below = None if loan_yuan is None else _share_below(values, loan_yuan)
    means = sums[:, : len(DRAWN)].sum(axis=0) / draws.scenarios
    bins, counts = histogram(values)
    fan_years, fan = flows.price_fan(PERCENTILES)
    return ValueRange(
        scenarios=draws.scenarios,
        seed=simulation.seed,
        sampling=simulation.sampling.value,
        replicates=draws.replicates,
        mean_yuan=mean,
        standard_error_yuan=error,
        sd_yuan=sd,
        percentiles={
            str(percent): float(value)
            for percent, value in zip(PERCENTILES, quantiles_of(values, shares), strict=True)
        },
        probability_negative=_share_below(values, 0.0),
        probability_below_loan=below,
        loan_yuan=loan_yuan,
        shortfall_level=level,
        expected_shortfall_yuan=expected_shortfall(values, level),
        bins=bins,
        counts=counts,
        fan_years=fan_years,
        fan=fan,
        drawn_means=dict(zip(DRAWN, map(float, means), strict=True)),
    )


def _mean(flows: DrawnFlows, draws: Draws, values: Numbers, sums: Numbers) -> tuple[float, float]:
    """Mean and standard error; with Sobol points the controls sharpen both."""
    controls = None
    if draws.sampling is Sampling.SOBOL:
        controls = sums[:, len(DRAWN) :] * (draws.replicates / draws.scenarios)
    mean, error = mean_and_error(draws, values, controls)
    return mean, float(np.hypot(error, flows.rounding_yuan))


def _share_below(ordered: Numbers, limit: float) -> float:
    return float(np.searchsorted(ordered, limit)) / len(ordered)
