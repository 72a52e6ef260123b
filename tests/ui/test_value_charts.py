"""The chart beside the pages of the valuation, links to workings, the buttons of the pages."""

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from app.views.widgets.chart_view import ChartView
from app.views.widgets.results_panel import ResultsPanel
from app.views.widgets.value_chips import PageChips
from tests.ui.value_results import computed, drawn


@pytest.fixture
def panel(qtbot: QtBot) -> ResultsPanel:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.resize(535, 760)
    made.show()
    return made


def test_a_page_turns_to_the_chart_that_goes_with_it(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    chart = panel.findChild(ChartView)
    chooser = panel.findChild(QComboBox, "chart-chooser")
    assert chart is not None
    assert chooser is not None
    assert chart.code == "cash_flow"
    panel.show_page("valuation")
    assert (chart.code, chooser.currentText()) == ("waterfall", "Waterfall")
    panel.show_page("distribution")
    assert chart.code == "cash_flow"
    panel.show_drawn(drawn(computed().results))
    assert (chart.code, chooser.currentText()) == ("distribution", "Distribution")


def test_another_chart_can_be_chosen_for_a_page(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_drawn(drawn(computed().results))
    panel.show_page("sensitivity")
    chart = panel.findChild(ChartView)
    chooser = panel.findChild(QComboBox, "chart-chooser")
    assert chart is not None
    assert chooser is not None
    chooser.setCurrentIndex(chooser.findData("spider"))
    chooser.activated.emit(chooser.currentIndex())
    assert chart.code == "spider"
    assert chart.accessibleName() == "Net value over the same relative changes of each input"


def test_each_figure_of_the_value_leads_to_its_working(qtbot: QtBot, panel: ResultsPanel) -> None:
    found = computed()
    panel.show_results(found)
    panel.show_drawn(drawn(found.results))
    keys = {step.key for step in found.results.working}
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    for code in ("overview", "evidence", "valuation", "options", "distribution"):
        panel.show_page(code)
        links = {
            part.split('"')[0].removeprefix("step:")
            for part in browser.toHtml().split('href="')[1:]
            if part.startswith("step:")
        }
        assert links <= keys, (code, links - keys)


def test_the_buttons_of_the_pages_flow_over_as_many_lines_as_they_need(
    qtbot: QtBot,
) -> None:
    chips = PageChips()
    qtbot.addWidget(chips)
    chips.show_pages({str(n): f"Page number {n}" for n in range(8)}, "0")
    chips.resize(1200, 30)
    chips.show()
    wide = chips.height()
    chips.resize(260, 30)
    assert chips.height() > 2 * wide
    chosen: list[str] = []
    chips.chosen.connect(chosen.append)
    button = chips.findChild(QPushButton, "page.3")
    assert button is not None
    button.click()
    assert chosen == ["3"]
