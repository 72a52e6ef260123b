"""Speed of the event-based model: 50 sites and 10,000 event years with layers.

Beside it the exact law of the same event set, and plain numpy doing as much arithmetic with no
terms but one deductible and one limit.
"""

from datetime import date

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.cover.heads import HeadKind, HeadLine, InsuredUnit
from app.finance.case.cover.model_inputs import EventModel, SetEventLine
from app.finance.case.cover.policy import InsuredSite
from app.finance.case.insurance import Insurance
from app.finance.insurance.event_model import compute_events
from app.finance.insurance.exposure import Exposure, exposure_of
from app.finance.insurance.year_losses import simulate_years

SITES, EVENTS, YEARS = 50, 400, 10_000
VALUE = 1e6
GROUP = "50 sites x 10,000 event years with layers (goal: 2 s)"


def _damages() -> np.ndarray:
    rng = np.random.default_rng(1)
    hit = rng.random((EVENTS, SITES)) < 0.3
    return np.where(hit, rng.beta(1.0, 4.0, (EVENTS, SITES)), 0.0)


def policy(*, spread: float = 0.0, year_limit: bool = False) -> tuple[Insurance, list[Exposure]]:
    """Return a policy of 50 sites with layers under 400 events that come twice a year in all."""
    lines = tuple(
        SetEventLine(event=f"e{event}", site=f"s{site}", rate=2 / EVENTS, damage_share=float(share))
        for event, own in enumerate(_damages())
        for site, share in enumerate(own)
        if share > 0
    )
    heads = tuple(
        HeadLine(
            name=f"h{site}",
            kind=HeadKind.HARVEST_VALUE,
            quantity_unit=InsuredUnit.MU,
            unit_value_yuan=VALUE,
            quantity=1.0,
            site=f"s{site}",
            deductible_share=0.05,
            layer_attachment_yuan=50_000.0,
            layer_limit_yuan=400_000.0,
            year_limit_yuan=600_000.0 if year_limit else None,
            reinstatements=1 if year_limit else None,
        )
        for site in range(SITES)
    )
    insurance = Insurance(
        period_start=date(2026, 1, 1),
        period_months=12,
        fixed_expense_yuan=0.0,
        variable_expense_share=0.0,
        commission_share=0.0,
        profit_share=0.0,
        tax_share=0.0,
        heads=heads,
        sites=tuple(InsuredSite(name=head.site) for head in heads),
        events=EventModel(event_lines=lines, spread=spread),
    )
    return insurance, [exposure_of(insurance, place, [1.0], [VALUE]) for place in range(SITES)]


@pytest.mark.benchmark(group=GROUP)
def test_year_loss_table_with_layers(benchmark: BenchmarkFixture) -> None:
    insurance, exposures = policy()
    table = benchmark(lambda: simulate_years(insurance, exposures, years=YEARS, seed=1))
    assert table.total.mean() > 0


@pytest.mark.benchmark(group=GROUP)
def test_year_loss_table_with_layers_and_terms_of_the_year(benchmark: BenchmarkFixture) -> None:
    insurance, exposures = policy(year_limit=True)
    table = benchmark(lambda: simulate_years(insurance, exposures, years=YEARS, seed=1))
    assert table.by_head.max() <= 600_000


@pytest.mark.benchmark(group=GROUP)
def test_year_loss_table_with_layers_and_spread(benchmark: BenchmarkFixture) -> None:
    insurance, exposures = policy(spread=0.5)
    table = benchmark(lambda: simulate_years(insurance, exposures, years=YEARS, seed=1))
    assert table.total.mean() > 0


@pytest.mark.benchmark(group=GROUP)
def test_exact_law_of_the_same_events(benchmark: BenchmarkFixture) -> None:
    insurance, exposures = policy()
    result = benchmark(lambda: compute_events(insurance, exposures)[0])
    assert len(result.sites) == SITES


@pytest.mark.benchmark(group=GROUP)
def test_lower_bound_one_deductible_and_limit_in_numpy(benchmark: BenchmarkFixture) -> None:
    damages = _damages() * VALUE

    def bound() -> float:
        rng = np.random.default_rng(1)
        year = np.repeat(np.arange(YEARS), rng.poisson(2, YEARS))
        loss = damages[rng.integers(0, EVENTS, len(year))]
        paid = np.clip(loss - 100_000.0, 0.0, 400_000.0)
        return float(np.bincount(year, paid.sum(axis=1), YEARS).mean())

    assert benchmark(bound) > 0
