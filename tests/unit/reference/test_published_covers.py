"""The register of placed covers, the payouts, the damage curves: figures as published."""

import math

import pytest

from app.finance.case.cover.perils import Peril
from app.messages.insurance_words import COVER_CLASSES, RATE_BASES
from app.reference.damage import (
    CURVE_STATUS_LABELS,
    CurveStatus,
    DamageCurve,
    damage_curve,
    load_damage_curves,
)
from app.reference.insurance import (
    PublishedCover,
    PublishedPayout,
    load_payouts,
    load_published_covers,
)
from app.reference.market_data import Verified
from app.reference.tables import load_reference

COVERS = {cover.cover_id: cover for cover in load_published_covers()}
PAYOUTS = {payout.payout_id: payout for payout in load_payouts()}
CURVES = {curve.curve_id: curve for curve in load_damage_curves()}
CLAUSES = ("day_text", "insurer", "place", "insured_object", "terms", "note", "source")


def test_every_published_cover_is_there_once() -> None:
    assert [f"I{number:03d}" for number in range(1, 62)] == [
        key for key in COVERS if key != "I020b"
    ]


@pytest.mark.parametrize(
    ("key", "sum_insured", "premium", "rate"),
    [
        ("I018", 314_000_000, 16_602_300, 0.0529),
        ("I021", 767_000_000, 47_120_200, 0.0614),
        ("I010", 3_000_000, 240_000, 0.08),
        ("I011", 20_000_000, 1_200_000, 0.06),
        ("I025", 2_500_000, 100_000, 0.04),
        ("I009", 476_900, 30_000, 0.0629),
    ],
)
def test_a_computed_rate_is_premium_over_sum_insured(
    key: str, sum_insured: float, premium: float, rate: float
) -> None:
    cover = COVERS[key]
    assert (cover.sum_insured, cover.premium) == (sum_insured, premium)
    assert cover.rate == pytest.approx(premium / sum_insured, abs=5e-5)
    assert cover.rate == rate
    assert cover.rate_basis == "computed"


@pytest.mark.parametrize(
    ("key", "value", "premium"), [("I019", 1000, 65), ("I030", 9000, 630), ("I039", 4000, 320)]
)
def test_a_stated_rate_is_that_of_one_unit(key: str, value: float, premium: float) -> None:
    cover = COVERS[key]
    assert (cover.unit_value, cover.unit_premium) == (value, premium)
    assert cover.rate == pytest.approx(premium / value)


@pytest.mark.parametrize(
    ("key", "area", "unit_value"),
    [("I001", 100, 2000), ("I002", 10_000, 1690), ("I016", 3750, 5000), ("I042", 2980, 2000)],
)
def test_the_cover_of_a_mu_is_the_sum_over_the_area(
    key: str, area: float, unit_value: float
) -> None:
    cover = COVERS[key]
    assert cover.area_mu == area
    assert (cover.sum_insured or 0) / area == pytest.approx(cover.unit_value) == unit_value


def test_a_premium_that_was_only_recalled_is_not_shipped() -> None:
    assert COVERS["I056"].premium is None
    assert COVERS["I056"].rate is None
    assert COVERS["I053"].rate is None
    assert {cover.verified for cover in COVERS.values()} == {Verified.YES, Verified.PARTIAL}


@pytest.mark.parametrize("line", [*COVERS.values(), *PAYOUTS.values()], ids=[*COVERS, *PAYOUTS])
def test_each_line_names_its_source_and_stands_in_both_languages(
    line: PublishedCover | PublishedPayout,
) -> None:
    assert line.source
    for name in CLAUSES if isinstance(line, PublishedCover) else ("event", "place", "units"):
        assert bool(line.text(name, "en")) == bool(line.text(name, "zh")), name
        assert "http" not in line.text(name, "en")


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS)
def test_class_and_basis_of_a_cover_have_their_words(cover: PublishedCover) -> None:
    assert cover.cover_class in COVER_CLASSES
    assert cover.rate_basis in ("", *RATE_BASES)
    assert (cover.rate is None and cover.rate_low is None) == (not cover.rate_basis)
    assert (cover.rate_low is None) == (cover.rate_high is None)


def test_the_calculation_is_handed_the_same_covers() -> None:
    placed = {cover.key: cover for cover in load_reference().tables.placed}
    assert list(placed) == list(COVERS)
    assert placed["I021"].rate == 0.0614
    assert placed["I021"].peril == Peril.TYPHOON_WIND
    assert placed["I039"].peril.split() == [Peril.TYPHOON_WIND, Peril.RAIN]
    assert (placed["I020"].rate_low, placed["I020"].rate_high) == (0.045, 0.065)


def test_payouts_are_those_of_the_reports() -> None:
    gaemi = PAYOUTS["P01"]
    of_year = COVERS[gaemi.cover_id]
    assert gaemi.paid == 31_272_800
    assert gaemi.of_premium == pytest.approx(gaemi.paid / (of_year.premium or 0), abs=5e-5)
    assert gaemi.of_cover == pytest.approx(gaemi.paid / (of_year.sum_insured or 0), abs=5e-5)
    assert PAYOUTS["P06"].paid == 960 * 258
    assert {payout.cover_id for payout in PAYOUTS.values()} <= set(COVERS)


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_a_damage_curve_rises_from_nothing_to_the_whole(curve: DamageCurve) -> None:
    points = curve.damage_points()
    assert [p.intensity for p in points] == sorted({p.intensity for p in points})
    assert [p.damage for p in points] == sorted(p.damage for p in points)
    assert all(0 <= p.damage <= 1 and p.curve == curve.curve_id for p in points)
    assert curve.source
    assert curve.status in CURVE_STATUS_LABELS


def test_the_reef_curve_has_the_three_steps_of_the_study() -> None:
    steps = {at: damage for at, damage in CURVES["mar_reef"].points if at in (34, 50, 64)}
    assert steps == {34: 0.12, 50: 0.40, 64: 1.0}
    turneffe = dict(CURVES["mar_turneffe"].points)
    assert turneffe[34] == pytest.approx(2.02 / 16.80, abs=1e-6)
    assert turneffe[50] == pytest.approx(6.72 / 16.80, abs=1e-6)


def test_the_curve_of_buildings_is_the_sigmoid_of_emanuel() -> None:
    points = dict(CURVES["emanuel_buildings"].points)
    assert points[74.7] == pytest.approx(0.5, abs=1e-6)
    assert points[50] == pytest.approx(0.108706, abs=1e-5)
    for at, damage in points.items():
        x = (at - 25.7) / 49
        assert damage == pytest.approx(x**3 / (1 + x**3), abs=1e-5)
    assert "mangrove" in CURVES["emanuel_buildings"].title


def test_the_curves_of_mangrove_are_marked_as_assumptions_of_the_house() -> None:
    mangrove = [key for key, curve in CURVES.items() if curve.asset == "mangrove"]
    assert {CURVES[key].status for key in mangrove} == {CurveStatus.PROPOSAL}
    canopy = dict(CURVES["mangrove_canopy"].points)
    for at, damage in list(canopy.items())[1:]:
        assert damage == pytest.approx(1 / (1 + math.exp(-(at - 42) / 5)), abs=1e-5)
        for key, share in (("mangrove_dieback_drained", 0.17), ("mangrove_dieback_ponded", 0.5)):
            assert dict(CURVES[key].points)[at] == pytest.approx(share * damage, abs=1e-5)


def test_a_curve_is_found_by_its_name_only() -> None:
    assert damage_curve("mar_reef") is CURVES["mar_reef"]
    with pytest.raises(KeyError):
        damage_curve("kelp")
