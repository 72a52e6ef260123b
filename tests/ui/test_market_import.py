"""The import of the market book: preview, repeated and refused lines, progress."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.services.market_desk import MarketDesk
from app.services.market_lines import Target
from app.services.workbench import Workbench
from app.views.dialogs.market_import_dialog import MarketImportDialog
from app.views.jobs import Jobs

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


# --------------------------------------------------------------------------------- importing


@pytest.fixture
def preview(qtbot: QtBot, desk: MarketDesk, jobs: Jobs) -> Preview:
    """Open the dialog on a file and wait until it is read."""

    def shown(path: Path, target: Target = Target.RECORDS) -> MarketImportDialog:
        dialog = MarketImportDialog(desk, target, jobs)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.load(str(path))
        settled(dialog, qtbot)
        return dialog

    return shown


def settled(dialog: MarketImportDialog, qtbot: QtBot) -> None:
    busy = child(dialog, QWidget, "import.busy")
    qtbot.waitUntil(lambda: not busy.isVisible() and not dialog._timer.isActive(), timeout=20_000)


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def count(dialog: MarketImportDialog) -> str:
    return str(child(dialog, QLabel, "import.count").text())


DEALS_FILE = (
    "日期,地点,生态系统,交易方式,成交量(吨),成交价(元/吨)\n"
    "2025-06-01,Xiapu,红树林,挂牌协议,100,90\n"
    "2025-06-01,Xiapu,红树林,挂牌协议,100,90\n"
    "2025-06-02,Xiapu,红树林,挂牌协议,100,ninety\n"
    "2025-05-01,Beihai,红树林,挂牌协议,1234.5,88\n"
)


def test_repeated_lines_are_marked_and_left_out(
    preview: Preview, tmp_path: Path, desk: MarketDesk, qtbot: QtBot
) -> None:
    desk.add_record(**OWN)
    dialog = preview(written(tmp_path, DEALS_FILE))
    assert count(dialog) == "Lines that will be taken: 1; repeated, left out: 2; refused: 1."
    model = dialog.lines.records
    states = {model.record(row).line: model.record(row).state for row in range(model.rowCount())}
    assert states == {2: "new", 3: "repeats line 2", 5: "in the book already"}
    refused = dialog.refused.records.record(0)
    assert (refused.line, refused.column, refused.value) == (4, "Price a tonne", "ninety")
    assert refused.expected == "a number"
    before = len(desk.records())
    with qtbot.waitSignal(dialog.taken) as told:
        dialog.take.click()
    assert told.args == [1]
    assert len(desk.records()) == before + 1
    assert not dialog.isVisible()


def test_repeated_lines_are_taken_when_that_is_ticked(
    preview: Preview, tmp_path: Path, desk: MarketDesk, qtbot: QtBot
) -> None:
    dialog = preview(written(tmp_path, DEALS_FILE))
    dialog._repeated.click()
    assert count(dialog) == "Lines that will be taken: 3; repeated, left out: 0; refused: 1."
    before = len(desk.records())
    with qtbot.waitSignal(dialog.taken):
        dialog.take.click()
    assert len(desk.records()) == before + 3


def test_a_series_gets_its_name_once_for_all_lines(
    preview: Preview, tmp_path: Path, desk: MarketDesk, qtbot: QtBot
) -> None:
    text = "日期,收盘价(元/吨),最低价,最高价\n2026-01-05,60,59,61\n2026-01-06,61,60,62\n"
    dialog = preview(written(tmp_path, text), Target.SERIES)
    assert count(dialog) == "Lines that will be taken: 0; repeated, left out: 0; refused: 2."
    assert not dialog.take.isEnabled()
    qtbot.keyClicks(child(dialog, QLineEdit, "import.same.series"), "CEA daily")
    settled(dialog, qtbot)
    assert count(dialog) == "Lines that will be taken: 2; repeated, left out: 0; refused: 0."
    with qtbot.waitSignal(dialog.taken):
        dialog.take.click()
    assert [point.price for point in desk.series("CEA daily")] == [60, 61]


def test_another_heading_is_chosen_for_a_column(
    preview: Preview, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "日期,地点,成交价(元/吨),谈定\n2025-06-01,Xiapu,1,90\n"
    dialog = preview(written(tmp_path, text))
    assert dialog.columns.matches() == ("day", "place", "price", None)
    dialog.columns.choose(3, "price")
    settled(dialog, qtbot)
    assert dialog.columns.matches() == ("day", "place", None, "price")
    assert dialog.lines.records.record(0).entry.price == 90


def test_a_file_of_another_kind_is_refused_with_what_is_expected(
    preview: Preview, tmp_path: Path
) -> None:
    dialog = preview(written(tmp_path, "a,b\nc,d\n"))
    assert child(dialog, QLabel, "import.problem").text().startswith("Given: ")
    assert not dialog.take.isEnabled()


def test_a_file_is_read_anew_as_something_else(
    preview: Preview, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "币种,日期,汇率\nUSD,2025-06-01,7.2\n"
    dialog = preview(written(tmp_path, text))
    box = child(dialog, QComboBox, "import.target")
    box.setCurrentIndex(box.findData(Target.FX))
    box.activated.emit(box.currentIndex())
    settled(dialog, qtbot)
    assert dialog.lines.records.record(0).entry.yuan == 7.2
