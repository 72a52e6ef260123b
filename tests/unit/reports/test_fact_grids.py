"""Tables of facts on the page: wide enough for their figures, in one table where they can be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.reports.document import Grid, Words
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactCell, FactHead, FactTable, words, yuan
from app.reports.fonts import CHINESE, register_fonts
from app.reports.styles import DENSE_SIZE, LINE_WIDTH, TABLE_SIZE

_PADDING = 4.0


def table(figures: list[float], *, columns: int, totals: bool = False) -> FactTable:
    """Lines of one name and some columns of money, the same amount in each."""
    heads = (
        FactHead("Collateral", numeric=False),
        *(FactHead("Balance", "yuan") for _ in range(columns)),
    )
    rows = tuple(
        (words("carbon-sink income right"), *(yuan(figure) for _ in range(columns)))
        for figure in figures
    )
    sums = (words("Total"), *(yuan(sum(figures)) for _ in range(columns))) if totals else ()
    return FactTable(heads, rows, sums)


def room_of(grid: Grid, place: int) -> float:
    return grid.columns[place].share * LINE_WIDTH - _PADDING


@pytest.mark.parametrize("language", ["zh", "en", "both"])
@settings(max_examples=60, deadline=None)
@given(
    amounts=st.lists(st.floats(-1e11, 1e11), min_size=1, max_size=4),
    columns=st.integers(1, 14),
)
def test_no_figure_is_wider_than_its_column(
    language: str, amounts: list[float], columns: int
) -> None:
    register_fonts()
    for grid in grids(Words(language), table(amounts, columns=columns, totals=True)):
        size = DENSE_SIZE if grid.dense else TABLE_SIZE
        assert sum(column.share for column in grid.columns) == pytest.approx(1)
        for row in grid.rows:
            for place, cell in enumerate(row):
                if cell.figure:
                    text = cell.text.leading
                    assert stringWidth(text, f"{CHINESE}-Bold", size) <= room_of(grid, place)


def test_a_table_is_set_smaller_before_it_is_divided() -> None:
    found = {count: list(grids(Words("en"), table([2e7], columns=count))) for count in (3, 8, 14)}
    assert [(len(parts), parts[0].dense) for parts in found.values()] == [
        (1, False), (1, True), (2, False),
    ]  # fmt: skip
    first, second = found[14]
    assert first.rows[0][0] == second.rows[0][0]
    assert len(first.columns) + len(second.columns) == 14 + 2


def test_the_name_of_the_sums_runs_on_over_columns_that_name_a_line() -> None:
    heads = (FactHead("No.", numeric=False), FactHead("Due", numeric=False), FactHead("Payment"))
    rows = ((FactCell("1"), FactCell("2025-04-30"), FactCell("5.00")),)
    sums = (words("Total"), FactCell(), FactCell("5.00"))
    (grid,) = grids(Words("both"), FactTable(heads, rows, sums, keys=2))
    assert grid.rows[-1][0].span == 2
    assert grid.rows[-1][0].strong
    assert grid.total


def test_lines_that_stand_out_are_tinted_by_what_they_mean() -> None:
    marked = FactTable((FactHead("Payment"),), ((FactCell("1.00"),),) * 3, marked=(1,))
    (binding,), (failing,) = grids(Words("en"), marked), grids(Words("en"), marked, failing=True)
    assert (binding.bands, binding.failing) == (frozenset({1}), frozenset())
    assert (failing.bands, failing.failing) == (frozenset(), frozenset({1}))


def test_words_among_figures_stand_right() -> None:
    heads = (FactHead("Day", numeric=False), FactHead("Amount", "yuan"))
    (grid,) = grids(Words("en"), FactTable(heads, ((FactCell("1"), words("not entered")),)))
    assert grid.rows[0][1].right
    assert not grid.rows[0][1].figure


def test_a_name_somebody_entered_is_printed_once_beside_two_languages() -> None:
    found = words("{kind}: {name}", kind="carbon-sink income right", name="海带 Kelp")
    heads = (FactHead("Collateral", numeric=False),)
    (grid,) = grids(Words("both"), FactTable(heads, ((found,),)))
    first, second = grid.rows[0][0].text.lines
    assert first.endswith("海带 Kelp")
    assert second == "carbon-sink income right"
