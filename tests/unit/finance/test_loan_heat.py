"""The heat table: cells against the case computed anew, against the set, and in order."""

from itertools import pairwise
from typing import Any

import pytest

from app.finance.lending.risk_results import HeatTable
from tests.unit.finance.stress_loans import Document, loan_of, three_years, twenty_years
from tests.unit.finance.test_loan_stress import BASES, CONCLUDED

CREDITS: dict[str, Any] = {
    "collaterals": [
        {"kind": "carbon_right", "pledged_share": 0.8, "haircut": 0.1, "prior_claims_yuan": 90_000},
        {"kind": "issued_credits", "haircut": 0.3},
        {"kind": "sea_area_right", "value_yuan": 250_000, "value_kind": "mortgage"},
    ]
}
ISSUED: dict[str, Any] = {"issued": {"tonnes": 3000, "liquidity_discount": 0.1}}
TAXED: dict[str, Any] = {"income_tax_rate": 0.25, "loss_carry_years": 5}


def heat_of(document: Document) -> HeatTable:
    found = loan_of(document).stress.heat
    assert found is not None
    return found


def cell(table: HeatTable, price: float, tonnes: float) -> list[float | None]:
    """Return coverage and lowest DSCR at a change of price and of tonnes."""
    row, column = table.price_changes.index(price), table.tonnes_changes.index(tonnes)
    return [table.coverage[row][column], table.min_dscr[row][column]]


def moved_tonnes(change: float) -> dict[str, Any]:
    line = {"first_year": 2025, "last_year": 2070, "tonnes_per_year": 5000 * (1 + change)}
    return {"stated": [line]}


def test_the_table_of_three_years_in_the_head() -> None:
    found = heat_of(three_years())
    assert cell(found, 0, 0) == pytest.approx([2.5, 2.5])
    assert cell(found, -0.3, -0.4) == pytest.approx([1.05, 1.05])
    assert cell(found, 0.2, 0.2) == pytest.approx([3.6, 3.6])


@pytest.mark.parametrize("basis", BASES)
def test_the_cells_of_the_base_and_of_the_set_are_those_of_the_stresses(basis: str) -> None:
    loan = loan_of(twenty_years(appraisal=CONCLUDED, valuation_basis=basis))
    assert loan.stress.heat is not None
    cases = {case.code: case for case in loan.stress.cases}
    for code, price, tonnes in (
        ("base", 0.0, 0.0),
        ("S1", -0.3, 0.0),
        ("S2", -0.5, 0.0),
        ("S4", 0.0, -0.4),
    ):
        coverage, dscr = cell(loan.stress.heat, price, tonnes)
        assert coverage == pytest.approx(cases[code].coverage, abs=1e-7)
        assert dscr == pytest.approx(cases[code].min_dscr)


DATED: dict[str, Any] = {"timing": "exact_dates"}


@pytest.mark.parametrize(
    ("basis", "inputs"),
    [
        *((basis, {}) for basis in BASES),
        ("net", TAXED),
        ("liquidation", TAXED),
        ("prudent", DATED),
        ("concluded", DATED),
    ],
)
def test_a_cell_is_the_loan_on_the_right_computed_anew(basis: str, inputs: dict[str, Any]) -> None:
    appraisal = {**CONCLUDED, **ISSUED, **inputs}
    terms = {"valuation_basis": basis, **CREDITS}
    found = heat_of(twenty_years(appraisal=appraisal, **terms))
    for price, tonnes in ((-0.2, -0.3), (0.2, -0.6), (-0.6, 0.2)):
        anew = loan_of(
            twenty_years(
                project=moved_tonnes(tonnes),
                appraisal={**appraisal, "price_yuan_t": 80 * (1 + price)},
                **terms,
            )
        )
        coverage, dscr = cell(found, price, tonnes)
        assert coverage == pytest.approx(anew.security.coverage, abs=1e-7)
        assert dscr == pytest.approx(anew.cover.min_dscr)


def test_more_of_either_never_covers_less() -> None:
    found = heat_of(twenty_years(appraisal={"issuance_fee_yuan_t": 0}, **CREDITS))
    for table in (found.coverage, found.min_dscr):
        for row in (*table, *zip(*table, strict=True)):
            assert all(one <= other + 1e-12 for one, other in pairwise(row))


def test_without_a_right_pledged_the_table_holds_what_else_secures_the_loan() -> None:
    collaterals = [{"kind": "equipment", "value_yuan": 60_000, "value_kind": "market"}]
    found = heat_of(three_years(collaterals=collaterals))
    assert {one for row in found.coverage for one in row} == {0.5}
    assert len({one for row in found.min_dscr for one in row}) > 7
