"""The window: navigation, pages, open cases. It knows pages by name and does no work itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.i18n import _, active_language, set_language
from app.settings import Settings, save_settings
from app.views.actions import make_actions
from app.views.jobs import Jobs
from app.views.navigation import PAGES

if TYPE_CHECKING:
    from app.services.maintenance import Maintenance
    from app.services.workbench import Workbench
    from app.views.book_actions import BookActions
    from app.views.pages.case_page import CasePage

KEY = Qt.ItemDataRole.UserRole
ITEM_SIZE = QSize(150, 40)


class MainWindow(QMainWindow):
    """Shows one page at a time; open cases stand under the pages in the navigation.

    Signals:
        first_painted(): the window is on the screen; the heavy work may begin.
    """

    first_painted = Signal()

    def __init__(self, jobs: Jobs, settings: Settings, maintenance: "Maintenance") -> None:
        super().__init__()
        self.jobs = jobs
        self.settings = settings
        self.maintenance = maintenance
        self.workbench: Workbench | None = None
        self.book_actions: BookActions | None = None
        self._pages: dict[str, QWidget] = {}
        self._cases: dict[str, CasePage] = {}
        self._next_case = 0
        self._was_painted = False
        self.on_text_size: Callable[[int], None] = lambda _points: None
        self.on_language: Callable[[], None] = lambda: None
        self.resize(1280, 800)
        self.setMinimumSize(QSize(960, 600))
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
        self._build()

    def _build(self) -> None:
        self.setWindowTitle(_("Blue Carbon Desk"))
        self.navigation = QListWidget()
        self.navigation.setObjectName("navigation")
        self.navigation.setAccessibleName(_("Navigation"))
        self.navigation.setFixedWidth(186)
        self.navigation.setIconSize(QSize(20, 20))
        self.navigation.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, title, _picture in PAGES:
            item = QListWidgetItem(_(title))
            item.setData(KEY, key)
            item.setSizeHint(ITEM_SIZE)
            self.navigation.addItem(item)
        self.stack = QStackedWidget()
        self._waiting = QLabel(_("Opening the book…"))
        self._waiting.setProperty("role", "empty")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setWordWrap(True)
        self.stack.addWidget(self._waiting)
        central = QWidget()
        layout = QHBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addWidget(self.stack, 1)
        self.setCentralWidget(central)
        self.actions_by_name = make_actions(self)
        self.statusBar().showMessage("")
        self.navigation.currentItemChanged.connect(lambda item, _old: self._navigate(item))

    def add_icons(self) -> None:
        """Draw the icons of the navigation; done after the first paint."""
        from app.views.theme import ON_RAIL, icon  # noqa: PLC0415 - loads the SVG module

        for row, (_key, _title, picture) in enumerate(PAGES):
            self.navigation.item(row).setIcon(icon(picture, ON_RAIL))

    def set_workbench(self, workbench: "Workbench") -> None:
        """Take the opened book and show it."""
        from app.views.book_actions import BookActions  # noqa: PLC0415 - after the first paint

        self.workbench = workbench
        self.book_actions = BookActions(self, workbench)
        self.show_page("book")

    def show_failure(self, text: str) -> None:
        """Say in the middle of the window why the book could not be opened, and the remedy."""
        self._waiting.setText(text)
        self.stack.setCurrentWidget(self._waiting)

    def show_page(self, key: str) -> None:
        """Go to a page or to an open case."""
        for row in range(self.navigation.count()):
            item = self.navigation.item(row)
            if item.data(KEY) == key:
                if self.navigation.currentItem() is item:
                    self._navigate(item)
                self.navigation.setCurrentItem(item)
                return

    def _navigate(self, item: QListWidgetItem | None) -> None:
        if item is None or self.workbench is None or self.book_actions is None:
            return
        key = item.data(KEY)
        if key is None:
            return
        case = self._cases.get(key)
        page = case if case is not None else self._page(key)
        self.stack.setCurrentWidget(page)
        self.book_actions.refresh(page)
        self.update_actions()

    def _page(self, key: str) -> QWidget:
        if key not in self._pages:
            assert self.book_actions is not None  # noqa: S101 - set with the workbench
            page = self.book_actions.make_page(key)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def current_case(self) -> "CasePage | None":
        """Return the case page in front, if one is."""
        page = self.stack.currentWidget()
        return next((case for case in self._cases.values() if case is page), None)

    def cases(self) -> list["CasePage"]:
        """Return the open cases."""
        return list(self._cases.values())

    def add_case(self, page: "CasePage") -> None:
        """Show a case and enter it into the navigation."""
        if not self._cases:
            self._add_heading()
        key = f"case-{self._next_case}"
        self._next_case += 1
        self._cases[key] = page
        self.stack.addWidget(page)
        from app.views.theme import ON_RAIL, icon  # noqa: PLC0415 - after the first paint

        item = QListWidgetItem(icon("case", ON_RAIL), "")
        item.setData(KEY, key)
        item.setSizeHint(ITEM_SIZE)
        self.navigation.addItem(item)

        def retitle(title: str) -> None:
            item.setText(title)
            item.setToolTip(title)
            self.update_actions()

        page.title_changed.connect(retitle)
        page.undo_stack.indexChanged.connect(lambda _index: self.update_actions())
        page.show_title()
        self.navigation.setCurrentItem(item)

    def _add_heading(self) -> None:
        item = QListWidgetItem(_("Open cases"))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.navigation.addItem(item)

    def show_case(self, page: "CasePage") -> None:
        """Go to an open case."""
        self.show_page(next(name for name, case in self._cases.items() if case is page))

    def close_case(self, page: "CasePage") -> None:
        """Take a case out of the window; ask first when it has unsaved changes."""
        if page.has_unsaved_changes() and page.undo_stack.count():
            self._ask_unsaved([page], lambda: self._drop_case(page))
        else:
            self._drop_case(page)

    def _drop_case(self, page: "CasePage") -> None:
        key = next(name for name, case in self._cases.items() if case is page)
        del self._cases[key]
        for row in range(self.navigation.count()):
            if self.navigation.item(row).data(KEY) == key:
                self.navigation.takeItem(row)
                break
        if not self._cases:
            self.navigation.takeItem(len(PAGES))
        self.stack.removeWidget(page)
        page.deleteLater()
        self.show_page("book")

    def _ask_unsaved(self, pages: list["CasePage"], go_on: Callable[[], None]) -> None:
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - not before the first paint

        box = QMessageBox(self)
        box.setObjectName("unsaved")
        box.setWindowTitle(_("Unsaved changes"))
        box.setText(_("There are unsaved changes. Save them?"))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)

        def answered(code: int) -> None:
            if code == buttons.Discard or (code == buttons.Save and all(p.save() for p in pages)):
                go_on()

        box.finished.connect(answered)
        box.open()

    def update_actions(self) -> None:
        """Enable what can be done now."""
        case = self.current_case()
        ready = self.workbench is not None
        for name, action in self.actions_by_name.items():
            if name.startswith("case."):
                action.setEnabled(case is not None)
            elif name.startswith("book."):
                action.setEnabled(ready)
        undo = self.actions_by_name["edit.undo"]
        undo.setEnabled(case.undo_stack.canUndo() if case is not None else self._can_undelete())
        self.actions_by_name["edit.redo"].setEnabled(case is not None and case.undo_stack.canRedo())

    def _can_undelete(self) -> bool:
        return self.book_actions is not None and bool(self.book_actions.last_deleted)

    def undo(self) -> None:
        """Take back the last change of the case in front, or the last deletion."""
        case = self.current_case()
        if case is not None:
            case.undo()
        elif self.book_actions is not None:
            self.book_actions.undo_delete()

    def change_language(self, language: str) -> None:
        """Speak another language at once; open cases keep their drafts."""
        if language == active_language():
            return
        set_language(language)
        self.on_language()
        self._save(replace(self.settings, language=language))
        self._build_pages_anew()

    def _build_pages_anew(self) -> None:
        """Show every page in the language and size of now."""
        row = self.navigation.currentRow()
        key = self.navigation.item(row).data(KEY) if row >= 0 else "book"
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self.setWindowTitle(_("Blue Carbon Desk"))
        for row, (_key, title, _picture) in enumerate(PAGES):
            self.navigation.item(row).setText(_(title))
        if self._cases:
            self.navigation.item(len(PAGES)).setText(_("Open cases"))
        self.menuBar().clear()
        self.actions_by_name = make_actions(self)
        for case in self._cases.values():
            case.retranslate()
        self.show_page(key)

    def change_text_size(self, points: int) -> None:
        """Show all text in another size."""
        self._save(replace(self.settings, font_points=points))
        self.on_text_size(points)
        self._build_pages_anew()

    def _save(self, settings: Settings) -> None:
        self.settings = settings
        save_settings(settings)

    def offer_undo(self, text: str, undo: Callable[[], None]) -> None:
        """Say in the status bar what was done, with a button that takes it back."""
        bar = self.statusBar()
        for old in bar.findChildren(QPushButton):
            bar.removeWidget(old)
            old.deleteLater()
        button = QPushButton(_("Undo"))
        button.setObjectName("undo-delete")

        def take_back() -> None:
            bar.removeWidget(button)
            button.deleteLater()
            undo()

        button.clicked.connect(take_back)
        bar.addPermanentWidget(button)
        bar.showMessage(text, 15_000)

    def tell(self, text: str) -> None:
        """Show a message."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - not before the first paint

        box = QMessageBox(self)
        box.setObjectName("message")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Blue Carbon Desk"))
        box.setText(text)
        box.open()

    def import_paths(self, paths: list[Path]) -> None:
        """Import case files that were named from outside."""
        if self.book_actions is not None:
            self.book_actions.import_files(paths)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint; after the first time tell that the window is there."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask about unsaved cases; then keep the window's place and let go of the book."""
        unsaved = [
            case for case in self.cases() if case.has_unsaved_changes() and case.undo_stack.count()
        ]
        if unsaved:
            event.ignore()
            self._ask_unsaved(unsaved, self._close_for_good)
            return
        self._release()
        event.accept()

    def _close_for_good(self) -> None:
        for case in self.cases():
            case.undo_stack.clear()
        self.close()

    def _release(self) -> None:
        geometry: Any = self.saveGeometry().toBase64().data()
        self._save(replace(self.settings, geometry=geometry.decode()))
        self.jobs.close()
        if self.workbench is not None:
            self.workbench.close()
            self.workbench = None
