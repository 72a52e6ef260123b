"""Where the lines of Chinese text end."""

from itertools import pairwise

import pytest

from app.reports.line_breaks import line_ends, may_part


def lines(text: str, width: int) -> list[str]:
    """Lines of a text whose signs are one point wide each."""
    ends = [0, *line_ends(text, [1.0] * len(text), lambda _number: float(width))]
    return [text[start:end] for start, end in pairwise(ends)]


def test_a_closing_sign_takes_the_sign_before_it_to_the_next_line() -> None:
    assert lines("按照银发〔2003〕251号文", 9) == ["按照银发", "〔2003〕251", "号文"]
    assert lines("贷款到期，还本付息", 4) == ["贷款到", "期，还本", "付息"]


def test_an_opening_bracket_never_ends_a_line() -> None:
    assert lines("按照规定（草案）办理", 5) == ["按照规定", "（草案）办", "理"]


def test_words_and_numbers_beside_chinese_stay_whole() -> None:
    assert lines("应还金额为1,234,567.89元", 13) == ["应还金额为", "1,234,567.89元"]
    assert lines("贷款 the whole loan", 9) == ["贷款 the ", "whole ", "loan"]


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert lines("0123456789", 4) == ["0123", "4567", "89"]


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [("款", "期", True), ("款", "。", False), ("（", "款", False), ("3", "元", True),
     ("\u00a0", "款", False), (" ", "a", True), ("a", "b", False), ("", "款", True)],
)  # fmt: skip
def test_a_line_ends_between_chinese_signs_and_after_spaces(
    before: str, after: str, may: bool
) -> None:
    assert may_part(before, after) is may
