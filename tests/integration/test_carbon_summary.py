"""The carbon results as text for a terminal."""

import re
from typing import Any

from app.cli.carbon_summary import carbon_lines
from app.cli.columns import columns, width
from app.i18n import translator
from tests.carbon_case import MARKETS, RANGE, account, computed


def printed(document: dict[str, Any], language: str = "en", **more: Any) -> list[str]:
    _, results = computed(document, **more)
    return list(carbon_lines(results, translator(language)))


def test_columns_stand_under_each_other_with_chinese_signs_two_wide() -> None:
    rows = [("碳汇量", "1.00"), ("soil", "12,345.67")]
    first, second = columns(rows)
    assert width(first) == width(second) == 6 + 2 + 9
    assert second == "soil    12,345.67"


def test_method_pools_and_both_years_are_shown() -> None:
    text = "\n".join(printed(account()))
    assert "Method of accounting  yearly tonnes of a report" in text
    assert "First year (2025)  Highest year (2027)  Whole plan" in text
    assert "Credits of the right         68.40%" in text
    assert "547.20" in text


def test_issues_exits_and_range_are_shown() -> None:
    text = "\n".join(printed(account(), found=RANGE))
    assert re.search(r"2027-03-31 +2027-09-30 +2025–2026 +129\.60", text)
    assert "Compliance exits  ✓ National" in text
    assert "10,000 draws from seed 7" in text


def test_the_lack_of_a_compliance_exit_is_said() -> None:
    markets = tuple(answer for answer in MARKETS if answer.market != "National")
    text = "\n".join(printed(account(), markets=markets))
    assert "Compliance exits  ■ None: no compliance market takes these credits." in text


def test_nothing_unknown_is_printed_as_none() -> None:
    document = account()
    del document["project"]["site_area_ha"]
    document["project"]["sites"] = []
    text = "\n".join(printed(document, markets=()))
    assert "None" not in text
    assert "Area" not in text
