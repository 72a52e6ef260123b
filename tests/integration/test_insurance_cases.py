"""The cases of insurance in docs/cli.md: shown, shipped and computed alike; the templates."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.insurance import Insurance
from app.finance.fields import fields_of
from app.messages.insurance_notices import INSURANCE_NOTICES
from app.messages.insurance_refusals import INSURANCE_EXPECTED
from app.services.insurance_templates import load_templates
from tests.integration.conftest import Run
from tests.integration.insurance_files import BOOK, FILES, printed, text
from tests.integration.value_files import at

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^\| `([\w-]+)` \| `(insurance\.[\w.]+)` \| ([^|]+) \|$", DOCS, re.MULTILINE)
WHOLE = (
    "frequency-layer",
    "index-history",
    "harvest-stages",
    "growing-stock",
    "trade-failure",
    "three-sites",
)


@pytest.mark.parametrize(("name", "path", "figure"), QUOTED)
def test_a_case_gives_the_figure_its_documentation_quotes(
    name: str, path: str, figure: str
) -> None:
    found = at({"insurance": printed(name)}, path)
    places = len(figure.partition(".")[2])
    assert found == pytest.approx(float(figure.replace(",", "")), abs=0.51 * 10**-places)


@pytest.mark.parametrize("name", FILES)
def test_the_documentation_quotes_every_case(name: str) -> None:
    assert name in {quoted for quoted, *_ in QUOTED}


@pytest.mark.parametrize("name", WHOLE)
def test_the_documentation_shows_a_case_of_each_kind_whole(name: str) -> None:
    assert f"```json\n{text(name)}```" in DOCS


def names(found: Any) -> Iterator[str]:
    """Yield the keys of a printed document; levels and facts hold no keys of their own."""
    if isinstance(found, list):
        for entry in found:
            yield from names(entry)
    elif isinstance(found, dict):
        for key, value in found.items():
            yield key
            if key not in ("facts", "quantiles", "tvar"):
                yield from names(value)


def test_every_key_that_is_printed_is_explained() -> None:
    told = set(re.findall(r"[a-z0-9_]+", DOCS[: DOCS.index("## A complete case")]))
    shown = {key for name in FILES | BOOK for key in names(printed(name))}
    assert sorted(shown - told) == []


def test_every_input_of_an_insurance_is_explained() -> None:
    keys = DOCS[DOCS.index("### Keys of an insurance") :]
    told = set(re.findall(r"^\| `(\w+)(?:\[\])?` \|", keys, re.MULTILINE))
    entered = [spec for spec in fields_of(Insurance) if not spec.section]
    asked = {spec.name for spec in entered}
    asked |= {cell.name for spec in entered if spec.table for cell in fields_of(spec.kind)}
    assert sorted(asked - told) == []


def test_every_refusal_and_notice_is_named() -> None:
    told = set(re.findall(r"`(\w+)`", DOCS))
    assert sorted({*INSURANCE_EXPECTED, *INSURANCE_NOTICES} - told) == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_shows(name: str) -> None:
    assert len(json.loads(text(name))["notes"]) > 20


@pytest.mark.parametrize("name", ["index-history", "settlement", "fujian-oyster-typhoon"])
def test_a_quote_is_told_in_words_without_gaps(name: str, run: Run) -> None:
    result = run("insure", (FILES | BOOK)[name])
    assert result.exit_code == 0, result.output
    assert not re.search(r"\bNone\b(?!:)|\{\w+\}", result.output)


def test_demo_writes_the_cases_into_a_folder_of_their_own(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path).exit_code == 0
    written = sorted((tmp_path / "insurance").glob("*.bcd.json"))
    assert [path.name for path in written] == sorted(path.name for path in FILES.values())


def test_templates_are_listed_and_one_is_shown_with_what_it_leaves_open(run: Run) -> None:
    listed = run("templates")
    assert listed.exit_code == 0
    keys = [template.key for template in load_templates()]
    assert all(key in listed.output for key in keys)
    shown = run("templates", "quintana-roo")
    assert "wind of the first step: 100 or 110 kn" in shown.output
    assert [entry["key"] for entry in json.loads(run("templates", "--json").output)] == keys
    one = json.loads(run("templates", "gaochun-carbon", "--json").output)
    assert one["insurance"]["index"]["triggers"][0]["tick_yuan"] == 35
    refused = run("templates", "nothing")
    assert refused.exit_code == 2
    assert "quintana-roo" in refused.stderr
