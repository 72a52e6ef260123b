"""The live results: carbon, exits, range that follows, chart of a case without appraisal."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from app.finance.engine import Results
from app.finance.explain import Term
from app.i18n import translator
from app.reports.carbon_facts import step_names
from app.services.workbench import Computed
from app.views.widgets.chart_view import ChartView
from app.views.widgets.results_html import formula_html
from app.views.widgets.results_panel import ResultsPanel
from tests.carbon_case import MARKETS, RANGE, account, computed


def shown(qtbot: QtBot, document: dict[str, Any], **more: Any) -> ResultsPanel:
    file, results = computed(document, **more)
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 700)
    panel.show()
    panel.show_results(Computed(file, results, "0" * 64))
    return panel


def drawn(document: dict[str, Any]) -> Results:
    _file, results = computed(document)
    return replace(results, range=RANGE)


def uncertain() -> dict[str, Any]:
    document = account()
    document["project"]["distributions"] = [
        {"parameter": "project.stated.0.tonnes_per_year", "kind": "normal", "sd": 5}
    ]
    return document


def test_tonnes_exits_vintages_and_ledger_are_shown(qtbot: QtBot) -> None:
    text = shown(qtbot, account()).text()
    for words in (
        "Yearly tonnes of a report",
        "Highest year (2027)",
        "547.20",
        "✓ National",
        "Only after a field visit.",
        "Credits by vintage",
        "Credit ledger (tCO₂e)",
        "Removals and credits by year (tCO₂e)",
    ):
        assert words in text
    assert "None" not in text


def test_the_lack_of_a_compliance_exit_is_shown(qtbot: QtBot) -> None:
    markets = tuple(answer for answer in MARKETS if answer.market != "National")
    text = shown(qtbot, account(), markets=markets).text()
    assert "■ None: no compliance market takes these credits." in text


def test_the_range_is_announced_and_then_shown(qtbot: QtBot) -> None:
    panel = shown(qtbot, uncertain())
    assert "The range over 10,000 draws is being drawn." in panel.text()
    panel.show_drawn(drawn(uncertain()))
    assert "10,000 draws from seed 7" in panel.text()
    assert "Removals a year [2]" in panel.text()
    assert "is being drawn" not in panel.text()


def test_without_uncertain_inputs_no_range_is_announced(qtbot: QtBot) -> None:
    assert "is being drawn" not in shown(qtbot, account()).text()


def test_a_range_that_follows_does_not_make_old_results_fresh(qtbot: QtBot) -> None:
    panel = shown(qtbot, uncertain())
    panel.show_nothing("Still needed")
    panel.show_drawn(drawn(uncertain()))
    assert "These are the results of the last complete input." in panel.text()


def test_a_range_before_any_results_is_ignored(qtbot: QtBot) -> None:
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.show_drawn(drawn(uncertain()))
    assert panel.text() == ""


def test_a_figure_of_carbon_leads_to_its_working(qtbot: QtBot) -> None:
    panel = shown(qtbot, account())
    dialog = panel.show_working("carbon.credits")
    assert dialog is not None
    qtbot.addWidget(dialog)


def test_no_table_is_wider_than_the_panel(qtbot: QtBot) -> None:
    file, results = computed(account(), found=RANGE)
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.resize(620, 700)
    panel.show()
    panel.show_results(Computed(file, replace(results, range=RANGE), "0" * 64))
    qtbot.wait(50)
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    assert browser.horizontalScrollBar().maximum() == 0


def test_the_chart_says_what_it_shows(qtbot: QtBot, document: dict[str, Any]) -> None:
    carbon, money = shown(qtbot, account()), shown(qtbot, document)
    names = []
    for panel in (carbon, money):
        chart = panel.findChild(ChartView)
        assert chart is not None
        names.append(chart.accessibleName())
    assert names == [
        "Removals by pool and credits of the right by year",
        "Credits sold and net cash flow by year",
    ]


def test_a_range_that_was_stopped_is_not_announced_any_longer(qtbot: QtBot) -> None:
    panel = shown(qtbot, uncertain())
    panel.show_progress(100, 10_000)
    button = panel.findChild(QPushButton, "stop-drawing")
    assert button is not None
    button.click()
    assert "is being drawn" not in panel.text()
    assert "was stopped before it was drawn" in panel.text()


def test_no_figure_is_broken_over_two_lines(qtbot: QtBot) -> None:
    panel = shown(qtbot, account())
    browser = panel.findChild(QTextBrowser)
    assert browser is not None
    assert browser.wordWrapMode() == QTextOption.WrapMode.WordWrap


def test_workings_of_one_name_are_told_apart(qtbot: QtBot) -> None:
    _file, results = computed(account())
    step = next(s for s in results.carbon.working if s.key != "carbon.credits")
    term = Term("i", "Stratum", "north", "")
    named = replace(step, terms=(*step.terms, term))
    assert step_names([step, step], translator("en")) == [f"{step.label} (1)", f"{step.label} (2)"]
    assert step_names([step, named], translator("en")) == [step.label, f"{step.label} · north"]
    assert step_names([step], translator("en")) == [step.label]


def test_a_formula_is_set_with_raised_and_lowered_signs() -> None:
    assert formula_html("V_net / (1 + r)^(t − m)") == ("V<sub>net</sub> / (1 + r)<sup>t − m</sup>")
