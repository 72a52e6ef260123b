"""Facility, cover and stress of a loan in the window."""

from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.i18n import set_language
from app.reports.fact_tables import FactCell, FactHead, FactTable
from app.views.widgets.chart_view import CHARTS, ChartView
from app.views.widgets.loan_facility import BOUND_INPUTS
from app.views.widgets.loan_table import FactTableView
from app.views.widgets.results_panel import ResultsPanel
from app.views.widgets.value_chips import PageChips
from tests.loan_sheet_case import rich_document
from tests.ui.conftest import OpenPage
from tests.ui.value_results import computed
from tests.value_case import rich_document as valued_document

OWN_PAGES = ("facility", "cover", "stress")


@pytest.fixture
def panel(qtbot: QtBot) -> ResultsPanel:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.resize(535, 760)
    made.show()
    return made


def plain_document(**loan: Any) -> dict[str, Any]:
    """A case with a loan of which only what must be entered is."""
    document = valued_document()
    document["loan"] |= loan
    return document


def shown(panel: ResultsPanel, code: str, document: dict[str, Any] | None = None) -> str:
    panel.show_results(computed(document or rich_document()))
    panel.show_page(code)
    return panel.text()


def html_of(panel: ResultsPanel) -> str:
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    return browser.toHtml()


def links_of(panel: ResultsPanel, kind: str) -> list[str]:
    parts = html_of(panel).split('href="')[1:]
    found = (part.split('"')[0] for part in parts)
    return [link.removeprefix(f"{kind}:") for link in found if link.startswith(f"{kind}:")]


def test_the_facility_names_bounds_remedies_and_what_each_collateral_carries(
    panel: ResultsPanel,
) -> None:
    loan = computed(rich_document()).results.loan
    assert loan is not None
    text = shown(panel, "facility")
    for amount in (loan.amount_yuan, loan.supported_yuan, loan.security.unsecured_yuan):
        assert f"{amount:,.2f}" in text
    for words in (
        "Pledge ratio times value",
        "What would have to change",
        "All together",
        "Loan laid on it",
        "Coverage by the collaterals",
        "Loan over liquidation value",
    ):
        assert words in text
    names = [line.name for line in loan.security.lines if line.name]
    assert all(name in text.replace("\n", "") for name in names)


def test_a_bound_that_is_not_entered_leads_to_its_input(panel: ResultsPanel) -> None:
    shown(panel, "facility", plain_document())
    wanted = set(links_of(panel, "field"))
    for path in ("loan.market_risk", "loan.min_dscr", "loan.path_ratio", "loan.life_income_share"):
        assert path in wanted
    loan = computed(plain_document()).results.loan
    assert loan is not None
    assert {bound.code for bound in loan.bounds} == set(BOUND_INPUTS)
    assert all(path in specs_by_path(Case) for path in BOUND_INPUTS.values())


def test_what_would_have_to_change_leads_to_the_input_to_change(panel: ResultsPanel) -> None:
    text = shown(panel, "facility", plain_document(amount_yuan=20_000_000, min_dscr=1.3))
    assert "times the cash of every year would carry the amount asked." in text
    assert {"loan.collaterals", "loan.other_cash", "loan.pledge_ratio"} <= set(
        links_of(panel, "field")
    )


def test_red_flags_come_first_and_the_others_are_counted(panel: ResultsPanel) -> None:
    text = shown(panel, "facility", plain_document())
    assert text.lstrip().startswith("■ Red flag")
    count = len(computed(plain_document()).results.notices)
    assert f"{count - 3} more on the overview" in text
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    browser.anchorClicked.emit(QUrl("page:overview"))
    assert panel.page == "overview"


def test_the_cover_has_each_loan_year_and_the_prices_that_trigger_the_lines(
    panel: ResultsPanel,
) -> None:
    text = shown(panel, "cover")
    for words in ("LLCR", "PLCR", "Cash of the right", "Warning at", "Enforcement at"):
        assert words in text
    unwatched = shown(panel, "cover", plain_document())
    assert "With lines of coverage the price that triggers each is shown as well." in unwatched
    assert "Warning at" not in unwatched
    assert "loan.monitoring" in links_of(panel, "field")


def test_a_long_path_is_thinned_and_the_copy_holds_all_of_it(panel: ResultsPanel) -> None:
    document = plain_document(term_months=120)
    loan = computed(document).results.loan
    assert loan is not None
    days = len(loan.path.points)
    text = shown(panel, "cover", document)
    assert f"of {days}; the copy holds all of them." in text
    assert loan.path.points[-1].day.isoformat() in text
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    browser.anchorClicked.emit(QUrl("copy:path"))
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == days + 1
    assert lines[1].split("\t")[1] == str(loan.path.points[0].balance_yuan)


@pytest.mark.parametrize("code", OWN_PAGES)
def test_every_table_of_a_page_is_copied_for_a_spreadsheet(panel: ResultsPanel, code: str) -> None:
    shown(panel, code)
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    names = links_of(panel, "copy")
    assert names
    for name in names:
        browser.anchorClicked.emit(QUrl(f"copy:{name}"))
        lines = QGuiApplication.clipboard().text().split("\n")
        assert len(lines) > 2
        assert len({line.count("\t") for line in lines}) == 1
        assert not any("−" in line.split("\t", 1)[1] for line in lines[1:] if name != "stress")


def test_the_set_of_stresses_and_both_heat_tables_are_shown(panel: ResultsPanel) -> None:
    text = shown(panel, "stress")
    for words in ("As entered", "S1 ", "S8 ", "Coverage by price", "Lowest DSCR by price"):
        assert words in text


@pytest.mark.parametrize(
    ("code", "chart"),
    [("facility", "sizing"), ("cover", "coverage_path"), ("stress", "heat_coverage")],
)
def test_each_page_turns_to_its_chart_and_the_dscr_map_can_be_chosen(
    panel: ResultsPanel, code: str, chart: str
) -> None:
    shown(panel, code)
    view = panel.findChild(ChartView)
    chooser = panel.findChild(QComboBox, "chart-chooser")
    assert view is not None
    assert chooser is not None
    assert (view.code, view.accessibleName()) == (chart, CHARTS[chart].shows)
    assert chooser.findData("heat_dscr") >= 0


def test_the_pages_of_a_loan_are_there_only_with_a_loan_and_in_a_group_of_their_own(
    panel: ResultsPanel,
) -> None:
    def visible() -> list[str]:
        chips = panel.findChild(PageChips)
        assert chips is not None
        return [one.text() for one in chips.findChildren(QPushButton) if one.isVisible()]

    panel.show_results(computed(plain_document()))
    assert "Loan ▸" in visible()
    assert "Facility" not in visible()
    head = next(one for one in panel.findChildren(QPushButton) if one.text() == "Loan ▸")
    head.click()
    assert panel.page == "facility"
    assert {"Facility", "Debt cover", "Stress", "Loan ▾", "Appraisal ▸"} <= set(visible())
    panel.show_page("stress")
    panel.show_page("overview")
    assert "Stress" in visible()
    unlent = valued_document()
    del unlent["loan"]
    panel.show_results(computed(unlent))
    assert "Waterfall" in visible()
    assert not [text for text in visible() if "Loan" in text or "▸" in text]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", OWN_PAGES)
def test_no_page_is_wider_than_the_panel(
    qtbot: QtBot, panel: ResultsPanel, code: str, language: str
) -> None:
    set_language(language)
    shown(panel, code)
    qtbot.wait(20)
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    assert browser.horizontalScrollBar().maximum() == 0


def test_a_wider_panel_sets_more_columns_beside_each_other(
    qtbot: QtBot, panel: ResultsPanel
) -> None:
    shown(panel, "stress")
    parts = html_of(panel).count("S1 Price")
    panel.resize(1300, 760)
    qtbot.waitUntil(lambda: html_of(panel).count("S1 Price") < parts, timeout=2000)


def test_every_link_of_a_page_gives_the_focus_to_an_input(
    qtbot: QtBot, open_page: OpenPage
) -> None:
    page = open_page(plain_document(amount_yuan=20_000_000, min_dscr=1.3))
    panel = page.findChild(ResultsPanel)
    assert panel is not None
    for code in OWN_PAGES:
        panel.show_page(code)
        for path in dict.fromkeys(links_of(panel, "field")):
            section = path.split(".")[0]
            page.focus_field(path)
            assert page.forms[section].focus_field(path), path


def test_where_there_is_little_room_the_heads_of_a_table_are_broken_and_the_sums_stay_plain(
    qtbot: QtBot,
) -> None:
    table = FactTableView("ledger", "Ledger")
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    heads = (FactHead("Day", numeric=False), FactHead("To penalty and compound interest", "yuan"))
    table.show_table(FactTable(heads, ((FactCell("2026-01-01"), FactCell("1.00")),)))
    head = table.model().headerData
    assert head(1, Qt.Orientation.Horizontal) == "To penalty and\ncompound interest\nyuan"
    table.resize(700, 200)
    assert head(1, Qt.Orientation.Horizontal) == "To penalty and compound interest\nyuan"
    assert table.copied_text().startswith("Day\tTo penalty and compound interest (yuan)")
