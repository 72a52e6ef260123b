"""Amounts in Chinese capitals, against the examples of 支付结算办法, annex 1, and bank practice."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.errors import DomainError
from app.reports.chinese_numerals import capital_amount


@pytest.mark.parametrize(
    ("yuan", "capitals"),
    [
        # the examples of the annex
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # whole amounts
        ("20000000", "贰仟万元整"),
        ("0", "零元整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("15", "壹拾伍元整"),
        ("105", "壹佰零伍元整"),
        ("1005", "壹仟零伍元整"),
        ("10005", "壹万零伍元整"),
        ("100005", "壹拾万零伍元整"),
        ("1010", "壹仟零壹拾元整"),
        ("10010", "壹万零壹拾元整"),
        ("20100000", "贰仟零壹拾万元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000001000000", "壹万亿零壹佰万元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("1250414", "壹佰贰拾伍万零肆佰壹拾肆元整"),
        ("1000010000000", "壹万亿壹仟万元整"),
        ("9999999999999999.99",
         "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        # jiao and fen
        ("0.50", "伍角整"),
        ("0.05", "伍分"),
        ("0.55", "伍角伍分"),
        ("20.50", "贰拾元零伍角整"),
        ("3.05", "叁元零伍分"),
        ("100000.01", "壹拾万元零壹分"),
        # below zero, and rounding half-up to the fen
        ("-1409.50", "负壹仟肆佰零玖元伍角整"),
        ("-3.10", "负叁元壹角整"),
        ("0.005", "壹分"),
        ("-0.001", "零元整"),
    ],
)  # fmt: skip
def test_an_amount_is_written_as_the_rules_of_settlement_ask(yuan: str, capitals: str) -> None:
    assert capital_amount(Decimal(yuan)) == capitals


def test_an_amount_of_ten_to_the_sixteenth_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        capital_amount(Decimal(10) ** 16)
    assert caught.value.code == "amount_too_large"


def _section(text: str) -> int:
    """Value of a run below ten thousand, read digit by digit."""
    value = 0
    digit = 0
    for sign in text:
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        else:
            value += digit * {"拾": 10, "佰": 100, "仟": 1000}[sign]
            digit = 0
    return value + digit


def _whole(text: str) -> int:
    high, mark, low = text.rpartition("亿")
    if mark:
        return _whole(high) * 10**8 + _whole(low)
    high, mark, low = text.rpartition("万")
    return (_section(high) * 10**4 if mark else 0) + _section(low)


def _read(text: str) -> Decimal:
    found = re.fullmatch(r"(负?)(?:(.*)元)?零?(?:(.)角)?零?(?:(.)分)?整?", text)
    assert found is not None
    sign, whole, jiao, fen = found.groups()
    cents = _whole(whole or "") * 100 + _section(jiao or "") * 10 + _section(fen or "")
    return Decimal(-cents if sign else cents) / 100


@given(st.decimals(min_value=-(10**16) + 1, max_value=10**16 - 1, places=2))
def test_capitals_read_back_are_the_amount(amount: Decimal) -> None:
    text = capital_amount(amount)
    assert _read(text) == amount
    assert "零零" not in text
    assert text.endswith(("整", "分"))
