"""The event set of a policy as arrays: rates, and what each event does at each site."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv

from app.finance.case.cover.model_inputs import SetEventLine
from app.finance.case.cover.perils import DamagePoint
from app.finance.case.insurance import Insurance
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.laws import Floats

SPREAD_EDGES = (*(k / 10 for k in range(10)), 0.95, 0.99, 1.0)
"""Probabilities between which the spread of a damage is a mean: 12 points, finer in the tail."""

LEAST_SPREAD = 1e-4
"""A smaller spread is none: the parameters of its law are too large for their functions."""


@dataclass(frozen=True, slots=True)
class EventSet:
    """Events by sites.

    `rates` (events); `shares` and `losses` (events, sites): damage as a share of the value on
    risk, or a loss of the site in yuan; `all_losses` (events): a loss of all sites together;
    `place` (heads): the site of each head.
    """

    names: tuple[str, ...]
    sites: tuple[str, ...]
    rates: Floats
    shares: Floats
    losses: Floats
    all_losses: Floats
    place: NDArray[np.intp]
    spread: float

    def stated(self, values_yuan: Floats) -> Floats:
        """Return the damage shares stated, before the cut at 1, shape (events, sites).

        A loss in yuan is spread over the heads it hits in proportion to their values on risk,
        which `values_yuan` (heads) gives: it is the same share of each.
        """
        by_site = np.zeros(len(self.sites))
        np.add.at(by_site, self.place, values_yuan)
        found = self.shares.copy()
        if self.losses.any():
            found += _over(self.losses, by_site)
        if self.all_losses.any():
            found += _over(self.all_losses, float(values_yuan.sum()))[:, None]
        return found

    def damages(self, values_yuan: Floats) -> Floats:
        """Return the damage shares, at most 1, shape (events, sites)."""
        return np.minimum(self.stated(values_yuan), 1.0)


def _over(losses: Floats, values: Floats | float) -> Floats:
    """Return losses over values; nothing is lost where nothing is on risk."""
    worth = np.asarray(values, dtype=float)
    return np.where(worth > 0, losses / np.where(worth > 0, worth, 1.0), 0.0)


def event_sites(insurance: Insurance, exposures: Sequence[Exposure]) -> tuple[str, ...]:
    """Return the names of the sites: those of the policy, then those only heads name."""
    named = (*(site.name for site in insurance.sites), *(e.head.site for e in exposures))
    hit = {e.head.site for e in exposures}
    return tuple(name for name in dict.fromkeys(named) if name in hit)


def event_set(insurance: Insurance, exposures: Sequence[Exposure]) -> EventSet:
    """Return the event set of a policy that has one; lines of one name are one event."""
    model = insurance.events
    assert model is not None  # noqa: S101 - called for policies with an event set only
    sites = event_sites(insurance, exposures)
    place = {name: number for number, name in enumerate(sites)}
    numbers: dict[str, int] = {}
    for line in model.event_lines:
        numbers.setdefault(line.event, len(numbers))
    rates, all_losses = np.zeros(len(numbers)), np.zeros(len(numbers))
    shares = np.zeros((len(numbers), len(sites)))
    losses = np.zeros_like(shares)
    hits = _hits(model.event_lines, curve_damages(insurance.damages, model.curve))
    for line, share in zip(model.event_lines, hits, strict=True):
        event = numbers[line.event]
        rates[event] = line.rate
        where = place.get(line.site) if line.site else slice(None)
        if where is None:
            continue
        if line.loss_yuan is None:
            shares[event, where] = share
        elif line.site:
            losses[event, where] = line.loss_yuan
        else:
            all_losses[event] = line.loss_yuan
    heads = np.array([place[e.head.site] for e in exposures], dtype=np.intp)
    spread = model.spread if model.spread >= LEAST_SPREAD else 0.0
    return EventSet(tuple(numbers), sites, rates, shares, losses, all_losses, heads, spread)


def curve_damages(points: Sequence[DamagePoint], curve: str) -> tuple[Floats, Floats]:
    """Return intensities, ascending, and damages of a curve; two empty arrays for none."""
    own = sorted((p.intensity, p.damage) for p in points if curve and p.curve == curve)
    table = np.array(own, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def damage_at(intensity: Floats, curve: tuple[Floats, Floats]) -> Floats:
    """Return the damage share at an intensity: straight between points, none below the first.

    Beyond the last point the damage of the last holds; no damage is above 1.
    """
    return np.minimum(np.interp(intensity, *curve, left=0.0), 1.0)


def _hits(lines: Sequence[SetEventLine], curve: tuple[Floats, Floats]) -> Floats:
    """Return the damage share of each line, by its damage or its intensity; 0 for yuan."""
    shares = np.array([line.damage_share or 0.0 for line in lines])
    intensity = np.array([np.nan if one.intensity is None else one.intensity for one in lines])
    known = ~np.isnan(intensity)
    if known.any() and len(curve[0]):
        shares[known] = damage_at(intensity[known], curve)
    return shares


def beta_shape(mean: Floats, spread: float) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return p and q of a beta damage with this mean and sd = spread x mean, and where it is one.

    p + q = m (1 - m) / sd^2 - 1. A share of mean m has an sd of at most sqrt(m (1 - m)): where
    more is asked it is all or nothing, and at 0 and 1 there is no spread; False there.
    """
    inside = (mean > 0) & (mean < 1)
    m = np.where(inside, mean, 0.5)
    total = m * (1 - m) / np.maximum((spread * m) ** 2, np.finfo(float).tiny) - 1
    # A beta law of p + q below 1/1000 is all or nothing to three digits, and its inverse slow.
    good = inside & (total > 1e-3)
    total = np.where(good, total, 1.0)
    return m * total, (1 - m) * total, good


def drawn_damages(mean: Floats, spread: float, level: Floats) -> Floats:
    """Return the damage at a level of its law, by inversion; shapes that fit each other."""
    if spread == 0:
        return mean
    p, q, good = beta_shape(mean, spread)
    all_or_nothing = np.where(level > 1 - mean, 1.0, 0.0)
    found = np.where((mean > 0) & (mean < 1), all_or_nothing, mean)
    chosen = np.broadcast_to(level, mean.shape)[good]
    found[good] = betaincinv(p[good], q[good], chosen)
    return found


def spread_points(mean: Floats, spread: float) -> tuple[tuple[float, Floats], ...]:
    """Return weights and damages that stand for the spread around a mean.

    Each is the mean of the law between two probabilities of `SPREAD_EDGES`, so that the mean of
    all is kept exactly: (m / w) [I_b(p + 1, q) - I_a(p + 1, q)] between quantiles a and b
    (Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 2, beta distributions).
    Without a spread the mean alone.
    """
    if spread == 0:
        return ((1.0, mean),)
    p, q, good = beta_shape(mean, spread)
    above: Floats = np.ones_like(mean)
    found = []
    for low, high in pairwise(SPREAD_EDGES):
        weight = high - low
        beyond = _part_beyond(p, q, high)
        two_points = np.clip(high - np.maximum(1 - mean, low), 0.0, None) / weight
        found.append((weight, np.where(good, mean * (above - beyond) / weight, two_points)))
        above = beyond
    return tuple(found)


def _part_beyond(p: Floats, q: Floats, level: float) -> Floats:
    """Return E[D; D > quantile] / E[D] of beta laws, by the distance from a total loss.

    1 - I_x(p + 1, q) = I_(1 - x)(q, p + 1): near a total loss 1 - x keeps the digits x has lost.
    Where 1 - x is too small for a number all beyond it is total loss.
    """
    if level >= 1:
        return np.zeros_like(p)
    left = betaincinv(q, p, 1 - level)
    total = (1 - level) * (p + q) / p
    return np.asarray(np.where(left > 0, betainc(q, p + 1, left), total))
