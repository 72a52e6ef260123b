"""Units cannot be mixed by mistake: the same quantity in another unit gives the same tonnes."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.sink.credits import CarbonResult, compute_carbon
from app.reference.tables import load_reference
from app.services.case_file import CaseRefused, validate

TABLES = load_reference().tables
EXACT = 1e-12
SIZES = st.floats(0.01, 1e5).map(lambda size: round(size, 6))

_PLANTING: dict[str, Any] = {
    "name": "x",
    "ecosystem": "mangrove",
    "quantity_method": "planting",
    "uncertainty_discount": 0.1,
    "leakage_share": 0,
    "buffer_share": 0.2,
    "crediting_end": "2044-12-31",
    "planting": [{"year": 2024, "area_ha": 100}],
    "rate_tco2e_ha_yr": 5.5,
    "survival_share": 0.6,
}
_HARVEST: dict[str, Any] = {
    "name": "x",
    "ecosystem": "shellfish",
    "quantity_method": "harvest",
    "uncertainty_discount": 0,
    "leakage_share": 0,
    "buffer_share": 0,
    "accounting_mode": "soft_and_shell",
    "harvest": [
        {
            "species": "oyster",
            "first_year": 2025,
            "last_year": 2027,
            "tonnes_per_year": 1000,
            "basis": "wet",
        }
    ],
}


def carbon(project: dict[str, Any], **changes: Any) -> CarbonResult:
    document = {"schema_version": 1, "project": {**copy.deepcopy(project), **changes}}
    return compute_carbon(validate(document).case.project, last_year=None, tables=TABLES)


def planted(area: float | str, rate: float | str = 5.5) -> float:
    plan = [{"year": 2024, "area_ha": area}]
    return carbon(_PLANTING, planting=plan, rate_tco2e_ha_yr=rate).total_credits_tco2


def harvested(tonnes: float | str, basis: str = "wet", species: str = "oyster") -> float:
    line = {**_HARVEST["harvest"][0], "tonnes_per_year": tonnes, "basis": basis, "species": species}
    return carbon(_HARVEST, harvest=[line]).total_removals_tco2


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_an_area_in_mu_gives_the_tonnes_of_its_hectares(hectares: float) -> None:
    assert planted(f"{hectares * 15!r} mu") == pytest.approx(planted(hectares), rel=EXACT)
    assert planted(f"{hectares * 15!r} 亩") == pytest.approx(planted(hectares), rel=EXACT)
    assert planted(f"{hectares / 100!r} km2") == pytest.approx(planted(hectares), rel=EXACT)


@given(st.floats(0.01, 9.0).map(lambda rate: round(rate, 6)))
@settings(max_examples=40, deadline=None)
def test_a_rate_in_carbon_gives_the_tonnes_of_its_co2(rate_tc: float) -> None:
    in_carbon = planted(100, f"{rate_tc!r} tC/ha/yr")
    assert in_carbon == pytest.approx(planted(100, rate_tc * 44 / 12), rel=EXACT)


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_kilograms_give_the_tonnes_of_their_thousandth(tonnes: float) -> None:
    assert harvested(f"{tonnes * 1000!r} kg") == pytest.approx(harvested(tonnes), rel=EXACT)


@given(SIZES, st.sampled_from(["oyster", "scallop", "mussel", "clam", "kelp", "wakame", "laver"]))
@settings(max_examples=60, deadline=None)
def test_dry_weight_gives_the_carbon_of_its_wet_weight(tonnes: float, species: str) -> None:
    ratio = TABLES.species[species].dry_to_wet
    dry = harvested(tonnes * ratio, "dry", species)
    assert dry == pytest.approx(harvested(tonnes, "wet", species), rel=EXACT)


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_reported_carbon_gives_the_tonnes_of_its_co2(tonnes: float) -> None:
    def stated(amount: float, unit: str) -> float:
        line = {"first_year": 2025, "last_year": 2030, "tonnes_per_year": amount}
        found = carbon(
            {key: value for key, value in _HARVEST.items() if key != "harvest"},
            quantity_method="stated",
            stated_unit=unit,
            stated=[line],
        )
        return found.total_credits_tco2

    assert stated(tonnes, "tC") == pytest.approx(stated(tonnes * 44 / 12, "tCO2e"), rel=EXACT)


@pytest.mark.parametrize(
    ("project", "changes", "path", "given"),
    [
        (_PLANTING, {"rate_tco2e_ha_yr": "5 t/yr"}, "project.rate_tco2e_ha_yr", "5 t/yr"),
        (
            _PLANTING,
            {"planting": [{"year": 2024, "area_ha": "100 t"}]},
            "project.planting.0.area_ha",
            "100 t",
        ),
        (
            _HARVEST,
            {"harvest": [{**_HARVEST["harvest"][0], "tonnes_per_year": "1000 tC"}]},
            "project.harvest.0.tonnes_per_year",
            "1000 tC",
        ),
        (_PLANTING, {"survival_share": "0.6"}, "project.survival_share", "0.6"),
    ],
)
def test_a_unit_of_another_kind_is_refused_by_name(
    project: dict[str, Any], changes: dict[str, Any], path: str, given: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        carbon(project, **changes)
    found = refused.value.problems
    assert [(p.path, p.code, p.value) for p in found] == [(path, "not_a_number", given)]


def test_a_percent_sign_is_read_in_a_share() -> None:
    assert carbon(_PLANTING, survival_share="60%").total_credits_tco2 == planted(100)
