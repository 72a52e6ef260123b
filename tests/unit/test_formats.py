"""Dates of the reference data and first letters, as a person reads them."""

import pytest

from app.formats import dates, sentence
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
