"""Loss of a year from events of known losses: exact compound Poisson law, largest event, tail."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.fft import irfft, rfft

from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.laws import Floats

LATTICE_CELLS = 2**18
"""Cells of the grid at most: a common measure of all losses is the step when so many reach."""
GRID_CELLS = 2**16
"""Cells of the grid where the losses have no common measure."""
LEAST_YUAN = 1e-9
"""A loss of less than this is none."""
BEYOND = 1e-12
"""Probability that a year costs more than the grid holds, at most."""


def occurrence_quantile(rates: Floats, losses: Floats, level: float) -> float:
    """Return the smallest loss that the largest event of a year exceeds with at most 1 - level.

    0 where events that cost something are rarer than that.
    """
    order = np.argsort(-losses)
    above = np.concatenate([[0.0], np.cumsum(rates[order])])
    allowed = -math.log(level) * (1 + 1e-12)
    ordered = np.append(losses[order], 0.0)
    # The rate of events above x is above[k] for x in [ordered[k], ordered[k - 1]).
    within = np.flatnonzero(above <= allowed)
    return max(float(ordered[within[-1]]), 0.0)


def year_span(rates: Floats, losses: Floats) -> float:
    """Return a loss of a year that is exceeded with probability `BEYOND` at most.

    Chernoff: P(S > s) <= exp(-t s + sum of rate (e^(t x) - 1)), with the best of many t.
    """
    top = float(losses.max())
    exponents = np.geomspace(1e-4, 60.0, 120) / top
    counts, edges = np.histogram(losses, bins=256, range=(0.0, top), weights=rates)
    growth = np.expm1(np.outer(exponents, edges[1:])) @ counts
    return float(((growth - math.log(BEYOND)) / exponents).min()) + top


def common_step(losses: Floats, span: float) -> float | None:
    """Return the greatest common measure of the losses in whole fen, None without one in reach."""
    fen = np.rint(losses * 100)
    if np.abs(losses * 100 - fen).max() > 1e-6 or fen.max() > 2**53:
        return None
    measure = int(np.gcd.reduce(fen.astype(np.int64)))
    return measure / 100 if 100 * span < measure * (LATTICE_CELLS - 1) else None


def event_year_law(rates: Floats, losses: Floats) -> YearLaw:
    """Return the law of the loss of a year: each event at its rate, independent of the others.

    Compound Poisson, f = IFFT(exp(sum of rate (phi - 1))), phi that of the losses on the grid
    (Klugman, Panjer, Willmot: Loss Models, compound Poisson; Grübel, Hermesmeier 1999 for the
    discrete Fourier transform). On a common measure of the losses it is exact; otherwise each
    loss is split over its two neighbours so that its mean is kept.
    """
    paid = (losses > LEAST_YUAN) & (rates > 0)
    rates, losses = rates[paid], losses[paid]
    if not len(rates):
        return YearLaw(np.zeros(1), np.ones(1), 0.0, 0.0, 1.0)
    span = year_span(rates, losses)
    step = common_step(losses, span) or span / (GRID_CELLS - 3)
    cells = 2 ** math.ceil(math.log2(span / step + 2))
    total = float(rates.sum())
    jumps = np.zeros(cells)
    for cell, weight in split_on(losses, step):
        jumps += np.bincount(cell, rates * weight, cells)
    found: Floats = np.asarray(irfft(np.exp(rfft(jumps) - total), cells))
    found = np.maximum(found, 0.0)
    last = int(np.flatnonzero(found > 1e-17)[-1]) + 1
    kept: Floats = found[:last].astype(np.float64)
    return YearLaw(
        np.arange(last, dtype=np.float64) * step,
        kept,
        step,
        max(0.0, 1.0 - float(kept.sum())),
        math.exp(-total),
    )


def split_on(losses: Floats, step: float) -> tuple[tuple[np.ndarray, Floats], ...]:
    """Return the cells below and above each loss, with the weights that keep its mean."""
    place = losses / step
    lower = np.floor(place + 1e-9).astype(np.intp)
    upper = np.clip(place - lower, 0.0, 1.0)
    upper[upper < 1e-9] = 0.0
    return (lower, 1.0 - upper), (lower + 1, upper)


def tail_weights(law: YearLaw, losses: Floats, level: float) -> Floats:
    """Return how much one unit of an event's rate x loss adds to the TVaR of the year.

    E[X_i; S = s] = sum over events j of rate_j x_ij P(S = s - x_j) (the formula of Palm and
    Campbell for Poisson events), so that the co-TVaR E[X_i | worst 1 - level] of a site is
    sum of rate_j x_ij w_j with these w_j; the atom at the quantile counts with its share.
    """
    if law.step == 0:
        return np.zeros(len(losses))
    at = round(law.quantile(level) / law.step)
    cumulative = np.cumsum(law.probabilities)
    total = float(cumulative[-1])
    share = max(float(cumulative[at]) - level, 0.0) / max(float(law.probabilities[at]), 1e-300)
    found = np.zeros(len(losses))
    sizes = losses / law.step
    for cell, weight in split_on(losses, law.step):
        # Of a loss split over two cells each carries what it weighs.
        carried = weight * np.divide(cell, sizes, out=np.zeros(len(losses)), where=sizes > 0)
        left = at - cell
        inside = np.clip(left, 0, len(cumulative) - 1)
        below = np.where(left >= 0, cumulative[inside], 0.0)
        atom = np.where(left >= 0, law.probabilities[inside], 0.0)
        found += carried * (total - below + share * atom)
    return found / (1.0 - level)


def sample_law(years: Floats) -> YearLaw:
    """Return the law of simulated years: each loss with the share of years that had it."""
    values, counts = np.unique(years, return_counts=True)
    return YearLaw(values, counts / len(years), 0.0, 0.0, float((years <= 0).mean()))


def correlations(covariance: Floats) -> tuple[tuple[float, ...], ...]:
    """Return the correlations; a loss that never varies has none with the others."""
    sd = np.sqrt(np.diag(covariance))
    scale = np.outer(sd, sd)
    found = np.where(scale > 0, covariance / np.where(scale > 0, scale, 1.0), 0.0)
    np.fill_diagonal(found, 1.0)
    return tuple(tuple(row) for row in np.clip(found, -1.0, 1.0).tolist())


def sample_tail(total: Floats, parts: Sequence[Floats], level: float) -> list[float]:
    """Return the mean of each part over the worst 1 - level of simulated years."""
    count = max(round(len(total) * (1.0 - level)), 1)
    worst = np.argpartition(total, len(total) - count)[-count:]
    return [float(part[worst].mean()) for part in parts]
