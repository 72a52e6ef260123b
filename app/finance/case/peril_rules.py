"""Rules of the perils: what each law needs, which heads an event hits."""

import math
from collections.abc import Iterator
from itertools import pairwise

from app.finance.case.cover.heads import HeadLine
from app.finance.case.cover.perils import (
    DamageBasis,
    DamageLaw,
    FrequencyLaw,
    PerilLine,
)
from app.finance.case.head_rules import known_heads, known_sites
from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem

BY_MOMENTS = (
    DamageLaw.LOGNORMAL,
    DamageLaw.GAMMA,
    DamageLaw.BETA,
    DamageLaw.WEIBULL,
    DamageLaw.INVERSE_GAUSSIAN,
)
BY_MEAN = (DamageLaw.EXPONENTIAL, DamageLaw.FIXED)
BY_POINTS = (DamageLaw.TABLE, DamageLaw.CURVE)


def heads_hit(insurance: Insurance, peril: PerilLine) -> list[HeadLine]:
    """Return the heads the events of a peril hit."""
    return [
        head
        for head in insurance.heads
        if peril.head in {"", head.name} and peril.site in {"", head.site}
    ]


def peril_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the perils."""
    for number, peril in enumerate(insurance.perils):
        path = f"insurance.perils.{number}"
        yield from _place_problems(insurance, peril, path)
        yield from _number_problems(peril, path)
        yield from _need_problems(peril, path)
        yield from _moment_problems(peril, path)
        yield from _point_problems(insurance, peril, path)
        yield from _share_problems(peril, path)


def _place_problems(insurance: Insurance, peril: PerilLine, path: str) -> Iterator[Problem]:
    """A peril hits a head of the policy; one stated in yuan hits a single one."""
    if peril.head and peril.head not in {head.name for head in insurance.heads}:
        facts = {"known": known_heads(insurance)}
        yield Problem(f"{path}.head", "unknown_head", peril.head, facts)
        return
    sites = {head.site for head in insurance.heads} | {site.name for site in insurance.sites}
    if peril.site and peril.site not in sites:
        facts = {"known": known_sites(insurance)}
        yield Problem(f"{path}.site", "unknown_site", peril.site, facts)
        return
    hit = heads_hit(insurance, peril)
    if insurance.heads and not hit:
        yield Problem(f"{path}.site", "peril_hits_nothing", peril.site)
    if peril.damage_basis is DamageBasis.YUAN and len(hit) > 1:
        yield Problem(f"{path}.head", "yuan_of_one_head", peril.head)
    for head in hit:
        if head.deductible_days > 0 and peril.interruption_days is None:
            facts = {"head": head.name}
            yield Problem(f"{path}.interruption_days", "days_need_duration", None, facts)


def _number_problems(peril: PerilLine, path: str) -> Iterator[Problem]:
    """The law of the number has what it needs."""
    law, ratio = peril.frequency_law, peril.variance_to_mean
    if law is FrequencyLaw.NEGATIVE_BINOMIAL and ratio is None:
        yield Problem(
            f"{path}.variance_to_mean", "needed", None, {"other": f"{path}.frequency_law"}
        )
    if law is not FrequencyLaw.NEGATIVE_BINOMIAL and ratio is not None:
        yield Problem(f"{path}.variance_to_mean", "ratio_not_used", ratio)
    if law is FrequencyLaw.BINOMIAL and peril.events_per_year > 1:
        most = {"at_most": 1}
        yield Problem(f"{path}.events_per_year", "at_most_one_event", peril.events_per_year, most)


def _needs(peril: PerilLine) -> tuple[str, ...]:
    """Return the inputs the law of the damage cannot do without."""
    law = peril.damage_law
    if law in BY_MOMENTS:
        return "mean_damage", "damage_cv"
    if law in BY_MEAN:
        return ("mean_damage",)
    if law in BY_POINTS:
        return ("curve",) if law is DamageLaw.TABLE else ("curve", "scale", "shape")
    if peril.scale is not None:
        return ("shape",)
    return ("mean_damage",) if peril.shape is not None else ("mean_damage", "damage_cv")


def _need_problems(peril: PerilLine, path: str) -> Iterator[Problem]:
    for name in _needs(peril):
        if getattr(peril, name) in {None, ""}:
            yield Problem(f"{path}.{name}", "needed", None, {"other": f"{path}.damage_law"})


def _moment_problems(peril: PerilLine, path: str) -> Iterator[Problem]:
    """Mean, spread and shape are possible for the law."""
    mean, cv, law = peril.mean_damage, peril.damage_cv, peril.damage_law
    if peril.damage_basis is DamageBasis.SHARE and mean is not None and mean > 1:
        yield Problem(f"{path}.mean_damage", "damage_share_above_one", mean)
        return
    unused = {DamageLaw.EXPONENTIAL: 1.0, DamageLaw.FIXED: 0.0}
    if cv is not None and (law in BY_POINTS or (law in unused and cv != unused[law])):
        yield Problem(f"{path}.damage_cv", "damage_not_used", cv)
    if law is DamageLaw.BETA and mean and cv:
        most = math.sqrt((1 - mean) / mean) if mean < 1 else 0.0
        if cv >= most:
            yield Problem(f"{path}.damage_cv", "cv_too_large", cv, {"limit": most})
    if law is DamageLaw.PARETO and peril.shape is None and cv is not None and cv <= 1:
        yield Problem(f"{path}.damage_cv", "cv_above_one", cv)
    yield from _tail_problems(peril, path)


def _tail_problems(peril: PerilLine, path: str) -> Iterator[Problem]:
    """Power tails have a mean."""
    shape, law = peril.shape, peril.damage_law
    if shape is not None:
        if law is DamageLaw.PARETO and shape <= 1:
            yield Problem(f"{path}.shape", "pareto_without_mean", shape)
        if law in {DamageLaw.GPD, DamageLaw.CURVE} and shape >= 1:
            yield Problem(f"{path}.shape", "gpd_without_mean", shape)
    mean = peril.mean_damage
    by_mean = law is DamageLaw.GPD and peril.scale is None and mean is not None
    if by_mean and mean is not None and mean <= peril.threshold:
        facts = {"limit": peril.threshold}
        yield Problem(f"{path}.mean_damage", "mean_above_threshold", mean, facts)


def _point_problems(insurance: Insurance, peril: PerilLine, path: str) -> Iterator[Problem]:
    """A table has probabilities that sum to 1, a curve rises."""
    if peril.damage_law not in BY_POINTS or not peril.curve:
        return
    points = [point for point in insurance.damages if point.curve == peril.curve]
    if not points:
        known = ", ".join(dict.fromkeys(point.curve for point in insurance.damages)) or "–"
        yield Problem(f"{path}.curve", "unknown_curve", peril.curve, {"known": known})
        return
    total = sum(point.intensity for point in points)
    if peril.damage_law is DamageLaw.TABLE and abs(total - 1) > 1e-6:
        facts = {"percent": 100 * total}
        yield Problem(f"{path}.curve", "table_not_one", peril.curve, facts)
    if peril.damage_basis is DamageBasis.SHARE and any(point.damage > 1 for point in points):
        yield Problem(f"{path}.curve", "damage_share_above_one", peril.curve)
    rising = sorted((point.intensity, point.damage) for point in points)
    pairs = list(pairwise(rising))
    if peril.damage_law is DamageLaw.CURVE and any(b[0] == a[0] or b[1] < a[1] for a, b in pairs):
        yield Problem(f"{path}.curve", "damage_curve_falls", peril.curve)


def _share_problems(peril: PerilLine, path: str) -> Iterator[Problem]:
    """Events without damage and of total loss leave the rest, and are shares of a value."""
    none, total = peril.no_damage_share, peril.total_loss_share
    if none + total > 1:
        yield Problem(f"{path}.total_loss_share", "damage_shares", none + total)
    in_yuan = peril.damage_basis is DamageBasis.YUAN
    if in_yuan and (none or total or peril.damage_law is DamageLaw.BETA):
        yield Problem(f"{path}.damage_basis", "share_basis_only", peril.damage_basis.value)
