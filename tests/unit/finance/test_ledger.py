"""The credit ledger: a tonne is pledged or sold once."""

from typing import Any

import pytest

from app.finance.errors import DomainError
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.ledger import VintageBalance
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate


def entry(kind: str, tonnes: float, day: str = "2026-03-01", vintage: int = 2025) -> dict[str, Any]:
    return {"day": day, "kind": kind, "vintage": vintage, "tonnes": tonnes}


def carbon(document: dict[str, Any], *entries: dict[str, Any]) -> CarbonResult:
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2026, "tonnes_per_year": 1000}
    ]
    document["project"]["ledger"] = list(entries)
    case = validate(document).case
    return compute_carbon(case.project, last_year=None, tables=SinkTables({}))


def balance(found: CarbonResult, vintage: int = 2025) -> VintageBalance:
    return next(row for row in found.ledger if row.vintage == vintage)


def codes(found: CarbonResult) -> list[str]:
    return [notice.code for notice in found.notices]


def test_what_is_issued_replaces_what_was_forecast(document: dict[str, Any]) -> None:
    row = balance(carbon(document, entry("verified", 950), entry("issued", 900)))
    assert (row.forecast_tco2, row.basis, row.free_tco2) == (1000, "issued", 900)


def test_a_tonne_sold_cannot_be_pledged(document: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as refused:
        carbon(
            document,
            entry("issued", 900, "2026-03-01"),
            entry("sold", 600, "2026-04-01"),
            entry("pledged", 301, "2026-05-01"),
        )
    assert refused.value.code == "ledger_overdrawn"
    assert refused.value.facts["path"] == "project.ledger.2.tonnes"
    assert refused.value.facts["available"] == pytest.approx(300)


def test_a_released_tonne_can_be_pledged_again(document: dict[str, Any]) -> None:
    found = carbon(
        document,
        entry("issued", 900, "2026-03-01"),
        entry("pledged", 900, "2026-04-01"),
        entry("released", 900, "2026-06-01"),
        entry("pledged", 500, "2026-07-01"),
    )
    assert balance(found).free_tco2 == pytest.approx(400)


def test_more_cannot_be_released_than_is_pledged(document: dict[str, Any]) -> None:
    with pytest.raises(DomainError, match="ledger_overdrawn"):
        carbon(document, entry("pledged", 10), entry("released", 11, "2026-04-01"))


def test_more_cannot_be_issued_than_was_verified(document: dict[str, Any]) -> None:
    with pytest.raises(DomainError, match="ledger_overdrawn"):
        carbon(document, entry("verified", 900), entry("issued", 901, "2026-04-01"))


def test_entries_count_in_the_order_of_their_dates(document: dict[str, Any]) -> None:
    found = carbon(document, entry("sold", 400, "2026-09-01"), entry("issued", 900, "2026-03-01"))
    assert balance(found).free_tco2 == pytest.approx(500)


def test_a_promise_above_the_forecast_is_a_red_flag_with_figures(document: dict[str, Any]) -> None:
    found = carbon(document, entry("sold", 1200, vintage=2026))
    assert balance(found, 2026).free_tco2 == pytest.approx(-200)
    flag = next(n for n in found.notices if n.code == "promised_over_forecast")
    assert flag.severity == "red_flag"
    assert flag.facts == {"vintage": 2026, "promised": 1200, "forecast": 1000}


def test_an_earlier_pledge_is_a_red_flag(document: dict[str, Any]) -> None:
    assert "already_pledged" in codes(carbon(document, entry("pledged", 100)))


def test_sold_and_retired_tonnes_are_not_valued(document: dict[str, Any]) -> None:
    found = carbon(document, entry("sold", 300), entry("retired", 50))
    assert found.unsold_in(2025) == pytest.approx(650)
    assert found.unsold_in(2026) == pytest.approx(1000)
    assert "sold_left_out" in codes(found)


def test_an_issue_far_above_the_forecast_is_told(document: dict[str, Any]) -> None:
    found = carbon(document, entry("issued", 1201))
    warning = next(n for n in found.notices if n.code == "recorded_over_forecast")
    assert warning.severity == "warning"
    assert warning.facts == {"vintage": 2025, "recorded": 1201, "forecast": 1000}
    assert "recorded_over_forecast" not in codes(carbon(document, entry("issued", 1200)))


def test_an_issue_of_a_year_without_a_plan_is_told(document: dict[str, Any]) -> None:
    assert "recorded_over_forecast" in codes(carbon(document, entry("issued", 1, vintage=2024)))


@pytest.mark.parametrize("kind", ["verified", "issued", "retired"])
def test_a_tonne_does_not_exist_before_the_year_that_removes_it(
    kind: str, document: dict[str, Any]
) -> None:
    found = carbon(document, entry(kind, 100, day="2024-12-31"))
    warning = next(n for n in found.notices if n.code == "recorded_before_vintage")
    assert warning.path == "project.ledger.0.day"
    assert "recorded_before_vintage" not in codes(carbon(document, entry(kind, 100, "2025-01-01")))


def test_tonnes_to_come_may_be_sold_and_pledged(document: dict[str, Any]) -> None:
    found = carbon(document, entry("sold", 100, "2023-12-31"), entry("pledged", 1, "2024-01-01"))
    assert "recorded_before_vintage" not in codes(found)
