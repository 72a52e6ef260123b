"""`bluecarbon value` as an outsider uses it: published rows put into the shipped cases."""

import csv
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from app.i18n import translator
from app.reports.value_facts import NEGATIVE_NET
from tests.case_table import case_table
from tests.integration.conftest import Run
from tests.integration.value_files import FILES, at, document, printed

CASES = case_table("finance")
TOOL = Path(__file__).parents[1] / "cases" / "peers" / "tnc_acceptance.csv"


def row(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return json.loads(CASES[name]["inputs"]), json.loads(CASES[name]["expected"])


def right(case: dict[str, Any], tonnes: float, years: int = 1) -> dict[str, Any]:
    """Put a stated amount a year into a case of the valuation date 2025-01-01."""
    case["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2024 + years, "tonnes_per_year": tonnes}
    ]
    case["appraisal"]["horizon_years"] = years
    return case


def test_n01_the_loan_over_one_year_of_carbon_prints(run: Run, tmp_path: Path) -> None:
    given, expected = row("N01")
    case = right(document("gross-only"), given["tCO2"])
    case["appraisal"]["price_yuan_t"] = given["price"]
    case["loan"]["amount_yuan"] = given["loan"]
    found = printed(run, case, tmp_path, "run", "--no-draw")
    assert found["values"]["gross_yuan"] == expected["carbon_value"]
    ratio = found["loan"]["loan_to_one_year"]
    assert ratio == pytest.approx(expected["loan_over_annual_carbon"], abs=1e-6)
    assert 100 / ratio == pytest.approx(expected["coverage_pct"], abs=1e-4)


def test_n02_gross_is_all_tonnes_times_the_price_of_the_day(run: Run, tmp_path: Path) -> None:
    given, expected = row("N02")
    case = right(document("gross-only"), given["tCO2"] / given["years"], given["years"])
    case["appraisal"]["price_yuan_t"] = given["price"]
    values = printed(run, case, tmp_path)["values"]
    assert values["gross_yuan"] == pytest.approx(expected["value"], abs=0.01)


def test_n03_tonnes_of_carbon_are_not_tonnes_of_carbon_dioxide(run: Run, tmp_path: Path) -> None:
    given, expected = row("N03")
    case = right(document("gross-only"), given["area_mu"] * given["tC_mu_y"])
    as_carbon = json.loads(json.dumps(case))
    as_carbon["project"]["stated_unit"] = "tC"
    one = printed(run, case, tmp_path)["values"]["credits_in_horizon_tco2e"]
    other = printed(run, as_carbon, tmp_path)["values"]["credits_in_horizon_tco2e"]
    assert one == pytest.approx(expected["t_per_year"], rel=1e-12)
    assert other / one == pytest.approx(44 / 12, rel=1e-12)


def test_n04_an_auction_lifts_the_gross_value_over_its_start(run: Run, tmp_path: Path) -> None:
    given, expected = row("N04")
    gross = {}
    for name in ("price", "start"):
        case = right(document("gross-only"), given["t"])
        case["appraisal"]["price_yuan_t"] = given[name]
        gross[name] = printed(run, case, tmp_path)["values"]["gross_yuan"]
    assert gross["price"] == pytest.approx(expected["total"], abs=0.01)
    premium = 100 * (gross["price"] / gross["start"] - 1)
    assert premium == pytest.approx(expected["premium_over_start_pct"], abs=0.01)


def test_n06_the_loan_over_allowances_is_the_ratio_lenders_took(run: Run, tmp_path: Path) -> None:
    given, expected = row("N06")
    case = right(document("gross-only"), given["t"])
    price = given["cum_turnover"] / given["cum_t"]
    assert price == pytest.approx(expected["avg_price"], abs=1e-4)
    case["appraisal"]["price_yuan_t"] = price
    case["loan"] |= {"amount_yuan": given["financed"], "purpose_need_yuan": given["financed"]}
    found = printed(run, case, tmp_path, "run", "--no-draw")
    assert found["loan"]["loan_to_gross"] == pytest.approx(expected["implied_ltv"], abs=5e-4)
    a_tonne = given["financed"] / found["values"]["credits_in_horizon_tco2e"]
    assert a_tonne == pytest.approx(expected["financed_per_t"], abs=1e-4)


def test_n09_tonnes_over_the_area_of_the_project(run: Run, tmp_path: Path) -> None:
    given, expected = row("N09")
    case = right(document("gross-only"), given["t"])
    case["project"]["site_area_ha"] = given["area_hm2"]
    found = printed(run, case, tmp_path, "carbon", "--no-draw")["carbon"]
    assert found["peak_rate_tco2_ha_yr"] == pytest.approx(expected["t_per_hm2"], abs=1e-3)


@pytest.mark.parametrize("timing", ["end_year", "mid_year"])
def test_l16_forty_years_to_the_fen(timing: str, run: Run, tmp_path: Path) -> None:
    given, expected = row("L16")
    case = right(document("dcf-end-year"), given["q"], given["years"])
    case["appraisal"] |= {
        "price_yuan_t": given["P1"],
        "price_growth": given["g"],
        "cost_share_of_revenue": given["cost_pct"],
        "discount_rate": given["r"],
        "timing": timing,
    }
    values = printed(run, case, tmp_path)["values"]
    assert values["net_yuan"] == pytest.approx(expected[timing], abs=0.005)
    unrounded = math.fsum(flow["present_value_yuan"] for flow in values["cash_flow"])
    assert unrounded == pytest.approx(expected[timing], abs=1e-8)


@pytest.mark.parametrize("compounding", ["continuous", "simple"])
def test_l18_the_forward_price_is_the_curve(compounding: str, run: Run, tmp_path: Path) -> None:
    given, expected = row("L18")
    case = document("curve-carry")
    case["appraisal"] |= {
        "price_yuan_t": given["S"],
        "carry_rate": given["r"],
        "carry_compounding": compounding,
        "horizon_years": given["T"],
    }
    (point,) = printed(run, case, tmp_path)["values"]["curve"]
    assert point["price_yuan_t"] == pytest.approx(expected[compounding], abs=1e-8)
    assert point["time_yr"] == given["T"]


def option(run: Run, folder: Path, **line: Any) -> dict[str, Any]:
    case = document("options")
    case["appraisal"]["options"] = [line]
    (found,) = printed(run, case, folder)["values"]["options"]
    answer: dict[str, Any] = found
    return answer


@pytest.mark.parametrize("kind", ["call", "put"])
def test_l19_black_76_a_tonne(kind: str, run: Run, tmp_path: Path) -> None:
    given, expected = row("L19")
    found = option(
        run,
        tmp_path,
        model="black_76",
        kind=kind,
        underlying=given["F"],
        strike=given["K"],
        rate=given["r"],
        volatility=given["sigma"],
        years=given["T"],
        tonnes=2500,
    )
    assert found["value_yuan"] / 2500 == pytest.approx(expected[kind], abs=1e-8)


@pytest.mark.parametrize("kind", ["call", "put"])
def test_x01_black_scholes_in_yuan(kind: str, run: Run, tmp_path: Path) -> None:
    given, expected = row("X01")
    found = option(
        run,
        tmp_path,
        model="black_scholes",
        kind=kind,
        underlying=given["S"],
        strike=given["K"],
        rate=given["r"],
        volatility=given["sigma"],
        years=given["T"],
    )
    assert found["value_yuan"] == pytest.approx(expected[kind], abs=1e-8)


def test_x02_black_76_put(run: Run, tmp_path: Path) -> None:
    given, expected = row("X02")
    found = option(
        run,
        tmp_path,
        model="black_76",
        kind="put",
        underlying=given["F"],
        strike=given["K"],
        rate=given["r"],
        volatility=given["sigma"],
        years=given["T"],
    )
    assert found["value_yuan"] == pytest.approx(expected["put"], abs=1e-8)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("T01", "cost-tool-salt-marsh-china"),
        ("T03", "cost-tool-seagrass-planting"),
        ("T05", "cost-tool-mangrove-conservation"),
    ],
)
def test_the_cost_tool_comes_out_to_the_digit(
    name: str, file: str, run: Run, tmp_path: Path
) -> None:
    rows = {line["id"]: line for line in csv.DictReader(TOOL.read_text("utf-8").splitlines())}
    expected = json.loads(rows[name]["expected"])
    tool = printed(run, document(file), tmp_path)["values"]["tool"]
    expected["credits_tco2e"] = expected.pop("credits")
    found = {key: tool[key] for key in expected}
    for key in ("irr_opex", "irr_total"):
        if key in found:
            (found[key],) = found[key]["rates"]
    assert found == pytest.approx(expected, rel=float(rows[name]["tolerance"].split()[0]))


def test_what_is_drawn_stands_among_the_values_unless_it_is_left_out(run: Run) -> None:
    drawn = json.loads(run("value", FILES["simulation"], "--json").stdout)["values"]
    assert drawn["range"]["seed"] == 20230101
    assert drawn["range"]["standard_error_yuan"] > 0
    assert drawn["sensitivity"]["tornado"]
    assert drawn["sensitivity"]["sobol"]
    assert "plan" not in drawn
    quick = json.loads(run("value", FILES["simulation"], "--json", "--no-draw").stdout)["values"]
    assert (quick["range"], quick["sensitivity"]) == (None, None)
    assert quick["net_yuan"] == drawn["net_yuan"]


def test_a_case_without_an_appraisal_has_no_values(run: Run, tmp_path: Path) -> None:
    case = document("gross-only")
    del case["appraisal"], case["loan"]
    assert printed(run, case, tmp_path)["values"] is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_net_value_below_zero_is_printed_with_what_it_means(language: str, run: Run) -> None:
    for command in ("value", "run"):
        text = run("--language", language, command, FILES["negative-net"], "--no-draw").stdout
        assert "−177,675.60" in text
        assert translator(language)(NEGATIVE_NET) in text


@pytest.mark.parametrize("name", FILES)
def test_everything_is_told_in_words_and_nothing_as_none(name: str, run: Run) -> None:
    result = run("value", FILES[name])
    assert result.exit_code == 0, result.output
    assert not re.search(r"\bNone\b(?!:| of)", result.stdout)
    assert "nan" not in result.stdout.split()
    for heading in ("Indicators", "Discount rate", "Cash flow", "Sensitivity"):
        assert f"\n{heading}\n" in result.stdout


def test_each_part_of_a_valuation_has_its_words(run: Run) -> None:
    told = {
        "evidence": ("Price evidence", "Upper bound", "Outlier", "Court purchase", "12.50 USD"),
        "evidence-few": ("Prices that count: 3.", "Weighted adjusted price"),
        "approaches": ("Issued and unsold credits", "Concluded value", "Reasons for the weights"),
        "options": ("A lender must not lend on option value.", "Delta", "There are several rates"),
        "scenarios": ("yphoon year", "Net value weighted by probability"),
        "simulation": (
            "65,536 scenarios from seed 20230101",
            "standard error",
            "With interactions",
        ),
        "cost-tool-salt-marsh-china": ("Capital expenditure, present value", "in USD; 7.19 yuan"),
    }
    for name, words in told.items():
        text = run("value", FILES[name]).stdout
        assert [word for word in words if word not in text] == []


def changed(tmp_path: Path, **appraisal: Any) -> Path:
    case = document("dcf-end-year")
    case["appraisal"] |= appraisal
    case["provenance"] = {
        f"appraisal.{name}": {"kind": "disclosed", "source": "second report"} for name in appraisal
    }
    path = tmp_path / "after.bcd.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    return path


def test_changes_attributes_the_difference_to_the_fen(run: Run, tmp_path: Path) -> None:
    after = changed(
        tmp_path, price_yuan_t=60, discount_rate=0.1, change_reason="the market has fallen"
    )
    found = json.loads(run("changes", FILES["dcf-end-year"], after, "--json").stdout)
    assert found["before"]["net_yuan"] == pytest.approx(842674.64, abs=1e-9)
    assert found["reason"] == "the market has fallen"
    assert found["problem"] is None
    for level in ("gross_yuan", "net_yuan", "prudent_yuan", "liquidation_yuan"):
        effects = math.fsum(step["effect"][level] for step in found["steps"])
        assert effects == pytest.approx(found["change"][level], abs=1e-6)
        difference = found["after"][level] - found["before"][level]
        assert difference == pytest.approx(found["change"][level], abs=1e-6)
    price = next(line for line in found["inputs"] if line["path"] == "appraisal.price_yuan_t")
    assert (price["before"], price["after"], price["unit"]) == (80, 60, "yuan/t")
    assert (price["provenance"], price["source"]) == ("disclosed", "second report")
    assert found["steps"][price["step"]]["paths"] == ["appraisal.price_yuan_t"]


def test_changes_are_told_in_words(run: Run, tmp_path: Path) -> None:
    after = changed(tmp_path, price_yuan_t=60, price_curve="flat")
    text = run("changes", FILES["dcf-end-year"], after).stdout
    assert "Net value" in text
    assert "disclosed · second report" in text
    assert "stays as it is" in text
    assert "No reason is entered." in text
    same = run("changes", FILES["dcf-end-year"], FILES["dcf-end-year"]).stdout
    assert "Nothing has changed." in same


def test_changes_refuses_a_file_that_is_no_case(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.bcd.json"
    bad.write_text("{}", encoding="utf-8")
    assert run("changes", FILES["dcf-end-year"], bad, "--json").exit_code == 2


def quotes(*years: int) -> list[dict[str, Any]]:
    return [{"day": f"{year}-06-30", "price": 80 + n} for n, year in enumerate(years)]


@pytest.mark.parametrize(
    ("name", "inputs", "code"),
    [
        ("evidence-few", {"price_basis": "evidence", "price_yuan_t": None}, "evidence_too_few"),
        ("dcf-end-year", {"price_basis": "evidence", "price_yuan_t": None}, "no_price_evidence"),
        ("perpetuity", {"price_growth": 0.08}, "rate_below_growth"),
        ("evidence", {"evidence.fx": []}, "no_fx_rate"),
        ("evidence", {"evidence.series": quotes(2020, 2024, 2025)}, "series_gap"),
        ("evidence", {"evidence.series.1.price": 0}, "series_zero"),
        ("rate-wacc-real", {"inflation": None}, "inflation_needed"),
    ],
)
def test_what_gives_no_value_is_refused_by_its_code(
    name: str, inputs: dict[str, Any], code: str, run: Run, tmp_path: Path
) -> None:
    case = document(name)
    for path, value in inputs.items():
        above, _, last = path.rpartition(".")
        section = at(case["appraisal"], above) if above else case["appraisal"]
        section[last] = value
    file = tmp_path / "case.bcd.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    result = run("value", file, "--json", "--no-draw")
    assert result.exit_code == 2
    assert result.stdout == ""
    refused = json.loads(result.stderr)["refused"]
    assert code in {problem["code"] for problem in refused}
    assert all(problem["expected"] for problem in refused)
