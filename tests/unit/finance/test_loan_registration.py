"""The registration of the pledge: terms, state, alarms, and the text that describes it."""

import copy
import re
from datetime import date
from typing import Any

import pytest

from app.finance.engine import compute_case
from app.finance.lending.description import SENTENCES
from app.finance.lending.life_results import RegistrationResult
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate

INITIAL = {"day": "2025-03-28", "kind": "initial", "number": "08210001", "months": 24}


def registered(
    document: dict[str, Any],
    history: list[dict[str, Any]] | None = None,
    *,
    as_of: str | None = None,
    discharged: str | None = None,
    loan: dict[str, Any] | None = None,
    **record: Any,
) -> RegistrationResult:
    """Return the record of the sample loan with a history."""
    document = copy.deepcopy(document)
    entered = {"category": "receivable", "history": history or [], **record}
    document["loan"].update(loan or {}, registration=entered)
    watch = {name: day for name, day in (("as_of", as_of), ("discharged_on", discharged)) if day}
    if watch:
        document["loan"]["monitoring"] = {**watch, "overdue_multiple": 1.5}
    results = compute_case(validate(document).case, SinkTables({})).loan
    assert results is not None
    assert results.registration is not None
    return results.registration


@pytest.mark.parametrize(
    ("day", "months", "last_day"),
    [
        ("2025-03-28", 24, date(2027, 3, 28)),
        ("2023-12-31", 2, date(2024, 2, 29)),
        ("2024-01-31", 1, date(2024, 2, 29)),
        ("2024-02-29", 360, date(2054, 2, 28)),
    ],
)
def test_a_term_ends_on_the_same_day_of_its_last_month_or_on_the_last_one(
    day: str, months: int, last_day: date, document: dict[str, Any]
) -> None:
    found = registered(document, [{"day": day, "kind": "initial", "months": months}])
    assert found.history[0].ends == last_day
    assert found.ends == last_day


def test_an_extension_adds_its_months_to_the_end_of_the_term(document: dict[str, Any]) -> None:
    extension = {"day": "2027-02-01", "kind": "extension", "number": "08210002", "months": 12}
    found = registered(document, [INITIAL, extension])
    assert [line.ends for line in found.history] == [date(2027, 3, 28), date(2028, 3, 28)]
    assert found.history[1].extends == date(2027, 3, 28)
    assert (found.ends, found.number) == (date(2028, 3, 28), "08210002")


def test_an_extension_after_the_end_revives_nothing(document: dict[str, Any]) -> None:
    late = {"day": "2027-03-29", "kind": "extension", "months": 12}
    found = registered(document, [INITIAL, late], as_of="2027-04-01")
    assert found.history[1].ends is None
    assert (found.state, found.ends) == ("expired", date(2027, 3, 28))
    on_the_day = registered(document, [INITIAL, {**late, "day": "2027-03-28"}])
    assert on_the_day.ends == date(2028, 3, 28)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (None, "active"),
        ("2027-03-28", "active"),
        ("2027-03-29", "expired"),
        ("2027-04-01", "active"),
        ("2029-06-29", "active"),
        ("2029-06-30", "cancelled"),
    ],
)
def test_the_state_is_that_of_the_day_watched(
    as_of: str | None, state: str, document: dict[str, Any]
) -> None:
    anew = {"day": "2027-04-01", "kind": "initial", "number": "08210009", "months": 60}
    gone = {"day": "2029-06-30", "kind": "cancellation"}
    assert registered(document, [INITIAL, anew, gone], as_of=as_of).state == state


def test_without_a_history_number_and_end_of_the_loan_count(document: dict[str, Any]) -> None:
    loan = {"registration_no": "08210001", "registration_end": "2027-06-30"}
    found = registered(document, loan=loan)
    assert (found.state, found.number, found.ends) == ("active", "08210001", date(2027, 6, 30))
    assert registered(document, loan=loan, as_of="2027-07-01").state == "expired"
    assert registered(document).state == "none"


def test_a_registration_after_drawdown_does_not_run_at_drawdown(document: dict[str, Any]) -> None:
    found = registered(document, [{**INITIAL, "day": "2025-04-02"}])
    assert (found.state, found.number) == ("none", "08210001")


def test_added_collateral_is_a_registration_of_its_own_and_the_first_end_counts(
    document: dict[str, Any],
) -> None:
    added = {"day": "2026-01-15", "kind": "initial", "number": "08210005", "months": 36}
    found = registered(document, [INITIAL, added], as_of="2026-02-01")
    assert found.ends == date(2027, 3, 28)
    longer = {"day": "2026-02-01", "kind": "extension", "number": "08210001", "months": 36}
    both = registered(document, [INITIAL, added, longer], as_of="2026-02-01")
    assert both.ends == date(2029, 1, 15)


def test_alarms_ring_90_30_and_7_days_before_the_end(document: dict[str, Any]) -> None:
    found = registered(document, [INITIAL])
    assert found.alarms == (
        (90, date(2026, 12, 28)),
        (30, date(2027, 2, 26)),
        (7, date(2027, 3, 21)),
    )


def test_the_registration_should_outlast_maturity_by_the_tail(document: dict[str, Any]) -> None:
    loan = {"registration_tail_months": 24}
    assert registered(document, [INITIAL]).required_end == date(2026, 3, 31)
    assert registered(document, [INITIAL], loan=loan).required_end == date(2028, 3, 31)


def test_cancellation_is_due_ten_working_days_after_discharge_holidays_left_out(
    document: dict[str, Any],
) -> None:
    """National Day 2025 is free from 1 to 8 October; Saturday 11 October is worked."""
    found = registered(document, [INITIAL], as_of="2025-10-08", discharged="2025-09-30")
    assert found.cancel_by == date(2025, 10, 21)


def test_a_renamed_pledgor_is_amended_within_four_months(document: dict[str, Any]) -> None:
    assert registered(document, pledgor_renamed_on="2025-10-31").amend_by == date(2026, 2, 28)


def test_what_the_system_asks_for_and_nobody_entered_is_named(document: dict[str, Any]) -> None:
    found = {path.rpartition(".")[2] for path in registered(document).missing}
    assert {"secured_party", "secured_code", "pledgor", "pledgor_address", "history"} <= found
    assert "description" not in found
    names = ("secured_code", "secured_institution_code", "secured_representative")
    filled = dict.fromkeys((*names, "secured_address", "pledgor_code"), "x")
    filled |= {"pledgor_representative": "x", "pledgor_address": "x"}
    loan = {"lender": "Bank", "borrower": "Farm"}
    assert registered(document, [INITIAL], loan=loan, **filled).missing == ()


FULL: dict[str, Any] = {
    "registry": "CCER 登记簿 2025-014",
    "sea_area_certificate": "国海证2015B32098100345号",
    "first_vintage": 2025,
    "last_vintage": 2025,
    "pledge_contract_no": "ZY2025-03",
    "sale_contract_no": "TH2025-8，某能源公司",
    "report_no": "评报字〔2025〕第12号",
}


def test_the_description_says_what_is_pledged_and_where_the_money_goes(
    document: dict[str, Any],
) -> None:
    document["project"].update(
        name="东台滩涂",
        place="江苏东台",
        methodology="养殖碳汇核算方法",
        site_area_ha=1200.5,
        sites=[{"name": "a", "latitude": 32.85, "longitude": 120.95}],
    )
    loan = {
        "specified_account": "1109000123",
        "account_bank": "某银行东台支行",
        "contract_no": "JK2025-01",
        "collaterals": [{"kind": "carbon_right", "pledged_share": 0.8}],
    }
    assert registered(document, loan=loan, **FULL).description_zh == (
        "担保财产：“东台滩涂”项目的碳汇收益权，即因销售碳汇减排量而享有的现有的以及将有的"
        "金钱债权（应收账款），碳汇载体为贝类，位于江苏东台。"
        "登记平台及项目编号：CCER 登记簿 2025-014，方法学：养殖碳汇核算方法。"
        "海域使用权证书：国海证2015B32098100345号，项目面积为1,200.5公顷，"
        "中心点经度、纬度：120.9500、32.8500。"
        "担保所涉碳汇的产生年份为2025年，数量为10,003.31吨二氧化碳当量，"
        "担保比例为该项权利的80%。"
        "销售合同及购买方：TH2025-8，某能源公司。"
        "收款特定账户账号：1109000123，开户银行：某银行东台支行。"
        "评估报告：评报字〔2025〕第12号，评估基准日为2025年3月31日，价值为人民币1,250,414.00元。"
        "借款合同编号：JK2025-01，质押合同编号：ZY2025-03。"
    )


def test_what_nobody_entered_leaves_no_gap_in_the_description(document: dict[str, Any]) -> None:
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    text = registered(document, loan={"valuation_basis": "net"}).description_zh
    assert text == (
        "担保财产：“Dongtai tidal flat”项目的碳汇收益权，即因销售碳汇减排量而享有的现有的"
        "以及将有的金钱债权（应收账款），碳汇载体为贝类。"
        "担保所涉碳汇的产生年份为2025年，数量为12,504.14吨二氧化碳当量，"
        "担保比例为该项权利的100%。"
        "评估基准日为2025年3月31日。"
    )
    assert not re.search(r"[{}]|，，|：[，。]|。。", text)


def test_an_own_description_goes_before_the_written_one(document: dict[str, Any]) -> None:
    assert registered(document, description="碳汇收益权").description_zh == "碳汇收益权"


def test_each_clause_of_the_description_stands_on_its_own() -> None:
    for clause in (clause for clauses in SENTENCES for clause in clauses):
        assert re.search(r"\{\w+\}", clause), clause
        assert not clause.endswith(("，", "。")), clause
