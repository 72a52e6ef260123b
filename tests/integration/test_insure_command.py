"""`bluecarbon insure`: what it prints in words and as JSON, with and without its checks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def quoted(tmp_path: Path, insured_document: dict[str, Any]) -> Path:
    """The case of a policy alone."""
    del insured_document["loan"]
    insured_document["insurance"]["asked_premium_yuan"] = 15000
    path = tmp_path / "policy.bcd.json"
    path.write_text(json.dumps(insured_document), encoding="utf-8")
    return path


def found(run: Run, path: Path, *more: str) -> dict[str, Any]:
    return dict(json.loads(run("insure", path, "--json", *more).stdout)["insurance"])


def test_premium_and_rate_stand_before_everything_else(run: Run, quoted: Path) -> None:
    lines = run("insure", quoted, "--no-draw").stdout.splitlines()
    assert lines[0] == "Dongtai tidal flat"
    assert lines[1].split("  ")[0] == "Gross premium"
    assert lines[2].split("  ")[0] == "Rate on the sum insured"
    assert "18,896.54 yuan" in lines[1]


def test_build_up_law_terms_and_comparison_are_told_under_their_headings(
    run: Run, quoted: Path
) -> None:
    text = run("insure", quoted, "--no-draw").stdout
    places = [
        text.index(f"\n{heading}\n")
        for heading in (
            "Premium build-up",
            "Loss of a policy year",
            "Exceedance by return period",
            "Policy",
            "Terms in order",
            "Premium asked and placed",
        )
    ]
    assert places == sorted(places)
    assert "no limit" in text
    assert "Indicative, not an offer" in text


def test_the_keys_of_the_issue_are_there_and_agree_with_one_another(run: Run, quoted: Path) -> None:
    quote = found(run, quoted, "--no-draw")
    assert {
        "pure_premium", "loadings", "gross_premium", "rate_on_sum_insured", "distribution",
        "payout_table", "working", "flags",
    } <= set(quote)  # fmt: skip
    loads = sum(line["amount_yuan"] for line in quote["loadings"])
    assert loads == pytest.approx(quote["gross_premium"], abs=1e-6)
    rate = quote["gross_premium"] / quote["sum_insured"]
    assert quote["rate_on_sum_insured"] == pytest.approx(rate, rel=1e-9)
    assert quote["distribution"]["mean"] == pytest.approx(quote["pure_premium"], rel=1e-6)
    assert quote["payout_table"] == []


def test_the_working_of_the_part_is_that_of_the_document(run: Run, quoted: Path) -> None:
    document = json.loads(run("insure", quoted, "--json", "--no-draw").stdout)
    assert document["insurance"]["working"] == document["working"]
    keys = {step["key"] for step in document["working"]}
    assert {"insurance.pure_premium", "insurance.gross_premium", "insurance.rate"} <= keys


def test_the_premium_of_the_old_cover_is_the_same_to_the_fen(run: Run, quoted: Path) -> None:
    """The cover of schema version 1: 18,896.54 yuan, by the closed form of the lognormal."""
    quote = found(run, quoted, "--no-draw")
    assert quote["gross_premium_yuan"] == 18896.54
    assert quote["covers"][0]["deductible_yuan"] == 20000.0


def test_checks_are_drawn_unless_they_are_left_out(run: Run, quoted: Path) -> None:
    document = json.loads(quoted.read_text(encoding="utf-8"))
    document["insurance"]["simulated_years"] = 20000
    quoted.write_text(json.dumps(document), encoding="utf-8")
    assert found(run, quoted, "--no-draw")["distribution"]["checks"] == []
    law = found(run, quoted)["distribution"]
    engines = {check["engine"]: check for check in law["checks"]}
    assert engines["panjer"]["mean_yuan"] == pytest.approx(law["mean"], rel=1e-6)
    drawn = engines["simulation"]
    assert abs(drawn["mean_yuan"] - law["mean"]) < 4 * drawn["standard_error"]


def test_a_premium_asked_below_the_technical_one_is_a_flag(run: Run, quoted: Path) -> None:
    quote = found(run, quoted, "--no-draw")
    assert quote["asked"]["difference_yuan"] < 0
    flags = {flag["code"]: flag for flag in quote["flags"]}
    assert "asked_below_technical" in flags
    assert flags["asked_below_technical"]["path"].startswith("insurance")


def test_a_case_without_insurance_says_so(run: Run, case: Path) -> None:
    assert "This case asks for no insurance." in run("insure", case, "--no-draw").stdout
    assert json.loads(run("insure", case, "--json", "--no-draw").stdout)["insurance"] is None


def test_among_other_parts_the_insurance_is_told_in_short(run: Run, quoted: Path) -> None:
    text = run("run", quoted, "--no-draw").stdout
    assert "Gross premium (yuan): 18,896.54" in text
    assert "Premium build-up" not in text
