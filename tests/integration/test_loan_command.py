"""`bluecarbon loan` as an outsider uses it: published rows, keys, what is printed first."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.case_table import case_table
from tests.integration.conftest import Run

CASES = case_table("finance")

WHOLE: dict[str, Any] = {
    "lender": "Harbour Bank",
    "borrower": "Mussel Growers",
    "collaterals": [
        {"kind": "carbon_right", "first_registered": True},
        {
            "kind": "sea_area_right",
            "name": "Certificate 12",
            "value_yuan": 15000000,
            "value_kind": "mortgage",
            "haircut": 0.3,
            "ratio_cap": 0.6,
            "rank": 2,
        },
    ],
    "credit": {
        "pd": 0.02,
        "risk_weight": 1.0,
        "scenarios": [
            {"name": "Calm", "weight": 0.7},
            {"name": "Storm", "weight": 0.3, "pd_factor": 2, "value_factor": 0.7},
        ],
    },
    "registration": {
        "category": "receivable",
        "secured_code": "91{0}",
        "history": [{"day": "2025-03-20", "kind": "initial", "number": "R-1", "months": 36}],
        "attachments": [{"name": "Pledge contract", "number": "P-1"}],
    },
    "monitoring": {
        "as_of": "2025-07-10",
        "receipts": [{"day": "2025-04-30", "amount_yuan": 1000000}],
        "overdue_multiple": 1.5,
        "events": [{"day": "2025-06-01", "kind": "damage"}],
    },
    "green": {
        "edition": "绿色金融支持项目目录（2025年版）",
        "answer": "green",
        "item": "Coastal wetlands",
        "decided_by": "Branch",
        "kpis": [{"name": "Removals", "test_day": "2025-06-30", "target": 1000, "actual": 1200}],
        "step_bp": 10,
    },
    "stresses": [{"name": "Red tide", "tonnes_change": -0.25}],
}
"""What a loan can have beside its amount and schedule."""


def row(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return json.loads(CASES[name]["inputs"]), json.loads(CASES[name]["expected"])


def loan_of(run: Run, case: dict[str, Any], folder: Path) -> dict[str, Any]:
    path = folder / "case.bcd.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    result = run("loan", path, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)["loan"]
    return found


def asked(case: dict[str, Any], given: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Put the loan of a published row into a case."""
    case["loan"] |= {"amount_yuan": given["P"], "annual_rate": given["R"]}
    if "n" in given:
        case["loan"]["term_months"] = given["n"]
    case["loan"] |= more
    return case


@pytest.mark.parametrize("name", ["L01", "L03"])
def test_equal_instalments_of_a_published_loan(
    name: str, run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    given, expected = row(name)
    loan = loan_of(run, asked(document, given), tmp_path)
    assert loan["schedule"][0]["payment"] == expected["payment"]
    assert loan["last_payment_yuan"] == expected["last_payment"]
    assert loan["total_interest_yuan"] == expected["sum_interest"]
    assert len(loan["schedule"]) == given["n"]


def test_l05_uneven_principal_is_left_for_the_last_line(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    given, expected = row("L05")
    loan = loan_of(run, asked(document, given, repayment="equal_principal"), tmp_path)
    first, *_, last = loan["schedule"]
    assert first["principal"] == expected["principal"]
    assert last["principal"] == expected["last_principal"]
    assert last["payment"] == expected["last_payment"]
    assert loan["total_interest_yuan"] == expected["sum_interest"]


def test_l06_quarterly_interest_is_settled_on_the_20th_and_paid_on_the_21st(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    given, expected = row("L06")
    case = asked(
        document,
        given,
        repayment="bullet",
        interest_payment="quarterly",
        payment_days="settlement",
        day_count="act_360",
        drawdown_date=given["draw"],
        maturity_date=given["maturity"],
    )
    del case["loan"]["term_months"]
    loan = loan_of(run, case, tmp_path)
    assert [line["days"] for line in loan["schedule"]] == expected["days"]
    assert [line["interest"] for line in loan["schedule"]] == expected["interest"]
    assert loan["total_interest_yuan"] == expected["total"]


def test_l08_fees_at_drawdown_are_in_the_annualised_rate(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    given, _ = row("L01")
    net, expected = row("L08")
    case = asked(document, given, upfront_fee_yuan=given["P"] - net["net"])
    rate = loan_of(run, case, tmp_path)["annualised_rate"]
    assert rate["basis"] == "months"
    assert rate["monthly_irr"] == pytest.approx(expected["monthly_irr"], abs=1e-8)
    assert rate["simple"] == pytest.approx(expected["simple_x12"], abs=1e-8)
    assert rate["compound"] == pytest.approx(expected["compound"], abs=1e-8)


def test_a01_equal_instalments_by_30e_360(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    given, expected = row("A01")
    case = asked(document, given, day_count="30e_360", drawdown_date=given["start"])
    lines = loan_of(run, case, tmp_path)["schedule"]
    assert lines[0]["payment"] == round(expected["payment"], 2)
    assert lines[0]["interest"] == round(expected["first_interest"], 2)
    assert lines[0]["principal"] == round(expected["first_principal"], 2)
    assert lines[0]["closing"] == round(expected["balance_after_1"], 2)
    assert sum(line["interest"] for line in lines) == pytest.approx(expected["sum_interest"], abs=1)


@pytest.mark.parametrize("name", ["L09", "L11"])
def test_the_ratio_by_value_at_risk_is_what_the_bound_rests_on(
    name: str, run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    given, expected = row(name)
    document["loan"]["market_risk"] = {
        "volatility": given["sigma"],
        "disposal_days": given["h_days"],
        "disposal_cost_share": given["cost"],
        "count_interest": given["R"] > 0,
    }
    bounds = {row["code"]: row for row in loan_of(run, document, tmp_path)["sizing"]["bounds"]}
    assert bounds["var"]["detail"] == pytest.approx(expected["ltv"], abs=1e-8)


def test_l13_capital_by_internal_ratings(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    given, expected = row("L13")
    document["loan"]["credit"] = {
        "pd": given["pd"],
        "lgd": given["lgd"],
        "effective_maturity": given["M"],
    }
    credit = loan_of(run, document, tmp_path)["credit"]
    assert credit["irb_k"] == pytest.approx(expected["K"], abs=1e-8)
    assert credit["irb_weight"] == pytest.approx(expected["RW"], abs=1e-8)


def test_each_opening_balance_is_the_closing_one_before_it(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    lines = loan_of(run, document, tmp_path)["schedule"]
    assert lines[0]["opening"] == document["loan"]["amount_yuan"]
    assert [line["opening"] for line in lines[1:]] == [line["closing"] for line in lines[:-1]]
    assert lines[-1]["closing"] == 0


def test_the_binding_bound_is_the_smallest_and_says_what_would_lift_it(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    sizing = loan_of(run, document, tmp_path)["sizing"]
    amounts = {row["code"]: row["amount"] for row in sizing["bounds"] if row["amount"] is not None}
    assert sizing["supported"] == min(amounts.values()) == amounts[sizing["binding"]]
    (binding,) = [row for row in sizing["bounds"] if row["binding"]]
    assert binding["remedies"]
    assert all(remedy["text"].endswith(".") for remedy in binding["remedies"])


def test_flags_name_what_stops_a_final_print(
    run: Run, document: dict[str, Any], tmp_path: Path
) -> None:
    flags = {flag["code"]: flag for flag in loan_of(run, document, tmp_path)["flags"]}
    assert flags["no_specified_account"]["severity"] == "red_flag"
    assert flags["no_specified_account"]["path"] == "loan.specified_account"


def test_the_annualised_rate_is_the_first_figure_in_words(run: Run, case: Path) -> None:
    name, first, second, *_ = run("loan", case).stdout.splitlines()
    assert name == "Dongtai tidal flat"
    assert first.startswith("Annualised rate, fees included (compound)")
    assert second.startswith("Annualised rate, fees included (simple)")


def test_the_loan_in_words_has_its_sections_in_this_order(run: Run, case: Path) -> None:
    lines = run("loan", case).stdout.splitlines()
    sections = (
        "Sizing",
        "Collaterals",
        "Repayment schedule",
        "Cover by cash",
        "Loan over remaining value",
        "Stress",
        "Checklist",
    )
    assert [line for line in lines if line in sections] == list(sections)
    assert any(line.startswith("* Pledge ratio times value") for line in lines)


def test_every_line_of_the_schedule_is_printed(run: Run, case: Path) -> None:
    lines = run("loan", case).stdout.splitlines()
    for number in range(1, 13):
        assert any(line.split()[:1] == [str(number)] for line in lines)


def test_run_tells_the_loan_in_short(run: Run, case: Path) -> None:
    text = run("run", case, "--no-draw").stdout
    assert "Annualised rate, fees included (compound)" in text
    assert "Repayment schedule" not in text


def test_a_case_without_a_loan_says_so(run: Run, document: dict[str, Any], tmp_path: Path) -> None:
    del document["loan"]
    path = tmp_path / "bare.bcd.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "asks for no loan" in run("loan", path).stdout
    assert json.loads(run("loan", path, "--json").stdout)["loan"] is None


@pytest.fixture
def whole(document: dict[str, Any], tmp_path: Path) -> Path:
    document["loan"] |= WHOLE
    path = tmp_path / "whole.bcd.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_loan_with_everything_has_all_sections(run: Run, whole: Path) -> None:
    result = run("loan", whole)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    for section in (
        "Credit risk and return",
        "Registration record",
        "Life of the loan",
        "What is due",
        "Green classification",
    ):
        assert section in lines
    assert any(line.startswith("* Red tide") for line in lines)
    assert any("91{0}" in line for line in lines)
    assert any("sea-area use right, mortgage: Certificate 12" in line for line in lines)


def test_everything_that_is_found_is_in_the_json(run: Run, whole: Path) -> None:
    loan = json.loads(run("loan", whole, "--json").stdout)["loan"]
    assert None not in (loan["credit"], loan["registration"], loan["life"], loan["green"])
    assert loan["life"]["now"]["owed_yuan"] > 0
    assert {item["code"] for item in loan["life"]["due"]} >= {"payment", "inspection", "cure"}
    assert loan["green"]["rate_step_bp"] == -10
    assert [found["code"] for found in loan["stress"]][:2] == ["base", "S1"]
    assert loan["stress"][-1]["label"] == "Red tide"
    assert {row["state"] for row in loan["checklist"]} <= {
        "met", "not_asked", "warning", "red_flag",
    }  # fmt: skip


def test_the_loan_is_told_in_chinese_with_the_annualised_rate_first(run: Run, whole: Path) -> None:
    text = run("--language", "zh", "loan", whole).stdout
    assert "{" not in text.replace("91{0}", "")
    assert text.splitlines()[1].startswith("年化利率（含费用，复利）")
