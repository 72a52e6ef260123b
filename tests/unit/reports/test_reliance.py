"""What a document says it rests on: versions, seeds, provenance, what nobody verified, limits."""

from dataclasses import replace
from typing import Any

from app.finance.engine import compute_case, with_drawn
from app.finance.sink.tables import SinkTables
from app.reports.document import Grid, Words
from app.reports.reliance import reliance
from app.reports.sheet import Sheet
from app.services.case_file import validate
from tests.unit.reports.test_house_on_paper import DRAFT


def rows(document: dict[str, Any], language: str = "en", **stamp: Any) -> dict[str, list[str]]:
    file = validate(document)
    tables = SinkTables({})
    results = with_drawn(file.case, compute_case(file.case, tables), tables)
    sheet = Sheet(file, results, replace(DRAFT, **stamp), Words(language))
    found: dict[str, list[str]] = {}
    label = ""
    for block in reliance(sheet):
        if isinstance(block, Grid):
            for head, said in block.rows:
                label = head.text.leading or label
                found.setdefault(label, []).append(said.text.leading)
    return found


def test_it_holds_what_it_takes_to_print_the_same_again(document: dict[str, Any]) -> None:
    found = rows(document, template="0a1b2c3d4e5f")
    assert found["Versions"] == ["Program 0.1.0, data 2026-10, template 0a1b2c3d4e5f"]
    assert found["Fingerprint of the inputs"] == ["0123456789abcdef" * 4]
    assert found["Code of the case"][0].startswith("0123-4567-89AB: ")
    assert "Random numbers" not in found


def test_a_simulation_is_named_with_its_seed(document: dict[str, Any]) -> None:
    document["appraisal"]["simulation"] = {
        "price_model": "gbm", "volatility": 0.3, "scenarios": 1024, "seed": 77
    }  # fmt: skip
    found = rows(document)
    assert found["Random numbers"] == [
        "value: 1,024 scenarios from seed 77; shares of variance: 512 samples from seed 77"
    ]
    assert any("The distribution of the value" in line for line in found["Limits of the models"])


def test_inputs_without_a_source_are_named_and_the_rest_is_counted(
    document: dict[str, Any],
) -> None:
    found = rows(document)
    (named,) = found["Assumed without a source"]
    assert "Carbon price" in named
    assert named.count("; ") == 12
    assert named.endswith(" more")
    document["provenance"] = {
        "appraisal.price_yuan_t": {"kind": "disclosed", "source": "exchange, 2025-03-31"}
    }
    sourced = rows(document)
    assert "Carbon price" not in sourced["Assumed without a source"][0]
    assert sourced["Provenance of figures and tables"][0].startswith("disclosed: 1; ")


def test_no_claim_is_made_of_what_nobody_verified(document: dict[str, Any]) -> None:
    found = rows(document)["Not verified"]
    assert "verifies none of them" in found[0]
    assert "no appraisal by a firm was entered" in found[1]
    document["appraisal"]["engagement"] = {"firm": "an appraisal firm"}
    assert len(rows(document)["Not verified"]) == 1


def test_only_models_that_were_used_have_limits(insured_document: dict[str, Any]) -> None:
    both = rows(insured_document)["Limits of the models"]
    assert any("Covenants" in line for line in both)
    assert any("independent" in line for line in both)
    for part in ("loan", "appraisal"):
        del insured_document[part]
    alone = rows(insured_document)["Limits of the models"]
    assert not any("Covenants" in line or "Prices of years" in line for line in alone)


def test_the_same_stands_in_each_language(document: dict[str, Any]) -> None:
    english, chinese = rows(document), rows(document, "zh")
    assert [len(lines) for lines in english.values()] == [len(lines) for lines in chinese.values()]
