"""Numbers, units, dates of the reference data and first letters, as a person reads them."""

import pytest

from app.formats import dates, money, number, percent, plain, quantity, sentence
from app.i18n import translator


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("-", "–", "–"),
        ("", "–", "–"),
        ("2026-03", "2026-03", "2026-03"),
        ("2021-2025", "2021–2025", "2021–2025"),
        ("2024, 2023", "2024, 2023", "2024、2023"),
        ("2023-05 / 2024-01", "2023-05, 2024-01", "2023-05、2024-01"),
        ("2022-01-19 to 2032-03-31", "2022-01-19 to 2032-03-31", "2022-01-19至2032-03-31"),
    ],
)
def test_dates_are_read_in_both_languages(text: str, english: str, chinese: str) -> None:
    assert dates(text, translator("en")) == english
    assert dates(text, translator("zh")) == chinese


def test_a_line_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert sentence("soil in pH") == "Soil in pH"
    assert sentence("CO₂ given off") == "CO₂ given off"
    assert sentence("") == ""


def test_what_rounds_to_zero_has_no_minus_sign() -> None:
    assert number(-0.0004) == "0.00"
    assert number(-0.0004, 4) == "−0.0004"
    assert money(-0.004) == "0.00"
    assert percent(-0.00001) == "0.00%"
    assert plain(-0.0) == "0"
    assert plain(-1e-9) == "−1e−09"
    assert number(-10.0, 0) == "−10"


def test_one_of_a_unit_is_named_in_the_singular() -> None:
    english, chinese = translator("en"), translator("zh")
    assert quantity(1, "month", english) == "1 month"
    assert quantity(12.0, "month", english) == "12 months"
    assert quantity(1.0, "day", english) == "1 day"
    assert quantity(12, "month", chinese) == "12 个月"
