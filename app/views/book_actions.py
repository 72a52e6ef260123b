"""What the window does with the book: fill pages, open, import, duplicate, delete, care for it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import _, active_language, translator
from app.messages import problem_text
from app.reference.market_data import MarketRecord
from app.services import case_file
from app.services.case_file import CaseRefused, Document
from app.services.draft import new_document
from app.services.method_register import case_with_method
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.views.document_actions import DocumentActions
from app.views.pages.case_page import CasePage
from app.views.pages.documents_page import DocumentsPage
from app.views.pages.due_page import DuePage
from app.views.pages.list_page import ListPage
from app.views.pages.market_book_page import MarketBookPage
from app.views.pages.market_page import MarketPage
from app.views.pages.methods_page import MethodsPage
from app.views.pages.settings_page import SettingsPage
from app.views.widgets.case_lists import LISTS, CaseList
from app.views.widgets.file_dialogs import ask_files
from app.views.widgets.loan_pages import LIFE
from app.views.widgets.market_cases import choose_case

if TYPE_CHECKING:
    from app.services.workbench import Workbench
    from app.views.dialogs.accumulation_dialog import AccumulationDialog
    from app.views.dialogs.loan_book_dialog import LoanBookDialog
    from app.views.dialogs.templates_dialog import TemplatesDialog
    from app.views.main_window import MainWindow
    from app.views.widgets.market_series import SeriesModel


class BookActions:
    """Joins the pages of the window to the use cases."""

    def __init__(self, window: "MainWindow", workbench: "Workbench") -> None:
        self._window = window
        self._workbench = workbench
        self.last_deleted: list[str] = []
        self.documents = DocumentActions(window, workbench, self.open_version)

    def make_page(self, key: str) -> QWidget:
        """Make the page of a name in the active language."""
        view = next((view for view in LISTS if view.key == key), None)
        if view is not None:
            return self._list_page(view)
        makers: dict[str, Callable[[], QWidget]] = {
            "due": self._due_page,
            "market": lambda: MarketPage(self._workbench.reference),
            "prices": self._market_book_page,
            "methods": self._methods_page,
            "documents": self.documents.make_page,
            "settings": self._settings_page,
        }
        return makers[key]()

    def _list_page(self, view: CaseList) -> ListPage:
        page = ListPage(view)
        page.open_case.connect(self.open_case)
        page.new_case.connect(self.new_case)
        page.import_wanted.connect(self._import_wanted)
        page.duplicate.connect(self.duplicate)
        page.delete.connect(self.delete)
        page.restore.connect(self.restore)
        page.deleted_shown.connect(lambda _shown: self.refresh(page))
        page.price_move.connect(lambda: self.show_price_move(page))
        page.event_wanted.connect(lambda: self.show_event(page))
        page.templates_wanted.connect(lambda: self.show_templates(page))
        return page

    def show_price_move(self, page: QWidget) -> "LoanBookDialog":
        """Hold the loans of the book against moves of the price; what was read before is kept."""
        from app.views.dialogs.loan_book_dialog import LoanBookDialog  # noqa: PLC0415 - when asked

        dialog = page.findChild(LoanBookDialog)
        if dialog is None:
            dialog = LoanBookDialog(self._workbench, self._window.jobs, page)
            dialog.open_case.connect(lambda case_id: self.open_case(case_id, LIFE))
        dialog.start()
        return dialog

    def show_event(self, page: QWidget) -> "AccumulationDialog":
        """Put one event on all policies and loans; what was read before is kept."""
        from app.views.dialogs.accumulation_dialog import AccumulationDialog  # noqa: PLC0415

        dialog = page.findChild(AccumulationDialog)
        if dialog is None:
            dialog = AccumulationDialog(self._workbench, self._window.jobs, page)
            dialog.open_case.connect(self.open_case)
        dialog.start()
        return dialog

    def show_templates(self, page: QWidget) -> "TemplatesDialog":
        """Show the published covers; the one that is used begins a new case."""
        from app.views.dialogs.templates_dialog import TemplatesDialog  # noqa: PLC0415

        dialog = TemplatesDialog(
            self.new_case_with_template, lambda _key: (), page, use_text=_("New case with it")
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def new_case_with_template(self, key: str) -> None:
        """Open a new case into which a published cover is entered; taking it out is one undo."""
        added = self._add_case(new_document(), None, None)
        added.valuing.insurance.use_template(key)

    def _due_page(self) -> DuePage:
        page = DuePage(self._workbench, self._window.jobs)
        page.open_case.connect(lambda case_id: self.open_case(case_id, LIFE))
        return page

    def _market_book_page(self) -> MarketBookPage:
        page = MarketBookPage(self._workbench.market, self._window.jobs)
        page.case_wanted.connect(self.take_to_case)
        page.estimate_wanted.connect(self.take_estimate)
        page.told.connect(lambda text: self._window.statusBar().showMessage(text, 5000))
        return page

    def take_to_case(self, records: Sequence[MarketRecord]) -> None:
        """Take deals into the open case, or the one of several that is chosen."""
        choose_case(self._window, lambda page: page.take_deals(records))

    def take_estimate(self, wanted: "SeriesModel") -> None:
        """Enter the estimate of a series into the simulation of an open case."""
        choose_case(self._window, lambda page: page.take_estimate(wanted))

    def show_series(self) -> None:
        """Go to the price series of the market book."""
        self._window.show_page("prices")
        page = self._window.stack.currentWidget()
        if isinstance(page, MarketBookPage):
            page.show_series()

    def _methods_page(self) -> MethodsPage:
        page = MethodsPage(self._workbench.reference)
        page.new_case.connect(self.new_case_with_method)
        page.told.connect(lambda text: self._window.statusBar().showMessage(text, 5000))
        return page

    def _settings_page(self) -> SettingsPage:
        window = self._window
        page = SettingsPage(window.settings, window.maintenance.folder())
        page.language_chosen.connect(window.change_language)
        page.size_chosen.connect(window.change_text_size)
        page.backup_wanted.connect(self._backup)
        page.restore_wanted.connect(self._restore_book)
        page.check_wanted.connect(self._check)
        page.template_wanted.connect(self.documents.edit_template)
        return page

    def refresh(self, page: QWidget | None = None) -> None:
        """Fill a page from the book; the page in front when none is named."""
        shown = page or self._window.stack.currentWidget()
        if isinstance(shown, ListPage):
            archived = shown.shows_deleted()
            shown.show_entries(self._workbench.list_cases(archived=archived))
        elif isinstance(shown, DuePage):
            shown.show_entries(self._workbench.list_cases(), self._workbench.today())
        elif isinstance(shown, MarketBookPage):
            shown.refresh()
        elif isinstance(shown, DocumentsPage):
            shown.show_documents(self._workbench.list_documents())

    def _tell_storage(self, problem: StorageProblem) -> None:
        self._window.tell(storage_text(problem, translator(active_language())))

    def open_case(self, case_id: str, result: str = "") -> None:
        """Open the newest version of a case, or go to it when it is open already.

        `result` is the code of the page of results to turn to.
        """
        for page in self._window.cases():
            if page.case_id == case_id and page.version == page.newest:
                self._window.show_case(page)
                page.valuing.show_page(result)
                return
        added = self._open_stored(case_id, None)
        if added is not None:
            added.valuing.show_page(result)

    def open_version(self, case_id: str, number: int) -> None:
        """Open a version of a case; an older one beside the newest, to be looked at and printed."""
        newest = self._workbench.versions(case_id)[-1].number
        if number == newest:
            self.open_case(case_id)
            return
        for page in self._window.cases():
            if (page.case_id, page.version) == (case_id, number):
                self._window.show_case(page)
                return
        added = self._open_stored(case_id, number)
        if added is not None:
            added.newest = newest
            text = _("Version {version} of {newest}: saving it makes a new version.")
            self._window.statusBar().showMessage(text.format(version=number, newest=newest), 15_000)

    def _open_stored(self, case_id: str, number: int | None) -> CasePage | None:
        try:
            version, file = self._workbench.open(case_id, number)
        except StorageProblem as problem:
            self._tell_storage(problem)
            return None
        return self._add_case(case_file.to_document(file), version.case_id, version.number)

    def _add_case(self, document: Document, case_id: str | None, number: int | None) -> CasePage:
        page = CasePage(
            self._workbench,
            self._window.jobs,
            case_id=case_id,
            version=number,
            document=document,
        )
        page.saved.connect(lambda _case_id: self._after_change())
        page.series_wanted.connect(self.show_series)
        page.issued.connect(lambda: self._window.statusBar().showMessage(_("Filed."), 5000))
        self._window.add_case(page)
        return page

    def new_case(self) -> None:
        """Open an empty case."""
        self._open_new(new_document())

    def new_case_with_method(self, key: str) -> None:
        """Open a new case in which a method of the register is chosen."""
        methods = self._workbench.reference.methods
        method = next(method for method in methods if method.key == key)
        self._open_new(case_with_method(method, translator(active_language())))

    def _open_new(self, document: Document) -> None:
        page = self._add_case(document, None, None)
        page.focus_field("project.name")

    def ask_import(self) -> None:
        """Ask for case files and import them."""
        pattern = _("Cases and sheets of cases (*.bcd.json *.json *.csv *.xlsx)")
        ask_files(self._window, _("Import case files"), [pattern], self.import_files)

    def _import_wanted(self, paths: list[Path]) -> None:
        if paths:
            self.import_files(paths)
        else:
            self.ask_import()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import case files, all or none; say what is refused."""
        try:
            stored = self._workbench.import_files(paths)
        except CaseRefused as refused:
            tr = translator(active_language())
            lines = [problem_text(problem, tr) for problem in refused.problems[:20]]
            intro = _("Nothing was imported. The file is refused:")
            self._window.tell("\n".join([intro, "", *lines]))
            return
        except StorageProblem as problem:
            self._tell_storage(problem)
            return
        self._after_change()
        text = _("Cases imported: {count}.").format(count=len(stored))
        self._window.statusBar().showMessage(text, 8000)

    def duplicate(self, case_id: str) -> None:
        """Store a copy of a case under a name that says so."""
        version, _file = self._workbench.open(case_id)
        self._workbench.duplicate(case_id, _("{name} (copy)").format(name=version.name)[:200])
        self._after_change()

    def delete(self, case_ids: list[str]) -> None:
        """Take cases out of the lists, and offer to take that back."""
        for case_id in case_ids:
            self._workbench.set_archived(case_id, archived=True)
        self.last_deleted = list(case_ids)
        self._after_change()
        text = _("{count} cases deleted.").format(count=len(case_ids))
        self._window.offer_undo(text, self.undo_delete)

    def undo_delete(self) -> None:
        """Put the cases deleted last back into the lists."""
        self.restore(self.last_deleted)
        self.last_deleted = []

    def restore(self, case_ids: list[str]) -> None:
        """Put deleted cases back into the lists."""
        for case_id in case_ids:
            self._workbench.set_archived(case_id, archived=False)
        self._after_change()

    def _after_change(self) -> None:
        self.refresh()
        self._window.update_actions()

    def _run_maintenance(self, call: Callable[[], object], text: str) -> None:
        try:
            call()
        except StorageProblem as problem:
            self._tell_storage(problem)
            return
        self._window.tell(text)

    def _backup(self, name: str) -> None:
        target = Path(name)
        self._run_maintenance(
            lambda: self._window.maintenance.backup(target),
            _("Backup written: {file}").format(file=name),
        )

    def _restore_book(self, name: str) -> None:
        if self._window.cases():
            self._window.tell(_("Close the open cases first."))
            return
        self._run_maintenance(
            lambda: self._window.maintenance.restore(Path(name)),
            _("The book was restored; the earlier one was kept as a backup."),
        )
        self._after_change()

    def _check(self) -> None:
        findings = self._window.maintenance.check()
        self._window.tell("\n".join(findings) if findings else _("The book is whole."))
