"""Tonnes per hectare held against a ceiling, a band and a harvest that a farm can give."""

import pytest

from app.finance.case.carbon.harvest import AccountingMode, HarvestLine, WeightBasis
from app.finance.case.carbon.kinds import Activity, Ecosystem, QuantityMethod
from app.finance.case.project import Project
from app.finance.notices import Notice, Severity
from app.finance.sink.plausibility import (
    band_for,
    needed_harvest_t_ha,
    plausibility_notices,
    rate_ceiling,
)
from app.i18n import translator
from app.messages import notice_text
from app.reference.tables import load_reference

TABLES = load_reference().tables


def _project(
    ecosystem: Ecosystem,
    activity: Activity | None = None,
    *,
    harvest: tuple[HarvestLine, ...] = (),
    mode: AccountingMode | None = None,
) -> Project:
    return Project(
        name="sink",
        ecosystem=ecosystem,
        quantity_method=QuantityMethod.STATED,
        activity=activity,
        harvest=harvest,
        accounting_mode=mode,
    )


def _notices(project: Project, tonnes: list[float], area: float | None) -> dict[str, Notice]:
    years = range(2025, 2025 + len(tonnes))
    found = plausibility_notices(project, list(years), tonnes, area, TABLES)
    assert {notice.severity for notice in found} <= {Severity.WARNING}
    assert {notice.path for notice in found} <= {"project.site_area_ha"}
    return {notice.code: notice for notice in found}


def test_the_ceiling_is_forty() -> None:
    assert rate_ceiling(TABLES) == 40.0


def test_the_kelp_ticket_of_lianjiang_is_implausible_and_would_need_698_tonnes_a_hectare() -> None:
    found = _notices(_project(Ecosystem.MACROALGAE), [27456.0], 171.8)
    assert set(found) == {"implausible_rate", "needs_harvest"}
    facts = found["implausible_rate"].facts
    assert facts["rate"] == pytest.approx(159.8, abs=0.05)
    assert (facts["limit"], facts["futian"], facts["zhanjiang"], facts["lianjiang"]) == (
        40.0,
        30.8,
        10.5,
        160.0,
    )
    needed = found["needs_harvest"].facts
    assert needed["tonnes"] == pytest.approx(698, abs=1)
    assert needed["species"] == "kelp (海带)"


def test_the_mangrove_of_the_taiwan_total_is_implausible() -> None:
    found = _notices(_project(Ecosystem.MANGROVE), [350000 * 0.42], 680)
    assert set(found) == {"implausible_rate"}
    assert found["implausible_rate"].facts["rate"] == pytest.approx(216, abs=0.5)


def test_the_seagrass_of_the_taiwan_total_is_unusual() -> None:
    found = _notices(_project(Ecosystem.SEAGRASS), [350000 * 0.53], 5481)
    assert set(found) == {"unusual_rate"}
    assert found["unusual_rate"].facts["rate"] == pytest.approx(33.8, abs=0.1)
    assert found["unusual_rate"].facts["high"] == 3.4


def test_the_oyster_of_rushan_is_believed_at_4_38_tonnes_a_mu() -> None:
    rate = 77000 / (50000 / 15)
    assert rate == pytest.approx(23.1, abs=1e-9)
    assert _notices(_project(Ecosystem.SHELLFISH), [77000.0], 50000 / 15) == {}
    assert needed_harvest_t_ha(rate, TABLES.species["oyster"]) / 15 == pytest.approx(4.38, abs=0.01)


@pytest.mark.parametrize(
    ("ecosystem", "activity", "tonnes", "area"),
    [
        (Ecosystem.MANGROVE, Activity.PROTECTION, 38745.44 / 10, 126.0),
        (Ecosystem.MANGROVE, Activity.PROTECTION, 3000.0, 117.0),
        (Ecosystem.MANGROVE, Activity.PLANTING, 160000 / 40, 380.0),
        (Ecosystem.MANGROVE, Activity.PLANTING, 2861923 / 40, 7000.0),
        (Ecosystem.MANGROVE, Activity.PLANTING, 43600 / 10, 204.85),
        (Ecosystem.SALT_MARSH, Activity.PLANTING, 1926 / 5.67, 107.33),
        (Ecosystem.SEAGRASS, None, 3733.1, 1100.4),
        (Ecosystem.MACROALGAE, Activity.WILD_BED, 22.8, 10.6),
        (Ecosystem.SALT_MARSH, None, 3.336667 * 0.6, 1.0),
        (Ecosystem.SEAGRASS, None, 1.576667 * 0.6, 1.0),
        (Ecosystem.MANGROVE, None, 0.5 * 44 / 12 * 0.6, 1.0),
    ],
)
def test_published_projects_and_defaults_raise_no_warning(
    ecosystem: Ecosystem, activity: Activity | None, tonnes: float, area: float
) -> None:
    assert _notices(_project(ecosystem, activity), [tonnes], area) == {}


def test_planted_mangrove_above_the_best_forecast_seen_is_unusual() -> None:
    found = _notices(_project(Ecosystem.MANGROVE, Activity.PLANTING), [34.933], 1.0)
    assert set(found) == {"unusual_rate"}
    assert found["unusual_rate"].facts["high"] == 21.3


def test_the_band_is_held_against_the_mean_and_the_ceiling_against_the_fullest_year() -> None:
    planted = _project(Ecosystem.MANGROVE, Activity.PLANTING)
    assert _notices(planted, [0.0, 2.0, 10.0, 30.0, 10.0, 0.0], 1.0) == {}
    assert set(_notices(planted, [2.0, 41.0, 2.0], 1.0)) == {"implausible_rate"}


def test_a_source_of_carbon_lies_below_every_band() -> None:
    found = _notices(_project(Ecosystem.SALT_MARSH), [-1.89], 1.0)
    assert set(found) == {"unusual_rate"}


def test_nothing_is_said_without_an_area_or_without_tonnes() -> None:
    assert _notices(_project(Ecosystem.MACROALGAE), [27456.0], None) == {}
    assert _notices(_project(Ecosystem.MACROALGAE), [0.0, 0.0], 171.8) == {}


def test_the_harvest_is_that_of_the_largest_line_of_the_plan() -> None:
    def line(species: str, tonnes: float) -> HarvestLine:
        return HarvestLine(species, 2025, 2025, tonnes, WeightBasis.WET)

    project = _project(
        Ecosystem.MACROALGAE, harvest=(line("kelp", 10), line("Gracilaria", 900), line("?", 9e9))
    )
    needed = _notices(project, [35.0], 1.0)["needs_harvest"].facts
    assert needed["species"] == "Gracilaria (江蓠)"
    assert needed["tonnes"] == pytest.approx(35 / 0.151067, rel=1e-4)
    assert needed["possible"] == pytest.approx(40 / 0.2288, rel=1e-4)


def test_soft_tissue_alone_needs_five_times_the_oysters() -> None:
    project = _project(Ecosystem.SHELLFISH, mode=AccountingMode.SOFT_ONLY)
    needed = _notices(project, [23.1], 1.0)["needs_harvest"].facts
    assert needed["tonnes"] == pytest.approx(23.1 / 0.067389, rel=1e-4)


def test_carriers_without_evidence_have_the_ceiling_alone() -> None:
    assert band_for(_project(Ecosystem.PHYTOPLANKTON), TABLES) is None
    assert _notices(_project(Ecosystem.PHYTOPLANKTON), [39.0], 1.0) == {}
    assert set(_notices(_project(Ecosystem.PHYTOPLANKTON), [41.0], 1.0)) == {"implausible_rate"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_warnings_have_their_words(language: str) -> None:
    found = _notices(_project(Ecosystem.MACROALGAE), [27456.0], 171.8)
    texts = {code: notice_text(notice, translator(language)) for code, notice in found.items()}
    for figure in ("159.81", "40", "30.80", "10.50", "160"):
        assert figure in texts["implausible_rate"]
    for figure in ("698", "海带", "174.83"):
        assert figure in texts["needs_harvest"]
