"""Multilevel model of log prices: simulated prices with known effects, and those seen."""

import math
import warnings
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.finance.valuation import shrinkage
from app.finance.valuation.results import ShrunkenPrice
from app.finance.valuation.shrinkage import TaggedPrice, shrunken_price, with_model
from app.services.case_file import validate
from tests.unit.finance import seen_deals as seen
from tests.unit.finance.seen_deals import case_with, evidence_of

GROUPS = {
    "ecosystem": ("mangrove", "macroalgae", "shellfish", "seagrass", "salt_marsh"),
    "market": ("A", "B", "C", "D", "E", "F"),
    "purpose": ("voluntary", "compliance", "resale", "judicial", "public_benefit"),
    "year": ("2020", "2021", "2022", "2023", "2024", "2025"),
}
SUBJECT = {"ecosystem": "mangrove", "market": "A", "purpose": "voluntary", "year": "2025"}
MEAN = 4.5


def simulated(
    seed: int, count: int, sigmas: tuple[float, float, float, float, float]
) -> tuple[list[TaggedPrice], dict[str, float]]:
    """Prices with known deviations of ecosystem, market, purpose, year and a residual."""
    draw = np.random.default_rng(seed)
    effects = {
        f"{name}:{group}": float(draw.normal(0, sigma))
        for (name, groups), sigma in zip(GROUPS.items(), sigmas[:4], strict=True)
        for group in groups
    }
    prices = []
    for _ in range(count):
        tags = {name: str(draw.choice(groups)) for name, groups in GROUPS.items()}
        level = MEAN + sum(effects[f"{name}:{tag}"] for name, tag in tags.items())
        prices.append(TaggedPrice(math.exp(level + draw.normal(0, sigmas[4])), **tags))
    return prices, effects


def true_price(effects: dict[str, float]) -> float:
    return math.exp(MEAN + sum(effects[f"{name}:{tag}"] for name, tag in SUBJECT.items()))


def priced(found: ShrunkenPrice) -> tuple[float, float, float]:
    assert found.price_yuan_t is not None
    assert found.low_yuan_t is not None
    assert found.high_yuan_t is not None
    return found.price_yuan_t, found.low_yuan_t, found.high_yuan_t


def test_known_effects_come_back_from_many_prices() -> None:
    prices, effects = simulated(5, 300, (0.6, 0.3, 0.8, 0.2, 0.3))
    found = shrunken_price(prices, SUBJECT, 0.9)
    assert priced(found)[0] == pytest.approx(true_price(effects), rel=0.25)
    for name, groups in GROUPS.items():
        known = np.array([effects[f"{name}:{group}"] for group in groups])
        shrunken = np.array([found.effects[f"{name}:{group}"] for group in groups])
        assert np.allclose(shrunken - shrunken.mean(), known - known.mean(), atol=0.15)


def test_the_interval_covers_the_true_price_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(40):
        prices, effects = simulated(seed, 40, (0.6, 0.3, 0.8, 0.2, 0.4))
        _price, low, high = priced(shrunken_price(prices, SUBJECT, 0.9))
        covered += low <= true_price(effects) <= high
    assert covered >= 33


def test_deviations_are_those_of_the_library_where_prices_are_many() -> None:
    """Restricted maximum likelihood of statsmodels by itself, through its own predictions."""
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec  # noqa: PLC0415

    prices, _effects = simulated(11, 400, (0.6, 0.5, 0.8, 0.4, 0.3))
    names = [
        [[f"{group}" for group in sorted({getattr(p, name) for p in prices})]] for name in GROUPS
    ]
    matrices = [
        [np.array([[getattr(p, name) == group for group in columns[0]] for p in prices], float)]
        for name, columns in zip(GROUPS, names, strict=True)
    ]
    logs = np.log([price.price_yuan_t for price in prices])
    spec = VCSpec(list(GROUPS), names, matrices)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = MixedLM(logs, np.ones((400, 1)), np.zeros(400), exog_vc=spec).fit()
        theirs = next(iter(fit.random_effects.values()))
    found = shrunken_price(prices, SUBJECT, 0.9)
    for name, groups in GROUPS.items():
        for group in groups:
            assert found.effects[f"{name}:{group}"] == pytest.approx(
                float(theirs[f"{name}[{group}]"]), abs=0.02
            )


def test_without_real_effects_deviations_shrink_to_nothing() -> None:
    prices, _effects = simulated(3, 200, (0, 0, 0, 0, 0.5))
    found = shrunken_price(prices, SUBJECT, 0.9)
    assert max(abs(effect) for effect in found.effects.values()) < 0.15
    _price, low, high = priced(found)
    assert low < math.exp(MEAN) < high


def test_a_group_without_prices_has_the_mean_and_a_wider_interval() -> None:
    prices, _effects = simulated(8, 120, (0.5, 0.5, 0.5, 0.3, 0.3))
    _price, low, high = priced(shrunken_price(prices, SUBJECT, 0.9))
    _other, wide_low, wide_high = priced(
        shrunken_price(prices, SUBJECT | {"market": "not in the book"}, 0.9)
    )
    assert math.log(wide_high / wide_low) > 1.3 * math.log(high / low)


def test_the_same_prices_give_the_same_figures() -> None:
    prices, _effects = simulated(2, 30, (0.6, 0.3, 0.8, 0.2, 0.4))
    assert shrunken_price(prices, SUBJECT, 0.9) == shrunken_price(prices, SUBJECT, 0.9)


def test_the_model_says_why_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    prices, _effects = simulated(4, 12, (0.6, 0.3, 0.8, 0.2, 0.4))
    assert shrunken_price(prices[:7], SUBJECT, 0.9).reason == "too_few"
    alike = [TaggedPrice(100, p.ecosystem, p.market, p.purpose, p.year) for p in prices]
    assert shrunken_price(alike, SUBJECT, 0.9).reason == "no_variation"
    lone = [TaggedPrice(50.0 + n, "mangrove", str(n), "voluntary", "2025") for n in range(9)]
    assert shrunken_price(lone, SUBJECT, 0.9).reason == "no_variation"

    def gives_up(*_args: object, **_options: object) -> SimpleNamespace:
        return SimpleNamespace(x=np.zeros(4), fun=1.0, success=False)

    monkeypatch.setattr(shrinkage, "minimize", gives_up)
    found = shrunken_price(prices, SUBJECT, 0.9)
    assert (found.reason, found.price_yuan_t, found.count) == ("not_converged", None, 12)


def test_of_the_seen_deals_mangrove_stands_above_farms(document: dict[str, Any]) -> None:
    """Twelve published prices: market and court deals together, by ecosystem and purpose."""
    document["project"]["ecosystem"] = "mangrove"
    case_document = case_with(document, [*seen.MARKET_DEALS, *seen.COURT_DEALS])
    case = validate(case_document).case
    assert case.appraisal is not None
    found = with_model(evidence_of(case_document), case.appraisal, case.project).model
    assert found is not None
    assert (found.count, found.reason) == (12, "")
    effects = found.effects
    assert effects["ecosystem:mangrove"] > effects["ecosystem:macroalgae"]
    assert effects["ecosystem:mangrove"] > effects["ecosystem:shellfish"]
    assert effects["purpose:judicial"] > effects["purpose:voluntary"]
    price, low, high = priced(found)
    assert 66 <= price <= 126
    assert low < 20
    assert high > 485


def test_what_was_left_out_by_hand_or_came_later_is_not_in_the_model(
    document: dict[str, Any],
) -> None:
    lines = [*seen.MARKET_DEALS, *seen.COURT_DEALS]
    lines[0] = lines[0] | {"left_out": "an early price"}
    lines[1] = lines[1] | {"day": "2026-03-05"}
    lines[2] = lines[2] | {"verified": False}
    case_document = case_with(document, lines)
    case = validate(case_document).case
    assert case.appraisal is not None
    found = with_model(evidence_of(case_document), case.appraisal, case.project).model
    assert found is not None
    assert found.count == 9
