"""The green classification: edition, transition, code, two persons, indicators and their step."""

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.finance.case.lending.catalogue import CatalogueItem, GreenCatalogue
from app.finance.engine import compute_case
from app.finance.lending.life_results import GreenResult
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate

EDITION = "绿色金融支持项目目录（2025年版）"
ITEM = CatalogueItem(
    "Catalogue 2025",
    EDITION,
    date(2025, 7, 14),
    date(2025, 10, 1),
    3,
    "5.9.9",
    "x",
    "某项",
    True,
    "s",
)


def classified(
    document: dict[str, Any],
    *items: CatalogueItem,
    loan: dict[str, Any] | None = None,
    watch: dict[str, Any] | None = None,
    **green: Any,
) -> GreenResult:
    """Return the classification of the sample loan by a catalogue of the items given."""
    document = copy.deepcopy(document)
    document["loan"].update(loan or {}, green={"edition": EDITION, **green})
    if watch:
        document["loan"]["monitoring"] = {"overdue_multiple": 1.5, **watch}
    tables = SinkTables({}, green=GreenCatalogue(items))
    results = compute_case(validate(document).case, tables).loan
    assert results is not None
    assert results.green is not None
    return results.green


@pytest.mark.parametrize(
    ("approved", "drawdown", "stays"),
    [
        ("2025-07-13", "2025-07-14", True),
        ("2025-07-13", "2025-12-01", True),
        ("2025-07-13", "2025-07-13", False),
        ("2025-07-14", "2025-12-01", False),
        ("2025-10-08", "2025-12-01", False),
        (None, "2025-12-01", None),
    ],
)
def test_a_loan_approved_and_not_drawn_before_the_issue_stays_on_the_old_standard(
    approved: str | None, drawdown: str, stays: bool | None, document: dict[str, Any]
) -> None:
    found = classified(document, loan={"drawdown_date": drawdown}, approved_on=approved)
    assert found.transitional is stays


def test_a_code_is_verified_only_when_the_edition_has_it_as_read(document: dict[str, Any]) -> None:
    def verified(item: CatalogueItem, edition: str = EDITION, code: str = "5.9.9") -> bool:
        return classified(document, item, edition=edition, item_code=code).verified_code

    assert verified(ITEM)
    assert verified(ITEM, edition="Catalogue 2025", code=" 5.9.9 ")
    assert not verified(replace(ITEM, verified=False))
    assert not verified(ITEM, edition="绿色债券支持项目目录（2021年版）")
    assert not verified(ITEM, code="5.9")
    assert not verified(replace(ITEM, code=""), code="")


def test_the_day_an_edition_comes_into_force_is_that_of_the_catalogue(
    document: dict[str, Any],
) -> None:
    assert classified(document, ITEM).in_force_from == date(2025, 10, 1)
    assert classified(document).in_force_from is None


def test_what_a_decision_lacks_is_named(document: dict[str, Any]) -> None:
    assert classified(document).missing == ("loan.green.answer",)
    lacking = {path.rpartition(".")[2] for path in classified(document, answer="green").missing}
    assert lacking == {
        "item",
        "item_code",
        "evidence",
        "approved_on",
        "decided_by",
        "decided_on",
        "checked_by",
        "checked_on",
    }
    not_green = classified(document, answer="not_green").missing
    assert "loan.green.item" not in not_green
    assert "loan.green.evidence" in not_green


@pytest.mark.parametrize(
    ("decided", "checked", "two"),
    [
        ("Green finance desk", "Risk officer", True),
        ("Risk officer", "risk  officer", False),
        ("Risk officer", "", False),
        ("", "", False),
    ],
)
def test_who_decides_does_not_check(
    decided: str, checked: str, two: bool, document: dict[str, Any]
) -> None:
    found = classified(document, answer="green", decided_by=decided, checked_by=checked)
    assert found.four_eyes is two
    assert classified(document, decided_by=decided).four_eyes is None


def kpi(day: str, actual: float | None, **more: Any) -> dict[str, Any]:
    return {"name": "k", "test_day": day, "target": 100, "actual": actual, **more}


def test_an_indicator_is_met_at_its_target_from_either_side(document: dict[str, Any]) -> None:
    lines = [
        kpi("2025-12-31", 100),
        kpi("2025-12-31", 99.9),
        kpi("2025-12-31", None),
        kpi("2025-12-31", 100, direction="at_most"),
        kpi("2025-12-31", 100.1, direction="at_most"),
    ]
    found = classified(document, kpis=lines).kpis
    assert [line.met for line in found] == [True, False, None, True, False]


@pytest.mark.parametrize(
    ("lines", "as_of", "steps_up", "step"),
    [
        ([kpi("2025-06-30", 100)], "2025-06-30", False, -10),
        ([kpi("2025-06-30", 100), kpi("2025-06-30", 120)], "2025-07-01", True, -10),
        ([kpi("2025-06-30", 100), kpi("2025-06-30", 99)], "2025-07-01", False, 0),
        ([kpi("2025-06-30", 100), kpi("2025-06-30", 99)], "2025-07-01", True, 10),
        ([kpi("2025-06-30", 100), kpi("2025-06-30", None)], "2025-07-01", True, 0),
        ([kpi("2025-06-30", 100), kpi("2025-12-31", 50)], "2025-12-30", True, -10),
        ([kpi("2025-06-30", 100), kpi("2025-12-31", 50)], "2025-12-31", True, 10),
        ([kpi("2025-06-30", 100)], "2025-06-29", False, None),
        ([kpi("2025-06-30", None)], "2025-07-01", False, None),
    ],
)
def test_the_latest_day_tested_decides_on_the_step(
    lines: list[dict[str, Any]],
    as_of: str,
    steps_up: bool,
    step: float | None,
    document: dict[str, Any],
) -> None:
    found = classified(document, kpis=lines, step_bp=10, steps_up=steps_up, watch={"as_of": as_of})
    assert found.rate_step_bp == step


def test_without_a_step_the_indicators_move_no_rate(document: dict[str, Any]) -> None:
    lines = [kpi("2025-06-30", 100)]
    assert classified(document, kpis=lines, watch={"as_of": "2025-07-01"}).rate_step_bp is None


def test_the_step_is_worth_its_basis_points_on_what_is_owed_on_the_day_of_the_test(
    document: dict[str, Any],
) -> None:
    """20 m yuan in four equal parts of 5 m: after the second, 10 m are owed; 10 bp make 10,000."""
    loan = {"repayment": "equal_principal", "payment_frequency": "quarterly"}
    found = classified(
        document,
        loan=loan,
        kpis=[kpi("2025-09-30", 100)],
        step_bp=10,
        watch={"as_of": "2025-10-15"},
    )
    assert found.step_from == date(2025, 9, 30)
    assert found.step_yuan_yr == pytest.approx(-10_000, abs=1e-9)


def test_the_step_leaves_the_schedule_at_the_rate_of_the_contract(
    document: dict[str, Any],
) -> None:
    plain = compute_case(validate(document).case, SinkTables({})).loan
    document["loan"]["green"] = {
        "edition": EDITION,
        "kpis": [kpi("2025-03-31", 100)],
        "step_bp": 100,
    }
    stepped = compute_case(validate(document).case, SinkTables({})).loan
    assert plain is not None
    assert stepped is not None
    assert stepped.green is not None
    assert stepped.green.rate_step_bp == -100
    assert stepped.schedule == plain.schedule


def test_tonnes_of_the_statistics_are_entered_or_the_mean_year_of_the_case(
    document: dict[str, Any],
) -> None:
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2026, "tonnes_per_year": 9000},
        {"first_year": 2027, "last_year": 2027, "tonnes_per_year": 3000},
    ]
    found = classified(document)
    assert (found.avoided_tco2e_yr, found.avoided_from_case) == (7000, True)
    entered = classified(document, avoided_tco2e_yr=12.5)
    assert (entered.avoided_tco2e_yr, entered.avoided_from_case) == (12.5, False)
