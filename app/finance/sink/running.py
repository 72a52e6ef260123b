"""Amounts a year over runs of calendar years, for single estimates and for draws."""

import numpy as np

from app.finance.sink.pools import Numbers, Quantity, Span


class Running:
    """Adds up amounts a year; the sum has shape (years,), or (draws, years) with draws.

    An amount is a number, or an array of shape (draws, 1) or (draws, years). Draws that run to
    the end of the span are entered once and carried forward, so a cohort more costs a column
    and not a table.
    """

    __slots__ = ("_fixed", "_opened", "_span", "_tables")

    def __init__(self, span: Span) -> None:
        self._span = span
        self._fixed = span.zeros()
        self._opened: dict[int, Numbers] = {}
        self._tables: list[tuple[int, int, Numbers]] = []

    def add(self, amount: Quantity, first: int, last: int | None = None) -> None:
        """Add an amount a year from `first` to `last` (None: the end); other years are left out."""
        years = len(self._span)
        start = max(self._span.since(first), 0)
        end = years if last is None else min(self._span.since(last) + 1, years)
        if end <= start:
            return
        if not isinstance(amount, np.ndarray) or amount.ndim == 0:
            self._fixed[start:end] += amount
            return
        drawn = np.asarray(amount, dtype=np.float64)
        if drawn.shape[-1] == 1 and end == years:
            self._opened[start] = self._opened[start] + drawn if start in self._opened else drawn
        else:
            self._tables.append((start, end, drawn))

    def total(self) -> Numbers:
        """Return the sum by calendar year."""
        if not self._opened and not self._tables:
            return self._fixed
        years = len(self._span)
        shapes = [drawn.shape[:-1] for drawn in self._opened.values()]
        shapes += [drawn.shape[:-1] for _, _, drawn in self._tables]
        out = np.zeros((*np.broadcast_shapes(*shapes), years))
        for start, drawn in self._opened.items():
            out[..., start : start + 1] += drawn
        np.cumsum(out, axis=-1, out=out)
        out += self._fixed
        for start, end, drawn in self._tables:
            out[..., start:end] += drawn if drawn.shape[-1] == 1 else drawn[..., start:end]
        return out
