"""Panjer's recursion: the law of a year on the same grid by another way, as a check."""

import numpy as np

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.event_source import EventSource
from app.finance.insurance.grids import cleaned
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.year_law import YearLaw


def panjer_law(source: EventSource, *, step: float, cells: int) -> YearLaw:
    """Return the law of one source by Panjer's recursion on the same grid, as a check.

    g_k = 1 / (1 - a f_0) sum over j of (a + b j / k) f_j g_(k - j), from g_0 = P_N(f_0); a and b
    of the law of N. One trial needs no recursion: g = (1 - q) at 0 + q f. Source: Panjer,
    Recursive evaluation of a family of compound distributions, ASTIN Bulletin 12, 1981.
    """
    frequency = source.frequency
    f = source.on_grid(step, cells)
    if frequency.law is FrequencyLaw.BINOMIAL:
        g = frequency.mean * f
        g[0] += 1 - frequency.mean
    else:
        g = _recursion(source, f, cells)
    return YearLaw.on_grid(step, cleaned(g), source.p_zero, smooth=not source.of_points)


def _recursion(source: EventSource, f: Floats, cells: int) -> Floats:
    frequency = source.frequency
    beta = frequency.variance / frequency.mean - 1 if frequency.mean > 0 else 0.0
    a = beta / (1 + beta)
    b = frequency.mean / (1 + beta) - a
    places = np.arange(1, f.size)
    plain, weighted = a * f[1:], b * places * f[1:]
    g = np.zeros(cells)
    g[0] = float(np.real(frequency.generating(np.array([complex(f[0])]))[0]))
    for k in range(1, cells):
        reach = min(k, f.size - 1)
        earlier = g[k - reach : k][::-1]
        g[k] = (plain[:reach] @ earlier + weighted[:reach] @ earlier / k) / (1 - a * f[0])
    return g
