"""The cases of docs/cli.md, one for each method: shown, shipped and computed alike."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.bootstrap import BookMaintenance, open_workbench, show_window
from app.cli.book_commands import Doors
from app.cli.commands import build
from app.finance.case.carbon.kinds import QuantityMethod
from app.services.demo import method_files

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
TOTALS = {
    name: (float(removed.replace(",", "")), float(credited.replace(",", "")))
    for name, removed, credited in re.findall(
        r"^\| `(\w+)` \| `\w+` \| ([-\d.,]+) \| ([-\d.,]+) \|$", DOCS, re.MULTILINE
    )
}


def carbon(*arguments: str) -> Any:
    doors = Doors(
        open_workbench=open_workbench, maintenance=BookMaintenance, show_window=show_window
    )
    result = CliRunner().invoke(build(doors), ["carbon", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("path", method_files(), ids=lambda path: path.name.partition(".")[0])
def test_a_method_gives_the_tonnes_that_its_documentation_says(path: Path) -> None:
    document = json.loads(carbon(str(path), "--json"))
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


def test_the_summary_of_a_case_without_an_appraisal_has_no_gaps(tmp_path: Path) -> None:
    for path in method_files():
        assert not re.search(r"\bNone\b(?!:)", carbon(str(path)))
