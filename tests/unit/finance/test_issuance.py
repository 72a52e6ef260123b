"""Verifications, issuance and vintages."""

from datetime import date
from typing import Any

import pytest

from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.issuance import share_of_year
from app.finance.sink.tables import SinkTables
from app.services.case_file import CaseRefused, validate

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
