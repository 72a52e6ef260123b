"""The shipped cases of the Blue Carbon Cost Tool: they give what the tool itself prints."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.finance.valuation.results import Roots, ToolResult
from app.paths import resources
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.workbench import Computed, compute

FOLDER = resources() / "demo" / "conventions"
ROWS = Path(__file__).parents[1] / "cases" / "peers" / "tnc_acceptance.csv"
CASES = {
    "cost-tool-salt-marsh-china": "T01",
    "cost-tool-seagrass-planting": "T03",
    "cost-tool-mangrove-conservation": "T05",
}


def document(name: str) -> dict[str, Any]:
    text = (FOLDER / f"{name}.bcd.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def computed(case: dict[str, Any]) -> Computed:
    return compute(validate(case), load_reference(), draw=False)


def tool_of(found: Computed) -> ToolResult:
    assert found.results.values is not None
    assert found.results.values.tool is not None
    return found.results.values.tool


def acceptance(name: str) -> tuple[dict[str, float], float]:
    rows = {row["id"]: row for row in csv.DictReader(ROWS.read_text("utf-8").splitlines())}
    row = rows[CASES[name]]
    expected: dict[str, float] = json.loads(row["expected"])
    expected["credits_tco2e"] = expected.pop("credits")
    return expected, float(row["tolerance"].split()[0])


def test_every_case_of_the_tool_that_is_shipped_is_one_of_its_published_cases() -> None:
    assert {path.name for path in FOLDER.glob("cost-tool-*")} == {
        f"{name}.bcd.json" for name in CASES
    }


@pytest.mark.parametrize("name", CASES)
def test_a_shipped_case_gives_the_published_figures(name: str) -> None:
    expected, tolerance = acceptance(name)
    tool = tool_of(computed(document(name)))
    found: dict[str, Any] = {key: getattr(tool, key) for key in expected}
    for key, value in found.items():
        found[key] = value.rate if isinstance(value, Roots) else value
    assert found == pytest.approx(expected, rel=tolerance)


@pytest.mark.parametrize("name", CASES)
def test_the_net_value_in_yuan_is_the_net_of_the_tool(name: str) -> None:
    found = computed(document(name))
    tool, values = tool_of(found), found.results.values
    assert values is not None
    assert float(values.net_yuan) == pytest.approx(tool.net_total * 7.19, abs=0.01)
    assert values.credits_in_horizon_tco2e == pytest.approx(tool.credits_tco2e, rel=1e-12)
    assert tool.breakeven_price_total is not None
    assert values.break_even_price_yuan_t == pytest.approx(
        tool.breakeven_price_total * 7.19, rel=1e-9
    )


@pytest.mark.parametrize("name", CASES)
def test_a_net_below_zero_is_told_and_the_working_is_shown(name: str) -> None:
    found = computed(document(name))
    assert tool_of(found).net_total < 0
    assert "net_not_positive" in {notice.code for notice in found.results.notices}
    keys = {step.key for step in found.results.working}
    assert {"value.tool.capex_npv", "value.tool.opex_npv", "value.tool.break_even_total"} <= keys


@pytest.mark.parametrize("name", CASES)
def test_each_input_says_where_it_comes_from(name: str) -> None:
    case = document(name)
    told = case["provenance"]

    def paths(section: dict[str, Any], above: str) -> list[str]:
        found = []
        for key, value in section.items():
            path = f"{above}.{key}"
            found += paths(value, path) if isinstance(value, dict) else [path]
        return found

    entered = paths(case["project"], "project") + paths(case["appraisal"], "appraisal")
    assert sorted(told) == sorted(entered)
    assert all(entry["source"] for entry in told.values())
    assert set(told) <= set(specs_by_path(Case))


@pytest.mark.parametrize("name", ["cost-tool-salt-marsh-china", "cost-tool-mangrove-conservation"])
def test_a_plan_without_an_end_runs_to_the_last_year_of_the_tool(name: str) -> None:
    case = document(name)
    del case["project"]["crediting_end"]
    del case["provenance"]["project.crediting_end"]
    tool = tool_of(computed(case))
    assert tool.credits_tco2e == pytest.approx(acceptance(name)[0]["credits_tco2e"], rel=1e-9)
    assert tool.years[-1].credits_tco2e > 0


def test_credits_after_the_end_of_the_right_keep_the_document_from_being_final() -> None:
    case = document("cost-tool-salt-marsh-china")
    case["project"]["sea_area_right_end"] = "2040-12-31"
    found = computed(case)
    assert "tool_beyond_right" in {notice.code for notice in found.results.red_flags}
