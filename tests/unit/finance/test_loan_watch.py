"""Coverage of a watched loan: lines, revaluations, margin calls, and events."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.finance.engine import compute_case
from app.finance.errors import DomainError
from app.finance.lending.life_results import WatchPoint
from app.finance.sink.tables import SinkTables
from app.services.case_file import CaseRefused, validate
from tests.unit.finance.watched_loans import life_of, watched_document

PAID = [{"day": "2025-06-30", "amount_yuan": 177_000}]


def last(document: dict[str, Any], **watched: Any) -> WatchPoint:
    return life_of(watched_document(document, **watched)).watch[-1]


def revalued(price: float | None = None, value: float | None = None) -> dict[str, Any]:
    line = {"day": "2025-06-30", "price_yuan_t": price, "value_yuan": value, "note": "yearly"}
    return {"as_of": "2025-06-30", "receipts": PAID, "revaluations": [line]}


def test_coverage_at_drawdown_is_value_over_balance(document: dict[str, Any]) -> None:
    point = last(document)
    assert (point.day, point.value_yuan) == (date(2025, 3, 31), 10_000_000.0)
    assert point.owed_yuan == 3_000_000
    assert point.coverage == pytest.approx(10 / 3)
    assert point.state == "above"
    assert point.add_security_yuan == point.prepay_yuan == 0


def test_trigger_prices_are_those_at_which_coverage_meets_each_line(
    document: dict[str, Any],
) -> None:
    # line x 3,000,000 / 100,000 t
    assert last(document).trigger_prices == pytest.approx((48.0, 42.0, 36.0))


@pytest.mark.parametrize(
    ("price", "state"),
    [(45.6, "above"), (45.5, "warning"), (39.8, "margin_call"), (34.1, "enforcement")],
)
def test_a_revaluation_at_a_lower_price_crosses_the_lines(
    document: dict[str, Any], price: float, state: str
) -> None:
    # 2,850,000 is owed after the first payment: 1.6, 1.4 and 1.2 times that over 100,000 t are
    # 45.60, 39.90 and 34.20 yuan
    point = last(document, **revalued(price=price))
    assert point.from_revaluation
    assert point.note == "yearly"
    assert point.value_yuan == pytest.approx(price * 100_000)
    assert point.state == state


def test_a_margin_call_asks_for_what_leads_back_to_the_line(document: dict[str, Any]) -> None:
    point = last(document, **revalued(price=38.0))
    assert point.coverage == pytest.approx(3.8 / 2.85)
    assert point.add_security_yuan == Decimal("190000.00")  # 1.4 x 2,850,000 - 3,800,000
    assert point.prepay_yuan == Decimal("135714.29")  # 2,850,000 - 3,800,000 / 1.4
    assert point.cure_by == date(2025, 7, 14)  # ten working days after 30 June 2025


def test_what_is_overdue_is_owed_in_coverage_as_well(document: dict[str, Any]) -> None:
    point = last(document, as_of="2025-07-30")
    # 30 days: interest of the new period 2,850,000 x 3.6 % / 12 and penalty on 177,000 x 5.4 %
    assert point.owed_yuan == Decimal("3036346.50")


def test_a_value_found_by_an_appraiser_goes_before_the_price(document: dict[str, Any]) -> None:
    watched = revalued(price=90.0, value=4_000_000)
    assert last(document, **watched).value_yuan == pytest.approx(4_000_000)
    later = last(document, **watched | {"as_of": "2025-12-31"})
    # the first 10,000 t of 100,000 are sold by then: a tenth of the right is used up
    assert later.value_yuan == pytest.approx(3_600_000)
    # at 100 yuan it is worth 3,600,000, and 1.4 times what is owed is asked for
    asked = 1.4 * float(later.owed_yuan) / 3_600_000 * 100
    assert later.trigger_prices[1] == pytest.approx(asked)


def test_a_price_stays_until_the_next_revaluation(document: dict[str, Any]) -> None:
    lines = [{"day": "2025-05-01", "price_yuan_t": 80}, {"day": "2025-06-01", "price_yuan_t": 50}]
    life = life_of(watched_document(document, as_of="2025-06-30", revaluations=lines))
    assert [round(point.value_yuan) for point in life.watch] == [
        10_000_000, 8_000_000, 5_000_000, 5_000_000,
    ]  # fmt: skip


def test_the_cure_period_of_a_call_is_not_prolonged_by_a_later_day_of_watch(
    document: dict[str, Any],
) -> None:
    watched = revalued(price=38.0) | {"as_of": "2025-08-15"}
    watch = life_of(watched_document(document, **watched)).watch
    assert [point.state for point in watch[-2:]] == ["margin_call", "margin_call"]
    assert watch[-1].cure_by == watch[-2].cure_by == date(2025, 7, 14)


def test_other_collateral_counts_unless_only_the_right_does(document: dict[str, Any]) -> None:
    case = watched_document(document)
    case["loan"]["collaterals"] = [
        {"kind": "carbon_right", "haircut": 0.5},
        {"kind": "sea_area_right", "value_yuan": 2_000_000, "prior_claims_yuan": 500_000},
    ]
    assert life_of(case).watch[-1].value_yuan == pytest.approx(6_500_000)
    case["loan"]["monitoring"]["count_all"] = False
    assert life_of(case).watch[-1].value_yuan == pytest.approx(5_000_000)


def test_a_right_of_negative_value_is_enforced_and_asks_for_all(document: dict[str, Any]) -> None:
    case = watched_document(document)
    case["loan"]["valuation_basis"] = "net"
    case["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    point = life_of(case).watch[-1]
    assert (point.value_yuan, point.coverage, point.state) == (0.0, 0.0, "enforcement")
    assert point.add_security_yuan == 4_200_000
    assert point.prepay_yuan == 3_000_000


def test_a_value_stays_as_found_where_the_case_has_no_value_to_follow(
    document: dict[str, Any],
) -> None:
    case = watched_document(document, **revalued(value=4_000_000) | {"as_of": "2026-06-30"})
    case["loan"]["valuation_basis"] = "net"
    case["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    assert life_of(case).watch[-1].value_yuan == pytest.approx(4_000_000)


def test_a_loan_that_is_paid_is_discharged(document: dict[str, Any]) -> None:
    paid = [{"day": "2025-06-30", "amount_yuan": 3_800_000}]
    life = life_of(watched_document(document, as_of="2030-04-01", receipts=paid))
    assert life.watch[-1].state == "discharged"
    assert life.watch[-1].coverage is None


def test_a_price_cannot_move_a_case_without_one(document: dict[str, Any]) -> None:
    case = watched_document(document, **revalued(price=50.0))
    case["appraisal"]["price_yuan_t"] = 0
    with pytest.raises(DomainError, match="revaluation_without_price"):
        compute_case(validate(case).case, SinkTables({}))


EVENTS = [
    ({"kind": "low_tonnes", "planned_t": 1000, "actual_t": 799.9}, "open", 0.7999),
    ({"kind": "low_tonnes", "planned_t": 1000, "actual_t": 800}, "noted", 0.8),
    ({"kind": "late_verification"}, "open", None),
    ({"kind": "failed_verification"}, "open", None),
    ({"kind": "buyer_default"}, "open", None),
    ({"kind": "right_revoked"}, "open", None),
    ({"kind": "damage"}, "open", None),
    ({"kind": "methodology_withdrawn"}, "open", None),
    ({"kind": "insurance_lapse"}, "open", None),
    ({"kind": "other"}, "noted", None),
    ({"kind": "damage", "cured_on": "2025-06-13"}, "cured", None),
    ({"kind": "damage", "cured_on": "2025-06-14"}, "open", None),
]


@pytest.mark.parametrize(("event", "state", "share"), EVENTS)
def test_events_trigger_a_call_by_their_kind(
    document: dict[str, Any], event: dict[str, Any], state: str, share: float | None
) -> None:
    case = watched_document(document, as_of="2025-06-13", events=[{"day": "2025-05-30", **event}])
    found = life_of(case).events[0]
    assert found.state == state
    assert found.share == (share if share is None else pytest.approx(share))
    assert found.triggers is (state != "noted")
    # Dragon Boat Festival is on 31 May 2025, its holiday up to Monday 2 June
    assert found.cure_by == (date(2025, 6, 16) if found.triggers else None)


def test_an_event_not_cured_in_time_is_overdue_and_a_later_one_is_not_known(
    document: dict[str, Any],
) -> None:
    events = [{"day": "2025-05-30", "kind": "damage"}, {"day": "2025-06-18", "kind": "damage"}]
    found = life_of(watched_document(document, as_of="2025-06-17", events=events)).events
    assert [(event.position, event.state) for event in found] == [(0, "overdue")]


@pytest.mark.parametrize(
    ("watched", "path", "code"),
    [
        ({"revaluations": [{"day": "2025-05-01"}]}, "revaluations.0.price_yuan_t",
         "revaluation_empty"),
        ({"events": [{"day": "2025-05-01", "kind": "low_tonnes", "actual_t": 1}]},
         "events.0.planned_t", "tonnes_of_event"),
        ({"as_of": "2199-01-01"}, "as_of", "watched_too_long"),
        ({"inspections": [{"day": "2025-03-30"}]}, "inspections.0.day", "before_start"),
    ],
)  # fmt: skip
def test_lines_that_say_too_little_are_refused(
    document: dict[str, Any], watched: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        validate(watched_document(document, **watched))
    problems = [(problem.path, problem.code) for problem in refused.value.problems]
    assert problems == [(f"loan.monitoring.{path}", code)]
