"""Global sensitivity: which inputs the variance of the net value comes from."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation.risk_results import SobolIndex

CONFIDENCE = 0.95
RESAMPLES = 100
LEAST_SAMPLES, MOST_SAMPLES = 16, 2**16
_CHUNK = 16_384
"""Rows evaluated in one call: 60 columns of doubles take 8 MB an array."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """An input drawn evenly between two bounds."""

    path: str
    low: float
    high: float


def rounded_samples(samples: int) -> int:
    """Return the power of 2 not below `samples`, in which a Sobol sequence is balanced.

    Raises:
        DomainError: `sobol_samples` when it is below 16 or above 65,536.
    """
    if not LEAST_SAMPLES <= samples <= MOST_SAMPLES:
        raise DomainError(
            "sobol_samples", value=samples, minimum=LEAST_SAMPLES, maximum=MOST_SAMPLES
        )
    return int(2 ** math.ceil(math.log2(samples)))


def _evaluated(
    evaluate: Callable[[Numbers], Numbers],
    rows: Numbers,
    progress: Callable[[int, int], None] | None,
) -> Numbers:
    found = np.empty(len(rows))
    for start in range(0, len(rows), _CHUNK):
        if progress is not None:
            progress(start, len(rows))
        found[start : start + _CHUNK] = evaluate(rows[start : start + _CHUNK])
    if progress is not None:
        progress(len(rows), len(rows))
    return found


def sobol_indices(
    evaluate: Callable[[Numbers], Numbers],
    inputs: Sequence[Uncertain],
    *,
    samples: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[SobolIndex, ...]:
    """Return first and total order index of each input, by Saltelli's sample of N (k + 2) rows.

    `evaluate` takes inputs of shape (m, k) and gives values of shape (m,); `samples` is N,
    rounded up to a power of 2. The same seed gives the same indices. The half width of the
    95 % interval comes from 100 bootstrap resamples. All indices are 0 when the values do not
    vary. `progress(done, rows)` is called between chunks and may raise to stop.

    Sources: I. M. Sobol', Math. Comput. Simul. 55 (2001) 271-280; A. Saltelli et al., Comput.
    Phys. Commun. 181 (2010) 259-270, estimators (b) and (f) of table 2; computed by SALib.

    Raises:
        DomainError: `sobol_samples` outside 16..65,536.
    """
    count = rounded_samples(samples)
    if not inputs:
        return ()
    # SALib takes seconds to load.
    from SALib.analyze import sobol as analysis  # noqa: PLC0415
    from SALib.sample import sobol as sampling  # noqa: PLC0415

    problem = {
        "num_vars": len(inputs),
        "names": [entry.path for entry in inputs],
        "bounds": [[entry.low, entry.high] for entry in inputs],
    }
    rows = sampling.sample(problem, count, calc_second_order=False, seed=seed)
    values = _evaluated(evaluate, rows, progress)
    if np.ptp(values) <= 1e-12 * max(float(np.abs(values).max()), 1.0):
        return tuple(SobolIndex(entry.path, 0.0, 0.0, 0.0, 0.0) for entry in inputs)
    found = analysis.analyze(
        problem,
        values,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=seed + 1,  # 0 would leave the resamples unseeded
    )
    return tuple(
        SobolIndex(
            entry.path, *(float(found[key][n]) for key in ("S1", "S1_conf", "ST", "ST_conf"))
        )
        for n, entry in enumerate(inputs)
    )
