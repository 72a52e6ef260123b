"""The register of methods and the market page, as the officer sees them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.finance.sink.eligibility import SinkKind
from app.i18n import set_language
from app.reference.tables import load_reference
from app.views.main_window import MainWindow
from app.views.pages.market_page import MarketPage
from app.views.pages.methods_page import MethodsPage
from app.views.widgets.reference_tables import LEAST


@pytest.fixture
def page(qtbot: QtBot) -> MethodsPage:
    made = MethodsPage(load_reference())
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    return made


@pytest.fixture
def market(qtbot: QtBot) -> MarketPage:
    made = MarketPage(load_reference())
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    return made


def names(page: MethodsPage) -> list[str]:
    records = page.table.records
    return [records.record(row).key for row in range(records.rowCount())]


def test_the_first_method_is_shown_at_once(page: MethodsPage) -> None:
    assert len(names(page)) == len(load_reference().methods)
    assert "HY/T 0305-2021" in page.details.toPlainText()


def test_the_arrow_keys_go_from_method_to_method(page: MethodsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert "measured burial in sediment" in page.details.toPlainText()


def test_the_filter_searches_the_details_and_keeps_the_chosen_method(
    page: MethodsPage, qtbot: QtBot
) -> None:
    page.show_method("vm0033")
    qtbot.keyClicks(page.filter, "allochthonous")
    assert "vm0033" in names(page)
    assert "hyt_0305" not in names(page)
    assert [row.key for row in page.table.selected()] == ["vm0033"]


def test_a_filter_that_finds_nothing_says_so_and_offers_nothing(page: MethodsPage) -> None:
    page.filter.setText("zzz")
    assert page.list.currentIndex() == 1
    assert page.details.toPlainText() == ""
    assert not page.start.isEnabled()
    assert not page.copy.isEnabled()
    page.filter.clear()
    assert page.start.isEnabled()
    assert page.details.toPlainText()


def test_find_goes_to_the_filter_and_the_arrow_back_to_the_list(
    page: MethodsPage, qtbot: QtBot
) -> None:
    page.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filter.hasFocus()
    qtbot.keyClick(page.filter, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_escape_empties_the_filter(page: MethodsPage, qtbot: QtBot) -> None:
    page.filter.setText("vm0033")
    qtbot.keyClick(page.filter, Qt.Key.Key_Escape)
    assert page.filter.text() == ""


def test_sorting_keeps_the_chosen_method(page: MethodsPage) -> None:
    page.show_method("vm0033")
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row.key for row in page.table.selected()] == ["vm0033"]


def test_the_details_are_copied_as_text(page: MethodsPage, qtbot: QtBot) -> None:
    page.show_method("ar_am0014")
    with qtbot.waitSignal(page.told):
        page.copy.click()
    assert "equation 4" in QGuiApplication.clipboard().text()


def test_the_page_speaks_chinese(qtbot: QtBot) -> None:
    set_language("zh")
    page = MethodsPage(load_reference())
    qtbot.addWidget(page)
    assert "养殖大型藻类和双壳贝类碳汇计量方法" in page.details.toPlainText()


def test_a_case_is_opened_under_the_chosen_method(window: MainWindow) -> None:
    window.show_page("methods")
    page = window.stack.currentWidget()
    assert isinstance(page, MethodsPage)
    page.show_method("ccer_14_003")
    page.start.click()
    case = window.current_case()
    assert case is not None
    assert case.document["project"]["quantity_method"] == "ccer_14_003"
    assert case.document["project"]["ecosystem"] == "salt_marsh"
    assert case.document["project"]["methodology"] == "CCER-14-003-V01, planted salt marsh"
    window.close_case(case)
    assert window.cases() == []


def test_each_market_answers_for_every_kind_of_sink(market: MarketPage) -> None:
    records = market.markets.table.records
    assert records.columnCount() == 1 + len(SinkKind) + 1
    assert records.rowCount() == len(load_reference().markets)
    cells = [str(records.index(0, column).data()) for column in range(1, 1 + len(SinkKind))]
    assert cells[:4] == ["✓ yes", "× no", "✓ yes", "✓ yes"]


def test_a_cell_tells_its_condition_under_the_pointer(market: MarketPage) -> None:
    records = market.markets.table.records
    tip = records.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "vegetation cover below 5%" in tip


def test_the_chosen_market_is_described_below_the_table(market: MarketPage, qtbot: QtBot) -> None:
    assert "CCER-14-002-V01 (2023)" in market.details.toPlainText()
    qtbot.keyClick(market.markets.table, Qt.Key.Key_Down)
    text = market.details.toPlainText()
    assert "Guangdong mangrove carbon-inclusion method (2023)" in text
    assert "projects in Guangdong" in text


def test_one_filter_serves_every_table(market: MarketPage) -> None:
    market.filter.setText("zzz")
    assert market.details.toPlainText() == ""
    assert all(table.table.records.rowCount() == 0 for table in market.tables)
    found = {market.tabs.tabText(at): table.table.records for at, table in enumerate(market.tables)}
    market.filter.setText("Futian")
    assert found["Projects to compare"].rowCount() == 1
    market.filter.setText("Dongtai Postal")
    assert found["Published loans"].rowCount() == 1
    market.filter.setText("Quintana 2019")
    assert found["Covers placed"].rowCount() == 2
    market.filter.setText("Gaemi")
    assert found["Payouts"].rowCount() == 1
    market.filter.setText("mangrove proposal")
    assert found["Damage curves"].rowCount() == 3
    market.filter.clear()
    assert market.details.toPlainText()


def test_answers_sort_from_open_to_closed(market: MarketPage) -> None:
    table = market.markets.table
    table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
    cells = [str(table.records.index(row, 5).data()) for row in range(table.records.rowCount())]
    assert cells[0] == "✓ yes"
    assert cells[-1] == "× no"


def test_the_tree_equations_are_written_out(market: MarketPage) -> None:
    records = market.tables[2].table.records
    assert records.index(0, 2).data() == "m = 0.251 × ρ × D^2.46"
    assert [market.tabs.tabText(at) for at in range(market.tabs.count())][2] == "Tree equations"


@pytest.mark.parametrize("width", [1080, 1900])
def test_wide_columns_of_reference_tables_can_be_read_and_use_the_window(
    market: MarketPage, qtbot: QtBot, width: int
) -> None:
    market.resize(width, 700)
    for at, table in enumerate(market.tables):
        market.tabs.setCurrentWidget(table)
        qtbot.wait(5)
        header = table.table.horizontalHeader()
        columns = header.count()
        assert all(header.sectionSize(column) >= 40 for column in range(columns)), at
        if table.wide:
            assert all(header.sectionSize(column) >= LEAST for column in table.wide), at
            assert header.length() >= table.table.viewport().width() - 2, at
