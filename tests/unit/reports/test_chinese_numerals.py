"""Amounts in Chinese capitals, with the examples of the settlement rules."""

from decimal import Decimal

import pytest

from app.finance.errors import DomainError
from app.reports.chinese_numerals import capital_amount


@pytest.mark.parametrize(
    ("yuan", "capitals"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("20000000", "贰仟万元整"),
        ("1250414", "壹佰贰拾伍万零肆佰壹拾肆元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("-3.10", "负叁元壹角整"),
    ],
)
def test_an_amount_in_capitals(yuan: str, capitals: str) -> None:
    assert capital_amount(Decimal(yuan)) == capitals


def test_an_amount_beyond_all_reason_is_refused() -> None:
    with pytest.raises(DomainError):
        capital_amount(Decimal(10) ** 16)
