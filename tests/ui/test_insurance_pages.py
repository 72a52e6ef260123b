"""The pages of the insurance beside appraisal and loan: what they say and where they lead."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QSplitter, QTextBrowser
from pytestqt.qtbot import QtBot

from app.finance.insurance.results import InsuranceResult
from app.i18n import set_language
from app.paths import resources
from app.services.workbench import Computed
from app.views.widgets.chart_view import CHARTS, ChartView
from app.views.widgets.insurance_copy import TABLES
from app.views.widgets.insurance_pages import INSURANCE_PAGES
from app.views.widgets.insurance_parts import DEEDS
from app.views.widgets.results_panel import ResultsPanel
from app.views.widgets.value_chips import PageChips
from tests.insurance_results import BARE, INDEX, RESULT, insured_case
from tests.loan_sheet_case import rich_document
from tests.ui.conftest import OpenPage
from tests.ui.value_results import computed

CODES = tuple(page.code for page in INSURANCE_PAGES)
RICH, SITES, SALES = (
    "fujian-oyster-typhoon", "insurance/three-sites", "insurance/trade-failure",
)  # fmt: skip


@cache
def _text(name: str) -> str:
    return (resources() / "demo" / f"{name}.bcd.json").read_text(encoding="utf-8")


def demo(name: str) -> dict[str, Any]:
    return dict(json.loads(_text(name)))


def written(found: InsuranceResult = RESULT) -> Computed:
    """A policy with every part, its results written by hand."""
    file, results = insured_case()
    return Computed(file, replace(results, insurance=found), "0" * 64)


@pytest.fixture
def panel(qtbot: QtBot) -> ResultsPanel:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.resize(535, 760)
    made.show()
    return made


def browser_of(panel: ResultsPanel) -> QTextBrowser:
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    return browser


def links_of(panel: ResultsPanel, kind: str) -> list[str]:
    parts = browser_of(panel).toHtml().split('href="')[1:]
    found = (part.split('"')[0] for part in parts)
    return [link.removeprefix(f"{kind}:") for link in found if link.startswith(f"{kind}:")]


def chips_of(panel: ResultsPanel) -> list[str]:
    chips = panel.findChild(PageChips)
    assert chips is not None
    buttons = chips.findChildren(QPushButton)
    return [b.objectName().removeprefix("page.") for b in buttons if "page." in b.objectName()]


def groups_of(panel: ResultsPanel) -> list[str]:
    chips = panel.findChild(PageChips)
    assert chips is not None
    buttons = chips.findChildren(QPushButton)
    return [b.accessibleName() for b in buttons if b.objectName().startswith("group.")]


def chart_of(panel: ResultsPanel) -> str:
    chart = panel.findChild(ChartView)
    assert chart is not None
    return chart.code


def test_a_quotation_alone_opens_on_its_quote_with_the_build_up_of_the_premium(
    panel: ResultsPanel,
) -> None:
    panel.show_results(computed(demo(SALES)))
    assert (panel.page, chart_of(panel)) == ("quote", "premium_build_up")
    assert groups_of(panel) == []
    text = panel.text()
    assert text.index("Gross premium (yuan)") < text.index("Rate on the sum insured")
    assert text.index("Rate on the sum insured") < text.index("Premium build-up")


def test_the_first_chart_has_its_height_before_a_page_is_turned(qtbot: QtBot) -> None:
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.show_results(computed(demo(SALES)))
    panel.resize(535, 760)
    panel.show()
    splitter = panel.findChild(QSplitter)
    assert splitter is not None
    assert splitter.sizes()[1] > 280


def test_a_case_with_appraisal_loan_and_insurance_has_three_groups(panel: ResultsPanel) -> None:
    document = rich_document() | {"insurance": demo("insurance/subsidised")["insurance"]}
    panel.show_results(computed(document))
    assert panel.page == "overview"
    assert groups_of(panel) == ["Appraisal", "Loan", "Insurance"]
    panel.show_page("quote")
    assert chart_of(panel) == "premium_build_up"


def test_a_page_is_there_only_where_the_case_has_something_for_it(panel: ResultsPanel) -> None:
    panel.show_results(computed(demo(SALES)))
    assert {code for code in chips_of(panel) if code in CODES} == {
        "quote", "loss", "perils", "deliveries",
    }  # fmt: skip
    panel.show_results(written())
    assert set(CODES) <= set(chips_of(panel))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("quote", ("Premium by part", "Who pays the premium", "Co-insurers", "Premium asked")),
        ("loss", ("Chance of no loss", "200", "Panjer recursion", "TVaR")),
        ("perils", ("ground-up", "no limit", "Terms in order", "Exclusions")),
        ("index", ("Payout table", "Payout by year", "Fitted model", "Basis risk", "no data")),
        ("sites", ("Loss by site", "Gaemi 2024", "Correlation of the sites")),
        ("history", ("Burning cost", "Credibility Z", "no data")),
        ("deliveries", ("Deliveries by policy year",)),
        ("claims", ("Claims through the terms", "Payable")),
    ],
)
def test_each_page_says_what_it_is_for(
    panel: ResultsPanel, code: str, words: tuple[str, ...]
) -> None:
    panel.show_results(written())
    panel.show_page(code)
    text = panel.text()
    assert [word for word in words if word not in text] == []


def test_options_stand_beside_each_other_the_terms_as_entered_first(panel: ResultsPanel) -> None:
    panel.show_results(written())
    panel.show_page("compared")
    lines = browser_of(panel).toPlainText().split("\n")
    at = lines.index("Gross premium")
    assert lines[at + 1 : at + 3] == ["60,000.00", "45,000.00"]


@pytest.mark.parametrize("page", [page for page in INSURANCE_PAGES if page.chart])
def test_each_page_turns_to_its_chart(panel: ResultsPanel, page: Any) -> None:
    panel.show_results(written())
    panel.show_page("loss" if page.code == "quote" else "quote")
    panel.show_page(page.code)
    chart = panel.findChild(ChartView)
    assert chart is not None
    assert (chart.code, chart.accessibleName()) == (page.chart, CHARTS[page.chart].shows)


@pytest.mark.parametrize("name", [RICH, SITES, SALES])
def test_every_figure_that_is_a_link_has_a_working(panel: ResultsPanel, name: str) -> None:
    found = computed(demo(name))
    known = {step.key for step in found.results.working}
    panel.show_results(found)
    linked: set[str] = set()
    for code in (code for code in chips_of(panel) if code in CODES):
        panel.show_page(code)
        linked |= set(links_of(panel, "step"))
    assert linked - known == set()
    own = {key for key in known if key.startswith("insurance.")}
    assert len(own & linked) > 0.8 * len(own)


@pytest.mark.parametrize("name", [RICH, SALES])
def test_every_link_of_a_page_gives_the_focus_to_an_input(open_page: OpenPage, name: str) -> None:
    page = open_page(demo(name))
    panel = page.findChild(ResultsPanel)
    assert panel is not None
    paths: set[str] = set()
    for code in (code for code in chips_of(panel) if code in CODES):
        panel.show_page(code)
        paths |= {path for path in links_of(panel, "field") if path.startswith("insurance.")}
    assert paths
    for path in paths:
        assert page.forms["insurance"].focus_field(path), path


def test_what_is_not_entered_says_what_to_do(panel: ResultsPanel) -> None:
    panel.show_results(written(BARE))
    panel.show_page("quote")
    assert "Enter" in panel.text()
    bare = replace(INDEX, history=(), fitted=None, basis=None)
    panel.show_results(written(replace(RESULT, index=bare)))
    panel.show_page("index")
    wanted = set(links_of(panel, "field"))
    for name in ("readings", "fit_threshold", "losses"):
        assert f"insurance.index.{name}" in wanted


def test_the_head_of_a_table_leads_to_the_line_it_came_from(panel: ResultsPanel) -> None:
    panel.show_results(written())
    panel.show_page("perils")
    assert {"insurance.heads.0", "insurance.heads.1"} <= set(links_of(panel, "field"))


def test_things_to_be_done_are_asked_of_the_window(panel: ResultsPanel, qtbot: QtBot) -> None:
    places = {"claim": "claims", "history": "claims", "template": "quote", "hazard": "perils"}
    panel.show_results(written())
    assert set(places) == set(DEEDS)
    for target, code in places.items():
        panel.show_page(code)
        assert target in links_of(panel, "do")
        with qtbot.waitSignal(panel.insurance_wanted, timeout=1000) as asked:
            browser_of(panel).anchorClicked.emit(QUrl(f"do:{target}"))
        assert asked.args == [target]


def test_every_table_is_copied_for_a_spreadsheet(panel: ResultsPanel) -> None:
    panel.show_results(written())
    copied: set[str] = set()
    for code in CODES:
        panel.show_page(code)
        for name in links_of(panel, "copy"):
            browser_of(panel).anchorClicked.emit(QUrl(f"copy:{name}"))
            lines = QGuiApplication.clipboard().text().split("\n")
            assert len(lines) > 1
            assert len({line.count("\t") for line in lines}) == 1
            copied.add(name)
    assert copied <= set(TABLES)
    assert len(copied) > len(TABLES) - 3


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_is_wider_than_the_panel(qtbot: QtBot, panel: ResultsPanel, language: str) -> None:
    set_language(language)
    panel.show_results(written())
    for code in CODES:
        panel.show_page(code)
        qtbot.wait(5)
        assert browser_of(panel).horizontalScrollBar().maximum() == 0, code


def test_the_overview_shows_the_premium_and_leads_to_the_quote(panel: ResultsPanel) -> None:
    panel.show_results(written())
    panel.show_page("overview")
    assert "60,000.00" in panel.text()
    browser_of(panel).anchorClicked.emit(QUrl("page:quote"))
    assert panel.page == "quote"


def test_a_part_of_a_table_that_sums_nothing_has_no_line_of_sums(panel: ResultsPanel) -> None:
    panel.show_results(computed(demo(RICH)))
    panel.show_page("claims")
    lines = panel.text().split("\n")
    assert lines.count("Reason") == 1
    assert "Total" not in lines[lines.index("Reason") :]
    assert "Index cover" in lines
