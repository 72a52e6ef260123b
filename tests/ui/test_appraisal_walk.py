"""From the market book to the simulation, folded inputs, long files, alerts."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.finance.case.valuation.simulation import PriceModel
from app.services.draft import value_at
from app.services.market_desk import MarketDesk, Target
from app.services.workbench import Workbench
from app.views.dialogs.market_import_dialog import MarketImportDialog
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.pages.case_page import CasePage
from app.views.pages.market_book_page import ALERTS, SERIES, MarketBookPage
from app.views.widgets.results_panel import ResultsPanel
from tests.ui.conftest import OpenPage
from tests.value_case import rich_document

Part = TypeVar("Part", bound=QWidget)
SIMULATION = "appraisal.simulation"
FOLD = "fold.appraisal.transaction_fee_share"


def part(owner: QWidget, kind: type[Part], name: str = "") -> Part:
    found = owner.findChild(kind, name) if name else owner.findChild(kind)
    assert isinstance(found, kind)
    return found


def prices(desk: MarketDesk, count: int = 60, last: float = 1.0) -> None:
    for number in range(count):
        price = 60.0 * (1.02 if number % 2 else 1.0) * (last if number == count - 1 else 1.0)
        desk.add_point(series="Own", day=date(2026, 1, 1) + timedelta(days=number), price=price)


def market(window: MainWindow) -> MarketBookPage:
    window.show_page("prices")
    page = window.stack.currentWidget()
    assert isinstance(page, MarketBookPage)
    return page


def opened_case(window: MainWindow) -> CasePage:
    assert window.book_actions is not None
    window.book_actions.new_case()
    case = window.current_case()
    assert case is not None
    return case


# ------------------------------------------------------------------------ estimate to the case


def test_the_estimate_of_a_series_is_one_step_of_undo_in_the_open_case(
    window: MainWindow, workbench: Workbench, qtbot: QtBot
) -> None:
    prices(workbench.market)
    case = opened_case(window)
    case.series_wanted.emit()
    page = market(window)
    assert page.tabs.currentIndex() == SERIES
    page.show_series("Own")
    take = part(page, QPushButton, "series.take")
    assert take is not None
    qtbot.waitUntil(take.isEnabled, timeout=20_000)
    brownian, reverting = take.menu().actions()
    # it forgets its level from one day to the next, so no speed can be told
    assert not reverting.isEnabled()
    brownian.trigger()
    assert window.current_case() is case
    held = value_at(case.document, SIMULATION)
    assert held["price_model"] == "gbm"
    # ln 1.02 up and down from day to day: 0.0198 x sqrt(365)
    assert held["volatility"] == pytest.approx(0.378, abs=0.001)
    said = case.document["provenance"][f"{SIMULATION}.volatility"]
    assert said["kind"] == "measured"
    assert "Own" in said["source"]
    case.undo()
    assert value_at(case.document, SIMULATION) is None
    assert f"{SIMULATION}.volatility" not in case.document["provenance"]


def test_a_case_without_an_appraisal_says_that_it_takes_no_estimate(
    window: MainWindow, workbench: Workbench, qtbot: QtBot
) -> None:
    prices(workbench.market)
    case = opened_case(window)
    case._section_switched("appraisal", False)
    before = case.document
    page = market(window)
    page.show_series("Own")
    qtbot.waitUntil(page.series.take.isEnabled, timeout=20_000)
    page.series.take_estimate(PriceModel.GBM)
    assert case.document == before
    assert "no appraisal" in part(case, QLabel, "qt_msgbox_label").text()


def test_a_longer_gap_may_be_bridged(window: MainWindow, qtbot: QtBot) -> None:
    page = market(window)
    page.show_series("CEA")
    warning = part(page, QLabel, "series.warning")
    qtbot.waitUntil(lambda: "370" in warning.text(), timeout=20_000)
    assert not page.series.take.isEnabled()
    page.series.gap.setValue(400)
    qtbot.waitUntil(page.series.take.isEnabled, timeout=20_000)


def test_an_alert_leads_to_the_observation_it_is_about(
    window: MainWindow, workbench: Workbench, qtbot: QtBot
) -> None:
    prices(workbench.market, last=1.6)
    page = market(window)
    page.tabs.setCurrentIndex(ALERTS)
    table = page.alerts.table
    qtbot.waitUntil(lambda: table.records.rowCount() > 0, timeout=20_000)
    codes = [table.records.record(row).code for row in range(table.records.rowCount())]
    table.selectRow(codes.index("price_above_band"))
    button = part(page, QPushButton, "alerts.show")
    assert button is not None
    button.click()
    assert page.tabs.currentIndex() == SERIES
    (point,) = page.series.table.selected()
    assert (point.series, point.day) == ("Own", date(2026, 3, 1))


# --------------------------------------------------------------------------------- long files


class SlowDesk:
    """A book that reads a file line by line until it is stopped."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def preview(self, *_given: object, progress: object, **_named: object) -> None:
        assert callable(progress)
        try:
            for line in range(100_000):
                progress(line, 100_000)
                threading.Event().wait(0.002)
        finally:
            self.ended.set()


@pytest.fixture
def slow(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> Iterator[tuple[MarketImportDialog, SlowDesk]]:
    desk = SlowDesk()
    dialog = MarketImportDialog(desk, Target.SERIES, jobs)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.load(str(tmp_path / "long.csv"))
    bar = part(dialog, QProgressBar, "import.bar")
    qtbot.waitUntil(lambda: bar.maximum() == 100_000 and bar.value() > 0, timeout=20_000)
    yield dialog, desk
    dialog.reject()


def test_a_long_file_shows_how_far_it_is_and_stops_when_asked(
    slow: tuple[MarketImportDialog, SlowDesk], qtbot: QtBot
) -> None:
    dialog, desk = slow
    said = part(dialog, QLabel, "import.count")
    assert "of 100,000" in said.text()
    part(dialog, QPushButton, "import.stop").click()
    qtbot.waitUntil(desk.ended.is_set, timeout=20_000)
    assert said.text().startswith("Stopped.")
    assert not dialog.take.isEnabled()
    assert dialog.isVisible()


def test_a_file_that_is_being_read_is_let_go_with_the_dialog(
    slow: tuple[MarketImportDialog, SlowDesk], qtbot: QtBot
) -> None:
    dialog, desk = slow
    cancel = part(dialog, QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    cancel.click()
    qtbot.waitUntil(desk.ended.is_set, timeout=20_000)
    assert not dialog.isVisible()


def test_lines_that_are_being_stored_keep_the_dialog_open(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, tmp_path: Path
) -> None:
    file = tmp_path / "own.csv"
    file.write_text("日期,收盘价\n2026-01-05,90\n", encoding="gb18030")
    dialog = MarketImportDialog(workbench.market, Target.SERIES, jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.load(str(file))
    same = dialog.same
    qtbot.waitUntil(lambda: same.findChild(QLineEdit) is not None, timeout=20_000)
    qtbot.keyClicks(part(same, QLineEdit, "import.same.series"), "Own")
    qtbot.waitUntil(dialog.take.isEnabled, timeout=20_000)
    with qtbot.waitSignal(dialog.taken):
        dialog.take.click()
        dialog.reject()
        assert dialog.isVisible()
    assert [point.price for point in workbench.market.series("Own")] == [90.0]


# ------------------------------------------------------------------------------ the form


def test_costs_that_hold_nothing_are_folded_and_come_when_asked(open_page: OpenPage) -> None:
    page = open_page()
    form = page.forms["appraisal"]
    fold = part(form, QPushButton, FOLD)
    assert fold is not None
    assert not form.is_shown("appraisal.income_tax_rate")
    assert form.is_shown("appraisal.monitoring_cost_yuan_yr")
    assert form.is_shown("appraisal.verification_interval_years")
    assert "(13)" in fold.text()
    fold.click()
    assert form.is_shown("appraisal.income_tax_rate")
    fold.click()
    assert not form.is_shown("appraisal.income_tax_rate")


def test_a_folded_input_is_shown_when_it_holds_something_and_stays(open_page: OpenPage) -> None:
    page = open_page(rich_document())
    form = page.forms["appraisal"]
    assert form.is_shown("appraisal.validation_cost_yuan")
    assert not form.is_shown("appraisal.income_tax_rate")
    page._edited("appraisal.validation_cost_yuan", None, True)
    assert form.is_shown("appraisal.validation_cost_yuan")


def test_a_link_to_a_folded_input_unfolds_it(open_page: OpenPage) -> None:
    page = open_page()
    form = page.forms["appraisal"]
    page.focus_field("appraisal.income_tax_rate")
    assert form.is_shown("appraisal.income_tax_rate")
    assert not form.is_shown("appraisal.loss_carry_years")


def test_the_simulation_says_where_its_parameters_can_be_estimated(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(rich_document())
    button = part(page.forms["appraisal"], QPushButton, f"{SIMULATION}.import")
    assert button is not None
    with qtbot.waitSignal(page.series_wanted):
        button.click()


def test_a_bar_stands_beside_long_results_only(open_page: OpenPage) -> None:
    page = open_page(rich_document())
    panel = page.findChild(ResultsPanel)
    browser = part(page, QTextBrowser, "results")
    assert panel is not None
    assert browser is not None
    assert browser.verticalScrollBar().isVisible()
    panel.show_page("changes")
    assert not browser.verticalScrollBar().isVisible()


def test_the_whole_form_of_an_appraisal_fits_a_small_screen(open_page: OpenPage) -> None:
    page = open_page()
    page.resize(1094, 740)
    page._tabs.setCurrentIndex(1)
    form = page.forms["appraisal"]
    for name in ("evidence", "issued", "market_approach", "cost_approach", "conclusion"):
        page._section_switched(f"appraisal.{name}", True)
    page._section_switched(SIMULATION, True)
    QApplication.processEvents()
    assert form.horizontalScrollBar().maximum() == 0
