"""Simulated policy years against exact laws, within three standard errors."""

from decimal import Decimal

import numpy as np
import pytest

from app.finance.case.cover.heads import ShareOn
from app.finance.case.cover.perils import DamageLaw, FrequencyLaw, Peril, PerilLine
from app.finance.errors import DomainError
from app.finance.insurance.event_heads import event_heads
from app.finance.insurance.event_model import compute_events
from app.finance.insurance.laws import Floats
from app.finance.insurance.peril_events import Payments, perils_on_risk
from app.finance.insurance.year_losses import simulate_years
from tests.unit.finance.event_policies import R43_LOSSES, R43_RATES, event_policy, lines_of, r43

YEARS = 200_000


def within_three_errors(drawn: Floats, mean: float) -> bool:
    return bool(abs(drawn.mean() - mean) <= 3 * drawn.std() / np.sqrt(len(drawn)))


def test_simulated_years_agree_with_the_exact_law_of_the_event_set() -> None:
    insurance, exposures = r43(terms={"deductible_yuan": 2.0, "layer_limit_yuan": 12.0})
    _result, law, heads, _steps = compute_events(insurance, exposures)
    table = simulate_years(insurance, exposures, years=YEARS, seed=11)
    assert within_three_errors(table.total, law.mean)
    for drawn, mean in zip(table.by_head, heads, strict=True):
        assert within_three_errors(drawn, mean)
    for level in (0.9, 0.99):
        x = law.quantile(level)
        beyond = float(law.exceedance(np.array([x]))[0])
        assert within_three_errors((table.total > x).astype(float), beyond)
    assert table.by_head.sum(axis=0) == pytest.approx(table.total)


def test_the_largest_event_of_simulated_years_follows_the_rates() -> None:
    insurance, exposures = r43()
    table = simulate_years(insurance, exposures, years=YEARS, seed=3)
    for loss, probability in ((47, 0.019801), (9, 0.139292), (3, 0.329680)):
        drawn = (table.largest_event > loss - 0.5).astype(float)
        assert within_three_errors(drawn, probability)


def test_the_spread_of_a_damage_is_the_same_at_all_sites() -> None:
    insurance, exposures = r43(model={"spread": 0.6})
    result, law, _heads, _steps = compute_events(insurance, exposures)
    table = simulate_years(insurance, exposures, years=YEARS, seed=5)
    assert within_three_errors(table.total, law.mean)
    assert table.total.std() == pytest.approx(result.sd_yuan, rel=0.03)
    assert result.sd_yuan > 8.3552


YEAR_TERMS = (
    {"year_deductible_yuan": 3.0, "year_limit_yuan": 20.0},
    {"event_limit_yuan": 6.0, "reinstatements": 1},
    {"year_limit_yuan": 5.0, "share": 0.5, "share_on": ShareOn.YEAR},
)


def test_terms_of_the_year_are_exact_for_each_head_and_agree_with_simulation() -> None:
    insurance, exposures = r43(terms=YEAR_TERMS, simulated_years=YEARS, seed=7)
    result, law, heads, _steps = compute_events(insurance, exposures)
    table = simulate_years(insurance, exposures, years=YEARS, seed=7)
    for drawn, mean, head in zip(
        table.by_head, heads, event_heads(insurance, exposures), strict=True
    ):
        assert within_three_errors(drawn, mean)
        assert within_three_errors((drawn > 0).astype(float), head.p_payment)
        assert head.loss_sd_yuan == pytest.approx(drawn.std(), rel=0.02)
    assert table.by_head.max(axis=1) == pytest.approx([20.0, 12.0, 2.5])
    assert law.step == 0
    assert law.mean == pytest.approx(result.mean_yuan)
    assert result.sd_yuan == pytest.approx(law.sd, rel=1e-4)
    parts = sum(site.co_tvar_yuan for site in result.sites)
    assert parts == pytest.approx(law.tvar(0.99), rel=1e-6)


def test_the_limit_of_an_event_holds_for_what_the_year_still_pays() -> None:
    """Two certain events of 10 yuan at two heads, the first head with 12 yuan for the year."""
    insurance, exposures = event_policy(
        lines_of([50.0], [(10, 10)]),
        values=(10.0, 10.0),
        terms=({"year_limit_yuan": 12.0}, {}),
        policy_event_limit_yuan=Decimal(15),
    )
    table = simulate_years(insurance, exposures, years=200, seed=1)
    counts = table.by_head[1] / 10
    # The first event pays 15 of 20, the second 2 + 10, every later one 10.
    expected = np.where(counts >= 2, 15 + 12 + 10 * (counts - 2), 15 * counts)
    assert table.total == pytest.approx(expected)
    assert table.largest_event == pytest.approx(np.where(counts > 0, 15.0, 0.0))


def test_the_limit_of_the_policy_year_is_the_last_of_the_terms() -> None:
    insurance, exposures = r43(policy_year_limit_yuan=Decimal(20))
    table = simulate_years(insurance, exposures, years=2_000, seed=1)
    assert table.total.max() == 20
    assert table.total == pytest.approx(np.minimum(table.by_head.sum(axis=0), 20))


@pytest.mark.parametrize("law", list(FrequencyLaw))
def test_perils_are_drawn_by_their_own_laws(law: FrequencyLaw) -> None:
    perils = (
        PerilLine(
            peril=Peril.TYPHOON_WIND,
            events_per_year=0.8,
            mean_damage=0.3,
            damage_cv=0.8,
            damage_law=DamageLaw.BETA,
            frequency_law=law,
            variance_to_mean=2.0 if law is FrequencyLaw.NEGATIVE_BINOMIAL else None,
            first_month=7,
            last_month=10,
        ),
        PerilLine(
            peril=Peril.RED_TIDE, events_per_year=0.5, mean_damage=0.1, damage_cv=0.0, head="h1"
        ),
    )
    insurance, exposures = r43(terms={"deductible_yuan": 5.0}, perils=perils, events=None)
    payments = Payments(insurance, exposures)
    sources = [
        payments.policy_source(one) for one in perils_on_risk(insurance, exposures, payments)
    ]
    table = simulate_years(insurance, exposures, years=YEARS, seed=2)
    assert within_three_errors(table.total, sum(source.mean for source in sources))
    sd = sum(source.variance for source in sources) ** 0.5
    assert table.total.std() == pytest.approx(sd, rel=0.02)


def test_perils_beside_an_event_set_are_drawn_on_top_of_it() -> None:
    peril = PerilLine(
        peril=Peril.RED_TIDE, events_per_year=0.5, mean_damage=0.1, damage_cv=0.0, head="h1"
    )
    table = simulate_years(*r43(perils=(peril,)), years=YEARS, seed=2)
    assert within_three_errors(table.total, 3.41 + 0.5 * 10)


def test_the_same_seed_gives_the_same_years_and_progress_may_stop_them() -> None:
    insurance, exposures = r43()
    first = simulate_years(insurance, exposures, years=1_000, seed=9)
    again = simulate_years(insurance, exposures, years=1_000, seed=9)
    assert np.array_equal(first.total, again.total)
    told: list[tuple[int, int]] = []
    simulate_years(insurance, exposures, years=50, seed=9, progress=lambda *at: told.append(at))
    assert (told[0], told[-1]) == ((0, 50), (50, 50))

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate_years(insurance, exposures, years=50, seed=9, progress=stop)


def test_a_table_that_would_not_fit_is_refused() -> None:
    insurance, exposures = r43()
    with pytest.raises(DomainError) as error:
        simulate_years(insurance, exposures, years=40_000_000, seed=1)
    assert error.value.code == "simulation_too_large"


def test_years_are_those_of_all_events_together() -> None:
    """Chunks join without a seam: many events a year make chunks of few years."""
    losses = [tuple(100 * x for x in own) for own in R43_LOSSES]
    rates = [90 * rate for rate in R43_RATES]
    insurance, exposures = event_policy(lines_of(rates, losses), values=(1e4, 1e4, 1e4))
    table = simulate_years(insurance, exposures, years=20_000, seed=4)
    assert within_three_errors(table.total, 90 * 341)
