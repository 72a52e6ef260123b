"""Verifications, issuance and vintages."""

import json
from datetime import date
from typing import Any

import pytest

from app.finance.engine import compute_case
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.issuance import share_of_year
from app.finance.sink.tables import SinkTables
from app.reference.tables import load_reference
from app.services.case_file import CaseRefused, validate
from app.services.demo import method_files

TABLES = SinkTables({})


def carbon(document: dict[str, Any], **project: object) -> CarbonResult:
    document["project"].update(project)
    return compute_carbon(validate(document).case.project, last_year=2060, tables=TABLES)


def three_years(tonnes: float = 365.0) -> list[dict[str, Any]]:
    return [{"first_year": 2025, "last_year": 2027, "tonnes_per_year": tonnes}]


def test_half_a_year_is_counted_by_its_days() -> None:
    assert share_of_year(2025, None, date(2025, 1, 31)) == pytest.approx(31 / 365)
    assert share_of_year(2024, date(2024, 2, 28), date(2024, 2, 29)) == pytest.approx(1 / 366)
    assert share_of_year(2024, None, date(2023, 12, 31)) == 0
    assert share_of_year(2024, date(2023, 12, 31), date(2025, 6, 30)) == 1


def test_a_verification_issues_its_days_by_vintage_after_the_lag(document: dict[str, Any]) -> None:
    found = carbon(
        document,
        stated=three_years(),
        verifications=[{"monitored_to": "2026-01-31", "verified_on": "2026-04-30"}],
        issuance_lag_months=6,
    )
    rows = [(issue.vintage, round(issue.credits_tco2, 6)) for issue in found.issues]
    assert rows == [(2025, 365.0), (2026, 31.0)]
    assert {issue.issued_on for issue in found.issues} == {date(2026, 10, 30)}


def test_what_no_verification_covers_is_told_and_not_issued(document: dict[str, Any]) -> None:
    found = carbon(
        document,
        stated=three_years(),
        verifications=[{"monitored_to": "2026-12-31", "verified_on": "2027-03-31"}],
        issuance_lag_months=0,
    )
    assert found.unverified_tco2 == pytest.approx(365.0)
    assert "after_last_verification" in [notice.code for notice in found.notices]


def test_every_tonne_is_issued_once(document: dict[str, Any]) -> None:
    days = ("2025-07-12", "2026-02-28", "2027-12-31")
    found = carbon(
        document,
        stated=three_years(1000),
        verifications=[{"monitored_to": day, "verified_on": "2028-01-01"} for day in days],
        issuance_lag_months=3,
    )
    assert sum(issue.credits_tco2 for issue in found.issues) == pytest.approx(3000)
    assert found.unverified_tco2 == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("lines", "path", "code"),
    [
        (
            [{"monitored_to": "2023-12-31", "verified_on": "2024-03-01"}],
            "project.verifications.0.verified_on",
            "verified_before_planting",
        ),
        (
            [{"monitored_to": "2026-12-31", "verified_on": "2026-03-01"}],
            "project.verifications.0.verified_on",
            "before_start",
        ),
        (
            [
                {"monitored_to": "2026-12-31", "verified_on": "2027-03-01"},
                {"monitored_to": "2026-06-30", "verified_on": "2027-03-01"},
            ],
            "project.verifications.1.monitored_to",
            "not_after_line_before",
        ),
    ],
)
def test_verifications_out_of_order_are_refused_by_name(
    document: dict[str, Any], lines: list[dict[str, str]], path: str, code: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        carbon(document, stated=three_years(), verifications=lines, issuance_lag_months=0)
    assert [(p.path, p.code) for p in refused.value.problems] == [(path, code)]


def test_verifications_need_the_time_the_registry_takes(document: dict[str, Any]) -> None:
    with pytest.raises(CaseRefused) as refused:
        carbon(
            document,
            stated=three_years(),
            verifications=[{"monitored_to": "2026-12-31", "verified_on": "2027-03-01"}],
        )
    assert refused.value.problems[0].path == "project.issuance_lag_months"


def test_a_year_that_ends_early_is_counted_by_the_days_that_earn() -> None:
    until = date(2048, 6, 30)
    assert share_of_year(2048, None, until, until) == 1
    assert share_of_year(2048, None, date(2048, 3, 31), until) == pytest.approx(91 / 182)
    assert share_of_year(2048, date(2048, 6, 30), date(2048, 12, 31), until) == 0
    assert share_of_year(2047, None, date(2047, 12, 31), until) == 1


def test_credits_of_the_year_a_title_ends_are_cut_by_days_once() -> None:
    """The method cuts that year already: neither issues nor sales by exact dates cut it again."""
    tables = load_reference().tables
    path = next(path for path in method_files() if path.name.startswith("ccer_14_002"))
    document = json.loads(path.read_text(encoding="utf-8"))
    last = {"monitored_to": "2048-06-30", "verified_on": "2048-06-30"}
    document["project"] |= {"verifications": [last], "issuance_lag_months": 0}
    found = compute_carbon(validate(document).case.project, last_year=2063, tables=tables)
    assert found.unverified_tco2 == pytest.approx(0, abs=1e-9)
    assert sum(issue.credits_tco2 for issue in found.issues) == pytest.approx(
        found.total_credits_tco2
    )
    del document["project"]["verifications"]
    document["appraisal"] = {
        "valuation_date": "2024-01-01",
        "timing": "exact_dates",
        "price_yuan_t": 80,
        "price_curve": "flat",
        "discount_rate": 0.08,
        "horizon_years": 40,
        "benefit_share": 0,
        "transaction_fee_share": 0,
        "tax_share": 0,
        "monitoring_cost_yuan_yr": 0,
        "verification_cost_yuan": 0,
        "operating_cost_yuan_yr": 0,
        "liquidation_discount": 0,
        "disposal_cost_share": 0,
        "months_to_sell": 0,
    }
    results = compute_case(validate(document).case, tables)
    assert results.values is not None
    assert results.values.credits_in_horizon_tco2e == pytest.approx(
        results.carbon.total_credits_tco2
    )
