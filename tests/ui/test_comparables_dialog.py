"""Comparables, price series and exchange rates of the market book, taken into a case."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.services.draft import with_value
from app.services.market_desk import MarketDesk
from app.services.workbench import Workbench
from app.views.dialogs.comparables_dialog import ComparablesDialog
from app.views.dialogs.comparables_frame import EvidenceDialog
from app.views.dialogs.comparables_series_dialog import RatesDialog, SeriesDialog
from app.views.main_window import MainWindow
from app.views.pages.case_page import CasePage
from app.views.pages.market_book_page import MarketBookPage
from app.views.widgets import market_choice as choice
from app.views.widgets.market_words import counts_in_centre, is_upper_bound

OpenPage = Callable[..., CasePage]
Document = dict[str, Any]


def child(owner: QWidget, kind: type, name: str) -> Any:
    found = owner.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.fixture
def desk(workbench: Workbench) -> MarketDesk:
    return workbench.market


@pytest.fixture
def draft(document: Document) -> Document:
    """A draft of a mangrove project valued at the end of 2025."""
    changed = copy.deepcopy(document)
    changed["project"]["ecosystem"] = "mangrove"
    changed["appraisal"]["valuation_date"] = "2025-12-31"
    return changed


def comparables(qtbot: QtBot, desk: MarketDesk, draft: Document) -> ComparablesDialog:
    dialog = ComparablesDialog(desk, draft)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def lines(document: Document, path: str = choice.COMPARABLES) -> list[Document]:
    return choice.lines_at(document, path)


# ------------------------------------------------------------------------------- comparables


def test_deals_of_the_ecosystem_are_proposed_without_court_and_public_benefit(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    dialog = comparables(qtbot, desk, draft)
    shown = [dialog.table.records.record(r) for r in range(dialog.table.records.rowCount())]
    assert {str(record.ecosystem) for record in shown} == {"mangrove"}
    assert any(is_upper_bound(record) for record in shown)
    chosen = dialog.chosen()
    assert chosen
    assert all(counts_in_centre(record) and not record.repeats for record in chosen)
    assert {record.currency for record in chosen} == {"CNY"}
    prices = sorted(float(record.price or 0) for record in chosen)
    said = child(dialog, QLabel, "evidence.count").text()
    assert said.startswith(f"n = {len(prices)} ticked: CNY: {len(prices)} prices, ")
    assert f"{prices[0]:g} to {prices[-1]:g} a tonne" in said


def test_deals_after_the_valuation_date_and_without_a_price_are_not_offered(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    draft["appraisal"]["valuation_date"] = "2022-06-30"
    dialog = comparables(qtbot, desk, draft)
    dialog.filter.show_all()
    records = [dialog.table.records.record(r) for r in range(dialog.table.records.rowCount())]
    assert records
    assert all(record.price and record.day <= date(2022, 6, 30) for record in records)


def test_few_prices_and_an_upper_bound_are_said(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    dialog = comparables(qtbot, desk, draft)
    dialog.ticks.tick(set(dialog.ticks.ticked), wanted=False)
    assert not dialog.take.isEnabled()
    court = next(r for r in dialog._records if r.method == "court" and r.currency == "CNY")
    dialog.ticks.tick([court.record_id], wanted=True)
    said = child(dialog, QLabel, "evidence.count").text()
    assert "1 of them stand as an upper bound" in said
    assert "Fewer than 5 for the centre" in said
    assert dialog.take.isEnabled()


def test_ticks_stay_when_the_filter_hides_them(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    dialog = comparables(qtbot, desk, draft)
    ticked = set(dialog.ticks.ticked)
    dialog.filter.tag("ecosystem").choose(["shellfish"])
    assert dialog.ticks.ticked == ticked
    assert f"out of sight: {len(ticked)}" in child(dialog, QLabel, "evidence.count").text()
    child(dialog, QPushButton, "evidence.all").click()
    assert dialog.ticks.ticked > ticked


def test_a_row_is_ticked_with_the_space_bar_and_with_the_mouse(
    qtbot: QtBot, desk: MarketDesk, draft: Document, qtmodeltester: ModelTester
) -> None:
    dialog = comparables(qtbot, desk, draft)
    first = dialog.table.records.record(0).record_id
    before = first in dialog.ticks.ticked
    dialog.table.selectRow(0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert (first in dialog.ticks.ticked) is not before
    state = Qt.CheckState.Checked if before else Qt.CheckState.Unchecked
    index = dialog.ticks.index(0, 0)
    assert dialog.ticks.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)
    assert (first in dialog.ticks.ticked) is before
    qtmodeltester.check(dialog.ticks)


def test_a_price_in_another_currency_brings_its_rate_or_a_warning(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    dialog = comparables(qtbot, desk, draft)
    deal = next(r for r in dialog._records if r.currency == "USD" and counts_in_centre(r))
    dialog.ticks.tick([deal.record_id], wanted=True)
    problem = child(dialog, QLabel, "evidence.problem")
    assert problem.isVisible()
    assert "USD" in problem.text()
    assert not dialog.rates.isVisible()
    for day in ("2020-01-02", deal.day.isoformat()):
        desk.add_fx("USD", day, 7.1, "SAFE")
    again = comparables(qtbot, desk, draft)
    assert deal.record_id in again.ticks.ticked
    assert not child(again, QLabel, "evidence.problem").isVisible()
    changed = again.changed_document()
    rates = lines(changed, choice.RATES)
    assert deal.day.isoformat() in [line["day"] for line in rates]
    again.rates.setChecked(False)
    assert lines(again.changed_document(), choice.RATES) == []


def test_what_the_case_holds_is_ticked_and_keeps_its_adjustments(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    records = [r for r in desk.records() if r.price and r.currency == "CNY" and not r.repeats][:3]
    held = desk.comparables(records)
    held[0]["k_place"] = 0.1
    typed = {"day": "2025-01-01", "price": 77.0}
    gone = {"day": "2025-01-02", "price": 78.0, "record": "deleted-since"}
    draft = with_value(draft, choice.COMPARABLES, [*held, typed, gone])
    dialog = comparables(qtbot, desk, draft)
    assert dialog.ticks.ticked == {record.record_id for record in records}
    dialog.ticks.tick([records[1].record_id], wanted=False)
    extra = next(
        r for r in dialog._records if r not in records and r.currency == "CNY" and not r.repeats
    )
    dialog.ticks.tick([extra.record_id], wanted=True)
    changed = lines(dialog.changed_document())
    assert [line.get("record") for line in changed] == [
        records[0].record_id,
        records[2].record_id,
        None,
        "deleted-since",
        extra.record_id,
    ]
    assert changed[0]["k_place"] == 0.1


# ------------------------------------------------------------------------------- in the case


def evidence_dialog(page: CasePage) -> EvidenceDialog:
    shown = [d for d in page.findChildren(EvidenceDialog) if d.isVisible()]
    assert len(shown) == 1
    return shown[0]


def test_comparables_are_taken_as_one_step_of_undo(open_page: OpenPage, draft: Document) -> None:
    page = open_page(draft)
    before, steps = page.document, page.undo_stack.count()
    page.import_lines(choice.COMPARABLES)
    dialog = evidence_dialog(page)
    assert isinstance(dialog, ComparablesDialog)
    number = len(dialog.chosen())
    dialog.take.click()
    assert len(lines(page.document)) == number
    assert page.undo_stack.count() == steps + 1
    page.undo()
    assert page.document == before


def test_the_taken_lines_are_valid_in_a_case(workbench: Workbench, draft: Document) -> None:
    records = [r for r in workbench.market.records() if r.price and r.currency == "CNY"]
    taken = workbench.market.comparables(records)
    changed = choice.with_comparables(draft, set(), taken, ())
    computed = workbench.compute_document(changed, draw=False)
    appraisal = computed.file.case.appraisal
    assert appraisal is not None
    assert appraisal.evidence is not None
    assert len(appraisal.evidence.comparables) == len(records)


def test_a_file_can_be_chosen_instead(open_page: OpenPage, draft: Document) -> None:
    page = open_page(draft)
    page.import_lines(choice.RATES)
    dialog = evidence_dialog(page)
    assert isinstance(dialog, RatesDialog)
    child(dialog, QPushButton, "evidence.file").click()
    assert not dialog.isVisible()
    files = page.findChild(QFileDialog)
    assert files is not None
    files.reject()


def test_other_tables_still_ask_for_a_file_at_once(open_page: OpenPage, draft: Document) -> None:
    page = open_page(draft)
    page.import_lines("project.harvest")
    assert not page.findChildren(EvidenceDialog)
    files = page.findChild(QFileDialog)
    assert files is not None
    files.reject()


def test_rates_of_the_comparables_are_ticked_and_join_those_of_the_case(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    for code, day, yuan in (
        ("USD", "2025-01-02", 7.3),
        ("USD", "2026-02-02", 7.0),
        ("JPY", "2025-01-02", 0.046),
    ):
        desk.add_fx(code, day, yuan)
    draft = with_value(
        draft, choice.COMPARABLES, [{"day": "2025-02-01", "price": 20.0, "currency": "USD"}]
    )
    draft = with_value(
        draft,
        choice.RATES,
        [
            {"currency": "USD", "day": "2024-01-02", "yuan": 7.1},
            {"currency": "USD", "day": "2025-01-02", "yuan": 9.9},
        ],
    )
    dialog = RatesDialog(desk, draft)
    qtbot.addWidget(dialog)
    dialog.show()
    found = lines(dialog.changed_document(), choice.RATES)
    assert [(line["currency"], line["day"], line["yuan"]) for line in found] == [
        ("USD", "2024-01-02", 7.1),
        ("USD", "2025-01-02", 7.3),
    ]


def test_without_rates_in_the_book_the_dialog_says_so(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    dialog = RatesDialog(desk, draft)
    qtbot.addWidget(dialog)
    assert "holds no rates" in child(dialog, QLabel, "evidence.count").text()
    assert not dialog.take.isEnabled()


def test_a_series_is_taken_with_its_name_up_to_the_valuation_date(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    draft["appraisal"]["valuation_date"] = "2025-03-07"
    dialog = SeriesDialog(desk, draft)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose("CEA")
    changed = dialog.changed_document()
    evidence = changed["appraisal"]["evidence"]
    assert evidence["series_name"] == "CEA"
    assert evidence["time_adjustment"] == "series"
    days = [line["day"] for line in evidence["series"]]
    assert days == sorted(days)
    assert days[-1] == "2025-03-07"
    assert not child(dialog, QLabel, "evidence.problem").isVisible()


def test_a_series_that_ends_too_early_or_starts_too_late_is_named(
    qtbot: QtBot, desk: MarketDesk, draft: Document
) -> None:
    dialog = SeriesDialog(desk, draft)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose("CEA")
    problem = child(dialog, QLabel, "evidence.problem")
    assert "before the valuation date 2025-12-31" in problem.text()
    old = {"day": "2019-01-01", "price": 20.0}
    draft["appraisal"]["valuation_date"] = "2025-03-07"
    late = SeriesDialog(desk, with_value(draft, choice.COMPARABLES, [old]))
    qtbot.addWidget(late)
    late.show()
    late.choose("CEA")
    assert "They cannot be adjusted" in child(late, QLabel, "evidence.problem").text()


# ------------------------------------------------------------------------ from the market book


def test_deals_of_the_book_go_to_the_open_case_ticked(window: MainWindow) -> None:
    window.book_actions.open_case(window.workbench.list_cases()[0].case_id)  # type: ignore[union-attr]
    window.show_page("prices")
    book = window.stack.currentWidget()
    assert isinstance(book, MarketBookPage)
    deal = next(r for r in window.workbench.market.records() if r.method == "court" and r.price)  # type: ignore[union-attr]
    book.show_record(deal.record_id)
    book.deals.take.click()
    page = window.current_case()
    assert page is not None
    dialog = evidence_dialog(page)
    assert isinstance(dialog, ComparablesDialog)
    day = choice.valuation_day(page.document)
    if day is None or deal.day <= day:
        assert [record.record_id for record in dialog.chosen()] == [deal.record_id]
        assert dialog.table.records.record(0).record_id == deal.record_id
    dialog.reject()


def test_of_several_open_cases_one_is_asked_for(window: MainWindow) -> None:
    assert window.workbench is not None
    assert window.book_actions is not None
    for entry in window.workbench.list_cases()[:2]:
        window.book_actions.open_case(entry.case_id)
    window.show_page("prices")
    deal = next(record for record in window.workbench.market.records() if record.price)
    window.book_actions.take_to_case([deal])
    asked = child(window, QInputDialog, "market.case")
    assert len(asked.comboBoxItems()) == 2
    asked.setTextValue(asked.comboBoxItems()[1])
    asked.accept()
    assert window.current_case() is window.cases()[1]
    evidence_dialog(window.cases()[1]).reject()
