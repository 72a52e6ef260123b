"""The cases of loans in docs/cli.md: shown, shipped and computed alike, every key explained."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.case import Case
from app.finance.case.lending.credit import CreditRisk
from app.finance.case.lending.days import DayCount
from app.finance.case.lending.green import Green
from app.finance.case.lending.monitoring import Monitoring
from app.finance.case.lending.registration import Registration
from app.finance.case.lending.terms import Repayment
from app.finance.case.loan import Loan
from app.finance.fields import specs_by_path
from tests.integration.conftest import Run
from tests.integration.loan_files import FILES, document, printed, terms, text
from tests.integration.value_files import at

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
LOANS = DOCS[DOCS.index("## A complete case for each way of repayment") :]
QUOTED = re.findall(r"^\| `([\w-]+)` \| `(loan\.[\w.]+)` \| ([^|]+) \|$", DOCS, re.MULTILINE)


def loan_part(name: str) -> str:
    """Return the loan of a file as the documentation shows it, two blanks further left."""
    found = text(name)
    lines = found[found.index('  "loan": {') : found.index('\n  },\n  "notes"') + 4].split("\n")
    return "\n".join(line[2:] for line in lines)


@pytest.mark.parametrize(("name", "path", "figure"), QUOTED)
def test_a_case_gives_the_figure_its_documentation_quotes(
    name: str, path: str, figure: str
) -> None:
    found = at({"loan": printed(name)}, path)
    if isinstance(found, str):
        assert found == figure
        return
    places = len(figure.partition(".")[2])
    assert found == pytest.approx(float(figure.replace(",", "")), abs=0.51 * 10**-places)


@pytest.mark.parametrize("name", FILES)
def test_the_documentation_quotes_and_shows_every_case(name: str) -> None:
    assert name in {quoted for quoted, *_ in QUOTED}
    assert f"`{name}`\n" in LOANS
    whole = f"```json\n{text(name)}```" in LOANS
    assert whole or f"```json\n{loan_part(name)}\n```" in LOANS


@pytest.mark.parametrize("name", FILES)
def test_a_case_shown_in_part_takes_the_rest_from_the_first_one(name: str) -> None:
    if f"```json\n{text(name)}```" in LOANS:
        return
    first, case = document("equal-instalment"), document(name)
    case["project"]["name"] = first["project"]["name"]
    assert case["project"] == first["project"]
    assert case["appraisal"] == first["appraisal"]


def test_every_way_of_repayment_is_shown_whole() -> None:
    whole = [name for name in FILES if f"```json\n{text(name)}```" in LOANS]
    assert {terms(name)["repayment"] for name in whole} == {way.value for way in Repayment}


def test_every_day_count_has_a_case() -> None:
    shown = {terms(name).get("day_count", "months") for name in FILES}
    assert shown == {basis.value for basis in DayCount}


def names(found: Any) -> Iterator[str]:
    """Yield the keys of a printed document; maps by an input path hold no keys of their own."""
    if isinstance(found, list):
        for entry in found:
            yield from names(entry)
    elif isinstance(found, dict):
        for key, value in found.items():
            yield key
            if key not in ("facts", "changes"):
                yield from names(value)


def test_every_key_that_is_printed_is_explained() -> None:
    told = set(re.findall(r"[a-z0-9_]+", DOCS[: DOCS.index("## A complete case")]))
    shown = {key for name in FILES for key in names(printed(name))}
    assert sorted(shown - told) == []


def test_every_input_of_a_loan_is_explained() -> None:
    told = set(re.findall(r"[a-z0-9_]+", LOANS[: LOANS.index("### Equal instalments")]))
    entered = {path.rpartition(".")[2] for path in specs_by_path(Case) if path.startswith("loan.")}
    entered |= {
        entry.name
        for owner in (Loan, CreditRisk, Green, Monitoring, Registration)
        for entry in fields(owner)
    }
    assert sorted(entered - told) == []


def test_the_registered_loan_has_no_red_flag_and_the_first_one_has_four() -> None:
    def red(name: str) -> set[str]:
        flags = printed(name)["flags"]
        return {flag["code"] for flag in flags if flag["severity"] == "red_flag"}

    assert red("registration") == set()
    assert {"no_specified_account", "no_registration", "no_query_certificate"} <= red(
        "equal-instalment"
    )


@pytest.mark.parametrize("name", FILES)
def test_a_loan_is_told_in_words_without_gaps(name: str, run: Run) -> None:
    result = run("loan", FILES[name])
    assert result.exit_code == 0, result.output
    assert not re.search(r"\bNone\b(?!:)|\{\w+\}", result.output)


def test_demo_writes_the_loans_into_a_folder_of_their_own(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path).exit_code == 0
    written = sorted((tmp_path / "loans").glob("*.bcd.json"))
    assert [path.name for path in written] == sorted(path.name for path in FILES.values())


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_shows(name: str) -> None:
    assert len(json.loads(text(name))["notes"]) > 20
