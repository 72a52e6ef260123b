"""The market book: filtering, adding, deleting, importing, charts, series, alerts."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.services.market_desk import MarketDesk
from app.services.workbench import Workbench
from app.views.dialogs.line_dialog import LineDialog
from app.views.dialogs.market_import_dialog import MarketImportDialog
from app.views.dialogs.market_record_dialog import (
    DealDialog,
    PointDialog,
    RateDialog,
)
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.navigation import PAGES
from app.views.pages.market_book_page import (
    ALERTS,
    CHARTS,
    DEALS,
    RATES,
    SERIES,
    MarketBookPage,
)
from app.views.widgets.market_deal_html import deal_html, linked
from app.views.widgets.market_words import counts_in_centre

Preview = Callable[..., MarketImportDialog]

OWN = {
    "day": "2025-05-01",
    "place": "Beihai",
    "ecosystem": "mangrove",
    "price": 88.0,
    "volume_t": 1234.5,
    "note": "read in the contract",
}


def child(owner: QWidget, kind: type, name: str) -> Any:
    found = owner.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.fixture
def desk(workbench: Workbench) -> MarketDesk:
    return workbench.market


@pytest.fixture
def page(qtbot: QtBot, desk: MarketDesk, jobs: Jobs) -> MarketBookPage:
    desk.add_record(**OWN)
    made = MarketBookPage(desk, jobs)
    qtbot.addWidget(made)
    made.refresh()
    made.resize(1094, 740)
    made.show()
    return made


def places(page: MarketBookPage) -> list[str]:
    return [record.place for record in page.deals._shown()]


# ------------------------------------------------------------------------------------- deals


def test_the_book_shows_shipped_and_own_deals_newest_first(page: MarketBookPage) -> None:
    days = [record.day for record in page.deals._shown()]
    assert days == sorted(days, reverse=True)
    assert "Beihai" in places(page)
    assert len(days) == len(page._desk.records()) > 40
    assert "1 of them entered here" in child(page, QLabel, "market.count").text()


def test_words_search_note_and_source_too(page: MarketBookPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.deals.filter.words, "contract beihai")
    assert places(page) == ["Beihai"]
    assert "1 price, 88 a tonne" in child(page, QLabel, "deals.count").text()


def test_ticked_tags_of_one_kind_widen_and_of_two_kinds_narrow(page: MarketBookPage) -> None:
    filters = page.deals.filter
    filters.tag("ecosystem").choose(["mangrove", "seagrass"])
    both = page.deals._shown()
    assert {str(r.ecosystem) for r in both} == {"mangrove", "seagrass"}
    filters.tag("method").choose(["auction"])
    narrowed = page.deals._shown()
    assert 0 < len(narrowed) < len(both)
    assert {str(record.method) for record in narrowed} == {"auction"}
    assert filters.tag("ecosystem").text() == "Ecosystem: 2 chosen ▾"
    child(page.deals, QPushButton, "filter.all").click()
    assert len(page.deals._shown()) == len(page._desk.records())


def test_an_entry_of_a_tag_is_ticked_without_closing_its_menu(page: MarketBookPage) -> None:
    menu = page.deals.filter.tag("currency").menu()
    menu.popup(page.mapToGlobal(page.rect().center()))
    action = next(a for a in menu.actions() if a.data() == "USD")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert action.isChecked()
    assert menu.isVisible()
    assert {record.currency for record in page.deals._shown()} == {"USD"}
    menu.close()


def test_words_that_nothing_holds_leave_a_sentence(page: MarketBookPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.deals.filter.words, "no such deal")
    assert page.deals._empty.isVisible()
    assert page.deals._empty.text() == "No deal holds all of these words and tags."
    assert page.deals.details.toPlainText() == ""


def test_details_say_how_a_price_counts(page: MarketBookPage) -> None:
    court = next(r for r in page._desk.records() if r.method == "court" and r.price)
    page.show_record(court.record_id)
    said = page.deals.details.toPlainText()
    assert "upper bound" in said
    assert "Shipped with the program" in said
    page.show_record(next(r for r in page._desk.records() if not r.shipped).record_id)
    said = page.deals.details.toPlainText()
    assert "It can stand in the centre" in said
    assert "read in the contract" in said


def test_details_escape_what_was_typed_and_link_addresses() -> None:
    assert linked("<b> & https://example.org/a?b=1&c=2; end") == (
        '&lt;b&gt; &amp; <a class="more" href="https://example.org/a?b=1&amp;c=2">'
        "https://example.org/a?b=1&amp;c=2</a>; end"
    )


def test_every_shipped_deal_can_be_shown_in_both_languages(desk: MarketDesk) -> None:
    for language in ("zh", "en"):
        set_language(language)
        for record in desk.records():
            assert "<h2>" in deal_html(record)
    assert "湛江" in "".join(record.said("place", "zh") for record in desk.records())


def test_shipped_deals_stay_and_own_ones_go_after_a_question(page: MarketBookPage) -> None:
    page.deals.table.selectRow(0)
    assert page.deals.own_ids() == []
    assert not page.deals.delete.isEnabled()
    own = next(record for record in page._desk.records() if not record.shipped)
    page.show_record(own.record_id)
    page.deals.delete.click()
    box = child(page, QMessageBox, "market.confirm")
    assert "cannot be undone" in box.text()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert "Beihai" in places(page)
    QTest.keyClick(page.deals.table, Qt.Key.Key_Delete)
    boxes = [b for b in page.findChildren(QMessageBox, "market.confirm") if b.isVisible()]
    child(boxes[-1], QPushButton, "market.confirm.delete").click()
    assert "Beihai" not in places(page)
    assert page._desk.record(own.record_id) is None


def test_the_tables_keep_qts_rules(page: MarketBookPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.deals.table.records)


def test_prices_sort_by_currency_and_number(page: MarketBookPage) -> None:
    page.deals.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    shown = [r for r in page.deals._shown() if r.price is not None]
    assert [(r.currency, r.price) for r in shown] == sorted((r.currency, r.price) for r in shown)
    assert page.deals._shown()[-1].price is None


# ------------------------------------------------------------------------------------ adding


def test_a_deal_is_entered_and_shown(page: MarketBookPage, qtbot: QtBot) -> None:
    page.add_deal()
    dialog = child(page, DealDialog, "market.line")
    dialog.fill({"day": "2025-06-30", "place": "Xiapu", "ecosystem": "macroalgae", "price": 40})
    with qtbot.waitSignal(page.told):
        dialog.take.click()
    chosen = page.deals.table.selected()[0]
    assert (chosen.place, chosen.price, str(chosen.ecosystem)) == ("Xiapu", 40, "macroalgae")
    assert str(chosen.method) == "agreement"


def test_a_refused_deal_stays_on_the_screen_with_what_is_expected(page: MarketBookPage) -> None:
    page.add_deal()
    dialog = child(page, LineDialog, "market.line")
    dialog.fill({"price": -3, "place": "Xiapu"})
    dialog.take.click()
    assert dialog.isVisible()
    assert dialog.problems["day"].text() == "Expected: a value"
    assert dialog.problems["price"].isVisible()
    dialog.fill({"day": "2025-06-30"})
    assert not dialog.problems["day"].isVisible()
    dialog.fill({"price": 3})
    dialog.take.click()
    assert not dialog.isVisible()


def test_the_form_of_a_deal_shows_the_defaults_that_count(qtbot: QtBot, desk: MarketDesk) -> None:
    dialog = DealDialog(desk)
    qtbot.addWidget(dialog)
    shown = {
        name: editor.focus_widget.currentData()
        for name, editor in dialog.editors.items()
        if isinstance(editor.focus_widget, QComboBox)
    }
    assert shown["ecosystem"] == "other"
    assert shown["method"] == "agreement"
    assert shown["verified"] == "yes"


def test_a_rate_is_added_and_deleted(page: MarketBookPage) -> None:
    page.tabs.setCurrentIndex(RATES)
    assert page.rates.table.records.rowCount() == 0
    child(page, QPushButton, "rates.add").click()
    dialog = child(page, RateDialog, "market.line")
    dialog.take.click()
    assert all(dialog.problems[name].isVisible() for name in ("currency", "day", "yuan"))
    dialog.fill({"currency": "usd", "day": "2022-10-31", "yuan": 7.18, "source": "SAFE"})
    dialog.take.click()
    assert [(r.currency, r.yuan) for r in page._desk.fx()] == [("USD", 7.18)]
    page.rates.table.selectRow(0)
    page.rates.delete.click()
    child(page, QPushButton, "market.confirm.delete").click()
    assert page.rates.table.records.rowCount() == 0


def test_a_price_is_added_to_the_series_in_front(page: MarketBookPage) -> None:
    page.show_series("CEA")
    child(page, QPushButton, "series.add").click()
    dialog = child(page, PointDialog, "market.line")
    assert dialog.editors["series"].focus_widget.text() == "CEA"
    dialog.take.click()
    assert dialog.problems["day"].isVisible()
    dialog.fill({"day": "2026-01-05"})
    dialog.take.click()
    assert "a price" in dialog.problems["price"].text()
    dialog.fill({"price": 81.5, "volume_t": 1000.0, "source": "exchange"})
    dialog.take.click()
    assert not dialog.isVisible()
    (point,) = page.series.table.selected()
    assert (point.series, point.day, point.price, point.shipped) == (
        "CEA",
        date(2026, 1, 5),
        81.5,
        False,
    )


def test_the_first_price_of_a_new_series_brings_it_to_the_front(page: MarketBookPage) -> None:
    page.show_series("CEA")
    page.add_point()
    dialog = child(page, PointDialog, "market.line")
    dialog.fill({"day": "2026-01-05", "price": 42.0})
    dialog.take.click()
    assert "name of the series" in dialog.problems["series"].text()
    dialog.fill({"series": "Own"})
    dialog.take.click()
    assert page.series.current_name() == "Own"


# ------------------------------------------------------------------------------ charts, series


def test_a_click_on_a_dot_opens_its_deal(page: MarketBookPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(CHARTS)
    qtbot.waitUntil(page.charts.chart.is_drawn, timeout=20_000)
    own = next(record for record in page._desk.records() if not record.shipped)
    place = page.charts.chart.place_of(own.record_id)
    assert place is not None
    assert "Beihai: 88 CNY/t" in page.charts.chart._tip(own.record_id)
    qtbot.mouseClick(page.charts.chart, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert page.tabs.currentIndex() == DEALS
    assert page.deals.table.selected()[0].day == own.day


def test_the_chart_draws_one_currency_and_says_what_it_leaves_out(page: MarketBookPage) -> None:
    charts = page.charts
    assert {record.currency for record in charts.shown()} == {"CNY"}
    assert "in other currencies are left out" in child(charts, QLabel, "charts.remark").text()
    charts.currency.setCurrentIndex(charts.currency.findData("USD"))
    assert {record.currency for record in charts.shown()} == {"USD"}


@pytest.mark.parametrize("by", ["ecosystem", "purpose", "method"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chart_groups_by_each_tag_in_each_language(
    page: MarketBookPage, qtbot: QtBot, by: str, language: str
) -> None:
    set_language(language)
    charts = page.charts
    charts.by.setCurrentIndex(charts.by.findData(by))
    for width in (4.0, 12.0):
        picture = charts._draw((width, 5.0), 96)
        drawn = {spot.record_id for spot in picture.spots}
        assert drawn == {record.record_id for record in charts.shown()}
        assert all(0 <= spot.x <= 1 and 0 <= spot.y <= 1 for spot in picture.spots)


def test_court_and_unseen_prices_stand_outside_the_centre(desk: MarketDesk) -> None:
    records = [record for record in desk.records() if record.price]
    for record in records:
        if record.method == "court" or record.verified != "yes" or record.price_basis == "model":
            assert not counts_in_centre(record)
    assert sum(counts_in_centre(record) for record in records) >= 5


def test_a_series_shows_its_points_newest_first_and_its_chart(
    page: MarketBookPage, qtbot: QtBot
) -> None:
    page.show_series("CEA")
    assert page.tabs.currentIndex() == SERIES
    qtbot.waitUntil(page.series.chart.is_drawn, timeout=20_000)
    days = [page.series.table.records.record(row).day for row in range(3)]
    assert days == sorted(days, reverse=True)
    assert page.series.current_name() == "CEA"


def test_a_long_series_gives_an_estimate_and_a_short_one_a_warning_with_it(
    page: MarketBookPage, desk: MarketDesk, qtbot: QtBot
) -> None:
    for number in range(40):
        day = date(2026, 1, 1) + timedelta(days=number)
        desk.add_point(series="Own", day=day, price=60.0 * (1.02 if number % 2 else 1.0))
    page.refresh()
    page.show_series("Own")
    figures = child(page, QLabel, "series.estimate")
    qtbot.waitUntil(lambda: figures.text().startswith("Volatility"), timeout=20_000)
    # ln 1.02 up and down from day to day: 0.0198 x sqrt(365)
    assert figures.text().startswith("Volatility 37.8% ± ")
    assert "from 39 changes between 2026-01-01 and 2026-02-09" in figures.text()
    assert "Below 250" in child(page, QLabel, "series.warning").text()


def test_a_series_with_a_gap_says_where_it_is(page: MarketBookPage, qtbot: QtBot) -> None:
    page.show_series("CEA")
    warning = child(page, QLabel, "series.warning")
    qtbot.waitUntil(lambda: bool(warning.text()), timeout=20_000)
    assert warning.text().startswith("No estimate from this series. Expected: ")
    assert "370 days" in warning.text()


def test_own_observations_can_be_deleted_and_shipped_ones_cannot(
    page: MarketBookPage, desk: MarketDesk
) -> None:
    for number in range(3):
        day = date(2026, 1, 5) + timedelta(days=number)
        desk.add_point(series="Own", day=day, price=60 + number)
    page.refresh()
    page.show_series("CEA")
    page.series.table.selectAll()
    assert not page.series.delete.isEnabled()
    page.show_series("Own")
    page.series.table.selectAll()
    page.series.delete.click()
    child(page, QPushButton, "market.confirm.delete").click()
    assert "Own" not in desk.series_names()
    assert page.series.current_name() != "Own"


# ------------------------------------------------------------------------------------ alerts


def test_a_price_outside_its_band_is_told_with_both_figures(
    page: MarketBookPage, desk: MarketDesk, qtbot: QtBot
) -> None:
    for month in range(1, 7):
        desk.add_record(
            day=f"2025-0{month}-02", place=f"Bay {month}", ecosystem="mangrove", price=80.0 + month
        )
    odd = desk.add_record(day="2025-09-01", place="Far Bay", ecosystem="mangrove", price=4800.0)
    page.refresh()
    table = page.alerts.table.records
    qtbot.waitUntil(lambda: table.rowCount() > 0, timeout=20_000)
    found = next(row for row in range(table.rowCount()) if table.record(row).key == odd.record_id)
    shown = [str(table.index(found, column).data()) for column in range(table.columnCount())]
    assert shown[:4] == ["2025-09-01", "Far Bay", "deal above its band", "4,800"]
    low, high = (float(part) for part in shown[4].split(" to "))
    assert low < 86 < high < 4800
    assert "earlier deals" in shown[6]
    assert page.tabs.tabText(ALERTS) == f"Alerts ({table.rowCount()})"
    page.alerts.table.selectRow(found)
    said = child(page.alerts, QLabel, "alerts.words").text()
    assert "4,800.00 CNY/t" in said
    assert f"{high:,.2f}" in said
    page.alerts.table.doubleClicked.emit(table.index(found, 0))
    assert page.tabs.currentIndex() == DEALS
    assert page.deals.table.selected()[0].record_id == odd.record_id


def test_a_deal_that_comes_in_outside_its_band_is_told_at_once(
    page: MarketBookPage, desk: MarketDesk, qtbot: QtBot
) -> None:
    for month in range(1, 7):
        desk.add_record(
            day=f"2025-0{month}-02", place=f"Bay {month}", ecosystem="mangrove", price=80.0 + month
        )
    told: list[str] = []
    page.told.connect(told.append)
    page.refresh()
    finished: list[bool] = []
    page._jobs.run(lambda: True, owner=page, done=finished.append)
    qtbot.waitUntil(lambda: finished == [True], timeout=20_000)
    assert told == []
    page.add_deal()
    dialog = child(page, DealDialog, "market.line")
    dialog.fill({"day": "2025-09-01", "place": "Far Bay", "ecosystem": "mangrove", "price": 4800})
    dialog.take.click()
    qtbot.waitUntil(lambda: any("4,800.00 CNY/t" in text for text in told), timeout=20_000)
    assert page.tabs.currentIndex() == ALERTS


def test_without_alerts_the_tab_says_when_a_price_is_judged(page: MarketBookPage) -> None:
    page.alerts.show_alerts(())
    assert page.alerts._stack.currentIndex() == 1


# ------------------------------------------------------------------------------- the window


def test_the_page_stands_in_the_navigation_and_ctrl_f_finds_its_filter(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_page("prices")
    page = window.stack.currentWidget()
    assert isinstance(page, MarketBookPage)
    page.tabs.setCurrentIndex(ALERTS)
    page._focus_filter()
    assert page.tabs.currentIndex() == DEALS
    keys = [
        action.shortcut().toString()
        for name, action in window.actions_by_name.items()
        if name.startswith("book.page.")
    ]
    assert len(set(keys)) == len(keys) == len(PAGES)
    assert all(QKeySequence(text).count() == 1 for text in keys)


def test_without_an_open_case_the_way_to_one_is_named(window: MainWindow) -> None:
    window.show_page("prices")
    page = window.stack.currentWidget()
    assert isinstance(page, MarketBookPage)
    page.deals.show_record(next(r for r in window.workbench.market.records() if r.price).record_id)  # type: ignore[union-attr]
    page.deals.take.click()
    box = window.findChild(QMessageBox, "message")
    assert box is not None
    assert "Open a case first" in box.text()


def test_the_page_is_made_without_matplotlib_and_pandas() -> None:
    code = (
        "import sys; import app.views.book_actions; "
        "heavy = {'matplotlib', 'pandas'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
