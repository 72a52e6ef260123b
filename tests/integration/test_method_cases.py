"""The cases of docs/cli.md, one for each method: shown, shipped and computed alike."""

import json
import re
from pathlib import Path

import pytest

from app.finance.case.carbon.kinds import QuantityMethod
from app.services.demo import method_files
from tests.integration.conftest import Run

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
TOTALS = {
    name: (float(removed.replace(",", "")), float(credited.replace(",", "")))
    for name, removed, credited in re.findall(
        r"^\| `(\w+)` \| `\w+` \| ([-\d.,]+) \| ([-\d.,]+) \|$", DOCS, re.MULTILINE
    )
}


def carbon(run: Run, *arguments: object) -> str:
    result = run("carbon", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("path", method_files(), ids=lambda path: path.name.partition(".")[0])
def test_a_method_gives_the_tonnes_that_its_documentation_says(run: Run, path: Path) -> None:
    document = json.loads(carbon(run, path, "--json"))
    found = document["carbon"]
    removed, credited = TOTALS[path.name.partition(".")[0]]
    assert found["total_removals_tco2"] == pytest.approx(removed, abs=5e-4)
    assert found["total_credits_tco2"] == pytest.approx(credited, abs=5e-4)
    years = found["years"]
    assert sum(year["removals_tco2"] for year in years) == pytest.approx(removed, abs=1e-3)
    assert sum(year["credits_tco2"] for year in years) == pytest.approx(credited, abs=1e-3)
    for pool, total in found["total_by_pool"].items():
        assert sum(year["pools"][pool] for year in years) == pytest.approx(total, abs=1e-6)
    assert [year["year"] for year in years] == sorted(year["year"] for year in years)
    assert [step["key"] for step in document["working"]][-1] == "carbon.credits"


@pytest.mark.parametrize("path", method_files(), ids=lambda path: path.name.partition(".")[0])
def test_the_documentation_shows_the_file_that_is_shipped(path: Path) -> None:
    assert f"```json\n{path.read_text(encoding='utf-8')}```" in DOCS


def test_every_method_has_a_case() -> None:
    shown = {
        json.loads(path.read_text(encoding="utf-8"))["project"]["quantity_method"]
        for path in method_files()
    }
    assert shown == {method.value for method in QuantityMethod}


def test_the_summary_of_a_case_without_an_appraisal_has_no_gaps(run: Run) -> None:
    for path in method_files():
        assert not re.search(r"\bNone\b(?!:)", carbon(run, path))
