"""What a person does with the value of a case: compares versions, takes proposals and prices."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.i18n import N_, _, active_language, translator
from app.services.draft import value_at, with_value
from app.services.ports import StorageProblem
from app.views.insurance_actions import DAMAGES, InsuranceActions
from app.views.jobs import Jobs
from app.views.loan_actions import LoanActions
from app.views.widgets.market_words import series_label

if TYPE_CHECKING:
    from app.services.workbench import Workbench
    from app.views.pages.case_page import CasePage
    from app.views.widgets.market_series import SeriesModel
    from app.views.widgets.results_panel import ResultsPanel
    from app.views.widgets.value_changes import Compared

PRICE_BASIS = "appraisal.price_basis"
LPR, CALENDAR = "loan.lpr", "loan.calendar"
NO_CALENDAR = N_(
    "Days are taken from the year of the drawdown on: enter a drawdown date in a year whose "
    "calendar is published."
)


class ValueActions(QObject):
    """Serves the results of one page; versions are compared in the worker."""

    def __init__(self, page: "CasePage", workbench: "Workbench", jobs: Jobs) -> None:
        super().__init__(page)
        self._page, self._workbench, self._jobs = page, workbench, jobs
        self._loan = LoanActions(page, workbench)
        self.insurance = InsuranceActions(page, workbench, jobs)
        self._panel: ResultsPanel | None = None
        self._asked = 0

    def serve(self, panel: "ResultsPanel") -> None:
        """Answer what the results ask for."""
        self._panel = panel
        panel.changes_wanted.connect(self.find_changes)
        panel.versions_wanted.connect(self.compare_versions)
        panel.evidence_price_wanted.connect(self.take_evidence_price)
        panel.loan_wanted.connect(self._loan.act)
        panel.insurance_wanted.connect(self.insurance.act)

    def show_page(self, code: str) -> None:
        """Turn to a page of the results; to none where the code is ""."""
        if code and self._panel is not None:
            self._panel.show_page(code)

    def find_changes(self) -> None:
        """Compare the draft with its version, or the version as it is with the one before.

        An answer that is overtaken by another question is dropped.
        """
        page = self._page
        computed, case_id, number = page.computed, page.case_id, page.version or 0
        unsaved = page.has_unsaved_changes()
        before = number if unsaved else number - 1
        self._asked += 1
        asked = self._asked
        if computed is None or case_id is None or before < 1:
            self._show(None)
            return

        def compare() -> "Compared | None":
            from app.services.changes import changes  # noqa: PLC0415 - when first looked at
            from app.views.widgets.value_changes import Compared  # noqa: PLC0415

            if asked != self._asked:
                return None
            try:
                version, file = self._workbench.open(case_id, before)
            except StorageProblem:
                return None
            found = changes(
                file, computed.file, self._workbench.reference, saved=(version.figures, None)
            )
            return Compared(before, None if unsaved else number, found)

        def done(found: "Compared | None") -> None:
            if asked == self._asked:
                self._show(found)

        self._jobs.run(compare, owner=self, done=done)

    def _show(self, found: "Compared | None") -> None:
        if self._panel is not None:
            self._panel.show_changes(found)

    def compare_versions(self) -> None:
        """Let two stored versions be chosen and compared."""
        from app.views.dialogs.changes_dialog import open_changes  # noqa: PLC0415 - when asked

        if self._page.case_id is not None:
            open_changes(self._workbench, self._jobs, self._page.case_id, self._page)

    def propose(self, path: str) -> None:
        """Fill a table with the lines the program proposes, as one step of undo."""
        if path in (LPR, CALENDAR):
            self._propose_published(path)
        elif path == DAMAGES:
            self.insurance.propose_damages()
        else:
            self._propose_scenarios(path)

    def _propose_published(self, path: str) -> None:
        """Take the published loan prime rates, or the days of the calendar, from drawdown on."""
        from app.reference.lpr import load_lpr  # noqa: PLC0415 - when asked
        from app.services.proposals import with_calendar, with_lpr  # noqa: PLC0415

        page, tr = self._page, translator(active_language())
        if path == LPR:
            changed = with_lpr(page.document, load_lpr(), tr)
        else:
            changed = with_calendar(page.document, tr)
            if changed is page.document:
                page.tell(_(NO_CALENDAR))
                return
        page.change(f"propose {path}", changed)

    def _propose_scenarios(self, path: str) -> None:
        from app.services.proposals import with_scenarios  # noqa: PLC0415 - when asked

        page = self._page
        appraisal = page.computed.file.case.appraisal if page.computed is not None else None
        if appraisal is None:
            page.tell(_("The scenarios follow from the valuation: complete the appraisal first."))
            return
        tr = translator(active_language())
        page.change(f"propose {path}", with_scenarios(page.document, appraisal, tr))

    def take_estimate(self, wanted: "SeriesModel", kept: dict[str, Any]) -> None:
        """Enter an estimated price model into the simulation; `kept` is what it held when off."""
        from app.services.estimated_inputs import SIMULATION, with_estimate  # noqa: PLC0415

        page = self._page
        if not isinstance(value_at(page.document, "appraisal"), dict):
            page.tell(_("This case has no appraisal. Switch it on first; the simulation is in it."))
            return
        changed = with_estimate(
            page.document,
            wanted.found,
            wanted.model,
            series=series_label(wanted.series),
            currency=wanted.currency,
            kept=kept,
            tr=translator(active_language()),
        )
        page.change(f"estimate {SIMULATION}", changed)
        page.focus_field(f"{SIMULATION}.volatility")

    def take_evidence_price(self) -> None:
        """Let the value rest on the conclusion of the price evidence."""
        page = self._page
        page.change(PRICE_BASIS, with_value(page.document, PRICE_BASIS, "evidence"))
