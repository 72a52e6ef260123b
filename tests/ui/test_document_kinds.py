"""The kinds of documents in the window: chosen in the preview and before an export, then filed."""

import json
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QMenu
from pytestqt.qtbot import QtBot

from app.services.demo import insurance_files
from app.services.workbench import Workbench
from app.views.widgets.pdf_preview import PdfPreview
from tests.ui.conftest import OpenPage

CLAIMS = next(path for path in insurance_files() if path.name.startswith("settlement"))


def test_the_preview_shows_saves_and_files_the_kind_that_is_chosen(
    qtbot: QtBot, open_page: OpenPage, workbench: Workbench, tmp_path: Path
) -> None:
    page = open_page(json.loads(CLAIMS.read_text(encoding="utf-8")))
    page.output.preview_pdf()
    qtbot.waitUntil(lambda: page.findChild(PdfPreview) is not None, timeout=30_000)
    preview = page.findChild(PdfPreview)
    assert preview is not None
    kinds = preview.findChildren(QComboBox)[0]
    titles = [kinds.itemText(place) for place in range(kinds.count())]
    assert titles[:3] == ["Quotation", "Slip", "Payment letter"]
    kinds.setCurrentIndex(titles.index("Payment letter: gale of August"))
    kinds.activated.emit(kinds.currentIndex())
    assert not kinds.isEnabled()
    qtbot.waitUntil(kinds.isEnabled, timeout=30_000)
    assert preview.windowTitle().endswith("-payment letter-gale of August.pdf")
    with qtbot.waitSignal(page.issued, timeout=30_000):
        preview.save_to(str(tmp_path / "letter.pdf"))
    (entry,) = workbench.list_documents()
    assert entry.kind == "payment-letter"
    assert workbench.document_bytes(entry.document_id) == (tmp_path / "letter.pdf").read_bytes()
    preview.close()


def test_an_export_asks_which_document_where_there_are_several(open_page: OpenPage) -> None:
    page = open_page(json.loads(CLAIMS.read_text(encoding="utf-8")))
    page.output.export_pdf()
    menu = page.findChild(QMenu)
    assert menu is not None
    titles = [action.text() for action in menu.actions()]
    assert titles[:3] == ["Quotation", "Slip", "Payment letter"]
    menu.close()
