"""The faces: what they can draw, and the refusal of what they cannot."""

import pytest

from app.finance.errors import DomainError
from app.reports.fonts import CHINESE, LATIN, checked, markup, missing_glyphs


@pytest.mark.parametrize(
    "text",
    [
        "陈堃与王喆",
        "tCO₂e",
        "化学元素𬭸",
        "“引号” 与 ‘quotes’",
        "a\tb\r\nc",
        "−1,250,414.00 ≤ α × √λ",
        "",
    ],
)
def test_names_units_and_formulas_can_be_drawn(text: str) -> None:
    assert missing_glyphs(text) == ""
    assert checked(text) == text


def test_each_missing_character_is_named_once() -> None:
    assert missing_glyphs("𠮷田𠮷\U0001f600") == "\U0001f600𠮷"


def test_a_face_alone_can_be_asked() -> None:
    assert missing_glyphs("堃 a", LATIN) == "堃"
    assert missing_glyphs("堃 a", CHINESE) == ""


def test_what_cannot_be_drawn_is_refused_with_its_path_and_code_point() -> None:
    with pytest.raises(DomainError) as caught:
        checked("𠮷田", "loan.borrower")
    assert caught.value.code == "missing_glyph"
    assert caught.value.facts == {
        "path": "loan.borrower",
        "value": "𠮷田",
        "characters": "𠮷 (U+20BB7)",
    }


def test_an_invisible_character_is_named_by_its_code_point() -> None:
    with pytest.raises(DomainError) as caught:
        checked("a\u200bb")
    assert caught.value.facts["characters"] == "U+200B"


def test_chinese_in_an_english_text_takes_the_chinese_face() -> None:
    assert markup("Chen 堃 & Co", LATIN) == f'Chen <font name="{CHINESE}">堃</font> &amp; Co'


def test_chinese_in_bold_english_stays_bold() -> None:
    assert markup("堃", f"{LATIN}-Bold") == f'<font name="{CHINESE}-Bold">堃</font>'


def test_line_ends_of_any_system_become_one() -> None:
    assert markup("a\r\nb\rc\nd") == "a<br/>b<br/>c<br/>d"


def test_signs_of_markup_are_text() -> None:
    assert markup('<b> & "x"') == '&lt;b&gt; &amp; "x"'
