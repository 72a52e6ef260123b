"""What a person does with the insurance of a case: templates, hazards, curves, claims."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from app.i18n import _, active_language, translator
from app.services.case_file import CaseRefused, Document
from app.services.recorded import with_recorded
from app.views.jobs import Jobs
from app.views.widgets.insurance_parts import CLAIM, HAZARD, HISTORY, TEMPLATE

if TYPE_CHECKING:
    from app.services.hazard_desk import HazardDesk
    from app.services.workbench import Workbench
    from app.views.dialogs.claim_dialog import ClaimDialog
    from app.views.dialogs.curves_dialog import CurvesDialog
    from app.views.dialogs.hazard_dialog import HazardDialog
    from app.views.dialogs.templates_dialog import TemplatesDialog
    from app.views.pages.case_page import CasePage

DAMAGES = "insurance.damages"


class InsuranceActions(QObject):
    """Serves form and pages of the insurance; each answer is one step of undo."""

    def __init__(self, page: "CasePage", workbench: "Workbench", jobs: Jobs) -> None:
        super().__init__(page)
        self._page, self._workbench, self._jobs = page, workbench, jobs
        self._desk: HazardDesk | None = None

    def act(self, wanted: str) -> None:
        """Do what form or page want, one of the deeds of the insurance."""
        deeds: dict[str, Callable[[], object]] = {
            CLAIM: self.record_claim,
            TEMPLATE: self.show_templates,
            HAZARD: self.show_hazard,
            HISTORY: self.take_claims,
        }
        if wanted in deeds:
            deeds[wanted]()

    # ---------------------------------------------------------------------------- templates

    def show_templates(self) -> "TemplatesDialog":
        """Show the published covers; the one that is used goes into the draft."""
        from app.services.insurance_proposals import replaced_by_template  # noqa: PLC0415
        from app.views.dialogs.templates_dialog import TemplatesDialog  # noqa: PLC0415

        dialog = TemplatesDialog(
            self.use_template,
            lambda key: replaced_by_template(self._page.document, key),
            self._page,
            use_text=_("Use in this case"),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def use_template(self, key: str) -> None:
        """Enter what a template states, and go to the first input it leaves open."""
        from app.services.insurance_proposals import with_template  # noqa: PLC0415 - when asked
        from app.services.insurance_templates import template_of  # noqa: PLC0415

        page = self._page
        page.change(
            f"template {key}",
            with_template(page.document, key, translator(active_language())),
        )
        for entry in template_of(key).open_inputs[:1]:
            page.focus_field(entry.path)

    # ------------------------------------------------------------------------------- hazard

    def show_hazard(self) -> "HazardDialog":
        """Show storms and stations near the sites; what was read before is kept."""
        from app.services.hazard_desk import HazardDesk  # noqa: PLC0415 - loads the readers
        from app.views.dialogs.hazard_dialog import Draft, HazardDialog  # noqa: PLC0415

        if self._desk is None:
            self._desk = HazardDesk()
        page = self._page
        draft = Draft(lambda: page.document, page.change)
        dialog = HazardDialog(self._desk, self._jobs, draft, page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.start()
        return dialog

    def propose_damages(self) -> "CurvesDialog":
        """Let a published damage curve be chosen and copied into the table of damages."""
        from app.views.dialogs.curves_dialog import CurvesDialog  # noqa: PLC0415 - when asked

        dialog = CurvesDialog(self._take_curve, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _take_curve(self, key: str) -> None:
        from app.services.insurance_proposals import with_damage_curve  # noqa: PLC0415

        page = self._page
        changed = with_damage_curve(page.document, key, translator(active_language()))
        page.change(f"propose {DAMAGES}", changed)

    # ------------------------------------------------------------------------------- claims

    def record_claim(self) -> "ClaimDialog":
        """Ask for a claim, and put it into the draft."""
        from app.views.dialogs.claim_dialog import ClaimDialog  # noqa: PLC0415 - when asked

        dialog = ClaimDialog(self._page.document, self._take_claim, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _take_claim(self, row: dict[str, Any]) -> str:
        from app.views.dialogs.claim_dialog import CLAIMS  # noqa: PLC0415

        page = self._page
        changed, number = with_recorded(page.document, CLAIMS, row, self._compute)
        page.change(f"record {CLAIMS}", changed)
        return str(number)

    def _compute(self, document: Document) -> None:
        self._workbench.compute_document(document, draw=False)

    def take_claims(self) -> None:
        """Put the claims of policy years that are over into the own history."""
        from app.services.claims_history import (  # noqa: PLC0415 - when asked
            heads_with_claims,
            history_head,
        )

        page = self._page
        insurance = page.computed.file.case.insurance if page.computed is not None else None
        if insurance is None:
            page.tell(_("Claims are settled first: complete the policy and its claims."))
            return
        heads = heads_with_claims(insurance)
        head = history_head(insurance)
        if head or not heads:
            self._take_history(head)
        else:
            self._ask_head(list(heads))

    def _ask_head(self, heads: list[str]) -> None:
        from PySide6.QtWidgets import QInputDialog  # noqa: PLC0415 - when asked

        dialog = QInputDialog(self._page)
        dialog.setObjectName("claims.head")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Claims into the history"))
        dialog.setLabelText(_("A history is that of one head. Whose claims are taken?"))
        dialog.setComboBoxItems(heads)
        dialog.setOkButtonText(_("Take"))
        dialog.setCancelButtonText(_("Cancel"))
        dialog.textValueSelected.connect(self._take_history)
        dialog.open()

    def _take_history(self, head: str) -> None:
        from app.messages import expected_text  # noqa: PLC0415 - when asked
        from app.services.claims_history import (  # noqa: PLC0415
            LOSSES,
            with_claims_as_history,
        )

        page, tr = self._page, translator(active_language())
        if page.computed is None:
            return
        try:
            changed = with_claims_as_history(
                page.document, page.computed, head, as_of=self._workbench.today(), tr=tr
            )
        except CaseRefused as refused:
            said = (expected_text(problem, tr) for problem in refused.problems)
            page.tell("\n".join(_("Expected: {expected}").format(expected=text) for text in said))
            return
        page.change(f"history {LOSSES}", changed)
        page.focus_field(LOSSES)
