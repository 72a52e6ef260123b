"""Second opinion on the price: a multilevel model of log prices, shrunken to the mean."""

from dataclasses import dataclass, replace
from math import exp, log, sqrt

import numpy as np
from scipy.optimize import minimize
from scipy.special import stdtrit

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.evidence import Comparable, Purpose
from app.finance.sink.pools import Numbers
from app.finance.valuation.evidence import COURT, MARKET, PUBLIC_BENEFIT, purpose_group
from app.finance.valuation.results import AdjustedComparable, EvidenceResult, ShrunkenPrice

LEAST_PRICES = 8
"""Below this many prices four kinds of deviation cannot be told apart (house convention)."""

FACTORS = ("ecosystem", "market", "purpose", "year")

NOT_STATED = "not_stated"
"""Group of the prices whose market is not told."""

_LEAST_FREEDOM = 3
_WIDEST = log(1000)
_SAME = 1e-9
_LOG_RATIOS = (-7.0, 5.0)
"""Bounds of log(σ_k / σ): a factor that explains nothing, and one that explains all."""


@dataclass(frozen=True, slots=True)
class TaggedPrice:
    """One price, yuan/t, and the group it belongs to in each of the factors."""

    price_yuan_t: float
    ecosystem: str
    market: str
    purpose: str
    year: str


def tagged_price(line: Comparable, price_yuan_t: float) -> TaggedPrice:
    """Return a comparable for the model; a court sale is judicial whatever its purpose says."""
    group = purpose_group(line.method, line.purpose)
    purpose = {
        COURT: Purpose.JUDICIAL,
        PUBLIC_BENEFIT: Purpose.PUBLIC_BENEFIT,
        MARKET: line.purpose,
    }[group]
    return TaggedPrice(
        price_yuan_t,
        line.ecosystem.value,
        line.market.strip() or NOT_STATED,
        purpose.value,
        str(line.day.year),
    )


@dataclass(frozen=True, slots=True)
class _Design:
    """Log prices, and for each factor its groups and the 0/1 matrix of shape (n, groups)."""

    logs: Numbers
    names: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    matrices: tuple[Numbers, ...]


def _design(prices: list[TaggedPrice]) -> _Design:
    """Keep the factors that tell groups apart: some price shares a group, not all do.

    A factor that parts the prices just as an earlier one does is dropped: the two deviations
    could not be told apart.
    """
    names, groups, matrices = [], [], []
    seen: set[tuple[int, ...]] = set()
    for name in FACTORS:
        labels = [getattr(price, name) for price in prices]
        levels = sorted(set(labels))
        parts = tuple(labels.index(label) for label in labels)
        if not 1 < len(levels) < len(labels) or parts in seen:
            continue
        seen.add(parts)
        names.append(name)
        groups.append(tuple(levels))
        matrices.append(np.array([[label == level for level in levels] for label in labels], float))
    logs = np.log([price.price_yuan_t for price in prices])
    return _Design(logs, tuple(names), tuple(groups), tuple(matrices))


def _variances(design: _Design) -> tuple[Numbers, float] | None:
    """Variance of each factor and of the residual; None when the search does not converge.

    Restricted likelihood of the library, times σ_k for each factor: with few groups the plain
    maximum often lies at σ_k = 0, which would call the deviations of a factor known to be none.
    Source: Chung, Y. et al. (2013): A nondegenerate penalized likelihood estimator for variance
    parameters in multilevel models, Psychometrika 78, 685-709. Searched over the logarithms of
    σ_k / σ from 0 on, the same each time; σ² has its closed form.
    """
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec  # noqa: PLC0415

    count, factors = len(design.logs), len(design.names)
    columns = [[list(groups)] for groups in design.groups]
    spec = VCSpec(list(design.names), columns, [[matrix] for matrix in design.matrices])
    model = MixedLM(design.logs, np.ones((count, 1)), np.zeros(count), exog_vc=spec)
    model.reml, model.cov_pen, model.fe_pen = True, None, None
    none = np.zeros((0, 0))

    def scale(log_ratios: Numbers) -> float:
        ratios = np.exp(2 * log_ratios)
        mean, _singular = model.get_fe_params(none, ratios)
        return float(model.get_scale(mean, none, ratios))

    def loss(log_ratios: Numbers) -> float:
        likelihood = float(model.loglike(np.exp(log_ratios), profile_fe=True))
        penalty = float(log_ratios.sum()) + factors / 2 * log(scale(log_ratios))
        return -(likelihood + penalty)

    with np.errstate(all="ignore"):
        found = minimize(loss, np.zeros(factors), method="L-BFGS-B", bounds=[_LOG_RATIOS] * factors)
        residual = scale(found.x) * (count - 1) / (count - 1 - factors)
    if not found.success or not np.isfinite(found.fun) or not residual > 0:
        return None
    return np.exp(2 * found.x) * residual, residual


def _predict(
    design: _Design, variances: Numbers, residual: float, subject: dict[str, str]
) -> tuple[float, float, dict[str, float]]:
    """Log price of the subject, its standard error, and the shrunken deviations.

    Best linear unbiased prediction: V = Σ σ_k² Z_k Z_k' + σ² I, β = (1'V⁻¹1)⁻¹ 1'V⁻¹y,
    u_k = σ_k² Z_k' V⁻¹ (y - β); the variance of the prediction is that of Henderson (1975),
    Biometrics 31, 423-447. A group without prices has deviation 0 and its full variance.
    """
    count = len(design.logs)
    covariance = residual * np.eye(count)
    for variance, matrix in zip(variances, design.matrices, strict=True):
        covariance += variance * matrix @ matrix.T
    inverse = np.linalg.inv(covariance)
    ones = np.ones(count)
    precision = float(ones @ inverse @ ones)
    mean = float(ones @ inverse @ design.logs) / precision
    rest = inverse @ (design.logs - mean)
    effects: dict[str, float] = {}
    centre, prior = mean, 0.0
    shared = np.zeros(count)
    for name, groups, variance, matrix in zip(
        design.names, design.groups, variances, design.matrices, strict=True
    ):
        deviations = variance * matrix.T @ rest
        effects |= {f"{name}:{g}": float(u) for g, u in zip(groups, deviations, strict=True)}
        prior += float(variance)
        if subject[name] in groups:
            column = groups.index(subject[name])
            centre += float(deviations[column])
            shared += variance * matrix[:, column]
    left = 1.0 - float(ones @ inverse @ shared)
    error = prior - float(shared @ inverse @ shared) + left**2 / precision
    return centre, sqrt(max(error, 0.0)), effects


def shrunken_price(
    prices: list[TaggedPrice], subject: dict[str, str], confidence: float
) -> ShrunkenPrice:
    """Return the model's price of the subject, yuan/t, with its interval.

    log P = μ + u_ecosystem + u_market + u_purpose + u_year + ε, crossed and each normal with a
    variance of its own, by penalised restricted maximum likelihood. Where the prices tell little
    about a group its deviation shrinks to 0. `subject` names the group of the subject for each
    of `FACTORS`. The price is exp of the predicted logarithm, so a median; the interval is that
    of the median, by Student's t with the degrees of freedom of the factor with the fewest
    groups (3 at least), because so few tell how far the groups lie apart.

    No model: `too_few` below 8 prices, `no_variation` when all prices are the same or no factor
    tells some of them apart, `not_converged`, `too_wide` when the interval spans more than a
    factor of 1,000: such a price would be no opinion.

    Source: Laird, N. M. and Ware, J. H. (1982), Biometrics 38, 963-974; Henderson (1975).
    """
    count = len(prices)
    if count < LEAST_PRICES:
        return ShrunkenPrice(None, None, None, count, reason="too_few")
    design = _design(prices)
    if not design.names or float(np.ptp(design.logs)) < _SAME:
        return ShrunkenPrice(None, None, None, count, reason="no_variation")
    variances = _variances(design)
    if variances is None:
        return ShrunkenPrice(None, None, None, count, reason="not_converged")
    centre, error, effects = _predict(design, *variances, subject)
    freedom = max(_LEAST_FREEDOM, min(len(groups) for groups in design.groups) - 1)
    reach = float(stdtrit(freedom, (1 + confidence) / 2)) * error
    if 2 * reach > _WIDEST:
        return ShrunkenPrice(None, None, None, count, effects=effects, reason="too_wide")
    return ShrunkenPrice(
        exp(centre), exp(centre - reach), exp(centre + reach), count, effects=effects
    )


def _enters(line: AdjustedComparable) -> bool:
    return line.excluded not in ("by_hand", "after_valuation", "unverified")


def with_model(result: EvidenceResult, appraisal: Appraisal, project: Project) -> EvidenceResult:
    """Return the evidence with the model's price for the right of the case beside it.

    Court, public-benefit and forward prices, outliers and lines beyond a limit enter: the model
    holds their groups apart instead of leaving them out. Not so what was left out by hand, is
    later than the valuation date or was not seen in its source. Prices are in yuan, on the
    valuation date where a series brings them there, without the appraiser's other adjustments.
    The subject is the project's ecosystem and market, a voluntary buyer, the valuation year.
    """
    evidence = appraisal.evidence
    if evidence is None:
        return result
    prices = [
        tagged_price(evidence.comparables[line.position], line.price_at_date_yuan_t)
        for line in result.comparables
        if _enters(line)
    ]
    subject = {
        "ecosystem": project.ecosystem.value,
        "market": project.market.strip(),
        "purpose": Purpose.VOLUNTARY.value,
        "year": str(appraisal.valuation_date.year),
    }
    return replace(result, model=shrunken_price(prices, subject, evidence.confidence))
