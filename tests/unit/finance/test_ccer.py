"""CCER-14-002, 14-003 and 14-004 on planted cohorts."""

from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

import pytest

from app.finance.case.carbon.ccer import Ccer, SiteKind, TitleHolder, check_ccer, earliest_title_end
from app.finance.case.carbon.cohorts import Answer, CohortPlan
from app.finance.case.carbon.growth import BiomassAtAge, PlantedCohort, Roots
from app.finance.notices import Notice
from app.finance.sink.methods.ccer import ccer_removals, title_window
from app.finance.sink.pools import Pool, Removals, Span
from app.messages.notices import NOTICES
from app.messages.refusals import EXPECTED
from tests.unit.finance.cohort_cases import TABLES, plan

SPAN = Span(2021, 2030)
UNSEEN = "numbers_not_seen"
_CCER = Ccer(
    carbon_fraction=0.5,
    soil_rate_tc_ha_yr=1.2,
    soil_years=3,
    baseline_tco2e_ha_yr=0.2,
    risk_deduction_share=0.1,
    site_kind=SiteKind.BARE_FLAT,
    built_by_planting=Answer.YES,
    title_document=Answer.YES,
    vegetation_cover_share=0.02,
)
OWNERS = (
    TitleHolder("village", date(2060, 12, 31)),
    TitleHolder("company", date(2025, 6, 30)),
)


def ccer(**changes: Any) -> Ccer:
    return replace(_CCER, **changes)


def removed(
    given: Ccer, method: str = "ccer_14_002", cohorts: CohortPlan | None = None
) -> Removals:
    grown = cohorts or plan(biomass_by_age=(BiomassAtAge(20, 200.0),))
    found = ccer_removals(grown, given, method, SPAN, TABLES)
    assert {notice.code for notice in found.notices} <= set(NOTICES)
    return found


def flags(given: Ccer, method: str) -> list[Notice]:
    return [notice for notice in removed(given, method).notices if notice.code != UNSEEN]


@pytest.mark.parametrize(
    "name",
    [
        "carbon_fraction",
        "soil_rate_tc_ha_yr",
        "soil_years",
        "baseline_tco2e_ha_yr",
        "risk_deduction_share",
    ],
)
def test_a_number_that_was_not_seen_has_no_default(name: str) -> None:
    entry = next(entry for entry in fields(Ccer) if entry.name == name)
    assert entry.default is MISSING


def test_the_factors_of_the_section_count_and_not_those_of_ar_am0014() -> None:
    """2021: 80 ha x 10 t x 0.5 x 44/12; 1.2 t C x 44/12 on 80 ha; 0.2 t on 100 ha."""
    found = removed(ccer())
    assert found.pools[Pool.ABOVE_GROUND][0] == pytest.approx(1466.667, abs=1e-3)
    assert found.pools[Pool.SOIL][0] == pytest.approx(352.0, abs=1e-3)
    assert found.pools[Pool.BASELINE][0] == pytest.approx(-20.0)
    assert found.pools[Pool.SOIL][4:].tolist() == [0.0] * 6


def test_the_risk_deduction_is_handed_on_as_the_share_held_back() -> None:
    assert removed(ccer()).buffer_share == 0.1


def test_marsh_and_seagrass_take_a_stock_at_each_age() -> None:
    """A marsh full after two years: 3 t/ha above, 9 t/ha below, on 80 ha x 0.5 x 44/12."""
    marsh = plan(
        plantings=(PlantedCohort(2020, 100.0, "Suaeda salsa"),),
        biomass_by_age=(BiomassAtAge(2, 3.0, 9.0),),
        roots=Roots.IN_TABLE,
    )
    found = removed(ccer(), "ccer_14_003", marsh)
    assert sum(found.pools[Pool.ABOVE_GROUND]) == pytest.approx(440.0)
    assert sum(found.pools[Pool.BELOW_GROUND]) == pytest.approx(1320.0)


@pytest.mark.parametrize("method", ["ccer_14_002", "ccer_14_003", "ccer_14_004"])
def test_each_method_says_that_its_numbers_were_not_seen(method: str) -> None:
    assert UNSEEN in [notice.code for notice in removed(ccer(), method).notices]


@pytest.mark.parametrize("kind", [SiteKind.BARE_FLAT, SiteKind.RETIRED_POND])
def test_mangrove_on_a_bare_flat_or_retired_pond_raises_no_flag(kind: SiteKind) -> None:
    assert flags(ccer(site_kind=kind), "ccer_14_002") == []


@pytest.mark.parametrize("kind", [SiteKind.BARE_FLAT, SiteKind.CLEARED_FLAT])
def test_marsh_on_a_bare_or_cleared_flat_raises_no_flag(kind: SiteKind) -> None:
    assert flags(ccer(site_kind=kind), "ccer_14_003") == []


@pytest.mark.parametrize(
    ("method", "changes", "code"),
    [
        ("ccer_14_002", {"site_kind": SiteKind.OTHER}, "method_not_applicable"),
        ("ccer_14_002", {"site_kind": SiteKind.CLEARED_FLAT}, "method_not_applicable"),
        ("ccer_14_002", {"built_by_planting": Answer.NO}, "method_not_applicable"),
        ("ccer_14_002", {"title_document": Answer.NO}, "method_not_applicable"),
        ("ccer_14_002", {"title_document": Answer.UNKNOWN}, "applicability_unknown"),
        ("ccer_14_003", {"site_kind": SiteKind.RETIRED_POND}, "method_not_applicable"),
        ("ccer_14_003", {"vegetation_cover_share": 0.05}, "method_not_applicable"),
    ],
)
def test_a_criterion_against_the_method_is_a_red_flag(
    method: str, changes: dict[str, Any], code: str
) -> None:
    notices = flags(ccer(**changes), method)
    assert [(notice.code, notice.severity.value) for notice in notices] == [(code, "red_flag")]
    assert notices[0].path == f"project.ccer.{next(iter(changes))}"


def test_a_cover_just_below_five_percent_is_accepted() -> None:
    assert flags(ccer(vegetation_cover_share=0.0499), "ccer_14_003") == []


def test_seagrass_says_that_its_conditions_were_not_seen() -> None:
    notices = flags(ccer(site_kind=None), "ccer_14_004")
    assert [notice.code for notice in notices] == ["applicability_not_seen"]


def test_the_title_that_ends_first_ends_all() -> None:
    assert earliest_title_end(ccer(owners=OWNERS)) == (1, date(2025, 6, 30))
    assert earliest_title_end(ccer()) is None


def test_nothing_counts_after_the_first_title_has_ended() -> None:
    """30 June 2025 is day 181 of 365."""
    whole, ended = removed(ccer()), removed(ccer(owners=OWNERS))
    for pool, vector in ended.pools.items():
        assert vector[:4] == pytest.approx(whole.pools[pool][:4])
        assert vector[4] == pytest.approx(whole.pools[pool][4] * 181 / 365)
        assert not vector[5:].any()


def test_the_owner_whose_title_ends_first_is_named() -> None:
    notice = flags(ccer(owners=OWNERS), "ccer_14_002")[0]
    assert notice.code == "one_title_ends_all"
    assert notice.path == "project.ccer.owners.1.title_end"
    assert notice.facts == {"owner": "company", "end": date(2025, 6, 30)}


def test_titles_that_outlast_the_project_are_not_pointed_out() -> None:
    assert flags(ccer(owners=OWNERS[:1]), "ccer_14_002") == []


def test_a_leap_year_counts_by_its_own_days() -> None:
    """29 February 2024 is day 60 of 366."""
    window = title_window(date(2024, 2, 29), SPAN)
    assert window.tolist() == pytest.approx([1, 1, 1, 60 / 366, 0, 0, 0, 0, 0, 0])


def test_a_title_that_ended_before_the_years_accounted_for_leaves_nothing() -> None:
    assert title_window(date(2019, 1, 1), SPAN).tolist() == [0] * 10


def test_a_title_that_ends_before_planting_is_refused() -> None:
    owners = (*OWNERS, TitleHolder("pond", date(2019, 12, 31)))
    found = check_ccer(ccer(owners=owners), plan())
    assert [(p.code, p.path) for p in found] == [
        ("before_start", "project.ccer.owners.2.title_end")
    ]
    assert found[0].code in EXPECTED
    assert check_ccer(ccer(owners=OWNERS), plan()) == []


def test_the_working_holds_in_a_year_that_counts_in_full() -> None:
    """2022 is the fullest year, but counts in part when a title ends within it."""
    owners = (TitleHolder("company", date(2022, 6, 30)),)
    for given, year, soil in ((ccer(), 2022, 528.0), (ccer(owners=owners), 2021, 352.0)):
        step = {step.key: step for step in removed(given).working}["carbon.ccer.soil"]
        assert {term.symbol: term.value for term in step.terms}["t"] == year
        assert step.value == pytest.approx(soil)  # 1.2 x 44/12 x 120 ha, x 80 ha
