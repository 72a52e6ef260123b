"""The same year by an independent library, GEMAct, where it knows the law and the terms.

Source: Pittarello, Luini, Marchione, GEMAct: a Python package for non-life (re)insurance, Annals
of Actuarial Science, 2024. It loads in about a second, so it is imported on the first call.
"""

import math
from typing import Any

import numpy as np

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.aggregate import year_end
from app.finance.insurance.event_source import EventSource
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.loss_law import LossLaw
from app.finance.insurance.payment import Payment
from app.finance.insurance.results import EngineCheck
from app.finance.insurance.smooth_laws import Gamma, InverseGaussian, Lognormal, Weibull
from app.finance.insurance.tail_laws import Excess

_NODES = 2**14
_MOST_NODES_OF_A_PAYMENT = 4000
_TAIL = 1e-12

_Named = tuple[str, dict[str, float]]


def engine_check(
    source: EventSource, *, deductible: float = 0.0, limit: float | None = None, share: float = 1.0
) -> EngineCheck | None:
    """Return mean, deviation and loss not exceeded at 99 % of one source by GEMAct.

    `deductible`, `limit` and `share` are those of the year. None where the library is missing or
    fails, or does not know the case: several parts, no plain layer, a law of points or of a
    curve, a beta law.
    """
    if len(source.parts) != 1:
        return None
    _, payment, law = source.parts[0]
    severity, terms = _severity_of(law), _terms_of(payment)
    if severity is None or terms is None:
        return None
    # GEMAct 1.3 leaves the scale out of the limited mean of this law: count in units of it.
    unit = law.weight if isinstance(law, InverseGaussian) else 1.0
    attachment, cover, slope = terms
    unit_yuan = unit * slope
    try:
        model = _model(
            source,
            severity,
            deductible=attachment / unit,
            cover=cover / unit,
            aggr_deductible=deductible / unit_yuan,
            aggr_cover=math.inf if limit is None else limit / unit_yuan,
        )
        found = (float(model.mean()), float(model.std()), float(model.ppf(0.99)))
    except Exception:  # noqa: BLE001 - a check that fails must never cost the quote itself
        return None
    if not all(map(math.isfinite, found)):
        return None
    mean, sd, var99 = (figure * unit_yuan * share for figure in found)
    return EngineCheck("gemact", mean, sd, var99)


def _terms_of(payment: Payment) -> tuple[float, float, float] | None:
    """Return a, c and s of the payment s x min(max(x - a, 0), c), None for any other."""
    last = len(payment.starts) - 1
    rising = [place for place, slope in enumerate(payment.slopes) if slope > 0]
    if rising != [last - 1] or payment.levels[:last].any():
        return None
    start, slope = float(payment.starts[last - 1]), float(payment.slopes[last - 1])
    cover = float(payment.starts[last]) - start
    plain = math.isclose(payment.maximum, slope * cover, rel_tol=1e-9)
    return (start, cover, slope) if plain else None


def _severity_of(law: LossLaw) -> _Named | None:
    """Return name and parameters of a law as GEMAct has them, those of scipy.

    Not the beta law: its limited mean in GEMAct 1.3 takes the inverse of the incomplete beta
    function for the function itself.
    """
    found: _Named | None = None
    match law:
        case Lognormal(mu, sigma):
            found = "lognormal", {"shape": sigma, "scale": math.exp(mu)}
        case Gamma(shape, scale):
            found = "gamma", {"a": shape, "scale": scale}
        case Weibull(shape, scale):
            found = "weibull", {"c": shape, "scale": scale}
        case InverseGaussian(mean, weight):
            found = "invgauss", {"mu": mean / weight}
        case Excess(threshold=0.0, scale=scale, shape=0.0):
            found = "gamma", {"a": 1.0, "scale": scale}
        case Excess(threshold, scale, shape):
            found = "genpareto", {"c": shape, "scale": scale, "loc": threshold}
    return found


def _frequency_of(frequency: Frequency) -> _Named:
    if frequency.law is FrequencyLaw.BINOMIAL:
        return "binom", {"n": 1, "p": frequency.mean}
    if frequency.variance == frequency.mean:
        return "poisson", {"mu": frequency.mean}
    beta = frequency.variance / frequency.mean - 1
    return "nbinom", {"n": frequency.mean / beta, "p": 1 / (1 + beta)}


def _model(source: EventSource, severity: _Named, **terms: float) -> Any:
    """Return the loss model of GEMAct, on a grid that holds the year."""
    from gemact import lossmodel  # noqa: PLC0415 - loads for a second, and few quotes ask for it
    from twiggy import emitters, levels  # noqa: PLC0415 - comes with gemact

    # Importing gemact turns a log on that writes to the screen, and that fails on some messages.
    emitters["*"].min_level = levels.DISABLED
    payments = max(year_end((source,), _TAIL) / source.parts[0][1].maximum, 1.0)
    name, parameters = _frequency_of(source.frequency)
    with np.errstate(all="ignore"):
        return lossmodel.LossModel(
            frequency=lossmodel.Frequency(dist=name, par=parameters),
            severity=lossmodel.Severity(dist=severity[0], par=severity[1]),
            policystructure=lossmodel.PolicyStructure(layers=lossmodel.Layer(**terms)),
            aggr_loss_dist_method="fft",
            n_aggr_dist_nodes=_NODES,
            n_sev_discr_nodes=min(int(_NODES / payments), _MOST_NODES_OF_A_PAYMENT),
            sev_discr_method="localmoments",
        )
