"""The preview: small pages, zoom, search, printing, saving."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.views.widgets import pdf_search
from app.views.widgets.pdf_pages import Fit
from app.views.widgets.pdf_preview import PdfPreview
from app.views.widgets.pdf_print import print_pages, printer_for
from app.views.widgets.pdf_thumbnails import PdfThumbnails
from tests.pdf_text import page_texts


def _document(path: Path, pages: int) -> bytes:
    canvas = Canvas(str(path), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 700, f"This is sheet {number} about mangroves")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def preview(qtbot: QtBot, tmp_path: Path) -> PdfPreview:
    shown = PdfPreview(_document(tmp_path / "five.pdf", 5), "five.pdf")
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_a_click_on_a_small_page_goes_there_and_scrolling_marks_it(preview: PdfPreview) -> None:
    small = preview.findChild(PdfThumbnails)
    assert small is not None
    model = small.model()
    assert model.rowCount() == 5
    assert not model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole).isNull()
    small.setCurrentIndex(model.index(3, 0))
    assert preview._view.current_page() == 4
    preview._view.go_to(2)
    assert small.currentIndex().row() == 1
    assert preview._view.current_page() == 2


def test_a_whole_page_fits_the_window_and_zooming_keeps_the_place(preview: PdfPreview) -> None:
    view = preview._view
    view.fit(Fit.PAGE)
    assert view._pages[0].height() <= view.viewport().height()
    view.go_to(3)
    for _ in range(4):
        view.zoom(1.25)
    assert view._pages[0].height() > view.viewport().height()
    assert view.current_page() in (2, 3)


def test_the_place_is_kept_when_the_window_grows(qtbot: QtBot, preview: PdfPreview) -> None:
    preview.resize(700, 600)
    preview._view.go_to(4)
    before = preview._view._pages[0].width()
    preview.resize(1100, 700)
    qtbot.waitUntil(lambda: preview._view._pages[0].width() > before)
    assert preview._view.current_page() in (3, 4)
    assert preview._bar._page.text() == str(preview._view.current_page())


def _search(qtbot: QtBot, preview: PdfPreview, text: str) -> None:
    preview._bar._text.setText(text)
    qtbot.waitUntil(lambda: not preview._bar._search.is_busy())


def test_search_counts_goes_round_and_says_when_there_is_nothing(
    qtbot: QtBot, preview: PdfPreview
) -> None:
    bar = preview._bar
    _search(qtbot, preview, "mangroves")
    assert preview.matches() == 5
    assert bar._count.text() == "1/5"
    bar.step(-1)
    assert bar._count.text() == "5/5"
    assert preview._view.current_page() >= 4
    _search(qtbot, preview, "kelp")
    assert bar._count.text() == "not found"
    _search(qtbot, preview, "")
    assert bar._count.text() == ""


def test_search_begins_at_the_page_that_is_read_and_never_holds_up_typing(
    qtbot: QtBot, preview: PdfPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_search, "_SLICE", 0.0)  # one page, then the window has its turn
    preview._view.go_to(3)
    preview._bar._text.setText("sheet")
    assert preview.matches() == 1
    assert preview._bar._count.text() == "1/1…"
    assert preview._view.current_page() == 3
    qtbot.waitUntil(lambda: not preview._bar._search.is_busy())
    assert preview._bar._count.text() == "3/5"
    assert preview._view.current_page() == 3


def test_a_page_number_is_entered_to_go_there(qtbot: QtBot, preview: PdfPreview) -> None:
    page = preview._bar._page
    assert page.text() == "1"
    page.selectAll()
    qtbot.keyClicks(page, "4")
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert preview._view.current_page() == 4
    assert preview.isVisible()
    page.setText("9")
    assert not page.hasAcceptableInput()


@pytest.mark.parametrize(("chosen", "expected"), [(None, 5), ((2, 3), 2)])
def test_the_chosen_pages_are_printed(
    preview: PdfPreview, tmp_path: Path, chosen: tuple[int, int] | None, expected: int
) -> None:
    printer = printer_for("five.pdf")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    if chosen is not None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(*chosen)
    assert list(print_pages(preview._view.document, printer))[-1] == expected
    assert len(page_texts((tmp_path / "printed.pdf").read_bytes())) == expected


def test_a_printer_that_cannot_begin_is_named(
    qtbot: QtBot, preview: PdfPreview, tmp_path: Path
) -> None:
    printer = printer_for("five.pdf")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no folder" / "printed.pdf"))
    preview.print_on(printer)
    qtbot.waitUntil(lambda: preview.findChild(QMessageBox) is not None)
    box = preview.findChild(QMessageBox)
    assert box is not None
    assert "could not begin" in box.text()
    assert preview._print.isEnabled()
    box.close()


def test_printing_says_how_far_it_is_and_then_that_it_is_done(
    qtbot: QtBot, preview: PdfPreview, tmp_path: Path
) -> None:
    printer = printer_for("five.pdf")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    assert not preview._print.isEnabled()
    preview._print_next()
    assert preview._told.text() == "Printing: 1 pages sent…"
    qtbot.waitUntil(preview._print.isEnabled)
    assert preview._told.text() == "Sent to the printer: 5 pages."
    assert len(page_texts((tmp_path / "printed.pdf").read_bytes())) == 5


def test_after_saving_the_folder_can_be_opened(
    preview: PdfPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda place: opened.append(place.toLocalFile())
    )
    folder = next(
        button for button in preview.findChildren(QPushButton) if button.text() == "Open folder"
    )
    assert folder.isHidden()
    preview.save_to(str(tmp_path / "kept.pdf"))
    assert (tmp_path / "kept.pdf").exists()
    folder.click()
    assert opened == [str(tmp_path)]
