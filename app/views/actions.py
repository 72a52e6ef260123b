"""Every command of the menus, with its key, in one registry."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from app.i18n import LANGUAGES, _
from app.views.navigation import PAGES

if TYPE_CHECKING:
    from app.views.main_window import MainWindow

Keys = QKeySequence.StandardKey
MOST_NUMBERED = 10


def _on_case(window: "MainWindow", name: str) -> Callable[[], None]:
    def call() -> None:
        case = window.current_case()
        if case is not None:
            getattr(case, name)()

    return call


def _on_output(window: "MainWindow", name: str) -> Callable[[], None]:
    def call() -> None:
        case = window.current_case()
        if case is not None:
            getattr(case.output, name)()

    return call


def _on_book(window: "MainWindow", name: str) -> Callable[[], None]:
    def call() -> None:
        if window.book_actions is not None:
            getattr(window.book_actions, name)()

    return call


def _on_documents(window: "MainWindow", name: str) -> Callable[[], None]:
    def call() -> None:
        if window.book_actions is not None:
            getattr(window.book_actions.documents, name)()

    return call


def _close_case(window: "MainWindow") -> None:
    case = window.current_case()
    if case is not None:
        window.close_case(case)


def make_actions(window: "MainWindow") -> dict[str, QAction]:
    """Fill the menu bar in the active language and return the actions by name."""
    found: dict[str, QAction] = {}
    menus = {
        "file": window.menuBar().addMenu(_("&File")),
        "edit": window.menuBar().addMenu(_("&Edit")),
        "view": window.menuBar().addMenu(_("&View")),
        "help": window.menuBar().addMenu(_("&Help")),
    }

    def add(
        menu: str,
        name: str,
        text: str,
        call: Callable[[], object],
        keys: QKeySequence | Keys | str | None = None,
    ) -> None:
        action = QAction(text, window)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: call())
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        menus[menu].addAction(action)
        found[name] = action

    add("file", "book.new", _("New case"), _on_book(window, "new_case"), Keys.New)
    add("file", "book.import", _("Import case files…"), _on_book(window, "ask_import"), Keys.Open)
    menus["file"].addSeparator()
    add("file", "case.save", _("Save"), _on_case(window, "save"), Keys.Save)
    add("file", "case.export", _("Export case file…"), _on_output(window, "export_case"))
    add("file", "case.data", _("Export workbook or data…"), _on_output(window, "export_data"))
    preview = _on_output(window, "preview_pdf")
    add("file", "case.preview", _("Preview document"), preview, "Ctrl+P")
    add("file", "case.pdf", _("Export document…"), _on_output(window, "export_pdf"), "Ctrl+E")
    add("file", "case.approve", _("Approve…"), _on_output(window, "approve"))
    add("file", "case.final", _("Issue final document…"), _on_output(window, "issue_final"))
    add("file", "case.close", _("Close case"), lambda: _close_case(window), "Ctrl+W")
    menus["file"].addSeparator()
    add("file", "book.check", _("Check a document…"), _on_documents(window, "check_file"))
    add("file", "book.print", _("Print many cases…"), _on_documents(window, "print_many"))
    add("file", "book.report", _("Portfolio report…"), _on_documents(window, "show_portfolio"))
    menus["file"].addSeparator()
    add("file", "quit", _("Quit"), window.close, Keys.Quit)
    add("edit", "edit.undo", _("Undo"), window.undo, Keys.Undo)
    add("edit", "edit.redo", _("Redo"), _on_case(window, "redo"), Keys.Redo)
    for number, (key, title, _picture) in enumerate(PAGES, start=1):
        call = _go_to(window, key)
        add("view", f"book.page.{key}", _(title), call, _page_keys(key, number))
    menus["view"].addSeparator()
    for code, name in LANGUAGES.items():
        add("view", f"language.{code}", name, _speak(window, code))
    add("help", "about", _("About Blue Carbon Desk"), lambda: _about(window))
    return found


def _page_keys(key: str, number: int) -> str | None:
    """Return the keys of a page: Ctrl and its number up to ten, Ctrl and comma for settings."""
    if key == "settings":
        return "Ctrl+,"
    return f"Ctrl+{number % 10}" if number <= MOST_NUMBERED else None


def _go_to(window: "MainWindow", key: str) -> Callable[[], None]:
    return lambda: window.show_page(key)


def _speak(window: "MainWindow", language: str) -> Callable[[], None]:
    return lambda: window.change_language(language)


def _about(window: "MainWindow") -> None:
    from app.version import VERSION  # noqa: PLC0415 - only when asked

    data = window.workbench.reference.data_version if window.workbench is not None else "–"
    window.tell(
        _(
            "Blue Carbon Desk {version}\nReference data {data}\nBook: {folder}\n\nValues "
            "carbon-sink income rights, sizes pledge loans, prices insurance, prints documents."
        ).format(version=VERSION, data=data, folder=window.maintenance.folder())
    )
