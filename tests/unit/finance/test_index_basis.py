"""Basis risk: payouts against losses."""

import numpy as np
import pytest

from app.finance.case.cover.index_tables import GapLine, YearLossLine
from app.finance.insurance.index import compute_index
from app.finance.insurance.index_basis import basis_risk
from app.finance.insurance.index_cautions import index_cautions
from app.finance.insurance.part_results import YearPayout
from tests.unit.finance.index_covers import cover, yearly

PAYOUTS = (0.0, 0.2, 0.0, 0.7, 0.1, 0.4)
LOSSES = (0.0, 0.25, 0.3, 0.6, 0.0, 0.1)


def years(payouts: tuple[float, ...], losses: tuple[float | None, ...]) -> list[YearPayout]:
    return [
        YearPayout(2015 + place, True, None, 0, paid, paid, loss)
        for place, (paid, loss) in enumerate(zip(payouts, losses, strict=True))
    ]


def test_missed_and_needless_payouts_are_counted_over_the_years() -> None:
    found = basis_risk(years(PAYOUTS, LOSSES), 0.1, modelled=False)
    assert found is not None
    assert (found.years, found.missed_years, found.needless_years) == (6, 1, 2)
    assert found.p_unpaid_given_loss == pytest.approx(1 / 3)
    assert found.p_paid_without_loss == pytest.approx(2 / 3)
    paid, lost = np.array(PAYOUTS), np.array(LOSSES)
    assert found.correlation == pytest.approx(np.corrcoef(paid, lost)[0, 1])
    assert found.rmse == pytest.approx(np.sqrt(np.mean((paid - lost) ** 2)))
    assert found.hedge_effectiveness == pytest.approx(1 - np.var(lost - paid) / np.var(lost))


def test_a_payout_that_is_the_loss_leaves_no_basis_risk() -> None:
    found = basis_risk(years(LOSSES, LOSSES), 0.1, modelled=False)
    assert found is not None
    assert found.correlation == pytest.approx(1)
    assert found.hedge_effectiveness == pytest.approx(1)
    assert (found.p_unpaid_given_loss, found.rmse) == (0, 0)


def test_a_floor_of_nothing_asks_for_payouts_without_loss() -> None:
    found = basis_risk(years((0.2, 0.0, 0.3), (0.0, 0.0, 0.4)), 0.0, modelled=False)
    assert found is not None
    assert found.p_paid_without_loss == 0.5


def test_what_cannot_be_said_is_none() -> None:
    assert basis_risk(years(PAYOUTS, (None,) * 6), 0.1, modelled=True) is None
    flat = basis_risk(years((0.1, 0.1), (0.0, 0.0)), 0.1, modelled=True)
    assert flat is not None
    assert flat.correlation is None
    assert flat.hedge_effectiveness is None
    assert flat.p_unpaid_given_loss is None


def test_modelled_losses_stand_in_where_none_are_entered_and_gaps_do_not_count() -> None:
    index = cover(
        readings=yearly(2015, (9, 11, 8, 13)),
        first_year=2015,
        last_year=2019,
        gaps=(GapLine(2019),),
    )
    modelled = {2015: 0.5, 2016: 0.4, 2017: 0.3, 2018: 0.9, 2019: 1.0}
    result = compute_index(index, modelled=modelled, seed=1)[0]
    assert result.basis is not None
    assert (result.basis.years, result.basis.modelled) == (4, True)
    assert result.basis.p_unpaid_given_loss == 0.5
    told = {notice.code: notice for notice in index_cautions(index, result)}
    assert told["index_losses_unpaid"].facts == {"percent": 50.0, "years": 2}

    entered = cover(
        readings=index.readings, first_year=2015, last_year=2018, losses=(YearLossLine(2018, 0.8),)
    )
    basis = compute_index(entered, modelled=modelled, seed=1)[0].basis
    assert basis is not None
    assert (basis.years, basis.modelled) == (1, False)
