"""Parameters of the price models, estimated from a dated price series."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np
from scipy.optimize import minimize_scalar

from app.finance.errors import DomainError
from app.finance.notices import Notice, Severity
from app.finance.sink.pools import Numbers

LEAST_POINTS = 5
ENOUGH_OBSERVATIONS = 250
JUMP_THRESHOLD = 4.0
"""Standard deviations from which a return is taken for a jump; 1 in 16,000 normal ones is."""
_DAYS_PER_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Estimated:
    """An estimate and its standard error; None where the data give none."""

    value: float
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class ReversionEstimate:
    """Mean-reverting log price: speed 1/yr, long-run price yuan/t, volatility 1/sqrt(yr)."""

    speed: Estimated
    long_run_price: Estimated
    volatility: Estimated
    half_life_yr: float


@dataclass(frozen=True, slots=True)
class JumpEstimate:
    """Returns beyond the threshold: their share, how many a year, their mean and spread.

    `volatility` is that of the other returns, 1/sqrt(yr): the one to enter beside the jumps.
    """

    count: int
    share: Estimated
    per_year: Estimated
    mean: Estimated | None
    sd: Estimated | None
    volatility: Estimated
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class SeriesEstimate:
    """What a series says about the price models.

    `observations` counts the returns. `drift` is mu of dP = mu P dt + sigma P dW, 1/yr.
    `reversion` is None when the series does not return to a level, or forgets its level
    within one step, so that the speed cannot be told; a notice says so.
    """

    observations: int
    first_day: date
    last_day: date
    years: float
    volatility: Estimated
    drift: Estimated
    reversion: ReversionEstimate | None
    jumps: JumpEstimate
    notices: tuple[Notice, ...] = field(default_factory=tuple)


def _checked(
    points: Sequence[tuple[date, float]], longest_gap_days: int
) -> list[tuple[date, float]]:
    for day, price in points:
        if not (np.isfinite(price) and price > 0):
            raise DomainError("series_zero", path="series", value=price, day=day)
    ordered = sorted(points)
    if len(ordered) < LEAST_POINTS:
        raise DomainError("series_too_short", path="series", value=len(ordered), least=LEAST_POINTS)
    for (day, price), (after, _) in pairwise(ordered):
        gap = (after - day).days
        if gap == 0:
            raise DomainError("series_duplicate_day", path="series", value=price, day=day)
        if gap > longest_gap_days:
            facts = {"before": day, "after": after, "days": gap, "limit": longest_gap_days}
            raise DomainError("series_gap", path="series", value=gap, **facts)
    return ordered


def brownian_estimate(logs: Numbers, steps: Numbers) -> tuple[Estimated, Estimated]:
    """Return volatility (1/sqrt(yr)) and drift mu (1/yr) of geometric Brownian motion.

    `logs` are log prices (n + 1,), `steps` the years between them (n,). Returns are normal
    with mean nu D and variance sigma^2 D; nu = (last - first) / T and the mean of (r - nu D)^2
    / D are the maximum-likelihood estimates at any spacing (divisor n; with even steps the
    usual sample figure, divisor n - 1, is sqrt(n / (n - 1)) as large). mu = nu + sigma^2 / 2.

    Source: Campbell, Lo and MacKinlay, The Econometrics of Financial Markets (1997), 9.3.2.
    """
    returns, total = np.diff(logs), float(steps.sum())
    growth = float(returns.sum()) / total
    count = len(returns)
    variance = float(((returns - growth * steps) ** 2 / steps).mean())
    volatility = np.sqrt(variance)
    drift_error = np.sqrt(variance / total + variance**2 / (2 * count))
    return (
        Estimated(float(volatility), float(volatility / np.sqrt(2 * count))),
        Estimated(growth + variance / 2, float(drift_error)),
    )


def _transition(speed: float, logs: Numbers, steps: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """What theta is multiplied by, what it explains, and the variance over s^2, by step."""
    pull = -np.expm1(-speed * steps)
    rest = logs[1:] - (1 - pull) * logs[:-1]
    return pull, rest, -np.expm1(-2 * speed * steps) / (2 * speed)


def _profile(speed: float, logs: Numbers, steps: Numbers) -> tuple[float, float, float]:
    """Negative log likelihood at its best theta and variance s^2 for a speed, and these."""
    pull, rest, spread = _transition(speed, logs, steps)
    level = float((pull * rest / spread).sum() / (pull**2 / spread).sum())
    variance = float(((rest - pull * level) ** 2 / spread).mean())
    if variance <= 0:
        return -np.inf, level, variance
    n = len(steps)
    return 0.5 * (n * np.log(variance) + float(np.log(spread).sum())), level, variance


def _likelihood(parameters: Numbers, logs: Numbers, steps: Numbers) -> float:
    """Negative log likelihood at (ln kappa, theta, ln s^2)."""
    speed, level, variance = np.exp(parameters[0]), parameters[1], np.exp(parameters[2])
    pull, rest, spread = _transition(float(speed), logs, steps)
    scaled = variance * spread
    return float(0.5 * (np.log(scaled) + (rest - pull * level) ** 2 / scaled).sum())


def _covariance(best: Numbers, logs: Numbers, steps: Numbers) -> Numbers | None:
    """Inverse of the observed information by central differences; None if not positive."""
    size = 1e-4 * np.array((1.0, max(1.0, abs(best[1])), 1.0))
    shifts = np.diag(size)
    information = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            information[i, j] = sum(
                a * b * _likelihood(best + a * shifts[i] + b * shifts[j], logs, steps)
                for a in (1, -1)
                for b in (1, -1)
            ) / (4 * size[i] * size[j])
    if not np.all(np.linalg.eigvalsh(information) > 0):
        return None
    return np.asarray(np.linalg.inv(information))


def reversion_estimate(logs: Numbers, steps: Numbers) -> ReversionEstimate | None:
    """Return the mean-reverting model that makes the series most likely, or None.

    The exact likelihood of d x = kappa (theta - x) dt + s dW, given the first value, at any
    spacing: theta and s^2 are explicit for each kappa, and kappa is searched. With even steps
    this is the regression of x on the x before. Standard errors from the observed
    information. With few years of data kappa comes out too large: its bias is about 4 / T.

    Source: Tang and Chen, Parameter Estimation and Bias Correction for Diffusion Processes,
    J. Econometrics 149 (2009).
    """
    low, high = 1e-3 / float(steps.sum()), 15.0 / float(np.median(steps))
    grid = np.linspace(np.log(low), np.log(high), 60)
    fits = [_profile(float(np.exp(k)), logs, steps)[0] for k in grid]
    place = int(np.argmin(fits))
    if not np.all(np.isfinite(fits)) or place in (0, len(grid) - 1):
        return None
    found = minimize_scalar(
        lambda k: _profile(float(np.exp(k)), logs, steps)[0],
        bounds=(grid[place - 1], grid[place + 1]),
        method="bounded",
        options={"xatol": 1e-10},
    )
    speed = float(np.exp(found.x))
    _, level, variance = _profile(speed, logs, steps)
    covariance = _covariance(np.array((found.x, level, np.log(variance))), logs, steps)
    errors = [None] * 3 if covariance is None else list(np.sqrt(np.diag(covariance)))
    volatility, price = float(np.sqrt(variance)), float(np.exp(level))

    def scaled(number: int, factor: float) -> float | None:
        error = errors[number]
        return None if error is None else factor * float(error)

    return ReversionEstimate(
        speed=Estimated(speed, scaled(0, speed)),
        long_run_price=Estimated(price, scaled(1, price)),
        volatility=Estimated(volatility, scaled(2, volatility / 2)),
        half_life_yr=float(np.log(2) / speed),
    )


def jump_estimate(
    logs: Numbers, steps: Numbers, days: Sequence[date], threshold: float = JUMP_THRESHOLD
) -> JumpEstimate:
    """Return the jumps: returns beyond `threshold` standard deviations, found recursively.

    Returns are divided by the root of their step; those beyond the threshold are set aside
    and the deviation is taken anew from the others, until none is left. `days` are those of
    the later price of each return.

    Source: Clewlow and Strickland, Energy Derivatives (2000), chapter 2 (recursive filter).
    """
    returns = np.diff(logs)
    scaled = returns / np.sqrt(steps)
    calm = np.ones(len(scaled), dtype=bool)
    centre, spread = float(scaled.mean()), float(scaled.std(ddof=1))
    while calm.sum() > 2:
        centre, spread = float(scaled[calm].mean()), float(scaled[calm].std(ddof=1))
        now = calm & (np.abs(scaled - centre) <= threshold * spread)
        if now.sum() == calm.sum():
            break
        calm = now
    sizes = returns[~calm]
    count, n, years = len(sizes), len(returns), float(steps.sum())
    share = count / n
    mean = sd = None
    if count >= 2:
        deviation = float(sizes.std(ddof=1))
        mean = Estimated(float(sizes.mean()), deviation / np.sqrt(count))
        sd = Estimated(deviation, deviation / np.sqrt(2 * (count - 1)))
    elif count == 1:
        mean = Estimated(float(sizes[0]), None)
    return JumpEstimate(
        count=count,
        share=Estimated(share, float(np.sqrt(share * (1 - share) / n))),
        per_year=Estimated(count / years, float(np.sqrt(count)) / years),
        mean=mean,
        sd=sd,
        volatility=Estimated(spread, spread / float(np.sqrt(2 * max(calm.sum() - 1, 1)))),
        days=tuple(day for day, quiet in zip(days, calm, strict=True) if not quiet),
    )


def estimate(points: Sequence[tuple[date, float]], *, longest_gap_days: int) -> SeriesEstimate:
    """Return the parameters of the price models from dated prices, in any order.

    Years between days are days / 365. Prices of one unit and currency.

    Raises:
        DomainError: `series_zero` (a price that is not above 0, with its day),
            `series_duplicate_day`, `series_gap` (days between neighbours above the limit),
            `series_too_short` (fewer than 5 prices).
    """
    ordered = _checked(points, longest_gap_days)
    days = [day for day, _ in ordered]
    logs = np.log([price for _, price in ordered])
    steps = np.diff([day.toordinal() for day in days]) / _DAYS_PER_YEAR
    volatility, drift = brownian_estimate(logs, steps)
    reversion = reversion_estimate(logs, steps) if volatility.value > 0 else None
    count = len(steps)
    notices = []
    if count < ENOUGH_OBSERVATIONS:
        facts = {"count": count, "least": ENOUGH_OBSERVATIONS}
        notices.append(Notice("few_observations", Severity.WARNING, facts=facts))
    if reversion is None:
        notices.append(Notice("reversion_not_found", Severity.WARNING))
    return SeriesEstimate(
        observations=count,
        first_day=days[0],
        last_day=days[-1],
        years=float(steps.sum()),
        volatility=volatility,
        drift=drift,
        reversion=reversion,
        jumps=jump_estimate(logs, steps, days[1:]),
        notices=tuple(notices),
    )
