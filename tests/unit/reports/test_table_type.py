"""How tables stand on paper: decimals in line, rows together, heads repeated, room to write in."""

from datetime import date
from itertools import pairwise

import pypdfium2
import pytest

from app.reports.document import (
    NOTHING,
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Grid,
    Signature,
    Signatures,
    Text,
    free,
)
from app.reports.pdf import draw
from tests.pdf_text import page_texts

DAY = date(2026, 11, 21)


def printed(*blocks: Block) -> bytes:
    document = Document(
        title=free("Tables"),
        subject="subject",
        watermark=(),
        header=("house", "number"),
        footer=("foot",),
        page_label=("{page}/{pages}",),
        language="en",
        blocks=blocks,
        step_numbers={},
    )
    return draw(document, issued_on=DAY)


def figure(text: str) -> Cell:
    return Cell(free(text), figure=True)


def table(figures: list[str], *, total: bool = False, share: float = 0.4) -> Grid:
    columns = (Column(free("Name"), 0.4), Column(free("Amount (yuan)"), share, numeric=True))
    rows = tuple((Cell(free(f"row {n}")), figure(text)) for n, text in enumerate(figures))
    return Grid(columns, rows, total=total)


def ends(data: bytes, figures: list[str]) -> list[float]:
    """Where the whole part of each figure ends, from left, in points."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        page = document[0].get_textpage()
        for text in figures:
            start, _count = page.search(text, match_case=True).get_next()
            digits = text.partition(".")[0].rstrip(")%")
            found.append(page.get_charbox(start + len(digits) - 1)[2])
    return found


def test_decimal_points_stand_in_line_whatever_follows_them() -> None:
    figures = ["1,234.51", "(7,654.32)", "12.5", "0.125", "8.25%", "(9)"]
    places = ends(printed(table(figures)), figures)
    assert max(places) - min(places) < 0.6


def test_a_closing_parenthesis_hangs_outside_the_figures() -> None:
    figures = ["(1,234.50)", "8,765.40"]
    data = printed(table(figures))
    assert ends(data, figures)[0] == pytest.approx(ends(data, figures)[1], abs=0.6)
    facts = tuple(Fact(free("Net"), free(text), figure=True) for text in figures)
    left = printed(Facts((facts[0], Fact(free("-"), free("x")), facts[1])))
    assert ends(left, figures)[0] == pytest.approx(ends(left, figures)[1], abs=0.6)


def test_a_column_too_narrow_for_it_keeps_its_figures_at_the_end() -> None:
    figures = ["123,456,789,012.00", "1.2345678"]
    data = printed(table(figures, share=0.15))
    with pypdfium2.PdfDocument(data) as document:
        page = document[0].get_textpage()
        found = [page.search(text).get_next() for text in figures]
        right = [page.get_charbox(start + count - 1)[2] for start, count in found]
    assert right[0] == pytest.approx(right[1], abs=0.6)


@pytest.mark.parametrize("count", range(40, 52))
def test_no_row_stands_alone_on_a_page_and_heads_are_repeated(count: int) -> None:
    pages = page_texts(printed(table([f"{n}.00" for n in range(count)], total=True)))
    for page in pages:
        assert "Amount (yuan)" in page
        assert page.count("row ") >= 2
    if len(pages) > 1:
        assert pages[-1].count("row ") >= 3


def test_rows_to_write_in_are_nine_millimetres_high() -> None:
    columns = (Column(free("Member"), 0.5), Column(free("Vote"), 0.5))
    rows = tuple((Cell(free(f"row {n}")), Cell(NOTHING)) for n in range(3))
    with pypdfium2.PdfDocument(printed(Grid(columns, rows, roomy=True))) as document:
        page = document[0].get_textpage()
        lows = [page.get_charbox(page.search(f"row {n}").get_next()[0])[1] for n in range(3)]
    millimetres = [(high - low) * 25.4 / 72 for high, low in pairwise(lows)]
    assert all(8.5 <= height <= 10 for height in millimetres)


@pytest.mark.parametrize("count", [1, 3, 4, 8])
def test_who_signs_stands_beside_the_room_for_the_seal(count: int) -> None:
    signers = tuple(Signature(free(f"Role {n}"), "", "") for n in range(count))
    block = Signatures(
        signers, free("Signature"), free("Date"), free("Not binding."), seal=Text(("盖章", "Seal"))
    )
    (text,) = page_texts(printed(block))
    assert "Seal" in text
    assert text.count("Role ") == count
