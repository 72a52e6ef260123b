"""What an event pays: terms in their order, exact moments, and how premiums move with terms."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from app.finance.case.cover.heads import DeductibleKind, HeadLine, ShareOn
from app.finance.errors import DomainError
from app.finance.insurance.loss_law import LossLaw
from app.finance.insurance.payment import payment_of
from app.finance.insurance.smooth_laws import Beta, Gamma, Lognormal
from app.finance.insurance.tail_laws import Excess, Points, WithPoints
from tests.insurance_sources import head, layer

PEERS = Path(__file__).parents[2] / "cases" / "peers"

INSURED = 3_000_000.0
POLICIES: dict[str, HeadLine] = {
    "F1_ded": head(deductible_yuan=100_000.0),
    "F2_ded_pct_tiv": head(deductible_share=0.1),
    "F3_ded_pct_loss": head(deductible_loss_share=0.2),
    "F4_ded_limit": head(deductible_yuan=100_000.0, event_limit_yuan=2_000_000.0),
    "F5_layer_200xs50_share": head(
        layer_attachment_yuan=500_000.0, layer_limit_yuan=2_000_000.0, share=0.6
    ),
    "F6_all": head(
        deductible_share=0.1,
        deductible_loss_share=0.2,
        event_limit_yuan=2_000_000.0,
        share=0.6,
    ),
}
"""Terms of the peer's policies, as its published payments and their names tell them."""

settings.register_profile("payments", max_examples=60, deadline=None)


def pays(terms: HeadLine, loss: float, exposed: float = INSURED, **more: float) -> float:
    return float(payment_of(terms, exposed, **more).paid(np.array([loss]))[0])


@pytest.mark.parametrize(
    "row",
    json.loads((PEERS / "policy_terms.json").read_text(encoding="utf-8")),
    ids=lambda row: f"{row['id']}-{row['loss_factor_pct']:g}",
)
def test_policy_terms_pay_what_oasislmf_pays(row: dict[str, float | str]) -> None:
    assert pays(POLICIES[str(row["id"])], float(row["ground_up"])) == row["oasis_insured"]


def test_of_several_deductibles_the_largest_counts() -> None:
    terms = head(deductible_yuan=200_000.0, deductible_share=0.1, deductible_loss_share=0.2)
    assert pays(terms, 300_000.0) == pytest.approx(0)
    assert pays(terms, 1_000_000.0) == pytest.approx(700_000)
    assert pays(terms, 2_000_000.0) == pytest.approx(1_600_000)


def test_a_franchise_pays_a_loss_above_it_in_full_and_one_at_it_not() -> None:
    terms = head(deductible_yuan=100_000.0, deductible_kind=DeductibleKind.FRANCHISE)
    assert [pays(terms, loss) for loss in (99_000.0, 100_000.0, 100_000.01)] == [0, 0, 100_000.01]


def test_terms_work_in_the_order_of_their_columns() -> None:
    """Loss 4 m, at most 3 m; salvage 20 %; 15 of 60 days; then 0.3 m; limit; layer; share."""
    terms = head(
        salvage_share=0.2,
        deductible_days=15.0,
        deductible_yuan=300_000.0,
        event_limit_yuan=1_400_000.0,
        layer_attachment_yuan=400_000.0,
        layer_limit_yuan=900_000.0,
        share=0.5,
    )
    assert pays(terms, 4_000_000.0, interruption_days=60.0) == pytest.approx(450_000)
    assert pays(terms, 2_000_000.0, interruption_days=60.0) == pytest.approx(250_000)
    assert pays(terms, 2_000_000.0, interruption_days=10.0) == 0


def test_a_deductible_of_days_needs_the_duration_of_the_interruption() -> None:
    with pytest.raises(DomainError, match="days_need_duration"):
        payment_of(head(deductible_days=3.0), INSURED)


def test_a_limit_of_nothing_pays_nothing_and_no_limit_pays_all() -> None:
    assert pays(head(event_limit_yuan=0.0), INSURED) == 0
    assert pays(head(layer_limit_yuan=0.0), INSURED) == 0
    assert pays(head(deductible_loss_share=1.0), INSURED) == 0
    assert pays(head(), INSURED) == INSURED
    assert pays(head(), 1000.0, exposed=0.0) == 0


def test_a_share_of_the_year_leaves_the_event_whole() -> None:
    assert pays(head(share=0.4, share_on=ShareOn.YEAR), 1000.0) == 1000
    assert pays(head(share=0.4), 1000.0) == 400


def test_a_common_event_pays_the_sum_of_the_heads() -> None:
    one = payment_of(head(deductible_yuan=30.0), 100.0).scaled(100.0)
    two = payment_of(head(event_limit_yuan=20.0), 50.0).scaled(50.0)
    damage = np.array([0.0, 0.2, 0.3, 0.4, 0.7, 1.0, 3.0])
    both = one.plus(two)
    assert both.paid(damage) == pytest.approx(one.paid(damage) + two.paid(damage))
    assert both.maximum == 90
    assert both.capped(50.0).paid(damage) == pytest.approx(np.minimum(both.paid(damage), 50))


LAWS: list[LossLaw] = [
    Lognormal.of(0.3, 1.2),
    Gamma.of(0.3, 0.8),
    WithPoints(Beta.of(0.4, 0.6), 0.3, 0.1),
    Excess(0.05, 0.2, 0.4),
    Points(np.array([0.1, 0.4, 0.9]), np.array([0.5, 0.3, 0.2])),
]


FRANCHISE = payment_of(head(deductible_yuan=0.2, deductible_kind=DeductibleKind.FRANCHISE), 1.0)
SHAPES = {
    "layer": layer(0.1, 0.5).shared(0.7),
    "franchise": FRANCHISE,
    "two heads": FRANCHISE.plus(layer(0.35, 0.3)),
    "largest": payment_of(head(deductible_yuan=0.05, deductible_loss_share=0.3), 1.0),
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: type(law).__name__)
def test_moments_of_a_payment_agree_with_a_sum_over_quantiles(law: LossLaw) -> None:
    losses = law.quantile((np.arange(100_000) + 0.5) / 100_000)
    limits = np.array([0.0, 0.1, 0.25, 0.4, 2.0, np.inf])
    for payment in SHAPES.values():
        paid = payment.paid(losses)
        assert payment.mean(law) == pytest.approx(paid.mean(), rel=1e-4)
        assert payment.square(law) == pytest.approx((paid**2).mean(), rel=1e-4)
        assert payment.reach(law) == pytest.approx((paid > 0).mean(), abs=2e-5)
        assert payment.limited_mean(law, limits) == pytest.approx(
            [np.minimum(paid, limit).mean() for limit in limits], rel=1e-4
        )
        assert payment.exceedance(law, limits[1:4]) == pytest.approx(
            [(paid > limit).mean() for limit in limits[1:4]], abs=2e-5
        )


def test_the_second_moment_of_a_layer_agrees_with_quadrature() -> None:
    law = Lognormal.of(1_200_000.0, 1.5)
    peer = stats.lognorm(law.sigma, scale=np.exp(law.mu))
    below, _ = quad(lambda x: 2 * (x - 200_000) * peer.sf(x), 200_000, 5_200_000, limit=200)
    assert layer(200_000.0, 5_000_000.0).square(law) == pytest.approx(below, rel=1e-8)


amounts = st.floats(0.0, 2.0)
laws = st.sampled_from(LAWS)
SLACK = 1e-12


@given(laws, amounts, amounts, amounts)
@settings(settings.get_profile("payments"))
def test_the_premium_never_rises_with_a_higher_deductible(
    law: LossLaw, one: float, other: float, limit: float
) -> None:
    low, high = sorted((one, other))
    for kind in DeductibleKind:
        less, more = (
            payment_of(
                head(deductible_yuan=amount, deductible_kind=kind, event_limit_yuan=limit), 1.0
            )
            for amount in (low, high)
        )
        assert more.mean(law) <= less.mean(law) + SLACK
        assert more.reach(law) <= less.reach(law) + SLACK


@given(laws, amounts, amounts, amounts)
@settings(settings.get_profile("payments"))
def test_the_premium_never_falls_with_a_higher_limit(
    law: LossLaw, one: float, other: float, deductible: float
) -> None:
    low, high = sorted((one, other))
    less, more = (
        payment_of(head(deductible_yuan=deductible, event_limit_yuan=limit), 1.0)
        for limit in (low, high)
    )
    assert more.mean(law) >= less.mean(law) - SLACK
    assert more.square(law) >= less.square(law) - SLACK


@given(laws, st.lists(st.floats(0.001, 0.999), min_size=1, max_size=5), st.floats(0.0, 0.5))
@settings(settings.get_profile("payments"))
def test_layers_add_up_to_the_whole(law: LossLaw, cuts: list[float], deductible: float) -> None:
    ends = [0.0, *sorted(cuts), 1.0]
    whole = payment_of(head(deductible_yuan=deductible), 1.0)
    layers = [whole.above(low).capped(high - low) for low, high in pairwise(ends)]
    assert sum(part.mean(law) for part in layers) == pytest.approx(whole.mean(law), abs=1e-12)
    losses = np.linspace(0, 1.3, 50)
    assert sum(part.paid(losses) for part in layers) == pytest.approx(whole.paid(losses), abs=1e-12)
