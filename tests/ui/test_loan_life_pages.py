"""Schedule, credit, registration, life, green class and checklist of a loan in the window."""

from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget, QTextBrowser
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.services.draft import value_at
from app.views.dialogs.record_dialog import RecordDialog
from app.views.pages.case_page import CasePage
from app.views.widgets.loan_life import LifePage
from app.views.widgets.loan_registration import RegistrationPage
from app.views.widgets.loan_table import FactTableView
from app.views.widgets.results_panel import ResultsPanel
from tests.loan_sheet_case import rich_document
from tests.ui.conftest import NOW, OpenPage
from tests.ui.value_results import computed

PAGES = ("schedule", "credit", "registration", "life", "green", "checklist")


def bare(*names: str) -> dict[str, Any]:
    """The loan without some of its sections."""
    document = rich_document()
    for name in names:
        del document["loan"][name]
    return document


@pytest.fixture
def panel(qtbot: QtBot) -> ResultsPanel:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.resize(535, 700)
    made.show()
    return made


def shown(panel: ResultsPanel, code: str, document: dict[str, Any] | None = None) -> str:
    panel.show_results(computed(document or rich_document()))
    panel.show_page(code)
    return panel.text()


def clicked(panel: ResultsPanel, name: str) -> None:
    button = panel.findChild(QPushButton, name)
    assert button is not None
    button.click()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_the_schedule_is_a_table_with_sums_and_only_the_columns_that_hold_something(
    panel: ResultsPanel, qtmodeltester: ModelTester
) -> None:
    text = shown(panel, "schedule")
    assert panel._chart.isVisible()
    loan = computed(rich_document()).results.loan
    assert loan is not None
    for words in (
        "Annualised rate, fees included (compound)\n4.56%",
        "Annualised rate, fees included (simple) 4.47%",
        "First payment",
        "Last payment",
        "yuan",
        "2035-11-12",
        "Number of payments",
    ):
        assert words in text
    table = panel.findChild(FactTableView, "schedule")
    assert table is not None
    heads = [table.model().headerData(at, Qt.Orientation.Horizontal) for at in range(12)]
    assert heads[0] == "No."
    assert "Drawn\nyuan" in heads
    assert table.model().rowCount() == len(loan.schedule) + 1
    side = table.model().index(0, 4).data(Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight
    qtmodeltester.check(table.model())
    simple = bare("tranches", "fees", "prepayments")
    panel.show_results(computed(simple))
    heads = [
        table.model().headerData(at, Qt.Orientation.Horizontal)
        for at in range(table.model().columnCount())
    ]
    assert not {"Drawn\nyuan", "Fee\nyuan", "Kind"} & set(heads)


def test_the_schedule_is_copied_with_headings_and_plain_numbers(panel: ResultsPanel) -> None:
    shown(panel, "schedule")
    clicked(panel, "schedule.copy")
    lines = [line.split("\t") for line in clipboard().split("\n")]
    assert lines[0][:5] == ["No.", "Due", "Days", "Rate (a year)", "Opening (yuan)"]
    assert lines[1][:7] == ["1", "2025-12-22", "39", "4.3500%", "12000000.00", "0.00", "56550.00"]
    assert lines[-1][0] == "Total"
    assert len(lines) == 44
    table = panel.findChild(FactTableView, "schedule")
    assert table is not None
    table.clearSelection()
    model = table.model()
    for row in (0, 1):
        for column in (1, 6):
            table.selectionModel().select(
                model.index(row, column), table.selectionModel().SelectionFlag.Select
            )
    assert table.copied_text().split("\n")[0] == "Due\tInterest (yuan)"
    assert table.copied_text().split("\n")[2] == "2026-03-23\t130500.00"


def test_every_page_of_a_bare_loan_says_what_to_enter(panel: ResultsPanel) -> None:
    document = bare("credit", "registration", "monitoring", "green")
    for code, section in (
        ("credit", "loan.credit"),
        ("registration", "loan.registration"),
        ("life", "loan.monitoring"),
        ("green", "loan.green"),
    ):
        text = shown(panel, code, document)
        assert "nter" in text
        links = [browser.toHtml() for browser in panel.findChildren(QTextBrowser)]
        assert any(f"field:{section}" in html for html in links)


def test_credit_risk_shows_loss_stage_capital_and_return_against_the_hurdle(
    panel: ResultsPanel,
) -> None:
    text = shown(panel, "credit")
    for words in (
        "Probability of default",
        "Exposure at default",
        "Expected credit loss by year",
        "Expected credit loss by scenario",
        "悲观 Bad",
        "they lower the expected loss and the price, not the risk-weighted assets",
        "Lowest rate that earns the hurdle",
        "Interest rate of the contract",
        "the hurdle 12.00% is earned",
    ):
        assert words in text
    document = rich_document()
    document["loan"]["credit"]["hurdle"] = 0.5
    assert "the hurdle 50.00% is not earned" in shown(panel, "credit", document)
    del document["loan"]["credit"]["hurdle"]
    assert "Still missing:" in shown(panel, "credit", document)


def test_the_registration_is_copied_field_by_field_and_as_a_whole(panel: ResultsPanel) -> None:
    text = shown(panel, "registration")
    assert "missing" in text
    page = panel.findChild(RegistrationPage)
    assert page is not None
    written = page._written
    assert written is not None
    place = next(
        at for at, (_group, row) in enumerate(written.rows) if row.label == "Legal representative"
    )
    page._follow(QUrl(f"copy:{place}"))
    assert clipboard() == "王喆"
    clicked(panel, "registration.copy")
    lines = clipboard().split("\n")
    assert "Secured party · Legal representative\t王喆" in lines
    assert all("missing" not in line for line in lines)
    clicked(panel, "registration.text")
    assert clipboard().startswith("担保财产")
    told = [label.text() for label in page.findChildren(QLabel)]
    assert "Copied: the description" in told


def test_the_life_shows_state_calendar_ledger_and_coverage(panel: ResultsPanel) -> None:
    text = shown(panel, "life")
    for words in ("18,074,206.77", "special mention", "Due next", "Margin call since", "Events"):
        assert words in text
    tabs = panel.findChild(QTabWidget, "life.tabs")
    assert tabs is not None
    page = panel.findChild(LifePage)
    assert page is not None
    page._follow(QUrl("tab:due"))
    lines = panel.text().split("\n")
    states = [line.split("\t")[1] for line in lines[1:]]
    assert states == sorted(states, key=["late", "due", "ahead", "done"].index)
    tabs.setCurrentIndex(2)
    assert panel.text().split("\n")[1].startswith("2025-11-12\tdrawn\t12000000.00")
    tabs.setCurrentIndex(3)
    assert "below the enforcement line" in panel.text()
    table = panel.findChild(FactTableView, "life.coverage")
    assert table is not None
    place = table.model().index(table.model().rowCount() - 1, 0)
    assert place.data(Qt.ItemDataRole.BackgroundRole) is not None


def test_the_checklist_counts_what_stops_a_final_print_and_leads_to_the_fields(
    panel: ResultsPanel,
) -> None:
    text = shown(panel, "checklist")
    assert "Open red items: 2. No print can be marked final while one is open" in text
    assert text.index("Assigned insurance in force") < text.index("Specified account named")
    assert "The assigned policy ended on 2026-12-31" in text
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    assert 'href="field:loan.collaterals' in browser.toHtml()
    assert "Other red flags of the case" in text
    document = rich_document()
    document["project"]["ecosystem"] = "mangrove"
    document["loan"]["collaterals"][3]["valid_until"] = "2036-12-31"
    text = shown(panel, "checklist", document)
    assert "No red item is open: a print can be marked final." in text


def test_the_green_class_shows_decision_and_indicators(panel: ResultsPanel) -> None:
    text = shown(panel, "green")
    for words in ("decided and checked by two persons", "Indicators of the loan", "种植成活率"):
        assert words in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", PAGES)
def test_no_page_shows_a_placeholder_or_a_bare_code(
    panel: ResultsPanel, code: str, language: str
) -> None:
    set_language(language)
    text = shown(panel, code)
    for sign in ("{", "}", "None", "loan."):
        assert sign not in text


@pytest.fixture
def watched(document: dict[str, Any]) -> dict[str, Any]:
    """A small loan that is watched on a day."""
    document["loan"]["monitoring"] = {
        "as_of": "2025-06-30",
        "overdue_multiple": 1.5,
        "receipts": [{"day": "2025-04-30", "amount_yuan": 100_000}],
    }
    return document


def recorded(page: CasePage, table: str) -> RecordDialog:
    page._results.show_page("life")
    clicked(page._results, f"record.{table}")
    return page.findChildren(RecordDialog)[-1]


def test_a_receipt_is_recorded_as_one_step_that_shows_its_day(
    open_page: OpenPage, watched: dict[str, Any]
) -> None:
    page = open_page(watched)
    dialog = recorded(page, "receipts")
    dialog.fill({"day": "2025-07-08", "amount_yuan": 217_500, "source": "borrower"})
    dialog.take.click()
    receipts = value_at(page.document, "loan.monitoring.receipts")
    assert receipts[1:] == [{"day": "2025-07-08", "amount_yuan": 217_500, "source": "borrower"}]
    assert value_at(page.document, "loan.monitoring.as_of") == "2025-07-08"
    page.recalculate()
    assert "2025-07-08" in page.results_text()
    assert page.undo_stack.count() == 1
    page.undo()
    assert len(value_at(page.document, "loan.monitoring.receipts")) == 1
    assert value_at(page.document, "loan.monitoring.as_of") == "2025-06-30"
    page._results._follow(QUrl("do:today"))
    assert value_at(page.document, "loan.monitoring.as_of") == NOW.date().isoformat()
    page.undo()
    assert value_at(page.document, "loan.monitoring.as_of") == "2025-06-30"


def test_a_line_that_is_refused_says_what_to_enter_and_changes_nothing(
    open_page: OpenPage, watched: dict[str, Any]
) -> None:
    page = open_page(watched)
    dialog = recorded(page, "receipts")
    dialog.fill({"amount_yuan": -5})
    dialog.take.click()
    assert dialog.problems["day"].text().startswith("Expected: ")
    assert dialog.problems["amount_yuan"].text().startswith("Expected: ")
    dialog.reject()
    dialog = recorded(page, "revaluations")
    dialog.fill({"day": "2025-10-01"})
    dialog.take.click()
    assert dialog.problems["price_yuan_t"].text().startswith("Expected: ")
    assert page.undo_stack.count() == 0


def test_a_first_event_begins_the_watch_of_a_loan(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    dialog = recorded(page, "events")
    dialog.fill({"day": "2025-05-01", "kind": "damage"})
    dialog.follow.setChecked(False)
    dialog.take.click()
    watch = value_at(page.document, "loan.monitoring")
    assert watch == {"events": [{"day": "2025-05-01", "kind": "damage"}]}
