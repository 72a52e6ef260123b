"""Damages drawn round those stated of events: quantiles of their laws, from tables if it pays."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.finance.insurance.event_sets import beta_shape, drawn_damages
from app.finance.insurance.law_table import LEAST_SHAPE, NODES, quantiles, score_nodes
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.smooth_laws import Beta

_MOST_FIGURES = 4_000_000
"""Figures of the tables of an event set at most (32 MB)."""


class EventDamages:
    """Damages of the events of a set at its sites: means (events, sites), one spread.

    A draw takes the same level of the law at every site. `draws` are expected in all: tables are
    made for more than they have nodes.
    """

    def __init__(self, means: Floats, spread: float, draws: float) -> None:
        self._means = means
        self._spread = spread
        self._draws = draws

    def drawn(self, event: NDArray[np.intp], level: Floats) -> Floats:
        """Return the damages of these events at these levels, shape (draws, sites)."""
        if not self._has_tables:
            return drawn_damages(self._means[event], self._spread, level[:, None])
        left, part = score_nodes(level)
        low, rise = self._tables
        row = event * NODES + left
        return np.asarray(low.take(row, axis=1) + part * rise.take(row, axis=1)).T

    @cached_property
    def _has_tables(self) -> bool:
        """Whether each damage has a law that tables are close to, or is certain."""
        few = self._draws < NODES * len(self._means)
        if few or self._means.size * NODES > _MOST_FIGURES:
            return False
        p, q, good = beta_shape(self._means, self._spread)
        certain = (self._means <= 0) | (self._means >= 1)
        close = good & (np.minimum(p, q) >= LEAST_SHAPE)
        return bool((certain | close).all())

    @cached_property
    def _tables(self) -> tuple[Floats, Floats]:
        """Quantiles by site at the nodes, one event after the other, and their rise to the next."""
        p, q, good = beta_shape(self._means, self._spread)
        found = np.repeat(self._means.T[:, :, None], NODES + 1, axis=2)
        for event, site in np.argwhere(good):
            law = Beta(float(p[event, site]), float(q[event, site]))
            found[site, event] = quantiles(law)
        sites = len(found)
        return found[:, :, :-1].reshape(sites, -1), np.diff(found, axis=2).reshape(sites, -1)
