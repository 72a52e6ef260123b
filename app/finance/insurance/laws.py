"""Laws of the loss of one event: distribution, limited moments and quantiles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.case.cover.perils import DamageBasis, DamageLaw, DamagePoint, PerilLine
from app.finance.errors import DomainError
from app.finance.insurance.loss_law import Floats, LossLaw
from app.finance.insurance.payment import Payment
from app.finance.insurance.smooth_laws import Beta, Gamma, InverseGaussian, Lognormal, Weibull
from app.finance.insurance.tail_laws import Excess, Points, WithPoints

__all__ = ["Floats", "LossLaw", "law_of"]

_PATH = "insurance.perils"
_SUM_TOLERANCE = 1e-6
_NO_SPREAD = 1e-5
"""A smaller spread is none: the special functions lose their digits, the price does not move."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Damage by a curve of straight lines of a random intensity: none below it, flat above."""

    intensity: LossLaw
    damage: Payment

    @property
    def mean(self) -> float:
        return self.damage.mean(self.intensity)

    def survival(self, x: Floats) -> Floats:
        return self.damage.exceedance(self.intensity, x)

    def limited_mean(self, limit: Floats) -> Floats:
        return self.damage.limited_mean(self.intensity, limit)

    def limited_square(self, limit: Floats) -> Floats:
        return self.damage.limited_square(self.intensity, limit)

    def quantile(self, p: Floats) -> Floats:
        return self.damage.paid(self.intensity.quantile(p))


def law_of(peril: PerilLine, damages: Sequence[DamagePoint]) -> LossLaw:
    """Return the law of the damage of a peril; `damages` are all points of the policy.

    `mean_damage` and `damage_cv` are of the events that `no_damage_share` and `total_loss_share`
    leave. The curve takes no `damage_cv`: its spread is that of the intensity.

    Raises:
        DomainError: `missing` an input of this law, `damage_not_used` one it has no use for,
            `cv_too_large` (beta), `cv_above_one` (Pareto), `pareto_without_mean`,
            `gpd_without_mean`, `mean_above_threshold`, `share_basis_only`, `unknown_curve`,
            `table_not_one`, `damage_curve_falls`, `damage_shares` (of no damage and total loss
            above 1 together).
    """
    law = _LAWS[peril.damage_law](peril, damages)
    none, total = peril.no_damage_share, peril.total_loss_share
    if none == 0 and total == 0:
        return law
    if peril.damage_basis is not DamageBasis.SHARE:
        raise _refusal(peril, "share_basis_only", max(none, total))
    if none + total > 1:
        raise _refusal(peril, "damage_shares", none + total)
    return WithPoints(law, none, total)


def _refusal(peril: PerilLine, code: str, value: object, **facts: object) -> DomainError:
    return DomainError(
        code, path=_PATH, value=value, peril=peril.peril.value, law=peril.damage_law.value, **facts
    )


def _needed(peril: PerilLine, name: str) -> float:
    value: float | None = getattr(peril, name)
    if value is None:
        raise DomainError("missing", path=f"{_PATH}.{name}", value=None, peril=peril.peril.value)
    return value


def _refuse(peril: PerilLine, *names: str) -> None:
    """Refuse inputs that this law, by what else is entered, would not look at."""
    for name in names:
        value = getattr(peril, name)
        if value is not None:
            path = f"{_PATH}.{name}"
            raise DomainError("damage_not_used", path=path, value=value, peril=peril.peril.value)


def _by_moments(make: Callable[[float, float], LossLaw], peril: PerilLine) -> LossLaw:
    mean, cv = _needed(peril, "mean_damage"), _needed(peril, "damage_cv")
    return Points.fixed(mean) if cv < _NO_SPREAD else make(mean, cv)


def _beta(peril: PerilLine) -> LossLaw:
    mean, cv = _needed(peril, "mean_damage"), _needed(peril, "damage_cv")
    if peril.damage_basis is not DamageBasis.SHARE:
        raise _refusal(peril, "share_basis_only", mean)
    if cv < _NO_SPREAD:
        return Points.fixed(mean)
    if mean >= 1 or cv * cv >= (1 - mean) / mean:
        limit = ((1 - mean) / mean) ** 0.5 if mean < 1 else 0.0
        raise _refusal(peril, "cv_too_large", cv, limit=limit)
    return Beta.of(mean, cv)


def _exponential(peril: PerilLine) -> LossLaw:
    if peril.damage_cv != 1:
        _refuse(peril, "damage_cv")
    return Excess(0.0, _needed(peril, "mean_damage"), 0.0)


def _fixed(peril: PerilLine) -> LossLaw:
    if peril.damage_cv != 0:
        _refuse(peril, "damage_cv")
    return Points.fixed(_needed(peril, "mean_damage"))


def _pareto(peril: PerilLine) -> LossLaw:
    """Pareto of the second kind: alpha and theta, from two of mean, cv, shape and scale.

    mean = theta / (alpha - 1), cv^2 = alpha / (alpha - 2).
    """
    alpha = peril.shape
    if alpha is None:
        cv = _needed(peril, "damage_cv")
        if cv <= 1:
            raise _refusal(peril, "cv_above_one", cv)
        alpha = 2 * cv * cv / (cv * cv - 1)
    else:
        _refuse(peril, "damage_cv")
    if alpha <= 1:
        raise _refusal(peril, "pareto_without_mean", alpha)
    if peril.scale is not None and peril.shape is not None:
        _refuse(peril, "mean_damage")
        return Excess(0.0, peril.scale / alpha, 1 / alpha)
    theta = _needed(peril, "mean_damage") * (alpha - 1)
    return Excess(0.0, theta / alpha, 1 / alpha)


def _gpd(peril: PerilLine) -> LossLaw:
    """Generalised Pareto above the threshold: shape with scale or mean, or mean and cv.

    Of the excess: mean = scale / (1 - shape), cv^2 = 1 / (1 - 2 shape).
    """
    if peril.scale is not None:
        _refuse(peril, "mean_damage", "damage_cv")
        return _excess(peril, peril.scale, _needed(peril, "shape"))
    mean = _needed(peril, "mean_damage") - peril.threshold
    if mean <= 0:
        raise _refusal(peril, "mean_above_threshold", peril.mean_damage, limit=peril.threshold)
    shape = peril.shape
    if shape is None:
        cv = _needed(peril, "damage_cv") * (mean + peril.threshold) / mean
        if cv == 0:
            return Points.fixed(mean + peril.threshold)
        shape = (1 - 1 / cv**2) / 2
    else:
        _refuse(peril, "damage_cv")
    return _excess(peril, mean * (1 - shape), shape)


def _excess(peril: PerilLine, scale: float, shape: float) -> Excess:
    if shape >= 1:
        raise _refusal(peril, "gpd_without_mean", shape)
    return Excess(peril.threshold, scale, shape)


def _points(peril: PerilLine, damages: Sequence[DamagePoint]) -> list[DamagePoint]:
    points = [point for point in damages if point.curve == peril.curve]
    if not points:
        known = ", ".join(dict.fromkeys(point.curve for point in damages)) or "–"
        raise _refusal(peril, "unknown_curve", peril.curve, known=known)
    return points


def _table(peril: PerilLine, damages: Sequence[DamagePoint]) -> LossLaw:
    """Damages with their probabilities, which stand in the column of the intensity."""
    points = sorted(_points(peril, damages), key=lambda point: point.damage)
    chances = np.array([point.intensity for point in points])
    total = float(chances.sum())
    if abs(total - 1) > _SUM_TOLERANCE:
        raise _refusal(peril, "table_not_one", peril.curve, percent=100 * total)
    return Points(np.array([point.damage for point in points]), chances / total)


def _curve(peril: PerilLine, damages: Sequence[DamagePoint]) -> LossLaw:
    _refuse(peril, "mean_damage", "damage_cv")
    intensity = _excess(peril, _needed(peril, "scale"), _needed(peril, "shape"))
    points = sorted(_points(peril, damages), key=lambda point: point.intensity)
    at = np.array([point.intensity for point in points])
    damage = np.array([point.damage for point in points])
    if (np.diff(damage) < 0).any() or (np.diff(at) == 0).any():
        raise _refusal(peril, "damage_curve_falls", peril.curve)
    slopes = np.append(np.diff(damage) / np.diff(at), 0.0)
    if at[0] > 0:
        at, damage, slopes = (np.append(0.0, column) for column in (at, damage, slopes))
    return Curve(intensity, Payment(at, damage, slopes))


_LAWS: dict[DamageLaw, Callable[[PerilLine, Sequence[DamagePoint]], LossLaw]] = {
    DamageLaw.LOGNORMAL: lambda peril, _: _by_moments(Lognormal.of, peril),
    DamageLaw.GAMMA: lambda peril, _: _by_moments(Gamma.of, peril),
    DamageLaw.BETA: lambda peril, _: _beta(peril),
    DamageLaw.EXPONENTIAL: lambda peril, _: _exponential(peril),
    DamageLaw.WEIBULL: lambda peril, _: _by_moments(Weibull.of, peril),
    DamageLaw.INVERSE_GAUSSIAN: lambda peril, _: _by_moments(InverseGaussian.of, peril),
    DamageLaw.PARETO: lambda peril, _: _pareto(peril),
    DamageLaw.GPD: lambda peril, _: _gpd(peril),
    DamageLaw.FIXED: lambda peril, _: _fixed(peril),
    DamageLaw.TABLE: _table,
    DamageLaw.CURVE: _curve,
}
