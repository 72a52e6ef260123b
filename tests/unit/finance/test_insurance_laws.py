"""Laws of one event's loss against scipy, and what they refuse."""

import json
import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from app.finance.case.cover.perils import DamageBasis, DamageLaw, DamagePoint
from app.finance.errors import DomainError
from app.finance.insurance.laws import LossLaw, law_of
from app.finance.insurance.smooth_laws import Lognormal
from tests.case_table import case_table
from tests.insurance_sources import peril

CASES = case_table("insurance")

LIMITS = (0.02, 0.3, 1.0, 4.0)
MEAN, CV = 0.6, 1.4
SIGMA = math.sqrt(math.log1p(CV**2))
ALPHA = 2 * CV**2 / (CV**2 - 1)


def given(law: str, **fields: object) -> LossLaw:
    return law_of(peril(DamageLaw(law), **fields), ())


def by_moments(law: str) -> LossLaw:
    return given(law, mean_damage=MEAN, damage_cv=CV)


WEIBULL: Any = by_moments("weibull")

PEERS: list[tuple[str, LossLaw, Any]] = [
    (
        "lognormal",
        by_moments("lognormal"),
        stats.lognorm(SIGMA, scale=MEAN * math.exp(-(SIGMA**2) / 2)),
    ),
    ("gamma", by_moments("gamma"), stats.gamma(CV**-2, scale=MEAN * CV**2)),
    ("weibull", WEIBULL, stats.weibull_min(WEIBULL.shape, scale=WEIBULL.scale)),
    ("inverse Gaussian", by_moments("inverse_gaussian"), stats.invgauss(CV**2, scale=MEAN / CV**2)),
    ("Pareto", by_moments("pareto"), stats.lomax(ALPHA, scale=MEAN * (ALPHA - 1))),
    (
        "Pareto by its parameters",
        given("pareto", shape=1.4, scale=0.5),
        stats.lomax(1.4, scale=0.5),
    ),
    (
        "Pareto by mean and shape",
        given("pareto", mean_damage=MEAN, shape=3.0),
        stats.lomax(3.0, scale=2 * MEAN),
    ),
    ("exponential", given("exponential", mean_damage=MEAN), stats.expon(scale=MEAN)),
    (
        "GPD",
        given("gpd", threshold=0.1, scale=0.4, shape=0.3),
        stats.genpareto(0.3, loc=0.1, scale=0.4),
    ),
    (
        "GPD with an end",
        given("gpd", threshold=0.1, scale=0.4, shape=-0.3),
        stats.genpareto(-0.3, loc=0.1, scale=0.4),
    ),
    (
        "GPD without a second moment",
        given("gpd", scale=0.4, shape=0.7),
        stats.genpareto(0.7, scale=0.4),
    ),
    ("beta", given("beta", mean_damage=0.3, damage_cv=0.8), stats.beta(0.79375, 1.85208333333333)),
]


@pytest.mark.parametrize(("law", "peer"), [case[1:] for case in PEERS], ids=[c[0] for c in PEERS])
def test_a_law_and_its_limited_moments_agree_with_scipy(law: LossLaw, peer: Any) -> None:
    assert law.mean == pytest.approx(peer.mean(), rel=1e-9)
    for limit in LIMITS:
        at = np.array([limit])
        start, end = peer.support()
        breaks = [point for point in (start, end) if 0 < point < limit]
        first, _ = quad(peer.sf, 0, limit, limit=200, points=breaks or None)
        second, _ = quad(lambda x: 2 * x * peer.sf(x), 0, limit, limit=200, points=breaks or None)
        assert law.survival(at)[0] == pytest.approx(peer.sf(limit), rel=1e-9, abs=1e-15)
        assert law.limited_mean(at)[0] == pytest.approx(first, rel=1e-8)
        assert law.limited_square(at)[0] == pytest.approx(second, rel=1e-8)
    chances = np.array([0.001, 0.5, 0.99, 1 - 1e-9])
    assert law.quantile(chances) == pytest.approx(peer.ppf(chances), rel=1e-7)


@pytest.mark.parametrize(("law", "peer"), [case[1:] for case in PEERS], ids=[c[0] for c in PEERS])
def test_without_a_limit_the_moments_are_those_of_the_law(law: LossLaw, peer: Any) -> None:
    ends = np.array([0.0, np.inf])
    assert law.limited_mean(ends) == pytest.approx([0.0, peer.mean()], rel=1e-9)
    square = np.nan_to_num(peer.var(), nan=np.inf, posinf=np.inf) + peer.mean() ** 2
    assert law.limited_square(ends) == pytest.approx([0.0, square], rel=1e-9)


def test_the_limited_means_of_the_published_case() -> None:
    case, expected = (json.loads(CASES["I01"][key]) for key in ("inputs", "expected"))
    law = given("lognormal", mean_damage=case["mean"], damage_cv=case["cv"])
    lower, upper = law.limited_mean(np.array([200_000.0, 5_200_000.0]))
    assert lower == pytest.approx(expected["lev_200k"], rel=1e-9)
    assert upper == pytest.approx(expected["lev_5200k"], rel=1e-9)
    assert case["lambda"] * (upper - lower) == pytest.approx(
        expected["annual_expected_layer_loss"], rel=1e-9
    )


def test_the_tail_value_at_risk_of_a_lognormal_loss() -> None:
    case, expected = (json.loads(CASES["I08"][key]) for key in ("inputs", "expected"))
    law = Lognormal.of(case["mean"], case["cv"])
    level = case["q"]
    at_risk = law.quantile(np.array([level]))
    beyond = law.mean - law.limited_mean(at_risk)[0]
    assert at_risk[0] == pytest.approx(expected["var"], rel=1e-9)
    assert at_risk[0] + beyond / (1 - level) == pytest.approx(expected["tvar"], rel=1e-9)


def test_a_gpd_is_found_from_its_mean_and_spread() -> None:
    law: Any = given("gpd", mean_damage=0.6, damage_cv=1.1, threshold=0.1)
    peer = stats.genpareto(law.shape, loc=0.1, scale=law.scale)
    assert (peer.mean(), peer.std()) == pytest.approx((0.6, 0.66))


@pytest.mark.parametrize("law", [DamageLaw.LOGNORMAL, DamageLaw.GAMMA, DamageLaw.BETA])
def test_a_damage_without_spread_is_fixed(law: DamageLaw) -> None:
    fixed = law_of(peril(law, mean_damage=0.4, damage_cv=0.0), ())
    at = np.array([0.3, 0.4, 0.5])
    assert fixed.survival(at) == pytest.approx([1, 0, 0])
    assert fixed.limited_mean(at) == pytest.approx([0.3, 0.4, 0.4])


def points(*pairs: tuple[float, float], name: str = "kelp") -> list[DamagePoint]:
    return [DamagePoint(name, intensity, damage) for intensity, damage in pairs]


def test_a_table_holds_probabilities_beside_damages() -> None:
    table = points((0.5, 0.4), (0.3, 0.1), (0.2, 1.0)) + points((1.0, 0.9), name="other")
    law = law_of(peril(DamageLaw.TABLE, curve="kelp"), table)
    assert law.mean == pytest.approx(0.03 + 0.2 + 0.2)
    assert law.survival(np.array([0.0, 0.1, 0.4, 1.0])) == pytest.approx([1, 0.7, 0.2, 0])
    assert law.limited_square(np.array([0.4])) == pytest.approx([0.3 * 0.01 + 0.7 * 0.16])
    assert law.quantile(np.array([0.3, 0.31, 0.8, 1.0])) == pytest.approx([0.1, 0.4, 0.4, 1.0])


def test_a_curve_takes_the_intensity_to_a_damage() -> None:
    """Wind 20 m/s + Exp(8), nothing up to 25 m/s, half at 40, all from 50 m/s."""
    curve = points((25.0, 0.0), (40.0, 0.5), (50.0, 1.0))
    law = law_of(peril(DamageLaw.CURVE, curve="kelp", threshold=20, scale=8, shape=0.0), curve)

    def damage(wind: float) -> float:
        return float(np.interp(wind, [25, 40, 50], [0, 0.5, 1]))

    wind = stats.expon(20, 8)
    for power in (1, 2):
        below, _ = quad(lambda v, k=power: damage(v) ** k * wind.pdf(v), 20, 50, points=[25, 40])
        whole = law.limited_mean if power == 1 else law.limited_square
        assert whole(np.array([np.inf]))[0] == pytest.approx(below + wind.sf(50), rel=1e-9)
    assert law.survival(np.array([-0.1, 0.0, 0.25, 0.9999999, 1.0])) == pytest.approx(
        [1, wind.sf(25), wind.sf(32.5), wind.sf(50), 0], rel=1e-6
    )
    assert law.quantile(np.array([wind.cdf(32.5), 0.999])) == pytest.approx([0.25, 1.0])


def test_an_intensity_below_the_curve_damages_nothing() -> None:
    law = law_of(
        peril(DamageLaw.CURVE, curve="kelp", threshold=20, scale=8, shape=0.0),
        points((25.0, 0.2), (45.0, 0.2)),
    )
    assert law.mean == pytest.approx(0.2 * math.exp(-5 / 8))
    assert law.quantile(np.array([0.4, 0.5])) == pytest.approx([0.0, 0.2])


def test_shares_of_no_damage_and_of_total_loss_are_points() -> None:
    law = law_of(
        peril(
            DamageLaw.BETA,
            mean_damage=0.3,
            damage_cv=0.8,
            no_damage_share=0.2,
            total_loss_share=0.1,
        ),
        (),
    )
    rest = stats.beta(0.79375, 1.85208333333333)
    assert law.mean == pytest.approx(0.7 * 0.3 + 0.1)
    assert law.survival(np.array([0.0, 0.5, 1.0])) == pytest.approx(
        [0.8, 0.7 * rest.sf(0.5) + 0.1, 0]
    )
    assert law.quantile(np.array([0.2, 0.2 + 0.7 * rest.cdf(0.5), 0.95])) == pytest.approx(
        [0, 0.5, 1]
    )
    assert law.limited_square(np.array([0.5])) == pytest.approx(
        0.7 * PEERS[-1][1].limited_square(np.array([0.5])) + 0.1 * 0.25
    )


def test_a_total_loss_is_passed_over_by_larger_losses() -> None:
    law = law_of(peril(mean_damage=1.0, damage_cv=1.0, total_loss_share=0.5), ())
    rest = law_of(peril(mean_damage=1.0, damage_cv=1.0), ())
    assert law.quantile(np.array([0.5 + 0.5 * 0.9])) == pytest.approx(
        rest.quantile(np.array([0.9]))
    )


@pytest.mark.parametrize(
    ("law", "fields", "code"),
    [
        ("lognormal", {"mean_damage": 0.2}, "missing"),
        ("lognormal", {"damage_cv": 0.2}, "missing"),
        ("beta", {"mean_damage": 0.5, "damage_cv": 1.0}, "cv_too_large"),
        ("beta", {"mean_damage": 1.0, "damage_cv": 0.1}, "cv_too_large"),
        (
            "beta",
            {"mean_damage": 0.5, "damage_cv": 0.1, "damage_basis": DamageBasis.YUAN},
            "share_basis_only",
        ),
        ("exponential", {"mean_damage": 0.2, "damage_cv": 0.5}, "damage_not_used"),
        ("fixed", {"mean_damage": 0.2, "damage_cv": 0.5}, "damage_not_used"),
        ("pareto", {"mean_damage": 0.2, "damage_cv": 1.0}, "cv_above_one"),
        ("pareto", {"scale": 0.2, "shape": 1.0}, "pareto_without_mean"),
        ("pareto", {"mean_damage": 0.2, "damage_cv": 1.5, "shape": 3.0}, "damage_not_used"),
        ("pareto", {"mean_damage": 0.2, "scale": 1.5, "shape": 3.0}, "damage_not_used"),
        ("gpd", {"scale": 0.2, "shape": 1.0}, "gpd_without_mean"),
        ("gpd", {"scale": 0.2, "shape": 0.1, "mean_damage": 0.5}, "damage_not_used"),
        ("gpd", {"scale": 0.2}, "missing"),
        ("gpd", {"mean_damage": 0.2, "threshold": 0.2, "shape": 0.1}, "mean_above_threshold"),
        ("table", {"curve": "seagrass"}, "unknown_curve"),
        ("table", {"curve": "kelp"}, "table_not_one"),
        ("curve", {"curve": "falls", "scale": 5.0, "shape": 0.1}, "damage_curve_falls"),
        (
            "curve",
            {"curve": "falls", "scale": 5.0, "shape": 0.1, "damage_cv": 0.5},
            "damage_not_used",
        ),
        (
            "fixed",
            {"mean_damage": 0.2, "no_damage_share": 0.6, "total_loss_share": 0.5},
            "damage_shares",
        ),
        (
            "fixed",
            {"mean_damage": 9.0, "no_damage_share": 0.6, "damage_basis": DamageBasis.YUAN},
            "share_basis_only",
        ),
    ],
)
def test_a_damage_that_cannot_be_is_refused_by_name(
    law: str, fields: dict[str, object], code: str
) -> None:
    tables = points((0.5, 0.1), (0.4, 0.2)) + points((1, 0.5), (2, 0.4), name="falls")
    with pytest.raises(DomainError) as refused:
        law_of(peril(DamageLaw(law), **fields), tables)
    assert refused.value.code == code
