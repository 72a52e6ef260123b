"""From removals to credits: order of deductions, adjustments, crediting period, sources."""

from typing import Any

import numpy as np
import pytest

from app.finance.case.carbon.kinds import Ecosystem, QuantityMethod
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.sink.crediting import credit_flow
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.pools import Pool, Removals, Span
from app.finance.sink.removals import carrier_notices
from app.finance.sink.tables import SinkTables
from app.services.case_file import CaseRefused, validate


def carbon(document: dict[str, Any], *tonnes: float, **project: object) -> CarbonResult:
    lines = [
        {"first_year": 2025 + n, "last_year": 2025 + n, "tonnes_per_year": amount}
        for n, amount in enumerate(tonnes)
    ]
    document["project"] |= {"stated": lines, **project}
    case = validate(document).case
    return compute_carbon(case.project, last_year=None, tables=SinkTables({}))


def emitted(first: int, last: int, tonnes: float, kind: str = "baseline") -> dict[str, Any]:
    return {"kind": kind, "first_year": first, "last_year": last, "tonnes_per_year": tonnes}


def credits_of(found: CarbonResult) -> list[float]:
    return [round(row.credits_tco2, 9) for row in found.years]


def test_adjustments_come_off_before_the_shares(document: dict[str, Any]) -> None:
    found = carbon(
        document,
        1000,
        adjustments=[
            emitted(2025, 2025, 100),
            emitted(2025, 2025, 50, "leakage"),
            emitted(2025, 2025, 50, "project_emissions"),
        ],
        uncertainty_discount=0.1,
        leakage_share=0.05,
        buffer_share=0.2,
        own_share=0.5,
    )
    assert found.total_removals_tco2 == 1000
    assert found.total_credits_tco2 == pytest.approx(800 * 0.9 * 0.95 * 0.8 * 0.5)
    assert found.total_by_pool == {
        "reported": 1000,
        "baseline": -100,
        "leakage": -50,
        "project_emissions": -50,
    }


def test_years_outside_the_crediting_period_remove_but_earn_nothing(
    document: dict[str, Any],
) -> None:
    found = carbon(
        document, 10, 10, 10, 10, crediting_start="2026-07-01", crediting_end="2027-06-30"
    )
    assert found.total_removals_tco2 == 40
    assert credits_of(found) == [0, 10, 10, 0]


def test_a_year_that_gives_off_is_made_good_before_credits_come(document: dict[str, Any]) -> None:
    found = carbon(document, 0, 30, 100, adjustments=[emitted(2025, 2025, 80)])
    assert credits_of(found) == [0, 0, 50]


def test_a_tonne_that_is_given_off_again_is_not_counted(document: dict[str, Any]) -> None:
    found = carbon(document, 100, 0, 10, adjustments=[emitted(2026, 2026, 60)])
    assert credits_of(found) == [40, 0, 10]


def test_a_plan_that_gives_off_more_than_it_takes_up_has_no_credits(
    document: dict[str, Any],
) -> None:
    found = carbon(document, 100, 0, adjustments=[emitted(2026, 2026, 130)])
    assert found.total_credits_tco2 == 0
    flag = next(notice for notice in found.notices if notice.code == "net_source")
    assert (flag.severity, flag.facts["tonnes"]) == ("red_flag", pytest.approx(30))


def test_a_planted_area_without_an_end_is_refused_by_name(document: dict[str, Any]) -> None:
    plan = [{"year": 2025, "area_ha": 10}]
    with pytest.raises(DomainError) as refused:
        carbon(
            document,
            quantity_method="planting",
            planting=plan,
            rate_tco2e_ha_yr=5,
            survival_share=1,
        )
    assert refused.value.code == "plan_without_end"
    assert refused.value.facts["path"] == "project.crediting_end"


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"planting": [{"year": 2031, "area_ha": 10}]}, "project.planting.0.year",
         "planted_after_end"),
        ({"survival_share": -0.1}, "project.survival_share", "minimum"),
        ({"rate_tco2e_ha_yr": None}, "project.rate_tco2e_ha_yr", "needed"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_by_name(
    document: dict[str, Any], changes: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        carbon(
            document,
            **{
                "quantity_method": "planting",
                "crediting_end": "2030-12-31",
                "planting": [{"year": 2025, "area_ha": 10}],
                "rate_tco2e_ha_yr": 5,
                "survival_share": 0.6,
                **changes,
            },
        )
    assert [(p.path, p.code) for p in refused.value.problems] == [(path, code)]


def test_emissions_before_the_first_removals_are_made_good(document: dict[str, Any]) -> None:
    """Preparing the site gives off 40 t in the year before 100 t are removed."""
    found = carbon(document, 100, adjustments=[emitted(2024, 2024, 40, "project_emissions")])
    assert found.total_by_pool["project_emissions"] == -40
    assert credits_of(found) == [0, 60]


@pytest.mark.parametrize("net", [5.0, -5.0])
def test_a_discount_on_the_trees_holds_whether_the_year_gains_or_loses(net: float) -> None:
    span = Span(2025, 2025)
    trees = np.array([100.0])
    found = Removals(
        span,
        {Pool.ABOVE_GROUND: trees, Pool.PROJECT_EMISSIONS: net - trees},
        uncertainty_share=0.1,
        uncertainty_base=trees,
    )
    project = Project("x", Ecosystem.MANGROVE, QuantityMethod.AR_AM0014)
    assert credit_flow(project, found).discounted == pytest.approx([net - 10])


@pytest.mark.parametrize("cap", [250.0, 1000.0, 5000.0])
def test_uncertainty_comes_off_the_cap_and_what_it_leaves_out_has_no_buffer(cap: float) -> None:
    """100 t of stocks a year for ten years; 10% off what may be claimed, 20% of it withheld."""
    vector = np.full(10, 100.0)
    found = Removals(
        Span(2025, 2034),
        {Pool.SOIL: vector},
        uncertainty_share=0.1,
        buffer_share=0.2,
        buffer_base=vector,
        cap_total=cap,
    )
    flow = credit_flow(Project("x", Ecosystem.MANGROVE, QuantityMethod.VM0033), found)
    claimed = min(cap, 1000.0)
    assert flow.withheld.sum() == pytest.approx(0.2 * claimed)
    assert flow.credits.sum() == pytest.approx(0.7 * claimed)


@pytest.mark.parametrize(
    ("method", "carrier", "flagged"),
    [
        ("ccer_14_002", "shellfish", True),
        ("ccer_14_002", "mangrove", False),
        ("ar_am0014", "salt_marsh", True),
        ("vm0033", "seagrass", False),
        ("vm0033", "macroalgae", True),
        ("harvest", "mangrove", True),
        ("stated", "phytoplankton", False),
    ],
)
def test_a_carrier_the_method_is_not_for_is_flagged(
    method: str, carrier: str, flagged: bool
) -> None:
    project = Project("x", Ecosystem(carrier), QuantityMethod(method))
    notices = carrier_notices(project)
    assert [notice.path for notice in notices] == ["project.ecosystem"] * flagged
